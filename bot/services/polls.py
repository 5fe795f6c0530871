"""Reading call histories: for accounts that send nothing, and for what was lost on the way."""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.domain.clock import Clock
from bot.domain.errors import BotError, Unsupported
from bot.domain.telephony import Capability
from bot.services.accounts import Account, Accounts
from bot.services.background import Bell
from bot.services.calls import Calls
from bot.store import cursors
from bot.store.database import Database

log = structlog.get_logger(__name__)

OVERLAP = timedelta(minutes=15)
"""A call is in the history only after it ended, so each poll reads a bit of the past again."""


class Polls:
    """Reads the call history of accounts, each from where it stopped."""

    def __init__(
        self, database: Database, accounts: Accounts, calls: Calls, bell: Bell, clock: Clock
    ) -> None:
        self._database, self._accounts, self._calls = database, accounts, calls
        self._bell, self._clock = bell, clock

    async def run(self, account_name: str) -> None:
        """Read one account's history; trouble is written down, and logged when it begins."""
        account = self._accounts.get(account_name)
        now, name = self._clock.now(), f"history {account.name}"
        async with self._database.read() as session:
            cursor = await cursors.get(session, name)
        since = (cursor.at if cursor else now) - OVERLAP
        try:
            history = await account.telephony.call_history(since, now)
        except Unsupported:
            return
        except BotError as trouble:
            async with self._database.write() as session:
                first = await cursors.stumble(session, name, since, trouble.user_message)
            if first:
                log.warning("call history cannot be read", account=account.name, why=str(trouble))
            return
        for seen in history:
            async with self._database.write() as session:
                await self._calls.learn(session, account.name, seen)
        async with self._database.write() as session:
            await cursors.advance(session, name, now)
        self._bell.ring()

    def polled(self) -> list[Account]:
        """The accounts whose history is to be read."""
        return [
            account
            for account in self._accounts.able(Capability.CALL_HISTORY)
            if account.poll_minutes
        ]
