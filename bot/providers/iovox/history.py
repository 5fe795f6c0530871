"""Rows of the call data and of the texts, in domain words.

Times in them are wall clock times without a zone, the account's. Which words stand in `call_result`
and `rule_result` is documented by example only: whatever is not ANSWERED was not.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.numbers import Party, read_party
from bot.domain.records import Recording, Text, VoicemailMessage
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.iovox.operations.calls import CallRow
from bot.providers.iovox.operations.texts import SmsRow
from bot.providers.iovox.settings import IovoxSettings

FIELDS = "id,cs,ce,co,vn,cd,cts,tts,ctype,call_res,rule_res,lname,has_rec,direction"
"""The fields of a call that are asked for."""

HOUR = timedelta(hours=1)

_DIGITS = re.compile(r"[1-9][0-9]{7,14}")
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
_ANSWERED = "ANSWERED"
_VOICEMAIL = "VOICEMAIL"
_YES = frozenset({"1", "TRUE", "YES"})


def wall_clock(instant: datetime, settings: IovoxSettings) -> str:
    """An instant as IOVOX writes it."""
    zone = ZoneInfo(settings.time_zone)
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def instant(text: str | None, settings: IovoxSettings) -> datetime:
    """A time as IOVOX writes it, in UTC.

    Raises:
        ValueError: it is none.
    """
    for form in _FORMS:
        try:
            moment = datetime.strptime((text or "").strip(), form)  # noqa: DTZ007 - zone below
        except ValueError:
            continue
        return moment.replace(tzinfo=ZoneInfo(settings.time_zone)).astimezone(UTC)
    raise ValueError(f"“{text or ''}” is no time like 2026-07-01 09:30:00")


def party(text: str | None, settings: IovoxSettings) -> Party:
    """A number; IOVOX writes E.164 without its plus."""
    word = (text or "").strip()
    return read_party(f"+{word}" if _DIGITS.fullmatch(word) else word, settings.region)


def seen(row: CallRow, settings: IovoxSettings) -> CallSeen:
    """A call of the call data.

    Raises:
        ValueError: it has no id, or no time at which it started.
    """
    if not row.id:
        raise ValueError("a call has no id")
    verdict = _verdict(row)
    total, talk = _seconds(row.call_time_sec), _seconds(row.talk_time_sec)
    waited = None if total is None else max(0, total - (talk or 0))
    return CallSeen(
        id=row.id,
        direction=_direction(row.direction),
        verdict=verdict,
        caller=party(row.call_origin, settings),
        called=party(row.voxnumber or row.call_destination, settings),
        started_at=instant(row.call_start, settings),
        # A message that somebody leaves is part of the time, so nothing tells how long it rang.
        waited=None if verdict is Verdict.VOICEMAIL else waited,
        answered_by=(row.call_destination or "") if verdict is Verdict.ANSWERED else "",
    )


def recording(row: CallRow, settings: IovoxSettings) -> Recording:
    """A call with a recording."""
    call = seen(row, settings)
    return Recording(call.id, call.caller, call.called, call.started_at, _talk(row))


def voicemail(row: CallRow, settings: IovoxSettings) -> VoicemailMessage:
    """A call that ended in a message; its mailbox is the link."""
    call = seen(row, settings)
    return VoicemailMessage(
        call.id, row.link_name or "", call.caller, call.started_at, seconds=_talk(row)
    )


def has_recording(row: CallRow) -> bool:
    """Whether there is sound of a call; answers have it as "0" and "1"."""
    return (row.has_recording or "").strip().upper() in _YES


def left_message(row: CallRow) -> bool:
    """Whether the caller left a message."""
    return _verdict(row) is Verdict.VOICEMAIL


def text(row: SmsRow, settings: IovoxSettings) -> Text:
    """A text message.

    Raises:
        ValueError: it has no time.
    """
    direction = _direction(row.direction)
    origin, destination = party(row.origin, settings), party(row.destination, settings)
    inbound = direction is Direction.INBOUND
    ours = party(row.voxnumber, settings) if row.voxnumber else destination if inbound else origin
    return Text(
        id=row.sms_activity_id or "",
        direction=direction,
        ours=ours,
        theirs=origin if inbound else destination,
        words=row.message or "",
        at=instant(row.date, settings),
    )


def _verdict(row: CallRow) -> Verdict:
    # The label of the rule is the author's own word, its kind IOVOX's: both would say voicemail.
    if _VOICEMAIL in (row.rule_result or "").upper().replace(" ", ""):
        return Verdict.VOICEMAIL
    result = (row.call_result or "").strip().upper()
    return Verdict.ANSWERED if result == _ANSWERED else Verdict.MISSED


def _direction(word: str | None) -> Direction:
    return Direction.OUTBOUND if (word or "").upper().startswith("OUT") else Direction.INBOUND


def _seconds(text: str | None) -> int | None:
    word = (text or "").strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) < 9 else None


def _talk(row: CallRow) -> int | None:
    return _seconds(row.talk_time_sec)
