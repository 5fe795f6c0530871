"""APScheduler as the clock and nothing else: time becomes rows, and who owns a row runs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.clock import Clock
from bot.jobs.catalogue import Job
from bot.store import due
from bot.store.database import Database

log = structlog.get_logger(__name__)

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Beat:
    """Makes jobs due."""

    def __init__(self, jobs: Sequence[Job], database: Database, clock: Clock) -> None:
        self._jobs, self._database, self._clock = tuple(jobs), database, clock
        self._owner = uuid4().hex
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    @property
    def running(self) -> bool:
        """Whether the clock ticks."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Start ticking."""
        for job in self._jobs:
            self._scheduler.add_job(
                self.strike,
                IntervalTrigger(seconds=int(job.every.total_seconds()), start_date=EPOCH),
                args=[job],
                name=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking."""
        if self.running:
            self._scheduler.shutdown(wait=False)

    async def strike(self, job: Job) -> bool:
        """The job may be due: run it, unless its run for this instant has an owner."""
        instant = last_due(self._clock.now(), job.every)
        if not await due.take(self._database, job.name, instant, self._owner):
            return False
        trouble = ""
        try:
            await job.work()
        except Exception as broken:
            log.exception("a job failed", job=job.name, exc_info=broken)
            trouble = type(broken).__name__
        async with self._database.write() as session:
            await due.done(session, job.name, instant, self._clock.now(), trouble)
        return True


def last_due(now: datetime, every: timedelta) -> datetime:
    """The newest whole multiple of the interval, not after now."""
    return EPOCH + (now - EPOCH) // every * every
