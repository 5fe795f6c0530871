"""The database: one place to write through, one to read from, and the schema's migrations.

On SQLite (WAL) all writes share one connection and begin as writers, so that none of them has to
wait for a lock in the middle of a transaction; reads go beside it. On PostgreSQL both are one pool.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from asyncpg import PostgresError
from filelock import FileLock, Timeout
from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import SetupError

DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")
Session = AsyncSession
"""A session, for annotations of those who are handed one."""

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK, RUN_LOCK = 0x5717C4B0A2D, 0x5717C4B0A2E
"""Keys of PostgreSQL's advisory locks: two processes must not migrate, or run, at once."""


class Database:
    """Connections to one database."""

    def __init__(self, url: str) -> None:
        self.url = _address(url)
        self._reservation: AsyncConnection | None = None
        self._lock: FileLock | None = None
        if self.is_sqlite:
            self._writer = create_async_engine(self.url, pool_size=1, max_overflow=0)
            self._reader = create_async_engine(self.url, pool_size=4)
            _prepare_sqlite(self._writer, begin="BEGIN IMMEDIATE")
            _prepare_sqlite(self._reader, begin="BEGIN")
        else:
            self._writer = self._reader = create_async_engine(
                self.url, pool_size=10, pool_pre_ping=True
            )

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file beside us."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that commits when the block ends well."""
        async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session to read with."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
            yield session

    async def ping(self) -> None:
        """Raise `SetupError` if the database cannot be used."""
        try:
            if self.is_sqlite:
                # Where aiosqlite cannot open a file, it leaves a thread that may outlive the loop.
                sqlite3.connect(self.url.database or ":memory:").close()
            async with self._reader.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, PostgresError, sqlite3.Error, OSError) as cause:
            raise SetupError(
                f"The database {self.url.render_as_string(hide_password=True)} "
                f"cannot be reached: {_reason(cause)}.",
                key="database.url",
                hint="Check that it runs, and the address and the password in the settings.",
            ) from cause

    async def migrate(self) -> tuple[str | None, str | None]:
        """Bring the schema to the newest version; answers with the version before and after.

        Raises:
            SetupError: the database cannot be used, or belongs to a newer Switchboard.
        """
        await self.ping()
        async with self._writer.connect() as connection:
            return await connection.run_sync(_upgrade)

    async def reserve(self) -> None:
        """Be the only bot on this database, until `close` or the end of the process.

        Raises:
            SetupError: another one is.
        """
        await self.ping()
        if not await self._reserved():
            raise SetupError(
                "Another Switchboard runs on this database.",
                key="database.url",
                hint="Stop that one first, or give this one a database of its own.",
            )

    async def _reserved(self) -> bool:
        if not self.is_sqlite:
            self._reservation = await self._writer.connect()
            query = text("SELECT pg_try_advisory_lock(:key)")
            return bool(await self._reservation.scalar(query, {"key": RUN_LOCK}))
        self._lock = FileLock(f"{self.url.database}.lock")
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        return True

    async def is_current(self) -> bool:
        """Whether the schema is the newest."""
        async with self._reader.connect() as connection:
            return await connection.run_sync(_version) == _newest()

    async def close(self) -> None:
        """Close all connections."""
        if self._reservation is not None:
            await self._reservation.close()
        if self._lock is not None:
            self._lock.release()
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        address = None
    if address is None or address.drivername not in DRIVERS:
        raise SetupError(
            "database.url is not the address of a database that Switchboard can use.",
            key="database.url",
            hint="Like sqlite+aiosqlite:///switchboard.db or postgresql+asyncpg://user@host/name.",
        )
    return address


def _prepare_sqlite(engine: AsyncEngine, *, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout=5000",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _version(connection: Connection) -> str | None:
    """The schema's version; None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


@cache
def _newest() -> str:
    """The newest version, which begins the name of its file: 0001_first_tables.py."""
    files = (MIGRATIONS / "versions").glob("[0-9]*.py")
    return max(file.name.partition("_")[0] for file in files)


def _upgrade(connection: Connection) -> tuple[str | None, str | None]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    before = _version(connection)
    if before is not None and before > _newest():
        raise SetupError(
            f"The database has the schema {before}, which a newer Switchboard made.",
            key="database.url",
            hint="Run that version, or give this one another database.",
        )
    if before != _newest():
        _migrate(connection)
    connection.commit()
    return before, _newest()


def _migrate(connection: Connection) -> None:
    # Alembic is slow to load, and most starts have nothing for it to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _reason(cause: BaseException) -> str:
    origin = getattr(cause, "orig", None) or cause
    return (str(origin).strip().splitlines() or [type(origin).__name__])[0].rstrip(".")
