"""Web hooks: JSON by POST, once, unsigned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import aiohttp

HookKind = Literal["call", "voicemail"]

_LIMIT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A web hook that was sent.

    Attributes:
        status: of the answer, or None where none came.
    """

    kind: HookKind
    url: str
    body: dict[str, Any]
    status: int | None

    @property
    def uuid(self) -> str:
        """The call it tells of."""
        return str(self.body["uuid"])


async def deliver(kind: HookKind, url: str, body: dict[str, Any]) -> Delivery:
    """Sends one web hook; never raises for what happens on the way."""
    status: int | None = None
    try:
        async with (
            aiohttp.ClientSession(timeout=_LIMIT) as session,
            session.post(url, json=body) as answer,
        ):
            status = answer.status
    except (aiohttp.ClientError, TimeoutError):
        status = None
    return Delivery(kind, url, body, status)
