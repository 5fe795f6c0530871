"""Ways in which the simulated API misbehaves when a test asks it to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

FaultKind = Literal[
    "html",
    "unavailable",
    "proxy",
    "server_error",
    "empty",
    "garbled",
    "slow",
    "lost",
    "refused",
    "rate_limited",
    "maintenance",
]

PAGE = "<!doctype html><title>503 Backend fetch failed</title><p>Guru Meditation:</p>"
SOAP_FAULT = (
    '<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/'
    'envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode>'
    "<faultstring>Bad Request</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>"
)

_CODES = {
    "refused": "ip_not_enabled",
    "rate_limited": "api_limit_exceeded",
    "maintenance": "method_maintenance",
}


@dataclass
class Fault:
    """Trouble that strikes the next calls of a function."""

    operation: str | None
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

    def plan(self, operation: str | None, kind: FaultKind, times: int) -> None:
        """Add trouble; without a function it strikes any."""
        self._planned.append(Fault(operation, kind, times))

    def striking(self, operation: str) -> FaultKind | None:
        """The trouble for this call, which is thereby used up once."""
        for fault in self._planned:
            if fault.times > 0 and fault.operation in (None, operation):
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
                return web.Response(text=PAGE, content_type="text/html")
            case "unavailable":
                return web.Response(text=PAGE, content_type="text/html", status=503)
            case "proxy":
                return web.Response(text="error code: 522", status=522)
            case "server_error":
                return web.Response(text=SOAP_FAULT, content_type="text/xml", status=500)
            case "empty":
                return web.Response(content_type="text/html")
            case "garbled":
                return web.json_response({"dids": [], "ok": True})
            case "slow":
                await self.released.wait()
                return await work()
            case "lost":
                response = await work()
                if request.transport is not None:
                    request.transport.abort()
                return response
            case _:
                return web.json_response({"status": _CODES[kind]})
