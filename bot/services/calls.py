"""Calls: news of them become rows, missed ones become cards that people claim and close."""

from __future__ import annotations

from uuid import UUID

from bot.domain.clock import Clock
from bot.domain.errors import NotThere, TooLate
from bot.domain.lines import Lines
from bot.domain.people import Person, Right
from bot.domain.states import Call, CallState, CardKind
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.services.background import Bell
from bot.services.permissions import Permissions
from bot.store import audit, calls, cards
from bot.store.database import Database, Session

PAGE = 10


class Calls:
    """The team's missed calls.

    Args:
        default_channel: where calls to a line without a channel of its own are shown.
    """

    def __init__(
        self,
        database: Database,
        permissions: Permissions,
        lines: Lines,
        bell: Bell,
        clock: Clock,
        *,
        default_channel: str,
    ) -> None:
        self._database, self._permissions, self._lines = database, permissions, lines
        self._bell, self._clock, self._default = bell, clock, default_channel

    async def learn(self, session: Session, account: str, seen: CallSeen) -> None:
        """Take in news of a call, and want its card, in one transaction."""
        if seen.direction is not Direction.INBOUND:
            return
        line = self._lines.called(account, seen.called)
        row = await calls.learn(session, account, line.name if line else "", seen)
        if row is None:
            return
        now = self._clock.now()
        if seen.verdict is Verdict.ANSWERED:
            await cards.touch(session, CardKind.CALL, row.id, now)
        else:
            channel = (line.channel if line else "") or self._default
            await cards.want(session, CardKind.CALL, row.id, channel, now)

    async def get(self, id_: UUID) -> Call:
        """One call.

        Raises:
            NotThere: there is none.
        """
        async with self._database.read() as session:
            row = await calls.get(session, id_)
        if row is None:
            raise NotThere("This call is not known any more.")
        return row.value()

    async def claim(self, id_: UUID, by: Person) -> Call:
        """Take a missed call, so that nobody else calls back; a second click changes nothing.

        Raises:
            TooLate: somebody else has it, or it is done.
        """
        await self._permissions.require(by, Right.ANSWER_CALLS)
        async with self._database.write() as session:
            won = await calls.claim(session, id_, by, self._clock.now())
            await self._moved(session, id_, by, "claimed", won=won)
        row = await self.get(id_)
        if not won and (row.state is not CallState.CLAIMED or row.by != by.id):
            raise TooLate(self._who_has(row))
        self._bell.ring()
        return row

    async def close(self, id_: UUID, by: Person) -> Call:
        """Say that a missed call needs nothing more.

        Raises:
            TooLate: it was closed already.
        """
        await self._permissions.require(by, Right.ANSWER_CALLS)
        async with self._database.write() as session:
            won = await calls.close(session, id_, by, self._clock.now())
            await self._moved(session, id_, by, "done", won=won)
        row = await self.get(id_)
        if not won and row.by != by.id:
            raise TooLate(self._who_has(row))
        self._bell.ring()
        return row

    async def missed(
        self, *, mine: Person | None, page: int, unclaimed: bool = False
    ) -> tuple[list[Call], int]:
        """A page of missed calls (from 0), newest first, and how many there are in all.

        Args:
            mine: only those that this person claimed.
            unclaimed: only those that nobody claimed.
        """
        async with self._database.read() as session:
            rows, count = await calls.missed(
                session,
                mine=mine.id if mine else None,
                limit=PAGE,
                offset=page * PAGE,
                unclaimed=unclaimed,
            )
        return [row.value() for row in rows], count

    async def _moved(
        self, session: Session, id_: UUID, by: Person, what: str, *, won: bool
    ) -> None:
        row = await calls.get(session, id_)
        if row is None or not won:
            return
        now = self._clock.now()
        await cards.touch(session, CardKind.CALL, id_, now)
        audit.add(session, by, what, f"missed call {id_}", at=now, account=row.account)

    @staticmethod
    def _who_has(row: Call) -> str:
        did = {
            CallState.CLAIMED: "claimed",
            CallState.DONE: "closed",
            CallState.ANSWERED: "answered",
        }
        return f"{row.by_name or 'Somebody'} {did.get(row.state, 'changed')} this call already."
