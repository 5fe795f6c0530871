"""May this person do that, and because of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.errors import NotAllowed
from bot.domain.people import Grant, Person, Right, Role, Standing
from bot.domain.ports import Directory

EVERYBODY = "*"
NAMED = 3
"""How many admins a refusal names."""


class Permissions:
    """Roles, bound to Slack user ids and user groups by the settings."""

    def __init__(self, roles: Mapping[Role, Sequence[str]], directory: Directory) -> None:
        self._roles = dict(sorted(roles.items(), reverse=True))
        self._directory = directory

    async def role(self, person: Person) -> tuple[Role, str]:
        """The highest role of a person, and because of what."""
        if person.standing is not Standing.MEMBER:
            return Role.NOBODY, person.standing.value
        for role, holders in self._roles.items():
            if person.id in holders:
                return role, f"the settings name you as {role.title}"
            for group in holders:
                if group.startswith("S") and person.id in await self._directory.members(group):
                    return role, f"you are in the user group {group}, which is {role.title}"
            if EVERYBODY in holders:
                return role, f"every member of the workspace is {role.title}"
        return Role.NOBODY, "the settings give you no role"

    async def ask(self, person: Person, right: Right) -> Grant:
        """Whether a person has a right."""
        role, because = await self.role(person)
        return Grant(role >= right.role, because)

    async def require(self, person: Person, right: Right) -> None:
        """Refuse whoever lacks a right.

        Raises:
            NotAllowed: says which right is missing, and who can give it.
        """
        grant = await self.ask(person, right)
        if grant.allowed:
            return
        if person.standing is not Standing.MEMBER:
            words = f"You may not {right.words}: {grant.because}."
            raise NotAllowed(words, hint=await self._who_can_give())
        raise NotAllowed(
            f"You may not {right.words}: that needs the role {right.role.title}, "
            f"and {grant.because}.",
            hint=await self._who_can_give(),
        )

    async def rights(self, person: Person) -> list[Right]:
        """Everything that a person may do."""
        role, _ = await self.role(person)
        return [right for right in Right if role >= right.role]

    async def _who_can_give(self) -> str:
        holders = self._roles.get(Role.ADMIN, ())
        people = [id_ for id_ in holders if id_.startswith(("U", "W"))]
        for group in (id_ for id_ in holders if id_.startswith("S")):
            people += sorted(await self._directory.members(group))
        names = [(await self._directory.person(id_)).name for id_ in people[:NAMED]]
        if not names:
            return "Nobody is admin yet; whoever runs Switchboard gives roles in its settings."
        more = " and others" if len(people) > NAMED else ""
        return f"Ask {', '.join(names)}{more} for the role."
