"""Connections: what a wrong address says, and what a transaction promises."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import select

from bot.domain.errors import SetupError
from bot.store import audit
from bot.store.database import Database
from bot.store.tables import AuditRow
from tests.databases import GUARDED, PASSWORD, PostgresServer
from tests.store.people import ANNA, NOON


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of loopback that is taken, and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


async def _refusal(url: str) -> SetupError:
    database = Database(url)
    try:
        with pytest.raises(SetupError) as refused:
            await database.migrate()
    finally:
        await database.close()
    return refused.value


def _is_one_sentence(error: SetupError) -> None:
    assert error.key == "database.url"
    assert error.hint
    assert "\n" not in error.user_message
    assert error.user_message.endswith(".")
    assert not error.user_message.endswith("..")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "postgresql+asyncpg://anna:hunter2@127.0.0.1:port/phones",
        "martian://anna:hunter2@127.0.0.1/phones",
        "sqlite:///phones.db",
        "postgresql://anna:hunter2@127.0.0.1/phones",
        "mysql+asyncmy://anna:hunter2@127.0.0.1/phones",
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(SetupError) as refused:
        Database(url)
    _is_one_sentence(refused.value)
    assert "hunter2" not in f"{refused.value!r} {refused.value} {refused.value.hint}"


async def test_a_server_that_is_not_there(closed_port: int) -> None:
    error = await _refusal(f"postgresql+asyncpg://anna:hunter2@127.0.0.1:{closed_port}/phones")
    _is_one_sentence(error)
    assert f"127.0.0.1:{closed_port}/phones" in error.user_message
    assert "hunter2" not in f"{error!r} {error} {error.hint}"


@pytest.mark.postgres
async def test_a_password_that_is_wrong(postgres: PostgresServer) -> None:
    error = await _refusal(postgres.url("migrated", f"{GUARDED}:hunter2"))
    _is_one_sentence(error)
    assert "password" in error.user_message
    assert "hunter2" not in f"{error!r} {error} {error.hint}"


@pytest.mark.postgres
async def test_a_password_that_is_right(postgres: PostgresServer) -> None:
    database = Database(postgres.url("migrated", f"{GUARDED}:{PASSWORD}"))
    await database.ping()
    await database.close()


@pytest.mark.postgres
async def test_a_database_that_the_server_does_not_have(postgres: PostgresServer) -> None:
    error = await _refusal(postgres.url("nowhere"))
    _is_one_sentence(error)
    assert "nowhere" in error.user_message


async def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    _is_one_sentence(await _refusal(f"sqlite+aiosqlite:///{tmp_path}/nowhere/phones.db"))


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear Anna, " * 200, encoding="utf-8")
    _is_one_sentence(await _refusal(f"sqlite+aiosqlite:///{file}"))


async def _lines(database: Database) -> list[AuditRow]:
    async with database.read() as session:
        return list((await session.exec(select(AuditRow))).all())


async def test_a_block_that_fails_writes_nothing(database: Database) -> None:
    async def stumbles() -> None:
        async with database.write() as session:
            audit.add(session, ANNA, "claimed", "a call", at=NOON)
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stumbles()
    assert await _lines(database) == []


async def test_reading_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as session:
        audit.add(session, ANNA, "claimed", "a call", at=NOON)
        await session.flush()
        assert await asyncio.wait_for(_lines(database), timeout=5) == []
    assert len(await _lines(database)) == 1


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        async with database.write() as session:
            audit.add(session, ANNA, "claimed", "a call", at=NOON.replace(tzinfo=None))


@pytest.mark.parametrize("hours", [-5, 0, 5.5])
async def test_times_come_back_aware_and_the_same(database: Database, hours: float) -> None:
    zone = timezone(timedelta(hours=hours))
    written = datetime(2026, 10, 25, 1, 30, 0, 123456, tzinfo=zone)
    async with database.write() as session:
        audit.add(session, ANNA, "claimed", "a call", at=written)
    (line,) = await _lines(database)
    assert line.at == written
    assert line.at.utcoffset() == timedelta(0)


async def test_one_bot_a_database(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    await first.reserve()
    with pytest.raises(SetupError, match="Another Switchboard") as refused:
        await second.reserve()
    _is_one_sentence(refused.value)
    await second.close()
    await first.close()
    third = Database(database_url)
    await third.reserve()
    await third.close()
