"""When a company is closed: the rules of time diaries and of the engine's `outofhours` module.

A closed time is the four-part rule of the 2021 page, `18:00-9:00,mon-fri,*,*`: times, weekdays,
days of the month, months. Times may wrap midnight; the day is then the day it is, not the day it
began. Ranges of days wrap too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def flow_while_closed(diary: Mapping[str, Any], now: datetime) -> str | None:
    """UUID of the call flow that a time diary names for this instant, or None while open.

    Args:
        diary: a time diary as the API shows it.
        now: an aware instant.
    """
    local = local_time(diary, now)
    for exception in diary.get("exceptions", ()):
        if within_exception(exception, local):
            return str(exception["call_flow"])
    for element in diary.get("elements", ()):
        if within_rule(element["closed_time"], local):
            return str(element["call_flow"])
    return None


def is_closed(module: Mapping[str, Any], now: datetime) -> bool:
    """Whether an `outofhours` module takes its `closed` hop at an aware instant."""
    local = local_time(module, now)
    exceptions: Iterable[Mapping[str, Any]] = module.get("exceptions", ())
    rules: Iterable[str] = module.get("closed_times", ())
    return any(within_exception(one, local) for one in exceptions) or any(
        within_rule(rule, local) for rule in rules
    )


def local_time(owner: Mapping[str, Any], now: datetime) -> datetime:
    """The wall clock where the owner of a `timezone` field is; Europe/London without one."""
    return now.astimezone(ZoneInfo(owner.get("timezone", "Europe/London"))).replace(tzinfo=None)


def within_exception(exception: Mapping[str, Any], local: datetime) -> bool:
    """Whether a wall clock time lies in an exception, both ends included."""
    starts = datetime.fromisoformat(f"{exception['start_date']}T{exception['start_time']}")
    ends = datetime.fromisoformat(f"{exception['end_date']}T{exception['end_time']}")
    return starts <= local <= ends


def within_rule(rule: str, local: datetime) -> bool:
    """Whether a wall clock time lies in a four-part rule."""
    times, weekdays, days, months = (part.strip().lower() for part in rule.split(","))
    return (
        _in_times(times, local.time())
        and _in_range(weekdays, local.weekday(), _DAYS)
        and _in_range(days, local.day - 1, tuple(str(day) for day in range(1, 32)))
        and _in_range(months, local.month - 1, _MONTHS)
    )


def _in_times(words: str, now: time) -> bool:
    if words == "*":
        return True
    starts, ends = (_clock(word) for word in words.split("-"))
    return starts <= now < ends if starts <= ends else now >= starts or now < ends


def _clock(word: str) -> time:
    hour, minute = word.split(":")
    return time(int(hour), int(minute))


def _in_range(words: str, place: int, names: Sequence[str]) -> bool:
    if words == "*":
        return True
    first, _, last = words.partition("-")
    starts, ends = names.index(first), names.index(last or first)
    return starts <= place <= ends if starts <= ends else place >= starts or place <= ends
