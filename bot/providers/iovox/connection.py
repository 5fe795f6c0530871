"""Sending an account's calls: the request, its answer, and all pages of a list."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.domain.errors import ProviderGarbled
from bot.providers.iovox.answers import TITLE, result_of, unreadable
from bot.providers.iovox.operations import IovoxOperation
from bot.providers.iovox.operations.base import ListOf
from bot.providers.iovox.settings import IovoxSettings
from bot.providers.iovox.wire import Page
from bot.providers.operations import Effect
from bot.providers.transport import Raw, Request, Transport

R = TypeVar("R")
T = TypeVar("T")


class Connection:
    """One account's way to IOVOX.

    Args:
        sleep: waits between two tries of a read.
    """

    def __init__(
        self,
        settings: IovoxSettings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        key = settings.secure_key.get_secret_value()
        self._http = Transport(
            title=TITLE,
            base_url=settings.base_url,
            headers={"username": settings.username, "secureKey": key},
            per_second=settings.per_second,
            seconds=settings.seconds,
            hidden=(key,),
            sleep=sleep,
        )

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many requests ended how."""
        return self._http.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._http.close()

    async def send(self, operation: IovoxOperation[R]) -> R:
        """Send a call and decode its answer.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        payload = operation.payload()
        request = Request(
            operation.method,
            operation.path,
            query=operation.query(),
            body=None if payload is None else Raw(payload, "application/xml"),
        )
        send = self._http.read if operation.effect is Effect.READS else self._http.write
        reply = await send(operation.name, request)
        try:
            decoded: R = operation.result.validate_python(result_of(operation, reply))
        except ValidationError:
            raise unreadable(operation, reply) from None
        return decoded

    async def all(self, kind: type[ListOf[Page[T]]], **given: Any) -> list[T]:
        """All results of a list, however many pages it has."""
        found: list[T] = []
        number = 1
        while True:
            asked = {**given, "page": number} if number > 1 else given
            page = await self.send(kind.read(asked))
            if page.current_page not in (None, number):
                # What answers every question with the same page would do so for ever.
                words = f"page {page.current_page} instead of {number}"
                raise ProviderGarbled(TITLE, kind.name, words=words)
            found += page.results
            if page.last or not page.results:
                return found
            number += 1
