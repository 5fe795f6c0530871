"""Finished calls, and those that were recorded."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import Field, ValidationInfo, field_validator, model_validator

from bot.providers.operations import Effect, Whole
from bot.providers.voipms.operations.base import VoipmsOperation
from bot.providers.voipms.parameters import Day, Given, Offset, Switch, Word, in_order
from bot.providers.voipms.wire import Answer, Count, Many, Money, Option, Record, Text

R = TypeVar("R")


class DateRange(VoipmsOperation[R], Generic[R]):
    """A call about some days, 92 at most."""

    date_from: Day = Field(description="first day")
    date_to: Day = Field(description="last day, at most 92 days later")

    @field_validator("date_to")
    @classmethod
    def _follows(cls, end: Day, told: ValidationInfo) -> Day:
        if "date_from" in told.data:
            in_order(told.data["date_from"], end)
        return end


class CallRecord(Record):
    """A finished call."""

    date: Text = None
    callerid: Text = None
    destination: Text = None
    description: Text = None
    account: Text = None
    disposition: Text = None
    duration: Text = None
    seconds: Count = None
    rate: Money = None
    total: Money = None
    uniqueid: Text = None
    destination_type: Text = None
    call_logs: Text = None


class CallRecords(Answer):
    """Finished calls."""

    cdr: Many[CallRecord]


class ListCalls(DateRange[CallRecords], call="getCDR", alias="call.list", effect=Effect.READS):
    """Gets the finished calls of some days that ended in one of the given ways."""

    empty = frozenset({"no_cdr"})

    answered: Switch | None = Field(None, description="those that were answered")
    noanswer: Switch | None = Field(None, description="those that nobody answered")
    busy: Switch | None = Field(None, description="those that met a busy line")
    failed: Switch | None = Field(None, description="those that failed")
    timezone: Offset = Field(description="hours by which times are shifted: -12 to 13")
    calltype: Word | None = Field(None, description="as getCallTypes lists them")
    callbilling: Word | None = Field(None, description="as getCallBilling lists them")
    account: Word | None = Field(None, description="as getCallAccounts lists them")

    @model_validator(mode="after")
    def _some_are_wanted(self) -> Self:
        if not (self.answered or self.noanswer or self.busy or self.failed):
            raise ValueError("answered, noanswer, busy, failed: one of them is 1 at least")
        return self


class CallAccounts(Answer):
    """Values of getCDR's account."""

    accounts: Many[Option]


class ListCallAccounts(
    VoipmsOperation[CallAccounts],
    call="getCallAccounts",
    alias="call.accounts",
    effect=Effect.READS,
):
    """Gets the accounts that calls can be listed of."""

    empty = frozenset({"no_account"})

    client: Word | None = Field(None, description="only those of this reseller's client")


class CallBillings(Answer):
    """Values of getCDR's callbilling."""

    call_billing: Many[Option]


class ListCallBilling(
    VoipmsOperation[CallBillings],
    call="getCallBilling",
    alias="call.billing",
    effect=Effect.READS,
):
    """Gets the ways in which calls are billed."""


class CallTypes(Answer):
    """Values of getCDR's calltype."""

    call_types: Many[Option]


class ListCallTypes(
    VoipmsOperation[CallTypes], call="getCallTypes", alias="call.types", effect=Effect.READS
):
    """Gets the types that calls can be listed of."""

    client: Word | None = Field(None, description="as this reseller's client sees them")


class CallRecording(Record):
    """A recorded call."""

    callrecording: Text = None
    datetime: Text = None
    destination: Text = None
    type: Text = None
    subaccount: Text = None
    duration: Text = None


class CallRecordings(Answer):
    """Recorded calls."""

    recordings: Many[CallRecording]


class ListCallRecordings(
    DateRange[CallRecordings],
    call="getCallRecordings",
    alias="call.recordings",
    effect=Effect.READS,
):
    """Gets the recorded calls of an account and some days."""

    # Which code says that there is none is not documented; this is the one of recordings.
    empty = frozenset({"no_recording"})

    account: Given = Field(description="as getCallAccounts lists them")
    start: Annotated[Whole, Field(ge=0)] | None = Field(None, description="rows to leave out")
    length: Annotated[Whole, Field(ge=1)] | None = Field(None, description="rows at most")
    call_type: Literal["all", "incoming", "outgoing"] | None = Field(
        None, description="which way the calls went"
    )


class CallRecordingFile(Answer, CallRecording):
    """A recorded call with its sound, MP3 in base64."""

    base64file: Text = None


class GetCallRecording(
    VoipmsOperation[CallRecordingFile],
    call="getCallRecording",
    alias="call.recording",
    effect=Effect.READS,
):
    """Gets a recorded call with its sound."""

    account: Given = Field(description="the account, as getCallAccounts lists them")
    callrecording: Given = Field(description="the recording, as getCallRecordings lists them")


CALLS = (
    ListCalls,
    ListCallAccounts,
    ListCallBilling,
    ListCallTypes,
    ListCallRecordings,
    GetCallRecording,
)
