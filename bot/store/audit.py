"""The audit log: rows are added and read, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.people import Person
from bot.store.tables import AuditRow


def add(
    session: AsyncSession,
    who: Person,
    what: str,
    subject: str,
    *,
    at: datetime,
    account: str = "",
    change: UUID | None = None,
    words: str = "",
) -> None:
    """Write one line, in the transaction of what it tells."""
    session.add(
        AuditRow(
            at=at,
            who=who.id,
            who_name=who.name,
            what=what,
            subject=subject,
            account=account,
            change=change,
            words=words,
        )
    )


async def page(session: AsyncSession, *, limit: int, offset: int) -> tuple[Sequence[AuditRow], int]:
    """Lines, newest first, and how many there are."""
    query = select(AuditRow).order_by(col(AuditRow.id).desc()).limit(limit).offset(offset)
    count = select(func.count()).select_from(AuditRow)
    return (await session.exec(query)).all(), (await session.exec(count)).one()
