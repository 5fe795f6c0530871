"""Telling the app: signed HTTP to its request URL, or an envelope over Socket Mode."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from bot.demo.slack.outcome import Outcome
from bot.demo.slack.sockets import Sockets
from bot.demo.slack.workspace import Workspace

Json = dict[str, Any]
Kind = Literal["slash_commands", "interactive", "events_api"]

RETRY_REASON = {"operation_timeout": "http_timeout", "dispatch_failed": "http_error"}


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's ``X-Slack-Signature`` of a request body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Delivery:
    """The way to the app, with Slack's patience.

    Attributes:
        events_url: where signed HTTP deliveries go; None sends over Socket Mode.
        ack_seconds: how long the app may take to acknowledge.
        retry_delays: seconds before the first, second and third repetition of an event.
    """

    def __init__(
        self,
        workspace: Workspace,
        sockets: Sockets,
        answered: Callable[[], None],
        *,
        ack_seconds: float,
        retry_delays: Sequence[float],
    ) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._answered = answered
        self._http: aiohttp.ClientSession | None = None
        self.events_url: str | None = None
        self.ack_seconds = ack_seconds
        self.retry_delays = retry_delays

    async def start(self) -> None:
        """Make ready to send over HTTP."""
        self._http = aiohttp.ClientSession(
            trust_env=False, connector=aiohttp.TCPConnector(force_close=True)
        )

    async def close(self) -> None:
        """Let go of the connections."""
        if self._http:
            await self._http.close()

    async def send(
        self, kind: Kind, payload: Mapping[str, Any], *, retry: tuple[int, str] | None = None
    ) -> Outcome:
        """Deliver once and wait for the acknowledgement.

        Args:
            kind: which of the three kinds of delivery it is.
            payload: for a slash command its fields, else the JSON.
            retry: number and reason, when an event is delivered again.

        Returns:
            An outcome whose error is ``operation_timeout`` or ``dispatch_failed``.
        """
        try:
            async with asyncio.timeout(self.ack_seconds):
                if self.events_url:
                    return await self._over_http(self.events_url, kind, payload, retry)
                return await self._over_socket(kind, payload, retry)
        except TimeoutError:
            return Outcome(ok=False, error="operation_timeout")
        except (ConnectionError, aiohttp.ClientError) as error:
            return Outcome(ok=False, error="dispatch_failed", body=str(error))
        finally:
            self._answered()

    async def send_event(self, payload: Json) -> Outcome:
        """Deliver an event, and again up to three times while it is not acknowledged."""
        outcome = await self.send("events_api", payload)
        for number, delay in enumerate(self.retry_delays, start=1):
            if outcome.ok or outcome.error == "no_retry":
                break
            reason = RETRY_REASON[outcome.error or ""]
            if outcome.status is None and outcome.error == "dispatch_failed":
                reason = "connection_failed"
            if delay:
                await asyncio.sleep(delay)
            outcome = await self.send("events_api", payload, retry=(number, reason))
        return outcome

    async def _over_http(
        self, url: str, kind: Kind, payload: Mapping[str, Any], retry: tuple[int, str] | None
    ) -> Outcome:
        if self._http is None:
            raise ConnectionError("the demo's Slack has not been started")
        body, content_type = _encoded(kind, payload)
        timestamp = str(int(self._workspace.clock()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._workspace.app.signing_secret, timestamp, body),
        }
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry[0])
            headers["X-Slack-Retry-Reason"] = retry[1]
        async with self._http.post(
            url, data=body, headers=headers, allow_redirects=False
        ) as response:
            raw = await response.read()
            answer = _decoded(raw, response.content_type)
            if response.status // 100 == 2 and (kind == "events_api" or response.status == 200):
                return Outcome(ok=True, status=response.status, body=answer)
            stop = response.headers.get("X-Slack-No-Retry") == "1"
            error = "no_retry" if stop and kind == "events_api" else "dispatch_failed"
            return Outcome(ok=False, error=error, status=response.status, body=answer)

    async def _over_socket(
        self, kind: Kind, payload: Mapping[str, Any], retry: tuple[int, str] | None
    ) -> Outcome:
        envelope: Json = {
            "envelope_id": self._workspace.fresh_id("e").lower(),
            "type": kind,
            "payload": dict(payload),
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"] = retry[0] if retry else 0
            envelope["retry_reason"] = retry[1] if retry else ""
        answer = await self._sockets.send(envelope)
        return Outcome(ok=True, status=200, body=answer or None)


def _encoded(kind: Kind, payload: Mapping[str, Any]) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _decoded(raw: bytes, content_type: str) -> Any:
    text = raw.decode(errors="replace")
    if not text.strip():
        return None
    if content_type == "application/json":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
