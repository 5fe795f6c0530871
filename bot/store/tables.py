"""The tables. Rows are desired state and facts, not messages in a queue (design, section 5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.numbers import read_party
from bot.domain.states import (
    AuditLine,
    Call,
    CallState,
    CardKind,
    Change,
    ChangeState,
    DeliveryState,
)
from bot.domain.telephony import Verdict
from bot.store.types import Instant, JsonColumn, words_of


def _instant(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(
        default=None, sa_column_kwargs={"nullable": nullable}, sa_type=Instant, index=index
    )


def _json() -> Any:
    return Field(default_factory=dict, sa_type=JsonColumn)


class DeliveryRow(SQLModel, table=True):
    """What a provider sent, as it came and untrusted.

    Attributes:
        fingerprint: of account, kind and body; a repeated delivery has the same.
        times: how often it came.
        trouble: why it could not be read.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("fingerprint"), Index("delivery_state", "state"))

    id: int | None = Field(default=None, primary_key=True)
    account: str
    kind: str
    fingerprint: str
    headers: dict[str, str] = _json()
    body: bytes
    address: str = ""
    received_at: datetime = _instant()
    times: int = 1
    state: DeliveryState = Field(default=DeliveryState.NEW, sa_type=words_of(DeliveryState))
    trouble: str = ""


class CallRow(SQLModel, table=True):
    """One call as the provider's latest news tell it, and what the team does about it.

    Attributes:
        call_id: the provider's id; one row a call and account.
        caller, called: as `numbers.write_party` spells them.
        line: name of the line that was called.
        verdict: name of a `telephony.Verdict`.
    """

    __tablename__ = "call"
    __table_args__ = (UniqueConstraint("account", "call_id"), Index("call_state", "state"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account: str
    call_id: str
    line: str = ""
    caller: str = ""
    called: str = ""
    verdict: str
    waited: int | None = None
    started_at: datetime = _instant(index=True)
    state: CallState = Field(default=CallState.OPEN, sa_type=words_of(CallState))
    by: str | None = None
    by_name: str = ""
    at: datetime | None = _instant(nullable=True)

    def value(self) -> Call:
        """The call as the domain knows it."""
        return Call(
            **self.model_dump(exclude={"call_id", "caller", "called", "verdict"}),
            caller=read_party(self.caller),
            called=read_party(self.called),
            verdict=Verdict[self.verdict],
        )


class CardRow(SQLModel, table=True):
    """A message in Slack that always shows the present state of its subject.

    Attributes:
        wanted: grows whenever the subject changes.
        given: the `wanted` that Slack was last given; behind it means work for the sender.
        ts: Slack's id of the message, once it is known to be posted.
        posting_since: set before the first post is sent; with no `ts` it means: look first.
        trouble: Slack's word where it refused for good; an admin must act.
    """

    __tablename__ = "card"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: CardKind = Field(sa_type=words_of(CardKind))
    subject: UUID
    channel: str
    wanted: int = 1
    given: int = 0
    ts: str | None = None
    posting_since: datetime | None = _instant(nullable=True)
    wanted_since: datetime = _instant()
    trouble: str = ""


class ChangeRow(SQLModel, table=True):
    """An intent to change something at a provider, and what became of it.

    Attributes:
        action: the intent itself, `services.actions` reads it.
        summary: one line of what becomes different, made when it was asked.
        details: the differences in words.
        channel: where it was asked; the answer goes there, or to the asker.
        owner: the process that applies it; only that one may record the outcome.
        outcome: what is true now, in words.
    """

    __tablename__ = "change"
    __table_args__ = (Index("change_state", "state"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account: str
    action: dict[str, Any] = _json()
    summary: str
    details: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    state: ChangeState = Field(sa_type=words_of(ChangeState))
    asked_by: str
    asked_name: str
    asked_at: datetime = _instant()
    channel: str = ""
    expires_at: datetime | None = _instant(nullable=True)
    decided_by: str | None = None
    decided_name: str = ""
    decided_at: datetime | None = _instant(nullable=True)
    owner: str | None = None
    settled_at: datetime | None = _instant(nullable=True)
    outcome: str = ""
    hint: str = ""

    def value(self) -> Change:
        """The change as the domain knows it."""
        names = Change.__dataclass_fields__.keys() - {"details"}
        return Change(**self.model_dump(include=set(names)), details=tuple(self.details))


class AuditRow(SQLModel, table=True):
    """One thing that happened, for the record; rows are only ever added."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _instant(index=True)
    who: str
    who_name: str
    what: str
    subject: str
    account: str = ""
    change: UUID | None = Field(default=None, index=True)
    words: str = ""

    def value(self) -> AuditLine:
        """The line as the domain knows it."""
        return AuditLine(**self.model_dump(include=set(AuditLine.__dataclass_fields__)))


class CursorRow(SQLModel, table=True):
    """Up to where a poll has read."""

    __tablename__ = "cursor"

    name: str = Field(primary_key=True)
    at: datetime = _instant()
    trouble: str = ""
    seen_at: datetime | None = _instant(nullable=True)


class DueRow(SQLModel, table=True):
    """One run of a job, keyed by job and due instant, so that it runs once.

    Attributes:
        done_at: empty while it runs, and where its process died.
    """

    __tablename__ = "due"

    job: str = Field(primary_key=True)
    due: datetime = Field(primary_key=True, sa_type=Instant)
    owner: str = ""
    done_at: datetime | None = _instant(nullable=True)
    trouble: str = ""
