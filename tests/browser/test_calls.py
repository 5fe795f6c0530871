"""The telephone panel, and the cards of calls that nobody answered."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.demo.world import AGENT, SECOND_AGENT, SUPPORT
from tests.browser.conftest import Open
from tests.browser.demo import HAND, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def rung_out(window: Window) -> None:
    """Let a call ring until the mailbox takes it."""
    state = window.part("phone-state")
    while await state.inner_text() != "Voicemail":
        steps = await window.part("phone-running").locator(".steps li").count()
        await window.part("phone-ring-out").click()
        more = window.part("phone-running").locator(".steps li").nth(steps)
        await more.wait_for()


async def test_a_missed_call_is_claimed_and_done(open_: Open) -> None:
    clara = await open_(AGENT, SUPPORT)
    await clara.ring("Daniel Osei", "Support")
    await expect(clara.part("phone-state")).to_have_text("Ringing")
    await clara.picture("telephone-ringing")
    await rung_out(clara)
    await clara.part("phone-hang-up").click()
    await expect(clara.part("phone-recent")).to_contain_text("Missed")
    card = clara.card("Missed call to Support")
    await expect(card).to_contain_text("+44 7700 900367")
    await clara.picture("call-open")

    devi = await open_(SECOND_AGENT, SUPPORT)
    await card.get_by_role("button", name="Claim").click()
    await expect(card).to_contain_text("Clara Moss claimed this")
    await expect(devi.card("Missed call to Support")).to_contain_text("Clara Moss claimed this")
    await expect(devi.part("message").get_by_role("button", name="Claim")).to_have_count(0)
    await clara.picture("call-claimed")
    await card.get_by_role("button", name="Done").click()
    await expect(card).to_contain_text("Clara Moss closed this")
    await expect(card.get_by_role("button", name="Done")).to_have_count(0)
    await expect(card).not_to_contain_text("(edited)")
    await clara.picture("call-done")


async def test_a_voicemail(open_: Open) -> None:
    window = await open_(AGENT, SUPPORT)
    await window.ring("Priya Nair", "Support")
    await rung_out(window)
    await window.part("phone-voicemail-text").fill("It drips.")
    await window.picture("telephone-voicemail")
    await window.part("phone-voicemail").click()
    await expect(window.part("phone-recent")).to_contain_text("Left a voicemail")
    await expect(window.card("Voicemail to Support")).to_contain_text("+44 7700 900518")
    await window.picture("call-voicemail")


async def test_a_menu_and_an_answer_leave_no_card(open_: Open) -> None:
    window = await open_(AGENT, SUPPORT)
    await window.ring("Withheld", "Sales")
    await expect(window.part("phone-state")).to_have_text("Menu")
    await expect(window.part("phone-digit-3")).to_be_disabled()
    await window.picture("telephone-menu")
    await window.part("phone-digit-2").click()
    await expect(window.part("phone-state")).to_have_text("Ringing")
    await window.part("phone-answer").click()
    await expect(window.part("phone-state")).to_have_text("Answered")
    await window.picture("telephone-answered")
    await window.part("phone-hang-up").click()
    await expect(window.part("phone-recent")).to_contain_text("Answered")
    await expect(window.part("message")).to_have_count(0)


async def test_the_home_lists_what_is_claimed_and_what_is_not(open_: Open) -> None:
    window = await open_(AGENT, SUPPORT)
    await window.part("home-tab").click()
    await expect(window.page.get_by_text("no missed call is waiting")).to_be_visible()
    await window.go_to(SUPPORT)
    await window.ring("Priya Nair", "Support")
    await window.part("phone-hang-up").click()
    await expect(window.card("Missed call to Support")).to_be_visible()
    await window.part("home-tab").click()
    home = window.page.locator("main")
    await home.get_by_role("button", name="Claim").click()
    await expect(home).to_contain_text("Clara Moss")
    await window.picture("home")
    await home.get_by_role("button", name="Done").click()
    await expect(home).to_contain_text("you have claimed no open call")


async def test_a_call_on_a_telephone_in_a_hand(open_: Open) -> None:
    window = await open_(AGENT, SUPPORT, size=HAND)
    await window.part("telephone-toggle").click()
    await window.ring("Hugh Langton", "Support")
    await window.picture("hand-telephone")
    await window.part("phone-hang-up").click()
    await window.part("telephone-close").click()
    await window.card("Missed call").get_by_role("button", name="Claim").click()
    await expect(window.card("Missed call")).to_contain_text("claimed this")
    await window.picture("hand-call-claimed")
