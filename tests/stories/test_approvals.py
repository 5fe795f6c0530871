"""Deleting a call flow, and choosing which one a number uses, wait for a second person."""

from __future__ import annotations

import asyncio

from tests.stories.team import Team


async def test_deleting_a_flow_waits_for_a_second_person(team: Team) -> None:
    await team.boris.types("/phone flow delete Call Pete")
    team.boris.sees_privately("Delete the call flow Call Pete", "waits for a second person")
    card = await team.channel("#phone-approvals").shows("boris asks: Delete the call flow")
    assert "Used by +44 808 157 0000" in card.says

    await team.boris.presses(card, "Approve")
    team.boris.sees_privately("Nobody approves their own request.")
    await team.clara.presses(card, "Approve")
    team.clara.sees_privately("You may not approve changes that others ask for", "Ask anna")
    assert team.flow("Call Pete") is not None

    await team.anna.presses(card, "Approve")
    await card.becomes("read back from the provider")
    assert card.buttons == []
    assert team.flow("Call Pete") is None
    assert len(team.sent("DELETE")) == 1
    await team.boris.is_told("Done, and read back from the provider")

    await team.mona.presses(card, "Deny", stale=True)
    team.mona.sees_privately("anna approved this already.")
    assert await team.audit.story() == [
        "asked", "refused", "refused", "approved", "sent", "confirmed",
    ]  # fmt: skip


async def test_of_fifty_clicks_at_once_one_wins(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")

    await asyncio.gather(
        *(who.presses(card, "Approve", stale=True) for who in [team.anna, team.mona] * 25)
    )
    await team.settles()

    assert await team.audit.story() == ["asked", "approved", "sent", "confirmed"]
    assert len(team.sent("DELETE")) == 1
    winner, loser = (
        ("anna", team.mona) if "<@U0ANNA> approved it" in card.says else ("mona", team.anna)
    )
    told = [answer.words for answer in loser.answers]
    assert len(told) == 25
    assert all(f"{winner} approved this already." in words for words in told)


async def test_yes_and_no_at_once_is_one_of_them(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    await asyncio.gather(
        team.anna.presses(card, "Deny", stale=True), team.mona.presses(card, "Approve", stale=True)
    )
    await team.settles()
    story = await team.audit.story()
    assert ("approved" in story) != ("denied" in story)
    assert len(team.sent("DELETE")) == ("approved" in story)
    assert (team.flow("After hours") is None) == ("approved" in story)


async def test_denied_is_told_and_nothing_is_sent(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    assert card.buttons == ["Approve", "Deny"]
    await team.mona.presses(card, "Deny")
    await card.becomes("<@U0MONA> denied it")
    await team.boris.is_told("<@U0MONA> denied it")
    assert team.sent("DELETE") == []
    assert await team.audit.story() == ["asked", "denied"]


async def test_nobody_decides_for_a_day(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    team.clock.forward(hours=23, minutes=59)
    assert await team.program.services.changes.expire() == 0
    team.clock.forward(minutes=1)
    await team.mona.presses(card, "Approve")  # too late, though nothing has ended it yet
    team.mona.sees_privately("This expired: nobody decided within 24 hours.")

    assert await team.program.services.changes.expire() == 1
    await card.becomes("expired: nobody decided within 24 hours")
    assert card.buttons == []
    await team.boris.is_told("expired: nobody decided within 24 hours")
    await team.mona.presses(card, "Approve", stale=True)
    team.mona.sees_privately("This expired")
    assert team.sent("DELETE") == []
    assert await team.audit.story() == ["asked", "expired"]
    assert await team.program.services.changes.expire() == 0


async def test_what_changed_after_it_was_asked_is_not_deleted(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    held = team.flow("After hours")
    assert held is not None
    held["name"] = "After hours, new"
    await team.mona.presses(card, "Approve")
    await card.becomes("The flow was changed after this was asked; nothing was deleted.")
    assert team.sent("DELETE") == []
    await team.boris.is_told("Look at it, and ask again.")


async def test_a_number_is_given_another_flow(team: Team) -> None:
    await team.boris.types("/phone flow assign “Support” Manchester")
    card = await team.channel("#phone-approvals").shows("Support → Manchester")
    await team.anna.presses(card, "Approve")
    await card.becomes("read back from the provider")
    assert len(team.sent("PUT")) == 1
    await team.vera.types("/phone number Support")
    team.vera.sees_privately("Manchester")


async def test_a_number_that_was_changed_meanwhile_is_left_alone(team: Team) -> None:
    await team.boris.types("/phone flow assign “Support” Manchester")
    card = await team.channel("#phone-approvals").shows("Support → Manchester")
    line = team.yay.account.line("+442079460001")
    assert line is not None
    line["call_flow"] = None
    await team.anna.presses(card, "Approve")
    await card.becomes("nothing was changed")
    assert team.sent("PUT") == []


async def test_what_is_so_already_is_not_asked(team: Team) -> None:
    await team.boris.types("/phone flow assign “Support” Support")
    team.boris.sees_privately("already")
    assert await team.audit.story() == []


async def test_an_admin_asks_too_and_a_manager_decides(team: Team) -> None:
    await team.anna.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    await team.anna.presses(card, "Deny")
    team.anna.sees_privately("Nobody approves their own request.")
    await team.boris.presses(card, "Approve")
    await card.becomes("read back")


async def test_two_who_ask_for_the_same(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    first = await team.channel("#phone-approvals").shows("boris asks")
    await team.mona.types("/phone flow delete After hours")
    second = await team.channel("#phone-approvals").shows("mona asks")
    await team.anna.presses(first, "Approve")
    await first.becomes("read back")
    await team.anna.presses(second, "Approve")
    await second.becomes("Yay.com has no such object")
    assert len(team.sent("DELETE")) == 1
