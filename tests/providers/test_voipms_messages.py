"""Calls, voicemail and texts of a VoIP.ms account, in domain words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.demo.providers.voipms import Message, SimulatedVoipms, Sms
from bot.demo.providers.voipms.seed import (
    MAILBOX,
    MONTREAL,
    OFFICE,
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
from bot.domain.numbers import PhoneNumber, Withheld
from bot.domain.records import Subscription
from bot.domain.telephony import Direction, Verdict
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
