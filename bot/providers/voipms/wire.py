"""Answers of VoIP.ms as they are read: tolerant of types, keeping what is not declared.

One field may be `1`, `"1"` or `true`; a list of one row may come as the row; money comes as text,
ids as text or as numbers. What a field cannot be read as stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MASK = "•••"
"""What stands where a secret was."""

_SECRET = re.compile(r"(^|_)(password|pass|secret|token|pin|api_key)$", re.IGNORECASE)
_NO_SECRET = frozenset({"skip_password"})
_YES = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False}

T = TypeVar("T")


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    # PHP writes an empty array where it has nothing.
    return "" if value in ([], {}) else value


def _flag(value: Any) -> Any:
    if isinstance(value, (bool, int, str)):
        return _YES.get(str(value).strip().lower(), _text(value))
    return _text(value)


def _count(value: Any) -> Any:
    text = _text(value)
    return int(text) if isinstance(text, str) and re.fullmatch(r"-?\d+", text, re.ASCII) else text


def _money(value: Any) -> Any:
    text = _text(value)
    try:
        number = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return text
    return number if number is not None and number.is_finite() else text


def _many(value: Any) -> Any:
    if isinstance(value, dict):
        # An array with gaps is written as an object with numbers for keys.
        return list(value.values()) if value and all(k.isdecimal() for k in value) else [value]
    return [] if value in (None, "", False) else value


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


Text = Annotated[str | None, BeforeValidator(_text)]
"""Words, numbers of telephones, ids, times."""

Flag = Annotated[bool | str | None, BeforeValidator(_flag)]
"""1/0 or yes/no; another word stays."""

Count = Annotated[int | str | None, BeforeValidator(_count)]
"""A whole number; another word stays."""

Money = Annotated[Decimal | str | None, BeforeValidator(_money)]
"""An amount, without its currency; another word stays."""

Many = Annotated[list[T], BeforeValidator(_many), Field(default_factory=list)]
"""Rows, none where the answer has no such list."""

One = Annotated[T, BeforeValidator(_one)]
"""A row that is documented as a list of one, and comes bare."""


class Record(BaseModel):
    """An object in an answer; fields that are not declared are kept."""

    # Most of them are never met in one run, so each is built when it is.
    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True, defer_build=True)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        shown = without_secrets(self.model_dump(mode="json"))
        return list(shown.items())


class Answer(Record):
    """What every function answers: `success`, or the code of a list without rows."""

    status: str


class Option(Record):
    """A value that another function takes, and what it means."""

    value: Text = None
    description: Text = None


def as_sent(read: Mapping[str, Any]) -> dict[str, str]:
    """Values that were read, as they are written; those that were not told are left out."""
    return {name: str(_text(value)) for name, value in read.items() if value not in (None, "")}


def without_secrets(value: Any, hidden: Collection[str] = ()) -> Any:
    """The JSON value with every password and PIN in it replaced by `MASK`, at any depth.

    Args:
        hidden: secrets that are masked wherever they stand in a text.
    """
    if isinstance(value, list):
        return [without_secrets(item, hidden) for item in value]
    if isinstance(value, Mapping):
        return {name: _shown(str(name), item, hidden) for name, item in value.items()}
    if isinstance(value, str):
        for secret in hidden:
            value = value.replace(secret, MASK)
    return value


def _shown(name: str, value: Any, hidden: Collection[str]) -> Any:
    if _SECRET.search(name) and name not in _NO_SECRET and not isinstance(value, (dict, list)):
        return MASK if value not in (None, "") else value
    return without_secrets(value, hidden)
