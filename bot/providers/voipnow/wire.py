"""What VoipNow's calls and answers have in common (fact sheet B3 to B5).

Written strictly, since a path that lost its last word deletes more than was meant. Read tolerantly:
numbers come as text or as numbers, empty fields are left out, unknown ones are kept.
"""

# ruff: noqa: N815 - the names are the provider's

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.providers.operations import Operation, Place, Whole

R = TypeVar("R")
T = TypeVar("T", bound="Wire")

MASK = "•••"
"""What stands where a secret was."""

_SECRET = re.compile(r"(^|_)(password|secret|token|pin)$", re.IGNORECASE)

SELF = "@self"
"""All extensions of the user, where a call takes it."""


# What is sent


def spelt(pattern: str, words: str) -> AfterValidator:
    """A check of how a text is written; the words say what it is, after its name."""
    whole = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not whole.fullmatch(text):
            raise PydanticCustomError("spelling", "{words}", {"words": words})
        return text

    return AfterValidator(check)


def _never_all(number: str) -> str:
    if number == SELF:
        raise PydanticCustomError("one_extension", "is one extension here, never @self")
    return number


def _as_digits(value: Any) -> Any:
    # True equals 1, but is none.
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "input should be a whole number")
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]", value) else value


Digit = BeforeValidator(_as_digits)
"""Reads a number of an enumeration as a number, whether it was typed as one or as text."""

AsText = PlainSerializer(str, return_type=str)
"""Writes a number as text, as the documents do."""

UserId = Annotated[
    str, spelt(r"@me|@viewer|@owner|[A-Za-z0-9_-]+", "is @me, @viewer, @owner or a user's id")
]
"""Whose extensions: the authenticated user's (@me, @viewer), the extension's owner's, or an id."""

Extensions = Annotated[str, spelt(r"@self|\d+(\*\d+)?", "is an extension like 0003*210")]
"""The number of an extension, or @self for all of the user's."""

OneExtension = Annotated[Extensions, AfterValidator(_never_all)]
"""The number of one extension; the document forbids @self."""

ObjectId = Annotated[str, spelt(r"[A-Za-z0-9]{1,255}", "is an event's id, of letters and digits")]
"""The id of an event: letters and digits, never empty."""

CallId = Annotated[str, spelt(r"[A-Za-z0-9._-]{1,255}", "is a call's id")]
"""The id of a call."""

AgentId = Annotated[str, spelt(r"[A-Za-z0-9*+_-]+", "is an agent's extension or id")]
"""A local agent's extension number, or a remote agent's id."""

PhoneNumber = Annotated[str, spelt(r"\+?\d+(\*\d+)?", "is a number, or an extension like 0003*210")]
"""A public number, or an extension's."""

EventType = Annotated[Literal[0, 1, 2, 3, 4], Digit, AsText]
"""0 dial-in, 1 dial-out, 2 hang-up, 3 and 4 answer of an incoming and of an outgoing call.

3 and 4 are known to newer versions only.
"""

Flag = Annotated[Literal[0, 1], Digit, AsText]
"""0 or 1, which the documents write as text."""

Seconds = Annotated[Whole, Field(ge=1), AsText]
"""Seconds, which the documents write as text."""

Comma = PlainSerializer(",".join, return_type=str)
"""Writes a list as words with commas between them."""


class VoipNowOperation(Operation[R], Generic[R]):
    """A call to VoipNow.

    Attributes:
        guess: the setting that holds its path, where sources disagree on it.
        nothing: what an answer 204, which has no body, amounts to.
    """

    # Only the provider's own names are parameters.
    model_config = ConfigDict(populate_by_name=False)

    provider: ClassVar[str] = "voipnow"
    guess: ClassVar[str] = ""
    nothing: ClassVar[Any] = ()

    def filled_path(self, template: str = "") -> str:
        """The path with its parameters; `*` and `@` stay as the document prints them.

        Both may stand in a path as they are, and whether the server reads %2A is not known.
        """
        return super().filled_path(template).replace("%2A", "*").replace("%40", "@")

    def body(self) -> Any:
        """What is sent as JSON; None where the call has no body."""
        return self.values(Place.BODY) if self.method in ("POST", "PUT") else None


# What is read


_IDENTIFIES = {"id", "uid", "extension", "agentNumber", "identifier"}
"""By one of these a single object is known, where a list was to be expected."""


def _number(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
        return int(value)
    return value


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Number = Annotated[Any, BeforeValidator(_number)]
"""A number, which may come as text; any other thing stays what it is."""

Word = Annotated[Any, BeforeValidator(_text)]
"""A text, which may come as a number; any other thing stays what it is."""


class Wire(BaseModel):
    """An object as VoipNow writes it."""

    model_config = ConfigDict(extra="allow", frozen=True)

    @model_serializer(mode="plain")
    def _as_read(self) -> dict[str, Any]:
        known = {
            field.alias or name: getattr(self, name)
            for name, field in type(self).model_fields.items()
            if name in self.model_fields_set
        }
        return {**known, **(self.model_extra or {})}

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return list(without_secrets(self._as_read()).items())


class Collection(Wire, Generic[T]):
    """A page of objects; the call history's are keyed by the call's id, others are a list."""

    entry: list[T] | dict[str, T] = Field(default_factory=list)
    startIndex: Number = None
    itemsPerPage: Number = None
    totalResults: Number = None
    filtered: Any = None
    sorted: Any = None
    links: Any = None

    @model_validator(mode="before")
    @classmethod
    def _a_page(cls, value: Any) -> Any:
        if isinstance(value, list):
            return {"entry": value}
        if isinstance(value, dict) and "entry" not in value:
            if not _IDENTIFIES & value.keys():
                raise PydanticCustomError("no_page", "is no page of objects")
            return {"entry": [value]}
        return value

    def rows(self) -> Iterator[tuple[str, T]]:
        """The objects with their keys; the key is empty where the page is a list."""
        if isinstance(self.entry, dict):
            yield from self.entry.items()
        else:
            yield from (("", row) for row in self.entry)

    @property
    def total(self) -> int | None:
        """How many there are on all pages, if it is told."""
        return self.totalResults if isinstance(self.totalResults, int) else None


def _as_list(value: Any) -> Any:
    """The document speaks of one object and prints an array of them."""
    return [value] if isinstance(value, dict) and _IDENTIFIES & value.keys() else value


Several = BeforeValidator(_as_list)
"""Marks an answer that is an array, or a single object."""


def without_secrets(value: Any) -> Any:
    """The JSON value with every password and PIN in it replaced by `MASK`, at any depth."""
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    if isinstance(value, dict):
        return {name: _shown(name, item) for name, item in value.items()}
    return value


def _shown(name: str, value: Any) -> Any:
    if _SECRET.search(name) and not isinstance(value, dict | list):
        return MASK if value not in (None, "") else value
    return without_secrets(value)
