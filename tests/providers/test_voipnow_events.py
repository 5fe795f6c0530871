"""Requests to event addresses, by GET and by POST over HTTP, become calls that were seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import web

from bot.demo.providers.voipnow.seed import RECEPTION, RECEPTION_NUMBER
from bot.domain.errors import DeliveryRefused
from bot.domain.numbers import Extension, PhoneNumber, Withheld
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.voipnow.events import HOOKS, news
from bot.providers.voipnow.history import seen
from bot.providers.voipnow.operations.history import CallRecord
from tests.providers.voipnow_office import NOW, Office, an_office, voipnow_settings

CALLER = "+12025550142"
SETTINGS = voipnow_settings()

ENDED: dict[str, Any] = {
    "CallID": "1782898200.0001",
    "CallAPIID": "b817d2618fe6f1804333",
    "CallerIDNum": CALLER,
    "CallerIDName": "Jane",
    "CalledDID": RECEPTION_NUMBER,
    "CalledExtension": RECEPTION,
    "CallStatus": "NOANSWER",
    "CallFlow": "IN",
    "CallerExtension": "",
    "CalledNumber": RECEPTION_NUMBER,
}


def told(kind: str = "2", **changes: Any) -> CallSeen:
    fields = {name: value for name, value in (ENDED | changes).items() if value is not ...}
    (call,) = news(SETTINGS, Delivered(kind, urlencode(fields).encode(), at=NOW))
    return call


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with an_office() as office:
        yield office


@pytest.fixture
async def delivered(office: Office) -> AsyncIterator[list[Delivered]]:
    """What every event of the reception delivers, as the bot's own server keeps it."""
    received: list[Delivered] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read() or request.rel_url.raw_query_string.encode()
        received.append(Delivered(request.match_info["kind"], body, request.content_type, NOW))
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_route("*", "/{kind}", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    for kind in HOOKS:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/{kind}"
        office.simulated.account.add_event(RECEPTION, int(kind), url, NOW, method=int(kind) % 2)
    yield received
    await runner.cleanup()


def seen_in(delivered: list[Delivered]) -> list[CallSeen]:
    return [call for delivery in delivered for call in news(SETTINGS, delivery)]


async def test_a_missed_call(office: Office, delivered: list[Delivered]) -> None:
    call = await office.simulated.ring(CALLER, RECEPTION_NUMBER)
    await call.ring_out()
    assert [one.kind for one in delivered] == ["0", "2"]
    assert seen_in(delivered) == [
        CallSeen(
            id=call.id,
            direction=Direction.INBOUND,
            verdict=Verdict.MISSED,
            caller=PhoneNumber(CALLER),
            called=PhoneNumber(RECEPTION_NUMBER),
            started_at=NOW,
        )
    ]


async def test_an_answered_call(office: Office, delivered: list[Delivered]) -> None:
    call = await office.simulated.ring("anonymous", RECEPTION_NUMBER)
    await call.answer()
    await call.hang_up()
    assert [one.kind for one in delivered] == ["0", "3", "2"]
    first, second = seen_in(delivered)
    assert first == second
    assert (first.verdict, first.answered_by, first.caller) == (
        Verdict.ANSWERED,
        "210",
        Withheld(),
    )


async def test_an_outgoing_call(office: Office, delivered: list[Delivered]) -> None:
    await office.account.place_call(RECEPTION, PhoneNumber("+12025550199"))
    (call,) = office.simulated.account.calls.values()
    await call.answer()
    assert [one.kind for one in delivered] == ["1", "4"]
    (out,) = seen_in(delivered)
    assert (out.direction, out.verdict) == (Direction.OUTBOUND, Verdict.ANSWERED)
    assert (out.caller, out.called) == (Extension("210"), PhoneNumber("+12025550199"))


async def test_events_and_history_tell_of_the_same_call(
    office: Office, delivered: list[Delivered]
) -> None:
    call = await office.simulated.ring(CALLER, RECEPTION_NUMBER)
    await call.hang_up()
    (news_,) = seen_in(delivered)
    (listed,) = await office.account.call_history(NOW, NOW)
    assert listed == news_


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("ANSWER", Verdict.ANSWERED),
        ("answer", Verdict.ANSWERED),
        *((word, Verdict.MISSED) for word in ("BUSY", "NOANSWER", "CANCEL", "CONGESTION")),
        ("CHANUNAVAIL", Verdict.MISSED),
        ("UNKNOWN", Verdict.MISSED),
        ("SOMETHING NEW", Verdict.MISSED),
        (..., Verdict.MISSED),
    ],
)
def test_how_a_call_ended(status: Any, verdict: Verdict) -> None:
    assert told(CallStatus=status).verdict is verdict


@pytest.mark.parametrize(
    ("kind", "changes", "direction"),
    [
        ("2", {}, Direction.INBOUND),
        ("2", {"CallFlow": "out"}, Direction.INTERNAL),
        ("2", {"CallFlow": "OUT", "CalledExtension": ""}, Direction.OUTBOUND),
        ("2", {"CallerExtension": "0003*211"}, Direction.INTERNAL),
        ("2", {"CallFlow": ...}, Direction.INBOUND),
        ("3", {"CallFlow": ...}, Direction.INBOUND),
        ("4", {"CallFlow": ..., "CalledExtension": ""}, Direction.OUTBOUND),
    ],
)
def test_directions(kind: str, changes: dict[str, Any], direction: Direction) -> None:
    assert told(kind, **changes).direction is direction


@pytest.mark.parametrize(
    ("changes", "called"),
    [
        ({}, PhoneNumber(RECEPTION_NUMBER)),
        ({"CalledDID": "12025550110"}, PhoneNumber(RECEPTION_NUMBER)),
        ({"CalledDID": ""}, PhoneNumber(RECEPTION_NUMBER)),
        ({"CalledDID": "", "CalledNumber": ""}, Extension("210")),
        ({"CalledDID": ..., "CalledNumber": ..., "CalledExtension": ...}, Withheld()),
    ],
)
def test_who_was_called(changes: dict[str, Any], called: object) -> None:
    assert told(**changes).called == called


def test_spellings_and_forms() -> None:
    assert told(CallAPIID=...).id == ENDED["CallID"]
    lower = urlencode({name.lower(): value for name, value in ENDED.items()}).encode()
    as_json = b'{"CallID": 17, "CallStatus": "BUSY", "CallFlow": "IN", "more": null}'
    for body, id_ in ((lower, ENDED["CallAPIID"]), (as_json, "17")):
        (call,) = news(SETTINGS, Delivered("2", body, at=NOW))
        assert (call.id, call.verdict) == (id_, Verdict.MISSED)


@pytest.mark.parametrize("kind", HOOKS)
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "body: is no form."),
        (b"\xff", "body: is no form."),
        (b"{", "body: is no JSON."),
        (b"CallStatus=ANSWER", "CallID: missing."),
        (b"CallID=&CallStatus=ANSWER", "CallID: missing."),
    ],
)
def test_what_cannot_be_read_names_its_place(kind: str, body: bytes, words: str) -> None:
    with pytest.raises(DeliveryRefused) as caught:
        list(news(SETTINGS, Delivered(kind, body, at=NOW)))
    assert caught.value.user_message == words


def test_an_unknown_kind_yields_nothing() -> None:
    assert list(news(SETTINGS, Delivered("5", b"whatever", at=NOW))) == []


# Records of the history


def record(*views: dict[str, Any], **fields: Any) -> CallRecord:
    whole = {"published": "2026-07-01T09:30:00+00:00", "phoneCallView": list(views), **fields}
    return CallRecord.model_validate(whole)


IN = {"source": CALLER, "destination": RECEPTION_NUMBER, "flow": "8", "disposition": "3"}
TAKEN = {"source": CALLER, "destination": RECEPTION, "flow": "2", "disposition": "0"}


@pytest.mark.parametrize(
    ("views", "verdict", "by"),
    [
        ([IN], Verdict.MISSED, ""),
        ([{**IN, "disposition": 0}], Verdict.ANSWERED, ""),
        ([TAKEN, IN], Verdict.ANSWERED, "210"),
        ([{**TAKEN, "destination": "0003*301"}, IN], Verdict.MISSED, ""),
    ],
)
def test_records(views: list[dict[str, Any]], verdict: Verdict, by: str) -> None:
    call = seen(SETTINGS, "a417", record(*views))
    assert call is not None
    assert (call.direction, call.verdict, call.answered_by) == (Direction.INBOUND, verdict, by)
    assert (call.id, call.started_at, call.caller) == ("a417", NOW, PhoneNumber(CALLER))


def test_records_without_connections_or_time() -> None:
    flat = seen(SETTINGS, "", record(id="x1", **IN))
    assert flat is not None
    assert (flat.id, flat.verdict) == ("x1", Verdict.MISSED)
    assert seen(SETTINGS, "", record(IN)) is None
    assert seen(SETTINGS, "a417", record(IN, published="soon")) is None
    local = voipnow_settings(time_zone="America/New_York")
    call = seen(local, "a417", record(IN, published="2026-07-01T05:30:00"))
    assert call is not None
    assert call.started_at == NOW
