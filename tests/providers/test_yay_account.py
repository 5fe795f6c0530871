"""What a Yay.com account can do, in domain words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.demo.providers.yay import Account, SimulatedYay
from bot.demo.providers.yay.history import CallRecord
from bot.demo.providers.yay.seed import uuid_of
from bot.domain.errors import AuthFailed, NotFound, ProviderGarbled, Unsupported
from bot.domain.numbers import PhoneNumber, ShortCode
from bot.domain.telephony import Destination, Kind, Verdict
from bot.providers.yay.client import PAGE, YayAccount
from tests.providers.conftest import NOW, PASSWORD, Answering, Connect, yay_settings

SALES = uuid_of("number", "Sales")
AFTER_HOURS = uuid_of("flow", "After hours")
TO_AFTER_HOURS = Destination(Kind.CALL_FLOW, AFTER_HOURS)
ANNA = uuid_of("sipuser", "Anna Holt")


async def test_every_request_has_the_three_headers(account: YayAccount, yay: SimulatedYay) -> None:
    await account.ping()
    headers = yay.account.requests[0].headers
    assert headers["x-auth-reseller"] == "acme"
    assert headers["x-auth-user"] == "admin"
    assert headers["user-agent"]
    assert "x-auth-for" not in headers
    assert yay.account.requests[0].body is None


async def test_acting_for_a_customer(connect: Connect) -> None:
    simulated = SimulatedYay(password=PASSWORD, customers={"bakery": Account(balance=3.5)})
    await simulated.start()
    try:
        account = connect(simulated.url, acting_for="bakery")
        assert await account.balance() == "3.5"
    finally:
        await simulated.close()


async def test_a_white_label_may_have_a_path_before_everything(
    connect: Connect, yay: SimulatedYay
) -> None:
    with pytest.raises(NotFound):
        await connect(f"{yay.url}/pbx/").balance()
    assert yay.account.requests[-1].path == "/pbx/account/balance"


async def test_numbers(account: YayAccount) -> None:
    numbers = {number.name: number for number in await account.numbers()}
    assert numbers["Sales"].party == PhoneNumber("+442079460000")
    assert numbers["Sales"].flow == uuid_of("flow", "Sales menu")
    assert numbers["Freephone"].diary == uuid_of("diary", "Office hours")


@pytest.mark.parametrize(
    ("country_code", "number", "party"),
    [
        ("44", "505505", ShortCode("+44505505")),
        ("44", "12", ShortCode("+4412")),
        (44, 2079460000, PhoneNumber("+442079460000")),
        ("GB", "020 7946 0000", PhoneNumber("+442079460000")),
        ("", "+442079460000", PhoneNumber("+442079460000")),
        (None, "020 7946 0000", PhoneNumber("+442079460000")),
    ],
)
async def test_spellings_of_numbers(
    connect: Connect, answering: Answering, country_code: Any, number: Any, party: object
) -> None:
    row = {"uuid": "n", "country_code": country_code, "number": number, "call_flow": ""}
    server = await answering(200, {"result": [row], "status_code": 200, "status_message": "OK"})
    (read,) = await connect(server.url).numbers()
    assert read.party == party
    assert read.flow is None


async def test_routing_changes_one_field_and_keeps_the_rest(
    account: YayAccount, yay: SimulatedYay
) -> None:
    before = dict(yay.account.numbers[SALES])
    await account.route_number(SALES, TO_AFTER_HOURS)
    after = yay.account.numbers[SALES]
    assert after == {**before, "call_flow": AFTER_HOURS, "updated_on": after["updated_on"]}
    assert [request.method for request in yay.account.requests] == ["GET", "PUT"]
    sent = yay.account.requests[-1].body
    assert sent.keys() == before.keys() - {"uuid", "created_on", "updated_on"}


async def test_routing_a_number_that_is_not_there(account: YayAccount) -> None:
    with pytest.raises(NotFound, match="no number of this account"):
        await account.route_number(str(uuid4()), TO_AFTER_HOURS)


async def test_routing_without_a_path_reads_nothing_either(
    connect: Connect, yay: SimulatedYay
) -> None:
    with pytest.raises(Unsupported, match=r"paths\.update_number"):
        await connect(yay.url, paths={"update_number": ""}).route_number(SALES, TO_AFTER_HOURS)
    assert yay.account.requests == []


async def test_a_number_can_go_to_call_flows_only(account: YayAccount, yay: SimulatedYay) -> None:
    with pytest.raises(Unsupported, match="not to a trunk"):
        await account.route_number(SALES, Destination(Kind.TRUNK, "t"))
    assert yay.account.requests == []


UNLISTED = (Kind.MENU, Kind.FORWARDING, Kind.CONFERENCE, Kind.OUTSIDE, Kind.OTHER)


@pytest.mark.parametrize("kind", UNLISTED)
async def test_objects_that_it_does_not_have(account: YayAccount, kind: Kind) -> None:
    with pytest.raises(Unsupported):
        await account.objects(kind)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in UNLISTED])
async def test_objects_of_every_kind(account: YayAccount, kind: Kind) -> None:
    found = await account.objects(kind)
    assert found
    assert all(each.kind is kind and each.id and each.name for each in found)


async def test_extensions_say_who_is_there(account: YayAccount, yay: SimulatedYay) -> None:
    yay.account.statuses[ANNA] = "Offline"
    pete = uuid_of("sipuser", "Pete Marsh")
    yay.account.statuses[pete] = "in the garden"
    found = {each.name: each for each in await account.objects(Kind.EXTENSION)}
    assert (found["Anna Holt"].online, found["Anna Holt"].extension) == (False, "1002")
    assert found["Pete Marsh"].online is None
    assert found["Ravi Shah"].online is True


async def test_extensions_without_presence(account: YayAccount, yay: SimulatedYay) -> None:
    yay.account.fail("/voip/user-status", "garbled")
    found = await account.objects(Kind.EXTENSION)
    assert found
    assert {each.online for each in found} == {None}


async def test_refused_credentials_are_not_taken_for_missing_presence(
    account: YayAccount, yay: SimulatedYay
) -> None:
    yay.account.fail("/voip/user-status", "refused")
    with pytest.raises(AuthFailed):
        await account.objects(Kind.EXTENSION)


async def test_groups_know_their_members(account: YayAccount) -> None:
    groups = {each.name: each for each in await account.objects(Kind.HUNT_GROUP)}
    assert ANNA in groups["Sales"].members
    assert groups["Sales"].extension == "601"
    (queue,) = await account.objects(Kind.QUEUE)
    assert queue.members


async def test_balance(account: YayAccount, yay: SimulatedYay) -> None:
    yay.account.balance = 12.5
    assert await account.balance() == "12.5"


async def test_next_extension(account: YayAccount, yay: SimulatedYay) -> None:
    assert await account.next_flow_extension() == yay.account.next_extension("flow")


async def test_placing_a_call(account: YayAccount, yay: SimulatedYay) -> None:
    await account.place_call(ANNA, PhoneNumber("+447700900142"))
    (call,) = yay.account.calls.values()
    assert call.state == "ringing"
    assert yay.account.requests[-1].body == {"user_uuid": ANNA, "destination": "+447700900142"}


def a_call(started_at: datetime, **more: Any) -> CallRecord:
    return CallRecord(
        uuid=str(uuid4()),
        call_type="inbound",
        from_="+447700900142",
        from_type="number",
        to="+442079460000",
        to_type="number",
        started_at=started_at,
        seconds=18,
        **more,
    )


@pytest.mark.parametrize("shape", ["list", "object"])
async def test_history_reads_all_pages_oldest_first(connect: Connect, shape: Any) -> None:
    simulated = SimulatedYay(password=PASSWORD, history_shape=shape)
    calls = [a_call(NOW + timedelta(seconds=n)) for n in range(2 * PAGE + 3)]
    outside = [a_call(NOW - timedelta(minutes=5)), a_call(NOW + timedelta(hours=2))]
    simulated.account.history[:] = [*calls, *outside]
    await simulated.start()
    try:
        account = connect(simulated.url, paths={"call_history": "/voip/call/history"})
        seen = await account.call_history(NOW, NOW + timedelta(hours=1))
    finally:
        await simulated.close()
    assert [call.id for call in seen] == [call.uuid for call in calls]
    assert {call.verdict for call in seen} == {Verdict.MISSED}
    assert seen[0].waited == 18
    assert len(simulated.account.requests) == 3


async def test_history_of_the_hour_that_comes_twice(account: YayAccount, yay: SimulatedYay) -> None:
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    yay.account.history[:] = [a_call(first), a_call(second, answered_by="Pete", answer_type="x")]
    (early,) = await account.call_history(first, first + timedelta(minutes=5))
    (late,) = await account.call_history(second, second + timedelta(minutes=5))
    assert (early.started_at, late.started_at) == (first, second)
    assert (early.verdict, late.verdict) == (Verdict.MISSED, Verdict.ANSWERED)


async def test_history_that_does_not_page_ends(connect: Connect, answering: Answering) -> None:
    row = {
        "child_uuid": "c",
        "call_type": "OUTBOUND",
        "from": "1001",
        "to": "+442079460000",
        "answered": "yes",
        "call_start_time": int(NOW.timestamp()),
        "call_duration": 4,
    }
    page = {"result": [row] * PAGE, "status_code": 200, "status_message": "OK"}
    server = await answering(200, page)
    account = connect(server.url, paths={"call_history": "/history"})
    (seen,) = await account.call_history(NOW, NOW)
    assert (seen.id, seen.verdict) == ("c", Verdict.ANSWERED)
    assert server.requests == 2


async def test_history_in_another_form_names_the_place(
    connect: Connect, answering: Answering
) -> None:
    page = {"result": [{"uuid": "u"}], "status_code": 200, "status_message": "OK"}
    server = await answering(200, page)
    account = connect(server.url, paths={"call_history": "/history"})
    with pytest.raises(ProviderGarbled, match=r"result\.0\.call_type: missing"):
        await account.call_history(NOW, NOW)


async def test_history_without_a_path(connect: Connect, yay: SimulatedYay) -> None:
    with pytest.raises(Unsupported, match=r"paths\.call_history"):
        await connect(yay.url).call_history(NOW, NOW)
    assert yay.account.requests == []


@pytest.mark.parametrize(
    "given",
    [
        {"provider": "other"},
        {"reseller": ""},
        {"user": "a\r\nX-Evil: 1"},
        {"colour": "red"},
        {"paths": {"call_histry": "/x"}},
        {"paths": {"call_history": "voip/call"}},
        {"paths": {"update_number": "/voip/number"}},
        {"paths": {"outbound_call": "/voip/{user}/call"}},
        {"per_second": 0},
        {"time_zone": "Mars/Olympus"},
    ],
)
def test_settings_that_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        yay_settings("http://127.0.0.1:1", **given)


def test_settings_do_not_show_the_password() -> None:
    settings = yay_settings("http://127.0.0.1:1")
    assert PASSWORD not in f"{settings!r} {settings} {json.dumps(settings.model_dump(mode='json'))}"
