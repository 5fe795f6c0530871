"""The simulated UnifiedAPI over HTTP, as strict as its documents and the fact sheet say (B1 to B7).

A path that lost its last word means more, as in the real one: `…/phoneCallEvents/` with nothing
behind it deletes everything. Guesses are switches of `SimulatedVoipNow`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.demo.providers.voipnow import events, phone_calls, records, seed
from bot.demo.providers.voipnow.account import SELF, Account, Extension, Row, SeenRequest
from bot.demo.providers.voipnow.calls import IN, SimulatedCall
from bot.demo.providers.voipnow.envelope import Refused, answer, bad, page, refusal
from bot.demo.providers.voipnow.tokens import TOKEN_PATH, Tokens

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]

_PAGING = {
    "count", "startIndex", "filterBy", "filterOp", "filterValue", "fields", "sortOrder",
}  # fmt: skip
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_CALLING = {"waitForPickup", "callDuration", "allowPublicTransfer", "video", "number", "pin"}


class NoSuchLine(ValueError):
    """The account does not have the number that was dialled."""


def _now() -> datetime:
    return datetime.now(UTC)


class SimulatedVoipNow:
    """A VoipNow of one's own: an API on loopback and a telephone network behind it.

    Args:
        account: what it holds; the demo's company unless told.
        clock: gives aware instants.
        lifetime: seconds that a token lives.
        type_alone_deletes_all: a deletion with a type and no id deletes events of all types, as a
            sentence of the document can be read.
        unknown_event_is_204: deleting an event that is not there answers 204 instead of 400.
    """

    def __init__(
        self,
        account: Account | None = None,
        *,
        client_id: str = "app",
        client_secret: str = "demo",  # noqa: S107 - the demo's own, good for nothing else
        clock: Callable[[], datetime] = _now,
        lifetime: int = 3600,
        type_alone_deletes_all: bool = False,
        unknown_event_is_204: bool = False,
    ) -> None:
        self.account = seed.demo_company(clock()) if account is None else account
        self.clock = clock
        self.tokens = Tokens(client_id, client_secret, clock, lifetime)
        self.url = ""
        self._type_alone_deletes_all = type_alone_deletes_all
        self._unknown_event_is_204 = unknown_event_is_204
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; `url` is the origin afterwards. Port 0 takes any that is free."""
        app = web.Application(middlewares=[self._answered])
        app.router.add_post(TOKEN_PATH, self.tokens.give)
        app.router.add_route("*", "/uapi/{words:.*}", self._uapi)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Lets slow answers go and stops listening."""
        self.account.release()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def ring(self, from_: str, to: str) -> SimulatedCall:
        """Somebody calls a number of the account.

        Args:
            from_: E.164 with a plus, or `anonymous`.
            to: E.164 with a plus.

        Raises:
            NoSuchLine: the account has no such number.
        """
        line: Extension | None = self.account.line(to)
        if line is None:
            raise NoSuchLine(f"{to} is not in service.")
        call = SimulatedCall(
            self.account,
            self.clock,
            extension=line.number,
            source=from_,
            destination=line.number,
            flow=IN,
            did=to,
        )
        await call.begin()
        return call

    # What holds for every request

    @web.middleware
    async def _answered(self, request: web.Request, handler: Endpoint) -> web.StreamResponse:
        """Notes the request, lets planned faults strike, and puts errors into their form."""
        await self._note(request)

        async def work() -> web.StreamResponse:
            try:
                return await handler(request)
            except Refused as refused:
                self.account.refusals.append(refused)
                return refusal(refused)

        path = request.rel_url.raw_path
        faults = self.account.faults
        fault = faults.striking(request.method, path, token=path == TOKEN_PATH)
        return await (faults.strike(fault, request, work) if fault else work())

    async def _note(self, request: web.Request) -> None:
        body: Any = None
        if request.content_type in _FORMS:
            form = await request.post()
            body = {
                name: value if isinstance(value, str) else getattr(value, "filename", "")
                for name, value in form.items()
                if name != "client_secret"
            }
        elif raw := await request.read():
            try:
                body = json.loads(raw)
            except (ValueError, RecursionError):
                body = raw.decode(errors="replace")
        headers = {
            name.lower(): value
            for name, value in request.headers.items()
            if name.lower() != "authorization"
        }
        path = request.rel_url.raw_path_qs
        self.account.requests.append(SeenRequest(request.method, path, headers, body))

    async def _uapi(self, request: web.Request) -> web.Response:
        if not self.tokens.accepts(request.headers.get("Authorization", "")):
            raise Refused(401, "access_denied", "there is no token, or it does not live any more")
        raw_path = request.rel_url.raw_path
        if "%" in raw_path:
            raise bad("extension_invalid", "the path is encoded; * and @ stand in it as they are")
        # As the vendor's own client relies on, a slash at the end changes nothing.
        words = [word for word in raw_path.split("/")[2:] if word]
        if request.method in ("GET", "DELETE") and await request.read():
            raise bad("request_invalid", f"{request.method} has a body")
        match words:
            case ["extensions", user, extension, "phoneCallEvents", *rest] if len(rest) < 3:
                return await self._events(request, user, extension, rest)
            case ["extensions", user, extension, "presence"]:
                return self._presence(request, user, extension)
            case ["extensions", user, queue, "queue", "agents", *rest] if len(rest) < 2:
                return await self._agents(request, user, queue, rest)
            case ["phoneCalls", user, kind] if kind in phone_calls.STARTS:
                return await self._start(request, user)
            case ["phoneCalls", user, extension, *rest] if len(rest) < 2:
                return await self._calls(request, user, extension, rest)
            case ["faxes", user, extension]:
                return await self._fax(request, user, extension)
            case ["cdr", "stats", user]:
                self._query(request, set(), user)
                return answer(records.sums(self.account))
            case ["cdr", user]:
                query = self._query(request, _PAGING | records.PARAMETERS, user)
                return answer(page(records.find(self.account, query), query))
            case _:
                raise Refused(501, "request_not_implemented", f"there is no /{'/'.join(words)}")

    def _query(self, request: web.Request, allowed: set[str], user: str) -> dict[str, str]:
        self.account.check_user(user)
        query = dict(request.query)
        if unknown := query.keys() - allowed:
            raise bad("request_invalid", f"{', '.join(sorted(unknown))}: no such parameter")
        return query

    @staticmethod
    async def _json(request: web.Request) -> Row:
        if request.content_type != "application/json":
            raise bad("request_invalid", f"the content type is {request.content_type}")
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            raise bad("request_invalid", "the body is no JSON") from None
        if not isinstance(body, dict):
            raise bad("request_invalid", "the body is no object")
        return body

    # The resources

    async def _events(
        self, request: web.Request, user: str, extension: str, words: list[str]
    ) -> web.Response:
        account, method = self.account, request.method
        query = self._query(request, _PAGING if method == "GET" else set(), user)
        of = events.of(account, extension)
        if method == "POST" and len(words) < 2:
            body = await self._json(request)
            in_path = words[0] if words else None
            return answer(events.create(account, of, in_path, body, self.clock()))
        if method == "DELETE":
            return answer(self._deleted(of, words))
        rows = events.chosen(account, of, words)
        if method == "GET":
            return answer(page([events.shown(row) for row in rows], query))
        if method == "PUT" and len(words) == 2:
            return answer(events.update(rows[0], await self._json(request), self.clock()))
        raise Refused(501, "request_not_implemented", f"{method} is not for this path")

    def _deleted(self, of: str, words: list[str]) -> list[Row]:
        if len(words) == 1 and self._type_alone_deletes_all:
            words = []
        try:
            rows = events.chosen(self.account, of, words)
        except Refused as refused:
            if refused.code == "pce_id_invalid" and self._unknown_event_is_204:
                return []
            raise
        return events.delete(self.account, rows)

    def _presence(self, request: web.Request, user: str, extension: str) -> web.Response:
        query = self._query(request, _PAGING, user)
        if request.method != "GET" or (user, extension) == ("@owner", SELF):
            raise bad("extension_invalid", "@self cannot be used with @owner")
        phones = [one for one in self.account.extensions.values() if one.kind == "phone"]
        if extension != SELF:
            phones = [self.account.find(extension, "phone")]
        busy = {call.extension for call in self.account.calls.values()}
        return answer(page([_presence(one, busy) for one in phones], query))

    async def _agents(
        self, request: web.Request, user: str, queue: str, words: list[str]
    ) -> web.Response:
        account, method = self.account, request.method
        query = self._query(request, _PAGING if method == "GET" else set(), user)
        members = account.agents.get(account.find(queue, "queue").number, {})
        if words and words[0] not in members:
            raise bad("agent_invalid", f"{words[0]} is no agent of {queue}")
        if method == "PUT" and words:
            body = await self._json(request)
            if body.keys() != {"status"} or body["status"] not in ("0", "1", "2"):
                raise bad("status_invalid", "status is 0, 1 or 2")
            members[words[0]] = int(body["status"])
        elif method != "GET":
            raise Refused(501, "request_not_implemented", f"{method} is not for this path")
        rows = [
            {
                "agentNumber": number,
                "identifier": number,
                "status": str(status),
                "queue": queue,
                "type": "local",
            }
            for number, status in members.items()
            if not words or number == words[0]
        ]
        return answer(rows if method == "PUT" else page(rows, query))

    async def _start(self, request: web.Request, user: str) -> web.Response:
        self._query(request, _CALLING, user)
        if request.method != "POST":
            raise Refused(501, "request_not_implemented", "a call is started by POST")
        body = await self._json(request)
        return answer(await phone_calls.start(self.account, self.clock, body))

    async def _calls(
        self, request: web.Request, user: str, extension: str, words: list[str]
    ) -> web.Response:
        method = request.method
        allowed = {"GET": _PAGING, "DELETE": {"phoneNumber"}}.get(method, set())
        query = self._query(request, allowed, user)
        if method == "DELETE":
            return answer(await self._ended(extension, words, query))
        calls = phone_calls.chosen(self.account, extension, words)
        if method == "GET":
            return answer(page([call.shown() for call in calls], query))
        if method == "PUT" and words:
            body = await self._json(request)
            return answer(await phone_calls.act(self.account, calls[0], body))
        raise Refused(501, "request_not_implemented", f"{method} is not for this path")

    async def _ended(self, extension: str, words: list[str], query: dict[str, str]) -> list[Row]:
        try:
            calls = phone_calls.chosen(self.account, extension, words)
        except Refused as refused:
            if refused.code == "phonecall_id_invalid":
                return []
            raise
        return await phone_calls.hang_up(calls, query)

    async def _fax(self, request: web.Request, user: str, extension: str) -> web.Response:
        self._query(request, set(), user)
        if request.method != "POST" or request.content_type != "multipart/form-data":
            raise bad("fx_file_invalid", "a fax is POST with a form of parts")
        number = self.account.find(extension, "phone").number
        return answer(records.send_fax(self.account, number, await request.post()))


def _presence(extension: Extension, busy: set[str]) -> Row:
    there = "1" if extension.device else "0"
    status = "3" if extension.number in busy else there
    device: Row = {"agent": extension.device or "Yealink T46S", "status": status}
    device["registration"] = "1" if extension.device else "-2"
    return {"status": status, "extension": extension.number, "registration": [device]}
