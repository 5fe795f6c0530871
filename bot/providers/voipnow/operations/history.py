"""Calls that are over: the call detail records (fact sheet B7).

What a record holds is in no page that we have seen whole; the fields are those that public clients
read: a call has `published` and connections, each with its source, destination and duration.
"""

# ruff: noqa: N815 - the names are the provider's

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from bot.providers.voipnow.operations.paging import OfUser, Paged
from bot.providers.voipnow.wire import (
    AsText,
    Collection,
    Digit,
    Number,
    PhoneNumber,
    VoipNowOperation,
    Wire,
    Word,
)


def _a_time(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Time = Annotated[str, AfterValidator(_a_time)]
Disposition = Annotated[Literal[0, 1, 2, 3, 4, 5], Digit, AsText]
Flow = Annotated[Literal[2, 4, 8], Digit, AsText]


class CallRecordView(Wire):
    """One connection of a call that is over; `duration` in seconds."""

    source: Any = None
    destination: Any = None
    callerId: Any = None
    extension: Any = None
    answered: Any = None
    duration: Number = None
    flow: Number = None
    disposition: Number = None


class CallRecord(Wire):
    """A call that is over."""

    id: Word = None
    extension: Any = None
    published: Any = None
    answered: Any = None
    source: Any = None
    destination: Any = None
    duration: Number = None
    flow: Number = None
    disposition: Number = None
    phoneCallView: list[CallRecordView] = Field(default_factory=list)

    def views(self) -> list[CallRecordView]:
        """The call's connections; the call itself where it names none."""
        if self.phoneCallView:
            return self.phoneCallView
        known = CallRecordView.model_fields
        return [CallRecordView.model_validate({n: v for n, v in self if n in known})]


class ListRecords(
    Paged[Collection[CallRecord]], OfUser, call="GET /uapi/cdr/{userId}", alias="cdr.list"
):
    """Gets calls that are over; those of this month where no dates are given."""

    source: PhoneNumber | None = Field(None, description="number or extension that called")
    destination: PhoneNumber | None = Field(None, description="number or extension called")
    startDate: Time | None = Field(None, description="from here, like 2024-10-05T00:00:00")
    endDate: Time | None = Field(None, description="to here")
    saveStartDate: Time | None = Field(None, description="saved from here on")
    saveEndDate: Time | None = Field(None, description="saved up to here")
    disposition: Disposition | None = Field(
        None,
        description="0 answered, 1 busy, 2 failed, 3 no answer, 4 unknown, 5 not allowed",
    )
    flow: Flow | None = Field(None, description="2 local, 4 out, 8 in")


class CallSums(Wire):
    """How many calls there were; `type` is 0 in, 1 out."""

    type: Number = None
    total: Number = None
    answered: Number = None
    unanswered: Number = None
    busy: Number = None
    failed: Number = None
    unknown: Number = None
    unallowed: Number = None


class Statistics(Wire):
    """Sums of calls by direction."""

    phoneCallStat: list[CallSums]


class CountRecords(
    VoipNowOperation[Statistics], OfUser, call="GET /uapi/cdr/stats/{userId}", alias="cdr.stats"
):
    """Gets how many calls there were, by direction and outcome."""

    nothing: ClassVar[Any] = {"phoneCallStat": []}


HISTORY_CALLS = (ListRecords, CountRecords)
