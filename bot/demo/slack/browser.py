"""What the page in the browser asks for: ``/demo/*`` as JSON, and a stream of what changes."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import hdrs, web

from bot.demo.slack import shapes
from bot.demo.slack.acting import Acting
from bot.demo.slack.outcome import Outcome
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.surfaces import Surfaces
from bot.demo.slack.telephone import Telephone
from bot.demo.slack.workspace import Change, Channel, Message, Workspace

Json = dict[str, Any]

PAGE = Path(__file__).parent / "page"
KEEP_ALIVE_SECONDS = 15.0
SHOWN_IN_PLACE = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class Browser:
    """Routes for the page, and everybody's streams."""

    def __init__(
        self,
        workspace: Workspace,
        surfaces: Surfaces,
        acting: Acting,
        telephone: Telephone | None,
    ) -> None:
        self._workspace = workspace
        self._surfaces = surfaces
        self._acting = acting
        self._telephone = telephone
        self._streams: set[asyncio.Queue[Json | None]] = set()

    def routes(self) -> list[web.AbstractRouteDef]:
        """The routes, for an aiohttp application."""
        return [
            web.get("/", self._index),
            web.get(r"/{name:[\w-]+\.(?:js|css|svg|png|html)}", self._asset),
            web.get("/archives/{channel}/p{ts}", self._permalink),
            web.get("/demo/state", self._state),
            web.get("/demo/messages", self._messages),
            web.get("/demo/stream", self._stream),
            web.get("/demo/file/{file}", self._file),
            web.post("/demo/message", self._json(self._message)),
            web.post("/demo/action", self._json(self._action)),
            web.post("/demo/options", self._json(self._options)),
            web.post("/demo/view/submit", self._json(self._submit)),
            web.post("/demo/view/close", self._json(self._close)),
            web.post("/demo/home", self._json(self._home)),
            web.post("/demo/upload", self._upload),
            web.get("/demo/phone", self._phone),
            web.post("/demo/phone/calls", self._json(self._ring)),
            web.post("/demo/phone/calls/{call}", self._json(self._act)),
        ]

    def close_streams(self) -> None:
        """End all streams, so that the server can stop."""
        for queue in self._streams:
            queue.put_nowait(None)

    # -- the page itself -----------------------------------------------------------------------

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        path = PAGE / request.match_info["name"]
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path)

    async def _permalink(self, request: web.Request) -> web.StreamResponse:
        digits = request.match_info["ts"]
        raise web.HTTPFound(f"/#{request.match_info['channel']}/{digits[:-6]}.{digits[-6:]}")

    # -- reading -------------------------------------------------------------------------------

    async def _state(self, request: web.Request) -> web.Response:
        workspace = self._workspace
        first = next(p.id for p in workspace.people.values() if not (p.is_bot or p.deleted))
        me = self._person(request.query.get("as", first))
        app = workspace.app
        people = [
            {
                "id": person.id,
                "name": person.name,
                "real_name": person.real_name,
                "title": person.title,
                "is_guest": person.is_guest,
                "is_bot": person.is_bot,
                "is_stranger": person.is_stranger,
                "deleted": person.deleted,
                "color": person.color,
            }
            for person in workspace.people.values()
        ]
        seen = [c for c in workspace.channels.values() if workspace.sees(me, c)]
        return web.json_response(
            {
                "ok": True,
                "team": {"name": workspace.team_name},
                "me": me,
                "people": people,
                "channels": [self._channel(me, channel) for channel in seen],
                "command": {
                    "command": app.command,
                    "description": app.command_description,
                    "usage_hint": app.command_hint,
                },
                "app": {"name": app.name, "id": app.app_id, "user_id": app.user_id},
                "telephone": self._telephone is not None,
            }
        )

    def _channel(self, me: str, channel: Channel) -> Json:
        if channel.im_with:
            return {"id": channel.id, "name": self._workspace.app.name, "is_im": True}
        return {
            "id": channel.id,
            "name": channel.name,
            "is_private": channel.is_private,
            "is_member": me in channel.members,
            "topic": channel.topic,
        }

    async def _messages(self, request: web.Request) -> web.Response:
        me = self._viewer(request)
        channel = self._workspace.channels.get(request.query.get("channel", ""))
        if channel is None or not self._workspace.sees(me, channel):
            return _no("channel_not_found", 404)
        found = self._workspace.seen_by(me, channel.id, request.query.get("thread_ts"))
        shown = [self._shown(me, message) for message in found]
        return web.json_response({"ok": True, "messages": shown})

    def _shown(self, me: str, message: Message) -> Json:
        shape = shapes.message(self._workspace, message)
        shape |= {"channel": message.channel, "blocks": message.blocks}
        shape["edited"] = message.edited_ts is not None
        if message.only_for:
            shape |= {"ephemeral": True}
        for file in shape.get("files", []):
            file["url"] = f"/demo/file/{file['id']}?as={me}"
        return shape

    async def _file(self, request: web.Request) -> web.Response:
        me = self._viewer(request)
        file = self._workspace.files.get(request.match_info["file"])
        channels = [self._workspace.channels[c] for c in file.channels] if file else []
        seen = any(self._workspace.sees(me, channel) for channel in channels)
        if file is None or file.content is None or not (seen or file.user == me):
            return _no("file_not_found", 404)
        shown = file.mimetype in SHOWN_IN_PLACE
        name = "".join(c if c.isalnum() or c in "._- " else "_" for c in file.name)
        disposition = "inline" if shown else f'attachment; filename="{name}"'
        return web.Response(
            body=file.content,
            content_type=file.mimetype if shown else "application/octet-stream",
            headers={hdrs.CONTENT_DISPOSITION: disposition},
        )

    # -- the stream ----------------------------------------------------------------------------

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        me = self._viewer(request)
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        response = web.StreamResponse(
            headers={hdrs.CONTENT_TYPE: "text/event-stream", hdrs.CACHE_CONTROL: "no-store"}
        )

        def changed(change: Change) -> None:
            if told := self._told(me, change):
                queue.put_nowait(told)

        def rang(call: Json) -> None:
            queue.put_nowait({"type": "call", "call": call})

        endings = [self._workspace.subscribe(changed)]
        if self._telephone:
            endings.append(self._telephone.subscribe(rang))
        self._streams.add(queue)
        try:
            await response.prepare(request)
            await response.write(_event({"type": "view", "stack": self._surfaces.stack(me)}))
            while await _forward(queue, response):
                pass
        except ConnectionError:
            return response  # the browser went away
        finally:
            self._streams.discard(queue)
            for end in endings:
                end()
        return response

    def _told(self, me: str, change: Change) -> Json | None:
        """What a person's page is told of a change, if anything."""
        if change.message is not None:
            return self._told_of_message(me, change.kind, change.message)
        if change.kind == "state":
            return {"type": "state"}
        if change.person != me:
            return None
        if change.kind == "home":
            return {"type": "home", "view": self._surfaces.home(me)}
        return {"type": "view", "stack": self._surfaces.stack(me)}

    def _told_of_message(self, me: str, kind: str, message: Message) -> Json | None:
        channel = self._workspace.channels[message.channel]
        if message.only_for not in (None, me) or not self._workspace.sees(me, channel):
            return None
        if kind == "deleted":
            return {"type": "deleted", "channel": message.channel, "ts": message.ts}
        return {"type": kind, "message": self._shown(me, message)}

    # -- doing ---------------------------------------------------------------------------------

    def _json(
        self, deed: Callable[[str, Json, web.Request], Awaitable[Json]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """A route whose body is a JSON object; whatever is wrong with it becomes a sentence."""

        async def route(request: web.Request) -> web.Response:
            try:
                body = await request.json()
                if not isinstance(body, dict):
                    return _no("the body must be a JSON object", 400)
                return web.json_response(await deed(str(body.get("as")), body, request))
            except KeyError as error:
                return _no(f"{error.args[0]} is missing or unknown", 400)
            except (LookupError, ValueError) as error:
                return _no(str(error.args[0]), 400)

        return route

    async def _message(self, me: str, body: Json, _request: web.Request) -> Json:
        thread_ts = body.get("thread_ts")
        return _outcome(await self._acting.say(me, body["channel"], body["text"], thread_ts))

    async def _action(self, me: str, body: Json, _request: web.Request) -> Json:
        state = (body.get("state") or {}).get("values")
        place = _place(body["container"])
        return _outcome(
            await self._acting.click(me, body["action"], state=state, stale=True, **place)
        )

    async def _options(self, me: str, body: Json, _request: web.Request) -> Json:
        try:
            options = await self._acting.suggest(
                me,
                action_id=body["action_id"],
                block_id=body["block_id"],
                value=body["value"],
                **_place(body["container"]),
            )
        except SlackRefusal as refusal:
            return {"ok": False, "error": str(refusal)}
        grouped = any("label" in option for option in options)
        return {"ok": True, "option_groups" if grouped else "options": options}

    async def _submit(self, me: str, body: Json, _request: web.Request) -> Json:
        values = (body.get("state") or {}).get("values")
        outcome = await self._acting.submit(me, body["view_id"], values)
        if isinstance(outcome.body, dict) and "errors" in outcome.body and not outcome.ok:
            return {"ok": False, "errors": outcome.body["errors"]}
        return _outcome(outcome)

    async def _close(self, me: str, body: Json, _request: web.Request) -> Json:
        return _outcome(await self._acting.dismiss(me, body["view_id"], bool(body.get("clear"))))

    async def _home(self, me: str, _body: Json, _request: web.Request) -> Json:
        self._person(me)
        self._acting.in_background(self._acting.open_home(me))
        view = self._surfaces.home(me)
        return {"ok": True} | ({"view": view} if view else {})

    async def _upload(self, request: web.Request) -> web.Response:
        me = self._viewer(request)
        form = await request.post()
        part = next((part for part in form.values() if isinstance(part, web.FileField)), None)
        if part is None:
            return _no("there is no file in the request", 400)
        content, channel = part.file.read(), request.query.get("channel")
        if channel is None:
            file = self._acting.attach(me, part.filename, content)
            return web.json_response({"ok": True, "file": shapes.file(self._workspace, file)})
        thread_ts = request.query.get("thread_ts")
        outcome = await self._acting.upload(me, channel, part.filename, content, thread_ts)
        return web.json_response(_outcome(outcome))

    # -- the telephone -------------------------------------------------------------------------

    async def _phone(self, _request: web.Request) -> web.Response:
        telephone = self._telephone
        if telephone is None:
            return _no("there is no telephone here", 404)
        return web.json_response(
            {"ok": True, "callers": telephone.callers(), "lines": telephone.lines()}
        )

    async def _ring(self, _me: str, body: Json, _request: web.Request) -> Json:
        if self._telephone is None:
            raise LookupError("there is no telephone here")
        return {"ok": True, "call": await self._telephone.ring(body["from"], body["to"])}

    async def _act(self, _me: str, body: Json, request: web.Request) -> Json:
        if self._telephone is None:
            raise LookupError("there is no telephone here")
        call_id = request.match_info["call"]
        return {"ok": True, "call": await self._telephone.act(call_id, body)}

    # -- who -----------------------------------------------------------------------------------

    def _viewer(self, request: web.Request) -> str:
        return self._person(request.query.get("as", ""))

    def _person(self, user: str) -> str:
        if user not in self._workspace.people:
            raise web.HTTPBadRequest(
                text=json.dumps({"ok": False, "error": f"nobody has the id {user!r}"}),
                content_type="application/json",
            )
        return user


def _place(container: Json) -> dict[str, Any]:
    if container["type"] == "view":
        return {"view_id": container["view_id"]}
    return {"channel": container["channel"], "ts": container["ts"]}


def _outcome(outcome: Outcome) -> Json:
    if outcome.ok:
        return {"ok": True}
    return {"ok": False, "error": outcome.words or outcome.error}


def _no(words: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": words}, status=status)


def _event(told: Json) -> bytes:
    return f"data: {json.dumps(told)}\n\n".encode()


async def _forward(queue: asyncio.Queue[Json | None], response: web.StreamResponse) -> bool:
    """Send the next change, or a sign of life; false when the stream is to end."""
    try:
        async with asyncio.timeout(KEEP_ALIVE_SECONDS):
            told = await queue.get()
    except TimeoutError:
        await response.write(b": still here\n\n")
        return True
    if told is None:
        return False
    await response.write(_event(told))
    return True
