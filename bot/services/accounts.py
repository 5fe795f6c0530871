"""The connected accounts."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import NotThere
from bot.domain.ports import Telephony
from bot.domain.records import News
from bot.domain.telephony import Capability

NewsReader = Callable[[str, bytes, str, datetime], Iterable[News]]
"""Reads a delivery: kind, body, content type, when it came; `DeliveryRefused` where it cannot."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account at a provider, by the name that the settings give it.

    Attributes:
        region: ISO country whose national number form is used.
        hooks: kinds of deliveries that the provider sends.
        secrets: accepted in the address of a delivery; none means that none is accepted.
        where_to_paste: how a person makes the deliveries come, with `{url}` in it.
        poll_minutes: how often the call history is read; 0 for never.
    """

    name: str
    telephony: Telephony
    region: str
    hooks: tuple[str, ...]
    secrets: tuple[str, ...]
    news: NewsReader
    where_to_paste: str
    poll_minutes: int


class Accounts:
    """All accounts, in the order of the settings."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_name = {account.name: account for account in accounts}

    def __iter__(self) -> Iterator[Account]:
        return iter(self._by_name.values())

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def able(self, capability: Capability) -> Iterator[Account]:
        """The accounts whose provider can do a thing, as far as is known."""
        return (one for one in self if one.telephony.claim(capability).usable)

    def get(self, name: str) -> Account:
        """The account with this name.

        Raises:
            NotThere: there is none; the hint names the nearest, or all.
        """
        if name in self._by_name:
            return self._by_name[name]
        near = difflib.get_close_matches(name, self._by_name, n=1)
        listed = ", ".join(self._by_name) or "none"
        hint = f"Did you mean {near[0]}?" if near else f"There are: {listed}."
        raise NotThere(f"There is no account “{name}”.", hint=hint)
