"""Which flow a number uses, and deleting a flow: both wait for a second person."""

from __future__ import annotations

from bot.domain.people import Right
from bot.domain.telephony import Destination, Kind
from bot.services.actions import DeleteFlow, RouteNumber
from bot.slack.context import Ctx
from bot.slack.kinds import FlowRef, NumberRef
from bot.slack.reply import Reply
from commands.changes import asked
from commands.flow.base import FlowKey, group, used_by


@group.command("assign", does=Right.ROUTE_NUMBERS)
async def assign(ctx: Ctx, number: NumberRef, flow: FlowRef) -> Reply:
    """Let a number use a call flow; a second person approves.

    Args:
        number: the number in any usual spelling, or its name
        flow: the call flow's name or extension
    """
    held = await ctx.services.inventory.number(number)
    chosen = await ctx.services.inventory.flow(flow)
    was = held.value.to
    action = RouteNumber(
        account=held.account,
        number=held.value.id,
        number_words=str(held.value.party),
        to=Destination(Kind.CALL_FLOW, chosen.value.id),
        to_name=chosen.value.name,
        was=was,
        was_name=await ctx.services.inventory.destination(held.account, was),
    )
    return Reply.private(asked(await ctx.services.changes.ask(action, ctx.person, ctx.channel)))


@group.command("delete", does=Right.ROUTE_NUMBERS)
async def delete(ctx: Ctx, flow: FlowRef) -> Reply:
    """Delete a call flow; a second person approves.

    Args:
        flow: the call flow's name or extension
    """
    return await _delete(ctx, flow)


@group.button("flow.delete", version=1, carries=FlowKey, reads=True)
async def delete_button(ctx: Ctx, key: FlowKey) -> Reply:
    """The same, from where the flow is shown."""
    await ctx.require(Right.ROUTE_NUMBERS)
    return await _delete(ctx, key.ref)


async def _delete(ctx: Ctx, flow: FlowRef) -> Reply:
    held = await ctx.services.inventory.flow(flow)
    action = DeleteFlow(
        account=held.account, flow=held.value, used_by=tuple(await used_by(ctx, held))
    )
    return Reply.private(asked(await ctx.services.changes.ask(action, ctx.person, ctx.channel)))
