"""HTTP to a provider: time limits, retries of reads, pace, redaction, errors in our words.

The only importer of httpx. A read is tried again when the connection failed or the provider is
overloaded; a write is sent once, and if its answer is lost the outcome is unknown.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

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
    r'("(?:[^"]*(?:password|_pass|secret|token|pin|key))"\s*:\s*)(?:"[^"]*"|\d+)', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a form."""

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Form:
    """A body of named fields: multipart where `multipart` is set or a file is among them."""

    fields: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)
    multipart: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """A body that is sent as it is: XML."""

    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: everything that is in the address or the body, without credentials.

    Attributes:
        query: a list is sent as the same name again and again.
        body: a `Form`, a `Raw`, or a value that is sent as JSON.
        headers: where `Authorization` is among them, it stands instead of the account's token.
    """

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """The body in httpx's arguments."""
        match self.body:
            case Form(fields=fields, files=files, multipart=multipart):
                if not files and not multipart:
                    return {"data": dict(fields)}
                # A part without a file name is a plain field; httpx has no other word for it.
                parts: dict[str, Any] = {name: (None, value) for name, value in fields.items()}
                for name, upload in files.items():
                    parts[name] = (upload.name, upload.content, upload.content_type)
                return {"files": parts}
            case Raw(content=content, content_type=content_type):
                return {"content": content, "headers": {"Content-Type": content_type}}
            case None:
                return {}
            case value:
                return {"json": value}


class Authenticator(Protocol):
    """Credentials that change while the connection lives: a token."""

    async def headers(self) -> Mapping[str, str]:
        """What every request carries; gets a token first where there is none."""
        ...

    async def renew(self, refused: Mapping[str, str]) -> bool:
        """After a 401: whether there are other credentials now than those that were refused."""
        ...


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
        return masked(_SECRET.sub(r'\1"***"', self.without_secrets(self.text)[:KEPT]))

    def without_secrets(self, text: str) -> str:
        """A part of the body without the account's secrets, for showing it to people."""
        for secret in self.hidden:
            text = text.replace(secret, "***")
        return text

    def json(self) -> Any:
        """The body as JSON; `ValueError` if it is none."""
        return json.loads(self.content)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that comes in.

    Attributes:
        refused: the whole answer, where it is none of success; then there are no chunks.
        hidden: the account's secrets, which an answer may repeat.
    """

    content_type: str
    chunks: AsyncIterator[bytes]
    refused: Reply | None = None
    hidden: Collection[str] = field(default=(), repr=False)


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
        auth: gives the headers of each request, where they change.
        pause: seconds that nothing more is to be sent after this answer (rate-limit headers).
        parameters: credentials that travel among the parameters: in the form where the body is one,
            otherwise in the query.
        trouble: the error that an answer to a read amounts to, where the provider has words of its
            own for being overloaded; such a read is tried again.
        sleep: waits between two tries of a read; tests need not.

    Attributes:
        outcomes: how many requests ended how since the start: `answered`, `refused` (400 and up),
            or the kind of the error, like `outcome_unknown`; each try of a read counts.
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
        auth: Authenticator | None = None,
        pause: Callable[[Reply], float] | None = None,
        parameters: Mapping[str, str] | None = None,
        trouble: Callable[[str, Reply], ProviderError | None] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        logging.getLogger("httpx").addFilter(_without_query)
        self.title = title
        self._client = httpx.AsyncClient(
            base_url=base_url,
            headers=httpx.Headers({"User-Agent": "Switchboard", **headers}, encoding="utf-8"),
            timeout=httpx.Timeout(seconds, connect=5.0),
            follow_redirects=False,
        )
        self._pace = AsyncLimiter(max(per_second, 1.0), max(1.0, 1.0 / per_second))
        self._attempts = attempts
        self._hidden, self._auth, self._pause = hidden, auth, pause
        self._parameters, self._trouble = dict(parameters or {}), trouble
        self._sleep = sleep
        self._quiet_until = 0.0
        self.outcomes: Counter[str] = Counter()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def read(self, operation: str, request: Request) -> Reply:
        """Send a read, again if it was not answered.

        Raises:
            ProviderUnreachable: no answer to any of the tries.
            RateLimited: the provider is still overloaded after them.
        """
        reply, _ = await self._as_read(operation, request)
        return reply

    async def write(self, operation: str, request: Request) -> Reply:
        """Send a write, once.

        Raises:
            ProviderUnreachable: the request did not leave this machine.
            OutcomeUnknown: it left, and no answer came.
            RateLimited: refused for now; nothing was done.
        """
        reply, _ = await self._once(operation, request, OutcomeUnknown)
        return reply

    @asynccontextmanager
    async def download(self, operation: str, request: Request) -> AsyncIterator[Download]:
        """A file, as it comes in; what is no success is read whole, as `refused`.

        It is opened as any read is sent; what breaks in the middle is not tried again.

        Raises:
            ProviderUnreachable: the connection failed, also in the middle.
            RateLimited: the provider is still overloaded after some tries.
        """
        reply, answer = await self._as_read(operation, request, streamed=True)
        refused = None if answer.is_success else reply
        content_type = answer.headers.get("content-type", "application/octet-stream")
        with self._faults(operation, ProviderUnreachable):
            try:
                yield Download(content_type, answer.aiter_bytes(), refused, reply.hidden)
            finally:
                await answer.aclose()

    async def _as_read(
        self, operation: str, request: Request, *, streamed: bool = False
    ) -> tuple[Reply, httpx.Response]:
        tries = AsyncRetrying(
            stop=stop_after_attempt(self._attempts),
            wait=_asked_for(wait_random_exponential(multiplier=0.2, max=3.0)),
            retry=retry_if_exception(_worth_another_try),
            reraise=True,
            sleep=self._sleep,
        )
        async for attempt in tries:
            with attempt:
                return await self._once(operation, request, ProviderUnreachable, streamed)
        raise AssertionError("tenacity either returned or raised")

    async def _once(
        self, operation: str, request: Request, lost: type[ProviderError], streamed: bool = False
    ) -> tuple[Reply, httpx.Response]:
        try:
            reply, answer = await self._tried(operation, request, lost, streamed)
        except ProviderError as trouble:
            self.outcomes[trouble.kind] += 1
            raise
        self.outcomes["answered" if reply.status < 400 else "refused"] += 1
        return reply, answer

    async def _tried(
        self, operation: str, request: Request, lost: type[ProviderError], streamed: bool
    ) -> tuple[Reply, httpx.Response]:
        await self._keep_quiet(operation)
        async with self._pace:
            reply, answer = await self._authorized(operation, request, lost, streamed)
        if self._pause is not None and (quiet := self._pause(reply)) > 0:
            until = asyncio.get_running_loop().time() + quiet
            self._quiet_until = max(self._quiet_until, until)
        log.debug("provider answered", provider=self.title, call=operation, status=reply.status)
        if reply.status == httpx.codes.TOO_MANY_REQUESTS:
            raise RateLimited(
                self.title, operation, retry_after=_seconds(reply.headers), code=str(reply.status)
            )
        if reply.status in (502, 503, 504):
            raise lost(self.title, operation, code=str(reply.status), reply=reply.kept)
        if self._trouble is not None and lost is ProviderUnreachable:
            trouble = self._trouble(operation, reply)
            if trouble is not None:
                raise trouble
        return reply, answer

    async def _keep_quiet(self, operation: str) -> None:
        """Wait out what the provider's headers asked for, or say that it is too long to wait."""
        left = self._quiet_until - asyncio.get_running_loop().time()
        if left > LONGEST_WAIT:
            raise RateLimited(self.title, operation, retry_after=left)
        if left > 0:
            await self._sleep(left)

    async def _authorized(
        self, operation: str, request: Request, lost: type[ProviderError], streamed: bool
    ) -> tuple[Reply, httpx.Response]:
        """Send; a token that was refused is renewed once, for what was refused was not done."""
        if self._auth is None or "Authorization" in request.headers:
            return await self._sent(operation, request, {}, lost, streamed)
        credentials = await self._auth.headers()
        reply, answer = await self._sent(operation, request, credentials, lost, streamed)
        if reply.status == httpx.codes.UNAUTHORIZED and await self._auth.renew(credentials):
            renewed = await self._auth.headers()
            return await self._sent(operation, request, renewed, lost, streamed)
        return reply, answer

    async def _sent(
        self,
        operation: str,
        request: Request,
        credentials: Mapping[str, str],
        lost: type[ProviderError],
        streamed: bool,
    ) -> tuple[Reply, httpx.Response]:
        """The answer; one that is streamed is left open, unless it is no success."""
        with self._faults(operation, lost):
            answer = await self._client.send(self._built(request, credentials), stream=streamed)
            open_ = streamed and answer.is_success
            content = b"" if open_ else await answer.aread()
        carried = [*credentials.values(), request.headers.get("Authorization", "")]
        # The scheme is no secret, what follows it is; a short word would hide innocent text.
        hidden = [word for value in carried if len(word := value.rpartition(" ")[2]) >= 8]
        reply = Reply(answer.status_code, answer.headers, content, (*self._hidden, *hidden))
        return reply, answer

    def _built(self, request: Request, credentials: Mapping[str, str]) -> httpx.Request:
        query, body = request.query, request.body
        if isinstance(body, Form):
            request = replace(
                request, body=replace(body, fields={**self._parameters, **body.fields})
            )
        else:
            query = {**self._parameters, **query}
        content = request.content()
        headers = {**credentials, **request.headers, **content.pop("headers", {})}
        return self._client.build_request(
            request.method, request.path, params=query or None, headers=headers, **content
        )

    @contextmanager
    def _faults(self, operation: str, lost: type[ProviderError]) -> Iterator[None]:
        """The network's errors in our words."""
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as cause:
            raise ProviderUnreachable(self.title, operation) from cause
        except (httpx.TimeoutException, httpx.TransportError) as cause:
            raise lost(self.title, operation) from cause
        except (httpx.DecodingError, httpx.InvalidURL) as cause:
            raise ProviderGarbled(self.title, operation) from cause


def _without_query(line: logging.LogRecord) -> bool:
    """Take the query out of httpx's own log lines, for it may hold credentials and numbers."""
    if isinstance(line.args, tuple):
        line.args = tuple(
            given.copy_with(query=None) if isinstance(given, httpx.URL) else given
            for given in line.args
        )
    return True


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
