"""One account at Yay.com: the documented calls, and what they mean in domain words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import structlog
from pydantic import ValidationError

from bot.domain.callflow import CallFlow, FlowDraft, Play
from bot.domain.errors import (
    DeliveryRefused,
    NotFound,
    ProviderGarbled,
    ProviderRejected,
    TooLate,
    Unsupported,
    UsageError,
)
from bot.domain.numbers import Party, PhoneNumber, read_party
from bot.domain.records import Registration
from bot.domain.telephony import CallSeen, Capability, Destination, Kind, Named, Number
from bot.flows.check import check, errors
from bot.flows.diff import same
from bot.flows.words import names_of_steps
from bot.providers.base import Provider, ProviderSpec
from bot.providers.operations import Effect, Operation, Place
from bot.providers.transport import Request, Transport
from bot.providers.yay import neighbours as beside
from bot.providers.yay.envelope import TITLE, result_of, unreadable
from bot.providers.yay.events import history
from bot.providers.yay.flows import changed_body, to_body, to_flow
from bot.providers.yay.operations import (
    CreateFlow,
    DeleteFlow,
    FlowRecord,
    GetFlow,
    ListFlows,
    NextFlowExtension,
    UpdateFlow,
    YayOperation,
)
from bot.providers.yay.settings import YaySettings
from bot.providers.yay.wire import without_secrets

log = structlog.get_logger(__name__)

HOUR = timedelta(hours=1)

PAGE = 100
"""Calls of the history that are asked for at once; the provider's own default is 10."""

_WRITTEN_BY_SERVER = frozenset({"uuid", "created_on", "updated_on"})

_LISTS: Mapping[Kind, type[YayOperation[Any]]] = {
    Kind.HUNT_GROUP: beside.ListHuntGroups,
    Kind.QUEUE: beside.ListQueueGroups,
    Kind.MAILBOX: beside.ListMailboxes,
    Kind.SOUND: beside.ListSounds,
    Kind.PLAYLIST: beside.ListPlaylists,
    Kind.TIME_DIARY: beside.ListTimeDiaries,
    Kind.TRUNK: beside.ListTrunks,
}

_PRESENCE = {"online": True, "registered": True, "offline": False, "unregistered": False}
"""Words of `status` that are understood; no document lists them."""


class YayAccount(Provider):
    """One account at Yay.com.

    Args:
        settings: the account's.
        sleep: waits between two tries of a read.
    """

    spec: ClassVar[ProviderSpec]
    settings: YaySettings

    def __init__(
        self,
        settings: YaySettings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.settings = settings
        password = settings.password.get_secret_value()
        headers = {
            "X-Auth-Reseller": settings.reseller,
            "X-Auth-User": settings.user,
            "X-Auth-Password": password,
        }
        if settings.acting_for:
            headers["X-Auth-For"] = settings.acting_for
        self._http = Transport(
            title=TITLE,
            base_url=settings.base_url,
            headers=headers,
            per_second=settings.per_second,
            seconds=settings.seconds,
            hidden=(password,),
            sleep=sleep,
        )

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how since the start."""
        return self._http.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._http.close()

    async def call(self, operation: Operation[Any]) -> Any:
        """Send one documented operation; passwords and PINs in the answer are masked.

        Raises:
            ProviderError: it was not done, or nobody knows.
            Unsupported: no document states its path, and the settings do not either.
        """
        if not isinstance(operation, YayOperation):
            raise TypeError(f"{operation.name} is no call of {TITLE}")
        return await self._call(operation)

    async def _call(
        self,
        operation: YayOperation[Any],
        *,
        kept: Mapping[str, Any] | None = None,
        openly: bool = False,
    ) -> Any:
        """Send an operation.

        Args:
            kept: fields of the object that the operation does not declare, to be sent back.
            openly: leave secrets in the answer, for an object that is written back.
        """
        path = operation.filled_path(self._path(operation))
        body = {**(kept or {}), **operation.values(Place.BODY)}
        query = {
            name: value if not isinstance(value, bool) else str(value).lower()
            for name, value in operation.values(Place.QUERY).items()
            if value is not None
        }
        request = Request(
            operation.method,
            path,
            query=query,
            body=body if operation.method in ("POST", "PUT") else None,
        )
        send = self._http.read if operation.effect is Effect.READS else self._http.write
        reply = await send(operation.name, request)
        result = result_of(operation, reply)
        try:
            return operation.result.validate_python(result if openly else without_secrets(result))
        except ValidationError:
            raise unreadable(operation, reply) from None

    def _path(self, operation: YayOperation[Any]) -> str:
        if not operation.guess:
            return operation.path
        path: str = getattr(self.settings.paths, operation.guess)
        if not path:
            raise Unsupported(
                TITLE,
                operation.alias,
                "no document states the path of this call; ask Yay.com and set "
                f"paths.{operation.guess} of the account",
            )
        return path

    # Call flows

    async def flows(self) -> Sequence[CallFlow]:
        """All call flows."""
        return [to_flow(record) for record in await self._call(ListFlows())]

    async def flow(self, id_: str) -> CallFlow:
        """One call flow."""
        return to_flow(await self._call(GetFlow.read({"uuid": id_})))

    async def create_flow(self, draft: FlowDraft) -> CallFlow:
        """Create a call flow; its steps keep the keys they have."""
        _refuse_faults(draft)
        made = await self._call(CreateFlow.read(to_body(draft)))
        return to_flow(made)

    async def save_flow(self, flow: CallFlow, *, expecting: CallFlow) -> None:
        """Replace a call flow, if it still is what was expected.

        The whole object is replaced there, so it is read first, PIN and unknown fields included,
        and sent back with only the changes.

        Raises:
            UsageError: the flow has a fault, or a step that cannot be made.
            TooLate: somebody else changed it.
        """
        _refuse_faults(flow)
        record: FlowRecord = await self._call(GetFlow.read({"uuid": flow.id}), openly=True)
        held = to_flow(record)
        if not same(held, expecting):
            raise TooLate(
                f"The call flow “{held.name}” was changed meanwhile, so nothing was saved.",
                hint="Open it again and repeat the change.",
            )
        body = changed_body(record, held, flow)
        declared = {
            name: body.pop(name)
            for name in [parameter.name for parameter in UpdateFlow.parameters()]
            if name in body
        }
        # As read, not as written: what stands in the account is not checked again.
        modules = FlowRecord.model_validate(
            {"uuid": flow.id, "name": "", "extension": 0, "flow": declared["flow"]}
        ).flow
        operation = UpdateFlow.read({**declared, "flow": modules, "uuid": flow.id})
        await self._call(operation, kept=body)

    async def delete_flow(self, id_: str) -> None:
        """Delete a call flow."""
        await self._call(DeleteFlow.read({"uuid": id_}))

    async def next_flow_extension(self) -> int | None:
        """The next free extension; None where the answer is empty, as the document prints it."""
        extension: int | None = (await self._call(NextFlowExtension())).next_extension
        return extension

    # Numbers

    async def numbers(self) -> Sequence[Number]:
        """All numbers of the account."""
        records: list[beside.NumberRecord] = await self._call(beside.ListNumbers())
        return [
            Number(
                id=record.uuid,
                party=_number(record, self.settings.region),
                name=record.name or "",
                to=_destination(record),
                diary=record.out_of_hours or None,
            )
            for record in records
        ]

    async def route_number(self, number: str, to: Destination) -> None:
        """Let a number use a call flow; everything else about it is sent back as it is."""
        if to.kind is not Kind.CALL_FLOW:
            words = f"a number can be sent to a call flow, not to a {to.kind.value}"
            raise Unsupported(TITLE, Capability.ROUTING.value, words)
        operation = beside.UpdateNumber.read({"uuid": number, "call_flow": to.id})
        self._path(operation)
        records: list[beside.NumberRecord] = await self._call(beside.ListNumbers(), openly=True)
        record = next((record for record in records if record.uuid == number), None)
        if record is None:
            raise NotFound(TITLE, beside.ListNumbers.name, words="no number of this account")
        kept = {k: v for k, v in record.model_dump().items() if k not in _WRITTEN_BY_SERVER}
        await self._call(operation, kept=kept)

    # Everything else

    async def objects(self, kind: Kind) -> Sequence[Named]:
        """All objects of a kind that flows may point at."""
        if kind is Kind.EXTENSION:
            return await self._extensions()
        if kind is Kind.CALL_FLOW:
            return [Named(kind, f.id, f.name, _digits(f.extension)) for f in await self.flows()]
        if kind not in _LISTS:
            raise Unsupported(TITLE, kind.value, "Yay.com has no such objects to list")
        return [_named(kind, record) for record in await self._call(_LISTS[kind]())]

    async def _extensions(self) -> Sequence[Named]:
        users: list[beside.UserRecord] = await self._call(beside.ListUsers())
        try:
            statuses = await self._call(beside.ListUserStatuses())
        except (NotFound, ProviderGarbled, ProviderRejected) as error:
            # Whether somebody is there is a trimming; without it the list is still of use.
            log.warning("presence is not known", provider=TITLE, error=str(error))
            statuses = []
        online = {record.uuid: _is_online(record.status) for record in statuses}
        return [
            Named(
                Kind.EXTENSION,
                user.uuid,
                user.display_name or user.user_name or user.uuid,
                extension=_digits(user.extension),
                online=online.get(user.uuid),
            )
            for user in users
        ]

    async def call_history(self, start: datetime, end: datetime) -> Sequence[CallSeen]:
        """Calls that started between two instants, oldest first."""
        zone = ZoneInfo(self.settings.time_zone)
        seen: dict[str, CallSeen] = {}
        page = 1
        while True:
            operation = beside.CallHistory(
                # An hour more on both sides: in autumn a wall clock time means two instants.
                start=_wall_clock(start - HOUR, zone),
                end=_wall_clock(end + HOUR, zone),
                limit=PAGE,
                page=page,
            )
            rows = _rows(await self._call(operation))
            try:
                found = list(history(self.settings, rows))
            except DeliveryRefused as wrong:
                raise ProviderGarbled(TITLE, operation.name, words=str(wrong)) from None
            new = {call.id: call for call in found if call.id not in seen}
            seen.update(new)
            # A provider that does not page would answer with the same calls for ever.
            if len(rows) < PAGE or not new:
                break
            page += 1
        first = start.replace(microsecond=0)
        between = (call for call in seen.values() if first <= call.started_at <= end)
        return sorted(between, key=lambda call: call.started_at)

    async def place_call(self, extension: str, destination: PhoneNumber) -> None:
        """Ring an extension, then connect it to the destination."""
        await self._call(beside.PlaceCall(user_uuid=extension, destination=destination.e164))

    async def registrations(self) -> Sequence[Registration]:
        """Which SIP users are online, as far as the words for it are understood."""
        found = await self._extensions()
        return [Registration(one.id, one.online) for one in found if one.online is not None]

    async def balance(self) -> str:
        """The account's balance, without its currency."""
        return str((await self._call(beside.GetBalance())).balance)


def _refuse_faults(flow: FlowDraft) -> None:
    names = names_of_steps(flow)
    found = [finding.words for finding in errors(check(flow))]
    found += [
        f"{names[key]}: nothing follows."
        for key, step in flow.steps.items()
        if isinstance(step, Play) and step.next is None
    ]
    if flow.extension is None:
        found.append("It needs an extension.")
    if found:
        raise UsageError(f"The call flow “{flow.name}” was not sent: {' '.join(found)}")


def _number(record: beside.NumberRecord, region: str) -> Party:
    country, national = str(record.country_code or ""), str(record.number or "")
    if national.startswith("+") or not country:
        return read_party(national, region)
    if country.isdigit():
        return read_party(f"+{country}{national}", region)
    return read_party(national, country)


def _destination(record: beside.NumberRecord) -> Destination | None:
    if record.call_flow:
        return Destination(Kind.CALL_FLOW, record.call_flow)
    return Destination(Kind.TRUNK, record.trunk) if record.trunk else None


def _named(kind: Kind, record: beside.ObjectRecord) -> Named:
    name = record.name or record.uuid
    if isinstance(record, beside.GroupRecord):
        extension = _digits(record.extension_number)
        return Named(kind, record.uuid, name, extension=extension, members=record.member_ids())
    return Named(kind, record.uuid, name)


def _digits(extension: int | str | None) -> str | None:
    return None if extension in (None, "") else str(extension)


def _is_online(status: Any) -> bool | None:
    if isinstance(status, bool):
        return status
    return _PRESENCE.get(status.strip().lower()) if isinstance(status, str) else None


def _wall_clock(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")


def _rows(result: list[Any] | dict[str, Any]) -> list[Any]:
    """The calls of a page: the result itself, or the one list in it beside a count."""
    if isinstance(result, list):
        return result
    return next((value for value in result.values() if isinstance(value, list)), [])
