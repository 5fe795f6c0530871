"""Calls: news merge in any order, and one person wins a claim."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.states import CallState
from bot.domain.telephony import CallSeen, Verdict
from bot.store import calls
from bot.store.database import Database
from bot.store.tables import CallRow
from tests.store.people import ANNA, BEN, CROWD, NOON, seen


async def _learn(database: Database, news: CallSeen) -> CallRow | None:
    async with database.write() as session:
        return await calls.learn(session, "london", "Sales", news)


async def _missed_call(database: Database, minutes: int = 0) -> UUID:
    row = await _learn(database, seen(at=NOON + timedelta(minutes=minutes)))
    assert row is not None
    return row.id


async def _get(database: Database, id_: UUID) -> CallRow:
    async with database.read() as session:
        row = await calls.get(session, id_)
    assert row is not None
    return row


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verdicts=st.lists(st.sampled_from(Verdict), min_size=1, max_size=6))
async def test_news_in_any_order_tell_the_same_call(
    database: Database, verdicts: list[Verdict]
) -> None:
    call, ids = uuid4().hex, set()
    for verdict in verdicts:
        by = "101" if verdict is Verdict.ANSWERED else ""
        if row := await _learn(database, seen(call, verdict, answered_by=by)):
            ids.add(row.id)
    assert len(ids) == 1
    row = await _get(database, ids.pop())
    if Verdict.ANSWERED in verdicts:
        assert (row.verdict, row.state, row.by_name) == ("ANSWERED", CallState.ANSWERED, "101")
    else:
        left_voicemail = Verdict.VOICEMAIL in verdicts
        assert row.verdict == ("VOICEMAIL" if left_voicemail else "MISSED")
        assert row.state is CallState.OPEN


async def test_what_is_known_already_is_no_news(database: Database) -> None:
    assert await _learn(database, seen("1", Verdict.VOICEMAIL)) is not None
    assert await _learn(database, seen("1", Verdict.VOICEMAIL)) is None
    assert await _learn(database, seen("1", Verdict.MISSED)) is None
    assert await _learn(database, seen("1", Verdict.ANSWERED)) is not None


async def test_the_same_id_at_another_account_is_another_call(database: Database) -> None:
    assert await _learn(database, seen("1")) is not None
    async with database.write() as session:
        assert await calls.learn(session, "paris", "", seen("1")) is not None


async def test_a_colleague_who_claimed_a_call_keeps_it_when_it_was_answered_after_all(
    database: Database,
) -> None:
    news = await _learn(database, seen("1"))
    assert news is not None
    id_ = news.id
    async with database.write() as session:
        assert await calls.claim(session, id_, BEN, NOON)
    await _learn(database, seen("1", Verdict.ANSWERED, answered_by="101"))
    row = await _get(database, id_)
    assert (row.verdict, row.state, row.by_name) == ("ANSWERED", CallState.CLAIMED, BEN.name)


async def test_news_that_come_at_once_make_one_call(database_url: str) -> None:
    replicas = [Database(database_url), Database(database_url)]
    news = [seen("1", verdict, answered_by="101") for verdict in list(Verdict) * 5]
    try:
        await asyncio.gather(*(_learn(replicas[turn % 2], one) for turn, one in enumerate(news)))
        async with replicas[0].read() as session:
            rows, count = await calls.missed(session, mine=None, limit=10, offset=0)
        assert (list(rows), count) == ([], 0)
        assert await _learn(replicas[0], news[0]) is None
    finally:
        for replica in replicas:
            await replica.close()


async def test_of_fifty_claims_at_once_one_wins(database_url: str) -> None:
    replicas = [Database(database_url), Database(database_url)]

    async def claims(turn: int) -> bool:
        async with replicas[turn % 2].write() as session:
            return await calls.claim(session, id_, CROWD[turn], NOON)

    try:
        id_ = await _missed_call(replicas[0])
        won = await asyncio.gather(*(claims(turn) for turn in range(50)))
        assert sum(won) == 1
        row = await _get(replicas[0], id_)
        winner = CROWD[won.index(True)]
        assert (row.state, row.by, row.by_name) == (CallState.CLAIMED, winner.id, winner.name)
        assert row.at == NOON
    finally:
        for replica in replicas:
            await replica.close()


async def test_a_closed_call_stays_closed(database: Database) -> None:
    id_ = await _missed_call(database)
    async with database.write() as session:
        assert await calls.claim(session, id_, ANNA, NOON)
        assert await calls.close(session, id_, BEN, NOON)
        assert not await calls.close(session, id_, ANNA, NOON)
        assert not await calls.claim(session, id_, ANNA, NOON)
        assert not await calls.claim(session, uuid4(), ANNA, NOON)
    row = await _get(database, id_)
    assert (row.state, row.by) == (CallState.DONE, BEN.id)


async def test_missed_calls_newest_first_by_page_and_by_person(database: Database) -> None:
    ids = [await _missed_call(database, minutes) for minutes in range(5)]
    await _learn(database, seen(verdict=Verdict.ANSWERED))
    async with database.write() as session:
        await calls.claim(session, ids[1], ANNA, NOON)
        await calls.claim(session, ids[2], BEN, NOON)
        await calls.close(session, ids[4], ANNA, NOON)
    async with database.read() as session:
        rows, count = await calls.missed(session, mine=None, limit=3, offset=0)
        assert ([row.id for row in rows], count) == ([ids[3], ids[2], ids[1]], 4)
        rows, count = await calls.missed(session, mine=None, limit=3, offset=3)
        assert ([row.id for row in rows], count) == ([ids[0]], 4)
        rows, count = await calls.missed(session, mine=ANNA.id, limit=3, offset=0)
        assert ([row.id for row in rows], count) == ([ids[1]], 1)
