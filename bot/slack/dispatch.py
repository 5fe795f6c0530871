"""From a payload of Slack to a declared function, and from its answer back to where the person is.

Slack waits three seconds for an acknowledgement. A slash command is acknowledged with its answer if
that is ready in time, else empty-handed, and answered later. A click is acknowledged when what it
wants is stored, so that an acknowledged click is never lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.domain.errors import BotError, TooLate, UserMistake
from bot.domain.people import Person
from bot.services.services import Services
from bot.slack import arguments, parse
from bot.slack.blocks import Message, say
from bot.slack.boundary import explained
from bot.slack.context import Ctx
from bot.slack.declare import Catalogue, Command
from bot.slack.directory import SlackDirectory
from bot.slack.forms import FormView, Values, options_payload, read_values
from bot.slack.gateway import Gateway, SlackTrouble
from bot.slack.reply import Reply, Where
from bot.slack.words import split

ACKNOWLEDGE_WITHIN = 2.0
"""Seconds after which we acknowledge without the answer; Slack gives up after three."""

OLDER = "This is from an older Switchboard."

Payload = Mapping[str, Any]
D = TypeVar("D")
Ack = Callable[..., Awaitable[Any]]


class Dispatch:
    """Every payload that Slack sends comes in here."""

    def __init__(
        self, services: Services, catalogue: Catalogue, directory: SlackDirectory, gateway: Gateway
    ) -> None:
        self._services, self._catalogue = services, catalogue
        self._directory, self._gateway = directory, gateway

    async def command(self, body: Payload, ack: Ack) -> None:
        """A slash command."""
        work = self._spawn(self._command(body), f"command {body['text'][:20]!r}")
        if await _in_time(work):
            await ack(work.result() or "")
            return
        await ack()
        self._spawn(self._later(work, body["response_url"]), "late answer")

    async def click(self, body: Payload, ack: Ack) -> None:
        """A button, in a message or in a form."""
        action = body["actions"][0]
        declared = self._catalogue.buttons.get(_versioned(action["action_id"]))
        work = self._spawn(self._click(body, action), f"click {action['action_id']}")
        if declared is not None and declared.reads:
            await _in_time(work)
        else:
            await work
        await ack()

    async def submit(self, body: Payload, ack: Ack) -> None:
        """A form that was sent."""
        view = body["view"]
        work = self._spawn(self._submit(body), f"form {view['callback_id']}")
        if await _in_time(work):
            await ack(**work.result())
            return
        await ack(response_action="update", view=_please_wait(view).payload())
        self._spawn(self._update_later(work, view["id"], body), "late form")

    async def suggest(self, body: Payload, ack: Ack) -> None:
        """Choices for what somebody types into a search."""
        try:
            async with asyncio.timeout(ACKNOWLEDGE_WITHIN):
                await ack(**await self._suggest(body))
        except (BotError, TimeoutError):
            await ack(options=[])

    async def event(self, body: Payload) -> None:
        """Something that happened in the workspace."""
        event = body["event"]
        self._directory.changed(event)
        if event.get("type") == "app_home_opened" and event.get("tab") == "home":
            self._spawn(self._home(event["user"]), "home")

    # -- what is done --

    async def _command(self, body: Payload) -> dict[str, Any] | None:
        try:
            ctx = await self._ctx(body["user_id"], body["channel_id"])
            asked = parse.read(self._catalogue, split(body["text"]))
            if asked.missing and asked.command.right is not None:
                await ctx.require(asked.command.right)
            if asked.missing:
                view = arguments.form(asked.command, asked.texts, ctx.channel)
                reply = Reply.ask(view)
            else:
                reply = await self._run(ctx, asked)
            if reply.where is Where.FORM and reply.form is not None:
                await self._open(reply.form, body["trigger_id"])
                return None
            await self._attach(reply, body["user_id"])
            if reply.message is None:
                return None
            kind = "in_channel" if reply.where is Where.CHANNEL else "ephemeral"
            return {"response_type": kind, **reply.message.payload()}
        except Exception as error:  # noqa: BLE001 - the boundary
            return _private(explained(error, doing="a command"))

    async def _run(self, ctx: Ctx, asked: parse.Asked) -> Reply:
        values = parse.values(asked)
        if asked.command.right is not None:
            await ctx.require(asked.command.right)
        return await asked.command.function(ctx, **values)

    async def _click(self, body: Payload, action: Payload) -> None:
        person, channel = body["user"]["id"], (body.get("channel") or {}).get("id", "")
        try:
            if action.get("url") or action["type"] not in ("button", "overflow"):
                return
            declared = self._declared(self._catalogue.buttons, action["action_id"])
            carried = _carried(declared.carries, action.get("value", ""))
            ctx = await self._ctx(person, channel)
            reply = await declared.function(ctx, carried)
            await self._place(reply, body, ctx.person, channel)
        except Exception as error:  # noqa: BLE001 - the boundary
            message = explained(error, doing=f"a click on {action['action_id']}")
            await self._say_privately(body, person, channel, message)
            if (body.get("view") or {}).get("type") == "home":
                await self._home(person)

    async def _submit(self, body: Payload) -> dict[str, Any]:
        view = body["view"]
        entered = read_values(view.get("state") or {})
        try:
            if view["callback_id"] == arguments.CALLBACK:
                return await self._submit_arguments(body, entered)
            declared = self._declared(self._catalogue.forms, view["callback_id"])
            carried = _carried(declared.carries, view["private_metadata"])
            channel = getattr(carried, "channel", "")
            ctx = await self._ctx(body["user"]["id"], channel)
            return await self._answer_form(await declared.function(ctx, carried, entered), ctx)
        except parse.WrongArgument as wrong:
            return {"response_action": "errors", "errors": {wrong.argument: _words(wrong)}}
        except Exception as error:  # noqa: BLE001 - the boundary
            return _in_form(error, view)

    async def _submit_arguments(self, body: Payload, entered: Values) -> dict[str, Any]:
        """The form of a command: read the arguments, then run it as if it had been typed."""
        carried = _carried(arguments.Carried, body["view"]["private_metadata"])
        command = self._command_called(carried.path)
        asked = parse.Asked(command, arguments.texts_of(command, entered))
        parse.values(asked)
        ctx = await self._ctx(body["user"]["id"], carried.channel)
        reply = await self._run(ctx, asked)
        return await self._answer_form(reply, ctx)

    async def _answer_form(self, reply: Reply, ctx: Ctx) -> dict[str, Any]:
        await self._attach(reply, ctx.person.id)
        match reply:
            case Reply(where=Where.ERRORS, errors=errors):
                return {"response_action": "errors", "errors": dict(errors)}
            case Reply(where=Where.FORM, form=FormView() as form):
                return {"response_action": "update", "view": form.payload()}
            case Reply(where=Where.CHANNEL, message=Message() as message) if ctx.channel:
                await self._gateway.post(ctx.channel, message)
            case Reply(message=Message() as message):
                await self._gateway.whisper(ctx.channel, ctx.person.id, message)
        return {"response_action": "clear"}

    async def _suggest(self, body: Payload) -> dict[str, Any]:
        name, typed = body["action_id"], body.get("value", "")
        ctx = await self._ctx(body["user"]["id"], "")
        if name.startswith(f"{arguments.SEARCH}:"):
            _, path, argument_name = name.split(":", 2)
            command = self._command_called(path)
            if command.right is not None:
                await ctx.require(command.right)
            kinds = (a.kind for a in command.arguments if a.name == argument_name)
            search = next((kind.search for kind in kinds), None)
            return options_payload(await search(self._services, typed) if search else [])
        declared = self._catalogue.searches.get(name.partition(":")[0])
        if declared is None:
            return options_payload([])
        carried = _carried(declared.carries, body["view"]["private_metadata"])
        return options_payload(await declared.function(ctx, carried, name, typed))

    async def _home(self, user: str) -> None:
        if self._catalogue.home is None:
            return
        ctx = await self._ctx(user, "")
        try:
            message = await self._catalogue.home(ctx)
        except Exception as error:  # noqa: BLE001 - the boundary
            message = explained(error, doing="the App Home")
        blocks = [block.to_dict() for block in message.blocks]
        await self._gateway.call(
            "views.publish", user_id=user, view={"type": "home", "blocks": blocks}
        )

    # -- where the answer goes --

    async def _attach(self, reply: Reply, user: str) -> None:
        if reply.attachment is not None:
            await self._gateway.upload(user, reply.attachment.name, reply.attachment.content)

    async def _place(self, reply: Reply, body: Payload, person: Person, channel: str) -> None:
        await self._attach(reply, person.id)
        if reply.where is Where.FORM and reply.form is not None:
            await self._open(reply.form, body["trigger_id"], inside=body.get("view"))
            return
        match reply:
            case _ if (body.get("view") or {}).get("type") == "home":
                await self._home(person.id)
            case Reply(where=Where.REPLACE, message=Message() as message):
                payload = {"replace_original": True, **message.payload()}
                await self._gateway.respond(body["response_url"], payload)
            case Reply(where=Where.CHANNEL, message=Message() as message):
                await self._gateway.post(channel, message)
            case Reply(message=Message() as message):
                await self._say_privately(body, person.id, channel, message)

    async def _say_privately(
        self, body: Payload, user: str, channel: str, message: Message
    ) -> None:
        if url := body.get("response_url"):
            payload = {"replace_original": False, **_private(message)}
            await self._gateway.respond(url, payload)
        elif "trigger_id" in body and body.get("view", {}).get("type") == "modal":
            await self._open(_read_only(message), body["trigger_id"], inside=body["view"])
        else:
            await self._gateway.whisper(channel, user, message)

    async def _open(self, form: FormView, trigger: str, inside: Payload | None = None) -> None:
        payload = form.payload()
        method = "views.push" if inside and inside.get("type") == "modal" else "views.open"
        try:
            await self._gateway.call(method, trigger_id=trigger, view=payload)
        except SlackTrouble as trouble:
            if trouble.code not in ("expired_trigger_id", "trigger_expired"):
                raise
            raise TooLate(
                "The form could not be opened in time: Slack waits three seconds for it.",
                hint="Ask for it again.",
            ) from None

    async def _later(self, work: asyncio.Task[dict[str, Any] | None], url: str) -> None:
        answer = await work
        if answer is not None:
            await self._gateway.respond(url, answer)

    async def _update_later(
        self, work: asyncio.Task[dict[str, Any]], view_id: str, body: Payload
    ) -> None:
        match await work:
            case {"response_action": "update", "view": view}:
                await self._gateway.call("views.update", view_id=view_id, view=view)
            case {"response_action": "errors", "errors": errors}:
                mistake = UserMistake(" ".join(errors.values()), hint="Open the form again.")
                form = _read_only(explained(mistake, doing="a form"))
                await self._gateway.call("views.update", view_id=view_id, view=form.payload())
            case _:
                done = _read_only(Message("Done. The answer is where you asked."))
                done = replace(done, title=body["view"]["title"]["text"])
                await self._gateway.call("views.update", view_id=view_id, view=done.payload())

    # -- small parts --

    async def _ctx(self, user: str, channel: str) -> Ctx:
        person = await self._directory.person(user)
        return Ctx(person, channel, self._services, self._catalogue)

    def _command_called(self, path: str) -> Command:
        if path not in self._catalogue.commands:
            raise UserMistake(OLDER, hint="Ask for it again.")
        return self._catalogue.commands[path]

    @staticmethod
    def _declared(known: Mapping[tuple[str, int], D], id_: str) -> D:
        """The declaration that an id of ours names."""
        declared = known.get(_versioned(id_))
        if declared is None:
            raise UserMistake(OLDER, hint="Ask for it again.")
        return declared

    def _spawn(self, work: Any, name: str) -> asyncio.Task[Any]:
        return self._services.background.spawn(work, name)


async def _in_time(work: asyncio.Task[Any]) -> bool:
    """Wait for work as long as Slack waits for us; it goes on in any case."""
    await asyncio.sleep(0)  # work that asks nobody else is done then, and costs no timer
    if not work.done():
        await asyncio.wait({work}, timeout=ACKNOWLEDGE_WITHIN)
    return work.done()


def _versioned(id_: str) -> tuple[str, int]:
    name, _, version = id_.partition("#")[0].partition("/")
    return name, int(version) if version.isdigit() else 0


def _carried(model: Any, text: str) -> Any:
    try:
        return model.model_validate_json(text or "{}")
    except ValidationError:
        raise UserMistake(
            "This card or form cannot be read any more.", hint="Ask for it again."
        ) from None


def _private(message: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", **message.payload()}


def _words(error: BotError) -> str:
    return f"{error.user_message} {error.hint}".strip()


def _in_form(error: BaseException, view: Payload) -> dict[str, Any]:
    """An error inside a form: beside its first field, where it is the person's to mend."""
    first = next(iter((view.get("state") or {}).get("values") or {}), None)
    if isinstance(error, UserMistake) and first:
        return {"response_action": "errors", "errors": {first: _words(error)}}
    form = _read_only(explained(error, doing=f"the form {view['callback_id']}"))
    return {"response_action": "update", "view": form.payload()}


def _read_only(message: Message) -> FormView:
    blocks = message.blocks or [say(message.text)]
    return FormView("Switchboard", "read", "", before=blocks, submit="")


def _please_wait(view: Payload) -> FormView:
    waiting = _read_only(Message("Working on it … this window shows the answer."))
    return replace(waiting, title=view["title"]["text"])
