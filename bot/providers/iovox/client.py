"""One account at IOVOX: its calls, and what they mean in domain words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from bot.domain.callflow import CallFlow, FlowDraft, Start, UnknownStep
from bot.domain.clock import Clock, SystemClock
from bot.domain.errors import (
    NotFound,
    ProviderGarbled,
    ProviderRejected,
    TooLate,
    Unsupported,
    UsageError,
)
from bot.domain.numbers import PhoneNumber
from bot.domain.telephony import Capability, Destination, Kind, Named, Number
from bot.flows.diff import same
from bot.providers.base import OF_KIND, ProviderSpec
from bot.providers.iovox import history
from bot.providers.iovox.answers import TITLE
from bot.providers.iovox.connection import Connection
from bot.providers.iovox.editing import changed_flow, new_flow
from bot.providers.iovox.flows import START, sound_id, to_flow
from bot.providers.iovox.operations import IovoxOperation
from bot.providers.iovox.operations.call_flows import (
    CallFlowRecord,
    CreateCallFlow,
    DeleteCallFlows,
    GetCallFlow,
    GetCallFlows,
    UpdateCallFlow,
)
from bot.providers.iovox.operations.calls import InitiateCall
from bot.providers.iovox.operations.contacts import GetContacts
from bot.providers.iovox.operations.links import AttachRuleTemplateToLinks, GetLinks
from bot.providers.iovox.operations.numbers import GetVoxnumbers
from bot.providers.iovox.operations.rules import (
    GetTimeTemplates,
    GetVariableRulesOfTemplate,
    VariableRule,
)
from bot.providers.iovox.operations.sounds import GetSoundFiles
from bot.providers.iovox.records import CONTACT_FIELDS, IovoxRecords, digits
from bot.providers.iovox.rules import VARIABLE, SoundFile
from bot.providers.iovox.settings import IovoxSettings
from bot.providers.operations import Operation


class IovoxAccount(IovoxRecords):
    """One account at IOVOX.

    Args:
        settings: the account's.
        sleep: waits between two tries of a read.
        clock: says what "the last days" are.
    """

    spec: ClassVar[ProviderSpec]

    def __init__(
        self,
        settings: IovoxSettings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self._to = Connection(settings, sleep=sleep)
        self._clock = clock or SystemClock()

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how since the start."""
        return self._to.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._to.close()

    async def call(self, operation: Operation[Any]) -> Any:
        """Send one documented operation.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        if not isinstance(operation, IovoxOperation):
            raise TypeError(f"{operation.name} is no call of {TITLE}")
        return await self._to.send(operation)

    async def ping(self) -> None:
        """The cheapest read that proves address and credentials: one number."""
        await self._to.send(GetVoxnumbers(limit=1, req_fields="vn"))

    # Call flows

    async def flows(self) -> Sequence[CallFlow]:
        """All call flows; one whose rules IOVOX does not show is there by its name."""
        rows = await self._to.all(GetCallFlows)
        names = [row.template_name for row in rows if row.template_name]
        return await asyncio.gather(*map(self._flow_or_name, names))

    async def _flow_or_name(self, name: str) -> CallFlow:
        try:
            return await self.flow(name)
        except (NotFound, ProviderRejected, ProviderGarbled):
            hidden = UnknownStep(name="rules that IOVOX does not show")
            steps = {START: Start(next="@hidden"), "@hidden": hidden}
            return CallFlow(id=name, name=name, steps=steps)

    async def flow(self, id_: str) -> CallFlow:
        """One call flow, by its name."""
        record: CallFlowRecord = await self._to.send(GetCallFlow.read({"call_flow": id_}))
        return to_flow(record.flow)

    async def create_flow(self, draft: FlowDraft) -> CallFlow:
        """Create a call flow; the keys of its steps become the ids of its rules.

        Raises:
            UsageError: IOVOX has no rule for a step, or the steps are no tree.
        """
        if draft.extension is not None:
            raise UsageError(
                f"A call flow of {TITLE} has no extension.", hint="Leave it empty, and try again."
            )
        flow = new_flow(draft)
        await self._to.send(CreateCallFlow.read({"callFlow": flow}))
        return to_flow(flow)

    async def save_flow(self, flow: CallFlow, *, expecting: CallFlow) -> None:
        """Replace a call flow, if it still is what was expected.

        It is read first and sent back with only the changes, so that what nobody here knows stays,
        and with it the ids by which links find their values.

        Raises:
            UsageError: IOVOX has no rule for a step, or the steps are no tree.
            TooLate: somebody else changed it.
        """
        record: CallFlowRecord = await self._to.send(GetCallFlow.read({"call_flow": flow.id}))
        held = to_flow(record.flow)
        if not same(held, expecting):
            raise TooLate(
                f"The call flow “{held.name}” was changed meanwhile, so nothing was saved.",
                hint="Open it again and repeat the change.",
            )
        changed = changed_flow(record.flow, held, flow)
        await self._to.send(UpdateCallFlow.read({"callFlow": replace(changed, new_name=None)}))

    async def delete_flow(self, id_: str) -> None:
        """Delete a call flow that no link uses."""
        if "|" in id_:
            raise UsageError(
                "IOVOX separates names by a pipe, so a call flow with one in its name "
                "cannot be deleted this way.",
                hint="Rename it first, or delete it in the IOVOX portal.",
            )
        await self._to.send(DeleteCallFlows.read({"call_flows": id_}))

    async def next_flow_extension(self) -> int | None:
        """Call flows have no extension here."""
        return None

    # Numbers

    async def numbers(self) -> Sequence[Number]:
        """All numbers of the account, and the call flows of their links."""
        rows = await self._to.all(GetVoxnumbers, req_fields="vn,lid,lname,as,cs")
        links = await self._to.all(GetLinks, req_fields="lid,rn")
        flows = {link.link_id: link.rule_name for link in links if link.rule_name}
        found = []
        for row in rows:
            flow = flows.get(row.link_id) if row.link_id else None
            number = Number(
                id=row.voxnumber or "",
                party=history.party(row.voxnumber, self.settings),
                name=row.link_name or "",
                to=Destination(Kind.CALL_FLOW, flow) if flow else None,
            )
            found.append(number)
        return found

    async def route_number(self, number: str, to: Destination) -> None:
        """Let a number's link use a call flow, with the values that the link has set.

        Raises:
            UsageError: the number belongs to no link, or the flow asks for a value that the link
                has not set for a rule of the same id.
        """
        if to.kind is not Kind.CALL_FLOW:
            words = f"a number can be sent to a call flow, not to a {to.kind.value}"
            raise Unsupported(TITLE, Capability.ROUTING.value, words)
        rows = await self._to.all(GetVoxnumbers, voxnumber=number, req_fields="vn,lid")
        row = next((row for row in rows if row.voxnumber == number), None)
        if row is None:
            raise NotFound(TITLE, GetVoxnumbers.name, words="no number of this account")
        if not row.link_id:
            raise UsageError(
                "This number belongs to no link, and IOVOX sends the calls of links only.",
                hint="An admin attaches it with Links.attachVoxnumberToLink.",
            )
        values = await self._values(row.link_id, to.id)
        given: dict[str, Any] = {
            "template_name": to.id,
            "overwrite_existing": True,
            "link_ids": {"link_id": [row.link_id]},
        }
        if values:
            given["rules_variable"] = {"rule": values}
        await self._to.send(AttachRuleTemplateToLinks.read(given))

    async def _values(self, link: str, flow: str) -> list[dict[str, Any]]:
        """What a link has set for the rules of another flow: found by id, as an update does."""
        wanted = (
            await self._to.send(GetVariableRulesOfTemplate.read({"template_name": flow}))
        ).rules
        if not wanted:
            return []
        rows = await self._to.all(GetLinks, link_id=link, req_fields="lid,rn")
        now = next((row.rule_name for row in rows if row.rule_name), None)
        held: dict[tuple[str | None, str | None], VariableRule] = {}
        if now:
            asked = GetVariableRulesOfTemplate.read({"template_name": now, "link_id": link})
            held = {(r.rule_id, r.rule_type): r for r in (await self._to.send(asked)).rules}
        values, missing = [], []
        for rule in wanted:
            value = held.get((rule.rule_id, rule.rule_type))
            if value is None or _has_blanks(value.model_dump()):
                missing.append(rule.rule_label or rule.rule_id or "a rule")
            else:
                values.append({**value.model_dump(), "rule_label": rule.rule_label})
        if missing:
            raise UsageError(
                f"The call flow “{flow}” asks each link for values ({', '.join(missing)}), "
                "and this link has not set them.",
                hint="An admin attaches it with Links.attachRuleTemplateToLinks and "
                "rules_variable, or in the IOVOX portal.",
            )
        return values

    # What flows point at, and calls

    async def objects(self, kind: Kind) -> Sequence[Named]:
        """All objects of a kind that flows may point at, or that stand for such here."""
        match kind:
            case Kind.CALL_FLOW:
                names = [row.template_name for row in await self._to.all(GetCallFlows)]
            case Kind.TIME_DIARY:
                names = [row.label for row in await self._to.all(GetTimeTemplates)]
            case Kind.SOUND:
                return await self._sounds()
            case Kind.EXTENSION:
                links = await self._to.all(GetLinks, req_fields="lid,ln")
                return [
                    Named(kind, x.link_id, x.link_name or x.link_id) for x in links if x.link_id
                ]
            case Kind.MAILBOX:
                rows = await self._to.all(GetContacts, req_fields=CONTACT_FIELDS)
                return [
                    Named(kind, row.contact_id, row.display_name or row.contact_id)
                    for row in rows
                    if row.contact_id and row.email
                ]
            case Kind.PLAYLIST:
                names = []
            case _ if self.claim(OF_KIND[kind]).usable:
                raise Unsupported(TITLE, kind.value, "IOVOX has no such objects to list")
            case _:
                self.unsupported(OF_KIND[kind])
        return [Named(kind, name, name) for name in names if name]

    async def _sounds(self) -> Sequence[Named]:
        found = []
        for row in await self._to.all(GetSoundFiles):
            id_ = sound_id(SoundFile(sound_label=row.sound_label, sound_group=row.sound_group))
            if id_:
                group = f" ({row.sound_group})" if row.sound_group else ""
                found.append(Named(Kind.SOUND, id_, f"{row.sound_label}{group}"))
        return found

    async def place_call(self, extension: str, destination: PhoneNumber) -> None:
        """Place a call by the rules of a link, which stands for an extension."""
        variables = {"call_destination": digits(destination)}
        await self._to.send(InitiateCall.read({"link_id": extension, "call_variables": variables}))


def _has_blanks(value: Any) -> bool:
    """Whether anything in a rule's values is still to be filled in: `?`, or `?|?` for a sound."""
    if isinstance(value, dict):
        return any(map(_has_blanks, value.values()))
    if isinstance(value, list):
        return any(map(_has_blanks, value))
    return isinstance(value, str) and VARIABLE in value.split("|")
