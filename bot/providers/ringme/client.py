"""One application at RingMe: the documented calls, and what they mean in domain words.

The document is about single extensions, so the settings name those that the bot looks after. An
object of an extension has the id `EXTENSION/ID` in domain words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog

from bot.domain.clock import Clock
from bot.domain.errors import NotFound, ProviderError, UsageError
from bot.domain.numbers import PhoneNumber
from bot.domain.records import (
    Agent,
    Forwarding,
    LiveCall,
    Presence,
    Recording,
    Registration,
    Sound,
    Subscription,
)
from bot.domain.telephony import Capability, Kind, Named
from bot.providers.base import OF_KIND, Provider, ProviderSpec
from bot.providers.operations import Operation
from bot.providers.ringme import read
from bot.providers.ringme.connection import Connection
from bot.providers.ringme.envelope import TITLE
from bot.providers.ringme.events import HANGUP
from bot.providers.ringme.extensions import IVR, PHONE, QUEUE, Extensions
from bot.providers.ringme.operations import agents as agent_calls
from bot.providers.ringme.operations import calls, events, incoming_rules, recordings
from bot.providers.ringme.operations.extensions import (
    GetExtension,
    GetRegistration,
    ListRegistrations,
    RegistrationState,
)
from bot.providers.ringme.operations.intervals import Interval, ListIntervals
from bot.providers.ringme.operations.phones import GetPhone, Phone
from bot.providers.ringme.operations.queue_agents import ListLocalAgents, QueueAgent
from bot.providers.ringme.settings import RingMeSettings
from bot.providers.ringme.times import periods, write_time
from bot.providers.ringme.wire import RingMeOperation

log = structlog.get_logger(__name__)

DAY = timedelta(days=1)

_STATUS = {Presence.AVAILABLE: "available", Presence.LOGGED_OUT: "logged_out"}
_FORWARDS = ("transfer", "simple_transfer")


class RingMeAccount(Provider):
    """One application at RingMe.

    Args:
        settings: the account's.
        clock: tells when a token ends.
        sleep: waits between two tries of a read.
    """

    spec: ClassVar[ProviderSpec]
    settings: RingMeSettings

    def __init__(
        self,
        settings: RingMeSettings,
        *,
        clock: Clock | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self._way = Connection(settings, clock=clock, sleep=sleep)
        self._extensions = Extensions(self._way, settings.extensions)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how since the start."""
        return self._way.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._way.close()

    async def call(self, operation: Operation[Any]) -> Any:
        """Send one documented operation; passwords and PINs in the answer are masked.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        if not isinstance(operation, RingMeOperation):
            raise TypeError(f"{operation.name} is no call of {TITLE}")
        return await self._way.send(operation)

    async def ping(self) -> None:
        """Ask for an extension, or at least for a token where the settings name none."""
        if self.settings.extensions:
            await self._extensions.get(self.settings.extensions[0])
        else:
            await self._way.tokens.headers()

    # Extensions, and what else calls can go to

    async def objects(self, kind: Kind) -> Sequence[Named]:
        """All objects of a kind at the extensions of the settings."""
        match kind:
            case Kind.EXTENSION:
                return await self._phones()
            case Kind.QUEUE:
                return await self._queues()
            case Kind.MAILBOX:
                return await self._mailboxes()
            case Kind.SOUND:
                return await self._sounds()
            case Kind.TIME_DIARY:
                return await self._diaries()
            case Kind.PLAYLIST:
                return []  # hold music is a sound here
            case _:
                return self.unsupported(OF_KIND[kind])

    async def _phones(self) -> Sequence[Named]:
        try:
            devices = await self.registrations()
        except ProviderError as error:
            # Whether somebody is there is a trimming; without it the list is still of use.
            log.warning("registrations are not known", provider=TITLE, error=str(error))
            online: Mapping[str, bool] = {}
        else:
            online = {device.extension: device.online for device in devices}
        return [
            read.named(Kind.EXTENSION, id_, record, online=online.get(id_))
            async for id_, record in self._extensions.each(Capability.EXTENSIONS)
            if record.type not in (QUEUE, IVR)
        ]

    async def _queues(self) -> Sequence[Named]:
        found = []
        async for id_, record in self._extensions.each(Capability.QUEUES):
            if record.type == QUEUE:
                inside = await self._queue_agents(id_)
                members = tuple(str(agent.agent_id) for agent in inside)
                found.append(read.named(Kind.QUEUE, id_, record, members=members))
        return found

    async def _mailboxes(self) -> Sequence[Named]:
        found = []
        async for id_, record in self._extensions.each(Capability.MAILBOXES):
            if record.type == PHONE:
                phone: Phone = await self.call(GetPhone(extension_id=id_))
                if phone.vm_enabled:
                    found.append(read.named(Kind.MAILBOX, id_, record))
        return found

    async def _sounds(self) -> Sequence[Named]:
        found: dict[int, Named] = {}
        for id_ in self._extensions.ids(Capability.SOUNDS):
            async for row in self._extensions.pages(recordings.ListSounds, {"extension_id": id_}):
                if row.id is not None:
                    found[row.id] = Named(
                        Kind.SOUND, str(row.id), row.title or row.filename or str(row.id)
                    )
        return list(found.values())

    async def _diaries(self) -> Sequence[Named]:
        found = []
        for id_ in self._extensions.ids(Capability.TIME_DIARIES):
            rows: list[Interval] = await self.call(ListIntervals(extension_id=id_))
            found += [
                Named(Kind.TIME_DIARY, f"{id_}/{row.id}", row.name or str(row.id)) for row in rows
            ]
        return found

    async def registrations(self) -> Sequence[Registration]:
        """The devices of each extension; one without any is there once, as not online."""
        wanted = self._extensions.ids(Capability.REGISTRATIONS)
        states: list[RegistrationState]
        if all(id_.isdigit() for id_ in wanted):
            states = await self.call(ListRegistrations.read({"extension_id": list(wanted)}))
        else:
            # A list takes numbers only, not @me.
            states = [await self.call(GetRegistration(extension_id=id_)) for id_ in wanted]
        return [device for state in states for device in read.devices(state)]

    # Queues' agents

    async def agents(self) -> Sequence[Agent]:
        """The agents of each extension, with the queues among the extensions that have them."""
        queues: dict[int | None, tuple[str, ...]] = {}
        owners = []
        async for id_, record in self._extensions.each(Capability.AGENTS):
            if record.type == QUEUE:
                for inside in await self._queue_agents(id_):
                    queues[inside.agent_id] = (*queues.get(inside.agent_id, ()), id_)
            elif record.type != IVR:
                owners.append(id_)
        return [
            read.agent(id_, agent, queues.get(agent.id, ()))
            for id_ in owners
            for agent in await self.call(agent_calls.ListAgents(extension_id=id_))
        ]

    async def set_presence(self, agent: str, presence: Presence) -> None:
        """Log an agent in or out.

        Raises:
            UsageError: there is no pause here.
        """
        if presence not in _STATUS:
            raise UsageError(
                f"{TITLE} knows no pause; an agent is available or logged out.",
                hint="Log the agent out instead.",
            )
        extension, id_ = _parted(agent)
        given = {"extension_id": extension, "agent_id": id_, "status": _STATUS[presence]}
        await self.call(agent_calls.UpdateAgent.read(given))

    async def _queue_agents(self, queue: str) -> list[QueueAgent]:
        rows: list[QueueAgent] = await self.call(ListLocalAgents(extension_id=queue))
        return rows

    # Calls

    async def place_call(self, extension: str, destination: PhoneNumber) -> None:
        """Ring an extension, then connect it to the destination."""
        record = await self._extensions.get(extension)
        if not record.name:
            raise NotFound(TITLE, GetExtension.name, words=f"no name of extension {extension}")
        await self.call(
            calls.PlaceCall(extension_id=extension, src_num=[record.name], dst_num=destination.e164)
        )

    async def live_calls(self) -> Sequence[LiveCall]:
        """Calls that are going on at extensions of type phone."""
        found = []
        for id_ in await self._extensions.of_type(PHONE, Capability.LIVE_CALLS):
            told = await self.call(calls.ListCurrentCalls(extension_id=id_))
            found += [
                read.live_call(id_, call, self.settings.region)
                for call in told.call_list or ()
                if call.call_api_id
            ]
        return found

    async def hang_up(self, call: str) -> None:
        """End a call that is going on."""
        extension, id_ = _parted(call)
        await self.call(calls.HangUp(extension_id=extension, call_api_id=id_))

    async def transfer(self, call: str, to: str) -> None:
        """Send a call that is going on elsewhere, without asking there first."""
        extension, id_ = _parted(call)
        await self.call(
            calls.ControlCall(
                extension_id=extension, call_api_id=id_, action="transfer", send_dst=to
            )
        )

    async def forwardings(self) -> Sequence[Forwarding]:
        """The transfer rules for incoming calls of each extension."""
        found = []
        for id_ in self._extensions.ids(Capability.FORWARDING):
            rules = await self.call(incoming_rules.ListIncomingRules(extension_id=id_))
            found += [
                read.forwarding(id_, rule, self.settings.region)
                for rule in rules
                if rule.type in _FORWARDS
            ]
        return found

    async def set_forwarding(self, id_: str, to: PhoneNumber | None) -> None:
        """Let a transfer rule send calls to a number, or switch it off.

        Raises:
            UsageError: the rule is none of transfer, or rings several destinations.
        """
        extension, rule_id = _parted(id_)
        where = {"extension_id": extension, "rule_id": rule_id}
        rule = await self.call(incoming_rules.GetIncomingRule.read(where))
        if rule.type not in _FORWARDS:
            raise UsageError(f"The rule “{rule.name or rule_id}” forwards nothing.")
        if to is not None and len((rule.transfer_dst or "").split()) > 1:
            raise UsageError(
                f"The rule “{rule.name or rule_id}” rings several destinations.",
                hint=f"Change it with {incoming_rules.UpdateIncomingRule.name}.",
            )
        changed: dict[str, Any] = {"enabled": to is not None}
        if to is not None:
            changed["transfer_dst"] = to.e164
        await self.call(incoming_rules.UpdateIncomingRule.read({**where, **changed}))

    # Recordings

    async def recordings(self, start: datetime, end: datetime) -> Sequence[Recording]:
        """Recorded calls that started between two instants, oldest first."""
        found: dict[str, Recording] = {}
        for id_ in self._extensions.ids(Capability.RECORDINGS):
            # In which zone the period is meant is not documented, hence a day more on both sides.
            for first, last in periods(start - DAY, end + DAY):
                period = {"start_datetime": write_time(first), "end_datetime": write_time(last)}
                given = {"extension_id": id_, "order": "asc", **period}
                async for row in self._extensions.pages(recordings.ListRecordings, given):
                    recording = read.recording(id_, row, self.settings.region)
                    if recording is not None and start <= recording.started_at <= end:
                        found[recording.id] = recording
        return sorted(found.values(), key=lambda recording: recording.started_at)

    async def recording(self, id_: str) -> Sound:
        """One recording's sound."""
        extension, uuid = _parted(id_)
        blob = await self.call(recordings.GetRecording(extension_id=extension, record_uuid=uuid))
        return Sound(blob.content_type, blob.content)

    # Web hooks

    async def subscriptions(self) -> Sequence[Subscription]:
        """All web hooks of the extensions, ours and others'."""
        found = []
        for id_ in self._extensions.ids(Capability.SUBSCRIPTIONS):
            rows: list[events.Event] = await self.call(events.ListEvents(extension_id=id_))
            found += [
                Subscription(str(row.id), row.event_type or "", row.url or "", of=id_)
                for row in rows
                if row.id is not None
            ]
        return found

    async def subscribe(self, kind: str, url: str, of: str = "") -> None:
        """Have an address called for an event at one extension.

        Without one it is done at each: a queue or an IVR tells of nothing but hang-ups, and an
        answer there would be a machine's.
        """
        if of:
            wanted: Sequence[str] = [of]
        elif kind == HANGUP:
            wanted = self._extensions.ids(Capability.SUBSCRIPTIONS)
        else:
            wanted = await self._extensions.of_type(PHONE, Capability.SUBSCRIPTIONS)
        body = {"url": url, "event_type": kind, "method": "POST"}
        asked = [events.CreateEvent.read({"extension_id": id_, **body}) for id_ in wanted]
        for operation in asked:
            await self.call(operation)

    async def unsubscribe(self, subscription: Subscription) -> None:
        """End one web hook; never all of an extension."""
        given = {"extension_id": subscription.of, "id": subscription.id}
        await self.call(events.DeleteEvent.read(given))


def _parted(id_: str) -> tuple[str, str]:
    extension, sign, rest = id_.partition("/")
    if not (extension and sign and rest):
        raise UsageError(f"“{id_}” is no id here.", hint="It is written EXTENSION/ID.")
    return extension, rest
