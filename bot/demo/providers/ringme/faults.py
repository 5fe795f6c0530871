"""Ways in which the simulated API misbehaves when a test asks it to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from aiohttp import web

from bot.demo.providers.ringme.envelope import refusal

FaultKind = Literal[
    "html",
    "empty",
    "slow",
    "lost",
    "refused",
    "unauthorized",
    "server_error",
    "garbled",
    "rate_limited",
    "moved",
]
RESET_SECONDS = 2
"""After this time a request passes again, where the fault is `rate_limited`."""

_PAGE = "<!doctype html><title>PBX</title><h1>We will be right back</h1>"


@dataclass
class Fault:
    """Trouble that strikes the next requests to a call or a path."""

    where: str | None
    kind: FaultKind
    times: int


class Faults:
    """The trouble that is planned.

    Attributes:
        struck: set once any trouble has struck.
        released: the gate behind which slow answers wait.
    """

    def __init__(self) -> None:
        self._planned: list[Fault] = []
        self.struck = asyncio.Event()
        self.released = asyncio.Event()

    def plan(self, where: str | None, kind: FaultKind, times: int) -> None:
        """Adds trouble; without a place it strikes any request."""
        self._planned.append(Fault(where, kind, times))

    def striking(self, *names: str) -> FaultKind | None:
        """The trouble for a request of these names, which is thereby used up once."""
        for fault in self._planned:
            if fault.times > 0 and (fault.where is None or fault.where in names):
                fault.times -= 1
                return fault.kind
        return None

    async def strike(
        self,
        kind: FaultKind,
        request: web.Request,
        work: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """The troubled answer; `slow` and `lost` do the work nevertheless."""
        self.struck.set()
        match kind:
            case "html":
                return web.Response(text=_PAGE, content_type="text/html")
            case "empty":
                return web.Response()
            case "garbled":
                return web.json_response({"data": [], "ok": True})
            case "refused":
                return refusal(HTTPStatus.FORBIDDEN, "Access denied", "access_denied")
            case "unauthorized":
                return refusal(HTTPStatus.UNAUTHORIZED, "Token is expired")
            case "moved":
                elsewhere = {"Location": f"{request.path}/elsewhere"}
                return web.Response(status=HTTPStatus.PERMANENT_REDIRECT, headers=elsewhere)
            case "server_error":
                return web.Response(text=_PAGE, content_type="text/html", status=500)
            case "rate_limited":
                refused = refusal(
                    HTTPStatus.TOO_MANY_REQUESTS, "Too many requests", "rate_limit_exceeded"
                )
                refused.headers["X-RateLimit-Remaining"] = "0"
                refused.headers["X-RateLimit-Reset"] = str(RESET_SECONDS)
                return refused
            case "slow":
                await self.released.wait()
                return await work()
            case "lost":
                response = await work()
                if request.transport is not None:
                    request.transport.abort()
                return response
