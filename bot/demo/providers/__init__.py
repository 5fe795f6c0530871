"""Simulated provider accounts, strict and stateful."""
