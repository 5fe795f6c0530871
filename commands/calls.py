"""Missed calls: the list, the card, and what people do about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from bot.domain.errors import UserMistake
from bot.domain.numbers import PhoneNumber
from bot.domain.people import Right
from bot.domain.states import Call, CallState, CardKind
from bot.domain.telephony import Capability, Kind, Verdict
from bot.services.actions import PlaceCall
from bot.services.calls import PAGE
from bot.services.services import Services
from bot.slack.blocks import Block, ButtonElement, Message, heading, note, row, say
from bot.slack.context import Ctx
from bot.slack.declare import CommandGroup
from bot.slack.forms import Choice, Control, FormField, Values
from bot.slack.reply import Reply
from bot.slack.text import Md, md, party, user, when
from commands.changes import asked
from commands.pages import last_if_beyond, turn

group = CommandGroup("", "Missed calls")

NO_LINE = "a number without a line"


class CallKey(BaseModel):
    """Which call."""

    id: UUID


class MissedPage(BaseModel):
    """A page of missed calls."""

    mine: bool = False
    page: int = 0


class ListedCall(MissedPage):
    """A call in a list, and what is done with it there."""

    id: UUID
    do: Literal["claim", "done"]


class CallBack(BaseModel):
    """Which call is returned, and where that was asked."""

    id: UUID
    account: str
    channel: str


@group.command("missed", does=Right.SEE_CALLS)
async def missed(ctx: Ctx, which: Literal["all", "mine"] = "all") -> Reply:
    """List missed calls that nobody has closed yet.

    Args:
        which: mine for those you claimed
    """
    return Reply.private(await _list(ctx, MissedPage(mine=which == "mine")))


@group.button("missed.page", version=1, carries=MissedPage, reads=True)
async def missed_page(ctx: Ctx, wanted: MissedPage) -> Reply:
    """Another page of missed calls."""
    await ctx.require(Right.SEE_CALLS)
    return Reply.replace(await _list(ctx, wanted))


@group.button("missed.do", version=1, carries=ListedCall)
async def listed(ctx: Ctx, row_: ListedCall) -> Reply:
    """Claim or close a call where it is listed; the list shows it at once."""
    if row_.do == "claim":
        await ctx.services.calls.claim(row_.id, ctx.person)
    else:
        await ctx.services.calls.close(row_.id, ctx.person)
    return Reply.replace(await _list(ctx, row_))


@group.button("call.claim", version=1, carries=CallKey)
async def claim(ctx: Ctx, key: CallKey) -> Reply:
    """Take the call, so that nobody else calls back."""
    await ctx.services.calls.claim(key.id, ctx.person)
    return Reply.nothing()


@group.button("call.done", version=1, carries=CallKey)
async def done(ctx: Ctx, key: CallKey) -> Reply:
    """Say that the call needs nothing more."""
    await ctx.services.calls.close(key.id, ctx.person)
    return Reply.nothing()


@group.button("call.back", version=1, carries=CallKey)
async def call_back(ctx: Ctx, key: CallKey) -> Reply:
    """Ask which phone rings first; where no call can be placed, give the number to dial."""
    await ctx.require(Right.ANSWER_CALLS)
    call = await ctx.services.calls.get(key.id)
    if not isinstance(call.caller, PhoneNumber):
        raise UserMistake("The caller did not show a number, so nobody can call back.")
    telephony = ctx.services.accounts.get(call.account).telephony
    if not telephony.claim(Capability.PLACE_CALL).usable:
        return Reply.private(md("Tap to dial {number}.", number=party(call.caller)))
    carried = CallBack(id=call.id, account=call.account, channel=ctx.channel)
    phone = FormField(
        "phone", "Ring first", Control.SEARCH, search="call.phones",
        hint="This phone rings; when it is answered, the caller is dialled.",
    )  # fmt: skip
    number = say(md("Call back {number}", number=party(call.caller)))
    return Reply.ask(place("Call back", carried, fields=[phone], before=[number], submit="Call"))


@group.search("call.phones", carries=CallBack)
async def phones(ctx: Ctx, carried: CallBack, name: str, typed: str) -> Sequence[Choice]:
    """Extensions of the account."""
    del name
    await ctx.require(Right.ANSWER_CALLS)
    found = await ctx.services.inventory.search(carried.account, [Kind.EXTENSION], typed)
    return [Choice(one.id, f"{one.name} ({one.extension})") for one in found]


@group.form("call.place", version=1, carries=CallBack)
async def place(ctx: Ctx, carried: CallBack, entered: Values) -> Reply:
    """Claim the call, then place the one back."""
    call = await ctx.services.calls.get(carried.id)
    extension = str(entered.get("phone") or "")
    if not isinstance(call.caller, PhoneNumber) or not extension:
        raise UserMistake("Choose the phone that rings first.")
    names = await ctx.services.inventory.names(carried.account)
    await ctx.services.calls.claim(call.id, ctx.person)
    action = PlaceCall(
        account=carried.account,
        extension=extension,
        extension_name=names.get(extension, "this phone"),
        number=call.caller.e164,
    )
    return Reply.private(asked(await ctx.services.changes.ask(action, ctx.person, carried.channel)))


@group.card(CardKind.CALL)
async def call_card(services: Services, id_: UUID) -> Message:
    """The card in the line's channel."""
    call = await services.calls.get(id_)
    region = (
        services.accounts.get(call.account).region if call.account in services.accounts else None
    )
    caller = party(call.caller, region)
    line = _line(call)
    title = f"{_title(call)}: {call.caller} to {line}"
    words = md(
        "{sign} *{title}* to *{line}*\n{caller}  ·  {at}{waited}",
        sign=Md(_SIGN[call.state]),
        title=_title(call),
        line=line,
        caller=caller,
        at=when(call.started_at),
        waited=f"  ·  waited {call.waited} s" if call.waited else "",
    )
    blocks: list[Block] = [say(words)]
    if status := _status(call):
        blocks.append(note(status))
    key = CallKey(id=id_)
    back = [call_back("Call back", key)] if isinstance(call.caller, PhoneNumber) else []
    if call.state is CallState.OPEN:
        blocks.append(row(claim("Claim", key, style="primary"), *back, done("Done", key)))
    elif call.state is CallState.CLAIMED:
        blocks.append(row(*back, done("Done", key, style="primary")))
    return Message(title, blocks)


_SIGN = {
    CallState.OPEN: ":telephone_receiver:",
    CallState.CLAIMED: ":raising_hand:",
    CallState.DONE: ":white_check_mark:",
    CallState.ANSWERED: ":white_check_mark:",
}


def _title(call: Call) -> str:
    left_message = call.verdict is Verdict.VOICEMAIL
    return "Voicemail" if left_message else "Missed call"


def _line(call: Call) -> str:
    return call.line or f"{call.called}, {NO_LINE}"


def _status(call: Call) -> Md | None:
    who, at = (user(call.by) if call.by else call.by_name), when(call.at) if call.at else ""
    match call.state:
        case CallState.CLAIMED:
            return md("{who} claimed this {at}", who=who, at=at)
        case CallState.DONE:
            return md("{who} closed this {at}", who=who, at=at)
        case CallState.ANSWERED:
            return md("Answered after all{by}", by=f" by {call.by_name}" if call.by_name else "")
        case _:
            return None


async def _list(ctx: Ctx, wanted: MissedPage) -> Message:
    mine = ctx.person if wanted.mine else None
    found, total = await ctx.services.calls.missed(mine=mine, page=wanted.page)
    page = last_if_beyond(wanted.page, total=total, size=PAGE)
    if page != wanted.page:
        wanted = wanted.model_copy(update={"page": page})
        found, total = await ctx.services.calls.missed(mine=mine, page=page)
    blocks: list[Block] = [heading("Your missed calls" if wanted.mine else "Missed calls")]
    blocks += rows(found, wanted)
    if not total:
        nothing = "You have claimed no open call." if wanted.mine else "No missed call is open."
        blocks.append(say(nothing))
    else:
        blocks += turn(missed_page, wanted, total=total, size=PAGE, noun="missed call", by_age=True)
    return Message("Missed calls", blocks)


def rows(calls: Sequence[Call], here: MissedPage) -> list[Block]:
    """Calls as lines of a list, each with the button that it needs next."""
    return [say(_row(call), _next(call, here)) for call in calls]


def _row(call: Call) -> Md:
    return md(
        "{sign} {caller} to *{line}*  ·  {at}{by}",
        sign=Md(_SIGN[call.state]),
        caller=party(call.caller),
        line=_line(call),
        at=when(call.started_at),
        by=md("  ·  {who}", who=user(call.by)) if call.by else "",
    )


def _next(call: Call, here: MissedPage) -> ButtonElement:
    open_ = call.state is CallState.OPEN
    do: Literal["claim", "done"] = "claim" if open_ else "done"
    carried = ListedCall(id=call.id, do=do, mine=here.mine, page=here.page)
    return listed("Claim" if open_ else "Done", carried)
