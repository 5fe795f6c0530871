"""The demo's telephone accounts: one at each provider, simulated on loopback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Protocol

from bot.demo.providers.iovox import SimulatedIovox
from bot.demo.providers.ringme import SimulatedRingMe
from bot.demo.providers.voipms import SimulatedVoipms
from bot.demo.providers.voipnow import SimulatedVoipNow


class Simulated(Protocol):
    """A provider that can be started."""

    @property
    def url(self) -> str:
        """Its origin, once it listens."""
        ...

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        ...

    async def close(self) -> None:
        """Stop listening."""
        ...


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo, by the name that the bot's settings give it.

    Attributes:
        settings: the account's settings, but for the address of its provider.
    """

    name: str
    provider: Simulated
    settings: Mapping[str, Any]


def neighbours() -> list[DemoAccount]:
    """An account at each provider beside Yay.com, with credentials of their own."""
    secret = token_urlsafe(16)
    pbx = SimulatedRingMe(client_secret=secret)
    return [
        DemoAccount(
            "montreal",
            SimulatedVoipms(password=secret),
            {"provider": "voipms", "username": "anna@harbourfinch.example", "password": secret},
        ),
        DemoAccount(
            "tracking",
            SimulatedIovox(secure_key=secret),
            {"provider": "iovox", "username": "acme", "secure_key": secret},
        ),
        DemoAccount(
            "hq",
            SimulatedVoipNow(client_secret=secret),
            {"provider": "voipnow", "client_id": "app", "client_secret": secret},
        ),
        DemoAccount(
            "pbx",
            pbx,
            {
                "provider": "ringme",
                "client_id": "demo",
                "client_secret": secret,
                "extensions": sorted(pbx.account.extensions),
            },
        ),
    ]
