"""What the tests of the simulated Yay.com account share: a clock, a client, a receiver of hooks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.demo.providers.yay.api import SimulatedYay

MORNING = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
"""A Wednesday, in opening hours; London is on UTC."""

AUTH = {"X-Auth-Reseller": "acme", "X-Auth-User": "admin", "X-Auth-Password": "demo"}


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    json: Any

    @property
    def result(self) -> Any:
        return self.json["result"]


@dataclass
class Client:
    """Sends requests as a well-behaved client would, unless it is told otherwise."""

    session: aiohttp.ClientSession
    url: str

    async def send(self, method: str, path: str, **options: Any) -> Answer:
        headers = {**AUTH, **options.pop("headers", {})}
        kept = {name: value for name, value in headers.items() if value is not None}
        async with self.session.request(
            method, self.url + path, headers=kept, **options
        ) as response:
            body = await response.read()
            is_json = response.content_type == "application/json" and body
            return Answer(
                response.status,
                dict(response.headers),
                body,
                await response.json() if is_json else None,
            )

    async def get(self, path: str, **options: Any) -> Answer:
        return await self.send("GET", path, **options)

    async def post(self, path: str, body: Any) -> Answer:
        return await self.send("POST", path, json=body)

    async def put(self, path: str, body: Any) -> Answer:
        return await self.send("PUT", path, json=body)

    async def delete(self, path: str) -> Answer:
        return await self.send("DELETE", path)


@asynccontextmanager
async def running(yay: SimulatedYay) -> AsyncIterator[Client]:
    """A client of a simulated account that listens on loopback meanwhile."""
    await yay.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield Client(session, yay.url)
    finally:
        await yay.close()


@dataclass
class Receiver:
    """Takes web hooks.

    Attributes:
        status: what it answers.
    """

    url: str = ""
    status: int = 200
    bodies: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        return web.Response(status=self.status)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver of web hooks on loopback."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()
