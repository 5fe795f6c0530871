"""What every Yay.com object has in common: unknown fields stay, secrets do not pass."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, model_serializer

MASK = "•••"
"""What stands where a secret was."""

_SECRET = re.compile(r"(^|_)(password|secret|token|pin|access_code)$", re.IGNORECASE)


class Wire(BaseModel):
    """An object as Yay.com writes it.

    It is written back with exactly the fields it was read with, unknown ones among them: a PUT
    replaces the whole object, so a field left out is a field reset.
    """

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


class Nothing(Wire):
    """The empty result of a call that only does something."""


def without_secrets(value: Any) -> Any:
    """The JSON value with every password and PIN in it replaced by `MASK`, at any depth."""
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    if isinstance(value, dict):
        return {name: _shown(name, item) for name, item in value.items()}
    return value


def _shown(name: str, value: Any) -> Any:
    # An object under such a name is no secret: the keys of a call flow's modules are free.
    if _SECRET.search(name) and not isinstance(value, dict | list):
        return MASK if value not in (None, "") else value
    return without_secrets(value)
