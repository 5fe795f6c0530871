"""The shape of a provider: what it is, what it can do, and calls that all refuse by default."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, NoReturn

from bot.domain.callflow import CallFlow, FlowDraft
from bot.domain.errors import Unsupported
from bot.domain.numbers import PhoneNumber
from bot.domain.operations import OperationInfo
from bot.domain.records import (
    Agent,
    BlockedCaller,
    Contact,
    Fax,
    Forwarding,
    LiveCall,
    News,
    NumberOffer,
    Presence,
    Recording,
    Registration,
    Sound,
    Subscription,
    Text,
    VoicemailMessage,
)
from bot.domain.telephony import (
    CallSeen,
    Capability,
    Claim,
    Destination,
    Kind,
    Named,
    Number,
    Support,
)
from bot.providers.account import AccountSettings
from bot.providers.operations import Operation, named


def yes(note: str = "") -> Claim:
    """It can."""
    return Claim(Support.YES, note)


def partly(note: str) -> Claim:
    """It can, within what the note says."""
    return Claim(Support.PARTLY, note)


def no(note: str) -> Claim:
    """It cannot, for the reason in the note; refused before anything is sent."""
    return Claim(Support.NO, note)


def unknown(note: str) -> Claim:
    """Nobody has seen it; the note says what is missing."""
    return Claim(Support.UNKNOWN, note)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A stored delivery, as a provider's reader sees it.

    Attributes:
        at: when it came in; the only time there is where the body tells none.
    """

    kind: str
    body: bytes
    content_type: str = ""
    at: datetime = EPOCH


class Provider:
    """One account at a provider. A provider opts in by overriding; everything else refuses."""

    spec: ClassVar[ProviderSpec]
    settings: AccountSettings

    @property
    def title(self) -> str:
        """The provider's name as people know it."""
        return self.spec.title

    def claim(self, capability: Capability) -> Claim:
        """What this provider can do of it."""
        return self.spec.claims[capability]

    def unsupported(self, capability: Capability) -> NoReturn:
        """Refuse, in the words of the claim."""
        raise Unsupported(self.title, capability.value, self.claim(capability).note)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how since the start, as `Transport.outcomes` tells."""
        return {}

    async def call(self, operation: Operation[Any]) -> Any:
        """Send one documented operation and decode its answer."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close connections."""

    def operations(self) -> Sequence[OperationInfo]:
        """Every documented call."""
        return [operation.info() for operation in self.spec.operations]

    def read_operation(self, name: str, values: Mapping[str, Any]) -> OperationInfo:
        """The call that a name means; `UsageError` if there is none, or the values are not its."""
        operation = named(self.spec.operations, name)
        operation.read(values)
        return operation.info()

    async def run_operation(self, name: str, values: Mapping[str, Any]) -> Any:
        """Send a documented call with these values; answers plain JSON values."""
        operation = named(self.spec.operations, name)
        result = await self.call(operation.read(values))
        return operation.result.dump_python(result, mode="json", by_alias=True, warnings=False)

    async def ping(self) -> None:
        """The cheapest read that proves address and credentials."""
        await self.numbers()

    async def numbers(self) -> Sequence[Number]:
        """All numbers of the account."""
        self.unsupported(Capability.NUMBERS)

    async def route_number(self, number: str, to: Destination) -> None:
        """Send a number's calls somewhere else."""
        self.unsupported(Capability.ROUTING)

    async def flows(self) -> Sequence[CallFlow]:
        """All call flows."""
        self.unsupported(Capability.CALL_FLOWS)

    async def flow(self, id_: str) -> CallFlow:
        """One call flow."""
        self.unsupported(Capability.CALL_FLOWS)

    async def create_flow(self, draft: FlowDraft) -> CallFlow:
        """Create a call flow."""
        self.unsupported(Capability.CALL_FLOWS)

    async def save_flow(self, flow: CallFlow, *, expecting: CallFlow) -> None:
        """Replace a call flow, if it still is what was expected."""
        self.unsupported(Capability.CALL_FLOWS)

    async def delete_flow(self, id_: str) -> None:
        """Delete a call flow."""
        self.unsupported(Capability.CALL_FLOWS)

    async def next_flow_extension(self) -> int | None:
        """The next free extension for a flow."""
        self.unsupported(Capability.CALL_FLOWS)

    async def objects(self, kind: Kind) -> Sequence[Named]:
        """All objects of a kind that flows may point at."""
        self.unsupported(OF_KIND[kind])

    async def call_history(self, start: datetime, end: datetime) -> Sequence[CallSeen]:
        """Calls that started between two instants, oldest first."""
        self.unsupported(Capability.CALL_HISTORY)

    async def place_call(self, extension: str, destination: PhoneNumber) -> None:
        """Ring an extension, then connect it to the destination."""
        self.unsupported(Capability.PLACE_CALL)

    async def search_numbers(self, country: str, digits: str) -> Sequence[NumberOffer]:
        """Numbers on offer."""
        self.unsupported(Capability.NUMBER_ORDERS)

    async def order_number(self, offer: str, *, rehearse: bool) -> None:
        """Order a number by its offer's id; a rehearsal orders nothing."""
        self.unsupported(Capability.NUMBER_ORDERS)

    async def forwardings(self) -> Sequence[Forwarding]:
        """All forwardings."""
        self.unsupported(Capability.FORWARDING)

    async def set_forwarding(self, id_: str, to: PhoneNumber | None) -> None:
        """Forward to a number, or not at all."""
        self.unsupported(Capability.FORWARDING)

    async def agents(self) -> Sequence[Agent]:
        """Everybody who takes calls of queues."""
        self.unsupported(Capability.AGENTS)

    async def set_presence(self, agent: str, presence: Presence) -> None:
        """Log an agent in or out, or pause them."""
        self.unsupported(Capability.AGENTS)

    async def live_calls(self) -> Sequence[LiveCall]:
        """Calls that are going on."""
        self.unsupported(Capability.LIVE_CALLS)

    async def hang_up(self, call: str) -> None:
        """End a call that is going on."""
        self.unsupported(Capability.LIVE_CALLS)

    async def transfer(self, call: str, to: str) -> None:
        """Send a call that is going on to a number or an extension, as people dial it."""
        self.unsupported(Capability.LIVE_CALLS)

    async def recordings(self, start: datetime, end: datetime) -> Sequence[Recording]:
        """Recorded calls that started between two instants, oldest first."""
        self.unsupported(Capability.RECORDINGS)

    async def recording(self, id_: str) -> Sound:
        """One recording's sound."""
        self.unsupported(Capability.RECORDINGS)

    async def voicemails(self) -> Sequence[VoicemailMessage]:
        """Messages in all mailboxes, newest first."""
        self.unsupported(Capability.VOICEMAIL)

    async def voicemail(self, mailbox: str, id_: str) -> Sound:
        """One message's sound."""
        self.unsupported(Capability.VOICEMAIL)

    async def delete_voicemail(self, mailbox: str, id_: str) -> None:
        """Delete a message."""
        self.unsupported(Capability.VOICEMAIL)

    async def texts(self, start: datetime, end: datetime) -> Sequence[Text]:
        """Text messages between two instants, oldest first."""
        self.unsupported(Capability.TEXTS)

    async def send_text(self, ours: PhoneNumber, theirs: PhoneNumber, words: str) -> str:
        """Send a text; answers its id, or nothing where none is told."""
        self.unsupported(Capability.TEXTS)

    async def faxes(self, start: datetime, end: datetime) -> Sequence[Fax]:
        """Faxes between two instants, oldest first."""
        self.unsupported(Capability.FAXES)

    async def fax(self, id_: str) -> Sound:
        """One fax's pages."""
        self.unsupported(Capability.FAXES)

    async def contacts(self) -> Sequence[Contact]:
        """People outside whom the system knows by name."""
        self.unsupported(Capability.CONTACTS)

    async def blocked_callers(self) -> Sequence[BlockedCaller]:
        """Callers who do not get through."""
        self.unsupported(Capability.BLOCKED_CALLERS)

    async def block_caller(self, party: PhoneNumber, note: str) -> None:
        """Let a caller through no more."""
        self.unsupported(Capability.BLOCKED_CALLERS)

    async def unblock_caller(self, id_: str) -> None:
        """Let a blocked caller through again."""
        self.unsupported(Capability.BLOCKED_CALLERS)

    async def subscriptions(self) -> Sequence[Subscription]:
        """All web hooks, ours and others'."""
        self.unsupported(Capability.SUBSCRIPTIONS)

    async def subscribe(self, kind: str, url: str, of: str = "") -> None:
        """Have the provider call an address for an event."""
        self.unsupported(Capability.SUBSCRIPTIONS)

    async def unsubscribe(self, subscription: Subscription) -> None:
        """End one web hook."""
        self.unsupported(Capability.SUBSCRIPTIONS)

    async def registrations(self) -> Sequence[Registration]:
        """Which devices are there."""
        self.unsupported(Capability.REGISTRATIONS)

    async def balance(self) -> str:
        """The account's balance."""
        self.unsupported(Capability.BALANCE)


OF_KIND: Mapping[Kind, Capability] = {
    Kind.EXTENSION: Capability.EXTENSIONS,
    Kind.HUNT_GROUP: Capability.HUNT_GROUPS,
    Kind.QUEUE: Capability.QUEUES,
    Kind.MAILBOX: Capability.MAILBOXES,
    Kind.SOUND: Capability.SOUNDS,
    Kind.PLAYLIST: Capability.SOUNDS,
    Kind.TIME_DIARY: Capability.TIME_DIARIES,
    Kind.TRUNK: Capability.ROUTING,
    Kind.CALL_FLOW: Capability.CALL_FLOWS,
    Kind.MENU: Capability.ROUTING,
    Kind.FORWARDING: Capability.FORWARDING,
    Kind.CONFERENCE: Capability.ROUTING,
    Kind.OUTSIDE: Capability.ROUTING,
    Kind.OTHER: Capability.ROUTING,
}
"""Which capability the listing of a kind belongs to."""

CALLS: Mapping[Capability, tuple[str, ...]] = {
    Capability.NUMBERS: ("numbers",),
    Capability.ROUTING: ("route_number",),
    Capability.CALL_FLOWS: (
        "flows",
        "flow",
        "create_flow",
        "save_flow",
        "delete_flow",
        "next_flow_extension",
    ),
    Capability.PLACE_CALL: ("place_call",),
    Capability.CALL_HISTORY: ("call_history",),
    Capability.CALL_EVENTS: (),
    Capability.BALANCE: ("balance",),
    Capability.NUMBER_ORDERS: (
        "search_numbers",
        "order_number",
    ),
    Capability.FORWARDING: (
        "forwardings",
        "set_forwarding",
    ),
    Capability.AGENTS: (
        "agents",
        "set_presence",
    ),
    Capability.LIVE_CALLS: (
        "live_calls",
        "hang_up",
        "transfer",
    ),
    Capability.RECORDINGS: (
        "recordings",
        "recording",
    ),
    Capability.VOICEMAIL: (
        "voicemails",
        "voicemail",
        "delete_voicemail",
    ),
    Capability.TEXTS: (
        "texts",
        "send_text",
    ),
    Capability.FAXES: (
        "faxes",
        "fax",
    ),
    Capability.CONTACTS: ("contacts",),
    Capability.BLOCKED_CALLERS: (
        "blocked_callers",
        "block_caller",
        "unblock_caller",
    ),
    Capability.SUBSCRIPTIONS: (
        "subscriptions",
        "subscribe",
        "unsubscribe",
    ),
    Capability.REGISTRATIONS: ("registrations",),
    Capability.EXTENSIONS: ("objects",),
    Capability.HUNT_GROUPS: ("objects",),
    Capability.QUEUES: ("objects",),
    Capability.MAILBOXES: ("objects",),
    Capability.SOUNDS: ("objects",),
    Capability.TIME_DIARIES: ("objects",),
}
"""The calls of each capability; a claim that is usable means that all of them are overridden."""


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """What is declared once of a provider.

    Attributes:
        slug: one word, the same in packages, settings and addresses.
        settings: the account's settings.
        connect: builds the account's client.
        claims: what it can do; every capability is named.
        operations: every documented call.
        hooks: kinds of deliveries that it sends, as they stand in the address.
        news: reads a stored delivery; what it does not know yields nothing.
        where_to_paste: what a person does so that deliveries come, `{url}` in it.
    """

    slug: str
    title: str
    settings: type[AccountSettings]
    connect: Callable[[Any], Provider]
    claims: Mapping[Capability, Claim]
    operations: tuple[type[Operation[Any]], ...]
    hooks: tuple[str, ...]
    news: Callable[[Any, Delivered], Iterable[News]]
    where_to_paste: str
