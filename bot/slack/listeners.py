"""Bolt with one way in for every kind of payload, over signed HTTP or Socket Mode.

Bolt walks its listeners one by one and makes, for each, every argument that any listener may ask
for; waits for acknowledgements in steps of 10 ms; and does not know whether the bot's token works
until it asks. So a middleware gives each payload to our own dispatch and waits for it, and nobody
asks about the token at the first delivery.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.domain.clock import Clock
from bot.slack.declare import SLASH
from bot.slack.dispatch import Dispatch
from bot.slack.gateway import Gateway

log = structlog.get_logger(__name__)

EVENTS = ("app_home_opened", "user_change", "subteam_members_changed", "subteam_updated")


class Identity:
    """Who the bot is in Slack, learned in the background."""

    def __init__(self, gateway: Gateway, token: str) -> None:
        self._gateway, self._token = gateway, token
        self.bot_id = self.user_id = self.team_id = ""

    async def learn(self) -> None:
        """Ask Slack; raises `SlackTrouble` if it does not tell."""
        told = await self._gateway.call("auth.test")
        self.bot_id, self.user_id = str(told.get("bot_id", "")), str(told["user_id"])
        self.team_id = str(told["team_id"])

    def known(self) -> AuthorizeResult:
        """What Bolt needs to accept a delivery, as far as it is known."""
        return AuthorizeResult(
            enterprise_id=None,
            team_id=self.team_id or None,
            bot_token=self._token,
            bot_id=self.bot_id or None,
            bot_user_id=self.user_id or None,
        )


class Deliveries(AsyncMiddleware):
    """Gives each kind of payload to what answers it; others go on to Bolt, which refuses them."""

    def __init__(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse:
        """Answer one delivery."""
        del resp
        ack, body = req.context.ack, req.body
        match body:
            case {"command": str(command)} if command == SLASH:
                await self._dispatch.command(body, ack)
            case {"type": "block_actions"}:
                await self._dispatch.click(body, ack)
            case {"type": "view_submission"}:
                await self._dispatch.submit(body, ack)
            case {"type": "block_suggestion"}:
                await self._dispatch.suggest(body, ack)
            case {"event": {"type": str(event)}} if event in EVENTS:
                await self._dispatch.event(body)
            case _:
                return await next()
        return ack.response or await ack()


def bolt(dispatch: Dispatch, identity: Identity, gateway: Gateway) -> AsyncApp:
    """The Bolt app; signatures are checked before it."""

    async def authorize() -> AuthorizeResult:
        return identity.known()

    # Bolt warns about a token beside `authorize`, also where only the environment has one.
    quiet = logging.getLogger("slack_bolt")
    quiet.setLevel(logging.ERROR)
    app = AsyncApp(
        logger=quiet,
        client=gateway.client,
        authorize=authorize,
        request_verification_enabled=False,
        ignoring_self_events_enabled=True,
        process_before_response=True,
    )

    async def failed(error: Exception, body: dict[str, Any]) -> None:
        log.error("a delivery of Slack failed", kind=body.get("type"), exc_info=error)

    app.use(Deliveries(dispatch))
    app.error(failed)
    return app


class _Now(SignatureClock):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class HttpEntrance:
    """`POST /slack/events`: what is not signed by Slack goes no further."""

    def __init__(self, app: AsyncApp, signing_secret: str, clock: Clock) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret, _Now(clock))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one delivery."""
        body = await request.read()
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        # Bolt answers 500 to a timestamp that is no number, so it never sees one.
        in_form = timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12
        # Nor does slack_sdk's verifier see what is no UTF-8: it would fail over it.
        signed = in_form and _is_utf8(body)
        if not signed or not self._verifier.is_valid(body, timestamp, signature):
            log.warning("a delivery to /slack/events was not signed by Slack")
            return web.json_response({"error": "invalid signature"}, status=401)
        try:
            delivery = await to_bolt_request(request)
        except (ValueError, AttributeError):  # Bolt's, over a payload that is no JSON object
            log.warning("a signed delivery to /slack/events cannot be read")
            return web.json_response({"error": "unreadable"}, status=400)
        response = await self._app.async_dispatch(delivery)
        return await to_aiohttp_response(response)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


class SocketEntrance:
    """Socket Mode: the bot calls Slack, and no address of ours is needed."""

    def __init__(self, app: AsyncApp, app_token: str, gateway: Gateway) -> None:
        self._app, self._token, self._gateway = app, app_token, gateway
        self._handler: AsyncSocketModeHandler | None = None

    async def open(self) -> None:
        """Connect; it stays connected by itself."""
        self._handler = AsyncSocketModeHandler(
            self._app, self._token, web_client=self._gateway.client
        )
        await self._handler.connect_async()  # type: ignore[no-untyped-call]

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us now."""
        client: SocketModeClient | None = self._handler.client if self._handler else None
        session = client.current_session if client else None
        return session is not None and not session.closed

    async def close(self) -> None:
        """Hang up."""
        if self._handler is not None:
            await self._handler.close_async()  # type: ignore[no-untyped-call]
