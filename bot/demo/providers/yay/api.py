"""The simulated API over HTTP, as strict as the Yay.com document and its fact sheet say (A1, A3).

Guesses are switches of `SimulatedYay`: the paths of the call history and of outbound calls, the
shape of the history's result, and what `next-extension` answers.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, NoReturn, get_args

from aiohttp import web

from bot.demo.providers.yay import history, seed
from bot.demo.providers.yay.account import Account, ExtensionOf, Row, Rows, SeenRequest
from bot.demo.providers.yay.calls import SimulatedCall
from bot.demo.providers.yay.envelope import Refused, answer, bad_request, no_content, refusal
from bot.demo.providers.yay.outbound import place_call
from bot.demo.providers.yay.walk import InboundCall

Endpoint = Callable[[web.Request], Awaitable[web.StreamResponse]]

_KEY_HEADER = "X-Auth-Password"
_BODY = web.RequestKey("body", object)
_ACCOUNT = web.RequestKey("account", Account)


def _now() -> datetime:
    return datetime.now(UTC)


class SimulatedYay:
    """A Yay.com of one's own: an API on loopback and a telephone network behind it.

    Args:
        account: what it holds; the demo's company unless told.
        customers: accounts of sub-resellers by name, for the header `X-Auth-For`.
        clock: gives aware instants.
        history_path: of the call history, which is not documented.
        call_path: of outbound calls, on which sources disagree.
        history_shape: the result of the call history, which is not documented: a list of calls, or
            an object with `cdr` and `count`.
        next_extension_as_documented: answer `{}` as the document prints, instead of the field
            `next_extension` that a public client reads.
    """

    def __init__(
        self,
        account: Account | None = None,
        *,
        reseller: str = "acme",
        user: str = "admin",
        password: str = "demo",  # noqa: S107 - the demo's own, good for nothing else
        customers: Mapping[str, Account] | None = None,
        clock: Callable[[], datetime] = _now,
        history_path: str = "/voip/call/history",
        call_path: str = "/voip/call",
        history_shape: history.HistoryShape = "list",
        next_extension_as_documented: bool = False,
    ) -> None:
        self.account = seed.demo_company(clock()) if account is None else account
        self.clock = clock
        self.url = ""
        self._credentials = {
            "X-Auth-Reseller": reseller,
            "X-Auth-User": user,
            _KEY_HEADER: password,
        }
        self._customers = dict(customers or {})
        self._history_path = history_path
        self._call_path = call_path
        self._history_shape = history_shape
        self._next_extension_as_documented = next_extension_as_documented
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; `url` is the origin afterwards. Port 0 takes any that is free."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Lets slow answers go and stops listening."""
        for account in (self.account, *self._customers.values()):
            account.release()
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
        call = InboundCall(self.account, self.clock, from_, to)
        await call.begin()
        return call

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=0, middlewares=[self._answered, self._strict])
        lists: dict[str, Callable[[Account], Rows]] = {
            "/voip/flow": lambda account: account.flows,
            "/voip/user": lambda account: account.users,
            "/voip/group": lambda account: account.groups,
            "/voip/queue-group": lambda account: account.queue_groups,
            "/voip/sound": lambda account: account.sounds,
            "/voip/playlist": lambda account: account.playlists,
            "/voip/mailbox": lambda account: account.mailboxes,
            "/voip/out-of-hours": lambda account: account.diaries,
            "/voip/number": lambda account: account.numbers,
            "/voip/caller-id": lambda account: account.caller_ids,
            "/voip/department": lambda account: account.departments,
            "/voip/trunk": lambda account: account.trunks,
            "/voip/phone-book": lambda account: account.phone_books,
        }
        for path, rows in lists.items():
            app.router.add_get(path, _listing(rows), allow_head=False)
        for path in ("/voip/flow", "/voip/sound", "/voip/mailbox", "/voip/number"):
            app.router.add_get(f"{path}/{{uuid}}", _one(lists[path]), allow_head=False)
        app.router.add_post("/voip/flow", self._create_flow)
        app.router.add_put("/voip/flow/{uuid}", self._update_flow)
        app.router.add_delete("/voip/flow/{uuid}", self._delete_flow)
        app.router.add_get("/voip/next-extension/{kind}", self._next_extension, allow_head=False)
        app.router.add_put("/voip/number/{uuid}", self._update_number)
        app.router.add_get("/voip/user-status", self._statuses, allow_head=False)
        app.router.add_get("/voip/phone-book/{uuid}", self._contacts, allow_head=False)
        app.router.add_get("/account/balance", self._balance, allow_head=False)
        app.router.add_get(self._history_path, self._history, allow_head=False)
        app.router.add_post(self._call_path, self._call)
        return app

    # What holds for every request

    @web.middleware
    async def _answered(self, request: web.Request, handler: Endpoint) -> web.StreamResponse:
        """Notes the request, lets planned faults strike, and puts errors into envelopes."""
        raw = await request.read()
        self._note(request, raw)

        async def work() -> web.StreamResponse:
            try:
                return await handler(request)
            except Refused as refused:
                self.account.refusals.append(refused)
                return refusal(refused.status)
            except web.HTTPException as error:
                self.account.refusals.append(Refused(error.status, error.reason))
                allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
                return refusal(error.status, allow)

        fault = self.account.faults.striking(request.method, request.path)
        if fault is not None:
            return await self.account.faults.strike(fault, request, work)
        return await work()

    @web.middleware
    async def _strict(self, request: web.Request, handler: Endpoint) -> web.StreamResponse:
        """Who asks, and whether the request has the form the document wants."""
        for name, value in self._credentials.items():
            sent = request.headers.get(name, "")
            if not hmac.compare_digest(sent.encode(errors="surrogateescape"), value.encode()):
                raise Refused(HTTPStatus.UNAUTHORIZED, f"{name} is missing or wrong")
        if not request.headers.get("User-Agent", "").strip():
            raise bad_request("there is no User-Agent")
        request[_ACCOUNT] = self._account_for(request)
        raw = await request.read()
        if request.method in ("GET", "DELETE") and raw:
            raise bad_request(f"{request.method} has a body")
        if request.method in ("POST", "PUT") and request.match_info.http_exception is None:
            if request.content_type != "application/json":
                raise bad_request(f"the content type is {request.content_type}")
            request[_BODY] = _json_object(raw)
        return await handler(request)

    def _account_for(self, request: web.Request) -> Account:
        name = request.headers.get("X-Auth-For")
        if name is None:
            return self.account
        if name not in self._customers:
            raise bad_request(f"there is no sub-reseller {name}")
        return self._customers[name]

    def _note(self, request: web.Request, raw: bytes) -> None:
        text = raw.decode(errors="replace")
        try:
            body = json.loads(text) if raw else None
        except (ValueError, RecursionError):
            body = text
        headers = {
            name.lower(): value
            for name, value in request.headers.items()
            if name.lower() != _KEY_HEADER.lower()
        }
        self.account.requests.append(SeenRequest(request.method, request.path_qs, headers, body))

    # Endpoints that are more than a list or one of its objects

    async def _create_flow(self, request: web.Request) -> web.Response:
        flow = request[_ACCOUNT].add_flow(_body(request), self.clock().date())
        return answer(flow, HTTPStatus.CREATED)

    async def _update_flow(self, request: web.Request) -> web.Response:
        uuid = request.match_info["uuid"]
        return answer(request[_ACCOUNT].replace_flow(uuid, _body(request), self.clock().date()))

    async def _delete_flow(self, request: web.Request) -> web.Response:
        request[_ACCOUNT].remove_flow(request.match_info["uuid"])
        return no_content()

    async def _next_extension(self, request: web.Request) -> web.Response:
        kind = next((k for k in get_args(ExtensionOf) if k == request.match_info["kind"]), None)
        if kind is None:
            raise web.HTTPNotFound
        if self._next_extension_as_documented:
            return answer({})
        return answer({"next_extension": request[_ACCOUNT].next_extension(kind)})

    async def _update_number(self, request: web.Request) -> web.Response:
        uuid = request.match_info["uuid"]
        return answer(request[_ACCOUNT].replace_number(uuid, _body(request), self.clock().date()))

    async def _statuses(self, request: web.Request) -> web.Response:
        statuses = request[_ACCOUNT].statuses
        return answer([{"uuid": uuid, "status": status} for uuid, status in statuses.items()])

    async def _contacts(self, request: web.Request) -> web.Response:
        account, uuid = request[_ACCOUNT], request.match_info["uuid"]
        book = account.find(account.phone_books, uuid)
        return answer({**book, "contacts": account.contacts.get(uuid, [])})

    async def _balance(self, request: web.Request) -> web.Response:
        return answer({"balance": request[_ACCOUNT].balance})

    async def _history(self, request: web.Request) -> web.Response:
        records = request[_ACCOUNT].history
        return answer(history.ask(records, request.query, self._history_shape))

    async def _call(self, request: web.Request) -> web.Response:
        call = await place_call(request[_ACCOUNT], self.clock, _body(request))
        return answer({"uuid": call.id}, HTTPStatus.CREATED)


def _listing(rows: Callable[[Account], Rows]) -> Endpoint:
    async def endpoint(request: web.Request) -> web.StreamResponse:
        return answer(list(rows(request[_ACCOUNT]).values()))

    return endpoint


def _one(rows: Callable[[Account], Rows]) -> Endpoint:
    async def endpoint(request: web.Request) -> web.StreamResponse:
        return answer(Account.find(rows(request[_ACCOUNT]), request.match_info["uuid"]))

    return endpoint


def _body(request: web.Request) -> Row:
    body: Any = request[_BODY]
    return dict(body)


def _json_object(raw: bytes) -> Row:
    try:
        body = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise bad_request("the body is no JSON") from wrong
    if not isinstance(body, dict):
        raise bad_request("the body is no object")
    return body


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")
