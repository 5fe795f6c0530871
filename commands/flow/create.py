"""Creating a call flow: who rings, and who takes the message if nobody answers."""

from __future__ import annotations

from uuid import uuid4

from pydantic import BaseModel

from bot.domain.callflow import Busy, FlowDraft, Ring, Start, Step, Target, Voicemail
from bot.domain.errors import UsageError
from bot.domain.people import Right
from bot.domain.telephony import Capability, Kind
from bot.services.actions import CreateFlow
from bot.slack.context import Ctx
from bot.slack.forms import Control, FormField, Values
from bot.slack.kinds import AccountRef
from bot.slack.reply import Reply
from commands.changes import asked
from commands.flow.base import group
from commands.flow.fields import OUTSIDE, RINGS, read_numbers, search_id, target


class Creating(BaseModel):
    """Where a flow is created, and from where that was asked."""

    account: str
    id: str = ""
    channel: str


@group.command("create", does=Right.EDIT_FLOWS)
async def create(ctx: Ctx, account: AccountRef | None = None) -> Reply:
    """Create a call flow.

    Args:
        account: where, if there is more than one
    """
    names = [one.name for one in ctx.services.accounts.able(Capability.CALL_FLOWS)]
    if account is None and len(names) != 1:
        raise UsageError("Say in which account.", hint=f"There are: {', '.join(names) or 'none'}.")
    chosen = ctx.services.accounts.get(account or names[0])
    extension = await chosen.telephony.next_flow_extension()
    return Reply.ask(
        created(
            "Create a call flow",
            Creating(account=chosen.name, channel=ctx.channel),
            fields=[
                FormField("name", "Name"),
                FormField(
                    "extension", "Extension", Control.NUMBER, "Empty where flows have none.",
                    optional=True, initial=extension, lowest=1,
                ),
                FormField(
                    RINGS, "Who rings", Control.SEARCHES, "Extensions and hunt groups.",
                    optional=True, search=search_id(Kind.EXTENSION, Kind.HUNT_GROUP),
                ),
                FormField(OUTSIDE, "Outside numbers", Control.LINES, "One a line.", optional=True),
                FormField(
                    "seconds", "Ring for (seconds)", Control.NUMBER, optional=True, initial=30,
                    lowest=1, highest=3600,
                ),
                FormField(
                    "mailbox", "Then take a message for", Control.SEARCH,
                    "Empty: a busy tone.", optional=True, search=search_id(Kind.MAILBOX),
                ),
            ],
            submit="Create",
        )
    )  # fmt: skip


@group.form("flow.create", version=1, carries=Creating)
async def created(ctx: Ctx, carried: Creating, entered: Values) -> Reply:
    """Create it."""
    name = str(entered.get("name") or "").strip()
    if not name:
        return Reply.wrong({"name": "A call flow needs a name."})
    extension, seconds = str(entered.get("extension") or ""), str(entered.get("seconds") or "")
    if extension and not extension.isdigit():
        return Reply.wrong({"extension": "An extension is a whole number, like 501."})
    region = ctx.services.accounts.get(carried.account).region
    try:
        outside = read_numbers(str(entered.get(OUTSIDE) or ""), region)
    except UsageError as wrong:
        return Reply.wrong({OUTSIDE: f"{wrong.user_message} {wrong.hint}"})
    targets = [*(target(id_) for id_ in entered.get(RINGS) or []), *outside]
    if not targets:
        return Reply.wrong({RINGS: "Choose somebody, or give an outside number."})
    action = CreateFlow(
        account=carried.account,
        draft=FlowDraft(
            name=name,
            extension=int(extension) if extension else None,
            steps=_steps(
                targets,
                int(seconds) if seconds.isdigit() else None,
                str(entered.get("mailbox") or ""),
            ),
        ),
    )
    return Reply.private(asked(await ctx.services.changes.ask(action, ctx.person, carried.channel)))


def _steps(targets: list[Target], seconds: int | None, mailbox: str) -> dict[str, Step]:
    start, ring, end = (str(uuid4()) for _ in range(3))
    return {
        start: Start(next=ring),
        ring: Ring(targets=tuple(targets), seconds=seconds, no_answer=end),
        end: Voicemail(mailboxes=(mailbox,)) if mailbox else Busy(),
    }
