"""The simulated API over HTTP: tokens, limits, and every call of the document.

What is not in the document (tokens, status codes, errors, limits) is as the vendor's public pages
have it. Guesses are switches of `SimulatedRingMe`.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Literal
from uuid import uuid4

from aiohttp import web

from bot.demo.providers.ringme import documented, files, ivr, live, rows, seed
from bot.demo.providers.ringme.account import Account, SeenRequest
from bot.demo.providers.ringme.asked import Asked, Responder
from bot.demo.providers.ringme.calls import SimulatedCall
from bot.demo.providers.ringme.documented import Endpoint
from bot.demo.providers.ringme.envelope import Refused, answer, bad_request, not_found, refusal

TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address

_TOKEN = f"POST {TOKEN_PATH}"
_BY_LOGIN = "GET /extension/{extension_id}/record/{record_uuid}/download/"
_CALL_API = ("event/", "callback/", "current_calls/", "fax/out/", "voicemail/", "record/")
"""What an application of the level Call API may change."""

_RESPONDERS: Mapping[str, Responder] = {
    **rows.RESPONDERS.by_name,
    **ivr.RESPONDERS.by_name,
    **live.RESPONDERS.by_name,
    **files.RESPONDERS.by_name,
}


def _now() -> datetime:
    return datetime.now(UTC)


class SimulatedRingMe:
    """A PBX of one's own: an API on loopback and telephones behind it.

    Args:
        account: what it holds; the demo's company unless told.
        clock: gives aware instants.
        token_lives: seconds; None leaves it out of the answer, and a token lives for an hour.
        hourly: requests an hour.
        level: what the application may do; `call_api` covers no change of the configuration.
        none_as_word: enumerations want the text None where they otherwise want null.
    """

    def __init__(
        self,
        account: Account | None = None,
        *,
        client_id: str = "demo",
        client_secret: str = "demo",  # noqa: S107 - the demo's own, good for nothing else
        clock: Callable[[], datetime] = _now,
        api_path: str = "/api/ver1.0",
        token_lives: int | None = 3600,
        hourly: int = 100_000,
        level: Literal["all", "call_api"] = "all",
        none_as_word: bool = False,
    ) -> None:
        self.account = seed.demo_company(clock()) if account is None else account
        self.clock = clock
        self.url = ""
        self.level, self.hourly = level, hourly
        self._id, self._secret = client_id, client_secret
        self._api_path, self._token_lives, self._none_as_word = api_path, token_lives, none_as_word
        self._tokens: dict[str, datetime] = {}
        self._hour, self._used = 0, 0
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; `url` is the origin afterwards. Port 0 takes any that is free."""
        app = web.Application(client_max_size=0)
        app.router.add_route("*", "/{tail:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Lets slow answers go and stops listening."""
        self.account.release()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def forget_tokens(self) -> None:
        """Ends every token before its time."""
        self._tokens.clear()

    async def ring(self, from_: str, to: str) -> SimulatedCall:
        """Somebody outside calls.

        Args:
            from_: E.164 with a plus, or `anonymous`.
            to: the number of an extension, as colleagues dial it.

        Raises:
            LookupError: there is no such extension.
        """
        call = SimulatedCall(self.account, self.clock, from_, to)
        await call.begin()
        return call

    # Every request

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        # A form with files can be read only once.
        has_files = request.content_type == "multipart/form-data"
        raw = b"" if has_files else await request.read()
        path = request.rel_url.raw_path
        below = path.removeprefix(self._api_path) if path.startswith(self._api_path) else ""
        found = documented.found(request.method, below)
        name = found[0].name if found else f"{request.method} {path}"
        seen = await self._seen(request, raw)
        self.account.requests.append(seen)

        async def work() -> web.StreamResponse:
            try:
                if path == TOKEN_PATH:
                    return self._give_token(request, seen.body)
                if path.startswith("/storage/"):
                    return self._stored(path)
                return await self._call(request, below, found, raw, seen.body)
            except Refused as refused:
                self.account.refusals.append(refused)
                return refusal(refused.status, refused.message, refused.word)

        fault = self.account.faults.striking(name, path)
        response = await (self.account.faults.strike(fault, request, work) if fault else work())
        return self._with_limits(response)

    async def _seen(self, request: web.Request, raw: bytes) -> SeenRequest:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if "authorization" in headers:
            headers["authorization"] = headers["authorization"].partition(" ")[0]
        body: Any = raw.decode(errors="replace") or None
        if request.content_type == "application/json":
            with contextlib.suppress(ValueError, RecursionError):
                body = json.loads(raw)
        elif request.content_type == "multipart/form-data":
            body = await _form(request)
        elif request.content_type == "application/x-www-form-urlencoded":
            body = dict(await request.post())
        return SeenRequest(request.method, request.rel_url.raw_path_qs, headers, body)

    def _with_limits(self, response: web.StreamResponse) -> web.StreamResponse:
        if not response.prepared and "X-RateLimit-Remaining" not in response.headers:
            now = self.clock()
            left = timedelta(hours=1) - timedelta(minutes=now.minute, seconds=now.second)
            response.headers["X-RateLimit-Limit"] = str(self.hourly)
            response.headers["X-RateLimit-Remaining"] = str(max(0, self.hourly - self._used))
            response.headers["X-RateLimit-Reset"] = str(int(left.total_seconds()))
        return response

    def _count(self) -> None:
        hour = int(self.clock().timestamp()) // 3600
        if hour != self._hour:
            self._hour, self._used = hour, 0
        if self._used >= self.hourly:
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests", "rate_limit_exceeded")
        self._used += 1

    # Tokens

    def _give_token(self, request: web.Request, form: Any) -> web.Response:
        if request.method != "POST" or not isinstance(form, dict):
            return web.json_response({"error": "invalid_request"}, status=HTTPStatus.BAD_REQUEST)
        if form.get("grant_type") != "client_credentials":
            return web.json_response(
                {"error": "unsupported_grant_type"}, status=HTTPStatus.BAD_REQUEST
            )
        right = _same(form.get("client_id"), self._id) & _same(
            form.get("client_secret"), self._secret
        )
        if not right:
            return web.json_response({"error": "invalid_client"}, status=HTTPStatus.UNAUTHORIZED)
        token, lives = uuid4().hex, self._token_lives
        self._tokens[token] = self.clock() + timedelta(seconds=lives or 3600)
        told = {"access_token": token, "token_type": "Bearer", "scope": form.get("scope", "all")}
        return web.json_response(told if lives is None else {**told, "expires_in": lives})

    def _authorize(self, request: web.Request, endpoint: Endpoint) -> None:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if endpoint.name == _BY_LOGIN:
            wanted = base64.b64encode(f"{self._id}:{self._secret}".encode()).decode()
            if scheme != "Basic" or not _same(given, wanted):
                raise Refused(HTTPStatus.UNAUTHORIZED, "Authentication is required")
            return
        ends = self._tokens.get(given) if scheme == "Bearer" else None
        if ends is None or ends <= self.clock():
            raise Refused(HTTPStatus.UNAUTHORIZED, "Token is expired")
        below = endpoint.path.removeprefix("/extension/{extension_id}/")
        changes = endpoint.method != "GET" and not below.startswith(_CALL_API)
        if self.level == "call_api" and changes:
            raise Refused(HTTPStatus.FORBIDDEN, "Access denied", "app_access_type_deny")

    # Calls of the document

    async def _call(
        self,
        request: web.Request,
        below: str,
        found: tuple[Endpoint, dict[str, str]] | None,
        raw: bytes,
        body: Any,
    ) -> web.Response:
        if found is None:
            return self._lost(below)
        endpoint, in_path = found
        self._authorize(request, endpoint)
        self._count()
        path = documented.path_values(endpoint, in_path)
        values = documented.query_values(endpoint, list(request.query.items()))
        values |= self._body(request, endpoint, raw, body)
        asked = Asked(self.account, path, values, self.clock(), self.url)
        if "extension_id" in path:
            self.account.extension(path["extension_id"])
        return answer(_shaped(endpoint, _RESPONDERS[endpoint.name](asked)), endpoint.status)

    def _body(
        self, request: web.Request, endpoint: Endpoint, raw: bytes, body: Any
    ) -> dict[str, Any]:
        if endpoint.placed("form"):
            if request.content_type != "multipart/form-data":
                raise bad_request(f"the content type is {request.content_type}")
            return documented.form_values(endpoint, body)
        if endpoint.placed("json"):
            if request.content_type != "application/json" or isinstance(body, str):
                raise bad_request("the body is no JSON")
            return documented.json_values(endpoint, body, none_as_word=self._none_as_word)
        if raw or isinstance(body, dict):
            raise bad_request(f"{request.method} has a body")
        return {}

    def _lost(self, below: str) -> web.Response:
        """A path that has no such call; one that lacks its slash is sent elsewhere."""
        if documented.methods_of(f"{below}/"):
            headers = {"Location": f"{self._api_path}{below}/"}
            return web.Response(status=HTTPStatus.PERMANENT_REDIRECT, headers=headers)
        methods = documented.methods_of(below)
        if not methods:
            raise not_found("Not found")
        response = refusal(HTTPStatus.METHOD_NOT_ALLOWED, "Method not allowed")
        response.headers["Allow"] = ", ".join(methods)
        return response

    def _stored(self, path: str) -> web.Response:
        """What a link to a file leads to."""
        extension, _, uuid = path.removeprefix("/storage/").partition("/")
        file = self.account.extension(extension).files.get(uuid)
        if file is None:
            raise not_found("Not found")
        return answer(file, HTTPStatus.OK)


def _shaped(endpoint: Endpoint, result: Any) -> Any:
    if endpoint.answer == "one":
        return documented.shaped(endpoint.model, result)
    if endpoint.answer == "many":
        return [documented.shaped(endpoint.model, row) for row in result]
    return result


async def _form(request: web.Request) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            fields[name] = (value.filename, value.file.read())
        else:
            fields[name] = value
    return fields


def _same(given: Any, wanted: str) -> bool:
    return hmac.compare_digest(str(given or "").encode(errors="replace"), wanted.encode())
