"""Texts in answers, read: times, lengths, callers, names.

Times carry no zone; they are the service's wall clock, which the account's settings name.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import ProviderGarbled, UsageError
from bot.domain.numbers import Party, PhoneNumber, read_party
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.parameters import LONGEST_RANGE

_IN_ANGLES = re.compile(r"<([^<>]*)>\s*$")
_ESCAPED_QUOTE = re.compile(r"\\+(?=[\"'])")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d+)", re.ASCII)
_TEN_DIGITS = re.compile(r"\+1(\d{10})", re.ASCII)
_ABROAD = "011"


def instant(text: str | None, zone: ZoneInfo) -> datetime:
    """An instant, in UTC.

    Raises:
        ValueError: it is no time like 2026-07-01 09:30:00.
    """
    try:
        wall = datetime.strptime((text or "").strip(), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        raise ValueError(f"“{text}” is no time like 2026-07-01 09:30:00") from None
    return wall.replace(tzinfo=zone).astimezone(UTC)


def told_at(text: str | None, zone: ZoneInfo, operation: str) -> datetime:
    """The instant of something that an operation told of.

    Raises:
        ProviderGarbled: it is no time.
    """
    try:
        return instant(text, zone)
    except ValueError as wrong:
        raise ProviderGarbled(TITLE, operation, words=str(wrong)) from None


def decoded(data: str | None, operation: str) -> bytes:
    """A file that came in base64.

    Raises:
        ProviderGarbled: it is none.
    """
    try:
        content = base64.b64decode("".join((data or "").split()), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content:
        raise ProviderGarbled(TITLE, operation, words="the file is not in base64")
    return content


def seconds(text: str | int | None) -> int | None:
    """A length: a number, or 00:00:14."""
    if isinstance(text, int):
        return text
    found = _CLOCK.fullmatch((text or "").strip())
    if found is None:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def caller(text: str | None, region: str) -> Party:
    """A caller: a number, or `"Name" <number>`."""
    found = _IN_ANGLES.search(text or "")
    return party(found[1] if found else text, region)


def party(text: str | None, region: str) -> Party:
    """A number as it is written there: ten digits at home, 011 in front of others."""
    word = (text or "").strip()
    if word.startswith(_ABROAD) and word.isdecimal() and len(word) > 10:
        word = f"+{word.removeprefix(_ABROAD)}"
    return read_party(word, region)


def dialled(number: PhoneNumber) -> str:
    """A number as it is dialled from there."""
    found = _TEN_DIGITS.fullmatch(number.e164)
    return found[1] if found else f"{_ABROAD}{number.e164.removeprefix('+')}"


def ten_digits(number: PhoneNumber) -> str:
    """A number of North America without its country.

    Raises:
        UsageError: it is one of another country.
    """
    found = _TEN_DIGITS.fullmatch(number.e164)
    if found is None:
        raise UsageError(f"{number} is no number of the United States or Canada.")
    return found[1]


def plain(text: str | None) -> str:
    """Words without the backslashes that some texts gather before quotes."""
    return _ESCAPED_QUOTE.sub("", text or "").strip()


def pieces(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[date, date]]:
    """Ranges of days that hold everything between two instants, none longer than is allowed.

    A day more on both sides: whose midnight counts is not documented.
    """
    day = timedelta(days=1)
    first = start.astimezone(zone).date() - day
    last = end.astimezone(zone).date() + day
    while first <= last:
        until = min(last, first + LONGEST_RANGE * day)
        yield first, until
        first = until + day
