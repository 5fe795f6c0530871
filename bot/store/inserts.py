"""Rows that two processes may want to add at the same moment."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def added(session: AsyncSession, row: SQLModel) -> bool:
    """Insert a row; False if another process has committed one with its unique key.

    The transaction goes on either way: only the insert is undone.
    """
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
