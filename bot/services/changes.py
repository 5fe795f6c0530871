"""The one way in which anything is changed at a provider.

Asked, checked, stored; decided by a second person where the action says so; sent once; read back;
its outcome stored, told and audited. Each step is one conditional UPDATE, so that a race has one
winner and a process that dies leaves a row that says how far it came: what was about to be sent is
sent, what may have been sent is never sent again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog
from pydantic import ValidationError

from bot.domain.clock import Clock
from bot.domain.errors import BotError, NotAllowed, NotThere, OutcomeUnknown, TooLate
from bot.domain.people import Person, Right
from bot.domain.states import CardKind, Change, ChangeState
from bot.services.accounts import Accounts
from bot.services.actions import ACTION, Action
from bot.services.background import Background, Bell
from bot.services.inventory import Inventory
from bot.services.permissions import Permissions
from bot.store import audit, cards, changes
from bot.store.database import Database, Session
from bot.store.tables import ChangeRow

log = structlog.get_logger(__name__)

WAITS = timedelta(hours=24)
"""How long a change waits for a second person."""

SYSTEM = Person("switchboard", "Switchboard")


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: ChangeState
    words: str
    hint: str = ""


class Changes:
    """Asks, decides, applies.

    Args:
        approvals: channel in which a second person is asked.
        owner: names this process on the rows that it applies; fresh at every start.
    """

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        permissions: Permissions,
        inventory: Inventory,
        background: Background,
        bell: Bell,
        clock: Clock,
        *,
        approvals: str,
        owner: str | None = None,
    ) -> None:
        self._database, self._accounts, self._permissions = database, accounts, permissions
        self._inventory, self._background, self._bell = inventory, background, bell
        self._clock, self._approvals = clock, approvals
        self._owner = owner or uuid4().hex
        self._applying: dict[UUID, asyncio.Task[None]] = {}

    async def ask(self, action: Action, by: Person, channel: str) -> Change:
        """Ask for a change; what needs no second person is applied before this returns.

        Raises:
            NotAllowed: the person lacks the action's right.
            UserMistake: it cannot work, or nothing would change.
        """
        change = await self.intend(action, by, channel)
        if change.state is ChangeState.READY:
            await self._applied(change.id)
        return await self.get(change.id)

    async def intend(self, action: Action, by: Person, channel: str) -> Change:
        """Store the wish to change something, durably, and start on it; does not wait for it."""
        await self._permissions.require(by, action.right)
        action.check()
        names = await self._inventory.names(action.account)
        now = self._clock.now()
        waiting = action.waits
        row = ChangeRow(
            account=action.account,
            action=ACTION.dump_python(action, mode="json"),
            summary=action.summary(),
            details=action.details(names),
            state=ChangeState.WAITING if waiting else ChangeState.READY,
            asked_by=by.id,
            asked_name=by.name,
            asked_at=now,
            channel=channel,
            expires_at=now + WAITS if waiting else None,
        )
        async with self._database.write() as session:
            await changes.add(session, row)
            self._note(session, row, by, "asked", "; ".join(row.details))
            if waiting:
                await cards.want(session, CardKind.CHANGE, row.id, self._approvals, now)
        self._bell.ring()
        if not waiting:
            self._start(row.id)
        return row.value()

    async def get(self, id_: UUID) -> Change:
        """One change.

        Raises:
            NotThere: there is none.
        """
        return (await self._row(id_)).value()

    async def _row(self, id_: UUID) -> ChangeRow:
        async with self._database.read() as session:
            row = await changes.get(session, id_)
        if row is None:
            raise NotThere("This change is not known any more.")
        return row

    async def decide(self, id_: UUID, by: Person, *, approve: bool) -> Change:
        """Approve or deny; the first decision counts. Applying goes on in the background.

        Raises:
            NotAllowed: not the right to approve, or one's own request.
            TooLate: decided already (says by whom), or expired.
        """
        row = await self._row(id_)
        verdict = "approved" if approve else "denied"
        try:
            await self._may_decide(row, by)
        except NotAllowed:
            async with self._database.write() as session:
                self._note(session, row, by, "refused", f"wanted to be the one who {verdict} it")
            raise
        now = self._clock.now()
        state = ChangeState.READY if approve else ChangeState.DENIED
        async with self._database.write() as session:
            won = await changes.decide(session, id_, state, by, now)
            if won:
                self._note(session, row, by, verdict)
                await self._show(session, row, now, answer=not approve)
        self._bell.ring()
        if not won:
            raise self._too_late(await self.get(id_))
        if approve:
            self._start(id_)
        return await self.get(id_)

    async def expire(self) -> int:
        """End the changes that waited too long; answers how many."""
        now, ended = self._clock.now(), 0
        async with self._database.read() as session:
            waiting = await changes.in_state(session, ChangeState.WAITING)
        for row in waiting:
            async with self._database.write() as session:
                if await changes.expire(session, row.id, now):
                    self._note(session, row, SYSTEM, "expired")
                    await self._show(session, row, now, answer=True)
                    ended += 1
        self._bell.ring()
        return ended

    async def recover(self) -> None:
        """After a start: apply what was decided, look at what may have been sent."""
        async with self._database.read() as session:
            ready = await changes.in_state(session, ChangeState.READY)
            begun = await changes.in_state(session, ChangeState.APPLYING)
        for row in ready:
            self._start(row.id, answer=True)
        for row in begun:
            if row.owner == self._owner:
                continue
            async with self._database.write() as session:
                mine = await changes.inherit(session, row.id, row.owner, self._owner)
            if mine:
                await self._settle(row, await self._interrupted(row), answer=True)

    async def _interrupted(self, row: ChangeRow) -> _Outcome:
        doubt = "Switchboard was stopped while this was being sent"
        if (action := _action(row)) is not None:
            return await self._looked(action, doubt)
        return _Outcome(
            ChangeState.UNKNOWN,
            f"{doubt}, by another version; this one cannot read what was to be done.",
            "It was not sent again. Look at it before you repeat it.",
        )

    def _start(self, id_: UUID, *, answer: bool = False) -> None:
        task = self._background.spawn(self._apply(id_, answer=answer), f"apply change {id_}")
        self._applying[id_] = task
        task.add_done_callback(lambda _: self._applying.pop(id_, None))

    async def _applied(self, id_: UUID) -> None:
        if task := self._applying.get(id_):
            await asyncio.shield(task)

    async def _apply(self, id_: UUID, *, answer: bool) -> None:
        row = await self._row(id_)
        async with self._database.write() as session:
            if not await changes.begin(session, id_, self._owner):
                return
            self._note(session, row, SYSTEM, "sent")
        if (action := _action(row)) is not None:
            outcome = await self._sent(action)
        else:
            outcome = _Outcome(
                ChangeState.FAILED,
                "Another version of Switchboard took this; nothing was sent.",
                "Ask again.",
            )
        await self._settle(row, outcome, answer=answer)

    async def _sent(self, action: Action) -> _Outcome:
        """Make the provider call, and look at what it did."""
        try:
            told = await action.apply(self._accounts.get(action.account).telephony) or ""
        except OutcomeUnknown as lost:
            return await self._looked(action, f"{lost.provider} gave no usable answer")
        except BotError as refused:
            return _Outcome(ChangeState.FAILED, refused.user_message, refused.hint)
        except Exception as broken:
            log.exception("a change broke", action=action.kind, exc_info=broken)
            return await self._looked(action, "Something unexpected happened while this was sent")
        try:
            took = await self._took(action)
        except BotError as unread:
            return _Outcome(
                ChangeState.UNKNOWN,
                f"It was accepted, but could not be read back: {unread.user_message}",
                "Look at it again in a minute.",
            )
        if took is None:
            words = f"The provider accepted it. {told}".strip()
            return _Outcome(ChangeState.CONFIRMED, words)
        if took:
            return _Outcome(ChangeState.CONFIRMED, "Done, and read back from the provider.")
        return _Outcome(
            ChangeState.DIFFERS,
            "It was accepted, but reading it back shows something else.",
            "Look at it; somebody may have changed it at the same moment.",
        )

    async def _looked(self, action: Action, doubt: str) -> _Outcome:
        """The call may or may not have happened: say what the provider shows now."""
        try:
            took = await self._took(action)
        except BotError as unread:
            return _Outcome(
                ChangeState.UNKNOWN,
                f"{doubt}, and it could not be read back: {unread.user_message}",
                "It was not sent again. Look at it before you repeat it.",
            )
        if took:
            return _Outcome(
                ChangeState.CONFIRMED, f"{doubt}, but reading it back shows it is done."
            )
        if took is None:
            words = f"{doubt}, so the outcome is unknown."
            return _Outcome(ChangeState.UNKNOWN, words, "It was not sent again.")
        return _Outcome(
            ChangeState.UNKNOWN,
            f"{doubt}, so the outcome is unknown. Reading it back shows the old state, so far.",
            "It was not sent again. Look once more in a minute before you repeat it.",
        )

    async def _took(self, action: Action) -> bool | None:
        """What reading back shows; an unexpected error is one of ours, or the row would hang."""
        try:
            return await action.took(self._accounts.get(action.account).telephony)
        except BotError:
            raise
        except Exception as broken:
            log.exception("reading back broke", action=action.kind, exc_info=broken)
            raise BotError("something unexpected happened; the log has it.") from broken

    async def _settle(self, row: ChangeRow, outcome: _Outcome, *, answer: bool) -> None:
        now = self._clock.now()
        async with self._database.write() as session:
            if not await changes.settle(
                session,
                row.id,
                self._owner,
                outcome.state,
                outcome=outcome.words,
                hint=outcome.hint,
                at=now,
            ):
                return
            self._note(session, row, SYSTEM, outcome.state.value, outcome.words)
            decided = row.expires_at is not None
            await self._show(session, row, now, answer=answer or decided)
        self._inventory.forget()
        self._bell.ring()

    async def _show(self, session: Session, row: ChangeRow, now: datetime, *, answer: bool) -> None:
        """Bring the card up to date, and tell who asked if they do not wait for the answer."""
        await cards.touch(session, CardKind.CHANGE, row.id, now)
        if answer:
            await cards.want(session, CardKind.ANSWER, row.id, row.asked_by, now)

    def _note(
        self, session: Session, row: ChangeRow, who: Person, what: str, words: str = ""
    ) -> None:
        audit.add(
            session,
            who,
            what,
            row.summary,
            at=self._clock.now(),
            account=row.account,
            change=row.id,
            words=words,
        )

    async def _may_decide(self, row: ChangeRow, by: Person) -> None:
        if row.asked_by == by.id:
            raise NotAllowed(
                "Nobody approves their own request.", hint="Another manager has to decide."
            )
        await self._permissions.require(by, Right.APPROVE)

    @staticmethod
    def _too_late(change: Change) -> TooLate:
        if change.state is not ChangeState.EXPIRED and change.decided_name:
            verdict = "approved" if change.state.approved else "denied"
            return TooLate(f"{change.decided_name} {verdict} this already.")
        return TooLate("This expired: nobody decided within 24 hours.", hint="Ask again.")


def _action(row: ChangeRow) -> Action | None:
    """What was asked; None where another version of Switchboard wrote it."""
    try:
        return ACTION.validate_python(row.action)
    except ValidationError:
        log.warning("a change cannot be read", change=str(row.id))
        return None
