"""Calls, and what the team does about the missed ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.numbers import write_party
from bot.domain.people import Person
from bot.domain.states import CallState
from bot.domain.telephony import CallSeen, Verdict
from bot.store.inserts import added
from bot.store.tables import CallRow

_WEIGHT = {Verdict.MISSED: 0, Verdict.VOICEMAIL: 1, Verdict.ANSWERED: 2}
"""News in this order: a call that was answered was not missed, whatever another leg says."""


async def learn(session: AsyncSession, account: str, line: str, seen: CallSeen) -> CallRow | None:
    """Take in news of a call; None where they say nothing new."""
    query = select(CallRow).where(CallRow.account == account, CallRow.call_id == seen.id)
    query = query.with_for_update()
    row = (await session.exec(query)).one_or_none()
    if row is None:
        answered = seen.verdict is Verdict.ANSWERED
        row = CallRow(
            account=account,
            call_id=seen.id,
            line=line,
            caller=write_party(seen.caller),
            called=write_party(seen.called),
            verdict=seen.verdict.name,
            waited=seen.waited,
            started_at=seen.started_at,
            state=CallState.ANSWERED if answered else CallState.OPEN,
            by_name=seen.answered_by if answered else "",
        )
        if await added(session, row):
            return row
        row = (await session.exec(query)).one()
    if _WEIGHT[seen.verdict] <= _WEIGHT[Verdict[row.verdict]]:
        return None
    row.verdict = seen.verdict.name
    if seen.verdict is Verdict.ANSWERED and row.state is CallState.OPEN:
        row.state, row.by_name = CallState.ANSWERED, seen.answered_by
    session.add(row)
    return row


async def get(session: AsyncSession, id_: UUID) -> CallRow | None:
    """One call."""
    return await session.get(CallRow, id_)


async def claim(session: AsyncSession, id_: UUID, by: Person, at: datetime) -> bool:
    """Take an open call; False if somebody was quicker."""
    open_ = (col(CallRow.id) == id_, col(CallRow.state) == CallState.OPEN)
    return await _move(session, open_, CallState.CLAIMED, by, at)


async def close(session: AsyncSession, id_: UUID, by: Person, at: datetime) -> bool:
    """Close a call that is open or claimed; False if it was closed already."""
    unclosed = (
        col(CallRow.id) == id_,
        col(CallRow.state).in_([CallState.OPEN, CallState.CLAIMED]),
    )
    return await _move(session, unclosed, CallState.DONE, by, at)


async def _move(
    session: AsyncSession,
    where: tuple[ColumnElement[bool], ...],
    state: CallState,
    by: Person,
    at: datetime,
) -> bool:
    change = update(CallRow).where(*where)
    done = await session.exec(change.values(state=state, by=by.id, by_name=by.name, at=at))
    return done.rowcount == 1


async def missed(
    session: AsyncSession, *, mine: str | None, limit: int, offset: int, unclaimed: bool = False
) -> tuple[Sequence[CallRow], int]:
    """Missed calls that are open or claimed, newest first, and how many there are.

    Args:
        mine: only those that this person claimed.
        unclaimed: only those that nobody claimed.
    """
    states = [CallState.OPEN] if unclaimed else [CallState.OPEN, CallState.CLAIMED]
    where: list[ColumnElement[bool]] = [col(CallRow.state).in_(states)]
    if mine is not None:
        where.append(col(CallRow.by) == mine)
    page = select(CallRow).where(*where).order_by(col(CallRow.started_at).desc(), col(CallRow.id))
    count = select(func.count()).select_from(CallRow).where(*where)
    rows = (await session.exec(page.limit(limit).offset(offset))).all()
    return rows, (await session.exec(count)).one()
