"""One Chromium for all stories, and for each a fresh world and the windows that it opens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.demo import Demo, Window, browser, running_demo

Open = Callable[..., Awaitable[Window]]
"""`open_(person, channel, size=…, scheme=…)`: the page in a new window, as somebody."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chrome() -> AsyncIterator[Browser]:
    async with browser() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def open_(demo: Demo, chrome: Browser) -> AsyncIterator[Open]:
    windows: list[Window] = []

    async def opened(*where: str, **window: Any) -> Window:
        windows.append(await Window.opened(chrome, demo.world.url, **window))
        await windows[-1].enter(*where)
        return windows[-1]

    yield opened
    for window in windows:
        await window.close()
    assert demo.world.slack.refusals == []
