"""The simulated RingMe refuses what the real one would refuse."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.demo.providers.ringme import SimulatedRingMe, id_of
from bot.demo.providers.ringme.api import _RESPONDERS
from bot.demo.providers.ringme.documented import table
from tests.clock import FakeClock

NOW = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)
ANNA, QUEUE, MENU, FAX = (f"/extension/{id_of(number)}/" for number in (101, 200, 300, 400))


@dataclass
class Caller:
    """Somebody with a token."""

    session: aiohttp.ClientSession
    simulated: SimulatedRingMe
    clock: FakeClock
    token: str = ""

    async def sign_in(self) -> None:
        form = {"grant_type": "client_credentials", "client_id": "demo", "client_secret": "demo"}
        async with self.session.post(f"{self.simulated.url}/oauth/token", data=form) as answer:
            self.token = (await answer.json())["access_token"]

    async def ask(self, method: str, path: str, **given: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.token}", **given.pop("headers", {})}
        url = f"{self.simulated.url}/api/ver1.0{path}"
        async with self.session.request(
            method, url, headers=headers, allow_redirects=False, **given
        ) as answer:
            self.headers = answer.headers
            is_json = answer.content_type == "application/json"
            return answer.status, await (answer.json() if is_json else answer.read())


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    clock = FakeClock(NOW)
    simulated = SimulatedRingMe(clock=clock.now)
    await simulated.start()
    async with aiohttp.ClientSession() as session:
        made = Caller(session, simulated, clock)
        await made.sign_in()
        yield made
    await simulated.close()


def test_every_call_of_the_document_is_answered() -> None:
    assert set(_RESPONDERS) == {each.name for each in table().endpoints}


async def test_slashes_are_those_of_the_document(caller: Caller) -> None:
    status, _ = await caller.ask("GET", f"{ANNA}event")
    assert status == 308
    assert caller.headers["Location"] == f"/api/ver1.0{ANNA}event/"
    assert (await caller.ask("GET", f"{ANNA}event/"))[0] == 200
    assert (await caller.ask("GET", f"{ANNA}event/5/"))[0] == 404
    assert (await caller.ask("GET", f"{ANNA}nothing/"))[0] == 404
    status, body = await caller.ask("PUT", f"{ANNA}event/", json={})
    assert (status, body) == (405, {"message": "Method not allowed"})
    assert caller.headers["Allow"] == "DELETE, GET, POST"


@pytest.mark.parametrize(
    ("method", "path", "given", "message"),
    [
        ("POST", f"{ANNA}event/", {"json": {}}, "url: is required"),
        ("POST", f"{ANNA}event/", {"data": b"url=x"}, "no JSON"),
        ("POST", f"{ANNA}event/", {"json": []}, "no object"),
        ("POST", f"{ANNA}event/", {"json": {"colour": 1}}, "colour: unknown"),
        ("POST", f"{ANNA}agent/", {"json": {"name": 7}}, "name: must be string"),
        ("POST", f"{ANNA}agent/", {"json": {"name": None}}, "name: must not be null"),
        (
            "POST",
            f"{ANNA}agent/",
            {"json": {"name": "x", "status": "asleep"}},
            "status: must be one of logged_out, available",
        ),
        ("PUT", f"{ANNA}phone/", {"json": {"vm_enabled": "true"}}, "vm_enabled: must be boolean"),
        ("PUT", f"{ANNA}phone/", {"json": {"hold_music": True}}, "hold_music: must be integer"),
        ("PUT", f"{ANNA}phone/", {"json": {"record_format": "None"}}, "must be one of mp3, wav"),
        ("PUT", f"{ANNA}ivr/", {"json": {}}, "not of type ivr"),
        ("GET", f"{ANNA}queue/", {}, "not of type queue"),
        ("GET", f"{ANNA}alias/", {"params": {"page": "one"}}, "page: must be integer"),
        ("GET", f"{ANNA}alias/", {"params": {"colour": "1"}}, "colour: unknown"),
        ("GET", f"{ANNA}alias/", {"params": [("page", "1"), ("page", "2")]}, "given twice"),
        ("GET", f"{ANNA}alias/", {"json": {}}, "GET has a body"),
        ("GET", f"{ANNA}record/", {}, "start_datetime: is required"),
        (
            "GET",
            f"{ANNA}record/",
            {"params": {"start_datetime": "2026-07-01", "end_datetime": "2026-07-02 00:00:00"}},
            "start_datetime: must be",
        ),
        (
            "GET",
            f"{ANNA}record/stats/",
            {
                "params": {
                    "start_datetime": "2026-07-01 00:00:00",
                    "end_datetime": "2026-09-01 00:00:00",
                }
            },
            "later than the last day",
        ),
        ("POST", f"{FAX}fax/out/", {"json": {"dst_num": "1", "file": "x"}}, "content type"),
        ("PUT", f"{ANNA}incom_rule/order/", {"json": {"rules_ids": [1]}}, "each once"),
        (
            "PUT",
            f"{ANNA}interval/1",
            {"json": {"timezone": "UTC", "name": "x"}},
            "conditions: is required",
        ),
        (
            "POST",
            f"{ANNA}interval/",
            {"json": {"timezone": "UTC", "name": "x", "conditions": [{"start_dow": 2}]}},
            "go together",
        ),
        (
            "POST",
            f"{ANNA}interval/",
            {
                "json": {
                    "timezone": "UTC",
                    "name": "x",
                    "conditions": [{"start_time": "10:00:00", "end_time": "09:00:00"}],
                }
            },
            "start_time is after",
        ),
        ("POST", f"{ANNA}callback/", {"json": {"src_num": [], "dst_num": "1"}}, "not be empty"),
        (
            "POST",
            f"{ANNA}event/",
            {"json": {"url": "x", "event_type": "hangup", "method": "GET"}},
            "url: is no address",
        ),
    ],
)
async def test_what_is_refused(
    caller: Caller, method: str, path: str, given: dict[str, Any], message: str
) -> None:
    status, body = await caller.ask(method, path, **given)
    assert status == 400
    assert message in body["message"]
    assert len(caller.simulated.account.refusals) == 1


async def test_tokens(caller: Caller) -> None:
    url = f"{caller.simulated.url}/oauth/token"
    form = {"grant_type": "client_credentials", "client_id": "demo", "client_secret": "wrong"}
    async with caller.session.post(url, data=form) as answer:
        assert (answer.status, await answer.json()) == (401, {"error": "invalid_client"})
    async with caller.session.post(url, data={"grant_type": "password"}) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": "unsupported_grant_type"})
    assert (await caller.ask("GET", f"{ANNA}ani/"))[0] == 200
    caller.clock.forward(seconds=3600)
    assert await caller.ask("GET", f"{ANNA}ani/") == (401, {"message": "Token is expired"})


async def test_one_download_takes_a_login_and_no_token(caller: Caller) -> None:
    uuid = next(iter(caller.simulated.account.extensions[id_of(101)].recordings))
    path = f"{ANNA}record/{uuid}/download/"
    assert (await caller.ask("GET", path))[0] == 401
    login = "Basic " + base64.b64encode(b"demo:demo").decode()
    assert (await caller.ask("GET", path, headers={"Authorization": login}))[0] == 200


async def test_links_lead_to_files(caller: Caller) -> None:
    uuid = next(iter(caller.simulated.account.extensions[id_of(101)].recordings))
    _, content = await caller.ask("GET", f"{ANNA}record/{uuid}")
    _, told = await caller.ask("GET", f"{ANNA}record/{uuid}/storage_url/")
    async with caller.session.get(told["record_url"]) as answer:
        assert await answer.read() == content
    async with caller.session.get(told["record_url"] + "x") as answer:
        assert answer.status == 404


async def test_limits_are_told_and_kept(caller: Caller) -> None:
    caller.simulated.hourly = 1
    assert (await caller.ask("GET", f"{ANNA}ani/"))[0] == 200
    assert caller.headers["X-RateLimit-Remaining"] == "0"
    assert caller.headers["X-RateLimit-Reset"] == "1800"
    status, body = await caller.ask("GET", f"{ANNA}ani/")
    assert (status, body["status"]) == (429, "rate_limit_exceeded")
    caller.clock.forward(minutes=29, seconds=59)
    assert (await caller.ask("GET", f"{ANNA}ani/"))[0] == 429
    caller.clock.forward(seconds=1)
    assert (await caller.ask("GET", f"{ANNA}ani/"))[0] == 200


async def test_an_interval_is_replaced_and_a_phone_is_changed(caller: Caller) -> None:
    anna = caller.simulated.account.extensions[id_of(101)]
    id_ = next(iter(anna.intervals))
    body = {"timezone": "UTC", "name": "Noon", "conditions": []}
    _, row = await caller.ask("PUT", f"{ANNA}interval/{id_}", json=body)
    assert row["id"] == id_
    assert anna.intervals[id_]["conditions"] == []
    _, phone = await caller.ask("PUT", f"{ANNA}phone/", json={"vm_mailto": "a@example.com"})
    assert (phone["vm_mailto"], phone["vm_enabled"], phone["label"]) == (
        "a@example.com",
        True,
        "Anna Holt",
    )
    assert "password" not in phone


async def test_a_rule_of_a_menu_has_a_place(caller: Caller) -> None:
    menu = caller.simulated.account.extensions[id_of(300)]
    context = next(iter(menu.contexts))
    path = f"{MENU}ivr/context/{context}/options/1/rules/"
    body = {"action": "play_sound", "sound": 51, "order_position": "0", "record_digits_max": 3}
    status, row = await caller.ask("POST", path, json=body)
    assert (status, row["record_digits_max"], row["max_rate"]) == (201, "3", 5)
    _, order = await caller.ask("GET", f"{path}order/")
    assert order["rules_ids"][0] == row["id"]
    assert "order_position" not in row
    _, scheme = await caller.ask("GET", f"{MENU}ivr/scheme/")
    assert [option["digits"] for option in scheme["contexts"][0]["options"]] == ["start", "1"]
    status, body = await caller.ask("DELETE", f"{MENU}ivr/context/{context}")
    assert (status, body["message"]) == (400, "The IVR begins with this context")


@pytest.mark.parametrize(("told", "left"), [({}, 1), ({"remove_from_queues": "false"}, 2)])
async def test_an_agent_leaves_the_queues_unless_told_otherwise(
    caller: Caller, told: dict[str, str], left: int
) -> None:
    clara = caller.simulated.account.extensions[id_of(103)]
    path = f"/extension/{clara.id}/agent/{next(iter(clara.agents))}"
    assert (await caller.ask("DELETE", path, params=told))[0] == 204
    assert len(caller.simulated.account.extensions[id_of(200)].local_agents) == left


async def test_a_fax_is_sent_cancelled_and_sent_again(caller: Caller) -> None:
    form = aiohttp.FormData({"dst_num": "442079460018"})
    form.add_field("file", b"%PDF", filename="a.pdf", content_type="application/pdf")
    status, row = await caller.ask("POST", f"{FAX}fax/out/", data=form)
    assert (status, row["status"]) == (201, "queued")
    assert set(row) == {"status", "dst_num", "id", "datetime"}
    path = f"{FAX}fax/out/{row['id']}"
    assert (await caller.ask("PUT", path, json={"action": "cancel"}))[0] == 400
    _, row = await caller.ask("PUT", path, params={"action": "cancel"})
    assert row["status"] == "canceled"
    assert (await caller.ask("PUT", path, params={"action": "cancel"}))[0] == 400
    _, row = await caller.ask("PUT", path, params={"action": "retry"})
    assert row["status"] == "queued"
    held = caller.simulated.account.extensions[id_of(400)].faxes[row["id"]]
    assert held["file"] == ("a.pdf", b"%PDF")


async def test_somebody_elses_extensions_are_out_of_reach(caller: Caller) -> None:
    status, body = await caller.ask("GET", "/extension/registration/", params={"extension_id": 5})
    assert (status, body["status"]) == (403, "access_denied")
    assert (await caller.ask("GET", "/extension/5/ani/"))[0] == 404
    assert (await caller.ask("GET", "/extension/@me/ani/"))[0] == 403
