"""One account at VoIP.ms: the documented functions, and what they mean in domain words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar

from bot.providers.base import Provider, ProviderSpec
from bot.providers.operations import Operation
from bot.providers.voipms.api import VoipmsApi
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.operations.base import VoipmsOperation
from bot.providers.voipms.settings import VoipmsSettings


class VoipmsAccount(Provider):
    """One account at VoIP.ms.

    Args:
        settings: the account's.
        sleep: waits between two tries of a read.
    """

    spec: ClassVar[ProviderSpec]
    settings: VoipmsSettings

    def __init__(
        self,
        settings: VoipmsSettings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.settings = settings
        self._api = VoipmsApi(settings, sleep=sleep)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how since the start."""
        return self._api.http.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._api.http.close()

    async def call(self, operation: Operation[Any]) -> Any:
        """Send one documented function; passwords and PINs in the answer are masked.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        if not isinstance(operation, VoipmsOperation):
            raise TypeError(f"{operation.name} is no function of {TITLE}")
        return await self._api.call(operation)
