"""A simulated RingMe on loopback, and an application connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.demo.providers.ringme import Extension, SimulatedRingMe, id_of
from bot.demo.providers.ringme.account import Row
from bot.providers.operations import Operation, find
from bot.providers.ringme import SPEC
from bot.providers.ringme.client import RingMeAccount
from bot.providers.ringme.settings import RingMeSettings
from tests.clock import FakeClock

CLIENT, SECRET = "app-4406", "pbx-£-secret-9Zq"
NOW = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)


@dataclass
class Pbx:
    """Both sides.

    Attributes:
        waits: seconds that were slept between requests.
    """

    simulated: SimulatedRingMe
    account: RingMeAccount
    clock: FakeClock
    waits: list[float]

    def extension(self, number: int) -> Extension:
        return self.simulated.account.extensions[id_of(number)]

    @property
    def sent(self) -> list[Any]:
        """Requests, without those for a token."""
        requests = self.simulated.account.requests
        return [request for request in requests if request.path != "/oauth/token"]

    @property
    def tokens(self) -> int:
        """How often a token was asked for."""
        return len(self.simulated.account.requests) - len(self.sent)

    async def call(self, name: str, /, **given: Any) -> Any:
        return await self.account.call(operation(name, **given))


def settings(base_url: str, **given: Any) -> RingMeSettings:
    return RingMeSettings.model_validate(
        {
            "provider": "ringme",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "base_url": base_url,
            "per_second": 1000,
            **given,
        }
    )


def operation(name: str, /, **given: Any) -> Operation[Any]:
    found = find(SPEC.operations, name)
    assert found is not None, name
    return found.read(given)


@asynccontextmanager
async def pbx(*, of: dict[str, Any] | None = None, **given: Any) -> AsyncIterator[Pbx]:
    """A simulated company and an application that looks after all of its extensions.

    Args:
        of: how the simulated side is, where it is unusual.
        given: settings of the account.
    """
    clock, waits = FakeClock(NOW), []
    simulated = SimulatedRingMe(
        client_id=CLIENT, client_secret=SECRET, clock=clock.now, **(of or {})
    )
    await simulated.start()

    async def at_once(seconds: float) -> None:
        waits.append(seconds)

    known = {
        "base_url": simulated.url,
        "extensions": list(simulated.account.extensions),
        **given,
    }
    account = RingMeAccount(settings(**known), clock=clock, sleep=at_once)
    try:
        yield Pbx(simulated, account, clock, waits)
    finally:
        await account.close()
        await simulated.close()


def first(rows: dict[Any, Row]) -> Any:
    """The key of the first of some objects."""
    return next(iter(rows))
