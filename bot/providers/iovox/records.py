"""What an account remembers and keeps: calls and their sound, texts, contacts, blocked callers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.clock import Clock
from bot.domain.errors import ProviderGarbled, Unsupported, UsageError
from bot.domain.numbers import Party, PhoneNumber, ShortCode, Withheld
from bot.domain.records import BlockedCaller, Contact, Recording, Sound, Text, VoicemailMessage
from bot.domain.telephony import CallSeen, Capability
from bot.providers.base import Provider
from bot.providers.iovox import history
from bot.providers.iovox.answers import TITLE
from bot.providers.iovox.connection import Connection
from bot.providers.iovox.operations.calls import (
    CallRow,
    GetCallData,
    GetCallRecording,
    GetVoicemailRecording,
)
from bot.providers.iovox.operations.contacts import GetContacts
from bot.providers.iovox.operations.rules import (
    BlockedNumberRow,
    CreateBlockedNumbers,
    DeleteBlockedNumbers,
    GetBlockedNumbers,
)
from bot.providers.iovox.operations.texts import GetSmsData, SendSms
from bot.providers.iovox.settings import IovoxSettings
from bot.providers.operations import Blob

T = TypeVar("T")
U = TypeVar("U")

MESSAGES_SINCE = timedelta(days=30)
"""How far back messages of callers are looked for."""

CONTACT_FIELDS = "cid,dn,comp,em,bphone"

_IN, _EQUALS, _BLOCK = "IN", "EQUALS", "BLOCK"


class IovoxRecords(Provider):
    """The part of an account that reads and keeps records."""

    settings: IovoxSettings
    _to: Connection
    _clock: Clock

    # Calls and their sound

    async def call_history(self, start: datetime, end: datetime) -> Sequence[CallSeen]:
        """Calls that started between two instants, oldest first."""
        rows = await self._calls(start, end)
        calls = _told(GetCallData.name, rows, lambda row: history.seen(row, self.settings))
        return _between(calls, lambda call: call.started_at, start, end)

    async def recordings(self, start: datetime, end: datetime) -> Sequence[Recording]:
        """Recorded calls that started between two instants, oldest first."""
        rows = [row for row in await self._calls(start, end) if history.has_recording(row)]
        calls = _told(GetCallData.name, rows, lambda row: history.recording(row, self.settings))
        return _between(calls, lambda call: call.started_at, start, end)

    async def recording(self, id_: str) -> Sound:
        """One recording's sound."""
        return _sound(await self._to.send(GetCallRecording.read({"id": id_})))

    async def voicemails(self) -> Sequence[VoicemailMessage]:
        """Messages of the last days, newest first; links stand for mailboxes."""
        now = self._clock.now()
        rows = await self._calls(now - MESSAGES_SINCE, now)
        left = [row for row in rows if history.left_message(row)]
        messages = _told(GetCallData.name, left, lambda row: history.voicemail(row, self.settings))
        return sorted(messages, key=lambda message: message.left_at, reverse=True)

    async def voicemail(self, mailbox: str, id_: str) -> Sound:
        """One message's sound; the id is the call's, so the mailbox does not matter."""
        del mailbox
        return _sound(await self._to.send(GetVoicemailRecording.read({"id": id_})))

    async def delete_voicemail(self, mailbox: str, id_: str) -> None:
        """Messages stay: IOVOX has no call that deletes one."""
        del mailbox, id_
        raise Unsupported(
            TITLE, Capability.VOICEMAIL.value, "no call of its API deletes a caller's message"
        )

    async def _calls(self, start: datetime, end: datetime) -> list[CallRow]:
        return await self._to.all(
            GetCallData,
            # An hour more on both sides: in autumn a wall clock time means two instants.
            sdt=history.wall_clock(start - history.HOUR, self.settings),
            edt=history.wall_clock(end + history.HOUR, self.settings),
            order="cs_ASC",
            req_fields=history.FIELDS,
        )

    # Texts

    async def texts(self, start: datetime, end: datetime) -> Sequence[Text]:
        """Text messages between two instants, oldest first."""
        rows = await self._to.all(
            GetSmsData,
            sdt=history.wall_clock(start - history.HOUR, self.settings),
            edt=history.wall_clock(end + history.HOUR, self.settings),
        )
        texts = _told(GetSmsData.name, rows, lambda row: history.text(row, self.settings))
        return _between(texts, lambda text: text.at, start, end)

    async def send_text(self, ours: PhoneNumber, theirs: PhoneNumber, words: str) -> str:
        """Send a text; answers its id."""
        given = {"origin": digits(ours), "destination": digits(theirs), "message": words}
        return (await self._to.send(SendSms.read(given))).sms_activity_id or ""

    # People

    async def contacts(self) -> Sequence[Contact]:
        """Everybody whom calls can go to, once for each number."""
        rows = await self._to.all(GetContacts, req_fields=CONTACT_FIELDS)
        return [
            Contact(
                row.contact_id or "",
                row.display_name or row.company or row.contact_id or "",
                history.party(phone, self.settings),
            )
            for row in rows
            for phone in row.business_phone
            if phone
        ]

    async def blocked_callers(self) -> Sequence[BlockedCaller]:
        """Callers who do not get through."""
        rows = await self._to.all(GetBlockedNumbers, in_or_out=_IN, req_fields="no,op,ioo,nn,rules")
        return [
            self._blocked(row)
            for row in rows
            # Whether the list answers `default` is not sure; those that are let through say so.
            if row.number and (row.default or _BLOCK).upper() == _BLOCK
        ]

    def _blocked(self, row: BlockedNumberRow) -> BlockedCaller:
        number, operator = row.number or "", (row.operator or _EQUALS).upper()
        party: Party = history.party(number, self.settings)
        note = row.notes or ""
        if number.upper() == "WITHHELD":
            party = Withheld()
        elif operator != _EQUALS:
            party = ShortCode(number)
            note = f"every number that begins so; {note}".rstrip("; ")
        if row.rules:
            note = f"{note}; with exceptions".lstrip("; ")
        return BlockedCaller(f"{number};{_IN};{operator}", party, note)

    async def block_caller(self, party: PhoneNumber, note: str) -> None:
        """Let a caller through no more; IOVOX takes no note with it."""
        if note:
            raise UsageError(
                "IOVOX keeps no note with a blocked number that is set this way.",
                hint="Block it without one.",
            )
        blocked = {
            "number": digits(party),
            "in_or_out": _IN,
            "operator": _EQUALS,
            "default": _BLOCK,
            "rules": {},
        }
        await self._to.send(CreateBlockedNumbers.read({"blocked_number": blocked}))

    async def unblock_caller(self, id_: str) -> None:
        """Let a blocked caller through again."""
        await self._to.send(DeleteBlockedNumbers.read({"blocked_numbers": id_}))


def digits(number: PhoneNumber) -> str:
    """A number as IOVOX writes it."""
    return number.e164.removeprefix("+")


def _sound(blob: Blob) -> Sound:
    return Sound(blob.content_type, blob.content)


def _told(operation: str, rows: Sequence[T], read: Callable[[T], U]) -> list[U]:
    try:
        return [read(row) for row in rows]
    except ValueError as wrong:
        raise ProviderGarbled(TITLE, operation, words=str(wrong)) from None


def _between(
    values: list[U], at: Callable[[U], datetime], start: datetime, end: datetime
) -> list[U]:
    """Those of the time that was asked for, oldest first; IOVOX knows no parts of seconds."""
    first = start.replace(microsecond=0)
    return sorted((value for value in values if first <= at(value) <= end), key=at)
