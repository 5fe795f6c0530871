"""Cards: what is wanted and what was given only ever grow."""

from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.domain.states import CardKind
from bot.store import cards
from bot.store.database import Database
from bot.store.tables import CardRow
from tests.store.people import NOON


async def _want(database: Database, subject: UUID, minutes: int = 0) -> None:
    async with database.write() as session:
        at = NOON + timedelta(minutes=minutes)
        await cards.want(session, CardKind.CALL, subject, "C0PHONES", at)


async def _card(database: Database, subject: UUID) -> CardRow:
    async with database.read() as session:
        query = select(CardRow).where(col(CardRow.subject) == subject)
        return (await session.exec(query)).one()


async def _gave(database: Database, card: CardRow, version: int, ts: str = "1.0") -> None:
    async with database.write() as session:
        await cards.gave(session, card.id, version=version, ts=ts)


async def _behind(database: Database, limit: int = 50) -> list[UUID]:
    async with database.read() as session:
        return [card.subject for card in await cards.behind(session, limit)]


async def test_a_subject_has_one_card_of_a_kind_in_the_first_channel(database: Database) -> None:
    subject = uuid4()
    await _want(database, subject)
    async with database.write() as session:
        await cards.want(session, CardKind.CALL, subject, "C0OTHER", NOON)
        await cards.want(session, CardKind.ANSWER, subject, "U0ANNA", NOON)
    async with database.read() as session:
        rows = (await session.exec(select(CardRow).order_by(col(CardRow.kind)))).all()
    assert [(row.kind, row.channel, row.wanted) for row in rows] == [
        (CardKind.ANSWER, "U0ANNA", 1),
        (CardKind.CALL, "C0PHONES", 2),
    ]


async def test_touching_makes_no_card(database: Database) -> None:
    async with database.write() as session:
        assert not await cards.touch(session, CardKind.CALL, uuid4(), NOON)
        assert await cards.count_behind(session) == (0, 0)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=8))
async def test_versions_never_go_back(database: Database, steps: list[int | None]) -> None:
    """Each step wants something newer (None), or reports a version that may be some steps old."""
    subject = uuid4()
    await _want(database, subject)
    card = await _card(database, subject)
    wanted, given_ = 1, 0
    for number, step in enumerate(steps):
        if step is None:
            await _want(database, subject)
            wanted += 1
        else:
            await _gave(database, card, max(0, wanted - step), ts=f"{number}.0")
            given_ = max(given_, wanted - step)
        card = await _card(database, subject)
        assert (card.wanted, card.given) == (wanted, given_)
    assert (subject in await _behind(database, 1000)) == (wanted > given_)


async def test_an_older_report_changes_nothing(database: Database) -> None:
    subject = uuid4()
    for _ in range(3):
        await _want(database, subject)
    card = await _card(database, subject)
    await _gave(database, card, 3, ts="3.0")
    await _gave(database, card, 2, ts="2.0")
    await _gave(database, card, 3, ts="3.5")
    card = await _card(database, subject)
    assert (card.given, card.ts) == (3, "3.0")


async def test_who_waits_longest_is_first_and_keeps_the_place(database: Database) -> None:
    subjects = [uuid4() for _ in range(3)]
    for minutes in (2, 0, 1):
        await _want(database, subjects[minutes], minutes)
    await _want(database, subjects[0], minutes=9)
    assert await _behind(database) == subjects
    assert await _behind(database, limit=1) == subjects[:1]


async def test_who_was_served_goes_to_the_end(database: Database) -> None:
    subjects = [uuid4() for _ in range(2)]
    for minutes, subject in enumerate(subjects):
        await _want(database, subject, minutes)
    await _gave(database, await _card(database, subjects[0]), 1)
    assert await _behind(database) == subjects[1:]
    await _want(database, subjects[0], minutes=9)
    assert await _behind(database) == [subjects[1], subjects[0]]


async def test_what_slack_refused_waits_for_an_admin(database: Database) -> None:
    good, bad = uuid4(), uuid4()
    await _want(database, good)
    await _want(database, bad)
    card = await _card(database, bad)
    async with database.write() as session:
        await cards.begin_post(session, card.id, NOON)
        await cards.refused(session, card.id, "channel_not_found")
    await _want(database, bad)
    assert await _behind(database) == [good]
    async with database.write() as session:
        assert await cards.count_behind(session) == (1, 1)
        assert await cards.forgive(session) == 1
        assert await cards.forgive(session) == 0
        assert await cards.count_behind(session) == (2, 0)
    card = await _card(database, bad)
    assert (card.posting_since, card.ts) == (NOON, None)
