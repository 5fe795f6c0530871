"""The way to RingMe: token, pace, forms, files. One documented call goes out, its answer comes in.

Slashes stay as the document prints them, for the server redirects where one is wrong.
"""

from __future__ import annotations

import asyncio
import base64
import mimetypes
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pydantic import ValidationError

from bot.domain.clock import Clock
from bot.domain.errors import ProviderGarbled
from bot.providers.auth import ClientCredentials
from bot.providers.operations import Blob, Effect, Place
from bot.providers.ringme.envelope import TITLE, refuse, result_of, unreadable
from bot.providers.ringme.operations.recordings import DownloadRecording
from bot.providers.ringme.settings import RingMeSettings
from bot.providers.ringme.wire import RingMeOperation, without_secrets
from bot.providers.transport import Form, Reply, Request, Transport, Upload

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of a file that is fetched; a day of recorded talk is smaller."""

_NO_FILE = ("application/json", "text/html")


class Connection:
    """One application's connection.

    Args:
        settings: the account's.
        clock: tells when a token ends.
        sleep: waits between two tries of a read.
    """

    def __init__(
        self,
        settings: RingMeSettings,
        *,
        clock: Clock | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        secret = settings.client_secret.get_secret_value()
        login, password = settings.download_login, settings.download_password.get_secret_value()
        if not (login and password):
            login, password = settings.client_id, secret
        self._basic = "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()

        def transport(auth: ClientCredentials | None) -> Transport:
            return Transport(
                title=TITLE,
                base_url=settings.base_url,
                headers={},
                per_second=settings.per_second,
                seconds=settings.seconds,
                hidden=(secret, password),
                auth=auth,
                pause=seconds_of_quiet if auth else None,
                sleep=sleep,
            )

        self.tokens = ClientCredentials(
            transport(None),
            settings.token_path,
            client_id=settings.client_id,
            client_secret=secret,
            extra={"scope": settings.scope} if settings.scope else None,
            clock=clock,
        )
        self._http = transport(self.tokens)

    @property
    def outcomes(self) -> Counter[str]:
        """How requests ended."""
        return self._http.outcomes

    async def close(self) -> None:
        """Close connections."""
        await self._http.close()
        await self.tokens.close()

    async def send(self, operation: RingMeOperation[Any]) -> Any:
        """Send one call and decode its answer; passwords and PINs in it are masked.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        request = self._request(operation)
        if operation.answers is Blob:
            return await self._file(operation, request)
        send = self._http.read if operation.effect is Effect.READS else self._http.write
        reply = await send(operation.name, request)
        result = without_secrets(result_of(operation, reply))
        try:
            return operation.result.validate_python(result)
        except ValidationError:
            raise unreadable(operation, reply) from None

    def _request(self, operation: RingMeOperation[Any]) -> Request:
        query = {
            name: value if not isinstance(value, bool) else str(value).lower()
            for name, value in operation.values(Place.QUERY).items()
            if value is not None
        }
        body: Any = None
        if operation.form:
            files = {
                name: Upload(file.name, file.content, _type_of(file.name))
                for name, file in operation.files().items()
            }
            body = Form(operation.values(Place.BODY), files, multipart=True)
        elif operation.method in ("POST", "PUT") and operation.has_body():
            body = operation.body(none_as_word=self._settings.none_as_word)
        by_login = isinstance(operation, DownloadRecording)
        return Request(
            operation.method,
            self._settings.api_path + operation.filled_path(),
            query=query,
            body=body,
            headers={"Authorization": self._basic} if by_login else {},
        )

    async def _file(self, operation: RingMeOperation[Any], request: Request) -> Blob:
        async with self._http.download(operation.name, request) as download:
            if download.refused is not None:
                refuse(operation, download.refused)
            content = bytearray()
            async for chunk in download.chunks:
                content += chunk
                if len(content) > LARGEST_FILE:
                    raise ProviderGarbled(TITLE, operation.name, words="a file without an end")
        kind = download.content_type
        if not content or kind.partition(";")[0].strip() in _NO_FILE:
            kept = Reply(200, {}, bytes(content), download.hidden).kept
            raise ProviderGarbled(TITLE, operation.name, words="no file", reply=kept)
        return Blob(kind, bytes(content))


def seconds_of_quiet(reply: Reply) -> float:
    """How long nothing more is to be sent: when the hour's requests are used up, until the next."""
    left, reset = _number(reply.headers, "x-ratelimit-remaining"), None
    if reply.status == 429 or (left is not None and left <= 0):
        reset = _number(reply.headers, "x-ratelimit-reset")
    return max(reset or 0.0, 0.0)


def _number(headers: Mapping[str, str], name: str) -> float | None:
    try:
        return float(headers.get(name, ""))
    except ValueError:
        return None


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
