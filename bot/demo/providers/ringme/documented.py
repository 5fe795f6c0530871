"""The document as a table, and requests checked against it.

The table is the list of endpoints beside the bot's client. Only the list is shared: how requests
are made from it and how they are checked against it are two pieces of code that may disagree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from bot.demo.providers.ringme.envelope import bad_request, not_found

_LIST = Path(__file__).parents[3] / "providers" / "ringme" / "endpoints.json"
_NONE = "None"

Fields = Mapping[str, Mapping[str, Any]]


class Endpoint(NamedTuple):
    """One call of the document."""

    name: str
    method: str
    path: str
    status: int
    answer: str
    model: str
    parameters: tuple[Mapping[str, Any], ...]

    def placed(self, place: str) -> Fields:
        """Its parameters in the path, the query, the json or the form, by name."""
        return {each["name"]: each for each in self.parameters if each["in"] == place}

    def defaults(self) -> dict[str, Any]:
        """What the document says of parameters that are left out."""
        return {each["name"]: each["default"] for each in self.parameters if "default" in each}


class _Table(NamedTuple):
    endpoints: tuple[Endpoint, ...]
    models: Mapping[str, tuple[Mapping[str, Any], ...]]
    nested: Mapping[str, tuple[Mapping[str, Any], ...]]


@cache
def table() -> _Table:
    """The list, read once."""
    listed = json.loads(_LIST.read_text(encoding="utf-8"))
    endpoints = tuple(
        Endpoint(
            each["call"],
            each["call"].partition(" ")[0],
            each["call"].partition(" ")[2],
            each["status"],
            each["answer"],
            each.get("model", ""),
            tuple(each["parameters"]),
        )
        for each in listed["endpoints"]
    )
    nested = {name: tuple(model["fields"]) for name, model in listed["nested"].items()}
    models = {name: tuple(model["fields"]) for name, model in listed["models"].items()}
    return _Table(endpoints, models, nested)


def shaped(model: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with exactly the documented fields; what it lacks is the default, or null."""
    return {
        each["name"]: row.get(each["name"], each.get("default")) for each in table().models[model]
    }


def found(method: str, path: str) -> tuple[Endpoint, dict[str, str]] | None:
    """The call that a path with escaped segments means, and what stands in the path."""
    for endpoint in table().endpoints:
        match = _pattern(endpoint.path).fullmatch(path) if endpoint.method == method else None
        if match:
            return endpoint, {name: unquote(value) for name, value in match.groupdict().items()}
    return None


def methods_of(path: str) -> list[str]:
    """The methods that a path has."""
    return sorted(
        {each.method for each in table().endpoints if _pattern(each.path).fullmatch(path)}
    )


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template))


def path_values(endpoint: Endpoint, given: Mapping[str, str]) -> dict[str, Any]:
    """Numbers in the path as numbers; a word instead is an address that does not exist."""
    values: dict[str, Any] = dict(given)
    for name, field in endpoint.placed("path").items():
        if field["type"] == "integer":
            if not re.fullmatch(r"\d{1,18}", given[name]):
                raise not_found("Not found")
            values[name] = int(given[name])
    return values


def query_values(endpoint: Endpoint, given: list[tuple[str, str]]) -> dict[str, Any]:
    """The query with its documented types; a list repeats its name."""
    fields = endpoint.placed("query")
    values: dict[str, Any] = {}
    for name, text in given:
        if name not in fields:
            raise bad_request(f"{name}: unknown argument")
        kind = fields[name]["type"]
        value = _from_text(name, kind.strip("[]"), text)
        if kind.startswith("["):
            values.setdefault(name, []).append(value)
        elif name in values:
            raise bad_request(f"{name}: is given twice")
        else:
            values[name] = value
    return _complete(fields, values, none_as_word=False)


def json_values(endpoint: Endpoint, body: Any, *, none_as_word: bool) -> dict[str, Any]:
    """A JSON body with its documented types.

    Args:
        none_as_word: an enumeration's None is the text, not null.
    """
    fields = endpoint.placed("json")
    if not isinstance(body, dict):
        raise bad_request("the body is no object")
    for name, value in body.items():
        if name not in fields:
            raise bad_request(f"{name}: unknown argument")
        if value is None:
            if fields[name].get("required"):
                raise bad_request(f"{name}: must not be null")
            if _NONE in fields[name].get("one_of", ()) and none_as_word:
                raise bad_request(f"{name}: must not be null")
        elif not _fits(fields[name]["type"], value):
            raise bad_request(f"{name}: must be {fields[name]['type']}")
    return _complete(fields, body, none_as_word=none_as_word)


def form_values(endpoint: Endpoint, given: Mapping[str, Any]) -> dict[str, Any]:
    """A form; files are `(name, content)`."""
    fields = endpoint.placed("form")
    for name, value in given.items():
        if name not in fields:
            raise bad_request(f"{name}: unknown argument")
        if isinstance(value, tuple) != (fields[name]["type"] == "file"):
            raise bad_request(f"{name}: must be {fields[name]['type']}")
    return _complete(fields, given, none_as_word=False)


def _complete(fields: Fields, values: Mapping[str, Any], *, none_as_word: bool) -> dict[str, Any]:
    for name, field in fields.items():
        if field.get("required") and name not in values:
            raise bad_request(f"{name}: is required")
        words = field.get("one_of")
        value = values.get(name)
        if words and value is not None:
            allowed = words if none_as_word else [word for word in words if word != _NONE]
            if value not in allowed:
                raise bad_request(f"{name}: must be one of {', '.join(allowed)}")
    return dict(values)


def _from_text(name: str, kind: str, text: str) -> Any:
    if kind == "integer":
        if not re.fullmatch(r"-?\d{1,18}", text):
            raise bad_request(f"{name}: must be integer")
        return int(text)
    if kind == "boolean":
        if text not in ("true", "false"):
            raise bad_request(f"{name}: must be boolean")
        return text == "true"
    return text


def _fits(kind: str, value: Any) -> bool:
    if kind.startswith("["):
        return isinstance(value, list) and all(_fits(kind.strip("[]"), item) for item in value)
    match kind:
        case "string":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case _:
            fields = {each["name"]: each["type"] for each in table().nested[kind]}
            return isinstance(value, dict) and all(
                name in fields and (part is None or _fits(fields[name], part))
                for name, part in value.items()
            )
