"""Cards: what Slack should show, and what it was last given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.states import CardKind
from bot.store.inserts import added
from bot.store.tables import CardRow


async def want(
    session: AsyncSession, kind: CardKind, subject: UUID, channel: str, at: datetime
) -> None:
    """The subject has changed: its card is to be posted in the channel, or brought up to date."""
    if await touch(session, kind, subject, at):
        return
    card = CardRow(kind=kind, subject=subject, channel=channel, wanted_since=at)
    if not await added(session, card):
        await touch(session, kind, subject, at)


async def touch(session: AsyncSession, kind: CardKind, subject: UUID, at: datetime) -> bool:
    """The subject has changed: its card, if it has one, is to be brought up to date.

    A card that waits already keeps its place in the queue.
    """
    since = case((col(CardRow.wanted) > col(CardRow.given), CardRow.wanted_since), else_=at)
    change = (
        update(CardRow)
        .where(col(CardRow.kind) == kind, col(CardRow.subject) == subject)
        .values(wanted=CardRow.wanted + 1, wanted_since=since)
    )
    return bool((await session.exec(change)).rowcount)


async def behind(session: AsyncSession, limit: int = 50) -> Sequence[CardRow]:
    """Cards for which Slack was given less than is wanted, longest waiting first."""
    query = (
        select(CardRow)
        .where(col(CardRow.wanted) > col(CardRow.given), CardRow.trouble == "")
        .order_by(col(CardRow.wanted_since))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def count_behind(session: AsyncSession) -> tuple[int, int]:
    """How many cards wait to be sent, and how many Slack refused for good."""
    waiting = select(CardRow.trouble).where(col(CardRow.wanted) > col(CardRow.given))
    troubles = (await session.exec(waiting)).all()
    return sum(not trouble for trouble in troubles), sum(bool(trouble) for trouble in troubles)


async def begin_post(session: AsyncSession, id_: UUID, at: datetime) -> None:
    """Note that a first post is about to be sent."""
    await session.exec(update(CardRow).where(col(CardRow.id) == id_).values(posting_since=at))


async def gave(session: AsyncSession, id_: UUID, *, version: int, ts: str) -> None:
    """Note what Slack now shows; an older version never overwrites a newer one."""
    change = (
        update(CardRow)
        .where(col(CardRow.id) == id_, col(CardRow.given) < version)
        .values(given=version, ts=ts, trouble="")
    )
    await session.exec(change)


async def refused(session: AsyncSession, id_: UUID, trouble: str) -> None:
    """Note that Slack refused for good; nothing is sent until somebody acts."""
    await session.exec(update(CardRow).where(col(CardRow.id) == id_).values(trouble=trouble))


async def forgive(session: AsyncSession) -> int:
    """After a start, try the refused ones again: somebody may have acted; answers how many."""
    change = update(CardRow).where(col(CardRow.trouble) != "").values(trouble="")
    return int((await session.exec(change)).rowcount)
