"""Finished calls and recorded ones, in domain words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.errors import BotError, UsageError
from bot.domain.numbers import Extension, Party, SipName, Withheld
from bot.domain.records import Recording, Sound
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.voipms import voicemail
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.numbering import records as own_numbers
from bot.providers.voipms.operations.calls import (
    CallRecord,
    CallRecording,
    GetCallRecording,
    ListCallRecordings,
    ListCalls,
)
from bot.providers.voipms.readings import caller, decoded, party, pieces, seconds, told_at
from bot.providers.voipms.settings import VoipmsSettings

log = structlog.get_logger(__name__)

PAGE = 100
"""Recorded calls that are asked for at once."""

_ALL = "all"

AFTERWARDS = timedelta(seconds=60)
"""A message that was left in a call is dated within the call, or so long after it."""


async def calls(
    api: VoipmsApi, settings: VoipmsSettings, start: datetime, end: datetime
) -> Sequence[CallSeen]:
    """Calls that started between two instants, oldest first.

    The records know answered calls, and the mailbox answers too: a call during which a message was
    left by the same caller counts as a voicemail.
    """
    zone = ZoneInfo(settings.time_zone)
    rows: list[CallRecord] = []
    for first, last in pieces(start, end, zone):
        asked = ListCalls.read(
            {
                "date_from": first,
                "date_to": last,
                "timezone": settings.utc_offset,
                **dict.fromkeys(("answered", "noanswer", "busy", "failed"), True),
            }
        )
        rows += (await api.call(asked)).cdr
    own = {party(record.did, settings.region) for record in await own_numbers(api)} if rows else ()
    found: dict[str, CallSeen] = {}
    for row in rows:
        seen = _seen(row, settings, zone, own)
        if start.replace(microsecond=0) <= seen.started_at <= end:
            found[seen.id] = seen
    lengths = {_id(row): seconds(row.seconds) or 0 for row in rows}
    told = await _with_voicemails(api, settings, list(found.values()), lengths)
    return sorted(told, key=lambda seen: seen.started_at)


def _seen(
    row: CallRecord, settings: VoipmsSettings, zone: ZoneInfo, own: Collection[Party]
) -> CallSeen:
    who, whom = caller(row.callerid, settings.region), party(row.destination, settings.region)
    answered = (row.disposition or "").strip().upper() == "ANSWERED"
    account = row.account or ""
    length = seconds(row.seconds)
    return CallSeen(
        id=_id(row),
        direction=_direction(row, who, whom, own),
        verdict=Verdict.ANSWERED if answered else Verdict.MISSED,
        caller=who,
        called=whom,
        started_at=told_at(row.date, zone, ListCalls.name),
        waited=None if answered else length,
        # The main account has every call; only a sub account says who it was.
        answered_by=account if answered and "_" in account else "",
    )


def _id(row: CallRecord) -> str:
    return row.uniqueid or f"{row.date} {row.callerid} {row.destination}"


def _direction(row: CallRecord, who: Party, whom: Party, own: Collection[Party]) -> Direction:
    """Which way a call went; only words of its description say it, where they do."""
    words = (row.description or "").casefold()
    if "inbound" in words or "incoming" in words or whom in own:
        return Direction.INBOUND
    if isinstance(who, Extension) and isinstance(whom, Extension):
        return Direction.INTERNAL
    return Direction.OUTBOUND


async def _with_voicemails(
    api: VoipmsApi, settings: VoipmsSettings, seen: list[CallSeen], lengths: dict[str, int]
) -> list[CallSeen]:
    """The calls, those that ended in a mailbox told apart."""
    answered = [
        call
        for call in seen
        if call.direction is Direction.INBOUND and call.verdict is Verdict.ANSWERED
    ]
    if not answered:
        return seen
    first = min(call.started_at for call in answered)
    last = max(_over(call, lengths) for call in answered)
    try:
        left = await voicemail.messages(api, settings, (first, last))
    except BotError as error:
        # Without it the calls count as answered, as the records have it.
        log.warning("voicemail is not known", provider=TITLE, error=str(error))
        return seen
    recorded = {
        call.id
        for call in answered
        for message in left
        if message.caller == call.caller
        and call.started_at <= message.left_at <= _over(call, lengths)
    }
    return [
        replace(call, verdict=Verdict.VOICEMAIL, answered_by="") if call.id in recorded else call
        for call in seen
    ]


def _over(call: CallSeen, lengths: dict[str, int]) -> datetime:
    """When a message that was left in a call is dated at the latest."""
    return call.started_at + timedelta(seconds=lengths[call.id]) + AFTERWARDS


# Recorded calls


async def recordings(
    api: VoipmsApi, settings: VoipmsSettings, start: datetime, end: datetime
) -> Sequence[Recording]:
    """Recorded calls that started between two instants, oldest first."""
    zone = ZoneInfo(settings.time_zone)
    found: dict[str, Recording] = {}
    for first, last in pieces(start, end, zone):
        skipped = 0
        while True:
            asked = ListCallRecordings.read(
                {
                    "account": _ALL,
                    "date_from": first,
                    "date_to": last,
                    "start": skipped,
                    "length": PAGE,
                }
            )
            rows = (await api.call(asked)).recordings
            listed = [_recording(row, settings, zone) for row in rows]
            new = {one.id: one for one in listed}
            # Whoever does not page would answer with the same rows for ever.
            if not new.keys() - found.keys():
                break
            found |= new
            if len(rows) < PAGE:
                break
            skipped += PAGE
    between = (one for one in found.values() if start <= one.started_at <= end)
    return sorted(between, key=lambda one: one.started_at)


def _recording(row: CallRecording, settings: VoipmsSettings, zone: ZoneInfo) -> Recording:
    other = party(row.destination, settings.region)
    incoming = (row.type or "").casefold().startswith("in")
    # Only the number that was called is told.
    return Recording(
        id=f"{row.subaccount}/{row.callrecording}",
        caller=Withheld() if incoming else SipName(row.subaccount or TITLE),
        called=other,
        started_at=told_at(row.datetime, zone, ListCallRecordings.name),
        seconds=seconds(row.duration),
    )


async def recording(api: VoipmsApi, id_: str) -> Sound:
    """One recorded call's sound.

    Raises:
        UsageError: the id is none of a recorded call.
    """
    account, slash, name = id_.partition("/")
    if not slash:
        raise UsageError(f"“{id_}” is no recorded call.")
    asked = GetCallRecording(account=account, callrecording=name)
    answer = await api.call(asked)
    return Sound("audio/mpeg", decoded(answer.base64file, asked.name))
