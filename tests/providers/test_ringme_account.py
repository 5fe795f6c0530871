"""What an application at RingMe means in domain words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.providers.ringme import id_of
from bot.demo.providers.ringme.envelope import File
from bot.demo.providers.ringme.seed import WAV
from bot.domain.errors import NotFound, Unsupported, UsageError
from bot.domain.numbers import Extension, PhoneNumber
from bot.domain.records import Presence, Sound, Subscription
from bot.domain.telephony import Capability, Kind
from bot.providers.base import CALLS
from bot.providers.ringme import SPEC
from bot.providers.ringme.extensions import PER_PAGE
from bot.providers.ringme.times import periods, read_time
from tests.providers.ringme_pbx import NOW, Pbx, first, pbx, settings

ANNA, BORIS, CLARA, DEVI, QUEUE = (str(id_of(number)) for number in (101, 102, 103, 104, 200))
MOBILE = PhoneNumber("+447700900999")


@pytest.fixture
async def company() -> AsyncIterator[Pbx]:
    async with pbx() as made:
        yield made
        assert [refused.status for refused in made.simulated.account.refusals] in ([], [404])


async def test_extensions_are_those_that_have_a_telephone_or_a_fax(company: Pbx) -> None:
    found = {each.id: each for each in await company.account.objects(Kind.EXTENSION)}
    assert set(found) == {ANNA, BORIS, CLARA, DEVI, str(id_of(400))}
    assert (found[ANNA].name, found[ANNA].extension, found[ANNA].online) == (
        "Anna Holt",
        "101",
        True,
    )
    assert found[DEVI].online is False


async def test_extensions_are_listed_though_registrations_are_not_told(company: Pbx) -> None:
    company.simulated.account.fail("GET /extension/registration/", "server_error", times=9)
    found = await company.account.objects(Kind.EXTENSION)
    assert {each.online for each in found} == {None}


async def test_queues_mailboxes_sounds_and_diaries(company: Pbx) -> None:
    (queue,) = await company.account.objects(Kind.QUEUE)
    assert (queue.id, queue.name, len(queue.members)) == (QUEUE, "Support queue", 2)
    boxes = await company.account.objects(Kind.MAILBOX)
    assert [box.name for box in boxes] == ["Anna Holt", "Clara Moss"]
    assert [s.name for s in await company.account.objects(Kind.SOUND)] == ["Greeting"]
    assert await company.account.objects(Kind.PLAYLIST) == []
    (diary,) = await company.account.objects(Kind.TIME_DIARY)
    assert diary.name == "Office hours"


async def test_other_kinds_are_refused(company: Pbx) -> None:
    for kind in (Kind.HUNT_GROUP, Kind.TRUNK, Kind.MENU, Kind.CALL_FLOW):
        with pytest.raises(Unsupported):
            await company.account.objects(kind)
    assert company.simulated.account.requests == []


async def test_all_pages_are_read(company: Pbx) -> None:
    """However few rows the server gives a page: here 50."""
    anna = company.extension(101)
    for number in range(130):
        anna.sounds[1000 + number] = {"id": 1000 + number, "title": f"Sound {number}"}
    found = await company.account.objects(Kind.SOUND)
    assert len(found) == 131
    asked = [each.path for each in company.sent if f"/{ANNA}/sound/" in each.path]
    assert [f"page={n}&per_page={PER_PAGE}" in path for n, path in enumerate(asked, 1)] == [
        True
    ] * 4


async def test_agents_are_logged_in_and_out(company: Pbx) -> None:
    found = {agent.name: agent for agent in await company.account.agents()}
    assert found["Clara Moss"].presence is Presence.AVAILABLE
    assert found["Devi Rao"].presence is Presence.LOGGED_OUT
    assert found["Clara Moss"].queues == (QUEUE,)
    await company.account.set_presence(found["Devi Rao"].id, Presence.AVAILABLE)
    assert company.sent[-1].body == {"status": "available"}
    found = {agent.name: agent for agent in await company.account.agents()}
    assert found["Devi Rao"].presence is Presence.AVAILABLE


async def test_there_is_no_pause(company: Pbx) -> None:
    with pytest.raises(UsageError, match="no pause"):
        await company.account.set_presence(f"{CLARA}/5001", Presence.PAUSED)
    assert company.simulated.account.requests == []


async def test_a_call_is_placed_seen_transferred_and_ended(company: Pbx) -> None:
    await company.account.place_call(ANNA, PhoneNumber("+442079460018"))
    assert company.sent[-1].body == {"src_num": ["4406*101"], "dst_num": "+442079460018"}
    (call,) = await company.account.live_calls()
    assert call.extension == ANNA
    assert call.caller == Extension("101")
    assert call.called == PhoneNumber("+442079460018")
    assert (call.answered, call.since) == (False, NOW)
    await company.account.transfer(call.id, "102")
    (moved,) = await company.account.live_calls()
    assert moved.extension == BORIS
    await company.account.hang_up(moved.id)
    assert await company.account.live_calls() == []
    with pytest.raises(NotFound):
        await company.account.hang_up(moved.id)


async def test_a_call_from_outside_is_live(company: Pbx) -> None:
    ringing = await company.simulated.ring("+442079460018", "103")
    (call,) = await company.account.live_calls()
    assert (call.caller, call.called) == (
        PhoneNumber("+442079460018"),
        PhoneNumber("+442079460190"),
    )
    await ringing.answer()
    (call,) = await company.account.live_calls()
    assert call.answered
    await ringing.hang_up()


async def test_forwarding_is_a_rule_of_transfer(company: Pbx) -> None:
    (forwarding,) = await company.account.forwardings()
    assert forwarding.name == "To my mobile"
    assert forwarding.to == PhoneNumber("+447700900123")
    await company.account.set_forwarding(forwarding.id, MOBILE)
    assert company.sent[-1].body == {"enabled": True, "transfer_dst": MOBILE.e164}
    assert [each.to for each in await company.account.forwardings()] == [MOBILE]
    await company.account.set_forwarding(forwarding.id, None)
    assert company.sent[-1].body == {"enabled": False}
    assert [each.to for each in await company.account.forwardings()] == [None]
    rule = company.extension(101).rules[int(forwarding.id.partition("/")[2])]
    assert rule["transfer_dst"] == MOBILE.e164


async def test_a_rule_of_several_destinations_is_left_alone(company: Pbx) -> None:
    anna = company.extension(101)
    anna.rules[anna.order[0]]["transfer_dst"] = "102 +447700900123"
    with pytest.raises(UsageError, match="several destinations"):
        await company.account.set_forwarding(f"{ANNA}/{anna.order[0]}", MOBILE)
    with pytest.raises(UsageError, match="forwards nothing"):
        await company.account.set_forwarding(f"{ANNA}/{anna.order[1]}", MOBILE)
    assert {request.method for request in company.sent} == {"GET"}


async def test_recordings_of_all_extensions_oldest_first(company: Pbx) -> None:
    found = await company.account.recordings(NOW - timedelta(days=2), NOW)
    assert [each.seconds for each in found] == [95, 31, 240]
    assert found[0].caller == PhoneNumber("+442079460018")
    assert found[0].called == PhoneNumber("+442079460180")
    assert found[0].started_at == NOW - timedelta(hours=26)
    assert await company.account.recording(found[0].id) == Sound("audio/x-wav", WAV)
    recent = await company.account.recordings(NOW - timedelta(hours=25, minutes=5), NOW)
    assert len(recent) == 2


async def test_recordings_of_a_year_are_asked_for_in_pieces(company: Pbx) -> None:
    anna = company.extension(101)
    row = anna.recordings[first(anna.recordings)]
    for month in range(1, 7):
        uuid = f"{ANNA}-{month:032X}"
        began = f"2026-{month:02}-03 10:00:00"
        anna.recordings[uuid] = {**row, "record_uuid": uuid, "init_time_gmt": began}
        anna.files[uuid] = File("audio/x-wav", WAV)
    found = await company.account.recordings(datetime(2025, 8, 1, tzinfo=UTC), NOW)
    assert len(found) == 9


async def test_web_hooks_are_subscribed_listed_and_ended_one_by_one(company: Pbx) -> None:
    url = "https://phones.example.com/hooks/pbx/secret/hangup"
    others = Subscription("77", "hangup", "https://elsewhere", of=ANNA)
    company.extension(101).events[77] = {
        "id": 77,
        "event_type": "hangup",
        "url": "https://elsewhere",
        "method": "GET",
    }
    await company.account.subscribe("hangup", url, of=ANNA)
    assert company.sent[-1].body == {"url": url, "event_type": "hangup", "method": "POST"}
    found = await company.account.subscriptions()
    assert others in found
    (ours,) = [each for each in found if each.url == url]
    await company.account.unsubscribe(ours)
    assert await company.account.subscriptions() == [others]


async def test_a_subscription_of_all_leaves_answers_of_machines_out(company: Pbx) -> None:
    await company.account.subscribe("answer", "https://x/answer")
    await company.account.subscribe("hangup", "https://x/hangup")
    kinds: dict[str, list[str]] = {}
    for each in await company.account.subscriptions():
        kinds.setdefault(each.kind, []).append(each.of)
    assert kinds["answer"] == [ANNA, BORIS, CLARA, DEVI]
    assert len(kinds["hangup"]) == 7


async def test_a_web_hook_of_an_unknown_event_is_refused(company: Pbx) -> None:
    with pytest.raises(UsageError, match="event_type"):
        await company.account.subscribe("dial", "https://x", of=ANNA)
    assert company.simulated.account.requests == []


async def test_registrations(company: Pbx) -> None:
    found = {each.extension: each for each in await company.account.registrations()}
    assert found[ANNA].online
    assert found[ANNA].device.startswith("Yealink")
    assert not found[DEVI].online
    assert found[DEVI].device  # it was there once
    assert found[BORIS].device == ""
    assert len(company.sent) == 1


@pytest.mark.parametrize("id_", ["", "5001", "/5001", f"{ANNA}/"])
async def test_ids_of_another_form_are_refused(company: Pbx, id_: str) -> None:
    with pytest.raises(UsageError):
        await company.account.hang_up(id_)
    with pytest.raises(UsageError):
        await company.account.set_presence(id_, Presence.AVAILABLE)
    assert company.simulated.account.requests == []


async def test_without_extensions_the_remedy_is_named() -> None:
    async with pbx(extensions=[]) as company:
        for ask in (
            company.account.agents,
            company.account.live_calls,
            company.account.subscriptions,
            company.account.registrations,
        ):
            with pytest.raises(Unsupported, match="`extensions`"):
                await ask()
        assert company.simulated.account.requests == []


def test_settings_take_ids_as_numbers_or_words() -> None:
    made = settings(base_url="https://x", extensions=[101, "102", "@me"], api_path="/api/v2/")
    assert made.extensions == ["101", "102", "@me"]
    assert made.api_path == "/api/v2"
    for wrong in ({"extensions": [True]}, {"api_path": "api"}, {"client_id": ""}, {"colour": 1}):
        with pytest.raises(ValueError, match="validation error"):
            settings(base_url="https://x", **wrong)


def test_every_capability_is_claimed_and_usable_ones_are_written() -> None:
    assert set(SPEC.claims) == set(Capability)
    connected = SPEC.connect
    for capability, names in CALLS.items():
        for name in names:
            written = name in vars(connected)
            assert written or not SPEC.claims[capability].usable
            assert not written or SPEC.claims[capability].usable or name == "objects"


@pytest.mark.parametrize(
    "text",
    ["2026-07-15 09:30:00", "2026-07-15 09:30:00.000", "2026-07-15 09:30:00,000"],
)
def test_times_have_a_point_or_a_comma(text: str) -> None:
    assert read_time(text) == NOW


@pytest.mark.parametrize("text", ["", None, "soon", "2026-13-01 00:00:00"])
def test_what_is_no_time(text: str | None) -> None:
    assert read_time(text) is None


def test_no_period_ends_after_the_next_month() -> None:
    start, end = datetime(2025, 11, 30, 5, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    found = list(periods(start, end))
    assert found[0] == (start, datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert found[1] == (
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC),
    )
    assert found[-1][1] == end
