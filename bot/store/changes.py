"""Changes: a state machine in a row, every step one conditional UPDATE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.people import Person
from bot.domain.states import ChangeState
from bot.store.tables import ChangeRow


async def add(session: AsyncSession, row: ChangeRow) -> None:
    """Store an intent."""
    session.add(row)
    await session.flush()


async def get(session: AsyncSession, id_: UUID) -> ChangeRow | None:
    """One change."""
    return await session.get(ChangeRow, id_)


async def decide(
    session: AsyncSession, id_: UUID, state: ChangeState, by: Person, at: datetime
) -> bool:
    """Approve or deny a change that waits; False if somebody was quicker, or it expired."""
    open_ = (
        col(ChangeRow.id) == id_,
        col(ChangeRow.state) == ChangeState.WAITING,
        col(ChangeRow.expires_at) > at,
        col(ChangeRow.asked_by) != by.id,
    )
    return await _set(
        session, *open_, state=state, decided_by=by.id, decided_name=by.name, decided_at=at
    )


async def begin(session: AsyncSession, id_: UUID, owner: str) -> bool:
    """Take a change to apply it; False if another process has it."""
    ready = (col(ChangeRow.id) == id_, col(ChangeRow.state) == ChangeState.READY)
    return await _set(session, *ready, state=ChangeState.APPLYING, owner=owner)


async def settle(
    session: AsyncSession,
    id_: UUID,
    owner: str,
    state: ChangeState,
    *,
    outcome: str,
    hint: str,
    at: datetime,
) -> bool:
    """Record an outcome; only the process that applied it may."""
    mine = (
        col(ChangeRow.id) == id_,
        col(ChangeRow.state) == ChangeState.APPLYING,
        col(ChangeRow.owner) == owner,
    )
    return await _set(session, *mine, state=state, outcome=outcome, hint=hint, settled_at=at)


async def inherit(session: AsyncSession, id_: UUID, was: str | None, owner: str) -> bool:
    """Take over a change whose process died while it was applied."""
    orphan = (
        col(ChangeRow.id) == id_,
        col(ChangeRow.state) == ChangeState.APPLYING,
        col(ChangeRow.owner) == was,
    )
    return await _set(session, *orphan, owner=owner)


async def expire(session: AsyncSession, id_: UUID, at: datetime) -> bool:
    """End a change that waited too long."""
    late = (
        col(ChangeRow.id) == id_,
        col(ChangeRow.state) == ChangeState.WAITING,
        col(ChangeRow.expires_at) <= at,
    )
    return await _set(session, *late, state=ChangeState.EXPIRED, settled_at=at)


async def in_state(session: AsyncSession, state: ChangeState) -> Sequence[ChangeRow]:
    """All changes in a state, oldest first."""
    query = select(ChangeRow).where(ChangeRow.state == state).order_by(col(ChangeRow.asked_at))
    return (await session.exec(query)).all()


async def count(session: AsyncSession) -> dict[ChangeState, int]:
    """How many changes are in each state."""
    query = select(ChangeRow.state, func.count()).group_by(col(ChangeRow.state))
    return {ChangeState(state): number for state, number in (await session.exec(query)).all()}


async def _set(session: AsyncSession, *where: Any, **values: Any) -> bool:
    done = await session.exec(update(ChangeRow).where(*where).values(**values))
    return done.rowcount == 1
