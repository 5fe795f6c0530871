"""How far polls have read."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.tables import CursorRow


async def get(session: AsyncSession, name: str) -> CursorRow | None:
    """Where a poll stands; None before its first run."""
    return await session.get(CursorRow, name)


async def advance(session: AsyncSession, name: str, to: datetime) -> None:
    """The poll has read everything before this instant."""
    await session.merge(CursorRow(name=name, at=to, seen_at=to, trouble=""))


async def stumble(session: AsyncSession, name: str, at: datetime, trouble: str) -> bool:
    """The poll failed; True if it had not before, so that trouble is told once."""
    row = await session.get(CursorRow, name) or CursorRow(name=name, at=at)
    first, row.trouble = not row.trouble, trouble
    session.add(row)
    return first
