"""The team, on the one kind of database that commands need."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.clock import FakeClock
from tests.databases import Server, SqliteServer
from tests.stories.team import Team, working


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """What a command says is the same on each kind of database."""
    return sqlite


@pytest_asyncio.fixture
async def team(clock: FakeClock, database_url: str) -> AsyncIterator[Team]:
    """A team whose bot runs."""
    async with working(Team(clock, database_url)) as team:
        yield team
