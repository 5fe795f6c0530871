"""The derived parts of the README: `python -m tests.meta.readme --write` renews them.

Without `--write` it says which parts are not as they should be. The benchmark's table has markers
of the same form and is written by `python -m tests.bench --write`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from bot.domain.people import Right, Role
from bot.providers.registry import all_specs
from bot.slack.declare import Catalogue, CommandGroup
from commands import GROUPS

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
EXAMPLE = ROOT / "deploy" / "switchboard.example.toml"

EVERYBODY = "everybody"


def table(*rows: Iterable[str]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = [list(row) for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def commands() -> str:
    """Everything that can be typed, by group, what most people may do first."""
    return table(("type", "what it does", "least role"), *_commands())


def _commands() -> Iterator[tuple[str, str, str]]:
    for group in Catalogue(GROUPS).groups:
        for command in sorted(group.commands, key=_least):
            role = command.right.role.title if command.right else EVERYBODY
            yield f"`{command.usage}`", command.help.rstrip("."), role


def _least(command: CommandGroup | object) -> int:
    right: Right | None = getattr(command, "right", None)
    return right.role if right else Role.NOBODY


def rights() -> str:
    """What each role may do."""
    roles = [role for role in Role if role is not Role.NOBODY]
    rows = [
        [right.words, *("yes" if role >= right.role else "" for role in roles)]
        for right in sorted(Right, key=lambda right: right.role)
    ]
    return table(["may", *(role.title for role in roles)], *rows)


def capabilities() -> str:
    """What each provider can do, in the words of its own claims."""
    return "\n\n".join(
        f"### {spec.title}\n\n"
        + table(
            ("what", "can it", "to know"),
            *((what.value, claim.support.value, claim.note) for what, claim in spec.claims.items()),
        )
        for spec in all_specs()
    )


def settings() -> str:
    """The example of the settings, as it is in deploy."""
    return f"```toml\n{EXAMPLE.read_text(encoding='utf-8').rstrip()}\n```"


SECTIONS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "rights": rights,
    "capabilities": capabilities,
    "settings": settings,
}


def section(text: str, name: str) -> str:
    """What stands between a section's markers."""
    return _parts(text, name)[1].strip()


def replaced(text: str, name: str, content: str) -> str:
    """The text with other content between a section's markers."""
    before, _, after = _parts(text, name)
    return f"{before}\n{content.strip()}\n{after}"


def _parts(text: str, name: str) -> tuple[str, str, str]:
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, found, rest = text.partition(begin)
    inside, found_end, after = rest.partition(end)
    if not found or not found_end:
        raise ValueError(f"the README has no section between {begin} and {end}")
    return before + begin, inside, end + after


def main() -> int:
    """Renew the derived parts, or say which are not as they should be."""
    text = README.read_text(encoding="utf-8")
    if "--write" in sys.argv[1:]:
        for name, made in SECTIONS.items():
            text = replaced(text, name, made())
        README.write_text(text, encoding="utf-8")
        return 0
    stale = [name for name, made in SECTIONS.items() if section(text, name) != made()]
    if stale:
        sys.stderr.write(f"README.md is behind in: {', '.join(stale)}.\n")
        sys.stderr.write("Renew it: python -m tests.meta.readme --write\n")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
