"""Deliveries are kept once, however often and however concurrently they come."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.states import DeliveryState
from bot.store import deliveries
from bot.store.database import Database
from bot.store.tables import DeliveryRow
from tests.store.people import NOON


async def _come(
    database: Database,
    body: bytes = b'{"call": 1}',
    *,
    account: str = "london",
    kind: str = "hangup",
    minutes: int = 0,
) -> DeliveryRow | None:
    async with database.write() as session:
        return await deliveries.keep(
            session,
            account=account,
            kind=kind,
            headers={"content-type": "application/json"},
            body=body,
            address="127.0.0.1",
            at=NOON + timedelta(minutes=minutes),
        )


async def _unread(database: Database) -> list[DeliveryRow]:
    async with database.read() as session:
        return list(await deliveries.unread(session))


async def test_a_delivery_is_kept_as_it_came(database: Database) -> None:
    body = bytes(range(256))
    kept = await _come(database, body)
    assert kept is not None
    (row,) = await _unread(database)
    assert (row.id, row.body, row.received_at) == (kept.id, body, NOON)
    assert row.headers == {"content-type": "application/json"}
    assert (row.state, row.times) == (DeliveryState.NEW, 1)


async def test_a_repetition_is_only_counted(database: Database) -> None:
    assert await _come(database) is not None
    assert await _come(database, minutes=5) is None
    assert await _come(database, minutes=9) is None
    (row,) = await _unread(database)
    assert (row.times, row.received_at) == (3, NOON)


async def test_another_account_kind_or_body_is_another_delivery(database: Database) -> None:
    assert await _come(database) is not None
    assert await _come(database, account="paris") is not None
    assert await _come(database, kind="dial-in") is not None
    assert await _come(database, b'{"call": 2}') is not None
    assert len(await _unread(database)) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c", b""), ("a", "bc", b"")), (("a", "b", b"c"), ("a", "", b"b\0c"))],
)
def test_fingerprints_do_not_run_into_each_other(
    one: tuple[str, str, bytes], other: tuple[str, str, bytes]
) -> None:
    assert deliveries.fingerprint(*one) != deliveries.fingerprint(*other)


async def test_repetitions_at_the_same_moment_are_counted_too(database_url: str) -> None:
    replicas = [Database(database_url), Database(database_url)]
    try:
        kept = await asyncio.gather(*(_come(replicas[turn % 2]) for turn in range(20)))
        assert sum(row is not None for row in kept) == 1
        (row,) = await _unread(replicas[0])
        assert row.times == 20
    finally:
        for replica in replicas:
            await replica.close()


async def test_what_was_read_is_not_unread(database: Database) -> None:
    rows = [await _come(database, body) for body in (b"1", b"2", b"3")]
    ids = [row.id for row in rows if row is not None and row.id is not None]
    async with database.write() as session:
        await deliveries.settle(session, ids[1], DeliveryState.UNREADABLE, "no JSON")
    assert [row.id for row in await _unread(database)] == [ids[0], ids[2]]
    async with database.read() as session:
        settled = await deliveries.get(session, ids[1])
        assert settled is not None
        assert (settled.state, settled.trouble) == (DeliveryState.UNREADABLE, "no JSON")
        assert await deliveries.get(session, 999_999) is None


async def test_when_an_account_was_heard_of_last(database: Database) -> None:
    await _come(database, b"1")
    await _come(database, b"2", minutes=7)
    async with database.read() as session:
        assert await deliveries.last_received(session, "london") == NOON + timedelta(minutes=7)
        assert await deliveries.last_received(session, "paris") is None
