"""The whole program on loopback, in the demo's world, asked over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.app import Program
from bot.demo.world import ACCOUNT, World
from bot.settings import parse
from bot.store import deliveries
from bot.store.database import Database
from bot.store.tables import DeliveryRow
from commands import GROUPS

OLD, NEW = "old-hook-secret", "new-hook-secret"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Outside:
    """Somebody who sends requests to the program; paths go out exactly as they are written."""

    session: aiohttp.ClientSession
    url: str
    program: Program

    async def send(self, method: str, path: str, **options: Any) -> Answer:
        url = URL(self.url + path, encoded=True)
        async with self.session.request(method, url, allow_redirects=False, **options) as response:
            text = await response.text(errors="replace")
            return Answer(response.status, text, dict(response.headers))

    async def post(self, path: str, data: Any = b"{}", **options: Any) -> Answer:
        return await self.send("POST", path, data=data, **options)

    async def get(self, path: str) -> Answer:
        return await self.send("GET", path)

    async def stored(self) -> list[DeliveryRow]:
        """Every delivery that is kept, once all of them were read."""
        await self.program.background.settled()
        return await stored(self.program.database)


async def stored(database: Database) -> list[DeliveryRow]:
    rows: list[DeliveryRow] = []
    async with database.read() as session:
        while row := await deliveries.get(session, len(rows) + 1):
            rows.append(row)
    return rows


def hook(kind: str = "call", *, secret: str = NEW, account: str = ACCOUNT) -> str:
    """The path of a provider's deliveries."""
    return f"/hooks/{account}/{secret}/{kind}"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = World(port=0, folder=tmp_path)
    await world.start()
    yield world
    await world.close()


@pytest.fixture
def settings(world: World, database_url: str) -> dict[str, Any]:
    settings = world.settings()
    settings["database"]["url"] = database_url
    london = settings["accounts"][ACCOUNT]
    settings["accounts"][ACCOUNT] = london | {"webhook_secret": [NEW, OLD], "poll_minutes": 0}
    settings["accounts"]["paris"] = london | {"webhook_secret": None, "poll_minutes": 0}
    return settings


@pytest.fixture
async def outside(settings: dict[str, Any]) -> AsyncIterator[Outside]:
    program = Program(parse(settings), GROUPS)
    await program.start()
    assert program.server is not None
    async with aiohttp.ClientSession() as session:
        yield Outside(session, program.server.url, program)
    await program.stop()
