"""Ways in which the simulated API misbehaves when a test asks it to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from bot.demo.providers.voipnow.envelope import Refused, refusal

FaultKind = Literal[
    "html",
    "empty",
    "garbled",
    "slow",
    "lost",
    "unauthorized",
    "denied",
    "server_error",
    "not_implemented",
    "rate_limited",
]
_PAGE = "<!doctype html><title>VoipNow</title><h1>We will be right back</h1>"


@dataclass
class _Fault:
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
        self._planned: list[_Fault] = []
        self.struck = asyncio.Event()
        self.released = asyncio.Event()

    def plan(self, where: str | None, kind: FaultKind, times: int) -> None:
        """Adds trouble for a path, for `METHOD path`, or for every call but those for tokens."""
        self._planned.append(_Fault(where, kind, times))

    def striking(self, method: str, path: str, *, token: bool) -> FaultKind | None:
        """The trouble for this request, which is thereby used up once."""
        places = (path, f"{method} {path}", *(() if token else (None,)))
        for fault in self._planned:
            if fault.times > 0 and fault.where in places:
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
            case "unauthorized":
                return refusal(Refused(401, "access_denied", "The token is not accepted."))
            case "denied":
                return refusal(Refused(400, "pce_access_denied", "You are not allowed to."))
            case "server_error":
                return refusal(Refused(500, "internal_server_error", "Something broke."))
            case "not_implemented":
                return refusal(Refused(501, "request_not_implemented", "Not in this version."))
            case "rate_limited":
                return web.Response(status=429, headers={"Retry-After": "2"})
            case "slow":
                await self.released.wait()
                return await work()
            case "lost":
                response = await work()
                if request.transport is not None:
                    request.transport.abort()
                return response
