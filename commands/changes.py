"""Changes that wait for a second person, and how each change ended."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from bot.domain.states import CardKind, Change, ChangeState
from bot.services.services import Services
from bot.slack.blocks import Block, Confirm, Message, bullets, facts, note, row, say
from bot.slack.context import Ctx
from bot.slack.declare import CommandGroup
from bot.slack.reply import Reply
from bot.slack.text import Md, fitting, md, user, when

group = CommandGroup("", "Changes")

SHOWN = 12
"""Lines of a change's details that its card shows."""

_SIGN = {
    ChangeState.WAITING: ":hourglass_flowing_sand:",
    ChangeState.READY: ":arrow_forward:",
    ChangeState.APPLYING: ":arrow_forward:",
    ChangeState.CONFIRMED: ":white_check_mark:",
    ChangeState.DIFFERS: ":warning:",
    ChangeState.FAILED: ":x:",
    ChangeState.UNKNOWN: ":grey_question:",
    ChangeState.DENIED: ":no_entry:",
    ChangeState.EXPIRED: ":hourglass:",
}


class Decision(BaseModel):
    """Which change, and what is decided."""

    id: UUID
    approve: bool


@group.button("change.decide", version=1, carries=Decision)
async def decide(ctx: Ctx, decision: Decision) -> Reply:
    """Approve or deny; the card shows what becomes of it."""
    await ctx.services.changes.decide(decision.id, ctx.person, approve=decision.approve)
    return Reply.nothing()


@group.card(CardKind.CHANGE)
async def change_card(services: Services, id_: UUID) -> Message:
    """The card in the approvals channel."""
    change = await services.changes.get(id_)
    title = f"{change.asked_name} asks: {change.summary}"
    blocks: list[Block] = [
        say(
            md("*{who} asks for a change*\n{what}", who=user(change.asked_by), what=change.summary)
        ),
        say(_details(change)),
        facts([("Account", change.account), ("State", _state(change))]),
    ]
    if change.state is ChangeState.WAITING and change.expires_at is not None:
        blocks.append(
            row(
                decide("Approve", Decision(id=id_, approve=True), tag="yes", style="primary",
                       confirm=Confirm("Approve this?", change.summary, "Approve")),
                decide("Deny", Decision(id=id_, approve=False), tag="no", style="danger"),
            )
        )  # fmt: skip
        blocks.append(
            note(md("Another manager than {who} decides, until {at}.", who=user(change.asked_by),
                    at=when(change.expires_at)))
        )  # fmt: skip
    elif change.hint:
        blocks.append(note(change.hint))
    return Message(title, blocks)


@group.card(CardKind.ANSWER)
async def answer_card(services: Services, id_: UUID) -> Message:
    """What the one who asked reads in their direct messages."""
    return outcome(await services.changes.get(id_))


def asked(change: Change) -> Message:
    """What somebody reads after asking for something: its outcome, or that it waits."""
    if change.state is not ChangeState.WAITING or change.expires_at is None:
        return outcome(change)
    return Message(
        f"Asked: {change.summary}",
        [
            say(md("{sign} *{what}*\nThis waits for a second person. You will be told.",
                   sign=Md(_SIGN[change.state]), what=change.summary)),
            say(_details(change)),
            note(md("It expires {at}.", at=when(change.expires_at))),
        ],
    )  # fmt: skip


def outcome(change: Change) -> Message:
    """How a change ended."""
    words = _state(change)
    blocks = [
        say(md("{sign} *{what}*\n{words}", sign=Md(_SIGN[change.state]), what=change.summary,
               words=words)),
        *([say(_details(change))] if change.details else []),
        *([note(change.hint)] if change.hint else []),
    ]  # fmt: skip
    return Message(f"{change.summary}: {change.state.value}", blocks)


def _details(change: Change) -> Md:
    lines = [fitting(line, 220) for line in change.details[:SHOWN]]
    left = len(change.details) - len(lines)
    return bullets([*lines, *([f"and {left} more"] if left else [])] or ["No further details."])


def _state(change: Change) -> Md:
    who = user(change.decided_by) if change.decided_by else ""
    at = when(change.decided_at) if change.decided_at else ""
    match change.state:
        case ChangeState.WAITING:
            return Md("waits for a second person")
        case ChangeState.DENIED:
            return md("{who} denied it {at}", who=who, at=at)
        case ChangeState.EXPIRED:
            return Md("expired: nobody decided within 24 hours")
        case ChangeState.READY | ChangeState.APPLYING:
            doing = "being sent to the provider"
            return (
                md("{who} approved it {at}; {doing}", who=who, at=at, doing=doing)
                if who
                else Md(doing)
            )
        case _:
            approved = md("{who} approved it {at}. ", who=who, at=at) if who else ""
            return md("{approved}{outcome}", approved=approved, outcome=change.outcome)
