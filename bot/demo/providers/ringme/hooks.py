"""Web hooks: a form by POST or the same fields in the query by GET, once, unsigned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

_LIMIT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A web hook that was sent.

    Attributes:
        status: of the answer, or None where none came.
    """

    event: str
    url: str
    method: str
    fields: dict[str, str]
    status: int | None


async def deliver(hook: dict[str, Any], event: str, fields: dict[str, str]) -> Delivery:
    """Sends one web hook; never raises for what happens on the way."""
    url, method = str(hook["url"]), str(hook["method"])
    status: int | None = None
    try:
        async with (
            aiohttp.ClientSession(timeout=_LIMIT) as session,
            session.request(
                method,
                url,
                params=fields if method == "GET" else None,
                data=fields if method == "POST" else None,
            ) as answer,
        ):
            status = answer.status
    except (aiohttp.ClientError, TimeoutError):
        status = None
    return Delivery(event, url, method, fields, status)
