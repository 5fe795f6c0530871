"""People outside: the phone book, and callers who do not get through."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import TooLate
from bot.domain.numbers import PhoneNumber
from bot.domain.records import BlockedCaller, Contact
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.operations.routes import (
    FilterRecord,
    ListFilters,
    ListPhonebook,
    SetFilter,
)
from bot.providers.voipms.parameters import NEW
from bot.providers.voipms.readings import party, plain, ten_digits
from bot.providers.voipms.routing import Routing

_ANONYMOUS = "0"
_TURNED_AWAY = ("hangup", "busy", "noservice", "disconnected")
"""Words after sys: with which a caller reaches nobody."""

BLOCKED = Routing("sys", "noservice")
"""What a caller hears whom we block: that the number is not in service."""


async def contacts(api: VoipmsApi, region: str) -> Sequence[Contact]:
    """Everybody in the phone book."""
    records = (await api.call(ListPhonebook())).phonebooks
    return [
        Contact(record.phonebook or "", plain(record.name), party(record.number, region))
        for record in records
    ]


async def blocked(api: VoipmsApi, region: str) -> Sequence[BlockedCaller]:
    """Single callers, and anonymous ones, whose calls a filter turns away."""
    return [
        BlockedCaller(
            record.filtering or "",
            party("" if record.callerid == _ANONYMOUS else record.callerid, region),
            plain(record.note),
        )
        for record in await _filters(api)
    ]


async def _filters(api: VoipmsApi) -> Sequence[FilterRecord]:
    records = (await api.call(ListFilters())).filtering
    return [record for record in records if _turns_away(record)]


def _turns_away(record: FilterRecord) -> bool:
    routing = Routing.seen(record.routing)
    one_caller = bool(record.callerid and record.callerid.isdecimal())
    return (
        one_caller
        and routing is not None
        and routing.header == BLOCKED.header
        and routing.record in _TURNED_AWAY
    )


async def block(api: VoipmsApi, number: PhoneNumber, note: str) -> None:
    """Turn a caller away from every number.

    Raises:
        UsageError: the number is none of the United States or Canada.
        TooLate: it is blocked already.
    """
    digits = ten_digits(number)
    if any(record.callerid == digits and record.did == "all" for record in await _filters(api)):
        raise TooLate(f"{number} is blocked already.")
    given = {"filter": NEW, "callerid": digits, "did": "all", "routing": BLOCKED, "note": note}
    await api.call(SetFilter.read(given))
