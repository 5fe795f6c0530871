"""The audit log, and how far polls have read."""

from datetime import timedelta
from uuid import uuid4

from bot.store import audit, cursors
from bot.store.database import Database
from tests.store.people import ANNA, BEN, NOON


async def test_the_log_newest_first_by_page(database: Database) -> None:
    change = uuid4()
    async with database.write() as session:
        audit.add(session, ANNA, "asked", "flow 1", at=NOON, account="london", change=change)
        audit.add(session, BEN, "approved", "flow 1", at=NOON, words="looks right")
    async with database.write() as session:
        audit.add(session, ANNA, "claimed", "a call", at=NOON)
    async with database.read() as session:
        lines, count = await audit.page(session, limit=2, offset=0)
        assert [line.what for line in lines] == ["claimed", "approved"]
        assert count == 3
        (first,), _ = await audit.page(session, limit=2, offset=2)
    assert (first.who, first.who_name, first.account) == (ANNA.id, ANNA.name, "london")
    assert (first.change, first.at) == (change, NOON)


async def test_a_cursor_is_where_the_last_good_poll_ended(database: Database) -> None:
    later = NOON + timedelta(minutes=5)
    async with database.write() as session:
        assert await cursors.get(session, "history london") is None
        await cursors.advance(session, "history london", NOON)
    async with database.write() as session:
        assert await cursors.stumble(session, "history london", later, "timed out")
    async with database.write() as session:
        assert not await cursors.stumble(session, "history london", later, "still not")
    async with database.read() as session:
        row = await cursors.get(session, "history london")
        assert row is not None
        assert (row.at, row.seen_at, row.trouble) == (NOON, NOON, "still not")


async def test_trouble_is_told_again_after_it_had_ended(database: Database) -> None:
    async with database.write() as session:
        await cursors.stumble(session, "history london", NOON, "timed out")
    async with database.write() as session:
        await cursors.advance(session, "history london", NOON)
        row = await cursors.get(session, "history london")
        assert row is not None
        assert row.trouble == ""
    async with database.write() as session:
        assert await cursors.stumble(session, "history london", NOON, "timed out")


async def test_a_first_poll_that_fails_reads_from_the_same_place_again(database: Database) -> None:
    async with database.write() as session:
        assert await cursors.stumble(session, "history london", NOON, "timed out")
    async with database.read() as session:
        row = await cursors.get(session, "history london")
        assert row is not None
        assert (row.at, row.seen_at) == (NOON, None)
