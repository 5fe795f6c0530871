"""What a person may want changed, one class a kind of change.

An action knows its right, its words, its one provider call, and how to see whether it took.

A new kind of change is a new class here, and nothing else in the pipeline.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.domain.callflow import CallFlow, FlowDraft
from bot.domain.errors import NotFound, TooLate, UserMistake
from bot.domain.numbers import PhoneNumber
from bot.domain.operations import Effect, hides
from bot.domain.people import Right
from bot.domain.ports import Telephony
from bot.domain.telephony import Destination
from bot.flows.check import check, errors
from bot.flows.diff import differences, same
from bot.flows.words import Names, flow_called, steps_in_words


class _Action(BaseModel):
    """Base of all actions.

    Attributes:
        right: what who asks must be allowed.
        needs_approval: whether a second person decides on every one of its kind.
        account: name of the account.
    """

    model_config = ConfigDict(frozen=True)

    right: ClassVar[Right]
    needs_approval: ClassVar[bool] = False

    account: str

    @property
    def waits(self) -> bool:
        """Whether this one waits for a second person."""
        return self.needs_approval

    @property
    def subject(self) -> str:
        """What it is about, for the audit log."""
        raise NotImplementedError

    def summary(self) -> str:
        """One line that says what becomes different, as a wish: "Delete the call flow Sales"."""
        raise NotImplementedError

    def details(self, names: Names) -> list[str]:
        """What becomes different, line by line."""
        raise NotImplementedError

    def check(self) -> None:
        """Refuse what cannot work, before anything is stored.

        Raises:
            UserMistake: with everything that is wrong.
        """

    async def apply(self, telephony: Telephony) -> str | None:
        """Make the one provider call; answers what it said that somebody wants to read."""
        raise NotImplementedError

    async def took(self, telephony: Telephony) -> bool | None:
        """Read the provider: is it now as was wanted? None where that cannot be read."""
        raise NotImplementedError


class CreateFlow(_Action):
    """Create a call flow."""

    right: ClassVar[Right] = Right.EDIT_FLOWS
    kind: Literal["create_flow"] = "create_flow"
    draft: FlowDraft

    @property
    def subject(self) -> str:
        return f"call flow {self.draft.name}"

    def summary(self) -> str:
        return f"Create the call flow {flow_called(self.draft)}"

    def details(self, names: Names) -> list[str]:
        return [f"{step.number}. {step.does}" for step in steps_in_words(self.draft, names)]

    def check(self) -> None:
        _refuse_unsound(self.draft)

    async def apply(self, telephony: Telephony) -> None:
        await telephony.create_flow(self.draft)

    async def took(self, telephony: Telephony) -> bool:
        return any(_as_asked(flow, self.draft) for flow in await telephony.flows())


class SaveFlow(_Action):
    """Replace a call flow by an edited one."""

    right: ClassVar[Right] = Right.EDIT_FLOWS
    kind: Literal["save_flow"] = "save_flow"
    before: CallFlow
    after: CallFlow

    @property
    def subject(self) -> str:
        return f"call flow {self.after.name}"

    def summary(self) -> str:
        return f"Change the call flow {self.before.name}"

    def details(self, names: Names) -> list[str]:
        return differences(self.before, self.after, names)

    def check(self) -> None:
        if same(self.before, self.after):
            raise UserMistake("Nothing would change.", hint="Change a value, then save.")
        _refuse_unsound(self.after)

    async def apply(self, telephony: Telephony) -> None:
        await telephony.save_flow(self.after, expecting=self.before)

    async def took(self, telephony: Telephony) -> bool:
        return same(await telephony.flow(self.after.id), self.after)


class DeleteFlow(_Action):
    """Delete a call flow; a second person decides."""

    right: ClassVar[Right] = Right.ROUTE_NUMBERS
    needs_approval: ClassVar[bool] = True
    kind: Literal["delete_flow"] = "delete_flow"
    flow: CallFlow
    used_by: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return f"call flow {self.flow.name}"

    def summary(self) -> str:
        return f"Delete the call flow {flow_called(self.flow)}"

    def details(self, names: Names) -> list[str]:
        numbers = ", ".join(self.used_by)
        uses = (
            f"Used by {numbers}: calls to it would go nowhere." if numbers else "No number uses it."
        )
        return [uses, *(f"{step.number}. {step.does}" for step in steps_in_words(self.flow, names))]

    async def apply(self, telephony: Telephony) -> None:
        if not same(await telephony.flow(self.flow.id), self.flow):
            raise TooLate(
                "The flow was changed after this was asked; nothing was deleted.",
                hint="Look at it, and ask again.",
            )
        await telephony.delete_flow(self.flow.id)

    async def took(self, telephony: Telephony) -> bool:
        try:
            await telephony.flow(self.flow.id)
        except NotFound:
            return True
        return False


class RouteNumber(_Action):
    """Send a number's calls somewhere else; a second person decides."""

    right: ClassVar[Right] = Right.ROUTE_NUMBERS
    needs_approval: ClassVar[bool] = True
    kind: Literal["route_number"] = "route_number"
    number: str
    number_words: str
    to: Destination
    to_name: str
    was: Destination | None = None
    was_name: str = "nowhere"

    @property
    def subject(self) -> str:
        return f"number {self.number_words}"

    def summary(self) -> str:
        return f"Send {self.number_words} to the {self.to.kind.value} {self.to_name}"

    def details(self, names: Names) -> list[str]:
        del names
        return [f"Calls go to: {self.was_name} → {self.to_name}"]

    def check(self) -> None:
        if self.to == self.was:
            raise UserMistake(f"{self.number_words} already goes to {self.to_name}.")

    async def apply(self, telephony: Telephony) -> None:
        if await self._goes_to(telephony) != self.was:
            raise TooLate(
                f"{self.number_words} was sent elsewhere after this was asked; "
                "nothing was changed.",
                hint="Look at the number, and ask again.",
            )
        await telephony.route_number(self.number, self.to)

    async def took(self, telephony: Telephony) -> bool:
        return await self._goes_to(telephony) == self.to

    async def _goes_to(self, telephony: Telephony) -> Destination | None:
        return next((n.to for n in await telephony.numbers() if n.id == self.number), None)


class PlaceCall(_Action):
    """Ring a colleague's phone, then connect it to somebody outside."""

    right: ClassVar[Right] = Right.ANSWER_CALLS
    kind: Literal["place_call"] = "place_call"
    extension: str
    extension_name: str
    number: str

    @property
    def subject(self) -> str:
        return f"call to {self.number}"

    def summary(self) -> str:
        return f"Call {PhoneNumber(self.number)} from {self.extension_name}"

    def details(self, names: Names) -> list[str]:
        del names
        return []

    async def apply(self, telephony: Telephony) -> None:
        await telephony.place_call(self.extension, PhoneNumber(self.number))

    async def took(self, telephony: Telephony) -> None:
        del telephony


class CallOperation(_Action):
    """Send one of the provider's documented calls, as it is."""

    right: ClassVar[Right] = Right.CALL_OPERATIONS
    kind: Literal["call_operation"] = "call_operation"
    operation: str
    effect: Effect
    values: dict[str, Any]

    @property
    def waits(self) -> bool:
        return self.effect.needs_approval

    @property
    def subject(self) -> str:
        return self.operation

    def summary(self) -> str:
        return f"Send {self.operation} ({self.effect.value})"

    def details(self, names: Names) -> list[str]:
        del names
        return [f"{name}: {'•••' if hides(name) else value}" for name, value in self.values.items()]

    async def apply(self, telephony: Telephony) -> str:
        result = await telephony.run_operation(self.operation, self.values)
        return f"It answered: {json.dumps(result, ensure_ascii=False)}" if result else ""

    async def took(self, telephony: Telephony) -> None:
        del telephony


Action = Annotated[
    CreateFlow | SaveFlow | DeleteFlow | RouteNumber | PlaceCall | CallOperation,
    Field(discriminator="kind"),
]

ACTION: TypeAdapter[Action] = TypeAdapter(Action)
"""Reads an action from a change's row."""


def _as_asked(flow: CallFlow, draft: FlowDraft) -> bool:
    """Whether a flow is what was asked for; the provider chooses what was left open."""
    wanted = {name: getattr(draft, name) for name in FlowDraft.model_fields}
    return all(value is None or getattr(flow, name) == value for name, value in wanted.items())


def _refuse_unsound(flow: FlowDraft) -> None:
    wrong = errors(check(flow))
    if wrong:
        raise UserMistake(
            "This call flow cannot work: " + " ".join(finding.words for finding in wrong),
            hint="Nothing was sent.",
        )
