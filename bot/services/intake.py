"""Deliveries of providers: kept as they came and answered at once, then read."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

import structlog

from bot.domain.clock import Clock
from bot.domain.errors import DeliveryRefused, NotThere
from bot.domain.states import DeliveryState
from bot.services.accounts import Accounts
from bot.services.background import Background, Bell
from bot.services.calls import Calls
from bot.store import deliveries
from bot.store.database import Database

log = structlog.get_logger(__name__)


class Intake:
    """Where deliveries come in."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        calls: Calls,
        background: Background,
        bell: Bell,
        clock: Clock,
    ) -> None:
        self._database, self._accounts, self._calls = database, accounts, calls
        self._background, self._bell, self._clock = background, bell, clock

    def knows(self, account: str, secret: str) -> bool:
        """Whether this address is one of ours; compared in constant time."""
        secrets = self._accounts.get(account).secrets if account in self._accounts else ("",)
        matches = [hmac.compare_digest(secret.encode(), known.encode()) for known in secrets]
        return any(matches) and secret != ""

    async def accept(
        self, account: str, kind: str, *, headers: Mapping[str, str], body: bytes, address: str
    ) -> None:
        """Keep a delivery; once this returns it is durable, and will be read."""
        async with self._database.write() as session:
            row = await deliveries.keep(
                session,
                account=account,
                kind=kind,
                headers=headers,
                body=body,
                address=address,
                at=self._clock.now(),
            )
        if row is not None and row.id is not None:
            self._background.spawn(self.read(row.id), f"read delivery {row.id}")

    async def recover(self) -> None:
        """After a start: read what an earlier process accepted and did not read."""
        async with self._database.read() as session:
            rows = await deliveries.unread(session)
        for row in rows:
            if row.id is not None:
                await self.read(row.id)

    async def read(self, id_: int) -> DeliveryState:
        """Read one stored delivery; its effects and its state commit together.

        Raises:
            NotThere: there is no such delivery.
        """
        async with self._database.write() as session:
            row = await deliveries.get(session, id_)
            if row is None:
                raise NotThere(f"There is no delivery {id_}.")
            account = self._accounts.get(row.account)
            if row.kind not in account.hooks:
                state, trouble = DeliveryState.UNKNOWN_KIND, ""
            else:
                try:
                    content_type = row.headers.get("content-type", "")
                    seen = list(account.news(row.kind, row.body, content_type))
                    for news in seen:
                        await self._calls.learn(session, row.account, news)
                    state, trouble = DeliveryState.DONE, ""
                except DeliveryRefused as wrong:
                    state, trouble = DeliveryState.UNREADABLE, wrong.user_message
            await deliveries.settle(session, id_, state, trouble)
        if state is not DeliveryState.DONE:
            log.warning("delivery not understood", delivery=id_, kind=row.kind, state=state.value)
        self._bell.ring()
        return state
