"""The App Home: what is mine, what nobody has, and the buttons for it."""

from __future__ import annotations

import pytest

from tests.databases import Server, SqliteServer
from tests.stories.lines import CUSTOMER, OTHER_CUSTOMER, SUPPORT
from tests.stories.team import Team


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """What the Home shows is the same on each kind of database."""
    return sqlite


async def test_an_agent_works_from_the_home(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.rings_out(OTHER_CUSTOMER, SUPPORT)
    await team.settles()
    home = await team.clara.opens_home()
    assert "You are *agent* here" in home
    mine, unclaimed = home.split("Unclaimed")
    assert "Nothing: you have claimed no open call." in mine
    assert unclaimed.count("to *Support*") == 2

    await team.clara.presses_at_home("Claim")
    mine, unclaimed = team.clara.home_says.split("Unclaimed")
    assert mine.count("to *Support*") == 1
    assert unclaimed.count("to *Support*") == 1
    await team.channel("#support").shows("<@U0CLARA> claimed this")

    await team.clara.presses_at_home("Done")
    mine, _ = team.clara.home_says.split("Unclaimed")
    assert "Nothing" in mine
    await team.channel("#support").shows("<@U0CLARA> closed this")


async def test_a_home_that_is_behind_says_who_was_first_and_catches_up(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.settles()
    await team.clara.opens_home()
    await team.devi.types("/phone missed")
    await team.devi.presses(team.devi.sees_privately("1 missed call"), "Claim")
    await team.clara.presses_at_home("Claim")
    await team.clara.is_told("devi claimed this call already.")
    assert "no missed call is waiting" in team.clara.home_says


async def test_a_viewer_and_a_guest_see_what_they_are(team: Team) -> None:
    assert "Unclaimed" not in await team.vera.opens_home()
    assert "You are *viewer* here" in team.vera.home_says
    assert "guests of the workspace cannot use" in await team.gil.opens_home()


async def test_more_calls_than_the_home_shows(team: Team) -> None:
    for _ in range(13):
        await team.rings_out(CUSTOMER, SUPPORT)
        team.clock.forward(seconds=1)
    await team.program.background.settled()
    assert "3 more: `/phone missed`" in await team.clara.opens_home()


async def test_own_calls_do_not_push_unclaimed_ones_out_of_the_home(team: Team) -> None:
    """Ten newer calls that somebody has claimed must not hide the one that nobody has."""
    await team.rings_out(OTHER_CUSTOMER, SUPPORT)
    for _ in range(10):
        team.clock.forward(seconds=1)
        await team.rings_out(CUSTOMER, SUPPORT)
    await team.program.background.settled()
    await team.devi.types("/phone missed")
    for _ in range(10):
        listed = team.devi.sees_privately("missed calls")
        await team.devi.presses(listed, "Claim")
    home = await team.clara.opens_home()
    assert "900367" in home.split("Unclaimed")[1]
