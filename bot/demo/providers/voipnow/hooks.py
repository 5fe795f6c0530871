"""Requests to the addresses of phone call events: once, unsigned, GET or POST as the event says."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
from yarl import URL

_LIMIT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request that was sent.

    Attributes:
        kind: the event's type, which is not in the request.
        status: of the answer, or None where none came.
    """

    kind: str
    url: str
    fields: dict[str, str]
    status: int | None


async def deliver(kind: str, url: str, fields: dict[str, str], *, post: bool) -> Delivery:
    """Sends one request; never raises for what happens on the way."""
    status: int | None = None
    try:
        async with aiohttp.ClientSession(timeout=_LIMIT) as session:
            sent = (
                session.post(url, data=fields)
                if post
                else session.get(URL(url).extend_query(fields))
            )
            async with sent as answer:
                status = answer.status
    except (aiohttp.ClientError, TimeoutError):
        status = None
    return Delivery(kind, url, fields, status)
