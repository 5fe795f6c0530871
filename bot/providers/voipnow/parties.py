"""Numbers, extensions and times as VoipNow writes them, in the domain's values."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.numbers import Party, ShortCode, read_party

_EXTENDED = re.compile(r"\d+\*(\d+)", re.ASCII)


def is_extension(text: str) -> bool:
    """Whether it is an extension's long number, like 0003*210."""
    return _EXTENDED.fullmatch(text) is not None


def short(extension: str) -> str:
    """How people dial an extension: 210 for 0003*210."""
    found = _EXTENDED.fullmatch(extension)
    return found[1] if found else extension


def party(value: Any, region: str) -> Party:
    """A party of a call, given as a number, as an extension, or as a list with one of them in it.

    E.164 may come without its plus.
    """
    if isinstance(value, list):
        value = value[0] if value else ""
    text = str(value) if isinstance(value, str | int) else ""
    found = read_party(short(text.strip()), region)
    if isinstance(found, ShortCode) and found.digits.isdigit() and len(found.digits) > 7:
        return read_party(f"+{found.digits}", region)
    return found


def instant(text: Any, zone: ZoneInfo) -> datetime | None:
    """A time in ISO 8601; of the account's zone where it names none, None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
