"""The simulated API goes wrong exactly as a test asks it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.demo.providers.yay.api import SimulatedYay
from bot.demo.providers.yay.seed_flows import CALL_PETE
from tests.demo.simulated_yay import Client, Clock, running

BODY: dict[str, Any] = {
    "name": "Changed",
    "extension": 501,
    "flow": {"s": {"module": "start", "next": "b"}, "b": {"module": "busy"}},
}
PATH = f"/voip/flow/{CALL_PETE}"


@pytest.fixture
def yay() -> SimulatedYay:
    return SimulatedYay(clock=Clock())


@pytest.fixture
async def client(yay: SimulatedYay) -> AsyncIterator[Client]:
    async with running(yay) as client:
        yield client


@pytest.mark.parametrize(
    ("kind", "status", "content_type"),
    [
        ("html", 200, "text/html"),
        ("empty", 200, ""),
        ("garbled", 200, "application/json"),
        ("refused", 403, "application/json"),
        ("server_error", 500, "text/html"),
        ("rate_limited", 429, "application/json"),
    ],
)
async def test_faults_that_answer_do_no_work(
    client: Client, yay: SimulatedYay, kind: Any, status: int, content_type: str
) -> None:
    yay.account.fail(PATH, kind)
    answer = await client.put(PATH, BODY)
    assert answer.status == status
    assert answer.headers.get("Content-Type", "").split(";")[0] == content_type
    assert (answer.body == b"") == (kind == "empty")
    assert yay.account.flows[CALL_PETE]["name"] == "Call Pete"
    assert (await client.get(PATH)).status == 200
    assert [one.method for one in yay.account.requests] == ["PUT", "GET"]
    if kind == "garbled":
        assert "status_code" not in answer.json
    if kind == "rate_limited":
        assert answer.headers["Retry-After"] == "2"


async def test_a_fault_strikes_where_and_as_often_as_told(
    client: Client, yay: SimulatedYay
) -> None:
    yay.account.fail(PATH, "refused", times=2, method="PUT")
    yay.account.fail(None, "server_error")
    assert (await client.get("/voip/user")).status == 500
    assert (await client.get(PATH)).status == 200
    assert [(await client.put(PATH, BODY)).status for _ in range(3)] == [403, 403, 200]


async def test_a_lost_answer_leaves_the_work_done(client: Client, yay: SimulatedYay) -> None:
    yay.account.fail("/voip/flow", "lost")
    with pytest.raises(aiohttp.ClientError):
        await client.post("/voip/flow", {**BODY, "extension": 550})
    assert "Changed" in {flow["name"] for flow in (await client.get("/voip/flow")).result}


async def test_a_lost_refusal_changes_nothing(client: Client, yay: SimulatedYay) -> None:
    yay.account.fail("/voip/flow", "lost")
    with pytest.raises(aiohttp.ClientError):
        await client.post("/voip/flow", BODY)
    assert "Changed" not in {flow["name"] for flow in (await client.get("/voip/flow")).result}
    assert [one.status for one in yay.account.refusals] == [400]


async def test_a_lost_put_leaves_the_work_done(yay: SimulatedYay) -> None:
    yay.account.fail(PATH, "lost", times=2)  # aiohttp's client repeats a PUT once by itself
    async with running(yay) as client:
        with pytest.raises(aiohttp.ClientError):
            await client.put(PATH, BODY)
        assert (await client.get(PATH)).result["name"] == "Changed"


async def test_a_slow_answer_waits_until_it_is_released(client: Client, yay: SimulatedYay) -> None:
    yay.account.fail(PATH, "slow")
    waiting = asyncio.create_task(client.put(PATH, BODY))
    await yay.account.faults.struck.wait()
    assert not waiting.done()
    assert yay.account.flows[CALL_PETE]["name"] == "Call Pete"
    yay.account.release()
    assert (await waiting).status == 200


async def test_closing_lets_slow_answers_go(yay: SimulatedYay) -> None:
    async with running(yay) as client:
        yay.account.fail(None, "slow")
        waiting = asyncio.create_task(client.get(PATH))
        await yay.account.faults.struck.wait()
        await yay.close()
        assert (await waiting).status == 200


async def test_a_closed_account_cannot_be_reached(yay: SimulatedYay) -> None:
    async with running(yay) as client:
        await yay.close()
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.get(PATH)
