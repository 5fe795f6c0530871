"""The App Home: what is yours, and what is open."""

from __future__ import annotations

from bot.domain.people import Right
from bot.slack.blocks import Block, Message, divider, heading, note, say
from bot.slack.context import Ctx
from bot.slack.declare import SLASH, CommandGroup
from bot.slack.text import md
from commands.calls import MissedPage, rows

group = CommandGroup("", "Home")


@group.app_home
async def home(ctx: Ctx) -> Message:
    """What somebody sees who opens the app."""
    role, because = await ctx.services.permissions.role(ctx.person)
    blocks: list[Block] = [
        heading("Switchboard"),
        say(md("You are *{role}* here: {because}.", role=role.title, because=because)),
    ]
    if await ctx.may(Right.SEE_CALLS):
        mine, _ = await ctx.services.calls.missed(mine=ctx.person, page=0)
        unclaimed, total = await ctx.services.calls.missed(mine=None, page=0, unclaimed=True)
        blocks += [divider(), heading("Claimed by you")]
        blocks += rows(mine, MissedPage(mine=True)) or [
            say("Nothing: you have claimed no open call.")
        ]
        blocks += [divider(), heading("Unclaimed")]
        blocks += rows(unclaimed, MissedPage()) or [say("Nothing: no missed call is waiting.")]
        if total > len(unclaimed):
            blocks.append(note(f"{total - len(unclaimed)} more: `{SLASH} missed`"))
    blocks.append(note(f"`{SLASH} help` lists what you can do."))
    return Message("Switchboard", blocks)
