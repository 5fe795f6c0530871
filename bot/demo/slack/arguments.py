"""The arguments of a Web API call, whether they came as JSON, as a form or in the query."""

import json
from collections.abc import Mapping
from typing import Any

from bot.demo.slack.refusal import SlackRefusal

Json = dict[str, Any]


class Arguments:
    """Arguments by name; a form's strings are read as what the method expects."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}

    def require(self, *names: str) -> None:
        """Refuse when one of them is missing.

        Raises:
            SlackRefusal: ``invalid_arguments``, naming each.
        """
        missing = [name for name in names if self.given.get(name) in (None, "")]
        if missing:
            raise SlackRefusal(
                "invalid_arguments", [f"[ERROR] missing required field: {name}" for name in missing]
            )

    def text(self, name: str) -> str | None:
        """A string, or None."""
        value = self.given.get(name)
        return None if value is None else str(value)

    def flag(self, name: str) -> bool:
        """A boolean: true, ``"true"`` and ``"1"`` are true."""
        return str(self.given.get(name, "")).lower() in {"true", "1"}

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number of at least 1 and at most ``most``.

        Raises:
            SlackRefusal: ``invalid_limit``.
        """
        try:
            value = int(self.given.get(name) or default)
        except ValueError:
            raise SlackRefusal("invalid_limit") from None
        if value < 1:
            raise SlackRefusal("invalid_limit")
        return min(value, most)

    def structure(self, name: str, error: str) -> Any:
        """An array or object, given as such or as JSON in a string; None when absent.

        Raises:
            SlackRefusal: ``error``, when the string is no JSON.
        """
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackRefusal(error) from None
