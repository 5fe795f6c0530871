"""The simulated API over HTTP, as strict as the document and the fact sheet say (B1).

What is not known of the real one is a switch of `SimulatedIovox`: in which form errors come, and
what an empty list is.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.demo.providers.iovox import call_flows, calls, links, people, rules, seed
from bot.demo.providers.iovox.account import Account, Row, SeenRequest
from bot.demo.providers.iovox.asked import (
    Answer,
    Asked,
    Document,
    Listed,
    Method,
    Nothing,
    Sound,
    page,
)
from bot.demo.providers.iovox.documents import (
    Refused,
    as_json,
    element,
    errors,
    plain,
    read_request,
    xml,
)

METHODS: Mapping[str, Method] = {
    **call_flows.METHODS,
    **links.METHODS,
    **people.METHODS,
    **rules.METHODS,
    **calls.METHODS,
}
_REPEATED = "cat_ids[]"
_VERSION = "3"
_ZONE = ZoneInfo("Europe/London")
_KEY = "securekey"


def _now() -> datetime:
    return datetime.now(UTC)


class SimulatedIovox:
    """An IOVOX of one's own: an API on loopback, with a company in it.

    Args:
        account: what it holds; the demo's company unless told.
        clock: gives aware instants; the account's wall clock is London's.
        errors: whether refusals are XML, as documented, or JSON, as clients have seen.
        empty: what stands in JSON for an empty list: no `results`, null, or an empty text.
        page_size: results a page, at most and where no limit is asked for.
    """

    def __init__(
        self,
        account: Account | None = None,
        *,
        username: str = "acme",
        secure_key: str = "demo",
        clock: Callable[[], datetime] = _now,
        errors: Literal["xml", "json"] = "xml",
        empty: Literal["missing", "null", "text"] = "missing",
        page_size: int = 20_000,
    ) -> None:
        self.account = seed.demo_company(clock()) if account is None else account
        self.clock = clock
        self.url = ""
        self._credentials = {"username": username, "secureKey": secure_key}
        self._json_errors, self._empty, self._most = errors == "json", empty, page_size
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; `url` is the origin afterwards. Port 0 takes any that is free."""
        app = web.Application()
        app.router.add_route("*", "/{interface}", self._answer)
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

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        query = parse_qs(request.rel_url.raw_query_string, keep_blank_values=True)
        name = f"{request.match_info['interface']}.{query.get('method', [''])[0]}"
        self._note(request, name, query, raw)

        async def work() -> web.StreamResponse:
            try:
                return self._said(*self._done(request, name, query, raw))
            except Refused as refused:
                self.account.refusals.append(refused)
                return errors(refused.status, refused.words, in_json=self._json_errors)

        fault = self.account.faults.striking(name)
        if fault is not None:
            return await self.account.faults.strike(fault, request, work)
        return await work()

    def _done(
        self, request: web.Request, name: str, query: dict[str, list[str]], raw: bytes
    ) -> tuple[Asked, Answer]:
        """Everything that holds for each method, then the method."""
        for header, value in self._credentials.items():
            sent = request.headers.get(header, "")
            if not hmac.compare_digest(sent.encode(errors="surrogateescape"), value.encode()):
                raise Refused("Authentication failed", status=HTTPStatus.UNAUTHORIZED)
        version = query.pop("v", [""])
        query.pop("method", None)
        if version == [""]:
            raise Refused("API Version Empty")
        if version != [_VERSION]:
            raise Refused("API Version Invalid")
        method = METHODS.get(name)
        if method is None:
            raise Refused("Method Invalid")
        if request.method != method.verb:
            attempted = request.method
            raise Refused(f"Request Method must be {method.verb}. {attempted} attempted")
        odd = [
            parameter
            for parameter, values in query.items()
            if parameter not in method.query or (len(values) > 1 and parameter != _REPEATED)
        ]
        if odd:
            raise Refused(*(f"Parameter {parameter} Invalid" for parameter in odd))
        if query.get("output", ["XML"]) not in (["XML"], ["JSON"]):
            raise Refused("Output Type Invalid")
        given = {parameter: values[0] for parameter, values in query.items()}
        now = self.clock().astimezone(_ZONE)
        asked = Asked(self.account, now, given, self._most)
        if method.verb in ("POST", "PUT"):
            if request.content_type not in ("application/xml", "text/xml"):
                raise Refused("Content Type Invalid")
            asked = replace(asked, root=read_request(raw))
        elif raw:
            raise Refused(f"{method.verb} has a body")
        return asked, method.act(asked)

    def _said(self, asked: Asked, answer: Answer) -> web.Response:
        wants_json = asked.query.get("output") == "JSON"
        match answer:
            case Nothing(status=status):
                return web.Response(status=status)
            case Sound(content=content):
                return web.Response(body=content, content_type="audio/mpeg")
            case Document(root=root, status=status, xml_only=xml_only):
                return as_json(plain(root)) if wants_json and not xml_only else xml(root, status)
            case Listed():
                shown = page(asked, answer)
                return self._json_page(shown) if wants_json else xml(element("response", shown))

    def _json_page(self, shown: Row) -> web.Response:
        """A page as JSON: made of its XML, so one result is no list."""
        results = shown.pop("results")
        rows = results["result"]
        if rows:
            shown["results"] = plain(element("results", results))
        elif self._empty != "missing":
            shown["results"] = None if self._empty == "null" else ""
        return as_json(shown)

    def _note(
        self, request: web.Request, name: str, query: dict[str, list[str]], raw: bytes
    ) -> None:
        headers = {
            key.decode("latin-1"): "***"
            if key.lower() == _KEY.encode()
            else value.decode("latin-1")
            for key, value in request.raw_headers
        }
        self.account.requests.append(SeenRequest(request.method, name, dict(query), headers, raw))
