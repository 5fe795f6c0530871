"""Where tokens are given: OAuth 2 with client credentials, and tokens that end."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from aiohttp import web

TOKEN_PATH = "/oauth/token.php"  # noqa: S105 - an address


class Tokens:
    """The tokens of one app.

    Args:
        lifetime: seconds that a token lives.

    Attributes:
        given: how many were given.
    """

    def __init__(
        self, client_id: str, client_secret: str, clock: Callable[[], datetime], lifetime: int
    ) -> None:
        self._id, self._secret = client_id, client_secret
        self._clock, self._lifetime = clock, lifetime
        self._ends: dict[str, datetime] = {}
        self.given = 0

    def revoke(self) -> None:
        """Lets every token die, as when the app's secret is made anew."""
        self._ends.clear()

    def accepts(self, header: str) -> bool:
        """Whether an Authorization header has a token that lives."""
        scheme, _, token = header.partition(" ")
        ends = self._ends.get(token)
        return scheme == "Bearer" and ends is not None and self._clock() < ends

    async def give(self, request: web.Request) -> web.Response:
        """Answers a request for a token."""
        if request.content_type != "application/x-www-form-urlencoded":
            return _refused(400, "invalid_request")
        form = await request.post()
        if form.get("grant_type") != "client_credentials":
            return _refused(400, "unsupported_grant_type")
        if form.get("type", "unifiedapi") != "unifiedapi":
            return _refused(400, "invalid_request")
        sent = (str(form.get("client_id", "")), str(form.get("client_secret", "")))
        known = (self._id, self._secret)
        pairs = zip(sent, known, strict=True)
        if not all(hmac.compare_digest(one.encode(), other.encode()) for one, other in pairs):
            return _refused(401, "invalid_client")
        token = token_hex(20)
        self._ends[token] = self._clock() + timedelta(seconds=self._lifetime)
        self.given += 1
        told: dict[str, Any] = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self._lifetime,
        }
        return web.json_response(told)


def _refused(status: int, word: str) -> web.Response:
    return web.json_response({"error": word}, status=status)
