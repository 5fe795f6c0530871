"""What RingMe's calls and answers have in common.

Read tolerantly: the document is an old version of the page, so unknown fields and words stay as
they are, any field may be missing, and a number may come as text. Written strictly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_serializer

from bot.providers.operations import Operation, Place

R = TypeVar("R")

MASK = "•••"
"""What stands where a secret was."""

NONE = "None"
"""How the document prints the choice of nothing, which is null in JSON."""

_SECRET = re.compile(r"(^|_)(password|secret|token|pin)$", re.IGNORECASE)

Id = Annotated[str, Field(min_length=1)]
"""An identifier in the path."""


class _NullWord(BeforeValidator):
    """Marks an enumeration one word of which stands for null."""


NoneIsNull = _NullWord(lambda value: None if value == NONE else value)
"""Reads the word None as null."""


@dataclass(frozen=True, slots=True)
class Usually:
    """Marks a field of an answer with the words that the document names; others may come.

    Attributes:
        words: a `Literal` of them.
    """

    words: Any


class Wire(BaseModel):
    """An object as RingMe writes it. A default is the one that its document states."""

    model_config = ConfigDict(
        extra="allow", frozen=True, coerce_numbers_to_str=True, defer_build=True
    )

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


class Nothing(Wire):
    """The answer to a call that only does something."""


class RingMeOperation(Operation[R], Generic[R]):
    """A call to RingMe.

    Attributes:
        form: whether the body is a form instead of JSON.
    """

    # Only the provider's own names are parameters.
    model_config = ConfigDict(populate_by_name=False, defer_build=True)

    provider: ClassVar[str] = "ringme"
    form: ClassVar[bool] = False

    @classmethod
    def has_body(cls) -> bool:
        """Whether a parameter travels in the body."""
        return any(cls.place_of(name) is Place.BODY for name in cls.model_fields)

    def body(self, *, none_as_word: bool) -> dict[str, Any]:
        """The fields of the body that were given.

        Args:
            none_as_word: write the document's word where an enumeration is null.
        """
        values = self.values(Place.BODY)
        if none_as_word:
            for name, field in type(self).model_fields.items():
                written = field.alias or name
                marked = any(isinstance(mark, _NullWord) for mark in field.metadata)
                if marked and written in values and values[written] is None:
                    values[written] = NONE
        return values


class OfExtension(RingMeOperation[R], Generic[R]):
    """A call about one extension."""

    extension_id: Id = Field(description="the extension; @me stands for the caller's own")


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
