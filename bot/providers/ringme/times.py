"""Times as RingMe writes them: YYYY-MM-DD HH:MM:SS, UTC, sometimes with a fraction."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

_SECOND = timedelta(seconds=1)


def read_time(text: str | None) -> datetime | None:
    """An aware instant; None where there is none, or none that can be read.

    The decimal mark of the fraction is a point in one place and a comma in another.
    """
    try:
        moment = datetime.fromisoformat((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def write_time(instant: datetime) -> str:
    """In UTC, to the second."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def periods(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time between two instants in pieces that a list of recordings may span.

    Its end may not lie beyond the last day of the month after its start.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    while start <= end:
        month, year = (1, start.year + 1) if start.month == 12 else (start.month + 1, start.year)
        last_day = calendar.monthrange(year, month)[1]
        last = datetime(year, month, last_day, 23, 59, 59, tzinfo=UTC)
        yield start, min(end, last)
        start = last + _SECOND
