"""One account at VoIP.ms: the documented functions, and what they mean in domain words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from bot.domain.errors import Unsupported
from bot.domain.numbers import PhoneNumber
from bot.domain.records import (
    Agent,
    BlockedCaller,
    Contact,
    Forwarding,
    NumberOffer,
    Presence,
    Recording,
    Registration,
    Sound,
    Subscription,
    Text,
    VoicemailMessage,
)
from bot.domain.telephony import CallSeen, Capability, Destination, Kind, Named, Number
from bot.providers.base import Provider, ProviderSpec
from bot.providers.operations import Operation
from bot.providers.voipms import (
    callers,
    destinations,
    events,
    history,
    numbering,
    texts,
    voicemail,
)
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.operations.account import GetBalance, GetRegistration
from bot.providers.voipms.operations.base import VoipmsOperation
from bot.providers.voipms.operations.queues import ListQueues
from bot.providers.voipms.readings import plain
from bot.providers.voipms.settings import VoipmsSettings


class VoipmsAccount(Provider):
    """One account at VoIP.ms.

    Args:
        settings: the account's.
        sleep: waits between two tries of a read.
    """

    spec: ClassVar[ProviderSpec]
    settings: VoipmsSettings

    def __init__(
        self,
        settings: VoipmsSettings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self._api = VoipmsApi(settings, sleep=sleep)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how since the start."""
        return self._api.http.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._api.http.close()

    async def call(self, operation: Operation[Any]) -> Any:
        """Send one documented function; passwords and PINs in the answer are masked.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        if not isinstance(operation, VoipmsOperation):
            raise TypeError(f"{operation.name} is no function of {TITLE}")
        return await self._api.call(operation)

    async def ping(self) -> None:
        """The cheapest read that proves address and credentials."""
        await self._api.call(GetBalance())

    # Numbers and where they lead

    async def numbers(self) -> Sequence[Number]:
        """All numbers of the account."""
        return await numbering.numbers(self._api, self.settings.region)

    async def route_number(self, number: str, to: Destination) -> None:
        """Send a number's calls somewhere else; what holds when that fails stays."""
        await numbering.route(self._api, number, to)

    async def search_numbers(self, country: str, digits: str) -> Sequence[NumberOffer]:
        """Numbers on offer in Canada and the United States."""
        return await numbering.search(self._api, country, digits, self.settings.region)

    async def order_number(self, offer: str, *, rehearse: bool) -> None:
        """Order a toll-free number by its offer's id; a rehearsal orders nothing."""
        await numbering.order(self._api, offer, rehearse=rehearse)

    async def objects(self, kind: Kind) -> Sequence[Named]:
        """All objects of a kind that calls can be sent to, or that such objects use."""
        if kind is Kind.CALL_FLOW:
            self.unsupported(Capability.CALL_FLOWS)
        listing = destinations.LISTINGS.get(kind)
        if listing is None:
            raise Unsupported(TITLE, kind.value, "VoIP.ms has no such objects to list")
        return await listing(self._api)

    async def forwardings(self) -> Sequence[Forwarding]:
        """All forwardings."""
        return await destinations.forwardings(self._api, self.settings.region)

    async def set_forwarding(self, id_: str, to: PhoneNumber | None) -> None:
        """Let a forwarding lead to another number.

        Raises:
            Unsupported: it cannot be switched off.
        """
        if to is None:
            words = "a forwarding always has a number; send the calls elsewhere instead"
            raise Unsupported(TITLE, Capability.FORWARDING.value, words)
        await destinations.set_forwarding(self._api, id_, to)

    async def agents(self) -> Sequence[Agent]:
        """The members of all queues, who always take calls."""
        queues: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for queue in (await self._api.call(ListQueues())).queues:
            for member in await destinations.members_of(self._api, queue.queue or ""):
                account = destinations.account_of(member)
                queues.setdefault(account, []).append(queue.queue or "")
                names.setdefault(account, plain(member.name) or account)
        return [
            Agent(account, names[account], Presence.AVAILABLE, account, tuple(of))
            for account, of in queues.items()
        ]

    async def set_presence(self, agent: str, presence: Presence) -> None:
        """Refuse: no function logs a member in or out."""
        del agent, presence
        words = "no function of VoIP.ms logs a member of a queue in or out, or pauses one"
        raise Unsupported(TITLE, Capability.AGENTS.value, words)

    # Calls and messages

    async def call_history(self, start: datetime, end: datetime) -> Sequence[CallSeen]:
        """Calls that started between two instants, oldest first."""
        return await history.calls(self._api, self.settings, start, end)

    async def recordings(self, start: datetime, end: datetime) -> Sequence[Recording]:
        """Recorded calls that started between two instants, oldest first."""
        return await history.recordings(self._api, self.settings, start, end)

    async def recording(self, id_: str) -> Sound:
        """One recorded call's sound."""
        return await history.recording(self._api, id_)

    async def voicemails(self) -> Sequence[VoicemailMessage]:
        """Messages in all mailboxes, newest first."""
        return await voicemail.messages(self._api, self.settings)

    async def voicemail(self, mailbox: str, id_: str) -> Sound:
        """One message's sound."""
        return await voicemail.sound(self._api, mailbox, id_)

    async def delete_voicemail(self, mailbox: str, id_: str) -> None:
        """Delete a message."""
        await voicemail.delete(self._api, mailbox, id_)

    async def texts(self, start: datetime, end: datetime) -> Sequence[Text]:
        """Text messages between two instants, oldest first."""
        return await texts.texts(self._api, self.settings, start, end)

    async def send_text(self, ours: PhoneNumber, theirs: PhoneNumber, words: str) -> str:
        """Send a text; answers its id."""
        return await texts.send(self._api, ours, theirs, words)

    async def subscriptions(self) -> Sequence[Subscription]:
        """The addresses that are called for texts."""
        return await events.subscriptions(self._api)

    async def subscribe(self, kind: str, url: str, of: str = "") -> None:
        """Have an address called for texts to a number, or to all that take texts."""
        await events.subscribe(self._api, kind, url, of)

    async def unsubscribe(self, subscription: Subscription) -> None:
        """Have a number's address called no more."""
        await events.unsubscribe(self._api, subscription)

    # People outside

    async def contacts(self) -> Sequence[Contact]:
        """Everybody in the phone book."""
        return await callers.contacts(self._api, self.settings.region)

    async def blocked_callers(self) -> Sequence[BlockedCaller]:
        """Callers whom a filter turns away."""
        return await callers.blocked(self._api, self.settings.region)

    async def block_caller(self, party: PhoneNumber, note: str) -> None:
        """Turn a caller away from every number."""
        await callers.block(self._api, party, note)

    async def unblock_caller(self, id_: str) -> None:
        """Refuse: a filter can be made and changed, but not deleted."""
        del id_
        words = "no document says how the API deletes a filter; delete it in the portal"
        raise Unsupported(TITLE, Capability.BLOCKED_CALLERS.value, words)

    # The account

    async def registrations(self) -> Sequence[Registration]:
        """Whether a telephone is there for each sub account."""
        found: list[Registration] = []
        for extension in await destinations.extensions(self._api):
            status = await self._api.call(GetRegistration(account=extension.id))
            first = next(iter(status.registrations), None)
            found.append(
                Registration(
                    extension.id,
                    status.registered is True,
                    device=(first.register_transport or "") if first else "",
                    address=(first.register_ip or "") if first else "",
                )
            )
        return found

    async def balance(self) -> str:
        """The account's credit, without its currency."""
        return str((await self._api.call(GetBalance())).balance.current_balance)
