"""What services ask of the world outside: a telephone account, and a directory of people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.callflow import CallFlow, FlowDraft
from bot.domain.numbers import PhoneNumber
from bot.domain.operations import OperationInfo
from bot.domain.people import Person
from bot.domain.records import (
    Agent,
    BlockedCaller,
    Contact,
    Fax,
    Forwarding,
    LiveCall,
    NumberOffer,
    Presence,
    Recording,
    Registration,
    Sound,
    Subscription,
    Text,
    VoicemailMessage,
)
from bot.domain.telephony import CallSeen, Capability, Claim, Destination, Kind, Named, Number


class Telephony(Protocol):
    """One account at a provider, in domain words.

    Every call may raise `ProviderError` or, for what the provider cannot do, `Unsupported` before
    anything is sent. Calls that change something are sent once and never repeated.
    """

    @property
    def title(self) -> str:
        """The provider's name as people know it."""
        ...

    def claim(self, capability: Capability) -> Claim:
        """What this provider can do of it."""
        ...

    def operations(self) -> Sequence[OperationInfo]:
        """Every documented call."""
        ...

    def read_operation(self, name: str, values: Mapping[str, Any]) -> OperationInfo:
        """The call that a name means; `UsageError` if there is none, or the values are not its."""
        ...

    async def run_operation(self, name: str, values: Mapping[str, Any]) -> Any:
        """Send a documented call; answers plain JSON values, secrets masked."""
        ...

    async def ping(self) -> None:
        """The cheapest read that proves address and credentials."""
        ...

    async def numbers(self) -> Sequence[Number]:
        """All numbers of the account."""
        ...

    async def route_number(self, number: str, to: Destination) -> None:
        """Send a number's calls (by its id) somewhere else."""
        ...

    async def flows(self) -> Sequence[CallFlow]:
        """All call flows."""
        ...

    async def flow(self, id_: str) -> CallFlow:
        """One call flow; `NotFound` if there is none."""
        ...

    async def create_flow(self, draft: FlowDraft) -> CallFlow:
        """Create a call flow; answers with what the provider made of it."""
        ...

    async def save_flow(self, flow: CallFlow, *, expecting: CallFlow) -> None:
        """Replace a call flow, if it still is what was `expecting`; else `TooLate`."""
        ...

    async def delete_flow(self, id_: str) -> None:
        """Delete a call flow."""
        ...

    async def next_flow_extension(self) -> int | None:
        """The next free extension for a flow; None where the provider does not say."""
        ...

    async def objects(self, kind: Kind) -> Sequence[Named]:
        """All objects of a kind that flows may point at."""
        ...

    async def call_history(self, start: datetime, end: datetime) -> Sequence[CallSeen]:
        """Calls that started between two aware instants, oldest first."""
        ...

    async def place_call(self, extension: str, destination: PhoneNumber) -> None:
        """Ring an extension (by id), then connect it to the destination."""
        ...

    async def search_numbers(self, country: str, digits: str) -> Sequence[NumberOffer]:
        """Numbers on offer.

        Args:
            country: ISO country.
            digits: how the national number begins, or a part of it; empty for any.
        """
        ...

    async def order_number(self, offer: str, *, rehearse: bool) -> None:
        """Order a number by its offer's id; a rehearsal orders nothing."""
        ...

    async def forwardings(self) -> Sequence[Forwarding]:
        """All forwardings."""
        ...

    async def set_forwarding(self, id_: str, to: PhoneNumber | None) -> None:
        """Forward to a number, or not at all."""
        ...

    async def agents(self) -> Sequence[Agent]:
        """Everybody who takes calls of queues."""
        ...

    async def set_presence(self, agent: str, presence: Presence) -> None:
        """Log an agent in or out, or pause them."""
        ...

    async def live_calls(self) -> Sequence[LiveCall]:
        """Calls that are going on."""
        ...

    async def hang_up(self, call: str) -> None:
        """End a call that is going on."""
        ...

    async def transfer(self, call: str, to: str) -> None:
        """Send a call that is going on to a number or an extension, as people dial it."""
        ...

    async def recordings(self, start: datetime, end: datetime) -> Sequence[Recording]:
        """Recorded calls that started between two instants, oldest first."""
        ...

    async def recording(self, id_: str) -> Sound:
        """One recording's sound."""
        ...

    async def voicemails(self) -> Sequence[VoicemailMessage]:
        """Messages in all mailboxes, newest first."""
        ...

    async def voicemail(self, mailbox: str, id_: str) -> Sound:
        """One message's sound."""
        ...

    async def delete_voicemail(self, mailbox: str, id_: str) -> None:
        """Delete a message."""
        ...

    async def texts(self, start: datetime, end: datetime) -> Sequence[Text]:
        """Text messages between two instants, oldest first."""
        ...

    async def send_text(self, ours: PhoneNumber, theirs: PhoneNumber, words: str) -> str:
        """Send a text; answers its id, or nothing where none is told."""
        ...

    async def faxes(self, start: datetime, end: datetime) -> Sequence[Fax]:
        """Faxes between two instants, oldest first."""
        ...

    async def fax(self, id_: str) -> Sound:
        """One fax's pages."""
        ...

    async def contacts(self) -> Sequence[Contact]:
        """People outside whom the system knows by name."""
        ...

    async def blocked_callers(self) -> Sequence[BlockedCaller]:
        """Callers who do not get through."""
        ...

    async def block_caller(self, party: PhoneNumber, note: str) -> None:
        """Let a caller through no more."""
        ...

    async def unblock_caller(self, id_: str) -> None:
        """Let a blocked caller through again."""
        ...

    async def subscriptions(self) -> Sequence[Subscription]:
        """All web hooks, ours and others'."""
        ...

    async def subscribe(self, kind: str, url: str, of: str = "") -> None:
        """Have the provider call an address for an event."""
        ...

    async def unsubscribe(self, subscription: Subscription) -> None:
        """End one web hook."""
        ...

    async def registrations(self) -> Sequence[Registration]:
        """Which devices are there."""
        ...

    async def balance(self) -> str:
        """The account's balance as the provider writes it."""
        ...


class Directory(Protocol):
    """People and groups of the workspace."""

    async def person(self, id_: str) -> Person:
        """The person with this id, as known now."""
        ...

    async def members(self, group: str) -> Collection[str]:
        """Ids of the people in a user group."""
        ...
