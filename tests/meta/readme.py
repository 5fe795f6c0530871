"""What is derived from the code: parts of the README, and files under deploy.

`python -m tests.meta.readme --write` renews all of it; without `--write` it says what is behind.
The benchmark's table has such markers too, and is written by `python -m tests.bench --write`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from bot.domain.people import Right, Role
from bot.providers.registry import all_specs
from bot.settings import env_example
from bot.slack.declare import Catalogue, Command
from bot.slack.manifest import manifest
from commands import GROUPS

ROOT = Path(__file__).parents[2]
README, DEPLOY = ROOT / "README.md", ROOT / "deploy"
EXAMPLE = DEPLOY / "switchboard.example.toml"
ADDRESS = "https://phones.example.com"

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


def _least(command: Command) -> Role:
    return command.right.role if command.right else Role.NOBODY


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


def whole() -> str:
    """The README with its derived parts as they should be."""
    text = README.read_text(encoding="utf-8")
    for name, made in SECTIONS.items():
        text = replaced(text, name, made())
    return text


def printed_manifest(url: str) -> str:
    """The Slack app manifest as `switchboard manifest` prints it."""
    return json.dumps(manifest(Catalogue(GROUPS), url=url), indent=2, ensure_ascii=False) + "\n"


DERIVED: Mapping[Path, Callable[[], str]] = {
    README: whole,
    DEPLOY / "env.example": env_example,
    DEPLOY / "manifest.json": partial(printed_manifest, ""),
    DEPLOY / "manifest-http.json": partial(printed_manifest, ADDRESS),
}


def main() -> int:
    """Renew what is derived, or say which files are behind."""
    if "--write" in sys.argv[1:]:
        for file, made in DERIVED.items():
            file.write_text(made(), encoding="utf-8")
        return 0
    behind = [file for file, made in DERIVED.items() if file.read_text("utf-8") != made()]
    for file in behind:
        sys.stderr.write(f"{file.relative_to(ROOT)} is behind.\n")
    if behind:
        sys.stderr.write("Renew it: python -m tests.meta.readme --write\n")
    return int(bool(behind))


if __name__ == "__main__":
    sys.exit(main())
