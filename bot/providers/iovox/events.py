"""News of calls from `httpRequest` rules, the only way in which IOVOX calls an address.

Such a rule sends what its author wrote: names of their own, and values that are fixed or come from
the call's variables, by GET in the query or by POST in a form. So the names are ours, and the place
of the rule in its call flow tells what happened: in the branch of a call that nobody takes it says
`verdict=missed`. Which variables hold the id, the numbers and the time of a call is not documented;
without an id and a time a delivery cannot be told from others, and is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from bot.domain.errors import DeliveryRefused
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.iovox.history import instant, party
from bot.providers.iovox.settings import IovoxSettings

CALL = "call"
HOOKS = (CALL,)

_VERDICTS = {
    "answered": Verdict.ANSWERED,
    "missed": Verdict.MISSED,
    "voicemail": Verdict.VOICEMAIL,
}
_DIRECTIONS = {"in": Direction.INBOUND, "out": Direction.OUTBOUND}


def news(settings: IovoxSettings, delivered: Delivered) -> Iterator[CallSeen]:
    """The call that a delivery tells of; none for a kind that is not known.

    Its fields: `id`, `from`, `to`, `start` (2026-07-01 09:30:00, or seconds since 1970), and where
    the defaults do not hold `verdict` (missed; answered, voicemail), `direction` (in; out),
    `waited` (seconds), `answered_by`.

    Raises:
        DeliveryRefused: the delivery cannot be read; the sentence names the place.
    """
    if delivered.kind not in HOOKS:
        return
    fields = _fields(delivered)
    for name in ("id", "start", "from", "to"):
        if name not in fields or (not fields[name] and name in ("id", "start")):
            raise DeliveryRefused(f"{name}: missing.")
        if fields[name].startswith("$_"):
            raise DeliveryRefused(f"{name}: IOVOX knows no variable {fields[name]}.")
    verdict = _word(fields, "verdict", "missed", _VERDICTS)
    waited = fields.get("waited", "")
    yield CallSeen(
        id=fields["id"],
        direction=_word(fields, "direction", "in", _DIRECTIONS),
        verdict=verdict,
        caller=party(fields["from"], settings),
        called=party(fields["to"], settings),
        started_at=_start(fields["start"], settings),
        waited=int(waited) if waited.isascii() and waited.isdigit() and len(waited) < 9 else None,
        answered_by=fields.get("answered_by", "") if verdict is Verdict.ANSWERED else "",
    )


def _fields(delivered: Delivered) -> dict[str, str]:
    try:
        text = delivered.body.decode()
    except UnicodeDecodeError:
        raise DeliveryRefused("body: is no text.") from None
    if not text.lstrip().startswith("{"):
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise DeliveryRefused("body: is no JSON.") from None
    return {name: "" if value is None else str(value) for name, value in body.items()}


def _word(fields: dict[str, str], name: str, usual: str, words: dict[str, Any]) -> Any:
    word = (fields.get(name) or usual).lower()
    if word not in words:
        raise DeliveryRefused(f"{name}: is none of {', '.join(words)}.")
    return words[word]


def _start(text: str, settings: IovoxSettings) -> datetime:
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    try:
        return instant(text, settings)
    except ValueError as wrong:
        raise DeliveryRefused(f"start: {wrong}.") from None
