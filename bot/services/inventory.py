"""What the accounts hold: numbers, call flows, and the objects that flows point at.

Answers come from all accounts side by side; one that cannot be reached is named and does not keep
the others from being shown. What people search while they type comes from a short memory.
"""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from bot.domain.callflow import CallFlow
from bot.domain.clock import Clock
from bot.domain.errors import BotError, NotThere, ProviderError, Unsupported, UsageError
from bot.domain.numbers import PhoneNumber
from bot.domain.telephony import Capability, Destination, Kind, Named, Number
from bot.services.accounts import Account, Accounts

T = TypeVar("T")

MEMORY = timedelta(seconds=30)
"""How long an answer is good enough to search in."""


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """Something, and the account that holds it."""

    account: str
    value: T


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was found, and a sentence for each account that did not answer."""

    items: list[Held[T]]
    unreachable: list[str]


class Inventory:
    """Reads from every account."""

    def __init__(self, accounts: Accounts, clock: Clock) -> None:
        self._accounts, self._clock = accounts, clock
        self._memory: dict[tuple[str, str], tuple[datetime, Any]] = {}

    async def numbers(self, needle: str = "") -> Found[Number]:
        """All numbers, or those whose digits or name contain the needle."""
        found = await self._everywhere(
            Capability.NUMBERS, lambda account: account.telephony.numbers()
        )
        wanted = needle.casefold().strip()
        digits = "".join(character for character in wanted if character.isdigit())
        if not wanted:
            return found
        kept = [
            held
            for held in found.items
            if wanted in held.value.name.casefold()
            or (digits and digits.lstrip("0") in str(held.value.party).replace(" ", ""))
        ]
        return Found(kept, found.unreachable)

    async def flows(self) -> Found[CallFlow]:
        """All call flows."""
        return await self._everywhere(
            Capability.CALL_FLOWS, lambda account: account.telephony.flows()
        )

    async def number(self, text: str) -> Held[Number]:
        """The number that somebody means: an `account/id`, a number in any spelling, or a name.

        Raises:
            NotThere: none, or more than one.
        """
        found = await self.numbers()
        spelled = {self._spelled(text, account) for account in self._accounts}
        return self._one(
            text,
            found,
            "number",
            matches=lambda held: (
                held.value.party in spelled or held.value.name.casefold() == text.casefold()
            ),
            names=lambda held: held.value.name or str(held.value.party),
        )

    async def flow(self, text: str) -> Held[CallFlow]:
        """The call flow that somebody means: an `account/id`, a name, or an extension, read anew.

        Raises:
            NotThere: none, or more than one.
        """
        held = self._one(
            text,
            await self.flows(),
            "call flow",
            matches=lambda held: (
                held.value.name.casefold() == text.casefold() or str(held.value.extension) == text
            ),
            names=lambda held: held.value.name,
        )
        telephony = self._accounts.get(held.account).telephony
        return Held(held.account, await telephony.flow(held.value.id))

    async def names(self, account: str) -> dict[str, str]:
        """Names of everything that an account's flows may point at, by id.

        What cannot be read is left out: a flow without names is better than none.
        """
        listed = await asyncio.gather(
            *(self._objects(account, kind) for kind in Kind), return_exceptions=True
        )
        names: dict[str, str] = {}
        for objects in listed:
            if isinstance(objects, BotError):
                continue
            if isinstance(objects, BaseException):
                raise objects
            names |= {item.id: item.name for item in objects}
        return names

    async def destination(self, account: str, to: Destination | None) -> str:
        """Where calls go, in words: the name of the object, or what it is."""
        if to is None:
            return "nowhere"
        if to.kind in (Kind.OUTSIDE, Kind.OTHER):
            return to.id
        return (await self.names(account)).get(to.id, f"a {to.kind.value} that is not listed")

    async def search(self, account: str, kinds: Sequence[Kind], needle: str) -> list[Named]:
        """Objects of these kinds whose name or extension contains the needle."""
        wanted = needle.casefold().strip()
        items = [item for kind in kinds for item in await self._objects(account, kind)]
        return [
            item
            for item in items
            if wanted in item.name.casefold() or (item.extension or "").startswith(wanted)
        ]

    async def search_flows(self, needle: str) -> list[Held[CallFlow]]:
        """Call flows whose name or extension contains the needle, from the short memory."""
        wanted = needle.casefold().strip()
        return [
            held
            for held in (await self._remembered("", "flows", self.flows)).items
            if wanted in held.value.name.casefold() or str(held.value.extension).startswith(wanted)
        ]

    async def search_numbers(self, needle: str) -> list[Held[Number]]:
        """Numbers that contain the needle, from the short memory."""
        return (await self._remembered("", f"numbers {needle}", lambda: self.numbers(needle))).items

    def forget(self) -> None:
        """Something was changed: search anew."""
        self._memory.clear()

    async def _objects(self, account: str, kind: Kind) -> Sequence[Named]:
        telephony = self._accounts.get(account).telephony
        return await self._remembered(account, kind.value, lambda: telephony.objects(kind))

    async def _remembered(self, account: str, what: str, read: Callable[[], Awaitable[T]]) -> T:
        key, now = (account, what), self._clock.now()
        if key not in self._memory or self._memory[key][0] + MEMORY < now:
            self._memory[key] = (now, await read())
        answer: T = self._memory[key][1]
        return answer

    async def _everywhere(
        self, capability: Capability, read: Callable[[Account], Awaitable[Sequence[T]]]
    ) -> Found[T]:
        accounts = list(self._accounts.able(capability))
        answers = await asyncio.gather(*map(read, accounts), return_exceptions=True)
        items: list[Held[T]] = []
        unreachable: list[str] = []
        for account, answer in zip(accounts, answers, strict=True):
            if isinstance(answer, (ProviderError, Unsupported)):
                unreachable.append(f"{account.name}: {answer.user_message}")
            elif isinstance(answer, BaseException):
                raise answer
            else:
                items += [Held(account.name, item) for item in answer]
        return Found(items, unreachable)

    def _one(
        self,
        text: str,
        found: Found[Any],
        noun: str,
        *,
        matches: Callable[[Held[Any]], bool],
        names: Callable[[Held[Any]], str],
    ) -> Held[Any]:
        by_id = [held for held in found.items if f"{held.account}/{held.value.id}" == text]
        hits = by_id or [held for held in found.items if matches(held)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            listed = ", ".join(f"{held.account}/{held.value.id}" for held in hits)
            raise NotThere(f"More than one {noun} is called “{text}”.", hint=f"Say one: {listed}.")
        if found.unreachable and not found.items:
            raise NotThere(f"No {noun} can be looked up now.", hint=" ".join(found.unreachable))
        listed_names = {names(held).casefold(): names(held) for held in found.items}
        near = difflib.get_close_matches(text.casefold(), listed_names, n=1)
        hint = f"Did you mean “{listed_names[near[0]]}”?" if near else ""
        raise NotThere(f"There is no {noun} “{text}”.", hint=hint)

    @staticmethod
    def _spelled(text: str, account: Account) -> PhoneNumber | None:
        try:
            return PhoneNumber.parse(text, account.region)
        except UsageError:
            return None
