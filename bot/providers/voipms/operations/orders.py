"""Searching for numbers and ordering them. An order is final; `test` only tries it out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.voipms.operations.base import Done, VoipmsOperation, failover, routing
from bot.providers.voipms.parameters import (
    Amount,
    Did,
    Digits3,
    Given,
    Rehearsal,
    Switch,
    Word,
    like,
)
from bot.providers.voipms.routing import Routing
from bot.providers.voipms.wire import Answer, Many, Money, Option, Record, Text

How = Literal["starts", "contains", "ends"]

NONE_ON_OFFER = frozenset({"no_did", "no_numbers"})
"""What a search says that found nothing; which of the two is not documented."""

_QUERY = "digits or letters of the keypad, like 555, JOHN or 123ABC"


class _OneNumber(VoipmsOperation[Done]):
    did: Did = Field(description="the number to order, as a search found it")


class _Order(VoipmsOperation[Done]):
    routing: Routing = routing("where calls to the number go")
    failover_busy: Routing | None = failover("where they go when that is busy")
    failover_unreachable: Routing | None = failover("where they go when that is not reachable")
    failover_noanswer: Routing | None = failover("where they go when nobody answers")
    voicemail: Word | None = Field(None, description="the number's mailbox, like 101")
    pop: Whole = Field(description="server, the server_pop of getServersInfo")
    dialtime: Whole = Field(description="seconds that it rings")
    cnam: Switch = Field(description="look up the names of callers")
    callerid_prefix: Word | None = Field(None, description="put before the name of callers")
    note: Word | None = Field(None, description="a note of one's own")
    account: Word | None = Field(None, description="sub account of a reseller's client")
    monthly: Amount | None = Field(None, description="what the reseller's client pays a month")
    setup: Amount | None = Field(None, description="what the reseller's client pays once")
    minute: Amount | None = Field(None, description="what the reseller's client pays a minute")
    test: Rehearsal | None = Field(None, description="only try it out: nothing is ordered")


class OrderInternationalTollFree(
    _Order,
    call="orderDIDInternationalTollFree",
    alias="order.international",
    effect=Effect.COSTS_MONEY,
    rehearsal="test",
):
    """Orders international toll-free numbers. It cannot be undone."""

    location_id: Whole = Field(description="where, as getDIDsInternationalTollFree lists it")
    quantity: Annotated[Whole, Field(ge=1)] = Field(description="how many numbers")


class OrderVirtual(
    _Order,
    call="orderDIDVirtual",
    alias="order.virtual",
    effect=Effect.COSTS_MONEY,
    rehearsal="test",
):
    """Orders a virtual number. It cannot be undone."""

    digits: Digits3 = Field(description="its three digits, like 001")


class OrderTollFree(
    _Order,
    _OneNumber,
    call="orderTollFree",
    alias="order.tollfree",
    effect=Effect.COSTS_MONEY,
    rehearsal="test",
):
    """Orders a toll-free number. It cannot be undone."""


class OrderVanity(
    _Order,
    _OneNumber,
    call="orderVanity",
    alias="order.vanity",
    effect=Effect.COSTS_MONEY,
    rehearsal="test",
):
    """Orders a toll-free number that spells a word. It cannot be undone."""

    carrier: Whole = Field(description="its carrier, as getCarriers lists them")


class CanadianOffer(Record):
    """A Canadian number on offer."""

    did: Text = None
    ratecenter: Text = None
    province: Text = None
    province_description: Text = None
    perminute_monthly: Money = None
    perminute_minute: Money = None
    perminute_setup: Money = None
    flat_monthly: Money = None
    flat_minute: Money = None
    flat_setup: Money = None


class CanadianOffers(Answer):
    """What a search of Canadian numbers found."""

    dids: Many[CanadianOffer]


class SearchCanada(
    VoipmsOperation[CanadianOffers],
    call="searchDIDsCAN",
    alias="search.canada",
    effect=Effect.READS,
):
    """Searches Canadian numbers on offer."""

    empty = NONE_ON_OFFER

    province: Word | None = Field(None, description="a province, as getProvinces lists them")
    type: How = Field(description="where in the number the query stands")
    query: Given = Field(description=_QUERY)


class AmericanOffer(Record):
    """A number of the United States on offer."""

    did: Text = None
    ratecenter: Text = None
    state: Text = None
    state_description: Text = None
    perminute_monthly: Money = None
    perminute_minute: Money = None
    perminute_setup: Money = None
    flat_monthly: Money = None
    flat_minute: Money = None
    flat_setup: Money = None


class AmericanOffers(Answer):
    """What a search of numbers of the United States found."""

    dids: Many[AmericanOffer]


class SearchUnitedStates(
    VoipmsOperation[AmericanOffers],
    call="searchDIDsUSA",
    alias="search.usa",
    effect=Effect.READS,
):
    """Searches numbers of the United States on offer."""

    empty = NONE_ON_OFFER

    state: Word | None = Field(None, description="a state, as getStates lists them")
    type: How = Field(description="where in the number the query stands")
    query: Given = Field(description=_QUERY)


class TollFreeOffer(Record):
    """A toll-free number of Canada and the United States on offer."""

    did: Text = None
    monthly: Money = None
    minute: Money = None
    setup: Money = None


class TollFreeOffers(Answer):
    """What a search of toll-free numbers of both countries found."""

    dids: Many[TollFreeOffer]


class SearchTollFree(
    VoipmsOperation[TollFreeOffers],
    call="searchTollFreeCanUS",
    alias="search.tollfree",
    effect=Effect.READS,
):
    """Searches toll-free numbers of Canada and the United States; all of them without a query."""

    empty = NONE_ON_OFFER

    type: How | None = Field(None, description="where in the number the query stands")
    query: Word | None = Field(None, description=_QUERY)


class AmericanTollFreeOffer(Record):
    """A toll-free number of the United States on offer; calls from elsewhere need a request."""

    did: Text = None
    monthly: Money = None
    minute_usa: Money = None
    minute_canada: Money = None
    minute_puertorico: Money = None
    minute_alaska: Money = None
    setup: Money = None


class AmericanTollFreeOffers(Answer):
    """What a search of toll-free numbers of the United States found."""

    dids: Many[AmericanTollFreeOffer]


class SearchAmericanTollFree(
    VoipmsOperation[AmericanTollFreeOffers],
    call="searchTollFreeUSA",
    alias="search.tollfree_usa",
    effect=Effect.READS,
):
    """Searches toll-free numbers of the United States; all of them without a query."""

    empty = NONE_ON_OFFER

    type: How | None = Field(None, description="where in the number the query stands")
    query: Word | None = Field(None, description=_QUERY)


class VanityOffer(Record):
    """A toll-free number that spells something, on offer."""

    did: Text = None
    monthly_american: Money = None
    monthly_canadian: Money = None
    minute_american_usa: Money = None
    minute_american_canada: Money = None
    minute_canadian: Money = None
    setup_american: Money = None
    setup_canadian: Money = None


class VanityOffers(Answer):
    """What a search of vanity numbers found."""

    dids: Many[VanityOffer]


class SearchVanity(
    VoipmsOperation[VanityOffers],
    call="searchVanity",
    alias="search.vanity",
    effect=Effect.READS,
):
    """Searches toll-free numbers that spell something."""

    empty = NONE_ON_OFFER

    type: Literal["8**", "800", "833", "844", "855", "866", "877", "888"] = Field(
        description="how the number begins; 8** for any"
    )
    query: Annotated[str, like(r"[0-9A-Za-z*]{7}", "is seven letters, digits or *")] = Field(
        description="seven characters, * for any, like **HELLO"
    )


class Province(Record):
    """A Canadian province."""

    province: Text = None
    description: Text = None


class Provinces(Answer):
    """The Canadian provinces."""

    provinces: Many[Province]


class ListProvinces(
    VoipmsOperation[Provinces], call="getProvinces", alias="province.list", effect=Effect.READS
):
    """Gets the Canadian provinces."""


class State(Record):
    """A state of the United States."""

    state: Text = None
    description: Text = None


class States(Answer):
    """The states of the United States."""

    states: Many[State]


class ListStates(
    VoipmsOperation[States], call="getStates", alias="state.list", effect=Effect.READS
):
    """Gets the states of the United States."""


class Carriers(Answer):
    """The carriers of vanity numbers."""

    carriers: Many[Option]


class ListCarriers(
    VoipmsOperation[Carriers], call="getCarriers", alias="carrier.list", effect=Effect.READS
):
    """Gets the carriers that a vanity number can be ordered at."""

    carrier: Word | None = Field(None, description="only this one")


ORDERS = (
    OrderInternationalTollFree,
    OrderVirtual,
    OrderTollFree,
    OrderVanity,
    SearchCanada,
    SearchUnitedStates,
    SearchTollFree,
    SearchAmericanTollFree,
    SearchVanity,
    ListProvinces,
    ListStates,
    ListCarriers,
)
