"""The callback for texts that come in: a GET to an address that the customer chose.

It must be answered with the two letters ok; else the same text comes again every 30 minutes, if the
number is set up so. How exact the ok must be is not documented; this is the strictest reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_plus

import aiohttp
from yarl import URL

_LIMIT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A callback that was sent.

    Attributes:
        url: with everything filled in.
        sms: the text's id.
        status: of the answer, or None where none came.
        body: of the answer.
    """

    url: str
    sms: int
    status: int | None
    body: str = ""

    @property
    def accepted(self) -> bool:
        """Whether it was answered as it must be."""
        return self.status == 200 and self.body == "ok"


def filled(template: str, **values: str) -> str:
    """An address with its placeholders filled in, each value encoded; others stay as they are."""
    for name, value in values.items():
        template = template.replace("{" + name + "}", quote_plus(value))
    return template


async def deliver(url: str, sms: int) -> Delivery:
    """Send one callback; never raises for what happens on the way."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_LIMIT) as session,
            session.get(URL(url, encoded=True), allow_redirects=False) as answer,
        ):
            return Delivery(url, sms, answer.status, await answer.text())
    except (aiohttp.ClientError, TimeoutError):
        return Delivery(url, sms, None)
