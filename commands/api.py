"""Every documented call of every provider: searched, asked for in a form, read or changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from bot.domain.errors import UsageError
from bot.domain.operations import Effect, OperationInfo, Parameter, search
from bot.domain.people import Right
from bot.services.actions import CallOperation
from bot.slack.blocks import Block, Message, bullets, heading, note, row, say
from bot.slack.context import Ctx
from bot.slack.declare import CommandGroup
from bot.slack.forms import Choice, Control, FormField, Values
from bot.slack.kinds import AccountRef, Words
from bot.slack.reply import Attachment, Reply
from bot.slack.text import Md, md, plural, shortened
from commands.changes import asked
from commands.results import shown

group = CommandGroup("", "Raw operations")

MOST_FOUND = 15
NOTHING = Words(())

_PAIR = re.compile(r"[A-Za-z_][\w.\-]*=")
_SIGN = {
    Effect.READS: ":mag:",
    Effect.CHANGES: ":pencil2:",
    Effect.REROUTES: ":twisted_rightwards_arrows:",
    Effect.COSTS_MONEY: ":moneybag:",
    Effect.CANNOT_BE_UNDONE: ":warning:",
}


class Raw(BaseModel):
    """Which call of which account, with what is known of its parameters."""

    account: str
    operation: str
    channel: str = ""
    values: dict[str, Any] = {}


@group.command("api", does=Right.CALL_OPERATIONS)
async def api(ctx: Ctx, account: AccountRef, what: Words = NOTHING) -> Reply:
    """Find and use a provider's own operations.

    Args:
        account: the account whose provider is called
        what: words to search for, or an operation and its key=value pairs
    """
    telephony = ctx.services.accounts.get(account).telephony
    pairs = dict(word.split("=", 1) for word in what if _PAIR.match(word))
    text = " ".join(word for word in what if not _PAIR.match(word))
    operations = telephony.operations()
    wanted = text.casefold()
    exact = next((o for o in operations if wanted in (o.name.casefold(), o.alias.casefold())), None)
    if exact is None:
        return Reply.private(_found(account, text, search(operations, text), ctx.channel))
    raw = Raw(account=account, operation=exact.name, channel=ctx.channel, values=dict(pairs))
    if any(p.required and p.name not in pairs for p in exact.parameters):
        return _ask(exact, raw)
    return await _send(ctx, exact, raw)


@group.button("api.use", version=1, carries=Raw, reads=True)
async def use(ctx: Ctx, raw: Raw) -> Reply:
    """Use an operation that was found: ask for its parameters, if it has any."""
    await ctx.require(Right.CALL_OPERATIONS)
    info = _info(ctx, raw)
    raw = raw.model_copy(update={"channel": ctx.channel})
    return _ask(info, raw) if info.parameters else await _send(ctx, info, raw)


@group.form("api.send", version=1, carries=Raw)
async def filled(ctx: Ctx, raw: Raw, entered: Values) -> Reply:
    """Send it with what was entered."""
    await ctx.require(Right.CALL_OPERATIONS)
    info = _info(ctx, raw)
    values: dict[str, Any] = {}
    for parameter in info.parameters:
        try:
            value = _read(parameter, entered.get(parameter.name))
        except ValueError as wrong:
            return Reply.wrong({parameter.name: str(wrong)})
        if value is not None:
            values[parameter.name] = value
    return await _send(ctx, info, raw.model_copy(update={"values": values}))


@group.button("api.rehearse", version=1, carries=Raw, reads=True)
async def rehearse(ctx: Ctx, raw: Raw) -> Reply:
    """Let the provider only try it out."""
    await ctx.require(Right.CALL_OPERATIONS)
    info = _info(ctx, raw)
    telephony = ctx.services.accounts.get(raw.account).telephony
    result = await telephony.run_operation(info.name, {**raw.values, info.rehearsal: 1})
    return _result(f"Rehearsal of {info.name}: the provider would accept it.", result)


@group.button("api.ask", version=1, carries=Raw)
async def ask(ctx: Ctx, raw: Raw) -> Reply:
    """Ask for it in earnest."""
    await ctx.require(Right.CALL_OPERATIONS)
    return await _change(ctx, _info(ctx, raw), raw)


def _info(ctx: Ctx, raw: Raw) -> OperationInfo:
    operations = ctx.services.accounts.get(raw.account).telephony.operations()
    found = next((o for o in operations if o.name == raw.operation), None)
    if found is None:
        raise UsageError(f"There is no operation “{raw.operation}” any more.")
    return found


async def _send(ctx: Ctx, info: OperationInfo, raw: Raw) -> Reply:
    telephony = ctx.services.accounts.get(raw.account).telephony
    telephony.read_operation(info.name, raw.values)
    if info.effect is Effect.READS:
        return _result(info.name, await telephony.run_operation(info.name, raw.values))
    if info.rehearsal and info.rehearsal not in raw.values:
        return Reply.private(_offer_rehearsal(info, raw))
    return await _change(ctx, info, raw)


async def _change(ctx: Ctx, info: OperationInfo, raw: Raw) -> Reply:
    action = CallOperation(
        account=raw.account, operation=info.name, effect=info.effect, values=raw.values
    )
    return Reply.private(asked(await ctx.services.changes.ask(action, ctx.person, raw.channel)))


def _result(title: str, result: Any) -> Reply:
    table = shown(result)
    if table is not None:
        return Reply.private(Message(title, [heading(title), *table]))
    content = json.dumps(result, indent=2, ensure_ascii=False).encode()
    words = md("*{title}*: the answer is a file in your direct messages.", title=title)
    return Reply.private(Message(title, [say(words)]), Attachment("answer.json", content))


def _found(account: str, text: str, found: Sequence[OperationInfo], channel: str) -> Message:
    blocks: list[Block] = [heading(f"Operations of {account}")]
    for info in found[:MOST_FOUND]:
        words = md(
            "{sign} `{name}`\n{purpose}",
            sign=Md(_SIGN[info.effect]),
            name=info.name,
            purpose=info.purpose,
        )
        raw = Raw(account=account, operation=info.name, channel=channel)
        blocks.append(say(words, use("Use", raw)))
    if not found:
        blocks.append(say(f"No operation has “{text}” in its name or purpose."))
    elif len(found) > MOST_FOUND:
        left = plural(len(found) - MOST_FOUND, "more operation")
        blocks.append(note(f"{left}: search for a word, like `/phone api {account} sound`."))
    return Message("Operations", blocks)


def _offer_rehearsal(info: OperationInfo, raw: Raw) -> Message:
    lines = [f"{name}: {value}" for name, value in raw.values.items()]
    return Message(
        info.name,
        [
            say(md("*{name}* {effect}. The provider can try it out first.", name=info.name,
                   effect=info.effect.value)),
            say(bullets(lines or ["no parameters"])),
            row(rehearse("Rehearse", raw, style="primary"), ask("Ask for it", raw)),
        ],
    )  # fmt: skip


def _ask(info: OperationInfo, raw: Raw) -> Reply:
    sign = Md(_SIGN[info.effect])
    words = md("{sign} `{name}`\n{purpose}", sign=sign, name=info.name, purpose=info.purpose)
    fields = [_field(parameter, raw.values) for parameter in info.parameters]
    label = "Ask for it" if info.effect.needs_approval else "Send"
    bare = raw.model_copy(update={"values": {}})
    form = filled(shortened(info.alias or info.name, 24), bare, fields=fields, before=[say(words)],
                  submit=label)  # fmt: skip
    return Reply.ask(form)


def _field(parameter: Parameter, given: Mapping[str, Any]) -> FormField:
    value, types = given.get(parameter.name), parameter.types
    known: dict[str, Any] = {
        "name": parameter.name,
        "label": parameter.name,
        "hint": parameter.description,
        "optional": not parameter.required,
    }
    if parameter.choices:
        choices = [Choice(word, word) for word in parameter.choices if word]
        chosen = next((choice for choice in choices if choice.value == value), None)
        return FormField(**known, control=Control.CHOICE, choices=choices, initial=chosen)
    if "boolean" in types:
        ticked = value in (True, "true", "1") if value is not None else _default(parameter) is True
        return FormField(**known, control=Control.YES, initial=ticked)
    if "integer" in types and set(types) <= {"integer", "null"}:
        return FormField(**known, control=Control.NUMBER, initial=value)
    if _is_date(parameter):
        return FormField(**known, control=Control.DATE, initial=value)
    if "array" in types or "object" in types:
        known["hint"] = f"{parameter.description} As JSON.".strip()
        return FormField(**known, control=Control.LINES, initial=value)
    return FormField(**known, initial=None if value is None else str(value))


def _read(parameter: Parameter, entered: str | list[str] | None) -> Any:
    """The parameter's value, or None where nothing is to be sent."""
    if "boolean" in parameter.types and not parameter.choices:
        ticked = entered == ["yes"]
        # A box says yes or no; what is the default already is not sent.
        return ticked if parameter.required or ticked != bool(_default(parameter)) else None
    if not isinstance(entered, str) or not entered:
        return None
    if {"array", "object"} & set(parameter.types) and "string" not in parameter.types:
        try:
            return json.loads(entered)
        except ValueError as wrong:
            raise ValueError(f"This is no JSON: {wrong}.") from None
    return entered


def _default(parameter: Parameter) -> Any:
    return parameter.schema.get("default")


def _is_date(parameter: Parameter) -> bool:
    options = parameter.schema.get("anyOf", [parameter.schema])
    return any(option.get("format") == "date" for option in options)
