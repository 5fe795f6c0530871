"""Calls walk the flows of the simulated account and are told by hook and history alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.demo.providers.yay.api import SimulatedYay
from bot.demo.providers.yay.calls import NoSuchLine, NotNow, SimulatedCall
from bot.demo.providers.yay.seed import (
    FREEPHONE,
    MANCHESTER,
    PETE,
    SALES,
    SUPPORT,
    uuid_of,
)
from bot.demo.providers.yay.telephone import Telephone
from tests.demo.simulated_yay import MORNING, Clock, receiving, running

CLARA = "+447700900142"
EVENING = datetime(2026, 3, 4, 19, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 11, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def yay(clock: Clock) -> SimulatedYay:
    return SimulatedYay(clock=clock)


def route(yay: SimulatedYay, **modules: dict[str, Any]) -> None:
    """Puts a flow behind the sales number without asking the API whether it may be one."""
    first = next(iter(modules))
    flow = yay.account.flows[uuid_of("flow", "Sales menu")]
    flow["flow"] = {"start": {"module": "start", "next": first}, **modules}


async def ringing(yay: SimulatedYay, from_: str = CLARA) -> SimulatedCall:
    return await yay.ring(from_, SALES)


VOICEMAIL = {"module": "voicemail", "mailboxes": [uuid_of("mailbox", "Sales")]}
PETE_RINGS = {"type": "sipuser", "uuid": PETE}


async def test_the_sales_menu_from_end_to_end(yay: SimulatedYay) -> None:
    call = await ringing(yay)
    assert (call.state, call.digits) == ("menu", ["1", "2"])
    assert call.can == ["press", "ring_out", "hang_up"]
    assert call.steps == [
        f"A call from {CLARA} to Sales",
        "Enters the call flow “Sales menu”",
        "The call is recorded from here on",
        "Hold music is now “Harbour Sounds”",
        "Plays “Welcome to Harbour & Finch”",
        "Plays “One for sales, two for support” and waits for a key: 1 and 2",
    ]
    await call.press("9")
    assert "That key leads nowhere" in call.steps
    await call.press("1")
    assert call.steps[-1] == "Rings Anna Holt and Grace Okafor for 25 s"  # Tom Byrne is offline
    assert call.says.endswith("with “Quiet Piano” to listen to")
    await call.answer("Grace Okafor")
    assert call.steps[-2:] == ["Grace Okafor hears “Sales call” first", "Grace Okafor answers"]
    assert call.can == ["hang_up"]
    await call.hang_up()
    assert (call.state, call.outcome, call.can) == ("ended", "answered", [])
    record = yay.account.history[-1]
    assert record.answered_by == "Grace Okafor"
    assert record.recorded
    assert record.seconds == 3 + 2 + 2 + 5 + 60  # a sound, two keys, the rings, the talk


async def test_nobody_presses_nobody_answers_and_a_message_is_left(yay: SimulatedYay) -> None:
    call = await ringing(yay)
    await call.ring_out()
    assert call.state == "ringing"
    await call.ring_out()
    assert (call.state, call.can) == ("voicemail", ["leave_voicemail", "hang_up"])
    assert call.says == "The mailbox “Sales” asks for a message after the tone"
    await call.leave_voicemail("Please call me back about the flat in Wapping")
    assert call.outcome == "voicemail"
    record = yay.account.history[-1]
    assert (record.mailbox, record.answer_type, record.answered) == ("Sales", "voicemail", False)
    assert record.seconds == 3 + 8 + 25 + 4
    assert not record.recorded


@pytest.mark.parametrize("rung_out", [0, 1, 2])
async def test_hanging_up_before_an_answer_is_a_missed_call(
    yay: SimulatedYay, rung_out: int
) -> None:
    call = await ringing(yay)
    for _ in range(rung_out):
        await call.ring_out()
    await call.hang_up()
    assert call.outcome == "missed"
    record = yay.account.history[-1]
    assert (record.answered_by, record.answer_type, record.answered) == ("", "", False)


async def test_what_cannot_be_done(yay: SimulatedYay) -> None:
    call = await ringing(yay)
    with pytest.raises(NotNow, match="menu cannot answer"):
        await call.answer()
    with pytest.raises(NotNow, match="cannot be pressed"):
        await call.press("x")
    await call.press("1")
    with pytest.raises(NotNow, match="does not ring at Pete Marsh"):
        await call.answer("Pete Marsh")
    with pytest.raises(NotNow, match="leave voicemail"):
        await call.leave_voicemail("Hello")
    await call.hang_up()
    with pytest.raises(NotNow, match="ended cannot hang up"):
        await call.hang_up()
    assert len([one for one in yay.account.history if one.uuid == call.id]) == 1
    with pytest.raises(NoSuchLine, match="no number"):
        await yay.ring(CLARA, "+442079460099")


@pytest.mark.parametrize("by", ["Pete Marsh", "pete marsh", "1001", "hf1001", PETE, None])
async def test_who_answers_can_be_named_in_many_ways(yay: SimulatedYay, by: str | None) -> None:
    route(yay, ring={"module": "extension", "extensions": [PETE_RINGS]})
    call = await ringing(yay)
    await call.answer(by)
    assert call.says == "Pete Marsh answers"


async def test_the_engine_rings_a_minute_where_no_duration_is_given(yay: SimulatedYay) -> None:
    call = await yay.ring(CLARA, FREEPHONE)  # the document's own flow
    await call.press("2")
    assert call.says == "Rings Pete Marsh for 60 s"
    await call.ring_out()
    assert (call.outcome, call.seconds) == ("missed", 62)


@pytest.mark.parametrize(
    ("caller", "patterns", "matches"),
    [
        ("+448001234567", ["^44800"], True),
        ("+447700909000", ["9000$"], True),
        ("+441483960000", ["^1", "1483"], True),
        ("+447700900142", ["^44800", "9000$"], False),
        ("anonymous", ["anonymous"], True),
        ("+447700900142", ["("], False),
    ],
)
async def test_caller_id_match(
    yay: SimulatedYay, caller: str, patterns: list[str], *, matches: bool
) -> None:
    route(
        yay,
        who={
            "module": "calleridmatch",
            "patterns": patterns,
            "match": "busy",
            "nomatch": "voicemail",
        },
        busy={"module": "busy", "duration": 30},
        voicemail=VOICEMAIL,
    )
    call = await ringing(yay, caller)
    assert call.outcome == ("busy" if matches else None)
    if matches:
        assert call.seconds == 3  # the engine ignores the duration
        assert yay.account.history[-1].from_ == caller


async def test_targets_ring_together_and_once(yay: SimulatedYay) -> None:
    call = await yay.ring(CLARA, SUPPORT)
    assert call.says == "Rings Ravi Shah, Lucy Finch and Pete Marsh for 30 s"
    await call.ring_out()
    assert call.says == "Rings +447700900999 for 20 s"
    await call.answer()
    await call.hang_up()
    record = yay.account.history[-1]
    assert (record.answered_by, record.answer_type) == ("+447700900999", "forward")


@pytest.mark.parametrize(
    ("hops", "state"),
    [
        ({"noanswer": "voicemail"}, "voicemail"),
        ({"noanswer": "gone", "unavailable": "voicemail"}, "voicemail"),
        ({}, "ended"),
    ],
)
async def test_nobody_is_online(yay: SimulatedYay, hops: dict[str, str], state: str) -> None:
    yay.account.statuses[PETE] = "offline"
    ring = {"module": "extension", "extensions": [PETE_RINGS], **hops}
    route(yay, ring=ring, voicemail=VOICEMAIL)
    call = await ringing(yay)
    assert "Nobody who could ring is online" in call.steps
    assert call.state == state


DIAL: dict[str, Any] = {
    "module": "dialbyextension",
    "wait_duration": 7,
    "dial_duration": 20,
    "next": {"invalid": "dial", "timeout": "voicemail"},
    "noanswer": "sipuser_voicemail",
}


async def test_dialling_an_extension(yay: SimulatedYay) -> None:
    route(yay, dial=DIAL, voicemail=VOICEMAIL)
    call = await ringing(yay)
    assert call.digits[0] == "1001"
    await call.press("4711")
    assert call.state == "menu"
    await call.press("1003")
    assert call.says == "Rings Ravi Shah for 20 s"
    await call.ring_out()
    assert call.says == "The mailbox “Support” asks for a message after the tone"  # his own


async def test_dialling_takes_too_long_or_reaches_a_silent_telephone(yay: SimulatedYay) -> None:
    route(yay, dial={**DIAL, "noanswer": "voicemail"}, voicemail=VOICEMAIL)
    slow = await ringing(yay)
    await slow.ring_out()
    assert (slow.state, slow.seconds) == ("voicemail", 7)
    offline = await ringing(yay)
    await offline.press("1005")
    assert offline.state == "voicemail"


async def test_a_menu_that_dials_too(yay: SimulatedYay) -> None:
    ways = {"1": "voicemail", "noanswer": "voicemail", "invalid": "menu"}
    menu = {"module": "pressextension", "next": ways, "dial_by_extension": True}
    route(yay, menu=menu, voicemail=VOICEMAIL)
    call = await ringing(yay)
    await call.press("99")
    assert call.digits == ["1"]
    await call.press("1001")
    assert call.says == "Rings Pete Marsh for 30 s"
    await call.ring_out()
    assert call.state == "voicemail"


async def test_the_first_mailbox_only(yay: SimulatedYay) -> None:
    both = [uuid_of("mailbox", "Support"), uuid_of("mailbox", "Sales")]
    route(yay, voicemail={"module": "voicemail", "mailboxes": both})
    assert "“Support”" in (await ringing(yay)).says
    route(yay, voicemail={"module": "voicemail", "mailboxes": []})
    assert (await ringing(yay)).outcome == "missed"


async def test_a_conference_asks_for_its_pin(yay: SimulatedYay) -> None:
    route(yay, room={"module": "conference", "pin": "2580"})
    call = await ringing(yay)
    assert (call.state, call.digits) == ("menu", [])
    await call.press("1111")
    await call.press("2580")
    assert (call.state, call.says) == ("answered", "Joins the conference")
    guessing = await ringing(yay)
    for _ in range(3):
        await guessing.press("1111")
    assert guessing.outcome == "missed"
    route(yay, room={"module": "conference"})
    assert (await ringing(yay)).state == "answered"


@pytest.mark.parametrize("spelling", ["Trunk", "trunk"])
async def test_a_trunk(yay: SimulatedYay, spelling: str) -> None:
    route(yay, away={"module": spelling, "uuid": uuid_of("trunk", "Manchester office")})
    call = await ringing(yay)
    assert call.says == "Rings at the trunk “Manchester office”"
    await call.ring_out()
    assert call.outcome == "missed"


async def test_a_fax(yay: SimulatedYay) -> None:
    route(yay, paper={"module": "fax"})
    call = await ringing(yay)
    await call.hang_up()
    assert yay.account.history[-1].answer_type == "fax"


@pytest.mark.parametrize(
    ("at", "state"), [(MORNING, "ringing"), (EVENING, "voicemail"), (SATURDAY, "voicemail")]
)
async def test_the_engines_own_out_of_hours_module(
    yay: SimulatedYay, clock: Clock, at: datetime, state: str
) -> None:
    clock.at = at
    assert (await yay.ring(CLARA, MANCHESTER)).state == state


@pytest.mark.parametrize(
    ("at", "flow"),
    [
        (MORNING, "Call Pete"),
        (EVENING, "After hours"),
        (SATURDAY, "After hours"),
        (datetime(2026, 6, 1, 8, 0, tzinfo=UTC), "Call Pete"),  # nine in British summer
        (datetime(2026, 6, 1, 7, 59, tzinfo=UTC), "After hours"),
        (datetime(2026, 12, 24, 11, 59, tzinfo=UTC), "Call Pete"),
        (datetime(2026, 12, 24, 12, 0, tzinfo=UTC), "After hours"),  # an exception
    ],
)
async def test_a_time_diary_goes_before_the_numbers_flow(
    yay: SimulatedYay, clock: Clock, at: datetime, flow: str
) -> None:
    clock.at = at
    call = await yay.ring(CLARA, FREEPHONE)
    assert f"Enters the call flow “{flow}”" in call.steps


async def test_a_number_may_go_to_a_trunk_or_nowhere(yay: SimulatedYay) -> None:
    number = yay.account.numbers[uuid_of("number", "Sales")]
    number["trunk"] = uuid_of("trunk", "Manchester office")
    assert (await ringing(yay)).state == "ringing"
    number["trunk"] = number["call_flow"] = None
    assert (await ringing(yay)).outcome == "missed"


async def test_other_modules_of_the_engine(yay: SimulatedYay) -> None:
    route(yay, nap={"module": "sleep", "duration": 2500, "next": "queue"}, queue={
        "module": "callqueue", "groups": [uuid_of("queue", "Viewings")], "timeout": "other",
        "queue_timeout": 40,
    }, other={"module": "callflow", "callflow_uuid": uuid_of("flow", "Support")})  # fmt: skip
    call = await ringing(yay)
    assert call.says == "Rings Anna Holt and Mei Harbour for 40 s"
    await call.ring_out()
    assert "Enters the call flow “Support”" in call.steps
    route(yay, diary={"module": "diary", "diary": uuid_of("diary", "Office hours")})
    assert (await ringing(yay)).outcome == "missed"  # open: no record of the diary matches
    route(yay, away={"module": "forwardcall", "number": "+447700900999"})
    assert (await ringing(yay)).says == "Rings +447700900999 for 60 s"
    route(yay, odd={"module": "room"})
    assert (await ringing(yay)).says == "Reaches “room”, which this simulation cannot follow"


async def test_broken_flows_drop_the_call(yay: SimulatedYay) -> None:
    route(yay, music={"module": "musiconhold", "class": "gone", "next": "gone"})
    call = await ringing(yay)
    assert call.outcome == "missed"
    assert call.steps[-2:] == [
        "Hold music is now “something that is gone”",
        "The flow leads to a step that does not exist: the call drops",
    ]
    route(yay, round={"module": "play", "sound": uuid_of("sound", "Sales call"), "next": "round"})
    endless = await ringing(yay)
    assert endless.outcome == "missed"
    assert len(endless.steps) == 2 + 999 + 1


# Hooks


async def test_a_missed_call_is_told_by_hook_and_history(yay: SimulatedYay, clock: Clock) -> None:
    clock.at = datetime(2026, 7, 1, 23, 30, 5, tzinfo=UTC)  # half past midnight in London
    async with running(yay) as client, receiving() as receiver:
        yay.account.hooks["call"] = receiver.url
        call = await ringing(yay)
        await call.ring_out()
        await call.ring_out()
        await call.hang_up()
        assert receiver.bodies == [
            {
                "uuid": call.id,
                "call_type": "inbound",
                "from": CLARA,
                "from_type": "number",
                "to": SALES,
                "to_type": "number",
                "start": "2026-07-02 00:30:05",
                "end": "2026-07-02 00:30:41",
                "duration": 36,
                "answered_by": "",
                "answer_type": "",
            }
        ]
        path = "/voip/call/history?start=2026-07-02T0:30:00&end=2026-07-02T0:31:00"
        (item,) = (await client.get(path)).result
    assert (item["uuid"], item["from"], item["to"]) == (call.id, CLARA, SALES)
    assert (item["answered"], item["call_duration"]) == (False, 36)
    assert item["call_start_time"] == int(clock.at.timestamp())
    assert [one.status for one in yay.account.deliveries] == [200]


async def test_a_voicemail_is_told_twice_under_one_uuid(yay: SimulatedYay) -> None:
    async with receiving() as receiver:
        yay.account.hooks = {"call": receiver.url, "voicemail": receiver.url}
        call = await ringing(yay, "anonymous")
        await call.ring_out()
        await call.ring_out()
        await call.leave_voicemail("Hello?")
        ended, notify = receiver.bodies
    assert ended["uuid"] == notify["uuid"] == call.id
    assert ended["answer_type"] == "voicemail"
    assert notify == {**ended, "mailbox": "Sales", "transcription": "Hello?"}
    assert [one.kind for one in yay.account.deliveries] == ["call", "voicemail"]


async def test_deliveries_are_repeated_only_when_asked(yay: SimulatedYay) -> None:
    async with receiving() as receiver:
        receiver.status = 500
        yay.account.hooks["call"] = receiver.url
        call = await ringing(yay)
        await call.hang_up()
        assert len(receiver.bodies) == 1
        receiver.status = 204
        await yay.account.redeliver(call.id)
        assert receiver.bodies[0] == receiver.bodies[1]
    assert [one.status for one in yay.account.deliveries] == [500, 204]
    await yay.account.redeliver(call.id)  # the receiver is gone
    assert yay.account.deliveries[-1].status is None
    with pytest.raises(LookupError):
        await yay.account.redeliver("another")


# Outbound


async def test_an_outbound_call_that_nobody_takes(yay: SimulatedYay) -> None:
    body = {"user_uuid": PETE, "destination": "1002"}
    async with running(yay) as client:
        placed = await client.post("/voip/call", body)
        call = yay.account.calls[placed.result["uuid"]]
        await call.ring_out()
        assert call.outcome == "missed"
        assert yay.account.history[-1].call_type == "internal"
        yay.account.statuses[PETE] = "offline"
        placed = await client.post("/voip/call", body)
        assert placed.status == 201
    assert yay.account.calls[placed.result["uuid"]].outcome == "missed"


async def test_an_answered_call_to_a_public_number_costs(yay: SimulatedYay) -> None:
    async with running(yay) as client:
        body = {"user_uuid": PETE, "destination": CLARA}
        placed = await client.post("/voip/call", body)
        call = yay.account.calls[placed.result["uuid"]]
        await call.answer()
        await call.answer()
        await call.hang_up()
        balance = await client.get("/account/balance")
    assert balance.result["balance"] == 84.188


# The demo's telephone


async def test_the_telephone_of_the_demo(yay: SimulatedYay) -> None:
    telephone = Telephone(yay, "london")
    assert {"number": CLARA, "name": "Clara Reid"} in telephone.callers()
    assert telephone.callers()[-1] == {"number": "anonymous", "name": "Number withheld"}
    assert telephone.lines()[0] == {
        "account": "london",
        "number": SALES,
        "name": "Sales",
        "flow": "Sales menu",
    }
    seen: list[dict[str, Any]] = []
    unsubscribe = telephone.subscribe(seen.append)
    call = await telephone.ring(CLARA, SALES)
    assert call.keys() == {
        "id", "from", "to", "line", "state", "says", "steps", "can", "digits", "outcome",
    }  # fmt: skip
    for do in (
        {"do": "press", "digit": "2"},
        {"do": "ring_out"},
        {"do": "leave_voicemail", "text": "The boiler is cold"},
    ):
        call = await telephone.act(call["id"], do)
    assert (call["state"], call["outcome"]) == ("ended", "voicemail")
    assert [one["state"] for one in seen] == ["menu", "ringing", "voicemail", "ended"]
    unsubscribe()
    other = await telephone.ring("anonymous", SUPPORT)
    assert (await telephone.act(other["id"], {"do": "answer", "by": "1003"}))["can"] == ["hang_up"]
    assert (await telephone.act(other["id"], {"do": "hang_up"}))["outcome"] == "answered"
    assert len(seen) == 4
    with pytest.raises(LookupError):
        await telephone.act("another", {"do": "hang_up"})
    with pytest.raises(NotNow, match="dance"):
        await telephone.act(other["id"], {"do": "dance"})
