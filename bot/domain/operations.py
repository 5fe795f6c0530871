"""A provider's documented calls, as somebody sees them who does not know the provider."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Effect(Enum):
    """What a call does to the world; it decides on retries, rights and approval."""

    READS = "reads"
    CHANGES = "changes"
    REROUTES = "changes where calls go"
    COSTS_MONEY = "costs money"
    CANNOT_BE_UNDONE = "cannot be undone"

    @property
    def needs_approval(self) -> bool:
        """Whether a second person decides."""
        return self not in (Effect.READS, Effect.CHANGES)


class Place(Enum):
    """Where a parameter travels."""

    PATH = "path"
    QUERY = "query"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a call.

    Attributes:
        schema: its JSON schema.
    """

    name: str
    place: Place
    required: bool
    schema: Mapping[str, Any]
    description: str

    @property
    def types(self) -> tuple[str, ...]:
        """The JSON types that it may have: `("integer",)`; none where anything goes."""
        options = self.schema.get("anyOf", [self.schema])
        return tuple(str(option["type"]) for option in options if "type" in option)

    @property
    def choices(self) -> tuple[str, ...]:
        """Its allowed values, where they are named."""
        options = self.schema.get("anyOf", [self.schema])
        return tuple(str(value) for option in options for value in option.get("enum", ()))


@dataclass(frozen=True, slots=True)
class OperationInfo:
    """One documented call.

    Attributes:
        name: as the provider's documentation has it.
        alias: a friendlier one.
        rehearsal: the parameter by which the provider only tries it out; empty if there is none.
    """

    name: str
    alias: str
    purpose: str
    effect: Effect
    parameters: tuple[Parameter, ...]
    rehearsal: str = ""


def search(operations: Iterable[OperationInfo], text: str) -> list[OperationInfo]:
    """The calls in whose name, alias or purpose every word of the text stands."""
    words = text.casefold().split()
    return [
        operation
        for operation in operations
        if all(
            word in f"{operation.name} {operation.alias} {operation.purpose}".casefold()
            for word in words
        )
    ]


_SECRET = re.compile(r"password|secret|token|(^|_)pin$", re.IGNORECASE)


def hides(name: str) -> bool:
    """Whether a parameter of this name holds a secret, which nobody is shown."""
    return bool(_SECRET.search(name))
