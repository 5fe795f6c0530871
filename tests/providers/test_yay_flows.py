"""Call flows in domain words, and back into the modules that the account holds."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.providers.yay import SimulatedYay
from bot.demo.providers.yay.seed import uuid_of
from bot.domain.callflow import (
    Busy,
    CallFlow,
    Conference,
    DialExtension,
    ExtensionTarget,
    Fax,
    FlowDraft,
    GroupTarget,
    HoldMusic,
    MatchCaller,
    Menu,
    NumberTarget,
    OtherTarget,
    Play,
    Record,
    Ring,
    Start,
    Step,
    Trunk,
    UnknownStep,
    Voicemail,
)
from bot.domain.errors import NotFound, OutcomeUnknown, TooLate, UsageError
from bot.providers.yay.client import YayAccount
from bot.providers.yay.flows import to_flow
from bot.providers.yay.operations import FlowRecord

ANNA = uuid_of("sipuser", "Anna Holt")
SALES_BOX = uuid_of("mailbox", "Sales")
WELCOME = uuid_of("sound", "Sales call")
PIANO = uuid_of("playlist", "Quiet Piano")
TRUNK = uuid_of("trunk", "Manchester office")
GROUP = uuid_of("group", "Sales")
MEETING = uuid_of("flow", "Monday meeting")
PIN = "7351"


def with_steps(flow: CallFlow, **steps: Step | None) -> CallFlow:
    merged = {**flow.steps, **steps}
    kept = {key: step for key, step in merged.items() if step is not None}
    return flow.model_copy(update={"steps": kept})


def a_flow(yay: SimulatedYay, flow: dict[str, Any], **more: Any) -> str:
    """Puts a flow into the account, as somebody's dashboard or a newer API may have made it."""
    id_ = uuid_of("flow", "odd")
    yay.account.flows[id_] = {
        "uuid": id_,
        "name": "Odd",
        "extension": 577,
        "flow": flow,
        "show_call_route_name": False,
        "show_original_caller_id": False,
        "created_on": "2026-01-01",
        "updated_on": "2026-01-01",
        **more,
    }
    return id_


def odd_modules() -> dict[str, Any]:
    return {
        "start": {"module": "start", "next": "queue", "tag": "kept"},
        "queue": {"module": "callqueue", "groups": ["g"], "timeout": "ring", "access_code": "99"},
        "ring": {
            "module": "extension",
            "extensions": [
                {"type": "sipuser", "uuid": ANNA, "delay": 5},
                {"type": "account_bridge", "uuid": "elsewhere", "mode": "x"},
                {"type": "forward", "number": "+447700900142", "confirm_key": "1"},
            ],
            "duration": 20,
            "caller_id": "c",
            "noanswer": "menu",
        },
        "menu": {
            "module": "pressextension",
            "dial_by_extension": True,
            "next": {"1": "room", "2": "box", "answer": "box", "timeout": "box"},
        },
        "room": {"module": "conference", "pin": PIN, "chairman_pin": "8264"},
        "box": {"module": "voicemail", "mailboxes": [SALES_BOX], "access_code": "4821"},
    }


def test_the_document_s_flow_in_domain_words(call_pete: dict[str, Any]) -> None:
    flow = to_flow(FlowRecord.model_validate(call_pete))
    start, menu, ring = call_pete["flow"]
    assert flow == CallFlow(
        id="31347d42-00bd-44a5-9b5c-20dc4197a2f6",
        name="Call Pete",
        extension=501,
        show_name=True,
        show_caller=True,
        steps={
            start: Start(next=menu),
            menu: Menu(choices={"1": ring, "2": ring}, invalid=ring, timeout=ring),
            ring: Ring(targets=(ExtensionTarget(id="92b0aca6-12aa-480c-a7b7-a31df403418c"),)),
        },
    )


def test_flags_that_are_not_there_are_not_set(call_pete: dict[str, Any]) -> None:
    del call_pete["show_call_route_name"]
    assert to_flow(FlowRecord.model_validate(call_pete)).show_name is None


ALL_STEPS: dict[str, Step] = {
    "a": Start(next="b"),
    "b": Record(next="c"),
    "c": HoldMusic(playlist=PIANO, next="d"),
    "d": MatchCaller(patterns=("^44800", "anonymous"), match="i", no_match="e"),
    "e": Play(sound=WELCOME, next="f"),
    "f": Menu(prompt=WELCOME, seconds=7, choices={"1": "g", "*": "h"}, invalid="f", timeout="j"),
    "g": Ring(
        targets=(
            ExtensionTarget(id=ANNA),
            GroupTarget(id=GROUP),
            NumberTarget(number="+447700900142"),
        ),
        seconds=25,
        whisper=WELCOME,
        ringtone=PIANO,
        no_answer="h",
    ),
    "h": DialExtension(
        prompt=WELCOME,
        wait_seconds=9,
        ring_seconds=31,
        ringtone=PIANO,
        invalid="f",
        timeout="k",
        no_answer="sipuser_voicemail",
    ),
    "i": Busy(seconds=4),
    "j": Voicemail(mailboxes=(SALES_BOX,)),
    "k": Conference(announcement=WELCOME, music=PIANO),
    "l": Trunk(trunk=TRUNK),
}


async def test_every_kind_of_step_can_be_created(account: YayAccount, yay: SimulatedYay) -> None:
    steps = {**ALL_STEPS, "b": Record(next="c"), "i": Busy(seconds=4)}
    draft = FlowDraft(name="All", extension=599, steps=steps, show_name=True)
    made = await account.create_flow(draft)
    assert made.steps == steps
    assert (made.name, made.extension, made.show_name) == ("All", 599, True)
    assert await account.flow(made.id) == made
    body = yay.account.requests[0].body
    assert body["flow"]["l"] == {"module": "Trunk", "uuid": TRUNK}
    assert body["flow"]["a"] == {"module": "start", "next": "b"}
    assert set(body) == {"name", "extension", "flow", "show_call_route_name"}


async def test_a_fax_line_can_be_created(account: YayAccount) -> None:
    draft = FlowDraft(name="Fax", extension=598, steps={"s": Start(next="f"), "f": Fax()})
    assert (await account.create_flow(draft)).steps["f"] == Fax()


async def test_a_trunk_keeps_the_case_it_has(call_pete: dict[str, Any]) -> None:
    call_pete["flow"] = {
        "s": {"module": "start", "next": "t"},
        "t": {"module": "trunk", "uuid": TRUNK},
    }
    record = FlowRecord.model_validate(call_pete)
    assert to_flow(record).steps["t"] == Trunk(trunk=TRUNK)
    assert record.model_dump() == call_pete


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ({"v": Voicemail(mailboxes=(SALES_BOX,))}, "exactly one start"),
        ({"s": Start(next="x")}, "does not exist"),
        (
            {"s": Start(next="r"), "r": Ring(targets=(NumberTarget(number="02079460000"),))},
            "not an international number",
        ),
        ({"s": Start(next="c"), "c": Conference(has_pin=True)}, "cannot be given a PIN"),
        ({"s": Start(next="u"), "u": UnknownStep(name="callqueue")}, "cannot make"),
        (
            {"s": Start(next="r"), "r": Ring(targets=(OtherTarget(words="account_bridge x"),))},
            "account_bridge x",
        ),
    ],
)
async def test_what_cannot_be_created_is_not_sent(
    account: YayAccount, yay: SimulatedYay, steps: dict[str, Step], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        await account.create_flow(FlowDraft(name="No", extension=597, steps=steps))
    assert yay.account.requests == []


async def test_saving_keeps_everything_that_nobody_changed(
    account: YayAccount, yay: SimulatedYay
) -> None:
    id_ = a_flow(yay, odd_modules(), notes={"by": "dashboard"})
    before = await account.flow(id_)
    ring = before.steps["ring"]
    assert isinstance(ring, Ring)
    after = with_steps(
        before.model_copy(update={"name": "Even"}),
        ring=ring.model_copy(
            update={
                "seconds": 45,
                "targets": (*reversed(ring.targets), GroupTarget(id=GROUP)),
                "no_answer": None,
            }
        ),
        menu=Menu(choices={"1": "room", "3": "box"}, timeout="room"),
        room=Conference(has_pin=True, music=PIANO),
    )
    await account.save_flow(after, expecting=before)

    expected = odd_modules()
    targets = list(reversed(expected["ring"]["extensions"]))
    expected["ring"]["extensions"] = [*targets, {"type": "huntgroup", "uuid": GROUP}]
    expected["ring"]["duration"] = 45
    del expected["ring"]["noanswer"]
    expected["menu"]["next"] = {"1": "room", "3": "box", "answer": "box", "timeout": "room"}
    expected["room"]["music"] = PIANO
    held = yay.account.flows[id_]
    assert held["flow"] == expected
    assert held["name"] == "Even"
    assert held["notes"] == {"by": "dashboard"}
    assert (await account.flow(id_)).steps == after.steps
    assert [request.method for request in yay.account.requests] == ["GET", "GET", "PUT", "GET"]


async def test_steps_come_go_and_change_their_kind(account: YayAccount, yay: SimulatedYay) -> None:
    id_ = uuid_of("flow", "After hours")
    before = await account.flow(id_)
    after = with_steps(
        before,
        start=Start(next="ring"),
        ring=Ring(targets=(ExtensionTarget(id=ANNA),), no_answer="mailbox"),
        mailbox=Busy(),
    )
    await account.save_flow(after, expecting=before)
    assert yay.account.flows[id_]["flow"] == {
        "start": {"module": "start", "next": "ring"},
        "mailbox": {"module": "busy"},
        "ring": {
            "module": "extension",
            "extensions": [{"type": "sipuser", "uuid": ANNA}],
            "noanswer": "mailbox",
        },
    }


async def test_a_pin_survives_and_can_be_taken_away(account: YayAccount, yay: SimulatedYay) -> None:
    modules = yay.account.flows[MEETING]["flow"]
    pin = modules["room"]["pin"]
    before = await account.flow(MEETING)
    room = before.steps["room"]
    assert isinstance(room, Conference)
    assert room.has_pin
    assert pin not in repr(before)

    renamed = before.model_copy(update={"name": "Tuesday meeting"})
    await account.save_flow(renamed, expecting=before)
    assert yay.account.flows[MEETING]["flow"]["room"]["pin"] == pin

    open_room = with_steps(renamed, room=room.model_copy(update={"has_pin": False}))
    await account.save_flow(open_room, expecting=renamed)
    assert "pin" not in yay.account.flows[MEETING]["flow"]["room"]

    with pytest.raises(UsageError, match="cannot be given a PIN"):
        await account.save_flow(renamed, expecting=open_room)


async def test_a_change_by_somebody_else_is_not_overwritten(
    account: YayAccount, yay: SimulatedYay
) -> None:
    id_ = a_flow(yay, odd_modules())
    seen = await account.flow(id_)
    yay.account.flows[id_]["flow"]["queue"]["max_waiting"] = 3
    with pytest.raises(TooLate, match="“Odd” was changed meanwhile"):
        await account.save_flow(seen.model_copy(update={"name": "Mine"}), expecting=seen)
    assert yay.account.requests[-1].method == "GET"


async def test_a_faulty_flow_is_not_sent(account: YayAccount, yay: SimulatedYay) -> None:
    before = await account.flow(MEETING)
    with pytest.raises(UsageError, match="does not exist"):
        await account.save_flow(with_steps(before, room=None), expecting=before)
    assert len(yay.account.requests) == 1


async def test_a_hop_that_only_the_provider_knows_keeps_its_step(
    account: YayAccount, yay: SimulatedYay
) -> None:
    id_ = a_flow(yay, odd_modules())
    before = await account.flow(id_)
    after = with_steps(before, box=None, menu=Menu(choices={"1": "room"}, timeout="room"))
    with pytest.raises(UsageError, match=r"still leads to a step that goes \(“answer”\)"):
        await account.save_flow(after, expecting=before)
    assert yay.account.requests[-1].method == "GET"


async def test_an_unknown_step_is_not_edited(account: YayAccount, yay: SimulatedYay) -> None:
    id_ = a_flow(yay, odd_modules())
    before = await account.flow(id_)
    after = with_steps(before, queue=UnknownStep(name="callqueue", leads_to=(("timeout", "box"),)))
    with pytest.raises(UsageError, match="cannot change"):
        await account.save_flow(after, expecting=before)


async def test_a_save_whose_answer_is_lost_is_not_repeated(
    account: YayAccount, yay: SimulatedYay
) -> None:
    before = await account.flow(MEETING)
    yay.account.fail(f"/voip/flow/{MEETING}", "lost", times=9, method="PUT")
    with pytest.raises(OutcomeUnknown):
        await account.save_flow(before.model_copy(update={"name": "New"}), expecting=before)
    assert [request.method for request in yay.account.requests] == ["GET", "GET", "PUT"]
    assert yay.account.flows[MEETING]["name"] == "New"


async def test_deleting(account: YayAccount, yay: SimulatedYay) -> None:
    await account.delete_flow(MEETING)
    assert MEETING not in yay.account.flows
    with pytest.raises(NotFound):
        await account.delete_flow(MEETING)


async def test_every_flow_of_the_company_can_be_saved_unchanged(
    account: YayAccount, yay: SimulatedYay
) -> None:
    for flow in await account.flows():
        before = dict(yay.account.flows[flow.id])
        await account.save_flow(flow, expecting=flow)
        after = yay.account.flows[flow.id]
        assert {**after, "updated_on": ""} == {**before, "updated_on": ""}
    assert yay.account.refusals == []
