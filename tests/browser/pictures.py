"""The README's two pictures, made anew: `python -m tests.browser.pictures`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, expect

from bot.demo.world import AGENT, MANAGER, SUPPORT
from tests.browser.demo import Demo, Window, browser, running_demo

FOLDER = Path(__file__).parents[2] / "deploy" / "screenshots"


async def flow(demo: Demo, chrome: Browser) -> bytes:
    """A call flow, shown with its steps."""
    window = await Window.opened(chrome, demo.world.url)
    await window.enter(MANAGER)
    await window.say("/phone flow show Sales menu")
    await expect(window.answer("Used by")).to_contain_text("9. Take a message")
    await window.part("telephone-close").click()
    return await _taken(window)


async def missed_call(demo: Demo, chrome: Browser) -> bytes:
    """The telephone panel after a call that nobody answered, and the card that somebody claimed."""
    window = await Window.opened(chrome, demo.world.url)
    await window.enter(AGENT, SUPPORT)
    await window.ring("Daniel Osei", "Support")
    await window.part("phone-ring-out").click()
    await expect(window.part("phone-running")).to_contain_text("Nobody answers")
    await window.part("phone-hang-up").click()
    card = window.card("Missed call to Support")
    await card.get_by_role("button", name="Claim").click()
    await expect(card).to_contain_text("claimed this")
    await window.part("phone-recent").get_by_text("What happened").click()
    return await _taken(window)


async def _taken(window: Window) -> bytes:
    """What the window shows, with nothing under the pointer."""
    await window.page.mouse.move(0, 0)
    picture = await window.page.screenshot(animations="disabled", caret="hide")
    await window.close()
    return picture


async def main() -> None:
    """Make both."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder)) as demo, browser() as chrome:
            (FOLDER / "flow.png").write_bytes(await flow(demo, chrome))
            (FOLDER / "missed-call.png").write_bytes(await missed_call(demo, chrome))


if __name__ == "__main__":
    asyncio.run(main())
