"""Lines: the numbers and extensions that people know by a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.numbers import Extension, Party, PhoneNumber


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and the Slack channel of its alerts (empty: the default channel)."""

    name: str
    account: str
    party: PhoneNumber | Extension
    channel: str = ""


class Lines:
    """All configured lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = tuple(lines)

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def called(self, account: str, party: Party) -> Line | None:
        """The line that a call to `party` on this account came in on."""
        return next(
            (line for line in self._lines if line.account == account and line.party == party), None
        )
