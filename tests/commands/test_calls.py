"""missed: none, one, many, mine; and what a list does when it has become shorter."""

from __future__ import annotations

from tests.stories.lines import CUSTOMER, SUPPORT
from tests.stories.team import Team


async def test_no_missed_call(team: Team) -> None:
    await team.clara.types("/phone missed")
    team.clara.sees_privately("Missed calls", "No missed call is open.")
    await team.clara.types("/phone missed MINE")
    team.clara.sees_privately("Your missed calls", "You have claimed no open call.")


async def test_one_missed_call(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.clara.types("/phone missed")
    listed = team.clara.sees_privately("to *Support*", "1 missed call", "Claim")
    await team.clara.presses(listed, "Claim")
    listed = team.clara.sees_privately("<@U0CLARA>", "Done")
    await team.clara.presses(listed, "Done")
    team.clara.sees_privately("No missed call is open.")


async def test_a_page_that_has_become_empty_shows_the_one_before(team: Team) -> None:
    for _ in range(11):
        await team.rings_out(CUSTOMER, SUPPORT)
        team.clock.forward(seconds=1)
    await team.program.background.settled()
    await team.clara.types("/phone missed")
    listed = team.clara.sees_privately("11 missed calls, page 1 of 2")
    await team.clara.presses(listed, "Older ▶")
    listed = team.clara.sees_privately("page 2 of 2")
    await team.clara.presses(listed, "Claim")
    await team.clara.presses(listed, "Done")
    assert team.clara.sees_privately("10 missed calls", "Claim").words.count("to *Support*") == 10


async def test_a_listed_call_that_a_colleague_was_quicker_with(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.clara.types("/phone missed")
    hers = team.clara.sees_privately("1 missed call")
    await team.devi.types("/phone missed")
    await team.devi.presses(team.devi.sees_privately("1 missed call"), "Claim")
    await team.clara.presses(hers, "Claim")
    team.clara.sees_privately("devi claimed this call already.")


async def test_a_viewer_may_not_look(team: Team) -> None:
    await team.vera.types("/phone missed")
    team.vera.sees_privately("You may not see missed calls: that needs the role agent")


async def test_a_call_of_an_account_that_is_gone_is_still_listed_and_closed(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await team.settles()
    await team.program.stop()
    await team.begins(accounts={}, lines=[])
    await team.clara.types("/phone missed")
    team.clara.sees_privately("to *Support*")
    await team.clara.presses(card, "Call back")
    team.clara.sees_privately("There is no account “london”.")
    await team.clara.presses(card, "Done")
    await card.becomes("closed this")
