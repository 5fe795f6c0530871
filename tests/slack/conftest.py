"""A team whose bot knows other commands: some slow, some broken, some of every kind."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.clock import FakeClock
from tests.databases import Server, SqliteServer
from tests.slack.workshop import Workshop
from tests.stories.team import Team, working


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """What concerns Slack is the same on each kind of database."""
    return sqlite


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


@pytest_asyncio.fixture
async def team(clock: FakeClock, database_url: str, workshop: Workshop) -> AsyncIterator[Team]:
    """A team whose bot has the workshop's commands beside the usual ones."""
    async with working(Team(clock, database_url, groups=workshop.groups)) as team:
        yield team
