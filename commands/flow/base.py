"""The group that the files of this folder declare into, and how they name a flow."""

from __future__ import annotations

from pydantic import BaseModel

from bot.domain.callflow import CallFlow
from bot.services.inventory import Held
from bot.slack.context import Ctx
from bot.slack.declare import CommandGroup
from bot.slack.kinds import FlowRef

group = CommandGroup("flow", "Call flows")


class FlowKey(BaseModel):
    """Which call flow."""

    account: str
    id: str

    @property
    def ref(self) -> FlowRef:
        """As a command takes it."""
        return FlowRef(f"{self.account}/{self.id}")


async def used_by(ctx: Ctx, held: Held[CallFlow]) -> list[str]:
    """The numbers whose calls go to this flow."""
    found = await ctx.services.inventory.numbers()
    return [
        str(other.value.party)
        for other in found.items
        if other.account == held.account and other.value.flow == held.value.id
    ]
