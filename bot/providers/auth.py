"""OAuth 2 with client credentials: a token, renewed behind a lock before it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.clock import Clock, SystemClock
from bot.domain.errors import AuthFailed, ProviderGarbled
from bot.providers.transport import Form, Request, Transport

EARLY = timedelta(seconds=60)
"""A token is renewed this long before it ends."""

UNSAID = timedelta(hours=1)
"""How long a token lives whose answer does not say."""


class ClientCredentials:
    """Gets and renews an account's token.

    Args:
        transport: to the host that gives tokens; it needs no credentials of its own.
        path: where tokens are given.
        extra: fields that the host wants beside the standard ones.
    """

    def __init__(
        self,
        transport: Transport,
        path: str,
        *,
        client_id: str,
        client_secret: str,
        extra: Mapping[str, str] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._transport, self._path = transport, path
        self._form = Form(
            {
                "grant_type": "client_credentials",
                "client_id": client_id,
                "client_secret": client_secret,
                **(extra or {}),
            }
        )
        self._clock = clock or SystemClock()
        self._token = ""
        self._ends: datetime | None = None
        self._lock = asyncio.Lock()

    async def headers(self) -> Mapping[str, str]:
        """The token as a header.

        Raises:
            AuthFailed: the credentials were refused.
        """
        async with self._lock:
            if not self._token or (self._ends and self._ends <= self._clock.now()):
                await self._ask()
            return {"Authorization": f"Bearer {self._token}"}

    async def renew(self, refused: Mapping[str, str]) -> bool:
        """Get a new token, unless another request has done so meanwhile."""
        async with self._lock:
            if refused.get("Authorization") == f"Bearer {self._token}":
                await self._ask()
            return True

    async def close(self) -> None:
        """Close the connection to the host."""
        await self._transport.close()

    async def _ask(self) -> None:
        operation, title = f"POST {self._path}", self._transport.title
        # Asking twice does no harm, so this counts as a read.
        reply = await self._transport.read(operation, Request("POST", self._path, body=self._form))
        try:
            told = reply.json()
        except ValueError:
            told = None
        told = told if isinstance(told, dict) else {}
        if reply.status in (400, 401, 403):
            raise AuthFailed(title, operation, code=str(told.get("error") or reply.status))
        token, seconds = told.get("access_token"), told.get("expires_in")
        if not isinstance(token, str) or not token:
            raise ProviderGarbled(title, operation, code=str(reply.status), reply=reply.kept)
        # Some hosts write numbers as text.
        lives = timedelta(seconds=int(str(seconds))) if str(seconds).isdecimal() else UNSAID
        self._token, self._ends = token, self._clock.now() + max(lives - EARLY, lives / 2)
