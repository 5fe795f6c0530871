"""The way to VoipNow: token, pace, JSON. One call goes out, its answer comes in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError

from bot.domain.clock import Clock
from bot.providers.auth import ClientCredentials
from bot.providers.operations import Effect, Place
from bot.providers.transport import Request, Transport
from bot.providers.voipnow.envelope import TITLE, result_of, unreadable
from bot.providers.voipnow.settings import VoipNowSettings
from bot.providers.voipnow.wire import VoipNowOperation, without_secrets

DOCUMENTED_PREFIX = "/uapi"


class Connection:
    """One app's connection.

    Args:
        settings: the account's.
        clock: tells when a token ends.
        sleep: waits between two tries of a read.
    """

    def __init__(
        self,
        settings: VoipNowSettings,
        *,
        clock: Clock | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        secret = settings.client_secret.get_secret_value()

        def transport(auth: ClientCredentials | None) -> Transport:
            return Transport(
                title=TITLE,
                base_url=settings.base_url,
                headers={},
                per_second=settings.per_second,
                seconds=settings.seconds,
                hidden=(secret,),
                auth=auth,
                sleep=sleep,
            )

        address = settings.base_url.rstrip("/") + settings.token_path
        extra = {"type": settings.token_kind, "redirect_uri": settings.redirect_uri or address}
        self._tokens = ClientCredentials(
            transport(None),
            settings.token_path,
            client_id=settings.client_id,
            client_secret=secret,
            extra={name: value for name, value in extra.items() if value},
            clock=clock,
        )
        self._http = transport(self._tokens)

    @property
    def outcomes(self) -> Counter[str]:
        """How requests ended."""
        return self._http.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._http.close()
        await self._tokens.close()

    async def send(self, operation: VoipNowOperation[Any]) -> Any:
        """Send one call and decode its answer; passwords and PINs in it are masked.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        query = {
            name: value if not isinstance(value, bool) else str(value).lower()
            for name, value in operation.values(Place.QUERY).items()
            if value is not None
        }
        request = Request(operation.method, self._path(operation), query, operation.body())
        send = self._http.read if operation.effect is Effect.READS else self._http.write
        reply = await send(operation.name, request)
        result = without_secrets(result_of(operation, reply))
        try:
            return operation.result.validate_python(result)
        except ValidationError:
            raise unreadable(operation, reply) from None

    def _path(self, operation: VoipNowOperation[Any]) -> str:
        template = getattr(self._settings.paths, operation.guess) if operation.guess else ""
        documented = operation.filled_path(template)
        return self._settings.api_path + documented.removeprefix(DOCUMENTED_PREFIX)
