"""VoipNow in domain words, at a simulated office."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.demo.providers.voipnow.seed import RECEPTION, RECEPTION_NUMBER, SERVICE
from bot.domain.errors import NotFound, Unsupported, UsageError
from bot.domain.numbers import Extension, PhoneNumber, Withheld
from bot.domain.records import Presence, Registration, Subscription
from bot.domain.telephony import Capability, Direction, Kind, Verdict
from bot.providers.base import CALLS, Provider
from bot.providers.voipnow import SPEC
from bot.providers.voipnow.client import PAGE, VoipNowAccount
from tests.providers.voipnow_office import NOW, Office, an_office

CALLER = "+12025550142"


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with an_office() as office:
        yield office


def test_claims_are_true() -> None:
    assert set(SPEC.claims) == set(Capability)
    for capability, claim in SPEC.claims.items():
        overridden = [
            getattr(VoipNowAccount, name) is not getattr(Provider, name)
            for name in CALLS[capability]
        ]
        if capability in (Capability.QUEUES, Capability.EXTENSIONS):
            assert claim.usable
        elif CALLS[capability] != ("objects",):
            assert claim.usable is all(overridden), capability


@pytest.mark.parametrize("kind", [Kind.SOUND, Kind.HUNT_GROUP, Kind.TIME_DIARY, Kind.MAILBOX])
async def test_what_it_cannot_list(office: Office, kind: Kind) -> None:
    with pytest.raises(Unsupported):
        await office.account.objects(kind)
    assert office.requests == []


async def test_ping_reads_one_telephone(office: Office) -> None:
    await office.account.ping()
    assert office.requests[0].path == "/uapi/extensions/@me/@self/presence?count=1"


async def test_telephones(office: Office) -> None:
    found = await office.account.objects(Kind.EXTENSION)
    assert [(one.id, one.extension, one.online) for one in found] == [
        ("0003*210", "210", True),
        ("0003*211", "211", True),
        ("0003*212", "212", True),
        ("0003*213", "213", False),
    ]


async def test_registrations(office: Office) -> None:
    found = await office.account.registrations()
    assert found[0] == Registration("0003*210", True, device="Yealink T46S 66.86.0.15")
    assert [one.online for one in found] == [True, True, True, False]


# Queues


async def test_queues_and_agents(office: Office) -> None:
    (queue,) = await office.account.objects(Kind.QUEUE)
    assert (queue.id, queue.members) == (SERVICE, ("0003*210", "0003*211", "0003*212"))
    agents = await office.account.agents()
    assert [(one.id, one.presence) for one in agents] == [
        ("0003*301/0003*210", Presence.AVAILABLE),
        ("0003*301/0003*211", Presence.PAUSED),
        ("0003*301/0003*212", Presence.LOGGED_OUT),
    ]


@pytest.mark.parametrize("presence", Presence)
async def test_agents_log_in_and_out(office: Office, presence: Presence) -> None:
    agent = (await office.account.agents())[1]
    await office.account.set_presence(agent.id, presence)
    changed = [one.presence for one in await office.account.agents()]
    assert changed == [Presence.AVAILABLE, presence, Presence.LOGGED_OUT]


async def test_an_agent_without_a_queue_is_none(office: Office) -> None:
    with pytest.raises(UsageError):
        await office.account.set_presence("0003*210", Presence.PAUSED)
    assert office.requests == []


async def test_queues_must_be_named() -> None:
    async with an_office({"queues": []}) as office:
        with pytest.raises(Unsupported, match="queues"):
            await office.account.agents()
        assert office.requests == []


# Calls


async def test_placing_a_call(office: Office) -> None:
    await office.account.place_call(RECEPTION, PhoneNumber("+12025550199"))
    (call,) = office.simulated.account.calls.values()
    assert (call.source, call.destination, call.extension) == (RECEPTION, "+12025550199", RECEPTION)
    (live,) = await office.account.live_calls()
    assert (live.caller, live.called) == (Extension("210"), PhoneNumber("+12025550199"))


async def test_live_calls(office: Office) -> None:
    call = await office.simulated.ring(CALLER, RECEPTION_NUMBER)
    (live,) = await office.account.live_calls()
    assert (live.id, live.extension, live.answered) == (call.id, RECEPTION, False)
    assert (live.caller, live.called, live.since) == (PhoneNumber(CALLER), Extension("210"), NOW)
    await call.answer()
    assert (await office.account.live_calls())[0].answered
    await office.account.hang_up(call.id)
    assert call.state == "ended"
    assert list(await office.account.live_calls()) == []
    await office.account.hang_up(call.id)  # over already, which was wanted


async def test_hanging_up_one_call_never_ends_others(office: Office) -> None:
    calls = [await office.simulated.ring(CALLER, RECEPTION_NUMBER) for _ in range(2)]
    for wrong in ("", " ", "..", "@self"):
        with pytest.raises(UsageError):
            await office.account.hang_up(wrong)
    assert office.requests == []
    await office.account.hang_up(calls[0].id)
    assert [call.state for call in calls] == ["ended", "ringing"]


@pytest.mark.parametrize(
    ("to", "where"), [("211", "0003*211"), ("+1 202-555-0177", "+12025550177")]
)
async def test_transfers(office: Office, to: str, where: str) -> None:
    call = await office.simulated.ring(CALLER, RECEPTION_NUMBER)
    await call.answer()
    await office.account.transfer(call.id, to)
    assert call.destination == where
    assert office.requests[-1].body["transferFromNumber"] == RECEPTION


async def test_a_call_that_is_over_is_not_transferred(office: Office) -> None:
    with pytest.raises(NotFound):
        await office.account.transfer("b817", "211")
    assert [request.method for request in office.requests] == ["GET"]


async def test_call_history(office: Office) -> None:
    past = await office.account.call_history(NOW - timedelta(days=2), NOW)
    assert [(one.direction, one.verdict, one.answered_by) for one in past] == [
        (Direction.INBOUND, Verdict.ANSWERED, ""),
        (Direction.OUTBOUND, Verdict.ANSWERED, ""),
        (Direction.INTERNAL, Verdict.MISSED, ""),
        (Direction.INBOUND, Verdict.MISSED, ""),
    ]
    assert (past[0].caller, past[0].called) == (PhoneNumber(CALLER), PhoneNumber(RECEPTION_NUMBER))
    assert (past[2].caller, past[2].called) == (Extension("212"), Extension("210"))
    recent = await office.account.call_history(NOW - timedelta(hours=2), NOW)
    assert [one.id for one in recent] == [past[-1].id]
    assert await office.account.call_history(NOW - timedelta(minutes=5), NOW) == []


async def test_the_history_is_asked_for_in_the_account_s_zone() -> None:
    async with an_office({"time_zone": "America/New_York"}) as office:
        await office.account.call_history(NOW - timedelta(hours=1), NOW)
        query = office.requests[0].path
        assert "startDate=2026-07-01T03%3A30%3A00&endDate=2026-07-01T06%3A30%3A00" in query


async def test_long_histories_are_paged(office: Office) -> None:
    held = office.simulated.account
    (first, *_) = held.records.values()
    for minute in range(2 * PAGE):
        began = (NOW - timedelta(minutes=minute)).isoformat()
        held.records[held.new_id("a417", 20)] = {**first, "published": began}
    past = await office.account.call_history(NOW - timedelta(days=2), NOW)
    assert len(past) == 2 * PAGE + 4
    assert len({one.id for one in past}) == len(past)
    assert len(office.requests) == 3


# Phone call events


async def test_subscriptions(office: Office) -> None:
    account = office.account
    assert await account.subscriptions() == []
    await account.subscribe("2", "http://127.0.0.1:1/hooks/hq/s/2", RECEPTION)
    await account.subscribe("0", "http://127.0.0.1:1/hooks/hq/s/0", SERVICE)
    first, second = await account.subscriptions()
    assert (first.kind, first.of, second.kind, second.of) == ("2", RECEPTION, "0", SERVICE)
    assert first.url == "http://127.0.0.1:1/hooks/hq/s/2"
    assert office.events[first.id]["method"] == "1"
    await account.unsubscribe(first)
    assert list(office.events) == [second.id]


async def test_subscribing_with_the_type_in_the_path() -> None:
    async with an_office({"paths": {"create_event": "type in the path"}}) as office:
        await office.account.subscribe("2", "http://127.0.0.1:1/2", RECEPTION)
        assert office.requests[-1].path.endswith("/phoneCallEvents/2")
        assert "type" not in office.requests[-1].body


@pytest.mark.parametrize(
    "lacking",
    [
        Subscription("", "2", "http://x", RECEPTION),
        Subscription("Evt1", "", "http://x", RECEPTION),
        Subscription("Evt1", "2", "http://x", ""),
        Subscription("Evt1", "2", "http://x", "@self"),
    ],
)
async def test_unsubscribing_never_deletes_more(office: Office, lacking: Subscription) -> None:
    office.add_event(kind=2)
    with pytest.raises(UsageError):
        await office.account.unsubscribe(lacking)
    assert office.requests == []
    assert len(office.events) == 1


@pytest.mark.parametrize(("kind", "of"), [("2", ""), ("9", RECEPTION), ("dial-in", RECEPTION)])
async def test_what_cannot_be_subscribed_to(office: Office, kind: str, of: str) -> None:
    with pytest.raises(UsageError):
        await office.account.subscribe(kind, "http://x/", of)
    assert office.requests == []


async def test_only_named_extensions_are_asked_for_events() -> None:
    async with an_office({"extensions": [RECEPTION], "queues": []}) as office:
        office.add_event(kind=3)
        (only,) = await office.account.subscriptions()
        assert only.kind == "3"
        assert len(office.requests) == 1


async def test_withheld_callers() -> None:
    async with an_office() as office:
        await office.simulated.ring("anonymous", RECEPTION_NUMBER)
        assert (await office.account.live_calls())[0].caller == Withheld()
