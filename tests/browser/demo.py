"""The demo as `switchboard demo` runs it, and a person who looks at it in a browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.app import Program
from bot.demo.world import GENERAL, World
from bot.settings import parse
from commands import GROUPS
from tests.needs import chromium

SCREENSHOTS = Path(__file__).parent / "screenshots"
"""Pictures of the last run, to be looked at; not in the repository."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

DESK, HAND = (1280, 800), (400, 800)
"""Sizes of a window: on a desk, and of a telephone in a hand."""

Scheme = Literal["light", "dark"]
Json = dict[str, Any]


@dataclass
class Demo:
    """The world and the bot in it."""

    world: World
    program: Program

    def flow(self, name: str) -> Json:
        """A call flow as the provider has it now."""
        flows = self.world.yay.account.flows.values()
        return next(flow for flow in flows if flow["name"] == name)

    def module(self, flow: str, kind: str) -> Json:
        """The first module of a kind in a call flow."""
        modules = self.flow(flow)["flow"].values()
        found: Json = next(module for module in modules if module["module"] == kind)
        return found


@asynccontextmanager
async def running_demo(folder: Path) -> AsyncIterator[Demo]:
    """A fresh world and a bot that was told of it."""
    world = World(port=0, folder=folder)
    await world.start()
    program = Program(parse(world.settings()), GROUPS)
    await program.start()
    assert program.server is not None
    world.meet(program.server.url)
    try:
        yield Demo(world, program)
    finally:
        await program.stop()
        await world.close()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """The machine's Chromium, without a window."""
    found = chromium()
    assert found is not None, "there is no Chromium on this machine"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield started
        await started.close()


@dataclass
class Window:
    """A browser window with the demo's page in it, and what a person does there.

    Attributes:
        complaints: what the browser's console reported as wrong.
    """

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def opened(
        cls, browser: Browser, url: str, *, size: tuple[int, int] = DESK, scheme: Scheme = "light"
    ) -> Window:
        """An empty window in a context of its own."""
        width, height = size
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        page = await context.new_page()
        page.set_default_timeout(10_000)
        window = cls(page, url)
        page.on("console", window._heard)
        page.on("pageerror", lambda error: window.complaints.append(str(error)))
        return window

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def part(self, name: str) -> Locator:
        """A part of the page by its test id."""
        return self.page.get_by_test_id(name)

    def field(self, name: str, role: Literal["textbox", "combobox"] = "textbox") -> Locator:
        """The control of a form's field."""
        return self.part(f"field-{name}").get_by_role(role)

    def answer(self, words: str | re.Pattern[str]) -> Locator:
        """The newest answer to this person alone that says so."""
        return self.part("ephemeral").filter(has_text=words).last

    def card(self, words: str) -> Locator:
        """The newest message that says so."""
        return self.part("message").filter(has_text=words).last

    async def enter(self, person: str, channel: str = GENERAL) -> None:
        """Open the page as somebody, in a channel."""
        await self.page.goto(f"{self.url}/?as={person}#{channel}")
        await self.part("composer").wait_for()

    async def go_to(self, channel: str) -> None:
        """Choose a channel in the sidebar."""
        await self.part(f"channel-{channel}").click()
        await expect(self.part(f"channel-{channel}")).to_have_attribute("aria-current", "page")

    async def say(self, words: str) -> None:
        """Type into the channel and send it."""
        await self.part("composer").fill(words)
        await self.part("composer").press("Enter")

    async def choose(self, name: str, choice: str, typed: str = "") -> None:
        """Choose in a form's menu, after typing into it if it searches."""
        box = self.field(name, "combobox")
        await box.click()
        if typed:
            await box.fill(typed)
        await self.part("choice").filter(has_text=choice).first.click()

    async def ring(self, caller: str, line: str) -> None:
        """Ring one of the lines from the telephone panel."""
        await self._select("phone-from", caller)
        await self._select("phone-to", line)
        await self.part("phone-call").click()

    async def _select(self, name: str, words: str) -> None:
        option = self.part(name).locator("option").filter(has_text=words).first
        await self.part(name).select_option(await option.get_attribute("value"))

    async def picture(self, name: str) -> None:
        """Keep what the window shows, once nothing moves in it."""
        await self.page.evaluate("document.fonts.ready")
        SCREENSHOTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    async def close(self) -> None:
        """Close it; the page must have run without complaint."""
        await self.page.context.close()
        assert self.complaints == []
