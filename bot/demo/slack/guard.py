"""Keeps the demo's server to this machine and to its own page."""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import hdrs, web

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def is_loopback(host: str) -> bool:
    """Whether a host name or address, without a port, means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse other names for this machine (DNS rebinding) and other sites' requests to the page."""
    try:
        name = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        name = ""
    if not is_loopback(name):
        return web.Response(status=421, text="This server answers to loopback names only.")
    own = request.headers.get(hdrs.ORIGIN) == f"http://{request.host}"
    if request.method != hdrs.METH_GET and request.path.startswith("/demo/") and not own:
        return web.Response(status=403, text="Only the demo's own page may ask for that.")
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the security headers on an answer before it begins, streams included."""
    response.headers.update(HEADERS)
