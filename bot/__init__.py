"""Switchboard: a team runs its telephony from Slack."""
