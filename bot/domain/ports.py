"""What services ask of the world outside: a telephone account, and a directory of people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.callflow import CallFlow, FlowDraft
from bot.domain.numbers import PhoneNumber
from bot.domain.people import Person
from bot.domain.telephony import CallSeen, Capability, Claim, Kind, Named, Number


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

    async def ping(self) -> None:
        """The cheapest read that proves address and credentials."""
        ...

    async def numbers(self) -> Sequence[Number]:
        """All numbers of the account."""
        ...

    async def route_number(self, number: str, flow: str) -> None:
        """Let a number (by id) use a call flow (by id)."""
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
