"""A simulated Yay.com on loopback, and accounts of the bot connected to it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.demo.providers.yay import SimulatedYay
from bot.providers.yay.client import YayAccount
from bot.providers.yay.settings import YaySettings

PASSWORD = "correct-horse-£-battery"
NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)

Connect = Callable[..., YayAccount]
Answering = Callable[..., Awaitable["Scripted"]]


class Scripted:
    """A server that gives one answer to everything, for answers that no Yay.com would give."""

    def __init__(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.url = ""
        self.requests = 0
        self._answer = (status, body, headers)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._respond)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _respond(self, request: web.Request) -> web.Response:
        del request
        self.requests += 1
        status, body, headers = self._answer
        return web.Response(status=status, body=body, headers=headers)


def yay_settings(base_url: str, **given: Any) -> YaySettings:
    return YaySettings.model_validate(
        {
            "provider": "yay",
            "reseller": "acme",
            "user": "admin",
            "password": PASSWORD,
            "base_url": base_url,
            "per_second": 1000,
            **given,
        }
    )


@pytest.fixture
def call_pete() -> dict[str, Any]:
    """The document's example of a call flow."""
    path = Path(__file__).parent / "fixtures" / "yay" / "call-pete.json"
    flow: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return flow


@pytest.fixture
async def yay() -> AsyncIterator[SimulatedYay]:
    simulated = SimulatedYay(password=PASSWORD, clock=lambda: NOW)
    await simulated.start()
    yield simulated
    await simulated.close()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Connects accounts whose reads do not wait before they are tried again."""
    made: list[YayAccount] = []

    async def at_once(seconds: float) -> None:
        del seconds

    def connected(base_url: str, **given: Any) -> YayAccount:
        account = YayAccount(yay_settings(base_url, **given), sleep=at_once)
        made.append(account)
        return account

    yield connected
    for account in made:
        await account.close()


@pytest.fixture
def account(yay: SimulatedYay, connect: Connect) -> YayAccount:
    """An account at the simulated company, with every guessed path set."""
    return connect(yay.url, paths={"call_history": "/voip/call/history"})


@pytest.fixture
async def answering() -> AsyncIterator[Answering]:
    servers: list[Scripted] = []

    async def started(
        status: int, body: bytes | dict[str, Any] = b"", headers: dict[str, str] | None = None
    ) -> Scripted:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        server = Scripted(status, content, headers or {})
        await server.start()
        servers.append(server)
        return server

    yield started
    for server in servers:
        await server.close()
