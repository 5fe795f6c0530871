"""What the tests of VoIP.ms share: the simulated account on loopback, the bot's accounts at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.demo.providers.voipms import SimulatedVoipms
from bot.providers.operations import Operation, find
from bot.providers.voipms import SPEC
from bot.providers.voipms.client import VoipmsAccount
from bot.providers.voipms.settings import VoipmsSettings

USERNAME = "anna+phones@harbourfinch.example"
PASSWORD = "correct horse-£&battery"
HOOK_SECRET = "hook-secret-1234"
NOW = datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
"""Half past nine in the morning in New York."""


def voipms_settings(base_url: str = "http://127.0.0.1:1", **given: Any) -> VoipmsSettings:
    return VoipmsSettings.model_validate(
        {
            "provider": "voipms",
            "username": USERNAME,
            "password": PASSWORD,
            "base_url": base_url,
            "per_second": 1000,
            "webhook_secret": HOOK_SECRET,
            **given,
        }
    )


def operation(name: str, /, **given: Any) -> Operation[Any]:
    found = find(SPEC.operations, name)
    assert found is not None
    return found.read(given)


@asynccontextmanager
async def simulated() -> AsyncIterator[SimulatedVoipms]:
    voipms = SimulatedVoipms(username=USERNAME, password=PASSWORD, clock=lambda: NOW)
    await voipms.start()
    try:
        yield voipms
    finally:
        await voipms.close()


@asynccontextmanager
async def connected(base_url: str, **given: Any) -> AsyncIterator[VoipmsAccount]:
    """An account whose reads do not wait before they are tried again."""

    async def at_once(seconds: float) -> None:
        del seconds

    account = VoipmsAccount(voipms_settings(base_url, **given), sleep=at_once)
    try:
        yield account
    finally:
        await account.close()
