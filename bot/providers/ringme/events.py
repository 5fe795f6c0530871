"""News of calls: the web hooks that were subscribed at an extension.

Their fields come from the vendor's public pages and from receivers that others wrote (fact sheet
A9). Nothing signs them. GET carries them in the query, POST in a form; both are read the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import get_args
from urllib.parse import parse_qsl

from bot.domain.errors import DeliveryRefused
from bot.domain.numbers import Party, ShortCode, read_party
from bot.domain.records import News, Text
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.ringme.operations.events import EventType
from bot.providers.ringme.settings import RingMeSettings

HOOKS: tuple[str, ...] = get_args(EventType)
"""Kinds of deliveries; what voicemail brings along is not known."""

ANSWER, HANGUP = "answer", "hangup"
CALLS = ("dial-in", "dial-out", ANSWER, HANGUP)
"""Kinds whose fields are those of a call."""

_MISSED = frozenset({"BUSY", "NOANSWER", "CANCEL", "CONGESTION", "CHANUNAVAIL"})
_TEXTS = {
    "message-in": (Direction.INBOUND, "did_number", "src_number"),
    "message-out": (Direction.OUTBOUND, "src_number", "dst_number"),
}
"""Kinds that tell of a text, with the fields that hold our number and theirs."""

_DIRECTIONS = {"in": Direction.INBOUND, "out": Direction.OUTBOUND}
_UNITS = {"microseconds": timedelta(microseconds=1), "seconds": timedelta(seconds=1)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def news(settings: RingMeSettings, delivered: Delivered) -> Iterator[News]:
    """The calls and texts that a delivery tells of; none for a kind that tells of neither.

    A call that rang at several extensions is told once for each, under one id.

    Raises:
        DeliveryRefused: the delivery cannot be read; the sentence names the field.
    """
    if delivered.kind not in HOOKS:
        return
    fields = _Fields(delivered)
    # One address may have been subscribed for several events.
    kind = fields.text("EventType") or delivered.kind
    if kind in (ANSWER, HANGUP):
        yield _call(settings, kind, fields)
    elif kind in _TEXTS:
        yield _text(settings, kind, fields, delivered)


def _call(settings: RingMeSettings, kind: str, call: _Fields) -> CallSeen:
    at = call.instant("EventTime")
    whole, talk = call.length("Duration", settings), call.length("BridgedDuration", settings)
    verdict = Verdict.ANSWERED if kind == ANSWER else call.verdict()
    waited = None
    if whole is not None:
        waited = whole if verdict is Verdict.MISSED else whole - talk if talk else None
    return CallSeen(
        id=call.needed("CallID"),
        direction=call.direction(),
        verdict=verdict,
        caller=party(call.text("RemoteNumber") or call.text("CallerIDNum"), settings.region),
        called=party(
            call.text("CalledDID") or call.text("CalledNumber") or call.text("CalledExtension"),
            settings.region,
        ),
        started_at=at - (whole or timedelta()),
        waited=None if waited is None else max(0, int(waited.total_seconds())),
        answered_by=number_in(call.text("CalledExtension")) if verdict is Verdict.ANSWERED else "",
    )


def _text(settings: RingMeSettings, kind: str, text: _Fields, delivered: Delivered) -> Text:
    """A text, which has neither an id nor a time of its own."""
    direction, ours, theirs = _TEXTS[kind]
    digest = hashlib.sha256(delivered.body).hexdigest()[:16]
    return Text(
        id=f"{delivered.at:%Y%m%d%H%M%S}-{digest}",
        direction=direction,
        # Where no number of ours is told, the extension stands for it.
        ours=party(text.text(ours) or text.text("extension_name"), settings.region),
        theirs=party(text.needed(theirs), settings.region),
        words=text.text("text"),
        at=delivered.at,
    )


def party(text: str, region: str) -> Party:
    """A number, an extension with its prefixes, or E.164 without its plus."""
    read = read_party(number_in(text), region)
    if isinstance(read, ShortCode) and read.digits.isdigit() and len(read.digits) > 7:
        return read_party(f"+{read.digits}", region)
    return read


def number_in(name: str) -> str:
    """101 out of prefix*101@host; other names stay as they are."""
    return name.partition("@")[0].rpartition("*")[2] if "*" in name else name


class _Fields:
    """The fields of a delivery; the case of their names differs between sources."""

    def __init__(self, delivered: Delivered) -> None:
        self._given = {name.lower(): value for name, value in _pairs(delivered)}

    def text(self, name: str) -> str:
        return self._given.get(name.lower(), "").strip()

    def needed(self, name: str) -> str:
        if not self.text(name):
            raise DeliveryRefused(f"{name}: missing.")
        return self.text(name)

    def whole(self, name: str) -> int | None:
        word = self.text(name)
        if not word:
            return None
        if not (word.isascii() and word.isdigit() and len(word) < 20):
            raise DeliveryRefused(f"{name}: is no whole number.")
        return int(word)

    def instant(self, name: str) -> datetime:
        """Microseconds since 1970."""
        microseconds = self.whole(name)
        if microseconds is None:
            raise DeliveryRefused(f"{name}: missing.")
        try:
            return _EPOCH + timedelta(microseconds=microseconds)
        except OverflowError:
            raise DeliveryRefused(f"{name}: is no time.") from None

    def length(self, name: str, settings: RingMeSettings) -> timedelta | None:
        count = self.whole(name)
        if count is None:
            return None
        try:
            length = count * _UNITS[settings.durations]
        except OverflowError:
            length = timedelta.max
        if length > timedelta(days=30):
            raise DeliveryRefused(f"{name}: is no duration in {settings.durations}.")
        return length

    def direction(self) -> Direction:
        word = self.needed("CallFlow").lower()
        if word not in _DIRECTIONS:
            raise DeliveryRefused(f"CallFlow: “{word}” is no direction that is known.")
        inside = self.text("CallerExtensionID") and not self.text("CalledDID")
        if word == "in" and inside and not self.text("RemoteNumber"):
            return Direction.INTERNAL
        return _DIRECTIONS[word]

    def verdict(self) -> Verdict:
        status = self.needed("CallStatus").upper()
        # A queue or an IVR answers by itself; whether somebody did is told apart.
        if status in _MISSED or self.text("Bridged").lower() == "no":
            return Verdict.MISSED
        if status != "ANSWER":
            raise DeliveryRefused(f"CallStatus: “{status}” is no word that is known.")
        return Verdict.ANSWERED


def _pairs(delivered: Delivered) -> list[tuple[str, str]]:
    try:
        text = delivered.body.decode()
    except UnicodeDecodeError:
        raise DeliveryRefused("body: is no UTF-8.") from None
    if not delivered.content_type.startswith("application/json"):
        try:
            return parse_qsl(text, keep_blank_values=True, max_num_fields=200)
        except ValueError:
            raise DeliveryRefused("body: is no form.") from None
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise DeliveryRefused("body: is no JSON.") from None
    if not isinstance(body, dict):
        raise DeliveryRefused("body: is no object.")
    return [(name, "" if value is None else str(value)) for name, value in body.items()]
