"""Deliveries of providers: kept as they came and answered at once, then read."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.domain.clock import Clock
from bot.domain.errors import DeliveryRefused, NotThere
from bot.domain.states import DeliveryState
from bot.domain.telephony import CallSeen
from bot.services.accounts import Accounts
from bot.services.background import Background, Bell
from bot.services.calls import Calls
from bot.store import deliveries
from bot.store.database import Database, Session

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a delivery.

    Attributes:
        trouble: why it could not be read.
    """

    state: DeliveryState
    trouble: str = ""


class Intake:
    """Where deliveries come in.

    Attributes:
        accepted: how many came since the start, repeated ones too, by account and kind; a kind that
            the account's provider does not send counts as `other`.
    """

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
        self.accepted: Counter[tuple[str, str]] = Counter()

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
                headers={name: _storable(value) for name, value in headers.items()},
                body=body,
                address=address,
                at=self._clock.now(),
            )
        known = kind in self._accounts.get(account).hooks
        self.accepted[account, kind if known else "other"] += 1
        if row is not None and row.id is not None:
            self._background.spawn(self.read(row.id), f"read delivery {row.id}")

    async def recover(self) -> None:
        """After a start: read what an earlier process accepted and did not read."""
        async with self._database.read() as session:
            rows = await deliveries.unread(session)
        for row in rows:
            if row.id is not None:
                await self.read(row.id)

    async def read(self, id_: int) -> Reading:
        """Read one stored delivery; its effects and its state commit together.

        Raises:
            NotThere: there is no such delivery.
        """
        try:
            async with self._database.write() as session:
                reading = await self._read(session, id_)
                await deliveries.settle(session, id_, reading.state, reading.trouble)
        except NotThere:
            raise
        except Exception as broken:
            # Kept and told, or it would be met again at every start.
            log.exception("a delivery broke its reader", delivery=id_, exc_info=broken)
            reading = Reading(
                DeliveryState.UNREADABLE, f"Reading it failed ({type(broken).__name__})."
            )
            async with self._database.write() as session:
                await deliveries.settle(session, id_, reading.state, reading.trouble)
        if reading.state is not DeliveryState.DONE:
            log.warning("delivery not understood", delivery=id_, why=reading.trouble)
        self._bell.ring()
        return reading

    async def _read(self, session: Session, id_: int) -> Reading:
        row = await deliveries.get(session, id_)
        if row is None:
            raise NotThere(f"There is no delivery {id_}.")
        if row.account not in self._accounts:
            why = f"The settings have no account {row.account} any more."
            return Reading(DeliveryState.UNREADABLE, why)
        account = self._accounts.get(row.account)
        if row.kind not in account.hooks:
            why = f"{account.telephony.title} sends no {row.kind}, as far as is known."
            return Reading(DeliveryState.UNKNOWN_KIND, why)
        try:
            content_type = row.headers.get("content-type", "")
            told = list(account.news(row.kind, row.body, content_type, row.received_at))
        except DeliveryRefused as wrong:
            return Reading(DeliveryState.UNREADABLE, wrong.user_message)
        for news in told:
            if isinstance(news, CallSeen):
                await self._calls.learn(session, row.account, news)
            else:
                # A text needs no row of its own: the provider keeps it, and it is listed there.
                log.info("a text came in", account=row.account, text=news.id)
        return Reading(DeliveryState.DONE)


def _storable(header: str) -> str:
    """The header without what PostgreSQL's JSON refuses: bytes that are no UTF-8."""
    return header.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "�")
