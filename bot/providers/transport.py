"""HTTP to a provider: time limits, retries of reads, pace, redaction, errors in our words.

The only importer of httpx. A read is tried again when the connection failed or the provider is
overloaded; a write is sent once, and if its answer is lost the outcome is unknown.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import structlog
from aiolimiter import AsyncLimiter
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from bot.domain.errors import (
    OutcomeUnknown,
    ProviderError,
    ProviderGarbled,
    ProviderUnreachable,
    RateLimited,
)
from bot.domain.numbers import masked

log = structlog.get_logger(__name__)

KEPT = 2_000
"""Characters of an answer that an error keeps for the log."""

LONGEST_WAIT = 20.0
"""Seconds that a read waits at most because a provider asked to."""

_SECRET = re.compile(
    r'("(?:[^"]*(?:password|secret|token|pin|key))"\s*:\s*)(?:"[^"]*"|\d+)', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: everything that is in the address or the body, without credentials."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        hidden: the account's secrets, which an answer may repeat.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    hidden: Collection[str] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The body as text, whatever its encoding."""
        return self.content.decode("utf-8", errors="replace")

    @property
    def kept(self) -> str:
        """The body for the log: shortened, secrets and numbers masked."""
        text = self.text
        for secret in self.hidden:
            text = text.replace(secret, "***")
        return masked(_SECRET.sub(r'\1"***"', text[:KEPT]))

    def json(self) -> Any:
        """The body as JSON; `ValueError` if it is none."""
        return json.loads(self.content)


class Transport:
    """One account's connection to its provider.

    Args:
        title: the provider's title, for errors.
        base_url: origin; the documented path follows it.
        headers: sent with every request, credentials among them.
        per_second: requests a second that the provider bears.
        seconds: time limit of one request.
        attempts: how often a read is sent at most.
        hidden: secrets that no error may keep, even if an answer repeats them.
        sleep: waits between two tries of a read; tests need not.
    """

    def __init__(
        self,
        *,
        title: str,
        base_url: str,
        headers: Mapping[str, str],
        per_second: float = 5.0,
        seconds: float = 10.0,
        attempts: int = 3,
        hidden: Collection[str] = (),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.title = title
        self._client = httpx.AsyncClient(
            base_url=base_url,
            headers=httpx.Headers({"User-Agent": "Switchboard", **headers}, encoding="utf-8"),
            timeout=httpx.Timeout(seconds, connect=5.0),
            follow_redirects=False,
        )
        self._pace = AsyncLimiter(max(per_second, 1.0), max(1.0, 1.0 / per_second))
        self._attempts = attempts
        self._hidden = hidden
        self._sleep = sleep

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def read(self, operation: str, request: Request) -> Reply:
        """Send a read, again if it was not answered.

        Raises:
            ProviderUnreachable: no answer to any of the tries.
            RateLimited: the provider is still overloaded after them.
        """
        tries = AsyncRetrying(
            stop=stop_after_attempt(self._attempts),
            wait=_asked_for(wait_random_exponential(multiplier=0.2, max=3.0)),
            retry=retry_if_exception(_worth_another_try),
            reraise=True,
            sleep=self._sleep,
        )
        async for attempt in tries:
            with attempt:
                return await self._once(operation, request, lost=ProviderUnreachable)
        raise AssertionError("tenacity either returned or raised")

    async def write(self, operation: str, request: Request) -> Reply:
        """Send a write, once.

        Raises:
            ProviderUnreachable: the request did not leave this machine.
            OutcomeUnknown: it left, and no answer came.
            RateLimited: refused for now; nothing was done.
        """
        return await self._once(operation, request, lost=OutcomeUnknown)

    async def _once(self, operation: str, request: Request, lost: type[ProviderError]) -> Reply:
        async with self._pace:
            reply = await self._sent(operation, request, lost)
        log.debug("provider answered", provider=self.title, call=operation, status=reply.status)
        if reply.status == httpx.codes.TOO_MANY_REQUESTS:
            raise RateLimited(
                self.title, operation, retry_after=_seconds(reply.headers), code=str(reply.status)
            )
        if reply.status in (502, 503, 504):
            raise lost(self.title, operation, code=str(reply.status), reply=reply.kept)
        return reply

    async def _sent(self, operation: str, request: Request, lost: type[ProviderError]) -> Reply:
        try:
            answer = await self._client.request(
                request.method,
                request.path,
                params=request.query or None,
                json=request.body,
                headers=dict(request.headers),
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as cause:
            raise ProviderUnreachable(self.title, operation) from cause
        except (httpx.TimeoutException, httpx.TransportError) as cause:
            raise lost(self.title, operation) from cause
        except (httpx.DecodingError, httpx.InvalidURL) as cause:
            raise ProviderGarbled(self.title, operation) from cause
        return Reply(answer.status_code, answer.headers, answer.content, self._hidden)


def _worth_another_try(error: BaseException) -> bool:
    return isinstance(error, (ProviderUnreachable, RateLimited))


def _seconds(headers: Mapping[str, str]) -> float | None:
    word = headers.get("retry-after", "")
    return float(word) if word.isdigit() else None


class _asked_for:  # noqa: N801 - reads as the words of tenacity's own waits
    """Waits as long as the provider asked, otherwise as `otherwise` says."""

    def __init__(self, otherwise: wait_random_exponential) -> None:
        self._otherwise = otherwise

    def __call__(self, state: Any) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RateLimited) and error.retry_after is not None:
            return min(error.retry_after, LONGEST_WAIT)
        return self._otherwise(state)
