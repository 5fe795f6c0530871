"""The record of what was asked, decided and done."""

from __future__ import annotations

from bot.domain.states import AuditLine
from bot.store import audit
from bot.store.database import Database

PAGE = 15


class Record:
    """Reads the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, number: int) -> tuple[list[AuditLine], int]:
        """A page of lines (from 0), newest first, and how many lines there are in all."""
        async with self._database.read() as session:
            rows, count = await audit.page(session, limit=PAGE, offset=number * PAGE)
        return [row.value() for row in rows], count
