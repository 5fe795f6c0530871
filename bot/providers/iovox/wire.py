"""What every answer of IOVOX has in common.

Unknown fields stay, figures come as text, and a list of one comes as the one.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_serializer,
    model_validator,
)

T = TypeVar("T")

MASK = "•••"
"""What stands where a secret was."""

_SECRET = re.compile(r"password|secret|secure_?key|token", re.IGNORECASE)


class Wire(BaseModel):
    """An object as IOVOX writes it, with the fields it came with and no others."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    @model_serializer(mode="plain")
    def _as_read(self) -> dict[str, Any]:
        known = {
            field.alias or name: getattr(self, name)
            for name, field in type(self).model_fields.items()
            if name in self.model_fields_set
        }
        return {**known, **(self.model_extra or {})}


def without_secrets(value: Any) -> Any:
    """The JSON value with every secret in it replaced by `MASK`, at any depth."""
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    if isinstance(value, dict):
        return {
            name: MASK if _SECRET.search(name) and isinstance(item, str) else without_secrets(item)
            for name, item in value.items()
        }
    return value


def _as_text(value: Any) -> Any:
    # An empty element becomes an empty object or list where XML was turned into JSON.
    if value in ({}, []):
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    # Text nobody expected to be more is no reason to refuse a whole list.
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _as_list(value: Any) -> Any:
    if value in (None, "", {}):
        return []
    return value if isinstance(value, list) else [value]


def inside(name: str) -> BeforeValidator:
    """Reads {"link_id": "7"} and {"link_id": ["7", "9"]} as the list that they are."""

    def unwrapped(value: Any) -> Any:
        return _as_list(value.get(name)) if isinstance(value, dict) else _as_list(value)

    return BeforeValidator(unwrapped)


Text = Annotated[str | None, BeforeValidator(_as_text)]
"""Text, or a figure as text; a truth is 1 or 0, as in XML."""

Many = Annotated[list[T], BeforeValidator(_as_list)]
"""One or many, or none."""

Results = Annotated[list[T], inside("result")]
LinkIds = Annotated[list[str], inside("link_id")]
Days = Annotated[list[str], inside("day")]
Phones = Annotated[list[Text], BeforeValidator(_as_list)]


def _figure(value: Any) -> Any:
    return None if value in ("", {}, []) else value


Figure = Annotated[int | None, BeforeValidator(_figure)]


class Page(Wire, Generic[T]):
    """A part of a list."""

    current_page: Figure = None
    total_pages: Figure = None
    total_results: Figure = None
    results: Results[T] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _is_one(cls, value: Any) -> Any:
        # Without this, any object at all would pass for an empty list.
        if isinstance(value, dict) and not value.keys() & cls.model_fields.keys():
            raise ValueError("is no page of a list")
        return value

    @property
    def last(self) -> bool:
        """Whether nothing follows; where that is not told, nothing does."""
        return (self.current_page or 1) >= (self.total_pages or 1)


class Done(Wire):
    """The answer of a call that only does something: mostly nothing at all."""
