"""Looking at call flows."""

from __future__ import annotations

from pydantic import BaseModel

from bot.domain.callflow import CallFlow
from bot.domain.people import Right
from bot.flows.check import Severity, check
from bot.flows.words import StepWords, steps_in_words
from bot.services.inventory import Found, Held
from bot.slack.blocks import Block, Message, facts, heading, note, row, say, sections
from bot.slack.context import Ctx
from bot.slack.kinds import FlowRef
from bot.slack.reply import Reply
from bot.slack.text import Md, joined, md, plural
from commands.flow.base import FlowKey, group, used_by
from commands.flow.edit import edit_button
from commands.flow.route import delete_button
from commands.pages import page_of, turn

SIZE = 10
MOST_SECTIONS = 40


class FlowsPage(BaseModel):
    """A page of call flows."""

    page: int = 0


@group.command("list", does=Right.LOOK)
async def list_(ctx: Ctx) -> Reply:
    """List the call flows of all accounts."""
    return Reply.private(await _list(ctx, FlowsPage()))


@group.button("flow.page", version=1, carries=FlowsPage, reads=True)
async def flows_page(ctx: Ctx, wanted: FlowsPage) -> Reply:
    """Another page of call flows."""
    await ctx.require(Right.LOOK)
    return Reply.replace(await _list(ctx, wanted))


@group.command("show", does=Right.LOOK)
async def show(ctx: Ctx, flow: FlowRef) -> Reply:
    """Show a call flow as readable steps.

    Args:
        flow: its name or extension
    """
    held = await ctx.services.inventory.flow(flow)
    return Reply.private(await shown(ctx, held))


@group.button("flow.show", version=1, carries=FlowKey, reads=True)
async def show_button(ctx: Ctx, key: FlowKey) -> Reply:
    """The same, from the list."""
    await ctx.require(Right.LOOK)
    return Reply.private(await shown(ctx, await ctx.services.inventory.flow(key.ref)))


async def shown(ctx: Ctx, held: Held[CallFlow]) -> Message:
    """A call flow, step by step, with what is wrong about it and what one may do."""
    flow = held.value
    names = await ctx.services.inventory.names(held.account)
    numbers = await used_by(ctx, held)
    blocks: list[Block] = [
        heading(flow.name),
        facts(
            [
                ("Extension", "none" if flow.extension is None else str(flow.extension)),
                ("Account", held.account),
                ("Used by", ", ".join(numbers) or "no number"),
            ]
        ),
    ]
    steps = sections([_step(step) for step in steps_in_words(flow, names)])
    blocks += steps[:MOST_SECTIONS]
    if len(steps) > MOST_SECTIONS:
        blocks.append(note("The flow goes on; it is too long for one message in Slack."))
    signs = {Severity.ERROR: ":x:", Severity.WARNING: ":warning:"}
    blocks += sections(
        [md("{sign} {words}", sign=Md(signs[f.severity]), words=f.words) for f in check(flow)]
    )[:3]
    key = FlowKey(account=held.account, id=flow.id)
    buttons = [edit_button("Edit", key)] if await ctx.may(Right.EDIT_FLOWS) else []
    if await ctx.may(Right.ROUTE_NUMBERS):
        buttons.append(delete_button("Delete", key, style="danger"))
    if buttons:
        blocks.append(row(*buttons))
    return Message(f"Call flow {flow.name}", blocks)


def _step(step: StepWords) -> Md:
    """A step, and its ways out unless the only one is the step below."""
    said = md("*{number}.* {does}", number=step.number, does=step.does)
    ways = [
        md("{way} → {leads}", way=way, leads=leads)
        for way, leads in step.ways
        if (way, leads) != ("then", f"step {step.number + 1}")
    ]
    return md("{said}\n↳ {ways}", said=said, ways=joined(ways, "  ·  ")) if ways else said


async def _list(ctx: Ctx, wanted: FlowsPage) -> Message:
    found: Found[CallFlow] = await ctx.services.inventory.flows()
    blocks: list[Block] = [heading("Call flows")]
    for held in page_of(found.items, wanted.page, SIZE):
        flow = held.value
        words = md(
            "*{name}*{extension}  ·  {account}\n{steps}",
            name=flow.name,
            extension="" if flow.extension is None else f"  ·  extension {flow.extension}",
            account=held.account,
            steps=plural(len(flow.steps), "step"),
        )
        blocks.append(say(words, show_button("Show", FlowKey(account=held.account, id=flow.id))))
    if not found.items and not found.unreachable:
        blocks.append(say("There are no call flows yet."))
    blocks += [note(f"⚠ {trouble}") for trouble in found.unreachable]
    if found.items:
        blocks += turn(flows_page, wanted, total=len(found.items), size=SIZE, noun="call flow")
    return Message("Call flows", blocks)
