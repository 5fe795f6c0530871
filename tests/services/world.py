"""What the services' tests share: people, a directory, an account at the simulated provider."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.people import Person, Role, Standing

ANNA = Person("U0ANNA", "Anna")
BORIS = Person("U0BORIS", "Boris")
MONA = Person("U0MONA", "Mona")
OLGA = Person("U0OLGA", "Olga")
CLARA = Person("U0CLARA", "Clara")
VERA = Person("U0VERA", "Vera")
GIL = Person("U0GIL", "Gil", standing=Standing.GUEST)
EVE = Person("U0EVE", "Eve", standing=Standing.STRANGER)
ROBO = Person("U0ROBO", "Robo", standing=Standing.BOT)
DORA = Person("U0DORA", "Dora", standing=Standing.DEACTIVATED)

EVERYBODY = (ANNA, BORIS, MONA, OLGA, CLARA, VERA, GIL, EVE, ROBO, DORA)

ROLES: Mapping[Role, tuple[str, ...]] = {
    Role.ADMIN: (ANNA.id,),
    Role.MANAGER: ("S0TELECOM",),
    Role.OPERATOR: (OLGA.id,),
    Role.AGENT: ("S0AGENTS", BORIS.id),
    Role.VIEWER: ("*",),
}


@dataclass
class Book:
    """A directory out of a book; `tests/contract/test_directories.py` holds it to Slack's."""

    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)

    async def person(self, id_: str) -> Person:
        return self.people[id_]

    async def members(self, group: str) -> Collection[str]:
        return frozenset(self.groups[group])


def everybody() -> Book:
    """The book of the team: two managers by their group, an agent by another."""
    return Book(
        {person.id: person for person in EVERYBODY},
        {"S0TELECOM": {BORIS.id, MONA.id, GIL.id}, "S0AGENTS": {CLARA.id}},
    )
