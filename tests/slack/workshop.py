"""Commands that only tests have."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel

from bot.slack.blocks import Message, divider, row, say
from bot.slack.context import Ctx
from bot.slack.declare import CommandGroup, Form
from bot.slack.forms import Choice, Control, FormField, Values
from bot.slack.kinds import ChannelRef, PersonRef, Range
from bot.slack.reply import Reply
from commands import GROUPS


class Key(BaseModel):
    """What a button of the workshop carries."""

    what: str = ""


class Workshop:
    """A group of commands, and the gate behind which the slow ones wait.

    Attributes:
        gate: lets the slow ones go.
        begun: set once a slow one waits.
        seen: what commands were called with.
    """

    def __init__(self) -> None:
        self.gate, self.begun = asyncio.Event(), asyncio.Event()
        self.seen: list[object] = []
        self.group = self._group()

    @property
    def groups(self) -> Sequence[CommandGroup]:
        return (*GROUPS, self.group)

    async def waits(self) -> None:
        self.begun.set()
        await self.gate.wait()

    def _group(self) -> CommandGroup:
        group = CommandGroup("try", "Trying things")
        form = self._forms(group)
        self._commands(group)
        self._buttons(group)

        @group.command("form", does=None)
        async def open_form(ctx: Ctx) -> Reply:
            """Open a form."""
            choose = FormField("found", "Found", Control.SEARCH, search="try.search", optional=True)
            fields = [FormField("name", "Name", optional=True), choose]
            return Reply.ask(form("A form", Key(), fields=fields))

        return group

    def _commands(self, group: CommandGroup) -> None:
        @group.command("slow", does=None)
        async def slow(ctx: Ctx) -> Reply:
            """Take a long time."""
            await self.waits()
            return Reply.private("slow, but here")

        @group.command("broken", does=None)
        async def broken(ctx: Ctx) -> Reply:
            """Break."""
            raise RuntimeError("nobody expected this")

        @group.command("loud", does=None)
        async def loud(ctx: Ctx, words: str) -> Reply:
            """Say something to everybody.

            Args:
                words: what is said
            """
            return Reply.channel(words)

        @group.command("huge", does=None)
        async def huge(ctx: Ctx) -> Reply:
            """Answer with more than Slack takes."""
            return Reply.private(Message("huge", [divider()] * 51))

        @group.command("kinds", does=None)
        async def kinds(
            ctx: Ctx,
            who: PersonRef,
            where: ChannelRef,
            count: Annotated[int, Range(1, 9)],
            way: Literal["in", "out"] = "in",
            loudly: bool = False,
        ) -> Reply:
            """Take an argument of every kind.

            Args:
                who: a person
                where: a channel
                count: from 1 to 9
                way: in or out
                loudly: yes or no
            """
            self.seen.append((who, where, count, way, loudly))
            return Reply.private("seen")

    def _buttons(self, group: CommandGroup) -> None:
        @group.button("try.press", version=1, carries=Key)
        async def press(ctx: Ctx, key: Key) -> Reply:
            """Do as the button says."""
            match key.what:
                case "break":
                    raise RuntimeError("nobody expected this either")
                case "wait":
                    await self.waits()
            return Reply.replace(f"pressed {key.what}")

        @group.button("try.look", version=1, carries=Key, reads=True)
        async def look(ctx: Ctx, key: Key) -> Reply:
            """Only look, slowly."""
            await self.waits()
            return Reply.private("looked")

        @group.command("buttons", does=None)
        async def buttons(ctx: Ctx) -> Reply:
            """Show buttons."""
            elements = [
                press(what.capitalize(), Key(what=what), tag=what)
                for what in ("go", "break", "wait")
            ]
            return Reply.private(
                Message("buttons", [say("Press"), row(*elements, look("Look", Key()))])
            )

    def _forms(self, group: CommandGroup) -> Form[Key]:
        @group.search("try.search", carries=Key)
        async def search(ctx: Ctx, carried: Key, name: str, typed: str) -> Sequence[Choice]:
            """Find anything, or break."""
            if typed == "break":
                raise RuntimeError("the search broke")
            return [Choice(typed or "all", typed or "all")]

        @group.form("try.form", version=1, carries=Key)
        async def sent(ctx: Ctx, carried: Key, entered: Values) -> Reply:
            """Do as the field says."""
            name = entered.get("name")
            if name == "break":
                raise RuntimeError("the form broke")
            if name in ("wait", "wait and complain"):
                await self.waits()
            if name in ("complain", "wait and complain"):
                return Reply.wrong({"name": "No such name."})
            return Reply.private(f"sent {name}")

        return sent
