"""Small checks from which the grammar of Block Kit is put together.

A check is a function of a value, its JSON pointer and the findings so far. It adds a sentence for
everything that Slack would refuse, in Slack's own words, and raises nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]


@dataclass(slots=True)
class Findings:
    """What is wrong with one payload, for one surface."""

    surface: Surface
    messages: list[str] = field(default_factory=list)

    def add(self, words: str, pointer: str) -> None:
        """Note a finding at a JSON pointer."""
        self.messages.append(f"[ERROR] {words} [json-pointer:{pointer}]")


Check = Callable[[Any, str, Findings], None]
Rule = Callable[[Mapping[str, Any], str, Findings], None]


def string(most: int, least: int = 1) -> Check:
    """A string of ``least`` to ``most`` characters."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add("must provide a string", pointer)
        elif len(value) < least:
            findings.add(f"must be more than {least - 1} characters", pointer)
        elif len(value) > most:
            findings.add(f"must be less than {most + 1} characters", pointer)

    return check


def matching(pattern: str, words: str) -> Check:
    """A string that matches a pattern as a whole."""
    compiled = re.compile(pattern)

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            findings.add(words, pointer)

    return check


def boolean(value: Any, pointer: str, findings: Findings) -> None:
    """True or false."""
    if not isinstance(value, bool):
        findings.add("must provide a boolean", pointer)


def integer(least: int, most: int) -> Check:
    """A whole number within bounds, both included."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            findings.add("must provide an integer", pointer)
        elif value < least:
            findings.add(f"must be greater than or equal to {least}", pointer)
        elif value > most:
            findings.add(f"must be less than or equal to {most}", pointer)

    return check


def word(*allowed: str) -> Check:
    """One of a few words."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if value not in allowed:
            findings.add("must be a valid enum value", pointer)

    return check


def items(each: Check, least: int, most: int) -> Check:
    """An array of ``least`` to ``most`` items, all of one kind."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, list):
            findings.add("must provide an array", pointer)
            return
        if len(value) < least:
            findings.add(f"no fewer than {least} items allowed", pointer)
        if len(value) > most:
            findings.add(f"no more than {most} items allowed", pointer)
        for index, item in enumerate(value):
            each(item, f"{pointer}/{index}", findings)

    return check


def anything(_value: Any, _pointer: str, _findings: Findings) -> None:
    """Whatever it is, it is not looked into."""


def fields(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *rules: Rule,
) -> Check:
    """An object with these fields and no others; rules look at the object as a whole."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must provide an object", pointer)
            return
        for name in required:
            if name not in value:
                findings.add(f"missing required field: {name}", pointer)
        for name, content in value.items():
            if name not in known:
                findings.add(f"invalid additional property: {name}", pointer)
            else:
                known[name](content, f"{pointer}/{name}", findings)
        for rule in rules:
            rule(value, pointer, findings)

    return check


def typed(table: Mapping[str, Check], allowed: Callable[[str, Surface], bool]) -> Check:
    """An object whose ``type`` picks its check; ``allowed`` says which types may stand here."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must provide an object", pointer)
            return
        kind = value.get("type")
        if kind is None:
            findings.add("missing required field: type", pointer)
        elif not isinstance(kind, str) or kind not in table or not allowed(kind, findings.surface):
            findings.add(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            table[kind](value, pointer, findings)

    return check
