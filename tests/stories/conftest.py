"""The team of a story, on each kind of database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.clock import FakeClock
from tests.stories.team import Team, working


@pytest_asyncio.fixture
async def team(clock: FakeClock, database_url: str) -> AsyncIterator[Team]:
    """A team whose bot runs."""
    async with working(Team(clock, database_url)) as team:
        yield team
