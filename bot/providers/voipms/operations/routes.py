"""What calls can be sent to besides telephones, filters of callers, and the phone book."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.providers.operations import Effect
from bot.providers.voipms.operations.base import VoipmsOperation, failover, record, routing
from bot.providers.voipms.parameters import Dialled, Given, Pause, RecordId, Word, like
from bot.providers.voipms.routing import Routing
from bot.providers.voipms.wire import Answer, Count, Flag, Many, Money, Record, Text


class ForwardingRecord(Record):
    """A forwarding: an outside number that calls can be sent to."""

    forwarding: Text = None
    phone_number: Text = None
    callerid_override: Text = None
    description: Text = None
    dtmf_digits: Text = None
    pause: Money = None
    diversion_header: Flag = None


class ForwardingRecords(Answer):
    """Forwardings."""

    forwardings: Many[ForwardingRecord]


class ListForwardings(
    VoipmsOperation[ForwardingRecords],
    call="getForwardings",
    alias="forwarding.list",
    effect=Effect.READS,
):
    """Gets all forwardings, or one of them."""

    empty = frozenset({"no_forwarding"})

    forwarding: Word | None = Field(None, description="only this one")


class ForwardingSet(Answer):
    """The forwarding that was made or changed."""

    forwarding: Text = None


class SetForwarding(
    VoipmsOperation[ForwardingSet],
    call="setForwarding",
    alias="forwarding.set",
    effect=Effect.CHANGES,
):
    """Makes a forwarding, or changes one."""

    forwarding: RecordId = record("forwarding")
    phone_number: Dialled = Field(description="where it forwards to, digits only")
    callerid_override: Word | None = Field(None, description="the number that is shown there")
    description: Word | None = Field(None, description="what it is called")
    dtmf_digits: Word | None = Field(None, description="digits sent when it is answered")
    pause: Pause | None = Field(None, description="seconds before those digits: 0 to 10, in halves")


class CallbackRecord(Record):
    """A callback: hangs up and calls a number back."""

    callback: Text = None
    description: Text = None
    number: Text = None
    delay_before: Count = None
    response_timeout: Count = None
    digit_timeout: Count = None
    callerid_number: Text = None


class CallbackRecords(Answer):
    """Callbacks."""

    callbacks: Many[CallbackRecord]


class ListCallbacks(
    VoipmsOperation[CallbackRecords],
    call="getCallbacks",
    alias="callback.list",
    effect=Effect.READS,
):
    """Gets all callbacks, or one of them."""

    empty = frozenset({"no_callback"})

    callback: Word | None = Field(None, description="only this one")


class CallbackSet(Answer):
    """The callback that was made or changed."""

    callback: Text = None


class SetCallback(
    VoipmsOperation[CallbackSet], call="setCallback", alias="callback.set", effect=Effect.CHANGES
):
    """Makes a callback, or changes one."""

    callback: RecordId = record("callback")
    description: Given = Field(description="what it is called")
    number: Given = Field(description="the number that is called back, none of the account's own")
    delay_before: Given = Field(description="time before it calls back; 0 counts as left out")
    response_timeout: Given = Field(description="time before it hangs up on too few digits")
    digit_timeout: Given = Field(description="time between two digits")
    callerid_number: Word | None = Field(None, description="the number that is shown there")


class FilterRecord(Record):
    """A filter: sends some callers elsewhere."""

    filtering: Text = None
    callerid: Text = None
    did: Text = None
    routing: Text = None
    failover_unreachable: Text = None
    failover_busy: Text = None
    failover_noanswer: Text = None
    note: Text = None


class FilterRecords(Answer):
    """Filters; the list is called filtering there."""

    filtering: Many[FilterRecord]


class ListFilters(
    VoipmsOperation[FilterRecords],
    call="getCallerIDFiltering",
    alias="filter.list",
    effect=Effect.READS,
):
    """Gets all filters of callers, or some of them."""

    empty = frozenset({"no_filter"})

    filtering: Word | None = Field(None, description="only this one")
    did: Word | None = Field(None, description="only those of this number")


class FilterSet(Answer):
    """The filter that was made or changed."""

    filtering: Text = None


class SetFilter(
    VoipmsOperation[FilterSet],
    call="setCallerIDFiltering",
    alias="filter.set",
    effect=Effect.CHANGES,
):
    """Makes a filter of callers, or changes one."""

    filter: RecordId = record("filter")
    callerid: Annotated[Word, like(r"i|0|[2-9]\d{9}", "is ten digits, 0 or i")] = Field(
        description="whose calls: ten digits, 0 for anonymous, i for any outside the United States"
    )
    did: Annotated[Word, like(r"all|\d{10,15}", "is ten digits, or all")] = Field(
        description="calls to which number: ten digits, or all"
    )
    routing: Routing = routing("where they go")
    failover_unreachable: Routing | None = failover("where they go when that is not reachable")
    failover_busy: Routing | None = failover("where they go when that is busy")
    failover_noanswer: Routing | None = failover("where they go when nobody answers")
    note: Word | None = Field(None, description="a note of one's own")


class DisaRecord(Record):
    """A DISA: callers who know its PIN can dial on at the account's cost."""

    disa: Text = None
    name: Text = None
    pin: Text = None
    digit_timeout: Count = None
    callerid_override: Text = None
    language: Text = None


class DisaRecords(Answer):
    """DISAs; the list is called disa there."""

    disa: Many[DisaRecord]


class ListDisas(
    VoipmsOperation[DisaRecords], call="getDISAs", alias="disa.list", effect=Effect.READS
):
    """Gets all DISAs, or one of them."""

    empty = frozenset({"no_disa"})

    disa: Word | None = Field(None, description="only this one")


class DisaSet(Answer):
    """The DISA that was made or changed."""

    disa: Text = None


class SetDisa(VoipmsOperation[DisaSet], call="setDISA", alias="disa.set", effect=Effect.CHANGES):
    """Makes a DISA, or changes one."""

    disa: RecordId = record("DISA")
    # The call's own name is `name`, hence another one in Python.
    disa_name: Given = Field(alias="name", description="what it is called")
    pin: Annotated[str, StringConstraints(min_length=1)] = Field(
        description="the PIN that opens it", repr=False
    )
    digit_timeout: Given = Field(description="time between two digits")
    callerid_override: Word | None = Field(None, description="the number that is shown")


class SipUriRecord(Record):
    """A SIP address that calls can be sent to."""

    sipuri: Text = None
    uri: Text = None
    description: Text = None
    callerid_override: Text = None
    callerid_e164: Flag = None


class SipUriRecords(Answer):
    """SIP addresses."""

    sipuris: Many[SipUriRecord]


class ListSipUris(
    VoipmsOperation[SipUriRecords], call="getSIPURIs", alias="sipuri.list", effect=Effect.READS
):
    """Gets all SIP addresses, or one of them."""

    empty = frozenset({"no_sipuri"})

    sipuri: Word | None = Field(None, description="only this one")


class SipUriSet(Answer):
    """No answer is documented; an id was not seen in one, so a new record has to be looked up."""

    sipuri: Text = None


class SetSipUri(
    VoipmsOperation[SipUriSet], call="setSIPURI", alias="sipuri.set", effect=Effect.CHANGES
):
    """Makes a SIP address, or changes one."""

    sipuri: RecordId = record("SIP address")
    uri: Given = Field(description="the address, like 5552223333@sip.voip.ms")
    description: Word | None = Field(None, description="what it is called")


class PhonebookRecord(Record):
    """Somebody in the phone book."""

    phonebook: Text = None
    speed_dial: Text = None
    name: Text = None
    number: Text = None
    callerid: Text = None
    note: Text = None
    group: Text = None
    group_name: Text = None


class PhonebookRecords(Answer):
    """The phone book."""

    phonebooks: Many[PhonebookRecord]


class ListPhonebook(
    VoipmsOperation[PhonebookRecords],
    call="getPhonebook",
    alias="phonebook.list",
    effect=Effect.READS,
):
    """Gets the phone book, or some of it."""

    empty = frozenset({"no_phonebook"})

    phonebook: Word | None = Field(None, description="only this entry")
    entry_name: Word | None = Field(None, alias="name", description="only entries of this name")
    group: Word | None = Field(None, description="only those of this group, by id")
    group_name: Word | None = Field(None, description="only those of this group, by name")


class PhonebookSet(Answer):
    """The entry that was made or changed."""

    phonebook: Text = None


class SetPhonebook(
    VoipmsOperation[PhonebookSet],
    call="setPhonebook",
    alias="phonebook.set",
    effect=Effect.CHANGES,
):
    """Makes an entry of the phone book, or changes one."""

    phonebook: RecordId = record("entry")
    speed_dial: Word | None = Field(None, description="short code that dials it")
    entry_name: Given = Field(alias="name", description="who it is")
    number: Given = Field(description="ten digits, or sip: and the id of a SIP address")
    callerid: Word | None = Field(None, description="number shown when it is dialled by its code")


class CallHunting(Record):
    """A call hunting: rings its members one after the other."""

    callhunting: Text = None
    description: Text = None
    members: Text = None
    ring_time: Text = None
    order: Text = None
    press: Text = None
    music: Text = None
    recording: Text = None
    language: Text = None


class CallHuntings(Answer):
    """Call huntings; the list is called call_hunting there."""

    call_hunting: Many[CallHunting]


class ListCallHuntings(
    VoipmsOperation[CallHuntings],
    call="getCallHuntings",
    alias="hunting.list",
    effect=Effect.READS,
):
    """Gets all call huntings, or one of them."""

    empty = frozenset({"no_callhunting"})

    callhunting: Word | None = Field(None, description="only this one")


ROUTES = (
    ListForwardings,
    SetForwarding,
    ListCallbacks,
    SetCallback,
    ListFilters,
    SetFilter,
    ListDisas,
    SetDisa,
    ListSipUris,
    SetSipUri,
    ListPhonebook,
    SetPhonebook,
    ListCallHuntings,
)
