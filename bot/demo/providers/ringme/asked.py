"""A checked request, and the table of what answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.demo.providers.ringme.account import Account, Extension, Row


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose parameters fit the document.

    Attributes:
        path: its values, numbers as numbers.
        values: the query and the body.
        origin: where the API listens, for links to itself.
    """

    account: Account
    path: Row
    values: Row
    now: datetime
    origin: str

    @property
    def extension(self) -> Extension:
        """The extension that the path names."""
        return self.account.extension(self.path["extension_id"])


Responder = Callable[[Asked], Any]


class Responders:
    """What answers each call, by its name."""

    def __init__(self) -> None:
        self.by_name: dict[str, Responder] = {}

    def on(self, method: str, below: str) -> Callable[[Responder], Responder]:
        """Answers a call below an extension."""

        def kept(responder: Responder) -> Responder:
            self.by_name[f"{method} /extension/{{extension_id}}/{below}"] = responder
            return responder

        return kept
