"""What durable things are, seen from above the store: their states and their values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.numbers import Party
from bot.domain.telephony import Verdict


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    NEW = "new"
    DONE = "done"
    UNREADABLE = "unreadable"
    UNKNOWN_KIND = "unknown_kind"


class CallState(StrEnum):
    """What the team has done about a missed call."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    ANSWERED = "answered"


class CardKind(StrEnum):
    """What a card shows."""

    CALL = "call"
    CHANGE = "change"
    ANSWER = "answer"


class ChangeState(StrEnum):
    """A change's way: each step is one conditional UPDATE."""

    WAITING = "waiting"
    READY = "ready"
    APPLYING = "applying"
    CONFIRMED = "confirmed"
    DIFFERS = "differs"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DENIED = "denied"
    EXPIRED = "expired"

    @property
    def approved(self) -> bool:
        """Whether a second person, where one was needed, said yes."""
        return self not in (ChangeState.WAITING, ChangeState.DENIED, ChangeState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Call:
    """One call, and what the team does about it.

    Attributes:
        line: name of the line that was called; empty where none is configured.
        waited: seconds that the caller waited.
        by: Slack id of who claimed or closed it; name in `by_name`.
        at: when.
    """

    id: UUID
    account: str
    line: str
    caller: Party
    called: Party
    verdict: Verdict
    waited: int | None
    started_at: datetime
    state: CallState
    by: str | None
    by_name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """A wish to change something at a provider, and what became of it.

    Attributes:
        summary: one line of what becomes different.
        details: the differences in words.
        outcome: what is true now, in words; empty until it is settled.
    """

    id: UUID
    account: str
    summary: str
    details: tuple[str, ...]
    state: ChangeState
    asked_by: str
    asked_name: str
    asked_at: datetime
    expires_at: datetime | None
    decided_by: str | None
    decided_name: str
    decided_at: datetime | None
    outcome: str
    hint: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that happened."""

    at: datetime
    who: str
    who_name: str
    what: str
    subject: str
    account: str
    words: str
