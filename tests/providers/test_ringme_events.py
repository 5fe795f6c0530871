"""News out of web hooks: as public pages have them, and as the simulated PBX sends them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import web

from bot.demo.providers.ringme import id_of
from bot.domain.errors import DeliveryRefused
from bot.domain.numbers import Extension, PhoneNumber, Withheld
from bot.domain.records import Text
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.ringme import SPEC
from bot.providers.ringme.events import HOOKS, news
from tests.providers.ringme_pbx import NOW, Pbx, pbx, settings

FORM = "application/x-www-form-urlencoded"
SETTINGS = settings(base_url="https://pbx.example")
AT = int(NOW.timestamp()) * 1_000_000

MISSED = {
    "EventType": "hangup",
    "CallID": "c-1",
    "SubCallID": "c-1-1",
    "CallerIDNum": "442079460018",
    "CalledDID": "442079460180",
    "CalledNumber": "101",
    "CalledExtension": "4406*101@pbx.example",
    "CallStatus": "NOANSWER",
    "CallFlow": "IN",
    "EventTime": str(AT),
    "Duration": "12000000",
}


def read(kind: str = "hangup", /, **changes: str | None) -> list[CallSeen]:
    fields = {name: value for name, value in {**MISSED, **changes}.items() if value is not None}
    told = news(SETTINGS, Delivered(kind, urlencode(fields).encode(), FORM))
    return [seen for seen in told if isinstance(seen, CallSeen)]


def test_a_call_that_nobody_took() -> None:
    (seen,) = read()
    assert seen == CallSeen(
        id="c-1",
        direction=Direction.INBOUND,
        verdict=Verdict.MISSED,
        caller=PhoneNumber("+442079460018"),
        called=PhoneNumber("+442079460180"),
        started_at=NOW - timedelta(seconds=12),
        waited=12,
    )


@pytest.mark.parametrize("status", ["BUSY", "NOANSWER", "CANCEL", "CONGESTION", "CHANUNAVAIL"])
def test_every_word_of_a_missed_call(status: str) -> None:
    assert read(CallStatus=status)[0].verdict is Verdict.MISSED


def test_a_call_that_was_taken() -> None:
    (seen,) = read(CallStatus="ANSWER", BridgedDuration="7000000")
    assert (seen.verdict, seen.waited, seen.answered_by) == (Verdict.ANSWERED, 5, "101")


def test_a_machine_that_answers_is_nobody() -> None:
    assert read(CallStatus="ANSWER", Bridged="no")[0].verdict is Verdict.MISSED
    assert read(CallStatus="ANSWER", Bridged="yes")[0].verdict is Verdict.ANSWERED


def test_an_answer_is_told_before_the_end() -> None:
    (seen,) = read("answer", EventType="answer", CallStatus="ANSWER", Duration=None)
    assert (seen.verdict, seen.started_at, seen.waited) == (Verdict.ANSWERED, NOW, None)


@pytest.mark.parametrize("kind", ["dial-in", "dial-out"])
def test_ringing_is_no_news_yet(kind: str) -> None:
    assert read(kind, EventType=kind, CallStatus="CALLING") == []


@pytest.mark.parametrize(
    ("kind", "direction", "ours", "theirs"),
    [
        ("message-in", Direction.INBOUND, "+442079460180", "+447700900456"),
        ("message-out", Direction.OUTBOUND, "+442079460180", "+447700900456"),
    ],
)
def test_texts(kind: str, direction: Direction, ours: str, theirs: str) -> None:
    inbound = kind == "message-in"
    fields = {
        "extension_name": "4406*101",
        "extension_id": "21101",
        "did_number" if inbound else "src_number": ours.removeprefix("+"),
        "src_number" if inbound else "dst_number": theirs.removeprefix("+"),
        "text": "See you at nine",
    }
    delivered = Delivered(kind, urlencode(fields).encode(), FORM, NOW)
    (text,) = news(SETTINGS, delivered)
    assert text == next(iter(news(SETTINGS, delivered)))
    assert isinstance(text, Text)
    assert (text.direction, text.words, text.at) == (direction, "See you at nine", NOW)
    assert (text.ours, text.theirs) == (PhoneNumber(ours), PhoneNumber(theirs))


def test_a_text_without_the_other_side() -> None:
    with pytest.raises(DeliveryRefused, match="src_number: missing"):
        list(news(SETTINGS, Delivered("message-in", b"text=hello", FORM, NOW)))


@pytest.mark.parametrize("kind", ["message-out-status", "voicemail"])
def test_what_tells_of_nothing_new(kind: str) -> None:
    fields = {"extension_name": "101", "src_number": "442079460018", "text": "hello"}
    assert list(news(SETTINGS, Delivered(kind, urlencode(fields).encode(), FORM))) == []


def test_a_kind_that_is_not_known() -> None:
    assert list(news(SETTINGS, Delivered("agent-login", b"\xff", FORM))) == []


def test_the_event_counts_more_than_the_address() -> None:
    assert len(read("dial-in")) == 1


@pytest.mark.parametrize(
    ("changes", "direction"),
    [
        ({"CallFlow": "in"}, Direction.INBOUND),
        ({"CallFlow": "Out"}, Direction.OUTBOUND),
        ({"CalledDID": None, "CallerExtensionID": "5"}, Direction.INTERNAL),
        ({"CallerExtensionID": "5"}, Direction.INBOUND),
        (
            {"CalledDID": None, "CallerExtensionID": "5", "RemoteNumber": "442079460018"},
            Direction.INBOUND,
        ),
    ],
)
def test_directions(changes: dict[str, str | None], direction: Direction) -> None:
    assert read(**changes)[0].direction is direction


def test_after_a_transfer_the_caller_is_the_outside_party() -> None:
    (seen,) = read(CallerIDNum="102", RemoteNumber="447700900456", Transfered="yes")
    assert seen.caller == PhoneNumber("+447700900456")


def test_who_called_and_who_was_called() -> None:
    assert read(CallerIDNum="anonymous")[0].caller == Withheld()
    assert read(CallerIDNum=None)[0].caller == Withheld()
    assert read(CalledDID=None)[0].called == Extension("101")
    assert read(CalledDID=None, CalledNumber="4406*101")[0].called == Extension("101")
    assert read(CalledDID=None, CalledNumber=None)[0].called == Extension("101")


def test_names_of_fields_in_any_case() -> None:
    fields = {name.lower(): value for name, value in MISSED.items()}
    assert list(news(SETTINGS, Delivered("hangup", urlencode(fields).encode(), ""))) == read()


def test_durations_in_seconds_where_settings_say_so() -> None:
    other = settings(base_url="https://x", durations="seconds")
    body = urlencode({**MISSED, "Duration": "12"}).encode()
    (seen,) = news(other, Delivered("hangup", body, FORM))
    assert isinstance(seen, CallSeen)
    assert seen.waited == 12


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"CallID": None}, "CallID: missing"),
        ({"EventTime": None}, "EventTime: missing"),
        ({"EventTime": "soon"}, "EventTime: is no whole number"),
        ({"EventTime": "9" * 19}, "EventTime: is no time"),
        ({"EventTime": "٣"}, "EventTime: is no whole number"),
        ({"Duration": "-1"}, "Duration: is no whole number"),
        ({"Duration": "9" * 19}, "Duration: is no duration"),
        ({"CallFlow": "sideways"}, "CallFlow: “sideways” is no direction"),
        ({"CallFlow": None}, "CallFlow: missing"),
        ({"CallStatus": "PERHAPS"}, "CallStatus: “PERHAPS” is no word"),
        ({"CallStatus": None}, "CallStatus: missing"),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, str | None], words: str) -> None:
    with pytest.raises(DeliveryRefused, match=words):
        read(**changes)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"\xff\xfe", FORM),
        (b"&".join(b"a=1" for _ in range(300)), FORM),
        (b"{", "application/json"),
        (b"[]", "application/json; charset=utf-8"),
        (b"[" * 100_000, "application/json"),
        (b'{"EventType": null, "CallID": {"a": 1}}', "application/json"),
    ],
)
def test_a_body_of_another_form(body: bytes, content_type: str) -> None:
    with pytest.raises(DeliveryRefused):
        list(news(SETTINGS, Delivered("hangup", body, content_type)))


def test_the_hooks_are_the_events_of_the_document() -> None:
    assert len(HOOKS) == 8
    assert SPEC.hooks is HOOKS
    assert "{url}" in SPEC.where_to_paste


class Inbox:
    """Takes web hooks as the bot's server does."""

    def __init__(self) -> None:
        self.taken: list[Delivered] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{kind}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read() or request.rel_url.raw_query_string.encode()
        kind, content_type = request.match_info["kind"], request.headers.get("Content-Type", "")
        self.taken.append(Delivered(kind, body, content_type))
        return web.Response(text="ok")


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    made = Inbox()
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def company() -> AsyncIterator[Pbx]:
    async with pbx() as made:
        yield made


def told(inbox: Inbox) -> list[Any]:
    return [seen for delivered in inbox.taken for seen in news(SETTINGS, delivered)]


@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_from_a_subscription_to_news(company: Pbx, inbox: Inbox, method: str) -> None:
    extension = str(id_of(101))
    for kind in ("dial-in", "answer", "hangup"):
        await company.call(
            "event.create",
            extension_id=extension,
            event_type=kind,
            url=f"{inbox.url}/{kind}",
            method=method,
        )
    call = await company.simulated.ring("+442079460018", "101")
    company.clock.forward(seconds=20)
    await call.hang_up()
    (missed,) = told(inbox)
    assert (missed.verdict, missed.waited) == (Verdict.MISSED, 20)
    assert missed.started_at == NOW
    assert missed.called == PhoneNumber("+442079460180")

    inbox.taken.clear()
    call = await company.simulated.ring("anonymous", "101")
    company.clock.forward(seconds=5)
    await call.answer()
    company.clock.forward(seconds=60)
    await call.hang_up()
    early, late = told(inbox)
    assert early.id == late.id
    assert (early.verdict, late.verdict) == (Verdict.ANSWERED, Verdict.ANSWERED)
    assert (late.waited, late.answered_by, late.caller) == (5, "101", Withheld())
    assert [each.status for each in company.simulated.account.deliveries] == [200] * 5


async def test_a_queue_without_anybody_misses_calls(company: Pbx, inbox: Inbox) -> None:
    await company.account.subscribe("hangup", f"{inbox.url}/hangup", of=str(id_of(200)))
    call = await company.simulated.ring("+442079460018", "200")
    company.clock.forward(seconds=90)
    await call.hang_up("ANSWER")
    (missed,) = told(inbox)
    assert (missed.verdict, missed.waited) == (Verdict.MISSED, 90)
