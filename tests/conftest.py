"""Shared fixtures, and what happens to tests that this machine cannot run."""

import os
from collections.abc import AsyncIterator, Iterator

import hypothesis
import pytest
import pytest_asyncio

from bot.store.database import Database
from tests import network
from tests.clock import FakeClock
from tests.databases import PostgresServer, Server, SqliteServer, postgres_server
from tests.needs import NEEDS, postgres_binaries

hypothesis.settings.register_profile("house", deadline=None, max_examples=50)
hypothesis.settings.load_profile("house")

COULD_NOT_RUN = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COULD_NOT_RUN] = {}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in NEEDS:
        if item.get_closest_marker(need.marker) and need.find() is None:
            lost = item.config.stash[COULD_NOT_RUN]
            lost[need.without] = lost.get(need.without, 0) + 1
            if os.environ.get("CI") == "true":
                pytest.fail(need.without, pytrace=False)
            pytest.skip(need.without)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if lost := config.stash[COULD_NOT_RUN]:
        terminalreporter.section("could not run here")
        for reason, tests in lost.items():
            terminalreporter.line(f"{reason}: {tests} test{'s' * (tests > 1)}")


@pytest.fixture(autouse=True)
def nothing_leaves_the_machine() -> Iterator[None]:
    network.OUTSIDE.clear()
    yield
    tried, network.OUTSIDE[:] = list(network.OUTSIDE), []
    assert tried == [], f"this test tried to reach {', '.join(tried)}"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteServer:
    return SqliteServer(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The session's cluster, for tests marked `postgres`."""
    binaries = postgres_binaries()
    assert binaries is not None, "a test without the marker postgres asks for PostgreSQL"
    with postgres_server(binaries) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest) -> Server:
    """Each kind of database in turn."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest_asyncio.fixture
async def database_url(server: Server) -> AsyncIterator[str]:
    """The address of a migrated, empty database."""
    url = await server.migrated()
    yield url
    await server.remove(url)


@pytest_asyncio.fixture
async def empty_database_url(server: Server) -> AsyncIterator[str]:
    """The address of a database that was never migrated."""
    url = await server.empty()
    yield url
    await server.remove(url)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    database = Database(database_url)
    yield database
    await database.close()
