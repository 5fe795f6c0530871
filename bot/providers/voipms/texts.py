"""Text messages in domain words; a message with pictures counts as one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.numbers import PhoneNumber
from bot.domain.records import Text
from bot.domain.telephony import Direction
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.operations.texts import ListMms, ListSms, SendSms, SmsRecord
from bot.providers.voipms.readings import party, pieces, plain, ten_digits, told_at
from bot.providers.voipms.settings import VoipmsSettings

log = structlog.get_logger(__name__)

SMS, MMS = "sms", "mms"
"""Both kinds have numbers of their own, so a text's id begins with its kind."""

_RECEIVED = "1"


def text_id(kind: str, id_: str | None) -> str:
    """The id of a text among those of both kinds."""
    return f"{kind}-{id_}"


async def texts(
    api: VoipmsApi, settings: VoipmsSettings, start: datetime, end: datetime
) -> Sequence[Text]:
    """Text messages between two instants, oldest first."""
    zone = ZoneInfo(settings.time_zone)
    found: list[Text] = []
    for first, last in pieces(start, end, zone):
        for kind in (SMS, MMS):
            async for row in _rows(api, settings, kind, first, last):
                found.append(
                    Text(
                        id=text_id(kind, row.id),
                        direction=Direction.INBOUND
                        if row.type == _RECEIVED
                        else Direction.OUTBOUND,
                        ours=party(row.did, settings.region),
                        theirs=party(row.contact, settings.region),
                        words=plain(row.message),
                        at=told_at(row.date, zone, ListSms.name),
                    )
                )
    between = (text for text in found if start.replace(microsecond=0) <= text.at <= end)
    return sorted(between, key=lambda text: text.at)


async def _rows(
    api: VoipmsApi, settings: VoipmsSettings, kind: str, first: date, last: date
) -> AsyncIterator[SmsRecord]:
    """Rows of some days; there are no pages, so a full answer is asked for again by halves."""
    given = {"from": first, "to": last, "limit": settings.texts_at_once}
    rows: Sequence[SmsRecord]
    if kind == SMS:
        rows = (await api.call(ListSms.read(given))).sms
    else:
        rows = (await api.call(ListMms.read(given))).sms
    full = len(rows) >= settings.texts_at_once
    if full and first < last:
        middle = first + timedelta(days=(last - first).days // 2)
        for start, end in ((first, middle), (middle + timedelta(days=1), last)):
            async for row in _rows(api, settings, kind, start, end):
                yield row
        return
    if full:
        log.warning("there may be more texts than were read", provider=TITLE, day=str(first))
    for row in rows:
        yield row


async def send(api: VoipmsApi, ours: PhoneNumber, theirs: PhoneNumber, words: str) -> str:
    """Send a text; answers its id.

    Raises:
        UsageError: a number is none of the United States or Canada, or the text is too long.
    """
    asked = SendSms.read({"did": ten_digits(ours), "dst": ten_digits(theirs), "message": words})
    sent = (await api.call(asked)).sms
    return text_id(SMS, sent) if sent else ""
