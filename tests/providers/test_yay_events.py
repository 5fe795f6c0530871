"""Web hooks of a real HTTP delivery, and items of the call history, become calls that were seen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.demo.providers.yay import SimulatedYay
from bot.domain.errors import DeliveryRefused
from bot.domain.numbers import Extension, PhoneNumber, ShortCode, SipName, Withheld
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.yay.events import HOOKS, news
from tests.providers.conftest import NOW, yay_settings

CALLER, SALES, SUPPORT = "+447700900142", "+442079460000", "+442079460001"
SETTINGS = yay_settings("http://127.0.0.1:1")

ENDED: dict[str, Any] = {
    "uuid": "7f9c",
    "call_type": "INBOUND",
    "from": CALLER,
    "from_type": "number",
    "to": SALES,
    "to_type": "number",
    "start": "2019-10-18 09:58:35",
    "end": "2019-10-18 09:58:57",
    "duration": 22,
    "answered_by": "",
    "answer_type": "",
}


def told(kind: str = "call", **changes: Any) -> CallSeen:
    body = {name: value for name, value in (ENDED | changes).items() if value is not ...}
    (seen,) = news(SETTINGS, Delivered(kind, json.dumps(body).encode()))
    return seen


@pytest.fixture
async def delivered(yay: SimulatedYay) -> AsyncIterator[list[Delivered]]:
    """What the simulated account's web hooks deliver, over HTTP."""
    received: list[Delivered] = []

    async def take(request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        received.append(Delivered(kind, await request.read(), request.content_type))
        return web.Response()

    app = web.Application()
    app.router.add_post("/{kind}", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    for kind in ("call", "voicemail"):
        yay.account.hooks[kind] = f"http://127.0.0.1:{runner.addresses[0][1]}/{kind}"
    yield received
    await runner.cleanup()


def seen_in(delivered: list[Delivered]) -> list[CallSeen]:
    return [seen for delivery in delivered for seen in news(SETTINGS, delivery)]


async def test_a_missed_call(yay: SimulatedYay, delivered: list[Delivered]) -> None:
    call = await yay.ring(CALLER, SUPPORT)
    await call.hang_up()
    assert seen_in(delivered) == [
        CallSeen(
            id=call.id,
            direction=Direction.INBOUND,
            verdict=Verdict.MISSED,
            caller=PhoneNumber(CALLER),
            called=PhoneNumber(SUPPORT),
            started_at=NOW,
            waited=call.seconds,
        )
    ]


async def test_an_answered_call(yay: SimulatedYay, delivered: list[Delivered]) -> None:
    call = await yay.ring("anonymous", SUPPORT)
    while call.state != "answered":
        await (call.answer() if "answer" in call.can else call.press("1"))
    await call.hang_up()
    (seen,) = seen_in(delivered)
    assert seen.verdict is Verdict.ANSWERED
    assert seen.answered_by
    assert seen.caller == Withheld()
    assert seen.waited is None


async def test_a_voicemail_is_told_twice_under_one_id(
    yay: SimulatedYay, delivered: list[Delivered]
) -> None:
    call = await yay.ring(CALLER, SUPPORT)
    while call.state != "voicemail":
        await call.ring_out()
    await call.leave_voicemail("please call me back")
    ended, voicemail = seen_in(delivered)
    assert (ended.verdict, voicemail.verdict) == (Verdict.MISSED, Verdict.VOICEMAIL)
    assert ended.id == voicemail.id == call.id
    assert voicemail.answered_by == ""


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2019-10-18 09:58:35", datetime(2019, 10, 18, 8, 58, 35, tzinfo=UTC)),
        ("2019-12-18 9:58:35", datetime(2019, 12, 18, 9, 58, 35, tzinfo=UTC)),
        ("2019-10-18T09:58:35", datetime(2019, 10, 18, 8, 58, 35, tzinfo=UTC)),
        ("2019-10-18T09:58:35Z", datetime(2019, 10, 18, 9, 58, 35, tzinfo=UTC)),
        ("2019-10-18 09:58:35+02:00", datetime(2019, 10, 18, 7, 58, 35, tzinfo=UTC)),
    ],
)
def test_times_are_of_the_account_s_zone(written: str, instant: datetime) -> None:
    assert told(start=written).started_at == instant


def test_a_night_with_two_half_past_ones() -> None:
    assert told(start="2026-10-25 01:30:00").started_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.MISSED),
        ({"answered_by": "Pete"}, Verdict.ANSWERED),
        ({"answered_by": 1001}, Verdict.ANSWERED),
        ({"answered_by": "Sales", "answer_type": "Voicemail"}, Verdict.MISSED),
        ({"answered_by": None, "answer_type": None}, Verdict.MISSED),
        ({"disposition": "ANSWERED"}, Verdict.MISSED),
        ({"answered_by": ..., "answer_type": ..., "disposition": "ANSWERED"}, Verdict.ANSWERED),
        ({"answered_by": ..., "answer_type": ..., "disposition": "NO ANSWER"}, Verdict.MISSED),
        ({"answered_by": ..., "answer_type": ...}, Verdict.MISSED),
    ],
)
def test_verdicts(changes: dict[str, Any], verdict: Verdict) -> None:
    assert told(**changes).verdict is verdict


@pytest.mark.parametrize(
    ("changes", "waited"),
    [
        ({}, 22),
        ({"duration": "22"}, 22),
        ({"duration": ...}, 22),
        ({"duration": ""}, 22),
        ({"duration": ..., "end": ...}, None),
        ({"answered_by": "Pete"}, None),
        ({"answered_by": "Pete", "billsec": 15}, 7),
        ({"answered_by": "Pete", "billsec": 99}, None),
    ],
)
def test_how_long_it_rang(changes: dict[str, Any], waited: int | None) -> None:
    assert told(**changes).waited == waited


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("+447700900142", PhoneNumber("+447700900142")),
        ("447700900142", PhoneNumber("+447700900142")),
        ("07700900142", PhoneNumber("+447700900142")),
        ("33142685300", PhoneNumber("+33142685300")),
        ("1001", Extension("1001")),
        (1001, Extension("1001")),
        ("999", Extension("999")),
        ("*50", ShortCode("*50")),
        ("pete.marsh", SipName("pete.marsh")),
        ("anonymous", Withheld()),
        ("", Withheld()),
        (None, Withheld()),
    ],
)
def test_callers(written: Any, party: object) -> None:
    assert told(**{"from": written}).caller == party


@pytest.mark.parametrize(
    ("call_type", "direction"),
    [
        ("inbound", Direction.INBOUND),
        ("OUTBOUND", Direction.OUTBOUND),
        ("Internal", Direction.INTERNAL),
    ],
)
def test_directions(call_type: str, direction: Direction) -> None:
    assert told(call_type=call_type).direction is direction


@pytest.mark.parametrize("kind", HOOKS)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"uuid": ...}, "uuid: missing."),
        ({"uuid": ""}, "uuid: "),
        ({"start": ...}, "start: missing."),
        ({"start": 5}, "start: is no time."),
        ({"start": "yesterday"}, "start: is no time like"),
        ({"call_type": ...}, "call_type: missing."),
        ({"call_type": "sideways"}, "call_type: "),
        ({"from": ...}, "from: missing."),
        ({"to": {"number": 1}}, "to: "),
        ({"duration": -1}, "duration: "),
    ],
)
def test_what_cannot_be_read_names_its_place(
    kind: str, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(DeliveryRefused) as caught:
        told(kind, **changes)
    assert caught.value.user_message.startswith(words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "body: is no JSON."),
        (b"uuid=7f9c", "body: is no JSON."),
        (b"\xff", "body: is no JSON."),
        (b"[" * 100_000, "body: is no JSON."),
        (b"[]", "body: is no object."),
        (b"null", "body: is no object."),
    ],
)
def test_a_body_that_is_none(body: bytes, words: str) -> None:
    with pytest.raises(DeliveryRefused) as caught:
        list(news(SETTINGS, Delivered("call", body)))
    assert caught.value.user_message == words


def test_an_unknown_kind_yields_nothing() -> None:
    assert list(news(SETTINGS, Delivered("fax", b"whatever"))) == []
