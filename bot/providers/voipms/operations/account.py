"""The account itself: credit, sub accounts and their telephones, servers."""

from __future__ import annotations

from pydantic import Field

from bot.providers.operations import Effect
from bot.providers.voipms.operations.base import VoipmsOperation
from bot.providers.voipms.operations.calls import DateRange
from bot.providers.voipms.parameters import Given, Switch, Word
from bot.providers.voipms.wire import Answer, Count, Flag, Many, Money, One, Option, Record, Text


class OurAddress(Answer):
    """The address that our calls come from."""

    ip: Text = None


class GetAddress(VoipmsOperation[OurAddress], call="getIP", alias="address", effect=Effect.READS):
    """Gets the address that our calls come from; the one function that any address may call."""


class Credit(Record):
    """The account's credit; what was spent stands there only when it was asked for."""

    current_balance: Money = None
    spent_total: Money = None
    calls_total: Count = None
    time_total: Text = None
    spent_today: Money = None
    calls_today: Count = None
    time_today: Text = None


class Balance(Answer):
    """The account's balance."""

    balance: One[Credit]


class GetBalance(VoipmsOperation[Balance], call="getBalance", alias="balance", effect=Effect.READS):
    """Gets the account's balance."""

    advanced: Switch | None = Field(None, description="with what was spent and called")


class ServerRecord(Record):
    """A server that telephones register at; numbers name it by its server_pop."""

    server_name: Text = None
    server_shortname: Text = None
    server_hostname: Text = None
    server_ip: Text = None
    server_country: Text = None
    server_pop: Text = None
    server_recommended: Flag = None


class ServerRecords(Answer):
    """Servers."""

    servers: Many[ServerRecord]


class ListServers(
    VoipmsOperation[ServerRecords], call="getServersInfo", alias="server.list", effect=Effect.READS
):
    """Gets all servers, or one of them."""

    server_pop: Word | None = Field(None, description="only this one")


class Transaction(Record):
    """Money that came or went; the amount is spelt ammount there."""

    date: Text = None
    uniqueid: Text = None
    type: Text = None
    description: Text = None
    ammount: Money = None


class Transactions(Answer):
    """Money that came and went."""

    transactions: Many[Transaction]


class ListTransactions(
    DateRange[Transactions],
    call="getTransactionHistory",
    alias="transaction.list",
    effect=Effect.READS,
):
    """Gets the money that came and went on some days; what an order really cost stands here."""

    empty = frozenset({"no_transactions"})


class SubAccount(Record):
    """A sub account: what a telephone registers as."""

    id: Text = None
    account: Text = None
    username: Text = None
    description: Text = None
    protocol: Count = None
    auth_type: Count = None
    password: Text = None
    ip: Text = None
    device_type: Count = None
    callerid_number: Text = None
    canada_routing: Count = None
    lock_international: Flag = None
    international_route: Count = None
    music_on_hold: Text = None
    language: Text = None
    allowed_codecs: Text = None
    dtmf_mode: Text = None
    nat: Flag = None
    sip_traffic: Count = None
    max_expiry: Count = None
    rtp_timeout: Count = None
    rtp_hold_timeout: Count = None
    ip_restriction: Text = None
    enable_ip_restriction: Flag = None
    pop_restriction: Text = None
    enable_pop_restriction: Flag = None
    send_bye: Flag = None
    record_calls: Flag = None
    internal_extension: Text = None
    internal_voicemail: Text = None
    internal_dialtime: Count = None
    reseller_client: Text = None
    reseller_package: Text = None
    reseller_nextbilling: Text = None
    transcribe: Flag = None
    transcription_locale: Text = None
    transcription_redaction: Flag = None
    transcription_summary: Flag = None
    transcription_sentiment: Flag = None
    transcription_email: Text = None
    parking_lot: Text = None
    enable_internal_cnam: Flag = None
    internal_cnam: Text = None
    tfcarrier: Text = None
    default_e911: Text = None
    call_pickup_behavior: Text = None


class SubAccounts(Answer):
    """Sub accounts."""

    accounts: Many[SubAccount]


class ListSubAccounts(
    VoipmsOperation[SubAccounts], call="getSubAccounts", alias="account.list", effect=Effect.READS
):
    """Gets all sub accounts, or one of them."""

    empty = frozenset({"no_account"})

    account: Word | None = Field(
        None, description="only this one by name, or those of a reseller's client by its id"
    )


class RegisteredAt(Record):
    """A telephone that is registered."""

    server_name: Text = None
    server_shortname: Text = None
    server_hostname: Text = None
    server_ip: Text = None
    server_country: Text = None
    server_pop: Text = None
    register_ip: Text = None
    register_port: Count = None
    register_next: Text = None
    register_protocol: Text = None
    register_transport: Text = None


class RegistrationStatus(Answer):
    """Whether a telephone is registered for an account."""

    registered: Flag = None
    rerouted: Flag = None
    from_server_pop: Text = None
    registrations: Many[RegisteredAt]


class GetRegistration(
    VoipmsOperation[RegistrationStatus],
    call="getRegistrationStatus",
    alias="registration",
    effect=Effect.READS,
):
    """Gets whether a telephone is registered for an account."""

    account: Given = Field(description="the account, like 100001_VoIP")


class TimeZones(Answer):
    """Time zones of mailboxes."""

    timezones: Many[Option]


class ListTimeZones(
    VoipmsOperation[TimeZones], call="getTimezones", alias="timezone.list", effect=Effect.READS
):
    """Gets the time zones that a mailbox can have."""

    timezone: Word | None = Field(None, description="only this one")


class CallRoutes(Answer):
    """Routes of calls to the outside."""

    routes: Many[Option]


class ListRoutes(
    VoipmsOperation[CallRoutes], call="getRoutes", alias="route.list", effect=Effect.READS
):
    """Gets the routes that a sub account's calls can take."""

    route: Word | None = Field(None, description="only this one")


ACCOUNT = (
    GetAddress,
    GetBalance,
    ListServers,
    ListTransactions,
    ListSubAccounts,
    GetRegistration,
    ListTimeZones,
    ListRoutes,
)
