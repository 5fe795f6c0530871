"""How it stands: accounts, deliveries, what waits to be sent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.clock import Clock
from bot.domain.errors import BotError
from bot.domain.states import ChangeState, DeliveryState
from bot.services.accounts import Account, Accounts
from bot.store import cards, changes, cursors, deliveries
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """One account.

    Attributes:
        trouble: why it cannot be used now; empty when it answers.
        poll_trouble: why its call history cannot be read.
    """

    account: Account
    trouble: str
    last_delivery: datetime | None
    last_poll: datetime | None
    poll_trouble: str


@dataclass(frozen=True, slots=True)
class Health:
    """The whole.

    Attributes:
        cards_waiting: not yet given to Slack.
        cards_refused: refused by Slack for good.
        undecided: changes that wait for a second person.
        doubtful: changes whose outcome is unknown.
    """

    accounts: list[AccountHealth]
    cards_waiting: int
    cards_refused: int
    undecided: int
    doubtful: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits in the database, and what became of changes; a state without rows counts 0."""

    deliveries: Mapping[DeliveryState, int]
    changes: Mapping[ChangeState, int]
    cards_waiting: int
    cards_refused: int


class Checkup:
    """Looks how it stands."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock) -> None:
        self._database, self._accounts = database, accounts
        self._since = clock.now()

    async def look(self) -> Health:
        """Ask every account, and count what waits."""
        accounts = await asyncio.gather(*map(self._account, self._accounts))
        async with self._database.read() as session:
            waiting, refused = await cards.count_behind(session)
            undecided = await changes.in_state(session, ChangeState.WAITING)
            doubtful = await changes.in_state(session, ChangeState.UNKNOWN)
        return Health(list(accounts), waiting, refused, len(undecided), len(doubtful), self._since)

    async def count(self) -> Counts:
        """Count rows; asks no account."""
        async with self._database.read() as session:
            unsettled = await deliveries.count_unsettled(session)
            by_state = await changes.count(session)
            waiting, refused = await cards.count_behind(session)
        unread = [state for state in DeliveryState if state is not DeliveryState.DONE]
        return Counts(
            {state: unsettled.get(state, 0) for state in unread},
            {state: by_state.get(state, 0) for state in ChangeState},
            waiting,
            refused,
        )

    async def _account(self, account: Account) -> AccountHealth:
        try:
            await account.telephony.ping()
            trouble = ""
        except BotError as error:
            trouble = error.user_message
        async with self._database.read() as session:
            delivery = await deliveries.last_received(session, account.name)
            cursor = await cursors.get(session, f"history {account.name}")
        return AccountHealth(
            account,
            trouble,
            delivery,
            cursor.seen_at if cursor else None,
            cursor.trouble if cursor else "",
        )
