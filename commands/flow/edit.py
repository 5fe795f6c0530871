"""Editing a call flow: choose a step, then fill in that step's form."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pydantic import ValidationError

from bot.domain.callflow import CallFlow, Conference, UnknownStep
from bot.domain.errors import TooLate, UserMistake
from bot.domain.people import Right
from bot.flows.words import flow_called, names_of_steps
from bot.services.actions import SaveFlow
from bot.services.inventory import Held
from bot.slack.blocks import Block, note, say
from bot.slack.context import Ctx
from bot.slack.forms import Choice, Control, FormField, FormView, Values
from bot.slack.kinds import FlowRef
from bot.slack.reply import Reply
from bot.slack.text import md
from commands.changes import asked
from commands.flow.base import FlowKey, group
from commands.flow.fields import SEARCH, WrongField, edited, fields, kinds_of

ABOUT = "about"
"""What is chosen instead of a step: the flow's name and options."""


class Editing(FlowKey):
    """Which flow is edited, from where, and as it was when the form was made."""

    channel: str
    mark: str


class EditingStep(Editing):
    """Which of its steps."""

    step: str


@group.command("edit", does=Right.EDIT_FLOWS)
async def edit(ctx: Ctx, flow: FlowRef) -> Reply:
    """Edit a call flow, step by step.

    Args:
        flow: its name or extension
    """
    return _choose(ctx, await ctx.services.inventory.flow(flow))


@group.button("flow.edit", version=1, carries=FlowKey, reads=True)
async def edit_button(ctx: Ctx, key: FlowKey) -> Reply:
    """The same, from where the flow is shown."""
    await ctx.require(Right.EDIT_FLOWS)
    return _choose(ctx, await ctx.services.inventory.flow(key.ref))


@group.form("flow.choose", version=1, carries=Editing)
async def choose(ctx: Ctx, carried: Editing, entered: Values) -> Reply:
    """Show the form of what was chosen."""
    await ctx.require(Right.EDIT_FLOWS)
    held = await _unchanged(ctx, carried)
    chosen = str(entered.get("step") or ABOUT)
    return Reply.ask(
        _about(held, carried) if chosen == ABOUT else await _step(ctx, held, carried, chosen)
    )


@group.form("flow.about", version=1, carries=Editing)
async def about(ctx: Ctx, carried: Editing, entered: Values) -> Reply:
    """Save the flow's name and options."""
    held = await _unchanged(ctx, carried)
    name, options = str(entered.get("name") or "").strip(), entered.get("options") or []
    if not name:
        return Reply.wrong({"name": "A call flow needs a name."})
    extension = str(entered.get("extension") or "")
    if extension and not extension.isdigit():
        return Reply.wrong({"extension": "An extension is a whole number, like 501."})
    shows = {"show_name": "show_name" in options, "show_caller": "show_caller" in options}
    changed = {
        field: shown
        for field, shown in shows.items()
        if shown or getattr(held.value, field) is not None
    }
    after = held.value.model_copy(
        update={
            "name": name,
            "extension": int(extension) if extension else None,
            **changed,
        }
    )
    return await _save(ctx, held, after, carried.channel)


@group.form("flow.step", version=1, carries=EditingStep)
async def step(ctx: Ctx, carried: EditingStep, entered: Values) -> Reply:
    """Save one step."""
    held = await _unchanged(ctx, carried)
    region = ctx.services.accounts.get(carried.account).region
    try:
        becomes = edited(held.value.steps[carried.step], entered, region)
    except WrongField as wrong:
        return Reply.wrong(wrong.words)
    except ValidationError as wrong:
        raise UserMistake(f"That is not possible: {wrong.errors()[0]['msg']}.") from None
    steps = {**held.value.steps, carried.step: becomes}
    after = held.value.model_copy(update={"steps": steps})
    return await _save(ctx, held, after, carried.channel)


@group.search(SEARCH, carries=FlowKey)
async def objects(ctx: Ctx, carried: FlowKey, search: str, typed: str) -> Sequence[Choice]:
    """Objects that a field may point at."""
    await ctx.require(Right.LOOK)
    kinds = kinds_of(search)
    found = await ctx.services.inventory.search(carried.account, kinds, typed)
    return [
        Choice(
            f"{one.kind.name}:{one.id}" if search.endswith("EXTENSION,HUNT_GROUP") else one.id,
            f"{one.name} ({one.extension or one.kind.value})",
        )
        for one in found
    ]


def _choose(ctx: Ctx, held: Held[CallFlow]) -> Reply:
    flow = held.value
    carried = Editing(account=held.account, id=flow.id, channel=ctx.channel, mark=mark(flow))
    steps = [Choice(key, name) for key, name in names_of_steps(flow).items()]
    what = FormField(
        "step", "What to edit", Control.CHOICE,
        choices=[Choice(ABOUT, "Name and options"), *steps],
        initial=Choice(ABOUT, "Name and options"),
    )  # fmt: skip
    words = say(md("*{name}*", name=flow_called(flow)))
    return Reply.ask(
        choose("Edit a call flow", carried, fields=[what], before=[words], submit="Next")
    )


def _about(held: Held[CallFlow], carried: Editing) -> FormView:
    flow = held.value
    options = [
        Choice("show_name", "Show the flow's name to who answers"),
        Choice("show_caller", "Show the caller's own number"),
    ]
    chosen = [choice for choice in options if getattr(flow, choice.value)]
    return about(
        "Name and options",
        carried,
        fields=[
            FormField("name", "Name", initial=flow.name),
            FormField(
                "extension", "Extension", Control.NUMBER, optional=True, initial=flow.extension,
                lowest=1,
            ),
            FormField(
                "options", "Options", Control.CHOICES, optional=True, choices=options,
                initial=chosen,
            ),
        ],
    )  # fmt: skip


async def _step(ctx: Ctx, held: Held[CallFlow], carried: Editing, chosen: str) -> FormView:
    flow = held.value
    found = flow.steps.get(chosen)
    if found is None:
        raise UserMistake("This step is not there any more.", hint="Open the form again.")
    if isinstance(found, UnknownStep):
        raise UserMistake(
            f"“{found.name}” is a kind of step that Switchboard does not know; it stays as it is.",
            hint="Edit it in the provider's dashboard.",
        )
    names = await ctx.services.inventory.names(held.account)
    region = ctx.services.accounts.get(held.account).region
    before: list[Block] = [say(md("*{name}*\n{help}", name=flow.name, help=type(found).__doc__))]
    if isinstance(found, Conference):
        pin = "A PIN is set; it is not shown here." if found.has_pin else "No PIN is set."
        before.append(note(f"{pin} Change it in the provider's dashboard."))
    made = fields(flow, chosen, names, region)
    if not made:
        raise UserMistake("This step has nothing to edit.", hint="Choose another one.")
    return step(
        found.title,
        EditingStep(**carried.model_dump(), step=chosen),
        fields=made,
        before=before,
    )


async def _unchanged(ctx: Ctx, carried: Editing) -> Held[CallFlow]:
    """The flow, if it is still what the form showed."""
    held = await ctx.services.inventory.flow(carried.ref)
    if mark(held.value) != carried.mark:
        raise TooLate(
            "Somebody changed this flow after the form was opened; nothing was saved.",
            hint="Close the form, and open it again.",
        )
    return held


async def _save(ctx: Ctx, held: Held[CallFlow], after: CallFlow, channel: str) -> Reply:
    action = SaveFlow(account=held.account, before=held.value, after=after)
    return Reply.private(asked(await ctx.services.changes.ask(action, ctx.person, channel)))


def mark(flow: CallFlow) -> str:
    """The same as long as the flow is the same."""
    return hashlib.sha256(flow.model_dump_json().encode()).hexdigest()[:16]
