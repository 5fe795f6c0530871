"""Call flows in the browser: listed, shown, edited, and taken away by two people."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.demo.providers.yay.seed import uuid_of
from bot.demo.world import ADMIN, APPROVALS, GENERAL, MANAGER
from tests.browser.conftest import Open
from tests.browser.demo import Demo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_flow_is_listed_and_shown_as_steps(open_: Open) -> None:
    window = await open_(ADMIN)
    await window.say("/phone flow list")
    listed = window.answer("Call flows")
    for name in ("Call Pete", "Sales menu", "Support", "Manchester"):
        await expect(listed).to_contain_text(name)
    await window.picture("flow-list")
    await listed.get_by_role("button", name="Show").nth(1).click()
    shown = window.answer("Used by")
    await expect(shown).to_contain_text("6. Ring Sales for 25 s")
    await expect(shown).to_contain_text("key 1 → step 6")
    await window.picture("flow-shown")


async def test_a_step_is_edited_through_its_form(demo: Demo, open_: Open) -> None:
    window = await open_(MANAGER)
    await window.say("/phone flow edit Sales menu")
    await window.choose("step", "Step 6 (ring)")
    await window.picture("edit-choose-step")
    await window.part("modal-submit").click()
    await expect(window.field("seconds")).to_have_value("25")
    await window.field("seconds").fill("45")
    await window.field("rings", "combobox").click()
    await window.field("rings", "combobox").fill("rav")
    await expect(window.part("choice")).to_have_text(["Ravi Shah (1003)"])
    await window.picture("edit-search")
    await window.part("choice").click()
    await window.page.keyboard.press("Escape")
    await window.picture("edit-ring")
    await window.part("modal-submit").click()
    await expect(window.part("modal")).to_have_count(0)
    outcome = window.answer("Change the call flow Sales menu")
    await expect(outcome).to_contain_text("Done, and read back from the provider.")
    await expect(outcome).to_contain_text("Ring Sales and Ravi Shah for 45 s")
    await window.picture("edit-outcome")
    ring = demo.module("Sales menu", "extension")
    assert ring["duration"] == 45
    assert ring["extensions"] == [
        {"type": "huntgroup", "uuid": uuid_of("group", "Sales")},
        {"type": "sipuser", "uuid": uuid_of("sipuser", "Ravi Shah")},
    ]


async def test_what_is_wrong_stands_beside_its_field(demo: Demo, open_: Open) -> None:
    before = demo.flow("Sales menu")
    window = await open_(MANAGER)
    await window.say("/phone flow edit Sales menu")
    await window.choose("step", "Step 6 (ring)")
    await window.part("modal-submit").click()
    await window.field("outside").fill("nobody's number")
    await window.part("modal-submit").click()
    await expect(window.part("error-outside")).to_contain_text("is not a telephone number")
    await expect(window.part("error-seconds")).to_be_hidden()
    await window.picture("edit-wrong-number")
    await window.field("outside").fill("")
    await window.field("seconds").fill("soon")
    await window.part("modal-submit").click()
    await expect(window.part("error-seconds")).to_contain_text("number")
    await expect(window.part("error-outside")).to_be_hidden()
    await window.picture("edit-wrong-seconds")
    await window.part("modal-close").click()
    await expect(window.part("modal")).to_have_count(0)
    assert demo.flow("Sales menu") == before


async def test_a_missing_argument_is_asked_for(open_: Open) -> None:
    window = await open_(ADMIN)
    await window.say("/phone flow show")
    await expect(window.part("modal")).to_contain_text("/phone flow show")
    await window.part("modal-submit").click()
    await expect(window.part("error-flow")).to_contain_text("required")
    await window.choose("flow", "Support", typed="supp")
    await window.picture("missing-argument")
    await window.part("modal-submit").click()
    await expect(window.answer("Used by")).to_contain_text("Take a message for Support")


async def test_whoever_asks_cannot_approve_and_another_can(demo: Demo, open_: Open) -> None:
    anna = await open_(ADMIN)
    await anna.say("/phone flow delete After hours")
    await expect(anna.answer("Delete the call flow")).to_contain_text("waits for a second person")
    await anna.go_to(APPROVALS)
    approve = anna.card("asks for a change").get_by_role("button", name="Approve")
    await approve.click()
    await expect(anna.part("confirm")).to_contain_text("Delete the call flow After hours")
    await anna.picture("approval-confirm")
    await anna.part("confirm").get_by_role("button", name="Cancel").click()
    await expect(anna.part("confirm")).to_have_count(0)
    await expect(anna.part("ephemeral")).to_have_count(0)
    await approve.click()
    await anna.part("confirm-yes").click()
    await expect(anna.answer("Nobody approves their own request")).to_be_visible()
    await anna.picture("approval-own")
    assert demo.flow("After hours")

    boris = await open_(MANAGER, APPROVALS)
    await boris.card("asks for a change").get_by_role("button", name="Approve").click()
    await boris.part("confirm-yes").click()
    for window in (boris, anna):
        card = window.card("asks for a change")
        await expect(card).to_contain_text("Boris Lang approved it")
        await expect(card.get_by_role("button", name="Approve")).to_have_count(0)
        await expect(card).not_to_contain_text("(edited)")
    await boris.picture("approval-approved")
    await anna.go_to(f"D{ADMIN[1:]}")
    await expect(anna.card("Delete the call flow")).to_contain_text("Done, and read back")
    names = {flow["name"] for flow in demo.world.yay.account.flows.values()}
    assert "After hours" not in names


async def test_deny_needs_no_confirmation(demo: Demo, open_: Open) -> None:
    anna = await open_(ADMIN)
    await anna.say("/phone flow delete After hours")
    await expect(anna.answer("waits for a second person")).to_be_visible()
    boris = await open_(MANAGER, APPROVALS)
    await boris.card("asks for a change").get_by_role("button", name="Deny").click()
    await expect(boris.card("asks for a change")).to_contain_text("Boris Lang denied it")
    assert demo.flow("After hours")
    await boris.go_to(GENERAL)
