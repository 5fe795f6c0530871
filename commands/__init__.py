"""What people can type: one file a noun, with its commands, its buttons, its forms, its cards."""

from __future__ import annotations

from bot.slack.declare import CommandGroup
from commands.api import group as api
from commands.calls import group as calls
from commands.changes import group as changes
from commands.flow import group as flow
from commands.general import group as general
from commands.home import group as home
from commands.numbers import group as numbers

GROUPS: tuple[CommandGroup, ...] = (general, numbers, flow, calls, changes, api, home)
