"""The rules of a time condition: rows here, six parallel lists on the wire.

Element i of all six lists is one rule, so they are built from rules and never by hand. Whether a
rule may run over midnight or over the end of the week is not documented, nor in which time zone it
is; a rule is sent as it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.providers.voipms.spelt import Spelt

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

COLUMNS = ("starthour", "startminute", "endhour", "endminute", "weekdaystart", "weekdayend")
"""The six lists, in the order of the document."""

_ONE_OR_TWO_DIGITS = re.compile(r"\d{1,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeRule:
    """When a time condition holds: between two times of the day, on some days of the week.

    Attributes:
        first_day, last_day: words of `WEEKDAYS`.
        start, end: hour and minute.
    """

    first_day: str
    last_day: str
    start: tuple[int, int]
    end: tuple[int, int]

    def cells(self) -> tuple[str, ...]:
        """Its element of each list, in the order of `COLUMNS`."""
        return (*map(str, (*self.start, *self.end)), self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class TimeRules:
    """All rules of a time condition; it holds when one of them does."""

    each: tuple[TimeRule, ...]

    def columns(self) -> dict[str, str]:
        """The six lists, which are always of the same length."""
        cells = zip(*(rule.cells() for rule in self.each), strict=True)
        return {name: ";".join(column) for name, column in zip(COLUMNS, cells, strict=True)}

    @classmethod
    def of(cls, lists: Mapping[str, str]) -> Self:
        """The rules that six lists spell.

        Raises:
            ValueError: a list is missing, cannot be read, or is longer than another.
        """
        try:
            read = [_COLUMN[name].parse(lists[name]).cells for name in COLUMNS]
        except KeyError as missing:
            raise ValueError(f"{missing.args[0]} is missing") from None
        if len({len(cells) for cells in read}) > 1:
            raise ValueError("the six lists of a time condition are of unequal length")
        return cls(
            tuple(
                TimeRule(first, last, (int(hour), int(minute)), (int(to_hour), int(to_minute)))
                for hour, minute, to_hour, to_minute, first, last in zip(*read, strict=True)
            )
        )


@dataclass(frozen=True, slots=True)
class Column(Spelt):
    """One of the six lists."""

    cells: tuple[str, ...]

    def __str__(self) -> str:
        return ";".join(self.cells)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a list.

        Raises:
            ValueError: an element cannot be one.
        """
        return cls(tuple(cls._cell(part.strip()) for part in text.split(";")))

    @classmethod
    def _cell(cls, text: str) -> str:
        raise NotImplementedError


class _Count(Column):
    __slots__ = ()
    highest: ClassVar[int]

    @classmethod
    def _cell(cls, text: str) -> str:
        if not _ONE_OR_TWO_DIGITS.fullmatch(text) or int(text) > cls.highest:
            raise ValueError(f"“{text}” is no number from 0 to {cls.highest}")
        return str(int(text))


class Hours(_Count):
    """A list of hours."""

    __slots__ = ()
    highest = 23
    example = "8;8"


class Minutes(_Count):
    """A list of minutes."""

    __slots__ = ()
    highest = 59
    example = "0;0"


class Weekdays(Column):
    """A list of days of the week."""

    __slots__ = ()
    example = "mon;sat"

    @classmethod
    def _cell(cls, text: str) -> str:
        if text.lower() not in WEEKDAYS:
            raise ValueError(f"“{text}” is no day; there are {', '.join(WEEKDAYS)}")
        return text.lower()


_COLUMN: Mapping[str, type[Column]] = {
    "starthour": Hours,
    "startminute": Minutes,
    "endhour": Hours,
    "endminute": Minutes,
    "weekdaystart": Weekdays,
    "weekdayend": Weekdays,
}
