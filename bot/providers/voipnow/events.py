"""News of calls: the requests that phone call events make (fact sheet B5).

They carry neither the event's type nor a time: the type is the last word of the address, and the
time is that of the reading. GET has the fields in the query, POST in a form; both come here as
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from bot.domain.errors import DeliveryRefused
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.voipnow.parties import is_extension, party, short
from bot.providers.voipnow.settings import VoipNowSettings

DIAL_IN, DIAL_OUT, HANG_UP, ANSWERED_IN, ANSWERED_OUT = HOOKS = ("0", "1", "2", "3", "4")
"""Kinds of deliveries: the types of phone call events."""

_ENDED_ANSWERED = frozenset({"ANSWER", "ANSWERED"})


def news(settings: VoipNowSettings, delivered: Delivered) -> Iterator[CallSeen]:
    """The call that a delivery tells of; none while it only rings, or for an unknown kind.

    Raises:
        DeliveryRefused: the delivery cannot be read; the sentence names the place.
    """
    if delivered.kind not in HOOKS:
        return
    told = _fields(delivered.body)
    id_ = told.get("callapiid") or told.get("callid")
    if not id_:
        raise DeliveryRefused("CallID: missing.")
    if delivered.kind in (DIAL_IN, DIAL_OUT):
        return
    # The payload has no time of its own.
    yield _seen(settings, delivered.kind, told, id_, delivered.at)


def _seen(
    settings: VoipNowSettings, kind: str, told: Mapping[str, str], id_: str, at: datetime
) -> CallSeen:
    direction = _direction(kind, told)
    status = told.get("callstatus", "").upper()
    answered = kind in (ANSWERED_IN, ANSWERED_OUT) or status in _ENDED_ANSWERED
    caller, called = told.get("calleridnum", ""), told.get("calledextension", "")
    if direction is Direction.OUTBOUND:
        caller = told.get("callerextension") or caller
        to = told.get("callednumber") or told.get("calleddid") or called
    else:
        # The public number is what lines are known by; an internal call has none.
        to = told.get("calleddid") or told.get("callednumber") or called
    return CallSeen(
        id=id_,
        direction=direction,
        verdict=Verdict.ANSWERED if answered else Verdict.MISSED,
        caller=party(caller, settings.region),
        called=party(to, settings.region),
        started_at=at,
        answered_by=short(called) if answered else "",
    )


def _direction(kind: str, told: Mapping[str, str]) -> Direction:
    flow = told.get("callflow", "").upper()
    if flow not in ("IN", "OUT"):
        flow = "OUT" if kind == ANSWERED_OUT else "IN"
    other = told.get("callerextension" if flow == "IN" else "calledextension", "")
    if is_extension(other):
        return Direction.INTERNAL
    return Direction.INBOUND if flow == "IN" else Direction.OUTBOUND


def _fields(body: bytes) -> dict[str, str]:
    """The fields by their names in lower case, for pages differ in spelling."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise DeliveryRefused("body: is no form.") from None
    if text.lstrip().startswith("{"):
        try:
            pairs = list(json.loads(text).items())
        except (ValueError, RecursionError):
            raise DeliveryRefused("body: is no JSON.") from None
    else:
        pairs = parse_qsl(text, keep_blank_values=True)
    if not pairs:
        raise DeliveryRefused("body: is no form.")
    return {
        str(name).lower(): str(value).strip()
        for name, value in pairs
        if isinstance(value, str | int)
    }
