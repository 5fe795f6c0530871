"""What some tests need of the machine: looked for once, and told where it is missing."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@cache
def postgres_binaries() -> Path | None:
    """The folder of PostgreSQL's server programs; Debian keeps it off the PATH."""
    on_path = shutil.which("initdb")
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(debian, key=lambda folder: _version(folder.parent.name), reverse=True)
    for folder in ([Path(on_path).resolve().parent] if on_path else []) + newest_first:
        if all((folder / program).exists() for program in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


def _version(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return 0.0


@cache
def chromium() -> Path | None:
    """A Chromium or Chrome; the variable CHROMIUM names one that stands elsewhere."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names if name)
    return next((Path(path) for path in found if path), None)


@dataclass(frozen=True)
class Need:
    """A marker, and what a machine must have for the tests that carry it."""

    marker: str
    find: Callable[[], Path | None]
    without: str


NEEDS = (
    Need(
        "postgres",
        postgres_binaries,
        "PostgreSQL: no server binaries on this machine (Debian: apt install postgresql)",
    ),
    Need(
        "browser",
        chromium,
        "Chromium: none on this machine (Debian: apt install chromium; or name it in CHROMIUM)",
    ),
)
