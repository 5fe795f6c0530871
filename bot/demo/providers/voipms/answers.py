"""Refusals of the simulated API, and how a function of it looks from within."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bot.demo.providers.voipms.account import Account

Row = dict[str, Any]
Given = Mapping[str, str]

ZONE = ZoneInfo("America/New_York")
"""The service's own clock."""

Answering = Callable[["Account", Given, datetime], Row]
"""A function: what it answers besides its status, given the parameters and an aware instant."""


class Refused(Exception):
    """The API refuses this, or has nothing to list.

    Attributes:
        code: the status of the answer.
    """

    def __init__(self, code: str, why: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {why}" if why else code)


def wall(instant: datetime) -> str:
    """An instant as the service writes it."""
    return instant.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")


def some(rows: list[Row], empty: str) -> list[Row]:
    """Rows, at least one.

    Raises:
        Refused: with the code for an empty list.
    """
    if not rows:
        raise Refused(empty)
    return rows
