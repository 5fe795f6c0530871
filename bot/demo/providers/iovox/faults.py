"""Ways in which the simulated API misbehaves when a test asks it to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from aiohttp import web

from bot.demo.providers.iovox.documents import errors

FaultKind = Literal[
    "html", "empty", "slow", "lost", "refused", "server_error", "garbled", "rate_limited"
]
RETRY_AFTER_SECONDS = 2
_PAGE = "<!doctype html><title>IOVOX</title><h1>We will be right back</h1>"


@dataclass
class Fault:
    """Trouble that strikes the next requests for a method."""

    name: str | None
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

    def plan(self, name: str | None, kind: FaultKind, times: int) -> None:
        """Adds trouble; without a name it strikes any method."""
        self._planned.append(Fault(name, kind, times))

    def striking(self, name: str) -> FaultKind | None:
        """The trouble for this request, which is thereby used up once."""
        for fault in self._planned:
            if fault.times > 0 and fault.name in (None, name):
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
                return web.Response(body=b"<data><ok/></data>", content_type="text/xml")
            case "refused":
                return errors(HTTPStatus.FORBIDDEN, ["IP Address not allowed"])
            case "server_error":
                return errors(HTTPStatus.INTERNAL_SERVER_ERROR, ["Internal Server Error"])
            case "rate_limited":
                answer = errors(HTTPStatus.TOO_MANY_REQUESTS, ["Too many requests"])
                answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
                return answer
            case "slow":
                await self.released.wait()
                return await work()
            case "lost":
                response = await work()
                if request.transport is not None:
                    request.transport.abort()
                return response
