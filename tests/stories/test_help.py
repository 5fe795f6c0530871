"""What people find out by asking, each as far as they may."""

from __future__ import annotations

import pytest

from tests.databases import Server, SqliteServer
from tests.stories.team import Team


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """These stories read words; one kind of database is enough."""
    return sqlite


@pytest.mark.parametrize(
    ("who", "sees", "misses"),
    [
        ("boris", ("flow delete", "flow edit", "missed", "audit", "status"), ()),
        ("olga", ("status", "missed"), ("flow delete", "flow edit", "audit")),
        ("clara", ("flow list", "missed"), ("flow delete", "status", "audit")),
        ("vera", ("flow list", "numbers", "lines"), ("missed", "flow delete", "status")),
        ("gil", ("help", "me"), ("numbers", "flow", "missed")),
    ],
)
async def test_help_hides_what_the_asker_may_not_do(
    team: Team, who: str, sees: tuple[str, ...], misses: tuple[str, ...]
) -> None:
    person = getattr(team, who)
    await person.types("/phone help")
    answer = person.sees_privately(*(f"`/phone {path}" for path in sees)).words
    assert [path for path in misses if f"`/phone {path}" in answer] == []


async def test_nothing_at_all_is_help_too(team: Team) -> None:
    await team.vera.types("/phone")
    team.vera.sees_privately("`/phone help [TOPIC]`", "Leave an argument out, and a form asks.")


@pytest.mark.parametrize("typed", ["/phone help flow", "/phone flow", "/phone Help Flow"])
async def test_help_about_a_group_explains_its_arguments(team: Team, typed: str) -> None:
    await team.boris.types(typed)
    team.boris.sees_privately(
        "`/phone flow assign NUMBER FLOW`", "`NUMBER`: the number in any usual spelling"
    )


async def test_help_about_one_command(team: Team) -> None:
    await team.boris.types("/phone help flow create")
    answer = team.boris.sees_privately("`/phone flow create [ACCOUNT]`", "(may be left out)").words
    assert "flow delete" not in answer


async def test_help_about_what_one_may_not_do_names_nothing_hidden(team: Team) -> None:
    await team.vera.types("/phone help audit")
    team.vera.sees_privately("There is no help about “audit”, or you may not use it.")
    await team.vera.types("/phone help audti")
    assert "/phone help audit" not in team.vera.answers[-1].words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/phone hlep", "/phone help"),
        ("/phone flow shwo Support", "/phone flow show"),
        ("/phone numbres", "/phone number"),
        ("/phone missde", "/phone missed"),
    ],
)
async def test_a_misspelt_word_is_asked_about(team: Team, typed: str, meant: str) -> None:
    await team.boris.types(typed)
    team.boris.sees_privately("There is no command", f"Did you mean `{meant}")


async def test_a_word_unlike_any_other_points_to_help(team: Team) -> None:
    await team.boris.types("/phone xylophone")
    team.boris.sees_privately("There is no command “xylophone”.", "`/phone help` lists")
    await team.boris.types("/phone flow xylophone")
    team.boris.sees_privately("There is no command “flow xylophone”.", "`/phone help flow` lists")


async def test_guests_and_the_gone_are_refused_with_the_reason(team: Team) -> None:
    await team.gil.types("/phone numbers")
    team.gil.sees_privately("guests of the workspace cannot use the telephone system", "anna")
    assert not (await team.eve.types("/phone numbers")).ok  # Slack offers them no command
    assert not (await team.dora.types("/phone numbers")).ok
    assert not (await team.robo.types("/phone numbers")).ok


async def test_a_stranger_who_clicks_is_refused(team: Team) -> None:
    await team.boris.types("/phone flow delete Support", channel="#sales")
    card = await team.channel("#phone-approvals").shows("Support")
    await team.eve.presses(card, "Approve")
    team.eve.sees_privately("people of another organisation cannot use the telephone system")


async def test_a_viewer_is_told_what_is_missing_and_who_gives_it(team: Team) -> None:
    await team.vera.types("/phone flow edit Support")
    team.vera.sees_privately(
        "You may not create and edit call flows: that needs the role manager",
        "every member of the workspace is viewer",
        "Ask anna for the role.",
    )
    await team.vera.types("/phone flow edit")
    assert not team.vera.has_window


async def test_who_am_i(team: Team) -> None:
    await team.boris.types("/phone me")
    team.boris.sees_privately("manager", "you are in the user group", "delete call flows")
    await team.gil.types("/phone me")
    team.gil.sees_privately("nobody", "guests of the workspace", "Nothing yet.")
