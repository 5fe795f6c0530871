"""The Web API over HTTP: tokens, scopes, arguments, limits, and answers in Slack's shapes."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import hdrs, web

from bot.demo.slack import shapes
from bot.demo.slack.arguments import Arguments
from bot.demo.slack.faults import Fault, Faults, Pace
from bot.demo.slack.methods import METHODS, Call, Method
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.replies import show_reply
from bot.demo.slack.sockets import Sockets
from bot.demo.slack.surfaces import Surfaces
from bot.demo.slack.tickets import Tickets
from bot.demo.slack.workspace import Workspace

Json = dict[str, Any]


class WebApi:
    """Routes for what an app calls: methods, response URLs, uploads and files.

    Attributes:
        calls: (method, arguments) of every call in order, the refused ones included.
    """

    def __init__(
        self,
        workspace: Workspace,
        surfaces: Surfaces,
        tickets: Tickets,
        sockets: Sockets,
        changed: Callable[[], None],
    ) -> None:
        self._workspace = workspace
        self._surfaces = surfaces
        self._tickets = tickets
        self._sockets = sockets
        self._changed = changed
        self.faults = Faults()
        self.pace = Pace(workspace.clock)
        self.calls: list[tuple[str, Json]] = []

    def routes(self) -> list[web.AbstractRouteDef]:
        """The routes, for an aiohttp application."""
        return [
            web.route("*", "/api/{method}", self._called),
            web.post("/commands/{team}/{token}", self._responded),
            web.post("/actions/{team}/{token}", self._responded),
            web.post("/upload/v1/{file}", self._uploaded),
            web.get("/files/{file}", self._downloaded),
            web.get("/link/", self._sockets.accept),
        ]

    # -- methods -------------------------------------------------------------------------------

    async def _called(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        given = await _arguments(request)
        self.calls.append((name, given))
        self._changed()
        try:
            fault = self.faults.take(name, given)
            if fault and fault.gate:
                await fault.gate.wait()
            if fault and (fault.error or fault.status != 200):
                return _faulty(fault)
            answer, status, headers = self._answer(request, name, given)
            if fault and fault.loses_answer:
                return _hang_up(request)
            return web.json_response(answer, status=status, headers=headers)
        finally:
            self._changed()

    def _answer(
        self, request: web.Request, name: str, given: Json
    ) -> tuple[Json, int, dict[str, str]]:
        scopes = ",".join(sorted(self._workspace.app.scopes))
        headers = {"X-OAuth-Scopes": scopes, "X-Slack-Req-Id": self._workspace.fresh_id("req")}
        try:
            method = _method(name)
            self._check_token(request, method)
            if method.scope:
                headers["X-Accepted-OAuth-Scopes"] = method.scope
            arguments = Arguments(given)
            arguments.require(*method.required)
            if name == "chat.postMessage":
                self._keep_pace(arguments.text("channel") or "")
            call = Call(arguments, self._workspace, self._surfaces, self._tickets, self._sockets)
            return {"ok": True, **method.run(call)}, 200, headers
        except SlackRefusal as refusal:
            answer = refusal.answer()
            self._workspace.refusals.append((name, given, answer))
            if refusal.error != "ratelimited":
                return answer, 200, headers
            seconds = str(answer.pop("retry_after"))
            return answer, 429, {**headers, "Retry-After": seconds}

    def _check_token(self, request: web.Request, method: Method) -> None:
        if method.caller == "anybody":
            return
        app = self._workspace.app
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise SlackRefusal("not_authed")
        if token not in {app.bot_token, app.app_token}:
            raise SlackRefusal("invalid_auth")
        if token != (app.app_token if method.caller == "app" else app.bot_token):
            raise SlackRefusal("not_allowed_token_type")
        if method.scope and method.scope not in app.scopes:
            provided = ",".join(sorted(app.scopes))
            raise SlackRefusal("missing_scope", needed=method.scope, provided=provided)

    def _keep_pace(self, channel: str) -> None:
        if seconds := self.pace.wait_for(channel):
            raise SlackRefusal("ratelimited", retry_after=seconds)

    # -- response URLs -------------------------------------------------------------------------

    async def _responded(self, request: web.Request) -> web.StreamResponse:
        try:
            given = await request.json()
        except ValueError:
            given = None
        arguments = given if isinstance(given, dict) else {}
        self.calls.append(("response_url", arguments))
        self._changed()
        try:
            fault = self.faults.take("response_url", arguments)
            if fault and fault.gate:
                await fault.gate.wait()
            if fault and (fault.error or fault.status != 200):
                return _faulty(fault)
            url = self._tickets.use(request.match_info["token"])
            show_reply(self._workspace, url, given)
            if fault and fault.loses_answer:
                return _hang_up(request)
            return web.Response(text="ok", content_type="text/html")
        except SlackRefusal as refusal:
            answer = refusal.answer()
            self._workspace.refusals.append(("response_url", given, answer))
            gone = refusal.error in {"expired_url", "used_url"}
            return web.json_response(answer, status=404 if gone else 400)
        finally:
            self._changed()

    # -- files ---------------------------------------------------------------------------------

    async def _uploaded(self, request: web.Request) -> web.StreamResponse:
        file = self._workspace.files.get(request.match_info["file"])
        if file is None or file.content is not None:
            return web.Response(status=404, text="no such upload")
        content = await _uploaded_bytes(request)
        if len(content) != file.length:
            return web.Response(
                status=400, text=f"expected {file.length} bytes, got {len(content)}"
            )
        file.content = content
        self._changed()
        return web.Response(text=f"OK - {len(content)}")

    async def _downloaded(self, request: web.Request) -> web.StreamResponse:
        file = self._workspace.files.get(request.match_info["file"])
        token = request.headers.get(hdrs.AUTHORIZATION, "")
        if (
            file is None
            or file.content is None
            or token != f"Bearer {self._workspace.app.bot_token}"
        ):
            return web.Response(status=404, text="file_not_found")
        return web.Response(
            body=file.content,
            content_type=shapes.file(self._workspace, file)["mimetype"],
            headers={hdrs.CONTENT_DISPOSITION: "attachment"},
        )


def _method(name: str) -> Method:
    if name not in METHODS:
        raise SlackRefusal("unknown_method", req_method=name)
    return METHODS[name]


async def _arguments(request: web.Request) -> Json:
    """A call's arguments, from the query and from a JSON or form body."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            body = {}
        return {**given, **body} if isinstance(body, dict) else given
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        form = await request.post()
        given.update({name: value for name, value in form.items() if isinstance(value, str)})
    given.pop("token", None)
    return given


async def _uploaded_bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for part in form.values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


def _faulty(fault: Fault) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.error is None:
        return web.Response(status=fault.status, text="Server Error", headers=headers)
    status = 429 if fault.error == "ratelimited" else fault.status
    return web.json_response({"ok": False, "error": fault.error}, status=status, headers=headers)


def _hang_up(request: web.Request) -> web.Response:
    """End the connection in place of an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response()
