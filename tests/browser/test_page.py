"""The page itself: who acts, what is refused, what nobody can smuggle in, every size and shade."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.demo.world import ADMIN, AGENT, GENERAL, GUEST, MANAGER, SALES
from tests.browser.conftest import Open
from tests.browser.demo import HAND, Demo, Window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SCRIPT = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


async def test_a_guest_is_refused(open_: Open) -> None:
    window = await open_(GUEST)
    await window.say("/phone numbers")
    await expect(window.answer("You may not look at lines")).to_contain_text("guests")
    await window.say("/phone help")
    await expect(window.answer("Show your role")).not_to_contain_text("flow list")
    await window.picture("guest")


async def test_an_agent_reads_which_role_is_missing(open_: Open) -> None:
    window = await open_(AGENT)
    await window.say("/phone flow edit Support")
    refused = window.answer("You may not create and edit call flows")
    await expect(refused).to_contain_text("needs the role manager")
    await expect(window.part("modal")).to_have_count(0)


async def test_switching_the_person(demo: Demo, open_: Open) -> None:
    window = await open_(ADMIN)
    await window.say("/phone me")
    await expect(window.answer("Role")).to_contain_text("admin")
    await window.part("person-switch").select_option(MANAGER)
    await expect(window.part("ephemeral")).to_have_count(0)
    await expect(window.part("composer")).to_be_visible()
    await window.say("/phone me")
    await expect(window.answer("Role")).to_contain_text("manager")
    await window.page.go_back()
    await expect(window.part("person-switch")).to_have_value(ADMIN)
    await expect(window.answer("Role")).to_contain_text("admin")


async def test_what_others_see_at_once_and_what_they_do_not(demo: Demo, open_: Open) -> None:
    anna, boris = await open_(ADMIN), await open_(MANAGER, SALES)
    await anna.say("/phone lines")
    await anna.say("the lines are fine")
    badge = boris.part(f"channel-{GENERAL}").locator(".badge")
    await expect(badge).to_contain_text("1")
    await boris.go_to(GENERAL)
    await expect(boris.card("the lines are fine")).to_be_visible()
    await expect(boris.part("ephemeral")).to_have_count(0)
    demo.world.slack.channel(SALES).members.discard(MANAGER)
    demo.world.slack.rearranged()
    await boris.go_to(SALES)
    await expect(boris.page.get_by_text("You are not a member of #sales")).to_be_visible()


async def test_what_people_type_is_text(open_: Open) -> None:
    anna, boris = await open_(ADMIN), await open_(MANAGER)
    await anna.say(f"look: {SCRIPT} &amp; *bold*")
    for window in (anna, boris):
        message = window.card("look:")
        await expect(message).to_contain_text(f"{SCRIPT} &amp; bold")
        await expect(message.locator("img, script")).to_have_count(0)
        await expect(message.locator("strong", has_text="bold")).to_be_visible()
        assert await window.page.title() != "owned"
    await anna.picture("typed-script")


async def test_what_the_provider_says_is_text(demo: Demo, open_: Open) -> None:
    demo.flow("Support")["name"] = f"*Support* {SCRIPT}"
    window = await open_(MANAGER)
    await window.say("/phone flow list")
    listed = window.answer("Call flows")
    await expect(listed).to_contain_text(SCRIPT)
    await listed.get_by_role("button", name="Show").nth(2).click()
    shown = window.answer("Used by")
    await expect(shown.get_by_role("heading")).to_contain_text(SCRIPT)
    await shown.get_by_role("button", name="Edit").click()
    await expect(window.part("modal")).to_contain_text(SCRIPT)
    await window.picture("provider-script")
    await window.choose("step", "Name and options")
    await window.part("modal-submit").click()
    await expect(window.field("name").first).to_have_value(f"*Support* {SCRIPT}")
    assert await window.page.locator("[onerror], main script, dialog script").count() == 0
    assert await window.page.title() != "owned"


async def test_the_policy_holds_in_the_browser(open_: Open) -> None:
    window = await open_(ADMIN)
    answer = await window.page.request.get(window.url)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    ran = await window.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.smuggled = true";
            document.body.append(script);
            return window.smuggled === true;
        }"""
    )
    assert not ran
    assert "Content Security Policy" in window.complaints[0]
    window.complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [HAND, (768, 900)], ids=["hand", "tablet"])
async def test_nothing_is_wider_than_its_window(
    open_: Open, size: tuple[int, int], scheme: str
) -> None:
    window = await open_(MANAGER, size=size, scheme=scheme)
    name = f"{size[0]}-{scheme}"
    for words, shows in (("/phone help", "explains"), ("/phone flow show Sales menu", "Used by")):
        await window.say(words)
        await expect(window.answer(shows)).to_be_visible()
        await fits(window)
        await window.picture(f"{name}-{shows.split()[0].lower()}")
    await window.answer("Used by").get_by_role("button", name="Edit").click()
    await window.choose("step", "Step 5 (menu)")
    await window.part("modal-submit").click()
    await expect(window.part("field-key_1")).to_be_visible()
    await fits(window)
    await window.picture(f"{name}-form")
    background = await window.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")


async def fits(window: Window) -> None:
    """Nothing can be scrolled sideways."""
    wide = await window.page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("main *, dialog *")]
            .filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0)
            .filter((node) => getComputedStyle(node).overflowX !== "visible")
            .filter((node) => !node.matches("input, .hidden-visually, .hidden-visually *"))
            .map((node) => `${node.tagName}.${node.className}`)"""
    )
    assert wide == []
