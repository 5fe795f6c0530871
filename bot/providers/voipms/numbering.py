"""Numbers in domain words: which there are, where they lead, which can be ordered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import ProviderGarbled, Unsupported, UsageError
from bot.domain.records import NumberOffer
from bot.domain.telephony import Capability, Destination, Number
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.destinations import destination, routing
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.operations.account import ListServers
from bot.providers.voipms.operations.numbers import ListNumbers, NumberRecord, RouteNumber
from bot.providers.voipms.operations.orders import (
    OrderTollFree,
    SearchAmericanTollFree,
    SearchCanada,
    SearchTollFree,
    SearchUnitedStates,
)
from bot.providers.voipms.readings import party, plain
from bot.providers.voipms.wire import Money

TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
_TOLL_FREE_OFFER, _LOCAL_OFFER = "tollfree", "local"
_RINGS_SECONDS = 60


async def numbers(api: VoipmsApi, region: str) -> Sequence[Number]:
    """All numbers of the account."""
    return [
        Number(
            id=record.did or "",
            party=party(record.did, region),
            name=plain(record.description),
            to=destination(record.routing),
        )
        for record in await records(api)
    ]


async def records(api: VoipmsApi, *, openly: bool = False) -> Sequence[NumberRecord]:
    """All numbers as they are read; `openly` with the secrets among their settings."""
    return (await api.call(ListNumbers(), openly=openly)).dids


async def route(api: VoipmsApi, number: str, to: Destination) -> None:
    """Send a number's calls somewhere else; what happens when that fails stays as it is."""
    await api.call(RouteNumber.read({"did": number, "routing": routing(to)}))


async def search(api: VoipmsApi, country: str, digits: str, region: str) -> Sequence[NumberOffer]:
    """Numbers on offer in Canada or the United States, toll-free ones where digits begin so.

    Raises:
        Unsupported: another country.
        UsageError: no digits; VoIP.ms wants some.
    """
    if country not in ("CA", "US"):
        raise Unsupported(
            TITLE,
            Capability.NUMBER_ORDERS.value,
            "numbers can be searched in Canada and the United States",
        )
    if not digits.isdecimal():
        raise UsageError(
            "Type the first digits of the number.", hint="An area code like 514 will do."
        )
    if digits[:3] in TOLL_FREE:
        return await _toll_free(api, country, digits, region)
    query = {"type": "starts", "query": digits}
    if country == "CA":
        canadian = (await api.call(SearchCanada.read(query))).dids
        return [
            _offer(
                _LOCAL_OFFER,
                offer.did,
                region,
                place=f"{plain(offer.ratecenter)}, {offer.province}",
                monthly=offer.perminute_monthly,
                setup=offer.perminute_setup,
            )
            for offer in canadian
        ]
    american = (await api.call(SearchUnitedStates.read(query))).dids
    return [
        _offer(
            _LOCAL_OFFER,
            offer.did,
            region,
            place=f"{plain(offer.ratecenter)}, {offer.state}",
            monthly=offer.perminute_monthly,
            setup=offer.perminute_setup,
        )
        for offer in american
    ]


async def _toll_free(
    api: VoipmsApi, country: str, digits: str, region: str
) -> Sequence[NumberOffer]:
    query = {"type": "starts", "query": digits}
    if country == "CA":
        both = (await api.call(SearchTollFree.read(query))).dids
        return [
            _offer(_TOLL_FREE_OFFER, offer.did, region, "toll-free", offer.monthly, offer.setup)
            for offer in both
        ]
    american = (await api.call(SearchAmericanTollFree.read(query))).dids
    return [
        _offer(_TOLL_FREE_OFFER, offer.did, region, "toll-free", offer.monthly, offer.setup)
        for offer in american
    ]


def _offer(
    kind: str, did: str | None, region: str, place: str, monthly: Money, setup: Money
) -> NumberOffer:
    return NumberOffer(
        id=f"{kind}:{did}",
        party=party(did, region),
        place=place,
        monthly="" if monthly is None else str(monthly),
        setup="" if setup is None else str(setup),
    )


async def order(api: VoipmsApi, offer: str, *, rehearse: bool) -> None:
    """Order a toll-free number; it leads nowhere until it is sent somewhere.

    Raises:
        Unsupported: a local number, whose order is not in the document.
    """
    kind, _, did = offer.partition(":")
    if kind != _TOLL_FREE_OFFER:
        raise Unsupported(
            TITLE,
            Capability.NUMBER_ORDERS.value,
            "local numbers are ordered in the portal; no document says how the API does it",
        )
    call = OrderTollFree.read(
        {
            "did": did,
            "routing": "none:",
            "pop": await _recommended_server(api),
            "dialtime": _RINGS_SECONDS,
            "cnam": False,
            **({"test": True} if rehearse else {}),
        }
    )
    await api.call(call)


async def _recommended_server(api: VoipmsApi) -> str:
    servers = (await api.call(ListServers())).servers
    best = sorted(servers, key=lambda server: server.server_recommended is not True)
    if not best or not best[0].server_pop:
        raise ProviderGarbled(TITLE, ListServers.name, words="no server was named")
    return best[0].server_pop
