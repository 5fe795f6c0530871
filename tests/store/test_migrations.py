"""The migrations make the schema that the tables declare."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from bot.domain.errors import SetupError
from bot.store.database import MIGRATIONS, Database


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, SQLModel.metadata))


def _head() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


async def test_the_migrated_schema_is_the_declared_one(database: Database) -> None:
    async with database.read() as session:
        connection = await session.connection()
        assert await connection.run_sync(_differences) == []


async def test_a_second_migration_changes_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    try:
        assert not await database.is_current()
        before, newest = await database.migrate()
        assert before is None
        assert newest is not None
        assert await database.is_current()
        assert await database.migrate() == (newest, newest)
        assert newest == _head()
    finally:
        await database.close()


async def test_of_processes_that_migrate_at_once_one_does_it(empty_database_url: str) -> None:
    replicas = [Database(empty_database_url) for _ in range(3)]
    try:
        steps = await asyncio.gather(*(replica.migrate() for replica in replicas))
        assert sorted(before is None for before, _ in steps) == [False, False, True]
        assert len({after for _, after in steps}) == 1
        assert await replicas[0].is_current()
    finally:
        for replica in replicas:
            await replica.close()


async def test_a_database_of_a_newer_switchboard_is_left_alone(database: Database) -> None:
    async with database.write() as session:
        await (await session.connection()).execute(
            text("UPDATE alembic_version SET version_num = '9999'")
        )
    with pytest.raises(SetupError, match="newer Switchboard") as refused:
        await database.migrate()
    assert refused.value.key == "database.url"
    assert not await database.is_current()
