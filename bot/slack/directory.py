"""People and user groups of the workspace, remembered for a while and refreshed by events."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from bot.domain.clock import Clock
from bot.domain.people import Person, Standing
from bot.slack.gateway import Gateway, SlackTrouble

T = TypeVar("T")

MEMORY = timedelta(minutes=5)


class _Remembered(Generic[T]):
    """One answer a key; asked once at a time, and the old one serves while Slack is down."""

    def __init__(self, ask: Callable[[str], Awaitable[T]], clock: Clock) -> None:
        self._ask, self._clock = ask, clock
        self._known: dict[str, tuple[datetime, T]] = {}
        self._asking: dict[str, asyncio.Task[T]] = {}

    async def get(self, key: str) -> T:
        known = self._known.get(key)
        if known and known[0] + MEMORY > self._clock.now():
            return known[1]
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.ensure_future(self._ask(key))
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        try:
            answer = await asyncio.shield(task)
        except SlackTrouble:
            if known is None:
                raise
            return known[1]
        self._known[key] = (self._clock.now(), answer)
        return answer

    def forget(self, key: str) -> None:
        self._known.pop(key, None)


class SlackDirectory:
    """Who is who, as Slack tells.

    Args:
        gateway: calls to Slack.
        team: id of our workspace, once known; people of another one are strangers.
    """

    def __init__(self, gateway: Gateway, clock: Clock) -> None:
        self._gateway = gateway
        self.team = ""
        self._people = _Remembered(self._ask_person, clock)
        self._groups = _Remembered(self._ask_members, clock)

    async def person(self, id_: str) -> Person:
        """The person with this id."""
        return await self._people.get(id_)

    async def members(self, group: str) -> Collection[str]:
        """Ids of the people in a user group."""
        return await self._groups.get(group)

    def changed(self, event: dict[str, Any]) -> None:
        """Slack told of a person or a group that is not as it was."""
        match event:
            case {"type": "user_change", "user": {"id": str(id_)}}:
                self._people.forget(id_)
            case {"type": "subteam_members_changed", "subteam_id": str(id_)}:
                self._groups.forget(id_)
            case {"type": "subteam_updated", "subteam": {"id": str(id_)}}:
                self._groups.forget(id_)

    async def _ask_person(self, id_: str) -> Person:
        answer = await self._gateway.ask("users.info", user=id_)
        user = answer["user"]
        profile = user.get("profile") or {}
        name = profile.get("display_name") or user.get("real_name") or user.get("name") or id_
        return Person(id_, name, user.get("tz") or "UTC", self._standing(user))

    async def _ask_members(self, group: str) -> frozenset[str]:
        answer = await self._gateway.ask("usergroups.users.list", usergroup=group)
        return frozenset(answer["users"])

    def _standing(self, user: dict[str, Any]) -> Standing:
        if user.get("deleted"):
            return Standing.DEACTIVATED
        if user.get("is_bot") or user.get("id") == "USLACKBOT":
            return Standing.BOT
        team = user.get("team_id")
        elsewhere = self.team and team and team != self.team and not user.get("enterprise_user")
        if user.get("is_stranger") or elsewhere:
            return Standing.STRANGER
        if user.get("is_restricted") or user.get("is_ultra_restricted"):
            return Standing.GUEST
        return Standing.MEMBER
