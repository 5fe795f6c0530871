"""What a VoIP.ms account can do, in domain words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.demo.providers.voipms import Message, SimulatedVoipms, Sms
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
from bot.domain.records import Presence, Subscription
from bot.domain.telephony import Destination, Direction, Kind, Verdict
from bot.providers.voipms.client import VoipmsAccount
from bot.providers.voipms.events import PLACEHOLDERS
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


# Calls


async def test_the_call_history(account: VoipmsAccount) -> None:
    seen = await account.call_history(DAY_AGO, NOW)
    assert [call.started_at for call in seen] == sorted(call.started_at for call in seen)
    told = [(str(call.caller), call.direction, call.verdict) for call in seen]
    assert told == [
        (str(JANE), Direction.INBOUND, Verdict.ANSWERED),
        ("withheld number", Direction.INBOUND, Verdict.MISSED),
        (str(JANE), Direction.INBOUND, Verdict.VOICEMAIL),
        (str(OURS), Direction.OUTBOUND, Verdict.ANSWERED),
        ("ext. 102", Direction.INTERNAL, Verdict.ANSWERED),
        ("+1 902-555-0134", Direction.INBOUND, Verdict.MISSED),
    ]
    first, missed = seen[0], seen[1]
    assert first.started_at == NOW - timedelta(hours=26, seconds=184)
    assert first.called == OURS
    assert (first.waited, missed.waited) == (None, 32)
    assert seen[3].answered_by == OFFICE
    assert first.answered_by == ""


async def test_what_the_history_is_asked_for(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    await account.call_history(NOW - timedelta(days=200), NOW)
    asked = [r.given for r in voipms.account.requests if r.method == "getCDR"]
    assert len(asked) == 3
    for one in asked:
        assert one["timezone"] == "-5"
        assert [one[flag] for flag in ("answered", "noanswer", "busy", "failed")] == ["1"] * 4
        days = datetime.fromisoformat(one["date_to"]) - datetime.fromisoformat(one["date_from"])
        assert days.days <= 92
    for one, following in pairwise(asked):
        gap = datetime.fromisoformat(following["date_from"]) - datetime.fromisoformat(
            one["date_to"]
        )
        assert gap.days == 1


async def test_calls_outside_the_instants_are_left_out(account: VoipmsAccount) -> None:
    assert await account.call_history(NOW - timedelta(minutes=5), NOW) == []


async def test_winter_and_summer_are_the_wall_clock(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    voipms.account.calls.clear()
    winter = NOW - timedelta(days=150)
    clock = voipms.clock
    voipms.clock = lambda: winter
    call = voipms.ring("4505550118", MONTREAL, answered=False, seconds=20)
    voipms.clock = clock
    seen = await account.call_history(winter - timedelta(hours=1), winter)
    assert [one.started_at for one in seen] == [call.at.replace(microsecond=0)]


async def test_without_voicemail_a_call_counts_as_answered(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    voipms.account.fail("getVoicemails", "refused", times=1)
    seen = await account.call_history(DAY_AGO, NOW)
    assert Verdict.VOICEMAIL not in {call.verdict for call in seen}
    assert len(seen) == 6


async def test_recordings(account: VoipmsAccount) -> None:
    found = await account.recordings(DAY_AGO, NOW)
    assert [one.called for one in found] == [OURS, PhoneNumber("+15145550177")]
    assert found[0].caller == Withheld()
    assert found[0].seconds == 184
    sound = await account.recording(found[0].id)
    assert (sound.content_type, sound.content) == ("audio/mpeg", b"the call 1751000000")
    with pytest.raises(UsageError):
        await account.recording("nonsense")
    with pytest.raises(ProviderRejected):
        await account.recording("100001/0")


async def test_no_recordings(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    voipms.account.calls.clear()
    assert await account.recordings(DAY_AGO, NOW) == []


async def test_many_recordings_come_in_pages(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    first = voipms.account.calls[0]
    voipms.account.calls[:] = [
        first._replace(uniqueid=str(index), at=NOW - timedelta(minutes=index))
        for index in range(1, 231)
    ]
    assert len(await account.recordings(DAY_AGO, NOW)) == 230
    assert sent(voipms) == ["getCallRecordings"] * 3


# Voicemail


async def test_voicemails(account: VoipmsAccount) -> None:
    found = await account.voicemails()
    assert [message.heard for message in found] == [False, False, True]
    newest = found[0]
    assert newest.left_at == NOW - timedelta(hours=3)
    assert newest.caller == PhoneNumber("+15145550177")
    assert (newest.mailbox, newest.seconds) == (MAILBOX, 31)
    sound = await account.voicemail(newest.mailbox, newest.id)
    assert sound.content == b"The cleaners come at six"


async def test_a_message_is_the_same_wherever_it_moved(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    newest = (await account.voicemails())[0]
    inbox = voipms.account.messages[MAILBOX, "INBOX"]
    jane = '"Jane Tremblay" <4505550118>'
    inbox.insert(0, Message(NOW - timedelta(hours=30), jane, 5, b"older"))
    voipms.account.messages[MAILBOX, "Old"].append(inbox.pop())
    sound = await account.voicemail(newest.mailbox, newest.id)
    assert sound.content == b"The cleaners come at six"
    await account.delete_voicemail(newest.mailbox, newest.id)
    left = [message.sound for held in voipms.account.messages.values() for message in held]
    assert b"The cleaners come at six" not in left
    assert len(left) == 3
    with pytest.raises(NotFound):
        await account.delete_voicemail(newest.mailbox, newest.id)
    with pytest.raises(NotFound):
        await account.voicemail(newest.mailbox, newest.id)


async def test_of_two_that_look_alike_none_is_deleted(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    newest = (await account.voicemails())[0]
    inbox = voipms.account.messages[MAILBOX, "INBOX"]
    inbox.append(inbox[-1])
    with pytest.raises(TooLate):
        await account.delete_voicemail(newest.mailbox, newest.id)
    assert len(inbox) == 3


# Texts


async def test_texts(account: VoipmsAccount) -> None:
    found = await account.texts(DAY_AGO, NOW)
    assert [text.id for text in found] == ["sms-5853", "sms-5854", "mms-5854"]
    first = found[0]
    assert (first.direction, first.ours, first.theirs) == (Direction.INBOUND, OURS, JANE)
    assert first.words == "Are you open on Friday?"
    assert first.at == NOW - timedelta(hours=6)


async def test_a_text_is_sent_and_found(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    id_ = await account.send_text(OURS, JANE, 'We "open" at 9; café & co!')
    assert voipms.account.texts[-1].message == 'We "open" at 9; café & co!'
    found = await account.texts(NOW - timedelta(hours=1), NOW)
    assert [(text.id, text.direction) for text in found] == [(id_, Direction.OUTBOUND)]
    voipms.account.texts[-1] = voipms.account.texts[-1]._replace(message=r"We \\\"open\\\" at 9")
    assert (await account.texts(NOW - timedelta(hours=1), NOW))[0].words == 'We "open" at 9'


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (OURS, PhoneNumber("+442079460000"), "hello"),
        (PhoneNumber("+442079460000"), JANE, "hello"),
        (OURS, JANE, "é" * 81),
        (OURS, JANE, ""),
    ],
)
async def test_texts_that_are_not_sent(
    account: VoipmsAccount,
    voipms: SimulatedVoipms,
    ours: PhoneNumber,
    theirs: PhoneNumber,
    words: str,
) -> None:
    with pytest.raises(UsageError):
        await account.send_text(ours, theirs, words)
    assert not voipms.account.requests


async def test_a_lost_text_is_not_sent_again(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    voipms.account.fail("sendSMS", "lost", times=9)
    with pytest.raises(OutcomeUnknown):
        await account.send_text(OURS, JANE, "once")
    assert [text.message for text in voipms.account.texts].count("once") == 1


async def test_no_text_is_lost_to_the_limit_of_rows(voipms: SimulatedVoipms) -> None:
    voipms.account.texts[:] = [
        Sms(index, NOW - timedelta(hours=7 * index), "1", MONTREAL, "4505550118", f"text {index}")
        for index in range(1, 101)
    ]
    async with connected(voipms.url, texts_at_once=10) as account:
        found = await account.texts(NOW - timedelta(days=40), NOW)
    assert len([text for text in found if text.id.startswith("sms-")]) == 100
    assert len({text.id for text in found}) == len(found)


# The callback for texts


async def test_a_callback_is_set_up_and_taken_away(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    number = voipms.account.numbers[MONTREAL]
    number |= {"sms_email": "desk@example.com", "sms_email_enabled": "1"}
    number |= {"smpp_enabled": "1", "smpp_user": "harbour", "smpp_pass": "smpp-secret"}
    before = dict(number)
    await account.subscribe("sms", "https://phones.example.com/hooks/m/s/sms", MONTREAL)
    assert number == before | {
        "sms_url_callback": f"https://phones.example.com/hooks/m/s/sms?{PLACEHOLDERS}",
        "sms_url_callback_enabled": "1",
        "sms_url_callback_retry": "1",
    }
    found = await account.subscriptions()
    url = number["sms_url_callback"]
    assert found == [Subscription(MONTREAL, "sms", url, of=MONTREAL)]
    await account.unsubscribe(found[0])
    assert await account.subscriptions() == []
    assert number["sms_email"] == "desk@example.com"
    assert number["sms_enabled"] == "1"


async def test_all_numbers_that_take_texts(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    await account.subscribe("sms", "https://phones.example.com/s?text={MESSAGE}&from={FROM}")
    assert {one.of for one in await account.subscriptions()} == {MONTREAL, TORONTO}
    with pytest.raises(ProviderRejected, match="cannot take texts"):
        await account.subscribe("sms", "https://phones.example.com/s", TOLL_FREE)
    with pytest.raises(NotFound):
        await account.subscribe("sms", "https://phones.example.com/s", "5145550000")
    with pytest.raises(NotFound):
        await account.unsubscribe(Subscription("5145550000", "sms", ""))
    before = len(voipms.account.requests)
    with pytest.raises(Unsupported):
        await account.subscribe("hangup", "https://phones.example.com/s")
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
