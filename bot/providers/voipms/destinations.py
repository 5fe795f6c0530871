"""Where calls can be sent, in domain words: routings, and the records that they name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.domain.errors import NotFound, Unsupported
from bot.domain.numbers import PhoneNumber
from bot.domain.records import Forwarding
from bot.domain.telephony import Capability, Destination, Kind, Named
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.operations.account import ListSubAccounts
from bot.providers.voipms.operations.groups import ListIvrs, ListRingGroups, ListTimeConditions
from bot.providers.voipms.operations.queues import ListQueues, ListStaticMembers, StaticMember
from bot.providers.voipms.operations.routes import (
    ListForwardings,
    ListSipUris,
    SetForwarding,
)
from bot.providers.voipms.operations.sounds import ListMusicOnHold, ListRecordings
from bot.providers.voipms.operations.voicemail import ListMailboxes
from bot.providers.voipms.readings import dialled, party, plain
from bot.providers.voipms.routing import Members, Routing
from bot.providers.voipms.wire import as_sent

_KINDS: Mapping[str, Kind] = {
    "account": Kind.EXTENSION,
    "fwd": Kind.FORWARDING,
    "vm": Kind.MAILBOX,
    "sip": Kind.TRUNK,
    "grp": Kind.HUNT_GROUP,
    "ivr": Kind.MENU,
    "recording": Kind.SOUND,
    "queue": Kind.QUEUE,
    "tc": Kind.TIME_DIARY,
}
_HEADERS = {kind: header for header, kind in _KINDS.items()}

_UNSET = ("", "-1")
"""How a value is read that nobody set; -1 of caller IDs."""

Listing = Callable[[VoipmsApi], Awaitable[Sequence[Named]]]


def destination(text: str | None) -> Destination | None:
    """Where a routing leads; None where that is nowhere."""
    if not text or text == "none:":
        return None
    routing = Routing.seen(text)
    kind = _KINDS.get(routing.header) if routing else None
    if routing is None or kind is None:
        return Destination(Kind.OTHER, text)
    return Destination(kind, routing.record)


def routing(to: Destination) -> Routing:
    """The routing that leads somewhere.

    Raises:
        Unsupported: nothing leads there.
    """
    if to.kind is Kind.OTHER:
        found = Routing.seen(to.id)
        if found is not None:
            return found
    header = _HEADERS.get(to.kind)
    if header is None:
        words = "an outside number" if to.kind is Kind.OUTSIDE else f"a {to.kind.value}"
        raise Unsupported(
            TITLE,
            Capability.ROUTING.value,
            f"a number cannot be sent to {words}; make a forwarding to it"
            if to.kind is Kind.OUTSIDE
            else f"a number cannot be sent to {words}",
        )
    return Routing(header, to.id)


async def extensions(api: VoipmsApi) -> Sequence[Named]:
    """Sub accounts, which telephones register as."""
    records = (await api.call(ListSubAccounts())).accounts
    return [
        Named(
            Kind.EXTENSION,
            record.account,
            plain(record.description) or record.account,
            extension=record.internal_extension or None,
        )
        for record in records
        if record.account
    ]


async def _ring_groups(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListRingGroups())).ring_groups
    return [
        Named(
            Kind.HUNT_GROUP,
            record.ring_group,
            plain(record.name) or record.ring_group,
            members=_accounts(record.members),
        )
        for record in records
        if record.ring_group
    ]


def _accounts(members: str | None) -> tuple[str, ...]:
    try:
        each = Members.parse(members or "").each
    except ValueError:
        return ()
    return tuple(member.to.record for member in each if member.to.header == "account")


async def _queues(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListQueues())).queues
    return [
        Named(
            Kind.QUEUE,
            record.queue,
            plain(record.queue_name) or record.queue,
            extension=record.queue_number or None,
            members=tuple(account_of(member) for member in await members_of(api, record.queue)),
        )
        for record in records
        if record.queue
    ]


async def members_of(api: VoipmsApi, queue: str) -> Sequence[StaticMember]:
    """Who always takes calls of a queue."""
    return (await api.call(ListStaticMembers(queue=queue))).members


def account_of(member: StaticMember) -> str:
    """The sub account of a member; it is read with SIP/ before it."""
    return (member.account or "").removeprefix("SIP/")


async def _menus(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListIvrs())).ivrs
    return [_named(Kind.MENU, record.ivr, record.name) for record in records]


async def _time_conditions(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListTimeConditions())).timecondition
    return [_named(Kind.TIME_DIARY, record.timecondition, record.name) for record in records]


async def _mailboxes(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListMailboxes())).voicemails
    return [_named(Kind.MAILBOX, record.mailbox, record.name) for record in records]


async def _recordings(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListRecordings())).recordings
    return [_named(Kind.SOUND, record.value, record.description) for record in records]


async def _music(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListMusicOnHold())).music_on_hold
    return [_named(Kind.PLAYLIST, record.value, record.description) for record in records]


async def _sip_addresses(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListSipUris())).sipuris
    return [
        _named(Kind.TRUNK, record.sipuri, record.description or record.uri) for record in records
    ]


async def _forwardings(api: VoipmsApi) -> Sequence[Named]:
    records = (await api.call(ListForwardings())).forwardings
    return [
        _named(Kind.FORWARDING, record.forwarding, record.description or record.phone_number)
        for record in records
    ]


def _named(kind: Kind, id_: str | None, name: str | None) -> Named:
    return Named(kind, id_ or "", plain(name) or id_ or "")


LISTINGS: Mapping[Kind, Listing] = {
    Kind.EXTENSION: extensions,
    Kind.HUNT_GROUP: _ring_groups,
    Kind.QUEUE: _queues,
    Kind.MENU: _menus,
    Kind.TIME_DIARY: _time_conditions,
    Kind.MAILBOX: _mailboxes,
    Kind.SOUND: _recordings,
    Kind.PLAYLIST: _music,
    Kind.TRUNK: _sip_addresses,
    Kind.FORWARDING: _forwardings,
}
"""How the objects of each kind are listed."""


async def forwardings(api: VoipmsApi, region: str) -> Sequence[Forwarding]:
    """All forwardings."""
    records = (await api.call(ListForwardings())).forwardings
    return [
        Forwarding(
            record.forwarding or "",
            plain(record.description) or record.phone_number or "",
            party(record.phone_number, region) if record.phone_number else None,
        )
        for record in records
    ]


async def set_forwarding(api: VoipmsApi, id_: str, to: PhoneNumber) -> None:
    """Let a forwarding lead to another number; everything else about it is sent back as it is.

    Raises:
        NotFound: there is none of this id, so nothing was sent that would make one.
    """
    records = (await api.call(ListForwardings())).forwardings
    held = next((record for record in records if record.forwarding == id_), None)
    if held is None:
        raise NotFound(TITLE, SetForwarding.name, words=f"no forwarding {id_}")
    kept = {
        "callerid_override": held.callerid_override,
        "description": held.description,
        "dtmf_digits": held.dtmf_digits,
        "pause": held.pause,
    }
    given = {name: value for name, value in kept.items() if value not in (None, *_UNSET)}
    later = {"diversion_header": held.diversion_header}
    await api.call(
        SetForwarding.read({**given, "forwarding": id_, "phone_number": dialled(to)}),
        kept=as_sent(later),
    )
