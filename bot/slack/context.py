"""What a command, a button or a form is given beside its arguments."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Person, Right
from bot.services.services import Services
from bot.slack.declare import Catalogue


@dataclass(frozen=True, slots=True)
class Ctx:
    """Who asks, from where, and what the bot can do for them.

    Attributes:
        channel: where it was asked; empty in the App Home.
        catalogue: the declarations, for the help.
    """

    person: Person
    channel: str
    services: Services
    catalogue: Catalogue

    async def may(self, right: Right) -> bool:
        """Whether the person has a right; for leaving out what they could not use."""
        return (await self.services.permissions.ask(self.person, right)).allowed

    async def require(self, right: Right) -> None:
        """Refuse a person who lacks a right."""
        await self.services.permissions.require(self.person, right)
