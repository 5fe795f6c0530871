"""What an account at IOVOX can do, in domain words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.providers.iovox import SimulatedIovox
from bot.demo.providers.iovox.seed import ANNA, CASTLE, MARINA, MP3, QUAYSIDE, SPARE
from bot.domain.errors import NotFound, ProviderGarbled, Unsupported, UsageError
from bot.domain.numbers import PhoneNumber, ShortCode, Withheld
from bot.domain.records import BlockedCaller, Contact, Recording, Sound, Text, VoicemailMessage
from bot.domain.telephony import (
    CallSeen,
    Destination,
    Direction,
    Kind,
    Named,
    Number,
    Verdict,
)
from bot.providers.iovox.client import IovoxAccount
from tests.providers.conftest import Answering
from tests.providers.iovox_office import NOW, connected, simulated

CALLER = PhoneNumber("+447700900142")
TWO_DAYS = timedelta(days=2)


@pytest.fixture
async def iovox() -> AsyncIterator[SimulatedIovox]:
    async with simulated() as simulated_iovox:
        yield simulated_iovox


@pytest.fixture
async def tracking(iovox: SimulatedIovox) -> AsyncIterator[IovoxAccount]:
    async with connected(iovox.url) as account:
        yield account


def flow(name: str) -> Destination:
    return Destination(Kind.CALL_FLOW, name)


async def test_ping_reads_one_number(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    await tracking.ping()
    (request,) = iovox.account.requests
    assert request.query["limit"] == ["1"]
    assert tracking.outcomes["answered"] == 1


async def test_numbers(tracking: IovoxAccount) -> None:
    assert await tracking.numbers() == [
        Number(MARINA, PhoneNumber(f"+{MARINA}"), "Marina Wharf 12", flow("Call Agent")),
        Number(QUAYSIDE, PhoneNumber(f"+{QUAYSIDE}"), "Quayside 3", flow("Call Agent")),
        Number(CASTLE, PhoneNumber(f"+{CASTLE}"), "Manchester office", flow("Reception")),
        Number(SPARE, PhoneNumber(f"+{SPARE}")),
    ]


async def test_a_long_list_comes_page_by_page() -> None:
    async with simulated(page_size=2) as iovox, connected(iovox.url) as account:
        sounds = await account.objects(Kind.SOUND)
        assert len(sounds) == len({sound.id for sound in sounds}) == 5
        pages = [request.query.get("page") for request in iovox.account.requests]
        assert pages == [None, ["2"], ["3"]]


async def test_a_number_gets_another_flow(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    await tracking.route_number(MARINA, flow("Reception"))
    assert iovox.account.links["marina-12"].flow == "Reception"
    assert iovox.account.refusals == []


async def test_values_of_the_link_come_along(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    root = '<callFlow name="Agent at night"><call id="call_1" label="Night" '
    iovox.account.add_flow(
        root + 'destinationPhoneNumber="?" destinationContactId="?"/></callFlow>'
    )
    await tracking.route_number(MARINA, flow("Agent at night"))
    link = iovox.account.links["marina-12"]
    assert link.flow == "Agent at night"
    assert link.values["call_1"]["contact"] == {"contact_id": "anna", "phone_number": ANNA}
    assert link.values["call_1"]["rule_label"] == "Night"


@pytest.mark.parametrize(
    ("number", "to", "error", "words"),
    [
        (CASTLE, flow("Call Agent"), UsageError, "asks each link for values .Call."),
        (SPARE, flow("Reception"), UsageError, "belongs to no link"),
        ("442079469999", flow("Reception"), NotFound, "no number of this account"),
        (MARINA, flow("Nowhere"), NotFound, "Template Name does not exist"),
        (MARINA, Destination(Kind.EXTENSION, "1"), Unsupported, "not to a extension"),
    ],
)
async def test_where_a_number_cannot_go(
    tracking: IovoxAccount,
    iovox: SimulatedIovox,
    number: str,
    to: Destination,
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error, match=words):
        await tracking.route_number(number, to)
    assert all(request.verb == "GET" for request in iovox.account.requests)


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (Kind.CALL_FLOW, Named(Kind.CALL_FLOW, "Call Agent", "Call Agent")),
        (Kind.SOUND, Named(Kind.SOUND, "House|Welcome", "Welcome (House)")),
        (Kind.TIME_DIARY, Named(Kind.TIME_DIARY, "Weekends", "Weekends")),
        (Kind.EXTENSION, Named(Kind.EXTENSION, "office", "Manchester office")),
        (Kind.MAILBOX, Named(Kind.MAILBOX, "anna", "Anna Holt")),
    ],
)
async def test_objects(tracking: IovoxAccount, kind: Kind, first: Named) -> None:
    assert first in await tracking.objects(kind)


async def test_objects_that_are_not_there(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    assert list(await tracking.objects(Kind.PLAYLIST)) == []
    for kind in (Kind.TRUNK, Kind.QUEUE, Kind.HUNT_GROUP, Kind.MENU, Kind.FORWARDING):
        with pytest.raises(Unsupported):
            await tracking.objects(kind)
    assert iovox.account.requests == []


async def test_a_call_is_placed_by_a_link(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    await tracking.place_call("office", CALLER)
    assert iovox.account.placed == [
        {"link_id": "office", "call_variables": {"call_destination": "447700900142"}}
    ]


async def test_call_history(tracking: IovoxAccount) -> None:
    calls = await tracking.call_history(NOW - TWO_DAYS, NOW)
    assert [(call.id, call.verdict, call.waited, call.answered_by) for call in calls] == [
        ("call-1", Verdict.ANSWERED, 15, ANNA),
        ("call-2", Verdict.MISSED, 31, ""),
        ("call-3", Verdict.VOICEMAIL, None, ""),
        ("call-4", Verdict.MISSED, 12, ""),
    ]
    assert calls[0] == CallSeen(
        id="call-1",
        direction=Direction.INBOUND,
        verdict=Verdict.ANSWERED,
        caller=CALLER,
        called=PhoneNumber(f"+{MARINA}"),
        started_at=NOW - timedelta(hours=30),
        waited=15,
        answered_by=ANNA,
    )
    assert calls[2].caller == Withheld()


async def test_only_the_time_that_was_asked_for(tracking: IovoxAccount) -> None:
    calls = await tracking.call_history(NOW - timedelta(minutes=30), NOW)
    assert [call.id for call in calls] == ["call-4"]


async def test_the_hour_that_comes_twice(iovox: SimulatedIovox, tracking: IovoxAccount) -> None:
    call = {**iovox.account.calls[0], "id": "night", "call_start": "2026-10-25 01:30:00"}
    iovox.account.calls.append(call)
    night = datetime(2026, 10, 25, tzinfo=UTC)
    (seen,) = await tracking.call_history(night, night + timedelta(hours=2))
    assert seen.started_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("<call_start>2026-07-01 09:00:00</call_start>", "a call has no id"),
        ("<id>1</id>", "is no time like"),
        ("<id>1</id><call_start>soon</call_start>", "“soon” is no time"),
    ],
)
async def test_calls_that_cannot_be_read(answering: Answering, row: str, words: str) -> None:
    body = f"<response><results><result>{row}</result></results></response>".encode()
    server = await answering(200, body)
    async with connected(server.url) as account:
        with pytest.raises(ProviderGarbled, match=words):
            await account.call_history(NOW - TWO_DAYS, NOW)


async def test_recordings(tracking: IovoxAccount) -> None:
    recordings = await tracking.recordings(NOW - TWO_DAYS, NOW)
    assert recordings == [
        Recording(
            "call-1", CALLER, PhoneNumber(f"+{MARINA}"), NOW - timedelta(hours=30), seconds=80
        )
    ]
    assert await tracking.recording("call-1") == Sound("audio/mpeg", MP3)
    with pytest.raises(NotFound):
        await tracking.recording("call-2")


async def test_voicemail(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    assert await tracking.voicemails() == [
        VoicemailMessage("call-3", "office", Withheld(), NOW - timedelta(hours=3), seconds=18)
    ]
    assert await tracking.voicemail("office", "call-3") == Sound("audio/mpeg", MP3)
    sent = len(iovox.account.requests)
    with pytest.raises(Unsupported, match="deletes a caller's message"):
        await tracking.delete_voicemail("office", "call-3")
    assert len(iovox.account.requests) == sent


async def test_texts(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    ours = PhoneNumber(f"+{MARINA}")
    assert await tracking.send_text(ours, CALLER, "Yes, it is.") == "9001"
    first, second = await tracking.texts(NOW - TWO_DAYS, NOW)
    assert first == Text(
        "text-1",
        Direction.INBOUND,
        ours,
        CALLER,
        "Is the flat still free?",
        NOW - timedelta(hours=2),
    )
    assert second == Text("9001", Direction.OUTBOUND, ours, CALLER, "Yes, it is.", NOW)
    assert iovox.account.refusals == []


async def test_contacts(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    iovox.account.contacts["tom"] = {"contact_id": "tom", "company": "Byrne", "business_phone": ""}
    assert await tracking.contacts() == [
        Contact("anna", "Anna Holt", PhoneNumber(f"+{ANNA}")),
        Contact("ravi", "Ravi Shah", PhoneNumber("+447700900612")),
    ]


async def test_blocked_callers(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    await tracking.block_caller(CALLER, "")
    key = ("447700900142", "IN", "EQUALS")
    assert iovox.account.blocked[key]["default"] == "BLOCK"
    for number, operator, default in (
        ("WITHHELD", "EQUALS", "BLOCK"),
        ("33", "STARTSWITH", "BLOCK"),
        ("*", "EQUALS", "BLOCK"),
    ):
        iovox.account.blocked[number, "IN", operator] = {
            "number": number,
            "in_or_out": "IN",
            "operator": operator,
            "default": default,
        }
    assert {caller.id: caller for caller in await tracking.blocked_callers()} == {
        caller.id: caller
        for caller in (
            BlockedCaller("447700900999;IN;EQUALS", PhoneNumber("+447700900999"), "Nuisance calls"),
            BlockedCaller("447700900142;IN;EQUALS", CALLER),
            BlockedCaller("WITHHELD;IN;EQUALS", Withheld()),
            BlockedCaller("33;IN;STARTSWITH", ShortCode("33"), "every number that begins so"),
            BlockedCaller("*;IN;EQUALS", ShortCode("*")),
        )
    }
    await tracking.unblock_caller("447700900142;IN;EQUALS")
    assert key not in iovox.account.blocked
    with pytest.raises(NotFound):
        await tracking.unblock_caller("447700900142;IN;EQUALS")


async def test_a_note_would_be_lost(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    with pytest.raises(UsageError, match="keeps no note"):
        await tracking.block_caller(CALLER, "rude")
    with pytest.raises(UsageError, match="blocked_numbers"):
        await tracking.unblock_caller("447700900142")
    assert iovox.account.requests == []


async def test_numbers_that_are_let_through_are_not_blocked(answering: Answering) -> None:
    rows = "".join(
        f"<result><number>{number}</number>{more}</result>"
        for number, more in (
            ("447700900001", "<default>ALLOW</default>"),
            (
                "447700900002",
                (
                    "<operator>EQUALS</operator><rules><rule><links><link_id>7</link_id></links>"
                    "<blocking_type>ALLOW</blocking_type></rule></rules>"
                ),
            ),
        )
    )
    server = await answering(200, f"<response><results>{rows}</results></response>".encode())
    async with connected(server.url) as account:
        (caller,) = await account.blocked_callers()
    assert caller == BlockedCaller(
        "447700900002;IN;EQUALS", PhoneNumber("+447700900002"), "with exceptions"
    )
