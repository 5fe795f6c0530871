"""Numbers of the account, and where their calls go."""

from __future__ import annotations

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.voipms.operations.base import Done, VoipmsOperation, failover, routing
from bot.providers.voipms.parameters import BillingType, Did, Switch, Word
from bot.providers.voipms.routing import Routing
from bot.providers.voipms.wire import Answer, Count, Flag, Many, Money, Record, Text


class NumberRecord(Record):
    """A number of the account."""

    did: Text = None
    description: Text = None
    routing: Text = None
    failover_busy: Text = None
    failover_unreachable: Text = None
    failover_noanswer: Text = None
    voicemail: Text = None
    pop: Text = None
    dialtime: Count = None
    cnam: Flag = None
    e911: Flag = None
    callerid_prefix: Text = None
    note: Text = None
    port_out_pin: Text = None
    billing_type: Count = None
    next_billing: Text = None
    order_date: Text = None
    reseller_account: Text = None
    reseller_next_billing: Text = None
    reseller_monthly: Money = None
    reseller_minute: Money = None
    reseller_setup: Money = None
    sms_available: Flag = None
    sms_enabled: Flag = None
    sms_email: Text = None
    sms_email_enabled: Flag = None
    sms_forward: Text = None
    sms_forward_enabled: Flag = None
    sms_url_callback: Text = None
    sms_url_callback_enabled: Flag = None
    sms_url_callback_retry: Flag = None
    smpp_enabled: Flag = None
    smpp_url: Text = None
    smpp_user: Text = None
    smpp_pass: Text = None
    transcribe: Flag = None
    transcription_locale: Text = None
    transcription_redaction: Flag = None
    transcription_summary: Flag = None
    transcription_sentiment: Flag = None
    transcription_email: Text = None


class NumberRecords(Answer):
    """Numbers of the account."""

    dids: Many[NumberRecord]


class ListNumbers(
    VoipmsOperation[NumberRecords], call="getDIDsInfo", alias="number.list", effect=Effect.READS
):
    """Gets all numbers of the account, or one of them."""

    empty = frozenset({"no_did"})

    client: Word | None = Field(None, description="only those of this reseller's client")
    did: Did | None = Field(None, description="only this number")


class _OfNumber(VoipmsOperation[Done]):
    did: Did = Field(description="the number to change, ten digits")


class SetNumber(_OfNumber, call="setDIDInfo", alias="number.update", effect=Effect.COSTS_MONEY):
    """Replaces the settings of a number, its plan among them.

    What is left out may be reset. For one thing, setDIDRouting, setDIDPOP or setDIDVoicemail are
    safer.
    """

    routing: Routing = routing("where its calls go")
    failover_busy: Routing | None = failover("where they go when that is busy")
    failover_unreachable: Routing | None = failover("where they go when that is not reachable")
    failover_noanswer: Routing | None = failover("where they go when nobody answers")
    voicemail: Word | None = Field(None, description="the number's mailbox")
    pop: Whole = Field(description="server, the server_pop of getServersInfo")
    dialtime: Whole = Field(description="seconds that it rings")
    cnam: Switch = Field(description="look up the names of callers")
    callerid_prefix: Word | None = Field(None, description="put before the name of callers")
    note: Word | None = Field(None, description="a note of one's own")
    billing_type: BillingType = Field(description="1 by the minute, 2 flat")


class RouteNumber(_OfNumber, call="setDIDRouting", alias="number.route", effect=Effect.REROUTES):
    """Sends the calls of a number somewhere else."""

    routing: Routing = routing("where its calls go")


class SetNumberServer(_OfNumber, call="setDIDPOP", alias="number.server", effect=Effect.CHANGES):
    """Moves a number to another server."""

    pop: Whole = Field(description="server, the server_pop of getServersInfo")


class SetNumberMailbox(
    _OfNumber, call="setDIDVoicemail", alias="number.mailbox", effect=Effect.CHANGES
):
    """Gives a number another mailbox, or none."""

    voicemail: Word | None = Field(None, description="the mailbox")


class SetNumberBilling(
    _OfNumber, call="setDIDBillingType", alias="number.billing", effect=Effect.COSTS_MONEY
):
    """Puts a number on another plan."""

    billing_type: BillingType = Field(description="1 by the minute, 2 flat")


class UnconnectNumber(
    VoipmsOperation[Done],
    call="unconnectDID",
    alias="number.unconnect",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Takes a number away from a reseller's sub account."""

    did: Did = Field(description="the number to take away")


NUMBERS = (
    ListNumbers,
    SetNumber,
    RouteNumber,
    SetNumberServer,
    SetNumberMailbox,
    SetNumberBilling,
    UnconnectNumber,
)
