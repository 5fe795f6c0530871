"""Databases for tests: SQLite files, and one throw-away PostgreSQL cluster a test session.

Both make one migrated template and copy it, which is much cheaper than to migrate for each test.
"""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import asyncpg

from bot.store.database import Database

OWNER = "switchboard"
GUARDED, PASSWORD = "guarded", "correct-horse"
"""A role of the cluster that has to give its password; the owner has not."""


class Server(Protocol):
    """Where a test gets databases from."""

    async def empty(self) -> str:
        """The address of a database without tables."""
        ...

    async def migrated(self) -> str:
        """The address of a database with the newest schema and no rows."""
        ...

    async def remove(self, url: str) -> None:
        """Drop a database that was made here."""
        ...


class SqliteServer:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count(1)
        self._template = folder / "template.db"
        asyncio.run(_migrate(self._url(self._template)))

    async def empty(self) -> str:
        return self._url(self._new())

    async def migrated(self) -> str:
        file = self._new()
        shutil.copyfile(self._template, file)
        return self._url(file)

    async def remove(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite+aiosqlite:///"))
        for part in file.parent.glob(f"{file.name}*"):
            part.unlink()

    def _new(self) -> Path:
        return self._folder / f"test{next(self._numbers)}.db"

    @staticmethod
    def _url(file: Path) -> str:
        return f"sqlite+aiosqlite:///{file}"


class PostgresServer:
    """A running cluster on a port of loopback."""

    def __init__(self, port: int) -> None:
        self.port, self._numbers = port, count(1)
        asyncio.run(self._make_template())

    def url(self, name: str, user: str = OWNER) -> str:
        """The address of one of the cluster's databases."""
        return f"postgresql+asyncpg://{user}@127.0.0.1:{self.port}/{name}"

    async def empty(self) -> str:
        return await self._create("template0")

    async def migrated(self) -> str:
        return await self._create("migrated")

    async def remove(self, url: str) -> None:
        await self._execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    async def _make_template(self) -> None:
        await self._execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
        await self._execute("CREATE DATABASE migrated")
        await _migrate(self.url("migrated"))

    async def _create(self, template: str) -> str:
        name = f"test{next(self._numbers)}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    async def _execute(self, statement: str) -> None:
        connection: Any = await asyncpg.connect(
            host="127.0.0.1", port=self.port, user=OWNER, database="postgres"
        )
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await database.migrate()
    finally:
        await database.close()


@contextmanager
def postgres_server(binaries: Path) -> Iterator[PostgresServer]:
    """A new cluster that is gone, with its files, when the block ends."""
    with TemporaryDirectory(prefix="switchboard-pg-", ignore_cleanup_errors=True) as folder:
        account = _Account.who_may_serve()
        os.chown(folder, account.uid, account.gid)
        cluster = _Cluster(binaries, Path(folder), account)
        cluster.initialise()
        port = cluster.start()
        try:
            yield PostgresServer(port)
        finally:
            cluster.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")


@dataclass(frozen=True)
class _Account:
    uid: int
    gid: int

    @classmethod
    def who_may_serve(cls) -> "_Account":
        """Who runs the server: we ourselves, but never root, whom PostgreSQL refuses."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = known.get("postgres") or known["nobody"]
        return cls(entry.pw_uid, entry.pw_gid)


@dataclass(frozen=True)
class _Cluster:
    binaries: Path
    folder: Path
    account: _Account

    def initialise(self) -> None:
        self.run(
            *("initdb", "-D", "data", "-U", OWNER, "-A", "trust", "-E", "UTF8"),
            *("--locale=C", "--no-sync", "--no-instructions"),
        )
        rules = self.folder / "data" / "pg_hba.conf"
        guard = f"host all {GUARDED} 127.0.0.1/32 scram-sha-256\n"
        rules.write_text(guard + rules.read_text(encoding="utf-8"), encoding="utf-8")

    def start(self) -> int:
        """Start the server and wait until it answers; its port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        options = (
            f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            "-c max_connections=200 -c synchronous_commit=off -c full_page_writes=off"
        )
        self.run("pg_ctl", "-D", "data", "-l", "log", "-o", options, "-w", "-t", "60", "start")
        return port

    def run(self, program: str, *arguments: str) -> None:
        # The log of a server that did not start says why; pg_ctl's own words do not.
        as_root = os.geteuid() == 0
        done = subprocess.run(  # noqa: S603 (PostgreSQL's own programs)
            [str(self.binaries / program), *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self.account.uid if as_root else None,
            group=self.account.gid if as_root else None,
            extra_groups=[] if as_root else None,
            check=False,
        )
        if done.returncode != 0:
            log = self.folder / "log"
            told = log.read_text(encoding="utf-8", errors="replace") if log.exists() else "no log"
            raise RuntimeError(f"{program} ended with {done.returncode}; the server's log: {told}")
