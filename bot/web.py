"""One HTTP server for everything: Slack, provider deliveries, health, metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.domain.errors import SetupError
from bot.metrics import Metrics
from bot.services.intake import Intake

LARGEST_BODY = 1024 * 1024
"""Bytes of a delivery; what is larger is refused with 413."""

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
NotReady = Callable[[], Awaitable[list[str]]]
"""Reasons why the program is not ready; none when it is."""


@web.middleware
async def _readable(request: web.Request, handler: Answer) -> web.StreamResponse:
    """Refuse a body that is not packed as its headers say; aiohttp would call that our fault."""
    try:
        return await handler(request)
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(text="The body cannot be unpacked.") from None


KIND = r"{kind:[\w.-]{1,64}}"
"""How a delivery's kind may look; what no provider would send is no address of ours."""


def application(
    intake: Intake, not_ready: NotReady, metrics: Metrics, slack: Answer | None
) -> web.Application:
    """The server's routes.

    Args:
        slack: answers Slack's deliveries in HTTP mode; None in Socket Mode.
    """

    async def hook(request: web.Request) -> web.Response:
        account, kind = request.match_info["account"], request.match_info["kind"]
        if not intake.knows(account, request.match_info["secret"]):
            raise web.HTTPNotFound
        body = await request.read()
        await intake.accept(
            account,
            kind,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body or request.rel_url.raw_query_string.encode(),
            address=request.remote or "",
        )
        return web.Response(text="ok")

    async def alive(request: web.Request) -> web.Response:
        del request
        return web.json_response({"alive": True})

    async def ready(request: web.Request) -> web.Response:
        del request
        reasons = await not_ready()
        status = 503 if reasons else 200
        return web.json_response({"ready": not reasons, "reasons": reasons}, status=status)

    async def measured(request: web.Request) -> web.Response:
        del request
        headers = {"Content-Type": CONTENT_TYPE_LATEST}
        return web.Response(body=await metrics.text(), headers=headers)

    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_readable])
    for method in ("GET", "POST"):
        app.router.add_route(method, f"/hooks/{{account}}/{{secret}}/{KIND}", hook)
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", measured)
    if slack is not None:
        app.router.add_post("/slack/events", slack)
    return app


@dataclass(slots=True)
class Server:
    """The running server.

    Attributes:
        url: where it listens.
    """

    runner: web.AppRunner
    url: str

    @classmethod
    async def start(cls, app: web.Application, host: str, port: int) -> Server:
        """Listen; port 0 takes a free one.

        Raises:
            SetupError: the address is taken or not ours.
        """
        # No access log: its lines would hold the secrets of the hooks' addresses.
        runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as wrong:
            await runner.cleanup()
            raise SetupError(
                f"web.host, web.port: cannot listen on {host}:{port}: {wrong.strerror}.",
                key="web.port",
                hint="Stop what uses the port, or set another.",
            ) from None
        bound_host, bound_port = runner.addresses[0][:2]
        return cls(runner, f"http://{bound_host}:{bound_port}")

    async def stop(self) -> None:
        """Stop listening, after the requests under way."""
        await self.runner.cleanup()
