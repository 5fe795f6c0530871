"""Help, and how it stands: status, accounts, lines, me, audit."""

from __future__ import annotations

import difflib
from functools import lru_cache

from pydantic import BaseModel

from bot.domain.errors import UsageError
from bot.domain.people import Right, Role
from bot.services.record import PAGE
from bot.slack.blocks import Block, Message, bullets, divider, facts, heading, note, say, sections
from bot.slack.context import Ctx
from bot.slack.declare import SLASH, Catalogue, Command, CommandGroup
from bot.slack.reply import Reply
from bot.slack.text import Md, channel, joined, md, party, plural, user, when
from commands.pages import turn

group = CommandGroup("", "General")


@group.command("help", does=None)
async def help_(ctx: Ctx, topic: str = "") -> Reply:
    """List the commands, or explain those of one group.

    Args:
        topic: a group or a command, like flow
    """
    role, _ = await ctx.services.permissions.role(ctx.person)
    if not topic:
        return Reply.private(overview(ctx.catalogue, role))
    permitted = _permitted(ctx.catalogue, role)
    wanted = " ".join(topic.casefold().split())
    chosen = [c for c in permitted if wanted in (c.path, c.path.split()[0])]
    if not chosen:
        words = {command.path.split()[0] for command in permitted}
        near = difflib.get_close_matches(wanted, words, n=1, cutoff=0.5)
        raise UsageError(
            f"There is no help about “{topic}”, or you may not use it.",
            hint=f"Did you mean `{SLASH} help {near[0]}`?" if near else f"Try `{SLASH} help`.",
        )
    return Reply.private(_explained(wanted, chosen))


@group.command("status", does=Right.SEE_HEALTH)
async def status(ctx: Ctx) -> Reply:
    """Show whether accounts answer, and what waits."""
    health = await ctx.services.checkup.look()
    rows = []
    for one in health.accounts:
        sign = ":red_circle:" if one.trouble else ":large_green_circle:"
        told = [
            one.trouble or "answers",
            md("last delivery {at}", at=when(one.last_delivery)) if one.last_delivery else
            "no delivery yet",
            *([f"call history: {one.poll_trouble}"] if one.poll_trouble else []),
        ]  # fmt: skip
        rows.append(
            md("{sign} *{name}* ({title}): {told}", sign=Md(sign), name=one.account.name,
               title=one.account.telephony.title, told=joined(told, "; "))
        )  # fmt: skip
    waits = [
        f"{plural(health.cards_waiting, 'card')} on the way to Slack",
        f"{plural(health.undecided, 'change')} waiting for a second person",
    ]
    if health.cards_refused:
        waits.append(f"{plural(health.cards_refused, 'card')} refused by Slack: see the log")
    if health.doubtful:
        waits.append(f"{plural(health.doubtful, 'change')} with unknown outcome: see the audit log")
    blocks = [
        heading("Status"),
        *sections(rows or ["No account is connected yet."]),
        say(bullets(waits)),
        note(md("Running since {at}", at=when(health.since))),
    ]
    return Reply.private(Message("Status", blocks))


@group.command("accounts", does=Right.LOOK)
async def accounts(ctx: Ctx) -> Reply:
    """List the connected accounts and what each provider can do."""
    blocks: list[Block] = [heading("Accounts")]
    for account in ctx.services.accounts:
        ways = ["deliveries"] if account.secrets else []
        ways += [f"call history every {_minutes(account.poll_minutes)}"] if (
            account.poll_minutes
        ) else []  # fmt: skip
        blocks.append(
            facts(
                [
                    (account.name, account.telephony.title),
                    ("Hears of calls by", " and ".join(ways) or "nothing: no webhook, no poll"),
                ]
            )
        )
    if len(blocks) == 1:
        blocks.append(say("No account is connected yet; an admin adds one in the settings."))
    return Reply.private(Message("Accounts", blocks[:50]))


@group.command("lines", does=Right.LOOK)
async def lines(ctx: Ctx) -> Reply:
    """List the lines and the channels of their alerts."""
    told = [
        md("*{name}*: {party} on {account}, alerts in {channel}", name=line.name,
           party=party(line.party), account=line.account,
           channel=channel(line.channel) if line.channel else "the default channel")
        for line in ctx.services.lines
    ]  # fmt: skip
    nothing = "No line is configured yet; an admin adds [[lines]] to the settings."
    return Reply.private(Message("Lines", [heading("Lines"), *sections(told or [nothing])]))


@group.command("me", does=None)
async def me(ctx: Ctx) -> Reply:
    """Show your role, why you have it, and what you may do."""
    role, because = await ctx.services.permissions.role(ctx.person)
    rights = await ctx.services.permissions.rights(ctx.person)
    may = bullets([right.words for right in rights]) if rights else Md("Nothing yet.")
    blocks = [
        heading("You"),
        facts([("Role", role.title), ("Because", because), ("Time zone", ctx.person.time_zone)]),
        say(md("*You may*\n{may}", may=may)),
    ]
    return Reply.private(Message(f"Your role: {role.title}", blocks))


class AuditPage(BaseModel):
    """A page of the audit log."""

    page: int = 0


@group.command("audit", does=Right.SEE_AUDIT)
async def audit(ctx: Ctx) -> Reply:
    """Show who asked, decided and did what."""
    return Reply.private(await _audit(ctx, AuditPage()))


@group.button("audit.page", version=1, carries=AuditPage, reads=True)
async def audit_page(ctx: Ctx, wanted: AuditPage) -> Reply:
    """Another page of the audit log."""
    await ctx.require(Right.SEE_AUDIT)
    return Reply.replace(await _audit(ctx, wanted))


async def _audit(ctx: Ctx, wanted: AuditPage) -> Message:
    rows, total = await ctx.services.record.page(wanted.page)
    told = [
        md("{at}  *{who}* {what}: {subject}{words}", at=when(row.at),
           who=user(row.who) if row.who.startswith(("U", "W")) else row.who_name, what=row.what,
           subject=row.subject, words=f" ({row.words[:300]})" if row.words else "")
        for row in rows
    ]  # fmt: skip
    blocks = [heading("Audit log"), *sections(told or ["Nothing has been changed yet."])]
    pages = (
        turn(audit_page, wanted, total=total, size=PAGE, noun="entry", many="entries", by_age=True)
        if total
        else []
    )
    return Message("Audit log", [*blocks, *pages])


def _permitted(catalogue: Catalogue, role: Role) -> list[Command]:
    """The commands that a role may use; those that need least first."""
    permitted = [c for c in catalogue.commands.values() if not c.right or role >= c.right.role]
    return sorted(permitted, key=lambda command: command.right.role if command.right else 0)


def _minutes(count: int) -> str:
    return "minute" if count == 1 else f"{count} minutes"


@lru_cache(maxsize=32)
def overview(catalogue: Catalogue, role: Role) -> Message:
    """The list of commands: the same for everybody with a role, so it is made once for each."""
    permitted = _permitted(catalogue, role)
    blocks: list[Block] = [heading("Switchboard")]
    named = "me` explains a command"
    for each in catalogue.groups:
        mine = [command for command in permitted if command in each.commands]
        if mine and each.name:
            named = f"{each.name}` explains a group"
        if mine:
            told = [md("`{usage}`  {help}", usage=c.usage, help=c.help) for c in mine]
            blocks.append(say(md("*{title}*\n{told}", title=each.title, told=joined(told, "\n"))))
    return Message(
        "What you can do here",
        [
            *blocks,
            divider(),
            note(f"`{SLASH} help {named}. Leave an argument out, and a form asks."),
        ],
    )


def _explained(topic: str, commands: list[Command]) -> Message:
    blocks: list[Block] = [heading(f"{SLASH} {topic}")]
    for command in commands:
        told = [
            md("• `{name}`: {words}{left_out}", name=a.name.upper(), words=a.description,
               left_out="" if a.required else " (may be left out)")
            for a in command.arguments
        ]  # fmt: skip
        blocks.append(
            say(md("`{usage}`\n{help}\n{told}", usage=command.usage, help=command.help,
                   told=joined(told, "\n")))
        )  # fmt: skip
    return Message(f"Help: {topic}", blocks)
