"""The two servers that are compared, each in a process of its own.

`python -m tests.bench.servers ours` is the bot, `… bare` is a Bolt app that says "ok". What they need
to know comes as JSON on standard input; each prints its address and serves until it is stopped.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import Program
from bot.log import configure
from bot.settings import parse
from commands import GROUPS

Json = dict[str, Any]


async def ours(settings: Json) -> str:
    """The bot, with these settings; answers where it listens."""
    configure("info", "json")
    program = Program(parse(settings), GROUPS)
    await program.start()
    assert program.server is not None
    return program.server.url


async def bare(settings: Json) -> str:
    """Bolt in its default mode, on the same aiohttp, with one handler that does nothing."""
    slack = settings["slack"]
    app = AsyncApp(
        token=slack["bot_token"],
        signing_secret=slack["signing_secret"],
        client=AsyncWebClient(slack["bot_token"], base_url=slack["api_url"]),
    )

    @app.command("/phone")
    async def echo(ack: AsyncAck) -> None:
        await ack("ok")

    runner = web.AppRunner(app.web_app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


async def serve(start: Callable[[Json], Awaitable[str]]) -> None:
    """Start, say where, and stay."""
    print(await start(json.loads(sys.stdin.readline())), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve({"ours": ours, "bare": bare}[sys.argv[1]]))
