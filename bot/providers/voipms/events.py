"""Texts that come in by callback: a GET to an address of ours, for each number that has one.

The address is ours to write, so the names in it are too; what is filled in for {ID} and {TIMESTAMP}
only later documents say. Nothing authenticates the caller but the secret in the path.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote_plus
from zoneinfo import ZoneInfo

from bot.domain.errors import DeliveryRefused, NotFound, ProviderRejected, Unsupported
from bot.domain.numbers import Withheld
from bot.domain.records import Subscription, Text
from bot.domain.telephony import Capability, Direction
from bot.providers.base import Delivered
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.numbering import records
from bot.providers.voipms.operations.numbers import NumberRecord
from bot.providers.voipms.operations.texts import SetSms
from bot.providers.voipms.readings import instant, party
from bot.providers.voipms.settings import VoipmsSettings
from bot.providers.voipms.texts import SMS, text_id
from bot.providers.voipms.wire import as_sent

HOOKS = (SMS,)
"""Kinds of deliveries."""

PLACEHOLDERS = "from={FROM}&to={TO}&message={MESSAGE}&id={ID}&date={TIMESTAMP}"
"""What stands after the question mark of the address."""

# The words of a text may hold what separates parameters, should nobody encode them.
_AS_WE_WROTE = re.compile(
    r"from=(?P<from>[^&]*)&to=(?P<to>[^&]*)&message=(?P<message>.*)&id=(?P<id>[^&]*)"
    r"&date=(?P<date>[^&]*)",
    re.DOTALL,
)
_NOT_FILLED = re.compile(r"\{[A-Z]+\}")


def news(settings: VoipmsSettings, delivered: Delivered) -> Iterator[Text]:
    """The text that a delivery tells of; none for a kind that is not known.

    Raises:
        DeliveryRefused: the delivery cannot be read; the sentence names the place.
    """
    if delivered.kind not in HOOKS:
        return
    told = _parameters(delivered.body)
    for name in ("from", "to", "message"):
        if name not in told:
            raise DeliveryRefused(f"{name}: missing.")
    theirs, ours = party(told["from"], settings.region), party(told["to"], settings.region)
    if isinstance(ours, Withheld):
        raise DeliveryRefused("to: is no number.")
    yield Text(
        id=text_id(SMS, told.get("id") or _fingerprint(told)),
        direction=Direction.INBOUND,
        ours=ours,
        theirs=theirs,
        words=told["message"],
        at=_moment(told.get("date", ""), ZoneInfo(settings.time_zone), delivered.at),
    )


def _parameters(body: bytes) -> dict[str, str]:
    """The parameters by name, without those whose placeholder nobody filled in."""
    text = body.decode("utf-8", "replace")
    found = _AS_WE_WROTE.fullmatch(text)
    if found is not None:
        told = {name: unquote_plus(value) for name, value in found.groupdict().items()}
    else:
        told = dict(parse_qsl(text, keep_blank_values=True))
    return {
        name: value if name == "message" else value.strip()
        for name, value in told.items()
        if not _NOT_FILLED.fullmatch(value)
    }


def _fingerprint(told: dict[str, str]) -> str:
    """Stands for an id: the same when the same text is delivered again."""
    words = "|".join(told.get(name, "") for name in ("from", "to", "message", "date"))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _moment(text: str, zone: ZoneInfo, delivered: datetime) -> datetime:
    """When it was sent; when it was delivered, where that is not told."""
    if text.isdecimal() and len(text) <= 11:
        return datetime.fromtimestamp(int(text), UTC)
    try:
        return instant(text.replace("T", " "), zone)
    except ValueError:
        return delivered


# Setting the callback up


async def subscriptions(api: VoipmsApi) -> Sequence[Subscription]:
    """The callbacks of all numbers, with their addresses in full."""
    return [
        Subscription(record.did or "", SMS, record.sms_url_callback, of=record.did or "")
        for record in await records(api, openly=True)
        if record.sms_url_callback_enabled is True and record.sms_url_callback
    ]


async def subscribe(api: VoipmsApi, kind: str, url: str, of: str) -> None:
    """Have an address called for texts to a number, or to each that takes texts.

    Raises:
        Unsupported: another kind of event.
        NotFound: there is no such number, or none that takes texts.
    """
    if kind != SMS:
        words = "VoIP.ms calls an address for texts only"
        raise Unsupported(TITLE, Capability.SUBSCRIPTIONS.value, words)
    if "{" not in url:
        url = f"{url}{'&' if '?' in url else '?'}{PLACEHOLDERS}"
    numbers = await records(api, openly=True)
    meant = [
        record for record in numbers if (record.did == of if of else record.sms_available is True)
    ]
    if not meant:
        raise NotFound(TITLE, SetSms.name, words=f"no number {of}" if of else "none takes texts")
    for record in meant:
        if record.sms_available is False:
            words = f"{record.did} cannot take texts"
            raise ProviderRejected(TITLE, SetSms.name, words=words)
        await _set_up(
            api,
            record,
            enable=True,
            url_callback=url,
            url_callback_enable=True,
            url_callback_retry=True,
        )


async def unsubscribe(api: VoipmsApi, subscription: Subscription) -> None:
    """Have a number's address called no more; it stays written there.

    Raises:
        NotFound: there is no such number.
    """
    for record in await records(api, openly=True):
        if record.did == subscription.id:
            await _set_up(api, record, url_callback_enable=False)
            return
    raise NotFound(TITLE, SetSms.name, words=f"no number {subscription.id}")


async def _set_up(api: VoipmsApi, record: NumberRecord, **changes: object) -> None:
    """Change what happens to a number's texts; the rest is sent back as it was read.

    What setSMS is not told it may reset, so it is told everything.
    """
    held = {
        "enable": record.sms_enabled,
        "email_enabled": record.sms_email_enabled,
        "email_address": record.sms_email,
        "sms_forward_enable": record.sms_forward_enabled,
        "sms_forward": record.sms_forward,
        "url_callback_enable": record.sms_url_callback_enabled,
        "url_callback": record.sms_url_callback,
        "url_callback_retry": record.sms_url_callback_retry,
    }
    known = {name: value for name, value in held.items() if value not in (None, "")}
    later = {
        "smpp_enabled": record.smpp_enabled,
        "smpp_url": record.smpp_url,
        "smpp_user": record.smpp_user,
        "smpp_pass": record.smpp_pass,
    }
    call = SetSms.read({"did": record.did, **known, **changes})
    await api.call(call, kept=as_sent(later))
