"""What a VoIP.ms account can do, in domain words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.demo.providers.voipms import SimulatedVoipms
from bot.demo.providers.voipms.seed import (
    MAILBOX,
    MENU,
    MONTREAL,
    OFFICE,
    OFFICE_HOURS,
    ON_CALL,
    RECEPTION,
    SUPPORT,
    TOLL_FREE,
    TORONTO,
)
from bot.domain.errors import (
    NotFound,
    OutcomeUnknown,
    ProviderRejected,
    TooLate,
    Unsupported,
    UsageError,
)
from bot.domain.numbers import Extension, PhoneNumber, Withheld
from bot.domain.records import Presence
from bot.domain.telephony import Destination, Kind
from bot.providers.voipms.client import VoipmsAccount
from tests.providers.voipms_office import NOW, connected, simulated

JANE = PhoneNumber("+14505550118")
OURS = PhoneNumber(f"+1{MONTREAL}")
DAY_AGO = NOW - timedelta(days=1, hours=6)


@pytest.fixture
async def voipms() -> AsyncIterator[SimulatedVoipms]:
    async with simulated() as running:
        yield running


@pytest.fixture
async def account(voipms: SimulatedVoipms) -> AsyncIterator[VoipmsAccount]:
    async with connected(voipms.url) as one:
        yield one


def sent(voipms: SimulatedVoipms) -> list[str]:
    return [request.method for request in voipms.account.requests]


# Numbers


async def test_numbers(account: VoipmsAccount) -> None:
    found = {number.id: number for number in await account.numbers()}
    assert found[MONTREAL].party == OURS
    assert found[MONTREAL].name == "Montreal office"
    assert found[MONTREAL].to == Destination(Kind.TIME_DIARY, OFFICE_HOURS)
    assert found[TORONTO].to == Destination(Kind.EXTENSION, "100001_Mobile")
    assert found[TOLL_FREE].to == Destination(Kind.MENU, MENU)


@pytest.mark.parametrize(
    ("to", "routing"),
    [
        (Destination(Kind.EXTENSION, OFFICE), f"account:{OFFICE}"),
        (Destination(Kind.HUNT_GROUP, RECEPTION), f"grp:{RECEPTION}"),
        (Destination(Kind.QUEUE, SUPPORT), f"queue:{SUPPORT}"),
        (Destination(Kind.MENU, MENU), f"ivr:{MENU}"),
        (Destination(Kind.MAILBOX, MAILBOX), f"vm:{MAILBOX}"),
        (Destination(Kind.FORWARDING, ON_CALL), f"fwd:{ON_CALL}"),
        (Destination(Kind.TIME_DIARY, OFFICE_HOURS), f"tc:{OFFICE_HOURS}"),
        (Destination(Kind.SOUND, "7567"), "recording:7567"),
        (Destination(Kind.TRUNK, "5096"), "sip:5096"),
        (Destination(Kind.OTHER, "sys:busy"), "sys:busy"),
    ],
)
async def test_a_number_is_routed_and_reads_back(
    account: VoipmsAccount, voipms: SimulatedVoipms, to: Destination, routing: str
) -> None:
    before = dict(voipms.account.numbers[MONTREAL])
    await account.route_number(MONTREAL, to)
    assert voipms.account.numbers[MONTREAL] == before | {"routing": routing}
    assert next(n.to for n in await account.numbers() if n.id == MONTREAL) == to


@pytest.mark.parametrize(
    "to",
    [
        Destination(Kind.OUTSIDE, "+442079460000"),
        Destination(Kind.CALL_FLOW, "x"),
        Destination(Kind.CONFERENCE, "x"),
        Destination(Kind.OTHER, "whatever"),
    ],
)
async def test_what_a_number_cannot_be_sent_to(
    account: VoipmsAccount, voipms: SimulatedVoipms, to: Destination
) -> None:
    with pytest.raises(Unsupported):
        await account.route_number(MONTREAL, to)
    assert not voipms.account.requests


async def test_routing_to_nothing_is_refused_there(account: VoipmsAccount) -> None:
    with pytest.raises(ProviderRejected, match="invalid_destination"):
        await account.route_number(MONTREAL, Destination(Kind.FORWARDING, "1"))
    with pytest.raises(UsageError, match="did: "):
        await account.route_number("x", Destination(Kind.FORWARDING, ON_CALL))


async def test_nowhere_reads_as_nowhere(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    for routing, to in {
        "none:": None,
        "": None,
        "did:5145550199": Destination(Kind.OTHER, "did:5145550199"),
        "odd": Destination(Kind.OTHER, "odd"),
    }.items():
        voipms.account.numbers[MONTREAL]["routing"] = routing
        assert next(n.to for n in await account.numbers() if n.id == MONTREAL) == to


@pytest.mark.parametrize(
    ("country", "digits", "function", "place"),
    [
        ("CA", "514", "searchDIDsCAN", "Montreal, QC"),
        ("US", "786", "searchDIDsUSA", "MIAMI, FL"),
        ("CA", "877", "searchTollFreeCanUS", "toll-free"),
        ("US", "888", "searchTollFreeUSA", "toll-free"),
    ],
)
async def test_a_search(
    account: VoipmsAccount,
    voipms: SimulatedVoipms,
    country: str,
    digits: str,
    function: str,
    place: str,
) -> None:
    found = await account.search_numbers(country, digits)
    assert sent(voipms) == [function]
    assert found
    assert all(str(offer.party).replace(" ", "").startswith(f"+1{digits}") for offer in found)
    assert {offer.place for offer in found} == {place}
    assert all(offer.monthly for offer in found)


async def test_nothing_is_on_offer(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    assert await account.search_numbers("CA", "999") == []
    with pytest.raises(UsageError, match="first digits"):
        await account.search_numbers("CA", "")
    with pytest.raises(Unsupported, match="Canada"):
        await account.search_numbers("GB", "20")
    assert len(voipms.account.requests) == 1


async def test_an_order_and_its_rehearsal(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    offer = (await account.search_numbers("CA", "877"))[0]
    await account.order_number(offer.id, rehearse=True)
    assert len(await account.numbers()) == 3
    await account.order_number(offer.id, rehearse=False)
    bought = next(number for number in await account.numbers() if number.party == offer.party)
    assert bought.to is None
    orders = [request.given for request in voipms.account.requests if "order" in request.method]
    assert [order.get("test") for order in orders] == ["true", None]


async def test_a_local_number_is_not_ordered(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    offer = (await account.search_numbers("CA", "514"))[0]
    with pytest.raises(Unsupported, match="in the portal"):
        await account.order_number(offer.id, rehearse=True)
    assert sent(voipms) == ["searchDIDsCAN"]


async def test_a_lost_order_is_not_repeated(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    voipms.account.fail("orderTollFree", "lost", times=9)
    with pytest.raises(OutcomeUnknown):
        await account.order_number("tollfree:8775550153", rehearse=False)
    assert sent(voipms).count("orderTollFree") == 1
    assert "8775550153" in [number.id for number in await account.numbers()]


# Destinations


@pytest.mark.parametrize(
    ("kind", "id_", "name"),
    [
        (Kind.EXTENSION, OFFICE, "Reception telephone"),
        (Kind.HUNT_GROUP, RECEPTION, "Reception"),
        (Kind.QUEUE, SUPPORT, "Support"),
        (Kind.MENU, MENU, "Welcome"),
        (Kind.TIME_DIARY, OFFICE_HOURS, "Office hours"),
        (Kind.MAILBOX, MAILBOX, "Reception"),
        (Kind.SOUND, "7567", "welcome"),
        (Kind.PLAYLIST, "jazz", "Jazz"),
        (Kind.FORWARDING, ON_CALL, "On-call mobile"),
        (Kind.TRUNK, "5096", "Door"),
    ],
)
async def test_objects(account: VoipmsAccount, kind: Kind, id_: str, name: str) -> None:
    found = {one.id: one for one in await account.objects(kind)}
    assert found[id_].name == name
    assert found[id_].kind is kind


async def test_members_of_groups_and_queues(account: VoipmsAccount) -> None:
    group = (await account.objects(Kind.HUNT_GROUP))[0]
    assert group.members == (OFFICE, "100001_Mobile")
    queue = (await account.objects(Kind.QUEUE))[0]
    assert queue.members == (OFFICE, "100001_Dock")
    assert queue.extension == "301"


@pytest.mark.parametrize("kind", [Kind.CALL_FLOW, Kind.CONFERENCE, Kind.OUTSIDE, Kind.OTHER])
async def test_what_cannot_be_listed(
    account: VoipmsAccount, voipms: SimulatedVoipms, kind: Kind
) -> None:
    with pytest.raises(Unsupported):
        await account.objects(kind)
    assert not voipms.account.requests


async def test_forwardings(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    found = {one.id: one for one in await account.forwardings()}
    assert found["19183"].to == PhoneNumber("+442079460000")
    assert found[ON_CALL].to == PhoneNumber("+14385550107")
    held = dict(voipms.account.forwardings[ON_CALL])
    await account.set_forwarding(ON_CALL, PhoneNumber("+442079460018"))
    assert voipms.account.forwardings[ON_CALL] == held | {"phone_number": "011442079460018"}
    await account.set_forwarding(ON_CALL, JANE)
    assert voipms.account.forwardings[ON_CALL] == held | {"phone_number": "4505550118"}
    assert len(voipms.account.forwardings) == 2


async def test_a_forwarding_that_is_gone_is_not_made(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    for lost in ("1", "", "new"):
        with pytest.raises(NotFound):
            await account.set_forwarding(lost, JANE)
    with pytest.raises(Unsupported, match="always has a number"):
        await account.set_forwarding(ON_CALL, None)
    assert set(sent(voipms)) == {"getForwardings"}


async def test_agents(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    found = {agent.id: agent for agent in await account.agents()}
    assert found[OFFICE].name == "Reception telephone"
    assert found[OFFICE].queues == (SUPPORT,)
    assert found[OFFICE].presence is Presence.AVAILABLE
    before = len(voipms.account.requests)
    with pytest.raises(Unsupported):
        await account.set_presence(OFFICE, Presence.PAUSED)
    assert len(voipms.account.requests) == before


# People, telephones, credit


async def test_contacts(account: VoipmsAccount) -> None:
    assert [(one.name, one.party) for one in await account.contacts()] == [
        ("Jane Tremblay", JANE),
        ("Northgate Cleaning", PhoneNumber("+15145550177")),
    ]


async def test_blocked_callers(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    await account.block_caller(JANE, "Calls at night")
    blocked = await account.blocked_callers()
    assert [(one.party, one.note) for one in blocked] == [
        (PhoneNumber("+19025550199"), "Sells windows"),
        (JANE, "Calls at night"),
    ]
    with pytest.raises(TooLate):
        await account.block_caller(JANE, "again")
    assert len(voipms.account.filters) == 2
    with pytest.raises(UsageError):
        await account.block_caller(PhoneNumber("+442079460000"), "")
    before = len(voipms.account.requests)
    with pytest.raises(Unsupported, match="portal"):
        await account.unblock_caller(blocked[0].id)
    assert len(voipms.account.requests) == before


async def test_only_filters_that_turn_away_block(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    row = voipms.account.filters["18915"]
    for callerid, routing, counts in (
        ("0", "sys:hangup", True),
        ("i", "sys:hangup", False),
        ("9025550199", f"vm:{MAILBOX}", False),
        ("9025550199", "sys:echo", False),
    ):
        row |= {"callerid": callerid, "routing": routing}
        assert bool(await account.blocked_callers()) is counts
    row |= {"callerid": "0", "routing": "sys:hangup"}
    assert (await account.blocked_callers())[0].party == Withheld()


async def test_registrations(account: VoipmsAccount) -> None:
    found = {one.extension: one for one in await account.registrations()}
    assert [one.online for one in found.values()] == [True, True, False]
    assert found[OFFICE].address == "203.0.113.20"


async def test_balance(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    assert await account.balance() == "48.37250"
    await account.ping()
    assert sent(voipms) == ["getBalance"] * 2


async def test_an_internal_extension(account: VoipmsAccount) -> None:
    seen = await account.call_history(DAY_AGO, NOW)
    assert seen[4].called == Extension("101")


async def test_what_it_cannot_do(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    for refused in (
        account.flows(),
        account.live_calls(),
        account.place_call(OFFICE, JANE),
        account.faxes(DAY_AGO, NOW),
    ):
        with pytest.raises(Unsupported):
            await refused
    assert not voipms.account.requests
