"""One app at VoipNow: its calls, and what they mean in domain words."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from bot.domain.clock import Clock
from bot.domain.errors import NotFound, ProviderGarbled, Unsupported, UsageError
from bot.domain.numbers import PhoneNumber
from bot.domain.records import Agent, LiveCall, Presence, Registration, Subscription
from bot.domain.telephony import CallSeen, Capability, Kind, Named
from bot.providers.base import OF_KIND, Provider, ProviderSpec
from bot.providers.operations import Operation
from bot.providers.voipnow.connection import Connection
from bot.providers.voipnow.envelope import TITLE
from bot.providers.voipnow.history import seen
from bot.providers.voipnow.operations import calls, events, extensions, history
from bot.providers.voipnow.operations.paging import Paged
from bot.providers.voipnow.parties import instant, party, short
from bot.providers.voipnow.settings import VoipNowSettings
from bot.providers.voipnow.wire import SELF, Collection, VoipNowOperation

PAGE = 500
"""Objects that are asked for at once; the provider's most is 5000."""

REACH = 5000
"""No page may begin behind this one."""

MARGIN = timedelta(hours=1)

_INSIDE, _IN = 2, 8
_TALKING = 5
_REGISTERED = {1: True, 2: True, -1: False, -2: False}
_POST, _ON = 1, 1

_PRESENCE = {0: Presence.LOGGED_OUT, 1: Presence.AVAILABLE, 2: Presence.PAUSED}
_STATUS = {presence: status for status, presence in _PRESENCE.items()}


class VoipNowAccount(Provider):
    """One app at VoipNow.

    Args:
        settings: the account's.
        clock: tells when a token ends.
        sleep: waits between two tries of a read.
    """

    spec: ClassVar[ProviderSpec]
    settings: VoipNowSettings

    def __init__(
        self,
        settings: VoipNowSettings,
        *,
        clock: Clock | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self._connection = Connection(settings, clock=clock, sleep=sleep)
        self._user = {"userId": settings.user}

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how since the start."""
        return self._connection.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._connection.close()

    async def call(self, operation: Operation[Any]) -> Any:
        """Send one operation; passwords and PINs in the answer are masked.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        if not isinstance(operation, VoipNowOperation):
            raise TypeError(f"{operation.name} is no call of {TITLE}")
        return await self._connection.send(operation)

    async def ping(self) -> None:
        """The cheapest read that proves address and credentials."""
        await self._do(extensions.ListPresence, extension=SELF, count=1)

    async def _do(self, operation: type[VoipNowOperation[Any]], **given: Any) -> Any:
        return await self.call(operation.read({**self._user, **given}))

    async def _all(
        self, operation: type[Paged[Any]], **given: Any
    ) -> AsyncIterator[tuple[str, Any]]:
        """The objects of all pages, with their keys.

        Raises:
            ProviderGarbled: there are more than can be asked for.
        """
        start = 0
        before: Collection[Any] | None = None
        while start <= REACH:
            page: Collection[Any] = await self._do(operation, **given, count=PAGE, startIndex=start)
            rows = list(page.rows())
            # A provider that does not page would answer with the same objects for ever.
            if before is not None and page.entry == before.entry:
                return
            for row in rows:
                yield row
            start += len(rows)
            # Where the whole is told, a page may be shorter than was asked for.
            if not rows or (len(rows) < PAGE if page.total is None else start >= page.total):
                return
            before = page
        raise ProviderGarbled(TITLE, operation.name, words=f"more than {REACH} objects")

    # Extensions

    async def objects(self, kind: Kind) -> Sequence[Named]:
        """Telephones of the user, and the queues of the settings with their agents."""
        if kind not in (Kind.EXTENSION, Kind.QUEUE):
            self.unsupported(OF_KIND[kind])
        if kind is Kind.EXTENSION:
            return [
                Named(kind, number, number, extension=short(number), online=_online(record))
                async for number, record in self._telephones()
            ]
        members: dict[str, list[str]] = {number: [] for number in self._queues()}
        async for queue, record in self._agents():
            members[queue].append(_agent_number(record))
        return [
            Named(kind, number, number, extension=short(number), members=tuple(who))
            for number, who in members.items()
        ]

    async def _telephones(self) -> AsyncIterator[tuple[str, extensions.PresenceRecord]]:
        async for _, record in self._all(extensions.ListPresence, extension=SELF):
            if isinstance(record.extension, str) and record.extension:
                yield record.extension, record

    async def registrations(self) -> Sequence[Registration]:
        """Every device of every telephone, as far as its state is told."""
        return [
            Registration(number, there, device=str(device.agent or ""))
            async for number, record in self._telephones()
            for device in record.registration
            if (there := _REGISTERED.get(device.registration)) is not None
        ]

    # Queue agents

    def _queues(self) -> Sequence[str]:
        if not self.settings.queues:
            words = "name the queues in the settings (queues), for VoipNow does not list them"
            raise Unsupported(TITLE, Capability.AGENTS.value, words)
        return self.settings.queues

    async def _agents(self) -> AsyncIterator[tuple[str, extensions.AgentRecord]]:
        for queue in self._queues():
            async for _, record in self._all(extensions.ListAgents, extension=queue):
                if _agent_number(record):
                    yield queue, record

    async def agents(self) -> Sequence[Agent]:
        """Everybody in the queues of the settings, once for each queue; ids are queue/agent."""
        return [
            Agent(
                id=f"{queue}/{_agent_id(record)}",
                name=_agent_number(record),
                presence=_PRESENCE.get(record.status, Presence.LOGGED_OUT),
                extension=_agent_number(record),
                queues=(queue,),
            )
            async for queue, record in self._agents()
        ]

    async def set_presence(self, agent: str, presence: Presence) -> None:
        """Log an agent of one queue in or out, or pause them."""
        queue, _, who = agent.partition("/")
        await self._do(extensions.UpdateAgent, extension=queue, agent=who, status=_STATUS[presence])

    # Calls

    async def place_call(self, extension: str, destination: PhoneNumber) -> None:
        """Ring an extension, which is charged, then connect it to the destination."""
        parties = {"source": [extension], "destination": [destination.e164]}
        await self._do(calls.StartCall, extension=extension, phoneCallView=[parties])

    async def live_calls(self) -> Sequence[LiveCall]:
        """Calls of all the user's extensions."""
        found = [
            self._live(call)
            async for _, call in self._all(calls.ListCalls, extension=SELF)
            if call.id
        ]
        return [call for call in found if call is not None]

    def _live(self, call: calls.PhoneCall) -> LiveCall | None:
        view = _outer(call)
        if view is None:
            return None
        answered = bool(call.answered or view.answered) or view.status == _TALKING
        return LiveCall(
            id=str(call.id),
            caller=party(view.source, self.settings.region),
            called=party(view.destination, self.settings.region),
            extension=_ours(call, view),
            answered=answered,
            since=instant(call.published, ZoneInfo(self.settings.time_zone)),
        )

    async def hang_up(self, call: str) -> None:
        """End one call; that it is over already is no error."""
        await self._do(calls.HangUp, extension=SELF, phoneCallId=call)

    async def transfer(self, call: str, to: str) -> None:
        """Let our side of a call transfer it.

        Raises:
            NotFound: there is no such call any more.
        """
        number = re.sub(r"[\s()/.-]", "", to)
        operation = calls.ControlCall.read(
            {
                **self._user,
                "extension": SELF,
                "phoneCallId": call,
                "action": "Transfer",
                "sendCallTo": number,
                "transferFromNumber": await self._our_side(call),
            }
        )
        await self.call(operation)

    async def _our_side(self, call: str) -> str:
        page = await self._do(calls.GetCall, extension=SELF, phoneCallId=call)
        for _, found in page.rows():
            view = _outer(found)
            if str(found.id) == call and view is not None and (ours := _ours(found, view)):
                return ours
        raise NotFound(TITLE, calls.GetCall.name, words="the call is over")

    async def call_history(self, start: datetime, end: datetime) -> Sequence[CallSeen]:
        """Calls that started between two instants, oldest first."""
        zone = ZoneInfo(self.settings.time_zone)
        found: dict[str, CallSeen] = {}
        records = self._all(
            history.ListRecords,
            # An hour more on both sides: in autumn a wall clock time means two instants.
            startDate=_wall_clock(start - MARGIN, zone),
            endDate=_wall_clock(end + MARGIN, zone),
        )
        async for key, record in records:
            call = seen(self.settings, key, record)
            if call is not None:
                found[call.id] = call
        first = start.replace(microsecond=0)
        between = (call for call in found.values() if first <= call.started_at <= end)
        return sorted(between, key=lambda call: call.started_at)

    # Phone call events

    async def subscriptions(self) -> Sequence[Subscription]:
        """The events of every telephone and queue that is known."""
        numbers = self.settings.extensions or [n async for n, _ in self._telephones()]
        return [
            Subscription(
                id=str(event.id), kind=str(event.type), url=str(event.url or ""), of=number
            )
            for number in dict.fromkeys([*numbers, *self.settings.queues])
            async for _, event in self._all(events.ListEvents, extension=number)
            if event.id
        ]

    async def subscribe(self, kind: str, url: str, of: str = "") -> None:
        """Have an address called by POST for one type of event of one extension."""
        if not of:
            raise UsageError(
                f"An event of {TITLE} belongs to one extension.",
                hint="Name it like 0003*210.",
            )
        written = {"extension": of, "url": url, "method": _POST, "status": _ON}
        if self.settings.paths.create_event == "type in the path":
            await self._do(events.CreateEventOfType, eventType=kind, **written)
        else:
            await self._do(events.CreateEvent, type=kind, **written)

    async def unsubscribe(self, subscription: Subscription) -> None:
        """Delete one event, and never more than one."""
        await self.delete_event(subscription.of, subscription.kind, subscription.id)

    async def delete_event(self, extension: str, kind: str, id_: str) -> Sequence[str]:
        """Delete one event; answers its id, or nothing where none was deleted."""
        return _ids(
            await self._do(events.DeleteEvent, extension=extension, eventType=kind, eventId=id_)
        )

    async def delete_events_of_type(self, extension: str, kind: str) -> Sequence[str]:
        """Delete all events of one type of an extension; answers their ids."""
        return _ids(await self._do(events.DeleteEventsOfType, extension=extension, eventType=kind))

    async def delete_events_of_extension(self, extension: str) -> Sequence[str]:
        """Delete all events of an extension, of every type; answers their ids."""
        return _ids(await self._do(events.DeleteEventsOfExtension, extension=extension))


def _ids(deleted: list[events.EventId]) -> Sequence[str]:
    return [str(event.id) for event in deleted]


def _online(record: extensions.PresenceRecord) -> bool | None:
    """Whether a device is there; told by the devices, else by the extension's own status."""
    states = {_REGISTERED.get(device.registration) for device in record.registration}
    if True in states or record.status in (1, 2, 3):
        return True
    return False if False in states else None


def _agent_number(record: extensions.AgentRecord) -> str:
    return str(record.agentNumber or record.identifier or "")


def _agent_id(record: extensions.AgentRecord) -> str:
    """Local agents are known by their number, remote ones by an id."""
    return str(record.identifier or record.agentNumber)


def _outer(call: calls.PhoneCall) -> calls.CallView | None:
    """The connection that leads outside, or the first one."""
    views = call.phoneCallView
    outside = (view for view in views if view.flow != _INSIDE)
    return next(outside, views[0] if views else None)


def _ours(call: calls.PhoneCall, view: calls.CallView) -> str:
    side = view.destination if view.flow == _IN else view.source
    if isinstance(side, list):
        side = side[0] if side else None
    return next((str(one) for one in (view.extension, call.extension, side) if one), "")


def _wall_clock(instant_: datetime, zone: ZoneInfo) -> str:
    return instant_.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")
