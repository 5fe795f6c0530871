"""The sender: gives Slack the newest state of every card that is behind.

A card is a row, not a message in a queue: bursts merge, order is free, and a crash repeats nothing.
A first post whose answer was lost is looked for by its metadata before it is posted again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import structlog
from aiolimiter import AsyncLimiter

from bot.domain.clock import Clock
from bot.domain.states import CardKind
from bot.services.background import Bell
from bot.services.services import Services
from bot.slack.blocks import Message
from bot.slack.declare import CardFace
from bot.slack.gateway import Gateway, SlackTrouble
from bot.store import cards
from bot.store.database import Database
from bot.store.tables import CardRow

log = structlog.get_logger(__name__)

EVENT_TYPE = "switchboard_card"
IDLE = 5.0
"""Seconds after which the sender looks without being called."""

BURST = 3
"""Messages that a channel takes at once; after that one a second (Slack's own limit)."""

SLACK_CLOCK = 300.0
"""Seconds by which Slack's clock may be behind ours when we look for a post."""


class Sender:
    """Posts and updates cards."""

    def __init__(
        self,
        database: Database,
        gateway: Gateway,
        faces: Mapping[CardKind, CardFace],
        services: Services,
        bell: Bell,
        clock: Clock,
    ) -> None:
        self._database, self._gateway, self._faces = database, gateway, faces
        self._services, self._bell, self._clock = services, bell, clock
        self._pace: dict[str, AsyncLimiter] = {}
        self._not_before: dict[str, float] = {}

    async def run(self) -> None:
        """Send for ever, beginning with what Slack refused before this start."""
        async with self._database.write() as session:
            await cards.forgive(session)
        while True:
            try:
                left = await self.send_all()
            except Exception as broken:
                log.exception("the sender stumbled", exc_info=broken)
                left = False
            await self._bell.wait(0.5 if left else IDLE)

    async def send_all(self) -> bool:
        """Send what is behind and may be sent now; answers whether something is left."""
        async with self._database.read() as session:
            rows = await cards.behind(session)
        left = False
        for row in rows:
            if not self._may_send(row.channel):
                left = True
                continue
            left |= not await self._send(row)
        return left

    def _may_send(self, channel: str) -> bool:
        if self._not_before.get(channel, 0) > self._clock.now().timestamp():
            return False
        return self._pace.setdefault(channel, AsyncLimiter(BURST, BURST)).has_capacity()

    async def _send(self, row: CardRow) -> bool:
        await self._pace[row.channel].acquire()
        try:
            face = await self._faces[row.kind](self._services, row.subject)
            metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": str(row.id)}}
            ts = await self._give(row, replace(face, metadata=metadata))
        except SlackTrouble as trouble:
            return await self._stopped(row, trouble)
        except Exception as broken:
            log.exception("a card cannot be shown", card=str(row.id), exc_info=broken)
            async with self._database.write() as session:
                await cards.refused(session, row.id, "cannot be shown")
            return True
        async with self._database.write() as session:
            await cards.gave(session, row.id, version=row.wanted, ts=ts)
        return True

    async def _give(self, row: CardRow, message: Message) -> str:
        ts = row.ts or await self._posted_before(row)
        if ts is None:
            async with self._database.write() as session:
                await cards.begin_post(session, row.id, self._clock.now())
            return await self._gateway.post(row.channel, message)
        await self._gateway.update(await self._gateway.channel_of(row.channel), ts, message)
        return ts

    async def _posted_before(self, row: CardRow) -> str | None:
        """The post of an earlier try, if Slack took it."""
        begun: datetime | None = row.posting_since
        if begun is None:
            return None
        since = begun.timestamp() - SLACK_CLOCK
        return await self._gateway.find(row.channel, EVENT_TYPE, str(row.id), since)

    async def _stopped(self, row: CardRow, trouble: SlackTrouble) -> bool:
        """Slack did not take it: for good, for now, or nobody knows."""
        if trouble.final:
            log.error("Slack refuses a card", card=str(row.id), why=trouble.code)
            async with self._database.write() as session:
                await cards.refused(session, row.id, trouble.code)
            return True
        wait = trouble.retry_after or 1.0
        self._not_before[row.channel] = self._clock.now().timestamp() + wait
        log.warning("Slack did not take a card", card=str(row.id), why=trouble.code)
        return False
