"""What the tests of VoipNow share: a simulated account, a client of it, a clock."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.demo.providers.voipnow import SeenRequest, SimulatedVoipNow
from bot.demo.providers.voipnow.tokens import TOKEN_PATH
from bot.providers.operations import Operation, find
from bot.providers.voipnow import SPEC
from bot.providers.voipnow.client import VoipNowAccount
from bot.providers.voipnow.settings import VoipNowSettings

SECRET = "correct-horse-battery"
NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
DOCUMENTED = "NqeyDRqo4FtabmFj8gNWq3hsiGNYyq"
"""The id of the event in the document's examples."""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


def voipnow_settings(base_url: str = "http://127.0.0.1:1", **given: Any) -> VoipNowSettings:
    return VoipNowSettings.model_validate(
        {
            "provider": "voipnow",
            "client_id": "app",
            "client_secret": SECRET,
            "base_url": base_url,
            "region": "US",
            "queues": ["0003*301"],
            "per_second": 1000,
            **given,
        }
    )


def operation(name: str, /, **given: Any) -> Operation[Any]:
    found = find(SPEC.operations, name)
    assert found is not None, name
    return found.read(given)


def shown(result: Any, name: str) -> Any:
    """A result as the command line prints it."""
    found = find(SPEC.operations, name)
    assert found is not None
    return json.loads(found.result.dump_json(result))


async def at_once(seconds: float) -> None:
    del seconds


@dataclass
class Scripted:
    """A host that gives tokens, and one answer to everything else.

    Attributes:
        requests: how many came, apart from those for tokens.
    """

    status: int
    body: bytes
    headers: dict[str, str]
    url: str = ""
    requests: int = 0

    async def token(self, request: web.Request) -> web.Response:
        """A token; its lifetime is text, as numbers often are there."""
        del request
        return web.json_response({"access_token": "a" * 30, "expires_in": "3600"})

    async def respond(self, request: web.Request) -> web.Response:
        del request
        self.requests += 1
        return web.Response(status=self.status, body=self.body, headers=self.headers)


@asynccontextmanager
async def answering(
    status: int, body: Any = b"", headers: dict[str, str] | None = None
) -> AsyncIterator[tuple[Scripted, VoipNowAccount]]:
    """A scripted host, and a client of it."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    scripted = Scripted(status, content, headers or {})
    app = web.Application()
    app.router.add_post(TOKEN_PATH, scripted.token)
    app.router.add_route("*", "/{tail:.*}", scripted.respond)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    scripted.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    account = VoipNowAccount(voipnow_settings(scripted.url), sleep=at_once)
    try:
        yield scripted, account
    finally:
        await account.close()
        await runner.cleanup()


@dataclass
class Office:
    simulated: SimulatedVoipNow
    account: VoipNowAccount
    clock: Clock

    @property
    def requests(self) -> list[SeenRequest]:
        """What came in, apart from requests for tokens."""
        return [one for one in self.simulated.account.requests if one.path != TOKEN_PATH]

    @property
    def events(self) -> dict[str, dict[str, Any]]:
        return self.simulated.account.events

    def add_event(self, of: str = "0003*210", kind: int = 0, url: str = "http://x/") -> str:
        return self.simulated.account.add_event(of, kind, url, NOW)


@asynccontextmanager
async def an_office(
    given: dict[str, Any] | None = None, **simulated_with: Any
) -> AsyncIterator[Office]:
    """A simulated account on loopback, and a client whose reads do not wait between tries."""
    clock = Clock()
    simulated = SimulatedVoipNow(
        client_secret=SECRET, **{"clock": clock.now, "lifetime": 3600, **simulated_with}
    )
    await simulated.start()
    settings = voipnow_settings(simulated.url, **(given or {}))
    account = VoipNowAccount(settings, clock=clock, sleep=at_once)
    try:
        yield Office(simulated, account, clock)
    finally:
        await account.close()
        await simulated.close()
