"""Roles by person, by group and for everybody; answers that say why; refusals that help."""

from __future__ import annotations

import itertools

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.people import Grant, Person, Right, Role
from bot.services.permissions import Permissions
from tests.services.world import (
    ANNA,
    BORIS,
    CLARA,
    DORA,
    EVE,
    GIL,
    MONA,
    OLGA,
    ROBO,
    ROLES,
    VERA,
    Book,
)


@pytest.mark.parametrize(
    ("person", "role", "because"),
    [
        (ANNA, Role.ADMIN, "the settings name you as admin"),
        (MONA, Role.MANAGER, "you are in the user group S0TELECOM, which is manager"),
        (OLGA, Role.OPERATOR, "the settings name you as operator"),
        (CLARA, Role.AGENT, "you are in the user group S0AGENTS, which is agent"),
        (VERA, Role.VIEWER, "every member of the workspace is viewer"),
    ],
    ids=lambda value: value.name if isinstance(value, Person) else "",
)
async def test_a_role_and_because_of_what(
    permissions: Permissions, person: Person, role: Role, because: str
) -> None:
    assert await permissions.role(person) == (role, because)
    for right in Right:
        assert await permissions.ask(person, right) == Grant(role >= right.role, because)


async def test_the_highest_role_wins(permissions: Permissions) -> None:
    """Boris is an agent by name, and a manager by his group."""
    role, because = await permissions.role(BORIS)
    assert (role, because.endswith("which is manager")) == (Role.MANAGER, True)


async def test_the_order_of_the_settings_does_not_matter(book: Book) -> None:
    turned = Permissions(dict(sorted(ROLES.items())), book)
    assert (await turned.role(BORIS))[0] is Role.MANAGER


async def test_without_a_role_nothing_is_allowed(book: Book) -> None:
    permissions = Permissions({Role.ADMIN: [ANNA.id]}, book)
    assert await permissions.ask(VERA, Right.LOOK) == Grant(False, "the settings give you no role")
    assert await permissions.rights(VERA) == []


async def test_a_group_that_changes_counts_at_once(permissions: Permissions, book: Book) -> None:
    book.groups["S0TELECOM"].add(VERA.id)
    assert (await permissions.role(VERA))[0] is Role.MANAGER


@pytest.mark.parametrize("person", [GIL, EVE, ROBO, DORA], ids=lambda person: person.name)
async def test_who_is_no_member_has_no_role_whatever_the_settings_say(
    permissions: Permissions, person: Person
) -> None:
    """Gil is in the managers' group, and `*` names everybody."""
    assert await permissions.role(person) == (Role.NOBODY, person.standing.value)
    with pytest.raises(NotAllowed) as refused:
        await permissions.require(person, Right.LOOK)
    assert person.standing.value in refused.value.user_message
    assert Right.LOOK.words in refused.value.user_message
    assert refused.value.hint == "Ask Anna for the role."


async def test_a_refusal_names_the_right_the_role_and_who_gives_it(
    permissions: Permissions,
) -> None:
    with pytest.raises(NotAllowed) as refused:
        await permissions.require(CLARA, Right.EDIT_FLOWS)
    assert refused.value.user_message == (
        "You may not create and edit call flows: that needs the role manager, "
        "and you are in the user group S0AGENTS, which is agent."
    )
    assert refused.value.hint == "Ask Anna for the role."
    await permissions.require(BORIS, Right.EDIT_FLOWS)


async def test_a_refusal_names_a_few_admins_of_many(book: Book) -> None:
    book.groups["S0ADMINS"] = {BORIS.id, CLARA.id, MONA.id}
    permissions = Permissions({Role.ADMIN: [ANNA.id, "S0ADMINS"]}, book)
    with pytest.raises(NotAllowed) as refused:
        await permissions.require(VERA, Right.LOOK)
    assert refused.value.hint == "Ask Anna, Boris, Clara and others for the role."


@pytest.mark.parametrize("admins", [{}, {Role.ADMIN: ["*"]}], ids=["none", "everybody"])
async def test_a_refusal_without_an_admin_points_at_the_settings(
    book: Book, admins: dict[Role, list[str]]
) -> None:
    permissions = Permissions(admins, book)
    with pytest.raises(NotAllowed) as refused:
        await permissions.require(GIL, Right.LOOK)
    assert "whoever runs Switchboard gives roles in its settings" in refused.value.hint


async def test_rights_grow_with_the_role(permissions: Permissions) -> None:
    ladder = [await permissions.rights(who) for who in (VERA, CLARA, OLGA, MONA, ANNA)]
    for lower, higher in itertools.pairwise(ladder):
        assert set(lower) <= set(higher)
    assert ladder[0] == [Right.LOOK]
    assert ladder[-1] == list(Right)
