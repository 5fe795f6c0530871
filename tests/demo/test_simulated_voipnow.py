"""The simulated VoipNow is as strict as its documents, and as dangerous."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot.demo.providers.voipnow import NoSuchLine, NotNow, SimulatedVoipNow
from bot.demo.providers.voipnow.seed import RECEPTION, RECEPTION_NUMBER, SERVICE

MORNING = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
FORM = {"grant_type": "client_credentials", "client_id": "app", "client_secret": "demo"}
EVENTS = "/uapi/extensions/@me/0003*210/phoneCallEvents"


@dataclass
class Client:
    """Sends requests as they are written, with a token unless told otherwise."""

    session: aiohttp.ClientSession
    url: str
    token: str = ""

    async def send(self, line: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        method, _, path = line.partition(" ")
        headers = {"Authorization": f"Bearer {self.token}"}
        sent = {} if body is None else {"json": body}
        url = URL(self.url + path, encoded=True)
        async with self.session.request(
            method, url, **{"headers": headers, **sent, **options}
        ) as r:
            return r.status, await r.json() if r.content_type == "application/json" else None

    async def log_in(self, **form: str) -> tuple[int, Any]:
        async with self.session.post(self.url + "/oauth/token.php", data={**FORM, **form}) as r:
            told = await r.json()
            self.token = told.get("access_token", "")
            return r.status, told


class Clock:
    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def voipnow() -> SimulatedVoipNow:
    return SimulatedVoipNow(clock=Clock(), lifetime=3600)


@pytest.fixture
async def client(voipnow: SimulatedVoipNow) -> AsyncIterator[Client]:
    await voipnow.start()
    async with aiohttp.ClientSession() as session:
        client = Client(session, voipnow.url)
        await client.log_in()
        yield client
    await voipnow.close()


def add(voipnow: SimulatedVoipNow, *kinds: int, of: str = RECEPTION) -> list[str]:
    return [voipnow.account.add_event(of, kind, "http://x/", MORNING) for kind in kinds]


# Tokens


async def test_a_token_ends(client: Client, voipnow: SimulatedVoipNow) -> None:
    assert (await client.send("GET /uapi/extensions/@me/@self/presence"))[0] == 200
    voipnow.clock.at += timedelta(hours=1)  # type: ignore[attr-defined]
    status, told = await client.send("GET /uapi/extensions/@me/@self/presence")
    assert (status, told["error"]["code"]) == (401, "access_denied")


@pytest.mark.parametrize(
    ("form", "status", "word"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"type": "soap"}, 400, "invalid_request"),
    ],
)
async def test_who_gets_no_token(
    client: Client, form: dict[str, str], status: int, word: str
) -> None:
    assert await client.log_in(**form) == (status, {"error": word})
    assert (await client.send(f"GET {EVENTS}"))[0] == 401


async def test_no_secret_is_noted(client: Client, voipnow: SimulatedVoipNow) -> None:
    await client.send(f"GET {EVENTS}")
    assert client.token not in str(voipnow.account.requests)
    assert "'demo'" not in str(voipnow.account.requests)


# Deleting, which grows when words are lost


async def test_the_three_deletions(client: Client, voipnow: SimulatedVoipNow) -> None:
    one, other, third, fourth = add(voipnow, 0, 0, 1, 2)
    assert await client.send(f"DELETE {EVENTS}/0/{one}") == (200, [{"id": one}])
    assert await client.send(f"DELETE {EVENTS}/0") == (200, [{"id": other}])
    status, gone = await client.send(f"DELETE {EVENTS}/")
    assert (status, [row["id"] for row in gone]) == (200, [third, fourth])
    assert await client.send(f"DELETE {EVENTS}") == (204, None)


async def test_a_lost_id_deletes_more(client: Client, voipnow: SimulatedVoipNow) -> None:
    add(voipnow, 0, 0)
    status, gone = await client.send(f"DELETE {EVENTS}/0/")
    assert (status, len(gone)) == (200, 2)


async def test_a_type_alone_may_delete_all() -> None:
    voipnow = SimulatedVoipNow(type_alone_deletes_all=True, unknown_event_is_204=True)
    add(voipnow, 0, 1, 2)
    await voipnow.start()
    try:
        async with aiohttp.ClientSession() as session:
            client = Client(session, voipnow.url)
            await client.log_in()
            assert await client.send(f"DELETE {EVENTS}/0/Nobody") == (204, None)
            assert len((await client.send(f"DELETE {EVENTS}/0"))[1]) == 3
    finally:
        await voipnow.close()


@pytest.mark.parametrize(
    ("line", "body", "code"),
    [
        (f"DELETE {EVENTS}/0/Nobody", None, "pce_id_invalid"),
        (f"DELETE {EVENTS}/9", None, "pce_type_invalid"),
        (f"DELETE {EVENTS}", {}, "request_invalid"),
        (f"DELETE {EVENTS}?all=1", None, "request_invalid"),
        (f"DELETE {EVENTS.replace('*', '%2A')}", None, "extension_invalid"),
        ("DELETE /uapi/extensions/@me/@self/phoneCallEvents", None, "extension_invalid"),
        ("DELETE /uapi/extensions/@me/0003*999/phoneCallEvents", None, "extension_invalid"),
        ("DELETE /uapi/extensions/99/0003*210/phoneCallEvents", None, "user_invalid"),
        (f"POST {EVENTS}/", {"url": "http://x"}, "pcet_type_invalid"),
        (f"POST {EVENTS}/", {"type": 0, "url": "http://x"}, "pce_type_invalid"),
        (f"POST {EVENTS}/0", {"type": "0", "url": "http://x"}, "request_invalid"),
        (f"POST {EVENTS}/0", {}, "pce_url_invalid"),
        (f"POST {EVENTS}/0", {"url": "x"}, "pce_url_invalid"),
        (f"POST {EVENTS}/0", {"url": "http://x", "method": "2"}, "pce_method_invalid"),
        (f"POST {EVENTS}/0", [], "request_invalid"),
        (f"GET {EVENTS}?count=0", None, "request_invalid"),
        (f"GET {EVENTS}?page=1", None, "request_invalid"),
        ("GET /uapi/extensions/@owner/@self/presence", None, "extension_invalid"),
        (f"PUT /uapi/extensions/@me/{SERVICE}/queue/agents/1", {"status": "1"}, "agent_invalid"),
        (
            f"PUT /uapi/extensions/@me/{SERVICE}/queue/agents/0003*210",
            {"status": 1},
            "status_invalid",
        ),
        ("GET /uapi/extensions/@me/0003*210/queue/agents", None, "extension_invalid"),
        ("GET /uapi/phoneCalls/@me/0003*210/b817", None, "phonecall_id_invalid"),
        ("POST /uapi/phoneCalls/@me/simple", {"extension": "1"}, "extension_invalid"),
        (
            "POST /uapi/phoneCalls/@me/simple",
            {"extension": "0003*210", "phoneCallView": [{"source": ["0003*210"]}]},
            "destination_invalid",
        ),
        ("POST /uapi/faxes/@me/0003*210", {"recipients": ["1"]}, "fx_file_invalid"),
        ("GET /uapi/cdr/@me?startDate=2026-03-04", None, "date_invalid"),
        ("GET /uapi/voicemails/@me", None, "request_not_implemented"),
        (f"PUT {EVENTS}", {}, "request_not_implemented"),
    ],
)
async def test_what_it_refuses(
    client: Client, voipnow: SimulatedVoipNow, line: str, body: Any, code: str
) -> None:
    kept = add(voipnow, 0, 1)
    status, told = await client.send(line, body)
    assert told["error"]["code"] == code
    assert status == (501 if code == "request_not_implemented" else 400)
    assert [refused.code for refused in voipnow.account.refusals] == [code]
    assert list(voipnow.account.events) == kept


@pytest.mark.parametrize(
    ("name", "files", "code"),
    [
        ("fax.png", '{"recipients": ["7778888"]}', "fx_file_invalid"),
        ("fax.pdf", '{"recipients": []}', "fx_recipients_invalid"),
        ("fax.pdf", "7778888", "fx_recipients_invalid"),
        ("fax.pdf", '{"recipients": ["7778888"]}', ""),
    ],
)
async def test_faxes(
    client: Client, voipnow: SimulatedVoipNow, name: str, files: str, code: str
) -> None:
    form = aiohttp.FormData({"request": files})
    form.add_field("files", b"pages", filename=name)
    status, told = await client.send("POST /uapi/faxes/@me/0003*210", data=form)
    assert status == (400 if code else 200)
    assert (told["error"]["code"] if code else told[0]["recipients"][0]) == (code or "7778888")
    assert len(voipnow.account.faxes) == (0 if code else 1)


# Lists


async def test_pages(client: Client) -> None:
    path = "GET /uapi/extensions/@me/@self/presence"
    _, told = await client.send(f"{path}?count=3&startIndex=1&fields=extension")
    assert told["entry"] == [{"extension": f"0003*21{n}"} for n in (1, 2, 3)]
    assert (told["totalResults"], told["startIndex"], told["itemsPerPage"]) == ("4", "1", "3")
    assert await client.send(f"{path}?startIndex=9") == (204, None)


async def test_records_are_keyed_by_the_call(client: Client) -> None:
    _, told = await client.send("GET /uapi/cdr/@me?disposition=3&flow=8")
    ((key, record),) = told["entry"].items()
    assert key.startswith("a417")
    assert record["phoneCallView"][0]["duration"] == "0"


# Calls and deliveries


async def test_calls(client: Client, voipnow: SimulatedVoipNow) -> None:
    call = await voipnow.ring("+12025550142", RECEPTION_NUMBER)
    _, told = await client.send("GET /uapi/phoneCalls/@me/@self")
    assert told["entry"][0]["phoneCallView"][0]["status"] == "3"
    await call.answer()
    with pytest.raises(NotNow):
        await call.answer()
    status, ended = await client.send(f"DELETE /uapi/phoneCalls/@me/0003*210/{call.id}")
    assert (status, ended) == (200, [{"id": call.id}])
    assert call.status == "ANSWER"
    assert voipnow.account.records[call.id]["phoneCallView"][0]["duration"] == "5"
    assert await client.send(f"DELETE /uapi/phoneCalls/@me/@self/{call.id}") == (204, None)
    with pytest.raises(NotNow):
        await call.hang_up()
    with pytest.raises(NoSuchLine):
        await voipnow.ring("+12025550142", "+12025550999")


async def test_event_addresses_are_called(client: Client, voipnow: SimulatedVoipNow) -> None:
    came: list[tuple[str, dict[str, str]]] = []

    async def take(request: web.Request) -> web.Response:
        fields = await request.post() if request.method == "POST" else request.query
        came.append((request.method, {n: str(v) for n, v in fields.items()}))
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/2?own=1"
    voipnow.account.add_event(RECEPTION, 2, url, MORNING, method=0)
    voipnow.account.add_event(RECEPTION, 2, url, MORNING, method=1)
    voipnow.account.add_event(RECEPTION, 2, url, MORNING, status=0)
    call = await voipnow.ring("anonymous", RECEPTION_NUMBER)
    await call.be_busy()
    await runner.cleanup()
    (get, queried), (post, formed) = came
    assert (get, post) == ("GET", "POST")
    assert queried.pop("own") == "1"
    assert queried == formed
    assert (formed["CallStatus"], formed["CallFlow"], formed["CallAPIID"]) == (
        "BUSY",
        "IN",
        call.id,
    )
    assert not {"type", "EventID", "EventType"} & formed.keys()
    assert [one.status for one in voipnow.account.deliveries] == [200, 200]
    await client.send(f"GET {EVENTS}")


async def test_an_address_where_nobody_listens(voipnow: SimulatedVoipNow) -> None:
    voipnow.account.add_event(RECEPTION, 0, "http://127.0.0.1:1/", MORNING)
    await voipnow.ring("anonymous", RECEPTION_NUMBER)
    assert [one.status for one in voipnow.account.deliveries] == [None]


# Faults


async def test_a_fault_strikes_where_and_as_often_as_told(
    client: Client, voipnow: SimulatedVoipNow
) -> None:
    voipnow.account.fail(f"DELETE {EVENTS}", "denied", times=2)
    voipnow.account.fail("/uapi/cdr/@me", "server_error")
    statuses = [(await client.send(f"DELETE {EVENTS}"))[0] for _ in range(3)]
    assert statuses == [400, 400, 204]
    assert (await client.send(f"GET {EVENTS}"))[0] == 204
    assert [(await client.send("GET /uapi/cdr/@me"))[0] for _ in range(2)] == [500, 200]
    voipnow.account.fail(None, "rate_limited")
    assert (await client.log_in())[0] == 200
    assert (await client.send(f"GET {EVENTS}"))[0] == 429


async def test_a_lost_answer_leaves_the_work_done(
    client: Client, voipnow: SimulatedVoipNow
) -> None:
    voipnow.account.fail(f"{EVENTS}/", "lost")
    with pytest.raises(aiohttp.ClientError):
        await client.send(f"POST {EVENTS}/", {"type": "0", "url": "http://x"})
    assert len(voipnow.account.events) == 1


async def test_a_slow_answer_waits_until_it_is_released(
    client: Client, voipnow: SimulatedVoipNow
) -> None:
    voipnow.account.fail(None, "slow")
    waiting = asyncio.create_task(client.send(f"GET {EVENTS}"))
    await voipnow.account.faults.struck.wait()
    assert not waiting.done()
    voipnow.account.release()
    assert (await waiting)[0] == 204
