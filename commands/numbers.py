"""The numbers of all accounts, and where their calls go."""

from __future__ import annotations

from pydantic import BaseModel

from bot.domain.people import Right
from bot.domain.telephony import Number
from bot.services.inventory import Found, Held
from bot.slack.blocks import Block, Message, facts, heading, note, say
from bot.slack.context import Ctx
from bot.slack.declare import CommandGroup
from bot.slack.kinds import NumberRef
from bot.slack.reply import Reply
from bot.slack.text import Md, md, party
from commands.pages import page_of, turn

SIZE = 15

group = CommandGroup("", "Numbers")


class NumbersPage(BaseModel):
    """A page of numbers."""

    needle: str = ""
    page: int = 0


@group.command("numbers", does=Right.LOOK)
async def numbers(ctx: Ctx, needle: str = "") -> Reply:
    """List our numbers and the call flows they use.

    Args:
        needle: digits or a name to look for
    """
    return Reply.private(await _list(ctx, NumbersPage(needle=needle)))


@group.button("numbers.page", version=1, carries=NumbersPage, reads=True)
async def numbers_page(ctx: Ctx, wanted: NumbersPage) -> Reply:
    """Another page of numbers."""
    await ctx.require(Right.LOOK)
    return Reply.replace(await _list(ctx, wanted))


@group.command("number", does=Right.LOOK)
async def number(ctx: Ctx, number: NumberRef) -> Reply:
    """Show one number: its name, its call flow, its time diary.

    Args:
        number: the number in any usual spelling, or its name
    """
    held = await ctx.services.inventory.number(number)
    names = await ctx.services.inventory.names(held.account)
    found = held.value
    line = next((one.name for one in ctx.services.lines if one.party == found.party), "no line")
    pairs = [
        ("Number", party(found.party)),
        ("Name", found.name or "none"),
        ("Account", held.account),
        ("Line", line),
        ("Calls go to", await ctx.services.inventory.destination(held.account, found.to)),
        ("Time diary", names.get(found.diary, "one that is not listed") if found.diary else "none"),
    ]
    return Reply.private(Message(str(found.party), [heading(str(found.party)), facts(pairs)]))


async def _list(ctx: Ctx, wanted: NumbersPage) -> Message:
    found: Found[Number] = await ctx.services.inventory.numbers(wanted.needle)
    shown = page_of(found.items, wanted.page, SIZE)
    blocks: list[Block] = [heading("Numbers")]
    blocks += [say(await _row(ctx, held)) for held in shown]
    if not found.items and not found.unreachable:
        which = f" that match “{wanted.needle}”" if wanted.needle else ""
        blocks.append(say(f"There are no numbers{which}."))
    blocks += [note(f"⚠ {trouble}") for trouble in found.unreachable]
    if found.items:
        blocks += turn(numbers_page, wanted, total=len(found.items), size=SIZE, noun="number")
    return Message("Numbers", blocks)


async def _row(ctx: Ctx, held: Held[Number]) -> Md:
    return md(
        "{number}  {name}\n→ {to}  ·  {account}",
        number=party(held.value.party),
        name=md("*{name}*", name=held.value.name) if held.value.name else "",
        to=await ctx.services.inventory.destination(held.account, held.value.to),
        account=held.account,
    )
