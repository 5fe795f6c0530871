"""The load: a number of connections, each of which asks again as soon as it was answered.

A process of its own that speaks just enough HTTP, so that it leaves the processor to the servers.
It reads a `Load` as JSON on standard input, and prints a `Measured`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass
from urllib.parse import urlencode, urlsplit

from slack_sdk.signature import SignatureVerifier


@dataclass(frozen=True)
class Load:
    """What is asked, and how hard.

    Attributes:
        person: id of who asks.
        each: how often each connection asks, after a tenth more that is not counted.
        expected: stands in every right answer.
    """

    url: str
    signing_secret: str
    person: str
    channel: str
    connections: int
    each: int
    expected: str


@dataclass(frozen=True)
class Measured:
    """How it went: seconds for all requests, and the milliseconds of each."""

    seconds: float
    milliseconds: list[float]


def help_request(load: Load) -> bytes:
    """A signed `/phone help` as Slack sends it; its signature holds for five minutes."""
    origin = urlsplit(load.url).netloc
    body = urlencode(
        {
            "token": "unused",
            "team_id": "T0DEMO",
            "team_domain": "demo",
            "channel_id": load.channel,
            "user_id": load.person,
            "command": "/phone",
            "text": "help",
            "api_app_id": "A0DEMO",
            "is_enterprise_install": "false",
            "response_url": f"http://{origin}/never-used",
            "trigger_id": "1.2.3",
        }
    )
    signed = SignatureVerifier(load.signing_secret)
    now = str(int(time.time()))
    head = [
        "POST /slack/events HTTP/1.1",
        f"Host: {origin}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"X-Slack-Request-Timestamp: {now}",
        f"X-Slack-Signature: {signed.generate_signature(timestamp=now, body=body)}",
    ]
    return ("\r\n".join([*head, "", ""]) + body).encode()


class Asker:
    """One connection."""

    def __init__(self, load: Load, request: bytes) -> None:
        self._load, self._request, self._expected = load, request, load.expected.encode()

    async def connect(self) -> None:
        """Open it."""
        where = urlsplit(self._load.url)
        self._reader, self._writer = await asyncio.open_connection(where.hostname, where.port)

    async def ask(self, times: int) -> list[float]:
        """Ask one after the other; answers the milliseconds of each."""
        took = []
        for _ in range(times):
            began = time.perf_counter()
            self._writer.write(self._request)
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            body = await self._reader.readexactly(length)
            took.append((time.perf_counter() - began) * 1000)
            if not head.startswith(b"HTTP/1.1 200 ") or self._expected not in body:
                raise RuntimeError(f"not the right answer: {head + body!r}")
        return took

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def run(load: Load) -> Measured:
    """Put the load on."""
    request = help_request(load)
    askers = [Asker(load, request) for _ in range(load.connections)]
    await asyncio.gather(*(asker.connect() for asker in askers))
    await asyncio.gather(*(asker.ask(max(1, load.each // 10)) for asker in askers))
    began = time.perf_counter()
    took = await asyncio.gather(*(asker.ask(load.each) for asker in askers))
    seconds = time.perf_counter() - began
    for asker in askers:
        asker.close()
    return Measured(seconds, [one for each_took in took for one in each_took])


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(run(Load(**json.loads(sys.stdin.readline())))))))
