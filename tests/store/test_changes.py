"""Changes: every step of the state machine has one winner, and the right one."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.states import ChangeState
from bot.store import changes
from bot.store.database import Database
from bot.store.tables import ChangeRow
from tests.store.people import ANNA, BEN, CROWD, NOON, change

SETTLED = set(ChangeState) - {ChangeState.WAITING, ChangeState.READY, ChangeState.APPLYING}


async def _add(database: Database, row: ChangeRow) -> UUID:
    async with database.write() as session:
        await changes.add(session, row)
    return row.id


async def _get(database: Database, id_: UUID) -> ChangeRow:
    async with database.read() as session:
        row = await changes.get(session, id_)
    assert row is not None
    return row


async def test_an_intent_comes_back_as_it_was_stored(database: Database) -> None:
    stored = change()
    id_ = await _add(database, stored)
    assert (await _get(database, id_)).model_dump() == stored.model_dump()


async def test_of_fifty_decisions_at_once_one_counts(database_url: str) -> None:
    replicas = [Database(database_url), Database(database_url)]
    verdicts = (ChangeState.READY, ChangeState.DENIED)

    async def decides(turn: int) -> bool:
        async with replicas[turn % 2].write() as session:
            return await changes.decide(session, id_, verdicts[turn % 2], CROWD[turn], NOON)

    try:
        id_ = await _add(replicas[0], change())
        won = await asyncio.gather(*(decides(turn) for turn in range(50)))
        assert sum(won) == 1
        turn = won.index(True)
        row = await _get(replicas[0], id_)
        assert row.state is verdicts[turn % 2]
        assert (row.decided_by, row.decided_name) == (CROWD[turn].id, CROWD[turn].name)
        assert row.decided_at == NOON
    finally:
        for replica in replicas:
            await replica.close()


async def test_nobody_decides_their_own_request(database: Database) -> None:
    id_ = await _add(database, change())
    async with database.write() as session:
        assert not await changes.decide(session, id_, ChangeState.READY, ANNA, NOON)
    assert (await _get(database, id_)).state is ChangeState.WAITING


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), timedelta(days=9)])
async def test_at_its_end_a_request_expires_and_is_not_decided(
    database: Database, late: timedelta
) -> None:
    id_ = await _add(database, change(expires_after=timedelta(hours=1)))
    end = NOON + timedelta(hours=1)
    async with database.write() as session:
        assert not await changes.expire(session, id_, end - timedelta(microseconds=1))
        assert not await changes.decide(session, id_, ChangeState.READY, BEN, end + late)
        assert await changes.expire(session, id_, end + late)
        assert not await changes.expire(session, id_, end + late)
        assert not await changes.decide(session, id_, ChangeState.READY, BEN, NOON)
    row = await _get(database, id_)
    assert (row.state, row.settled_at) == (ChangeState.EXPIRED, end + late)


async def test_before_its_end_it_is_decided(database: Database) -> None:
    id_ = await _add(database, change(expires_after=timedelta(hours=1)))
    just_in_time = NOON + timedelta(minutes=59, seconds=59)
    async with database.write() as session:
        assert await changes.decide(session, id_, ChangeState.READY, BEN, just_in_time)
        assert not await changes.expire(session, id_, NOON + timedelta(days=1))


async def test_of_processes_that_begin_at_once_one_applies(database_url: str) -> None:
    replicas = [Database(database_url), Database(database_url)]

    async def begins(turn: int) -> bool:
        async with replicas[turn % 2].write() as session:
            return await changes.begin(session, id_, f"process {turn}")

    try:
        id_ = await _add(replicas[0], change(ChangeState.READY))
        won = await asyncio.gather(*(begins(turn) for turn in range(20)))
        assert sum(won) == 1
        row = await _get(replicas[0], id_)
        assert (row.state, row.owner) == (ChangeState.APPLYING, f"process {won.index(True)}")
    finally:
        for replica in replicas:
            await replica.close()


async def _settle(database: Database, id_: UUID, owner: str) -> bool:
    async with database.write() as session:
        return await changes.settle(
            session, id_, owner, ChangeState.CONFIRMED, outcome="Done.", hint="", at=NOON
        )


async def test_only_who_began_records_the_outcome(database: Database) -> None:
    id_ = await _add(database, change(ChangeState.READY))
    assert not await _settle(database, id_, "one")
    async with database.write() as session:
        assert await changes.begin(session, id_, "one")
    assert not await _settle(database, id_, "another")
    assert await _settle(database, id_, "one")
    assert not await _settle(database, id_, "one")
    row = await _get(database, id_)
    assert (row.state, row.outcome, row.settled_at) == (ChangeState.CONFIRMED, "Done.", NOON)


async def test_whoever_inherits_a_change_shuts_the_earlier_process_out(
    database: Database,
) -> None:
    id_ = await _add(database, change(ChangeState.READY))
    async with database.write() as session:
        assert await changes.begin(session, id_, "dead")
        assert not await changes.inherit(session, id_, "somebody else", "heir")
        assert await changes.inherit(session, id_, "dead", "heir")
        assert not await changes.inherit(session, id_, "dead", "second heir")
    assert not await _settle(database, id_, "dead")
    assert await _settle(database, id_, "heir")


@pytest.mark.parametrize("state", sorted(SETTLED))
async def test_a_settled_change_moves_no_more(database: Database, state: ChangeState) -> None:
    row = change(state)
    row.owner = "one"
    id_ = await _add(database, row)
    async with database.write() as session:
        assert not await changes.decide(session, id_, ChangeState.READY, BEN, NOON)
        assert not await changes.begin(session, id_, "one")
        assert not await changes.inherit(session, id_, "one", "two")
        assert not await changes.expire(session, id_, NOON + timedelta(days=9))
    assert not await _settle(database, id_, "one")
    assert (await _get(database, id_)).state is state


async def test_changes_by_state_oldest_first(database: Database) -> None:
    late = await _add(database, change(asked_at=NOON + timedelta(hours=1)))
    early = await _add(database, change())
    await _add(database, change(ChangeState.READY))
    async with database.read() as session:
        waiting = await changes.in_state(session, ChangeState.WAITING)
        assert [row.id for row in waiting] == [early, late]
        assert await changes.in_state(session, ChangeState.DENIED) == []
