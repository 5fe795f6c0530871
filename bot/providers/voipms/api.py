"""One account's way to VoIP.ms: reads by GET, everything else as a form of several parts.

A form that is encoded as a web address is refused there with an error of SOAP.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import quote, quote_plus

from pydantic import ValidationError

from bot.providers.operations import Effect
from bot.providers.transport import Form, Request, Transport
from bot.providers.voipms.envelope import TITLE, pause, result_of, trouble, unreadable
from bot.providers.voipms.operations.base import VoipmsOperation
from bot.providers.voipms.settings import VoipmsSettings
from bot.providers.voipms.wire import without_secrets

R = TypeVar("R")

PATH = "/api/v1/rest.php"


class VoipmsApi:
    """Sends functions and decodes what they answer.

    Args:
        settings: the account's.
        sleep: waits between two tries of a read.
    """

    def __init__(
        self,
        settings: VoipmsSettings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        username, password = settings.username, settings.password.get_secret_value()
        self._webhook_secrets = settings.secrets()
        self.http = Transport(
            title=TITLE,
            base_url=settings.base_url,
            headers={},
            per_second=settings.per_second,
            seconds=settings.seconds,
            # An answer may repeat the whole address.
            hidden=[
                form(word) for word in (password, username) for form in (str, quote, quote_plus)
            ],
            pause=pause,
            parameters={"api_username": username, "api_password": password},
            trouble=trouble,
            sleep=sleep,
        )

    async def call(
        self,
        operation: VoipmsOperation[R],
        *,
        openly: bool = False,
        kept: Mapping[str, str] | None = None,
    ) -> R:
        """Send a function.

        Args:
            openly: leave secrets in the answer, for what is written back.
            kept: parameters that the document does not have, for a record that was read with them
                and would lose them.

        Raises:
            ProviderError: it was not done, or nobody knows.
        """
        fields = {"method": operation.name, **operation.sent(), **(kept or {})}
        if operation.effect is Effect.READS:
            reply = await self.http.read(operation.name, Request("GET", PATH, query=fields))
        else:
            body = Form(fields, multipart=True)
            reply = await self.http.write(operation.name, Request("POST", PATH, body=body))
        answer: Any = result_of(operation, reply)
        if not openly:
            answer = without_secrets(answer, self._webhook_secrets)
        try:
            return cast("R", operation.result.validate_python(answer))
        except ValidationError:
            raise unreadable(operation, reply) from None
