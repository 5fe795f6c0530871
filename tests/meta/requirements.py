"""The hashed requirements under deploy: `python -m tests.meta.requirements --write` renews them.

Without `--write` it says what in them does not fit `pyproject.toml`; no registry is asked.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
HEADER = "# Made by `python -m tests.meta.requirements --write`.\n"

_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Pinned:
    """One file of pinned names.

    Attributes:
        table, key: where in `pyproject.toml` the direct dependencies stand.
        maker: arguments of uv that print the file; the dependencies are its input.
    """

    name: str
    table: str
    key: str
    maker: tuple[str, ...]

    @property
    def path(self) -> Path:
        """Where it is."""
        return DEPLOY / self.name

    def wanted(self) -> list[str]:
        """The direct dependencies."""
        content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        wanted: list[str] = content[self.table][self.key]
        return wanted

    def made(self) -> str:
        """The file as the registry's present state makes it."""
        printed = subprocess.run(  # noqa: S603 - our own words
            ["uv", *self.maker],  # noqa: S607 - whoever calls this has uv
            cwd=ROOT,
            check=True,
            input="\n".join(self.wanted()),
            stdout=subprocess.PIPE,
            text=True,
        )
        return HEADER + printed.stdout

    def findings(self) -> list[str]:
        """What is wrong with the file, in sentences."""
        return list(findings(self.path.read_text(encoding="utf-8"), self.wanted()))


FILES = (
    Pinned(
        "requirements.txt",
        "project",
        "dependencies",
        ("export", "--quiet", "--upgrade", "--no-dev", "--no-emit-project", "--no-header",
         "--format=requirements-txt"),
    ),
    Pinned(
        "requirements-build.txt",
        "build-system",
        "requires",
        ("pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version=3.11",
         "--generate-hashes", "--no-header", "--no-annotate", "-"),
    ),
)  # fmt: skip


def findings(text: str, wanted: Sequence[str]) -> Iterator[str]:
    """What is wrong with pinned requirements that should satisfy the wanted ones."""
    if "://" in text or re.search(r"^-", text, re.MULTILINE):
        yield "there is an address or an option in it; it holds pinned names and hashes alone"
    pinned: dict[str, str] = {}
    for requirement, rest in entries(text):
        pins = [spec.version for spec in requirement.specifier if spec.operator == "=="]
        if len(pins) != 1 or len(requirement.specifier) != 1:
            yield f"{requirement.name} is not pinned to one version"
            continue
        pinned[canonicalize_name(requirement.name)] = pins[0]
        if not rest or not all(_HASH.fullmatch(word) for word in rest):
            yield f"{requirement.name} has no hash, or something else beside it"
    for direct in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(direct.name))
        if version is None:
            yield f"{direct.name} is wanted by pyproject.toml and not in it"
        elif version not in direct.specifier:
            yield f"{direct.name} is {version} in it, and pyproject.toml wants {direct.specifier}"


def entries(text: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Each requirement, with what else stands in its lines: the hashes."""
    for line in text.replace("\\\n", " ").splitlines():
        words = line.partition("#")[0].strip()
        if words and not words.startswith("-"):
            requirement, *rest = re.split(r"\s+(?=--)", words)
            yield Requirement(requirement), rest


def main() -> int:
    """Renew the files, or say what is wrong with them."""
    wrong = 0
    for file in FILES:
        if "--write" in sys.argv[1:]:
            file.path.write_text(file.made(), encoding="utf-8")
        for sentence in file.findings():
            wrong += 1
            sys.stderr.write(f"deploy/{file.name}: {sentence}.\n")
    if wrong:
        sys.stderr.write("Renew them: python -m tests.meta.requirements --write\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
