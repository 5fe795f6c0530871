"""The simulated Yay.com API is as strict as the document and its fact sheet."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.providers.yay import api
from bot.demo.providers.yay.account import Account
from bot.demo.providers.yay.api import SimulatedYay
from bot.demo.providers.yay.seed import PETE, SALES, uuid_of
from bot.demo.providers.yay.seed_flows import CALL_PETE
from tests.demo.simulated_yay import Client, Clock, running

START, MENU, RING = (
    "161ec941-1c6a-4d42-b011-1c050487324d",
    "9085aa47-0ff0-4fd0-9c80-6077e1f475c2",
    "fdc20592-2757-4a9a-a1d3-3c4e7b6a39d6",
)
CALL_PETE_AS_PRINTED: dict[str, Any] = {
    "created_on": "2023-02-07",
    "extension": 501,
    "flow": {
        START: {"module": "start", "next": MENU},
        MENU: {
            "module": "pressextension",
            "next": {"1": RING, "2": RING, "invalid": RING, "timeout": RING},
        },
        RING: {"extensions": [{"type": "sipuser", "uuid": PETE}], "module": "extension"},
    },
    "name": "Call Pete",
    "show_call_route_name": True,
    "show_original_caller_id": True,
    "updated_on": "2023-02-07",
    "uuid": CALL_PETE,
}
BUSY = {"s": {"module": "start", "next": "b"}, "b": {"module": "busy"}}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def yay(clock: Clock) -> SimulatedYay:
    return SimulatedYay(clock=clock)


@pytest.fixture
async def client(yay: SimulatedYay) -> AsyncIterator[Client]:
    async with running(yay) as client:
        yield client


def a_flow(flow: Any = None, **fields: Any) -> dict[str, Any]:
    return {"name": "New", "extension": 550, "flow": BUSY if flow is None else flow, **fields}


def error(status: int, message: str) -> dict[str, Any]:
    return {"result": {}, "status_code": status, "status_message": message}


# Who may ask, and in which form


@pytest.mark.parametrize("header", ["X-Auth-Reseller", "X-Auth-User", "X-Auth-Password"])
@pytest.mark.parametrize("value", [None, "", "wrong"])
async def test_all_three_credentials_are_needed(
    client: Client, header: str, value: str | None
) -> None:
    answer = await client.get("/voip/flow", headers={header: value})
    assert answer.status == 401
    assert answer.json == error(401, "Unauthorized")


async def test_a_user_agent_is_needed(client: Client, yay: SimulatedYay) -> None:
    async with (
        aiohttp.ClientSession(skip_auto_headers=["User-Agent"]) as session,
    ):
        anonymous = Client(session, yay.url)
        assert (await anonymous.get("/voip/flow")).json == error(400, "Bad Request")
        blank = await anonymous.get("/voip/flow", headers={"User-Agent": " "})
    assert blank.status == 400
    assert [one.reason for one in yay.account.refusals] == ["there is no User-Agent"] * 2


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_get_and_delete_have_no_body(client: Client, method: str) -> None:
    answer = await client.send(method, f"/voip/flow/{CALL_PETE}", json={})
    assert answer.json == error(400, "Bad Request")


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        ("text/plain", b'{"name": "x"}'),
        ("application/x-www-form-urlencoded", b"name=x"),
        ("application/json", b"{"),
        ("application/json", b""),
        ("application/json", b"[]"),
        ("application/json", b"\xff"),
        ("application/json", b'{"extension": NaN}'),
        ("application/json", b"[" * 100_000),
    ],
)
async def test_a_body_is_a_json_object(client: Client, content_type: str, data: bytes) -> None:
    headers = {"Content-Type": content_type}
    for method, path in (("POST", "/voip/flow"), ("PUT", f"/voip/flow/{CALL_PETE}")):
        answer = await client.send(method, path, data=data, headers=headers)
        assert answer.json == error(400, "Bad Request")


@pytest.mark.parametrize("path", ["/", "/voip", "/voip/flows", "/voip/flow/", "/v1/calls"])
async def test_an_unknown_path(client: Client, path: str) -> None:
    assert (await client.get(path)).json == error(404, "Not Found")
    assert (await client.post(path, {})).json == error(404, "Not Found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/voip/flow"),
        ("PATCH", f"/voip/flow/{CALL_PETE}"),
        ("POST", "/voip/user"),
        ("DELETE", "/voip/number"),
    ],
)
async def test_a_wrong_method(client: Client, method: str, path: str) -> None:
    answer = await client.send(method, path)
    if method == "POST":
        answer = await client.post(path, {})
    assert answer.json == error(405, "Method Not Allowed")
    assert method not in answer.headers["Allow"]


async def test_a_sub_reseller_has_its_own_objects(clock: Clock) -> None:
    yay = SimulatedYay(clock=clock, customers={"shop": Account(name="Shop")})
    async with running(yay) as client:
        shop = await client.get("/voip/flow", headers={"X-Auth-For": "shop"})
        assert shop.result == []
        assert (await client.get("/voip/flow", headers={"X-Auth-For": "no"})).status == 400


async def test_requests_are_noted_without_the_password(client: Client, yay: SimulatedYay) -> None:
    await client.get("/voip/flow?x=1")
    await client.post("/voip/flow", a_flow(extension=501))
    first, second = yay.account.requests
    assert (first.method, first.path, first.body) == ("GET", "/voip/flow?x=1", None)
    assert second.body == a_flow(extension=501)
    assert first.headers["x-auth-user"] == "admin"
    assert "demo" not in str(yay.account.requests)


# The company that is there


async def test_the_companys_own_flows_are_accepted(client: Client, yay: SimulatedYay) -> None:
    for flow in (await client.get("/voip/flow")).result:
        uuid = flow.pop("uuid")
        body = {name: value for name, value in flow.items() if not name.endswith("_on")}
        put = await client.put(f"/voip/flow/{uuid}", body)
        assert put.status == 200, yay.account.refusals
        assert put.result["flow"] == flow["flow"]


async def test_everything_the_company_points_at_is_there(yay: SimulatedYay) -> None:
    account = yay.account
    for number in account.numbers.values():
        assert number["call_flow"] in account.flows
        assert (number["out_of_hours"] or next(iter(account.diaries))) in account.diaries
    for group in (*account.groups.values(), *account.queue_groups.values()):
        assert set(group["members"]) <= account.users.keys()
    for user in account.users.values():
        assert user["personal_mailbox"] in account.mailboxes
        assert user["hold_playlist"] in account.playlists
    assert account.statuses.keys() == account.users.keys()
    used = [user["extension"] for user in account.users.values()]
    used += [flow["extension"] for flow in account.flows.values()]
    assert len(used) == len(set(used))


def test_it_knows_nothing_of_the_bot() -> None:
    for file in Path(api.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text())
        sources = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        ours = [source for source in sources if source.split(".")[0] in ("bot", "commands")]
        assert all(source.startswith("bot.demo.providers.yay") for source in ours), file.name


# Call flows


async def test_the_documents_flow_reads_as_printed(client: Client) -> None:
    one = await client.get(f"/voip/flow/{CALL_PETE}")
    every = await client.get("/voip/flow")
    assert one.json == {
        "result": CALL_PETE_AS_PRINTED,
        "status_code": 200,
        "status_message": "OK",
    }
    assert every.result[0] == CALL_PETE_AS_PRINTED
    assert len(every.result) == 6


async def test_a_flow_that_is_not_there(client: Client) -> None:
    path = "/voip/flow/00000000-0000-4000-8000-000000000000"
    for answer in (
        await client.get(path),
        await client.put(path, a_flow()),
        await client.delete(path),
    ):
        assert answer.json == error(404, "Not Found")


async def test_a_flow_is_created(client: Client) -> None:
    made = await client.post("/voip/flow", a_flow())
    assert made.status == 201
    assert made.json["status_message"] == "Created"
    uuid = made.result["uuid"]
    assert made.result == {
        **a_flow(),
        "uuid": uuid,
        "created_on": "2026-03-04",
        "show_call_route_name": False,
        "show_original_caller_id": False,
    }
    read = await client.get(f"/voip/flow/{uuid}")
    assert read.result == {**made.result, "updated_on": "2026-03-04"}


async def test_put_replaces_the_whole(client: Client, clock: Clock) -> None:
    clock.advance(days=1)
    put = await client.put(f"/voip/flow/{CALL_PETE}", a_flow(extension=501))
    assert put.status == 200
    assert put.result == {
        **a_flow(extension=501),
        "uuid": CALL_PETE,
        "created_on": "2023-02-07",
        "updated_on": "2026-03-05",
        "show_call_route_name": False,
        "show_original_caller_id": False,
    }
    assert (await client.get(f"/voip/flow/{CALL_PETE}")).result == put.result


async def test_unknown_fields_are_kept(client: Client) -> None:
    flow = {**BUSY, "b": {"module": "busy", "tone": "uk"}}
    made = await client.post("/voip/flow", a_flow(flow))
    assert made.result["flow"] == flow


async def test_delete_has_no_body_and_unroutes_numbers(client: Client, yay: SimulatedYay) -> None:
    uuid = uuid_of("flow", "Sales menu")
    gone = await client.delete(f"/voip/flow/{uuid}")
    assert (gone.status, gone.body) == (204, b"")
    assert (await client.get(f"/voip/flow/{uuid}")).status == 404
    number = await client.get(f"/voip/number/{uuid_of('number', 'Sales')}")
    assert number.result["call_flow"] is None


async def test_the_next_extension(client: Client, clock: Clock) -> None:
    assert (await client.get("/voip/next-extension/flow")).result == {"next_extension": 507}
    await client.post("/voip/flow", a_flow(extension=507))
    assert (await client.get("/voip/next-extension/flow")).result == {"next_extension": 508}
    assert (await client.get("/voip/next-extension/user")).result == {"next_extension": 1009}
    assert (await client.get("/voip/next-extension/tea")).status == 404
    as_documented = SimulatedYay(clock=clock, next_extension_as_documented=True)
    async with running(as_documented) as literal:
        assert (await literal.get("/voip/next-extension/flow")).result == {}


SOUND = uuid_of("sound", "Sales call")
PLAYLIST = uuid_of("playlist", "Quiet Piano")
MAILBOX = uuid_of("mailbox", "Sales")
NOBODY = "00000000-0000-4000-8000-000000000000"


def step(**module: Any) -> dict[str, Any]:
    """A flow of a start, one module under test, and a busy tone to go on to."""
    return {"s": {"module": "start", "next": "m"}, "m": module, "b": {"module": "busy"}}


def ring(*extensions: Any, **fields: Any) -> dict[str, Any]:
    return step(module="extension", extensions=list(extensions), **fields)


PETE_RINGS = {"type": "sipuser", "uuid": PETE}


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(step(module="recording", next="b"), id="recording"),
        pytest.param(step(module="musiconhold", **{"class": PLAYLIST}, next="b"), id="music"),
        pytest.param(
            step(module="calleridmatch", patterns=["^44", "anonymous"], match="b", nomatch="m"),
            id="match, with a loop",
        ),
        pytest.param(step(module="play", sound=SOUND, next="b"), id="play"),
        pytest.param(ring(PETE_RINGS), id="extension without noanswer"),
        pytest.param(
            ring(
                PETE_RINGS,
                {"type": "huntgroup", "uuid": uuid_of("group", "Sales")},
                {"type": "forward", "number": "+447700900999"},
                {"type": "account_bridge", "whatever": 1},
                duration=20,
                announcement=SOUND,
                ringtone=PLAYLIST,
                noanswer="b",
            ),
            id="extension with everything",
        ),
        pytest.param(step(module="pressextension", next={"1": "b", "#": "b"}), id="menu"),
        pytest.param(
            step(module="pressextension", next={"noanswer": "b"}, dial_by_extension=True),
            id="menu that dials",
        ),
        pytest.param(
            step(
                module="dialbyextension",
                next={"invalid": "b", "timeout": "b"},
                noanswer="sipuser_voicemail",
                ringtone=SOUND,
            ),
            id="dial",
        ),
        pytest.param(step(module="voicemail", mailboxes=[MAILBOX]), id="voicemail"),
        pytest.param(
            step(module="conference", pin="0042", announcement=SOUND, music=PLAYLIST),
            id="conference",
        ),
        pytest.param(step(module="Trunk", uuid=uuid_of("trunk", "Manchester office")), id="Trunk"),
        pytest.param({"s": {"module": "start", "next": "f"}, "f": {"module": "fax"}}, id="fax"),
        pytest.param(step(module="outofhours", open="b", closed="b"), id="outofhours"),
        pytest.param(step(module="callqueue", groups=["x"], timeout="b"), id="callqueue"),
        pytest.param(step(module="room"), id="room"),
    ],
)
async def test_flows_that_are_accepted(
    client: Client, yay: SimulatedYay, flow: dict[str, Any]
) -> None:
    made = await client.post("/voip/flow", a_flow(flow))
    assert yay.account.refusals == []
    assert made.status == 201
    assert made.result["flow"] == flow


@pytest.mark.parametrize(
    ("flow", "reason"),
    [
        ({}, "flow is missing"),
        ([], "flow is missing"),
        ({"b": {"module": "busy"}}, "0 start"),
        ({**BUSY, "s2": {"module": "start", "next": "b"}}, "2 start"),
        ({"s": {"module": "start", "next": "x"}}, "does not exist"),
        ({"s": {"module": "start"}}, "next is missing"),
        ({**BUSY, "x": "busy"}, "no module"),
        ({**BUSY, "x": {"next": "b"}}, "no module"),
        (step(module="teleport", next="b"), "no module of the API"),
        (step(module="trunk", uuid=uuid_of("trunk", "Manchester office")), "no module"),
        (step(module="fax"), "only module"),
        (step(module="fax", next="b"), "cannot have next"),
        (step(module="busy", next="b"), "cannot have next"),
        (step(module="voicemail", mailboxes=[MAILBOX], next="b"), "cannot have next"),
        (step(module="voicemail", mailboxes=[]), "mailboxes"),
        (step(module="voicemail", mailboxes=[NOBODY]), "no mailbox"),
        (step(module="voicemail", mailboxes=MAILBOX), "mailboxes"),
        (step(module="play", sound=NOBODY, next="b"), "no sound"),
        (step(module="play", sound=PLAYLIST, next="b"), "no sound"),
        (step(module="play", sound=None, next="b"), "no sound"),
        (step(module="play", next="b"), "sound is missing"),
        (step(module="musiconhold", **{"class": SOUND}, next="b"), "no playlist"),
        (step(module="calleridmatch", patterns=["("], match="b", nomatch="b"), "compile"),
        (step(module="calleridmatch", patterns="^44", match="b", nomatch="b"), "patterns"),
        (step(module="calleridmatch", patterns=["4"], match="b", nomatch="x"), "nomatch"),
        (ring(), "extensions"),
        (ring({"type": "sipuser", "uuid": NOBODY}), "no sipuser"),
        (ring({"type": "huntgroup", "uuid": PETE}), "no huntgroup"),
        (ring({"type": "forward", "number": "020 7946 0000"}), "E.164"),
        (ring({"type": "pigeon"}), "unknown type"),
        (ring(PETE_RINGS, duration="30"), "seconds"),
        (ring(PETE_RINGS, duration=True), "seconds"),
        (ring(PETE_RINGS, duration=0), "seconds"),
        (ring(PETE_RINGS, noanswer="x"), "noanswer"),
        (ring(PETE_RINGS, ringtone=NOBODY), "ringtone"),
        (step(module="pressextension"), "next is missing"),
        (step(module="pressextension", next="b"), "no map"),
        (step(module="pressextension", next={"1": ""}), "does not exist"),
        (step(module="pressextension", next={"...": "b"}), "nobody can press"),
        (step(module="pressextension", next={"noanswer": "b"}), "nobody can press"),
        (step(module="dialbyextension", next={"1": "b"}), "nobody can press"),
        (step(module="dialbyextension", next={}, noanswer="voicemail"), "noanswer"),
        (step(module="conference", pin="123"), "four digits"),
        (step(module="conference", pin=1234), "four digits"),
        (step(module="conference", pin="١٢٣٤"), "four digits"),
        (step(module="Trunk", uuid=NOBODY), "no trunk"),
        (step(module="outofhours", open="x"), "does not exist"),
    ],
)
async def test_flows_that_are_refused(
    client: Client, yay: SimulatedYay, flow: Any, reason: str
) -> None:
    before = dict(yay.account.flows)
    for answer in (
        await client.post("/voip/flow", a_flow(flow)),
        await client.put(f"/voip/flow/{CALL_PETE}", a_flow(flow)),
    ):
        assert answer.json == error(400, "Bad Request")
    assert all(reason in one.reason for one in yay.account.refusals)
    assert yay.account.flows == before


@pytest.mark.parametrize(
    "body",
    [
        {"extension": 550, "flow": BUSY},
        {"name": "New", "flow": BUSY},
        {"name": "New", "extension": 550},
        a_flow(name=""),
        a_flow(name=7),
        a_flow(extension="550"),
        a_flow(extension=550.0),
        a_flow(extension=True),
        a_flow(show_call_route_name="yes"),
        a_flow(show_original_caller_id=None),
        a_flow(uuid=CALL_PETE),
        a_flow(created_on="2023-02-07"),
        a_flow(updated_on="2023-02-07"),
        pytest.param(a_flow(extension=502), id="extension of another flow"),
        pytest.param(a_flow(extension=601), id="extension of a hunt group"),
        pytest.param(a_flow(extension=801), id="extension of a queue"),
        pytest.param(a_flow(extension=1001), id="extension of a SIP user"),
    ],
)
async def test_bodies_that_are_refused(client: Client, body: dict[str, Any]) -> None:
    assert (await client.post("/voip/flow", body)).json == error(400, "Bad Request")
    put = await client.put(f"/voip/flow/{CALL_PETE}", body)
    assert put.json == error(400, "Bad Request")


# Neighbouring objects


@pytest.mark.parametrize(
    ("path", "count", "fields"),
    [
        ("/voip/user", 8, {"uuid", "display_name", "extension", "user_password"}),
        ("/voip/user-status", 8, {"uuid", "status"}),
        ("/voip/group", 2, {"uuid", "name", "extension_number", "members"}),
        ("/voip/queue-group", 1, {"uuid", "name", "extension_number", "strategy"}),
        ("/voip/sound", 5, {"uuid", "name", "file_name", "audio_type"}),
        ("/voip/playlist", 2, {"uuid", "name"}),
        ("/voip/mailbox", 2, {"uuid", "name", "password", "greeting"}),
        ("/voip/out-of-hours", 1, {"uuid", "name", "timezone", "elements", "exceptions"}),
        ("/voip/number", 4, {"uuid", "country_code", "number", "call_flow", "out_of_hours"}),
        ("/voip/caller-id", 1, {"uuid", "cli_display"}),
        ("/voip/department", 2, {"uuid", "name", "users"}),
        ("/voip/trunk", 1, {"uuid", "name"}),
        ("/voip/phone-book", 1, {"uuid", "name"}),
    ],
)
async def test_lists(client: Client, path: str, count: int, fields: set[str]) -> None:
    rows = (await client.get(path)).result
    assert len(rows) == count
    assert all(fields <= row.keys() for row in rows)


async def test_single_objects(client: Client) -> None:
    for path in ("/voip/sound", "/voip/mailbox", "/voip/number"):
        first = (await client.get(path)).result[0]
        assert (await client.get(f"{path}/{first['uuid']}")).result == first
        assert (await client.get(f"{path}/{NOBODY}")).json == error(404, "Not Found")
    book = (await client.get("/voip/phone-book")).result[0]
    contacts = (await client.get(f"/voip/phone-book/{book['uuid']}")).result["contacts"]
    assert contacts[0]["first_name"] == "Clara"
    assert (await client.get("/account/balance")).result == {"balance": 84.2}


async def test_a_number_is_routed_by_replacing_it(client: Client) -> None:
    path = f"/voip/number/{uuid_of('number', 'Freephone')}"
    before = (await client.get(path)).result
    support = uuid_of("flow", "Support")
    body = {
        name: value
        for name, value in before.items()
        if name not in ("uuid", "created_on", "updated_on")
    }
    after = (await client.put(path, {**body, "call_flow": support})).result
    assert after == {**before, "call_flow": support, "updated_on": "2026-03-04"}
    emptied = (await client.put(path, {"name": "Freephone"})).result
    assert (emptied["call_flow"], emptied["out_of_hours"]) == (None, None)
    assert emptied["number"] == before["number"]


@pytest.mark.parametrize(
    "body",
    [
        {"uuid": "x"},
        {"number": "1"},
        {"name": 1},
        {"can_invite_anonymously": "no"},
        {"call_flow": NOBODY},
        {"call_flow": 5},
        {"out_of_hours": CALL_PETE},
        {"trunk": PETE},
    ],
)
async def test_what_a_number_refuses(client: Client, body: dict[str, Any]) -> None:
    path = f"/voip/number/{uuid_of('number', 'Sales')}"
    assert (await client.put(path, body)).json == error(400, "Bad Request")
    assert (await client.get(path)).result["call_flow"] == uuid_of("flow", "Sales menu")


# Call history

DAYS = "start=2026-03-02T0:00:00&end=2026-03-05T00:00:00"


async def test_the_history_is_filtered_and_paged(client: Client) -> None:
    async def ids(more: str) -> list[str]:
        rows = (await client.get(f"/voip/call/history?{DAYS}{more}")).result
        return [row["from"] for row in rows]

    everybody = await ids("")
    assert len(everybody) == 6
    assert everybody[0] == "+447700900518"  # the newest first
    assert await ids("&call_type=outbound") == ["1002"]
    assert await ids("&call_type=inbound&answered=false") == ["+447700900518", "anonymous"]
    assert await ids("&recording=true") == ["+447700900142"]
    assert await ids("&limit=4&page=2") == everybody[4:]
    assert await ids("&include_cdr=no") == []
    today = "start=2026-03-04T7:00:00&end=2026-03-04T23:00:00"
    assert len((await client.get(f"/voip/call/history?{today}")).result) == 1


async def test_a_history_item(client: Client) -> None:
    answer = await client.get(f"/voip/call/history?{DAYS}&call_type=outbound&include_legs=yes")
    (item,) = answer.result
    assert item == {
        "uuid": uuid_of("call", "1415"),
        "child_uuid": uuid_of("call", "1415"),
        "call_type": "OUTBOUND",
        "from": "1002",
        "to": "+447700900142",
        "answered": True,
        "call_duration": 183,
        "call_start_time": 1772535300,
        "cost": 0.012,
        "created_on": "2026-03-03",
        "has_recording": False,
        "legs": [],
    }


@pytest.mark.parametrize(
    "query",
    [
        "",
        "start=2026-03-02T0:00:00",
        "start=2026-03-02&end=2026-03-05",
        "start=2026-03-02T00:00:00Z&end=2026-03-05T00:00:00Z",
        "start=2026-13-02T00:00:00&end=2026-03-05T00:00:00",
        f"{DAYS}&call_type=INBOUND",
        f"{DAYS}&answered=no",
        f"{DAYS}&include_cdr=true",
        f"{DAYS}&limit=0",
        f"{DAYS}&page=first",
    ],
)
async def test_what_the_history_refuses(client: Client, query: str) -> None:
    answer = await client.get(f"/voip/call/history?{query}")
    assert answer.json == error(400, "Bad Request")


async def test_undocumented_paths_and_shapes_are_switches(clock: Clock) -> None:
    yay = SimulatedYay(
        clock=clock, history_path="/calls", call_path="/dial", history_shape="object"
    )
    async with running(yay) as client:
        found = (await client.get(f"/calls?{DAYS}&limit=2")).result
        assert (len(found["cdr"]), found["count"]) == (2, 6)
        uncounted = await client.get(f"/calls?{DAYS}&include_count=no")
        assert uncounted.result.keys() == {"cdr"}
        assert (await client.get(f"/voip/call/history?{DAYS}")).status == 404
        placed = await client.post("/dial", {"destination": "1002", "user_uuid": PETE})
        assert placed.status == 201


# Placing a call


@pytest.mark.parametrize(
    "body",
    [
        {"destination": "+447700900142"},
        {"user_uuid": PETE},
        {"user_uuid": NOBODY, "destination": "+447700900142"},
        {"user_uuid": PETE, "destination": "07700 900142"},
        {"user_uuid": PETE, "destination": 1002},
        {"user_uuid": PETE, "destination": "999"},
        {"targets": [], "destination": "1002"},
        {"targets": "Pete", "destination": "1002"},
        {"targets": ["Pete"], "destination": "1002"},
        {"targets": [{"type": "huntgroup", "uuid": PETE}], "destination": "1002"},
        {"user_uuid": PETE, "destination": "1002", "caller_id": NOBODY},
        {"user_uuid": PETE, "destination": "1002", "display_name": 5},
    ],
)
async def test_calls_that_are_not_placed(
    client: Client, yay: SimulatedYay, body: dict[str, Any]
) -> None:
    assert (await client.post("/voip/call", body)).json == error(400, "Bad Request")
    assert yay.account.calls == {}


async def test_a_call_is_placed(client: Client, yay: SimulatedYay) -> None:
    body = {
        "targets": [{"type": "huntgroup", "uuid": uuid_of("group", "Sales")}],
        "destination": "+447700900142",
        "caller_id": uuid_of("caller id", SALES),
        "display_name": "Clara",
    }
    placed = await client.post("/voip/call", body)
    call = yay.account.calls[placed.result["uuid"]]
    assert call.says == "Rings Anna Holt and Grace Okafor for 60 s"
    await call.answer("Grace Okafor")
    assert call.says == "Rings +447700900142 for 60 s"
    await call.answer()
    await call.hang_up()
    item = yay.account.history[-1]
    assert (item.call_type, item.from_, item.answered) == ("outbound", "1004", True)
