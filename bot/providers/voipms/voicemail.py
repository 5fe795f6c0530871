"""Voicemail in domain words.

The provider names a message by its position in a folder, which changes whenever another is marked
or deleted. Here a message is named by when it was left and by whom, and its position is looked up
right before it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import NotFound, TooLate
from bot.domain.records import Sound, VoicemailMessage
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.operations.voicemail import (
    DeleteMessages,
    GetMessageFile,
    ListMailboxes,
    ListMessages,
    MessageRecord,
)
from bot.providers.voipms.readings import caller, decoded, pieces, seconds, told_at
from bot.providers.voipms.settings import VoipmsSettings


async def messages(
    api: VoipmsApi,
    settings: VoipmsSettings,
    between: tuple[datetime, datetime] | None = None,
) -> Sequence[VoicemailMessage]:
    """Messages in all mailboxes, newest first.

    Args:
        between: only those of the days around these instants.
    """
    zone = ZoneInfo(settings.time_zone)
    days: list[dict[str, object]] = [{}]
    if between is not None:
        ranges = pieces(*between, zone)
        days = [{"date_from": first, "date_to": last} for first, last in ranges]
    found: list[VoicemailMessage] = []
    for box in (await api.call(ListMailboxes())).voicemails:
        for given in days if box.mailbox else ():
            rows = (await api.call(ListMessages.read({"mailbox": box.mailbox, **given}))).messages
            found += [_message(row, box.mailbox or "", settings, zone) for row in rows]
    return sorted(found, key=lambda message: message.left_at, reverse=True)


def _message(
    row: MessageRecord, mailbox: str, settings: VoipmsSettings, zone: ZoneInfo
) -> VoicemailMessage:
    return VoicemailMessage(
        id=_id(row),
        mailbox=mailbox,
        caller=caller(row.callerid, settings.region),
        left_at=told_at(row.date, zone, ListMessages.name),
        seconds=seconds(row.duration),
        heard=row.listened if isinstance(row.listened, bool) else None,
    )


def _id(row: MessageRecord) -> str:
    """What stays of a message wherever it is moved to."""
    told = f"{row.date}|{row.callerid}|{row.duration}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


async def sound(api: VoipmsApi, mailbox: str, id_: str) -> Sound:
    """One message's sound.

    Raises:
        NotFound: it is not there any more.
    """
    row = (await _rows(api, mailbox, id_))[0]
    asked = GetMessageFile.read(_place(row, mailbox))
    return Sound("audio/mpeg", decoded((await api.call(asked)).message.data, asked.name))


async def delete(api: VoipmsApi, mailbox: str, id_: str) -> None:
    """Delete a message.

    Raises:
        NotFound: it is not there any more.
        TooLate: another message looks just like it, so nobody knows which is meant.
    """
    rows = await _rows(api, mailbox, id_)
    if len(rows) > 1:
        raise TooLate("Two messages look just like this one; nothing was deleted.")
    await api.call(DeleteMessages.read(_place(rows[0], mailbox)))


async def _rows(api: VoipmsApi, mailbox: str, id_: str) -> Sequence[MessageRecord]:
    rows = (await api.call(ListMessages(mailbox=mailbox))).messages
    found = [row for row in rows if _id(row) == id_]
    if not found:
        raise NotFound(TITLE, ListMessages.name, words="the message is not in the mailbox any more")
    return found


def _place(row: MessageRecord, mailbox: str) -> dict[str, object]:
    return {"mailbox": mailbox, "folder": row.folder, "message_num": row.message_num}
