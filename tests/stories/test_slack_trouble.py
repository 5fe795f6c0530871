"""Slack refuses, slows down, loses answers: cards come later, once, in their newest state."""

from __future__ import annotations

from typing import Any

import pytest

from tests.databases import Server, SqliteServer
from tests.stories.lines import CUSTOMER, OTHER_CUSTOMER, SUPPORT
from tests.stories.team import Team


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """What Slack does is the same on each kind of database."""
    return sqlite


NOT_TAKEN = "Slack did not take a card"


def posts(team: Team) -> list[dict[str, Any]]:
    return [given for method, given in team.slack.calls if method == "chat.postMessage"]


async def test_a_post_whose_answer_was_lost_is_found_and_not_posted_twice(team: Team) -> None:
    team.slack.lose_answer("chat.postMessage")
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await team.hears(NOT_TAKEN)
    team.clock.forward(seconds=2)
    await team.settles()
    assert len(team.channel("#support").cards) == 1
    assert len(posts(team)) == 1
    await team.clara.presses(card, "Claim")
    await card.becomes("claimed this")


async def test_a_lost_post_is_found_by_the_next_program_too(team: Team) -> None:
    team.slack.lose_answer("chat.postMessage")
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.channel("#support").shows("Missed call")
    await team.restarts()
    await team.settles()
    assert len(team.channel("#support").cards) == 1
    assert len(posts(team)) == 1


async def test_a_direct_message_whose_answer_was_lost_is_found_too(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    team.slack.lose_answer("chat.postMessage")
    await team.mona.presses(card, "Deny")
    await team.boris.is_told("denied it")
    await team.hears(NOT_TAKEN)
    team.clock.forward(seconds=2)
    await team.settles()
    told = [m for m in team.slack.messages(team.boris.id) if m.by_app]
    assert len(told) == 1


async def test_slowed_down_by_slack_the_newest_state_comes_once(team: Team) -> None:
    team.slack.fail("chat.postMessage", "ratelimited", retry_after=30)
    call = await team.yay.ring(CUSTOMER, SUPPORT)
    while call.state == "ringing":
        await call.ring_out()
    await call.leave_voicemail("hello")
    await team.hears(NOT_TAKEN)
    team.clock.forward(seconds=29)
    assert len(posts(team)) == 1  # Slack asked for thirty seconds
    team.clock.forward(seconds=2)
    card = await team.channel("#support").shows("Voicemail")
    await team.settles()
    assert len(posts(team)) == 2
    assert [one.ts for one in team.channel("#support").cards] == [card.ts]


async def test_a_channel_that_is_slowed_down_does_not_hold_up_the_others(team: Team) -> None:
    team.slack.fail(
        "chat.postMessage", "ratelimited", retry_after=60,
        applies=lambda given: given.get("channel") == "C0SUPPORT",
    )  # fmt: skip
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.hears(NOT_TAKEN)
    await team.boris.types("/phone flow delete After hours")
    await team.channel("#phone-approvals").shows("After hours")
    assert team.channel("#support").cards == []
    team.clock.forward(seconds=61)
    await team.channel("#support").shows("Missed call")


async def test_a_channel_that_is_not_there_keeps_the_card_and_says_so(team: Team) -> None:
    team.expected.append("Slack refuses a card")
    team.slack.fail("chat.postMessage", "channel_not_found")
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.settles()
    assert team.channel("#support").cards == []
    await team.olga.types("/phone status")
    team.olga.sees_privately("1 card refused by Slack")
    await team.clara.types("/phone missed")
    team.clara.sees_privately("1 missed call")  # the call itself is not lost

    await team.rings_out(OTHER_CUSTOMER, SUPPORT)  # other cards go on
    await team.channel("#support").shows("900367")
    await team.restarts()  # somebody invited the bot, and started it anew
    await team.channel("#support").shows("900142")


async def test_a_card_that_somebody_deleted_does_not_block_the_channel(team: Team) -> None:
    team.expected.append("Slack refuses a card")
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await team.clara.types("/phone missed")
    listed = team.clara.sees_privately("1 missed call")
    team.slack.fail("chat.update", "message_not_found")
    await team.clara.presses(listed, "Claim")
    await team.settles()
    assert "claimed" not in card.says
    await team.rings_out(OTHER_CUSTOMER, SUPPORT)
    await team.channel("#support").shows("900367")


async def test_slack_is_down_while_somebody_asks(team: Team) -> None:
    team.slack.fail("users.info", None, status=502, times=9)
    await team.vera.types("/phone numbers")
    team.vera.sees_privately("Slack did not do users.info", "Try again in a moment.")


async def test_slack_is_down_for_what_was_known_already(team: Team) -> None:
    await team.vera.types("/phone me")
    team.clock.forward(minutes=10)
    team.slack.fail("*", None, status=502, times=9, applies=lambda given: "user" in given)
    await team.vera.types("/phone numbers")
    team.vera.sees_privately("+44 20 7946 0000")


async def test_a_form_that_slack_would_not_open_is_explained(team: Team) -> None:
    team.slack.fail("views.open", "expired_trigger_id")
    await team.boris.types("/phone flow edit Support")
    team.boris.sees_privately("The form could not be opened in time", "Ask for it again.")


async def test_asked_where_the_bot_is_not_the_answer_comes_as_a_direct_message(team: Team) -> None:
    await team.boris.types("/phone flow edit After hours", channel="#away")
    step = next(s for s in team.boris.offered("What to edit") if "voicemail" in s)
    await team.boris.fills_in({"What to edit": step})
    await team.boris.fills_in({"Mailboxes": ["Support"]})
    await team.boris.is_told("Change the call flow After hours")
    (refused,) = team.slack.refusals
    assert refused[0] == "chat.postEphemeral"
    team.slack.refusals.clear()


async def test_buttons_and_forms_of_another_time(team: Team) -> None:
    old = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "value": "{}"}
    for action_id in ("call.claim/0", "call.gone/1", "nonsense", "call.claim/1"):
        await team.program.gateway.call(
            "chat.postMessage",
            channel="C0SUPPORT",
            text=f"old {action_id}",
            blocks=[{"type": "actions", "elements": [{**old, "action_id": action_id}]}],
        )
        card = await team.channel("#support").shows(f"old {action_id}")
        await team.clara.presses(card, "Old")
        words = "cannot be read any more" if action_id == "call.claim/1" else "an older Switchboard"
        team.clara.sees_privately(words, "Ask for it again.")
