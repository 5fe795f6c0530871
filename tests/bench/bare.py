"""What we are measured against: a Bolt app that says "ok" to `/phone`, and nothing else.

It reads the bot's settings as JSON on standard input, prints its address, and serves until it is
stopped.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def echo(slack: dict[str, Any]) -> AsyncApp:
    """Bolt in its default mode."""
    app = AsyncApp(
        signing_secret=slack["signing_secret"],
        client=AsyncWebClient(slack["bot_token"], base_url=slack["api_url"]),
    )

    @app.command("/phone")
    async def answer(ack: AsyncAck) -> None:
        await ack("ok")

    return app


async def main() -> None:
    """Serve it with the same aiohttp, and as we do without an access log."""
    app = echo(json.loads(sys.stdin.readline())["slack"])
    runner = web.AppRunner(app.web_app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
