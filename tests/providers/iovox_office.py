"""What the tests of IOVOX share: the simulated account, and the bot's accounts at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.demo.providers.iovox import SimulatedIovox
from bot.providers.iovox import SPEC
from bot.providers.iovox.client import IovoxAccount
from bot.providers.iovox.settings import IovoxSettings
from bot.providers.operations import Operation, find
from tests.clock import FakeClock

KEY = "correct-horse-£-battery"
NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)

_FIXTURES = Path(__file__).parent / "fixtures" / "iovox"

UPDATE_EXAMPLE = (_FIXTURES / "update-call-flow.xml").read_text(encoding="utf-8")
"""The document's example of an update."""

Connect = Callable[..., IovoxAccount]


def iovox_settings(base_url: str = "http://127.0.0.1:1", **given: Any) -> IovoxSettings:
    return IovoxSettings.model_validate(
        {
            "provider": "iovox",
            "username": "acme",
            "secure_key": KEY,
            "base_url": base_url,
            "per_second": 1000,
            **given,
        }
    )


def operation(name: str, /, **given: Any) -> Operation[Any]:
    found = find(SPEC.operations, name)
    assert found is not None
    return found.read(given)


@asynccontextmanager
async def simulated(**given: Any) -> AsyncIterator[SimulatedIovox]:
    iovox = SimulatedIovox(secure_key=KEY, clock=lambda: NOW, **given)
    await iovox.start()
    try:
        yield iovox
    finally:
        await iovox.close()


@asynccontextmanager
async def connected(base_url: str, **given: Any) -> AsyncIterator[IovoxAccount]:
    """An account whose reads do not wait before they are tried again."""

    async def at_once(seconds: float) -> None:
        del seconds

    settings = iovox_settings(base_url, **given)
    account = IovoxAccount(settings, sleep=at_once, clock=FakeClock(NOW))
    try:
        yield account
    finally:
        await account.close()
