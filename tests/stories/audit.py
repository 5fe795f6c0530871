"""The audit log as a story: what happened, in order."""

from __future__ import annotations

from bot.services.record import Record
from bot.store.database import Database


class Audit:
    """Reads the audit log."""

    def __init__(self, database: Database) -> None:
        self._record = Record(database)

    async def story(self) -> list[str]:
        """What was done, oldest first: asked, approved, sent, confirmed."""
        lines, _ = await self._record.page(0)
        return [line.what for line in reversed(lines)]

    async def who(self) -> list[str]:
        """Who did each of them."""
        lines, _ = await self._record.page(0)
        return [line.who_name for line in reversed(lines)]
