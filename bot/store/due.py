"""Runs of jobs, one row each, so that a run happens once whoever's clock strikes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.database import Database
from bot.store.tables import DueRow

KEPT = timedelta(days=2)


async def take(database: Database, job: str, due: datetime, owner: str) -> bool:
    """Be the one who runs this job for this instant; False if another is."""
    try:
        async with database.write() as session:
            session.add(DueRow(job=job, due=due, owner=owner))
    except IntegrityError:
        return False
    return True


async def done(session: AsyncSession, job: str, due: datetime, at: datetime, trouble: str) -> None:
    """The run is over."""
    key = (col(DueRow.job) == job, col(DueRow.due) == due)
    await session.exec(update(DueRow).where(*key).values(done_at=at, trouble=trouble))
    await session.exec(delete(DueRow).where(col(DueRow.due) < at - KEPT))
