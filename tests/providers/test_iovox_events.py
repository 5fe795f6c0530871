"""Deliveries of an `httpRequest` rule become calls that were seen."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from bot.domain.errors import DeliveryRefused
from bot.domain.numbers import PhoneNumber, Withheld
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.iovox import SPEC
from bot.providers.iovox.events import HOOKS, news
from tests.providers.iovox_office import iovox_settings

SETTINGS = iovox_settings()
TOLD = {
    "id": "7f9c",
    "start": "2026-07-01 09:30:00",
    "from": "447700900142",
    "to": "442079460301",
}


def told(**changes: str | None) -> CallSeen:
    body = urlencode({k: v for k, v in {**TOLD, **changes}.items() if v is not None})
    (seen,) = news(SETTINGS, Delivered("call", body.encode(), "application/x-www-form-urlencoded"))
    return seen


def test_a_missed_call_by_post_or_get() -> None:
    assert told() == CallSeen(
        id="7f9c",
        direction=Direction.INBOUND,
        verdict=Verdict.MISSED,
        caller=PhoneNumber("+447700900142"),
        called=PhoneNumber("+442079460301"),
        started_at=datetime(2026, 7, 1, 8, 30, tzinfo=UTC),
    )


def test_json_is_understood_too() -> None:
    body = json.dumps({**TOLD, "waited": 12, "answered_by": None}).encode()
    (seen,) = news(SETTINGS, Delivered("call", body, "application/json"))
    assert (seen.id, seen.waited) == ("7f9c", 12)


def test_what_an_author_may_add() -> None:
    seen = told(verdict="answered", direction="OUT", waited="7", answered_by="Anna")
    assert (seen.verdict, seen.direction) == (Verdict.ANSWERED, Direction.OUTBOUND)
    assert (seen.waited, seen.answered_by) == (7, "Anna")
    assert told(verdict="voicemail", answered_by="Anna").answered_by == ""


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-12-01 09:30:00", datetime(2026, 12, 1, 9, 30, tzinfo=UTC)),
        ("2026-07-01T09:30:00", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("1782898200", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
        ("1782898200123", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_times(written: str, instant: datetime) -> None:
    assert told(start=written).started_at == instant


@pytest.mark.parametrize("word", ["", "WITHHELD", "anonymous"])
def test_withheld(word: str) -> None:
    assert told(**{"from": word}).caller == Withheld()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": None}, "id: missing."),
        ({"id": ""}, "id: missing."),
        ({"from": None}, "from: missing."),
        ({"to": None}, "to: missing."),
        ({"start": ""}, "start: missing."),
        ({"start": "soon"}, "start: “soon” is no time"),
        ({"from": "$_callr"}, "from: IOVOX knows no variable $_callr."),
        ({"verdict": "lost"}, "verdict: is none of answered, missed, voicemail."),
        ({"direction": "up"}, "direction: is none of in, out."),
    ],
)
def test_what_cannot_be_read_names_its_place(changes: dict[str, str | None], words: str) -> None:
    with pytest.raises(DeliveryRefused) as caught:
        told(**changes)
    assert caught.value.user_message.startswith(words)


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"\xff", "body: is no text."), (b"{", "body: is no JSON."), (b"", "id: missing."),
     (b'{"a":' * 50_000, "body: is no JSON."), (b"{}", "id: missing.")],
)  # fmt: skip
def test_a_body_that_is_none(body: bytes, words: str) -> None:
    with pytest.raises(DeliveryRefused) as caught:
        list(news(SETTINGS, Delivered("call", body)))
    assert caught.value.user_message == words


def test_an_unknown_kind_yields_nothing() -> None:
    assert list(news(SETTINGS, Delivered("fax", b"whatever"))) == []
    assert SPEC.hooks == HOOKS == ("call",)
