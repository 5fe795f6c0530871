"""Call flows: listed, shown, created, edited, assigned, deleted."""

from __future__ import annotations

from commands.flow import create, edit, look, route
from commands.flow.base import group

__all__ = ["create", "edit", "group", "look", "route"]
