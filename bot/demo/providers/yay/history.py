"""Ended calls: one record each, from which the call history and the web hooks are both told.

The fields of a history item and of a hook are those the fact sheet gives (A5, A7); where it names
no value the one here is a guess: the words `number`, `forward`, `voicemail`, `trunk`, `conference`
and `fax` beside the known `sipuser`, `uuid`, `from` and `to` in a history item, and a call that
only reached a mailbox counting as not answered there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.demo.providers.yay.envelope import bad_request

CallType = Literal["inbound", "outbound", "internal"]
HistoryShape = Literal["list", "object"]

ZONE = ZoneInfo("Europe/London")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{1,2}:\d{2}:\d{2}")
_CALL_TYPES = ("inbound", "outbound", "internal")
_BOOLEANS = {"true": True, "false": False}
_WORDS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """A call that has ended.

    Attributes:
        from_: E.164, `anonymous`, or an extension.
        started_at: aware.
        seconds: from the first ring to the end.
        answered_by: the name of who or what answered, empty where nothing did.
        answer_type: what answered: `sipuser`, `forward`, `voicemail`, …, empty where nothing did.
        cost: pounds.
        mailbox: name of the mailbox that took a message.
        transcription: the message in words.
    """

    uuid: str
    call_type: CallType
    from_: str
    from_type: str
    to: str
    to_type: str
    started_at: datetime
    seconds: int
    answered_by: str = ""
    answer_type: str = ""
    recorded: bool = False
    cost: float = 0.0
    mailbox: str = ""
    transcription: str = ""

    @property
    def answered(self) -> bool:
        """Whether a person or a machine of the company took the call, mailboxes aside."""
        return self.answer_type not in ("", "voicemail")

    def call_ended(self) -> dict[str, Any]:
        """The body of the web hook "Call Ended"."""
        return {
            "uuid": self.uuid,
            "call_type": self.call_type,
            "from": self.from_,
            "from_type": self.from_type,
            "to": self.to,
            "to_type": self.to_type,
            "start": _wall_clock(self.started_at),
            "end": _wall_clock(self.started_at + timedelta(seconds=self.seconds)),
            "duration": self.seconds,
            "answered_by": self.answered_by,
            "answer_type": self.answer_type,
        }

    def voicemail_notify(self) -> dict[str, Any]:
        """The body of the web hook "Voicemail Notify"."""
        return {
            **self.call_ended(),
            "mailbox": self.mailbox,
            "transcription": self.transcription,
        }

    def item(self, *, legs: bool) -> dict[str, Any]:
        """The call as the call history lists it."""
        row = {
            "uuid": self.uuid,
            "child_uuid": self.uuid,
            "call_type": self.call_type.upper(),
            "from": self.from_,
            "to": self.to,
            "answered": self.answered,
            "call_duration": self.seconds,
            "call_start_time": int(self.started_at.timestamp()),
            "cost": self.cost,
            "created_on": self.started_at.astimezone(UTC).date().isoformat(),
            "has_recording": self.recorded,
        }
        return {**row, "legs": []} if legs else row


def _wall_clock(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")


def ask(records: Sequence[CallRecord], query: Mapping[str, str], shape: HistoryShape) -> Any:
    """The answer to a query of the call history, newest call first.

    Args:
        query: the parameters of A5; `start` and `end` are wall clock times of Europe/London.
        shape: the document's result was not seen: a bare list, or an object of `cdr` and `count`.

    Raises:
        Refused: with status 400, for a parameter that is missing or malformed.
    """
    starts, ends = _moment(query, "start"), _moment(query, "end")
    call_type = query.get("call_type")
    if call_type is not None and call_type not in _CALL_TYPES:
        raise bad_request("call_type is no lower-case call type")
    answered = _one_of(query, "answered", _BOOLEANS)
    recording = _one_of(query, "recording", _BOOLEANS)
    limit, page = _count(query, "limit", 10), _count(query, "page", 1)
    cdr = _one_of(query, "include_cdr", _WORDS)
    count = _one_of(query, "include_count", _WORDS)
    legs = _one_of(query, "include_legs", _WORDS) is True
    found = [
        record
        for record in records
        if starts <= record.started_at <= ends
        and call_type in (None, record.call_type)
        and answered in (None, record.answered)
        and recording in (None, record.recorded)
    ]
    found.sort(key=lambda record: record.started_at, reverse=True)
    shown = found[(page - 1) * limit : page * limit] if cdr is not False else []
    items = [record.item(legs=legs) for record in shown]
    if shape == "list":
        return items
    return {"cdr": items} if count is False else {"cdr": items, "count": len(found)}


def _moment(query: Mapping[str, str], name: str) -> datetime:
    words = query.get(name, "")
    if not _MOMENT.fullmatch(words):
        raise bad_request(f"{name} is missing or is no time like 2015-01-31T9:00:00")
    try:
        return datetime.strptime(words, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=ZONE)
    except ValueError as wrong:
        raise bad_request(f"{name}: {wrong}") from wrong


def _one_of(query: Mapping[str, str], name: str, words: Mapping[str, bool]) -> bool | None:
    if name not in query:
        return None
    if query[name] not in words:
        raise bad_request(f"{name} is none of {', '.join(words)}")
    return words[query[name]]


def _count(query: Mapping[str, str], name: str, default: int) -> int:
    words = query.get(name, str(default))
    if not re.fullmatch(r"[1-9][0-9]{0,5}", words):
        raise bad_request(f"{name} is no positive number")
    return int(words)
