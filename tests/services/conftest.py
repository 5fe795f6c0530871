"""The services on each kind of database, beside an account at the simulated provider."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import account as as_account
from bot.demo.providers.yay import SimulatedYay
from bot.demo.providers.yay.seed import MANCHESTER, SALES, SUPPORT
from bot.domain.lines import Line, Lines
from bot.domain.numbers import PhoneNumber
from bot.providers.yay.client import YayAccount
from bot.providers.yay.settings import YaySettings
from bot.services.accounts import Accounts
from bot.services.background import Background, Bell
from bot.services.calls import Calls
from bot.services.changes import Changes
from bot.services.intake import Intake
from bot.services.inventory import Inventory
from bot.services.permissions import Permissions
from bot.services.polls import Polls
from bot.store.database import Database
from tests.clock import FakeClock
from tests.services.world import ROLES, Book, everybody

PASSWORD, OLD_SECRET, SECRET = "yay-password", "old-secret", "new-secret"


@pytest.fixture
async def yay(clock: FakeClock) -> AsyncIterator[SimulatedYay]:
    simulated = SimulatedYay(password=PASSWORD, clock=clock.now)
    await simulated.start()
    yield simulated
    await simulated.close()


def yay_settings(url: str, **given: Any) -> YaySettings:
    return YaySettings.model_validate(
        {
            "provider": "yay",
            "reseller": "acme",
            "user": "admin",
            "password": PASSWORD,
            "base_url": url,
            "per_second": 1000,
            "webhook_secret": [SECRET, OLD_SECRET],
            "paths": {"call_history": "/voip/call/history"},
            **given,
        }
    )


async def at_once(seconds: float) -> None:
    """In place of the wait before a read is tried again."""
    del seconds


@pytest.fixture
async def accounts(yay: SimulatedYay) -> AsyncIterator[Accounts]:
    """One account that works, and `paris`, which has the wrong password and polls nothing."""
    london = yay_settings(yay.url)
    paris = yay_settings(yay.url, password="wrong", webhook_secret=None, poll_minutes=0)
    clients = {
        name: YayAccount(settings, sleep=at_once)
        for name, settings in {"london": london, "paris": paris}.items()
    }
    yield Accounts(as_account(name, client.settings, client) for name, client in clients.items())
    for client in clients.values():
        await client.close()


@pytest.fixture
async def london(accounts: Accounts) -> Accounts:
    """The account that works, alone."""
    return Accounts([accounts.get("london")])


@pytest.fixture
def book() -> Book:
    return everybody()


@pytest.fixture
def permissions(book: Book) -> Permissions:
    return Permissions(ROLES, book)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    background = Background()
    yield background
    await background.drain()


@pytest.fixture
def inventory(london: Accounts, clock: FakeClock) -> Inventory:
    return Inventory(london, clock)


@pytest.fixture
def lines() -> Lines:
    return Lines(
        [
            Line("Sales", "london", PhoneNumber(SALES), "C0SALES"),
            Line("Support", "london", PhoneNumber(SUPPORT)),
            Line("Elsewhere", "paris", PhoneNumber(MANCHESTER), "C0PARIS"),
        ]
    )


@pytest.fixture
def calls(
    database: Database, permissions: Permissions, lines: Lines, bell: Bell, clock: FakeClock
) -> Calls:
    return Calls(database, permissions, lines, bell, clock, default_channel="C0PHONES")


@pytest.fixture
def changes(
    database: Database,
    london: Accounts,
    permissions: Permissions,
    inventory: Inventory,
    background: Background,
    bell: Bell,
    clock: FakeClock,
) -> Changes:
    return Changes(
        database,
        london,
        permissions,
        inventory,
        background,
        bell,
        clock,
        approvals="C0APPROVE",
        owner="first",
    )


@pytest.fixture
def intake(
    database: Database,
    accounts: Accounts,
    calls: Calls,
    background: Background,
    bell: Bell,
    clock: FakeClock,
) -> Intake:
    return Intake(database, accounts, calls, background, bell, clock)


@pytest.fixture
def polls(
    database: Database, accounts: Accounts, calls: Calls, bell: Bell, clock: FakeClock
) -> Polls:
    return Polls(database, accounts, calls, bell, clock)
