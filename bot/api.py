"""Raw operations from the command line: found, described, called."""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.domain.errors import SetupError, UsageError
from bot.providers.operations import Blob, FileContent, Operation, Parameter, Place, named
from bot.providers.registry import connect, spec
from bot.settings import Settings

_STANDS_FOR_ONE = re.compile(r"@(me|self|owner|{\w+})")
"""Identifiers that begin with the sign which elsewhere means a file."""


def listing(settings: Settings, account: str) -> str:
    """All operations of an account's provider, one a line."""
    rows = [(o.name, o.alias, o.purpose()) for o in _operations(settings, account)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(
        f"{name:<{widths[0]}}  {alias:<{widths[1]}}  {purpose}" for name, alias, purpose in rows
    )


def describe(settings: Settings, account: str, name: str) -> str:
    """An operation's purpose, effect and parameters."""
    operation = _operation(settings, account, name)
    lines = [
        f"{operation.name}  ({operation.alias})",
        operation.purpose(),
        f"Effect: {operation.effect.value}",
    ]
    lines += [_line(parameter) for parameter in operation.parameters()] or ["No parameters."]
    return "\n".join(lines)


async def call(
    settings: Settings,
    account: str,
    name: str,
    given: Sequence[str],
    as_json: str | None,
    output: Path | None,
) -> Any:
    """Call an operation; answers its result as JSON values.

    Args:
        given: `key=value`, or `key=@PATH` for a file's content.
        as_json: more parameters as a JSON object; `-` reads it from stdin.
        output: where raw bytes go; without it they are part of the answer, in base64.
    """
    operation = _operation(settings, account, name)
    call_ = operation.read({**_json(as_json), **_pairs(given, operation)})
    provider = connect(settings.accounts[account])
    try:
        result = await provider.call(call_)
    finally:
        await provider.close()
    if isinstance(result, Blob) and output is not None:
        return _written(result, output)
    return operation.result.dump_python(result, mode="json", by_alias=True, warnings=False)


def _operations(settings: Settings, account: str) -> tuple[type[Operation[Any]], ...]:
    if account not in settings.accounts:
        near = difflib.get_close_matches(account, settings.accounts, n=1)
        known = ", ".join(settings.accounts) or "none"
        raise SetupError(
            f"There is no account “{account}” in the settings.",
            hint=f"Did you mean {near[0]}?" if near else f"There are: {known}.",
        )
    return spec(settings.accounts[account].provider).operations


def _operation(settings: Settings, account: str, name: str) -> type[Operation[Any]]:
    listed_by = f"`switchboard api {account}` lists them."
    return named(_operations(settings, account), name, listed_by=listed_by)


def _json(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    try:
        value = json.loads(sys.stdin.read() if text == "-" else text)
    except ValueError as wrong:
        raise UsageError(f"--json is not valid JSON: {wrong}.") from None
    except RecursionError:
        raise UsageError("--json is not valid JSON: it is nested too deeply.") from None
    if not isinstance(value, dict):
        raise UsageError('--json takes an object, like \'{"name": "Sales"}\'.')
    return value


def _pairs(given: Sequence[str], operation: type[Operation[Any]]) -> dict[str, Any]:
    declared = {parameter.name: parameter for parameter in operation.parameters()}
    values: dict[str, Any] = {}
    for pair in given:
        key, sign, value = pair.partition("=")
        if not sign or not key:
            raise UsageError(f"“{pair}” is not key=value.")
        values[key] = _value(key, value, declared.get(key))
    return values


def _value(key: str, value: str, parameter: Parameter | None) -> Any:
    is_file = parameter is not None and parameter.schema.get("format") == "binary"
    in_path = parameter is not None and parameter.place is Place.PATH
    if in_path and _STANDS_FOR_ONE.fullmatch(value):
        return value
    if not (value.startswith("@") or is_file):
        return value
    if not value.startswith("@"):
        raise UsageError(f"{key}: is a file; write {key}=@PATH.")
    path = Path(value[1:])
    try:
        content = path.read_bytes()
        return FileContent(content, path.name) if is_file else content.decode()
    except (OSError, UnicodeDecodeError) as wrong:
        reason = getattr(wrong, "strerror", None) or "it is not text"
        raise UsageError(f"Cannot read {path}: {reason}.") from None


def _written(blob: Blob, output: Path) -> dict[str, str]:
    try:
        output.write_bytes(blob.content)
    except OSError as wrong:
        raise UsageError(f"Cannot write {output}: {wrong.strerror}.") from None
    return {"content_type": blob.content_type, "written": str(output)}


def _line(parameter: Parameter) -> str:
    need = "required" if parameter.required else "optional"
    kind = " or ".join(parameter.types) or "value"
    words = f"  {parameter.name}  {kind}, {parameter.place.value}, {need}"
    if parameter.choices:
        words += f", one of {', '.join(parameter.choices)}"
    if parameter.schema.get("default") is not None:
        words += f", {json.dumps(parameter.schema['default'])} where it is left out"
    return f"{words}  {parameter.description}".rstrip()
