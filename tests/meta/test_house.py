"""The rules of the house, read from the program text."""

import ast
import importlib
import inspect
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.domain import errors
from bot.domain.errors import BotError, SetupError

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "commands")
LONGEST = 450

HEAVY = (
    "aiohttp.web,alembic.command,apscheduler.triggers.cron,asyncpg,filelock,httpx,"
    "phonenumbers,prometheus_client,pydantic,slack_bolt.async_app,slack_sdk,sqlmodel.ext.asyncio.session,"
    "sqlalchemy.ext.asyncio,structlog,typer"
)
"""What is not ours and takes long to import (or tries the file system out, as filelock does):
loaded once, before our modules one by one."""


def _files() -> list[Path]:
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _modules() -> dict[str, Path]:
    """Every module by name; migrations are scripts that only alembic runs."""
    return {_name(file): file for file in _files() if "migrations" not in file.parts}


def _imports(file: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, wherever in it the import stands."""
    package = _name(file).split(".")[: None if file.name == "__init__.py" else -1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_the_packages_are_the_ones_of_this_repository() -> None:
    for name in PACKAGES:
        found = importlib.import_module(name).__file__
        assert found is not None
        assert Path(found) == ROOT / name / "__init__.py"


@pytest.mark.parametrize(
    ("what", "where"),
    [
        ("httpx", ["bot.providers.transport"]),
        ("sqlalchemy", ["bot.store"]),
        ("sqlmodel", ["bot.store"]),
        ("alembic", ["bot.store"]),
        ("slack_bolt", ["bot.slack"]),
        ("slack_sdk", ["bot.slack"]),
        ("apscheduler", ["bot.jobs"]),
        ("commands", ["commands", "bot.__main__"]),
        ("bot.demo", ["bot.demo", "bot.__main__"]),
    ],
)
def test_who_may_import_what(what: str, where: list[str]) -> None:
    strangers = [
        str(file.relative_to(ROOT))
        for file in _files()
        if any(_is_in(name, what) for name in _imports(file))
        and not any(_is_in(_name(file), home) for home in where)
    ]
    assert strangers == [], f"only {' and '.join(where)} may import {what}"


def test_files_have_one_subject() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in _files()
    }
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST} == {}


def test_the_layers_hold() -> None:
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_importing_does_nothing_and_works_in_any_order() -> None:
    """Each module is imported by itself, first of all of ours, in a process that watches."""
    script = Path(__file__).with_name("imports.py")
    watched = subprocess.run(  # noqa: S603 (our own script)
        [sys.executable, "-B", "-W", "error", str(script), HEAVY, *_modules()],
        cwd=ROOT,
        env={"PATH": "", "SWITCHBOARD_CONFIG": "/nowhere/switchboard.toml"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert watched.stdout.splitlines() == []
    assert watched.returncode == 0, watched.stderr


def _classes() -> list[type[BaseException]]:
    members = inspect.getmembers(errors, inspect.isclass)
    return [
        kind
        for _, kind in members
        if issubclass(kind, BaseException) and kind.__module__ == errors.__name__
    ]


@pytest.mark.parametrize("kind", _classes(), ids=lambda kind: kind.__name__)
def test_every_error_is_in_the_tree_and_explains_itself(kind: type[BaseException]) -> None:
    assert issubclass(kind, BotError | SetupError)
    assert "__doc__" in vars(kind)
    assert (kind.__doc__ or "").strip()


def test_a_wrong_installation_is_no_error_that_anything_forgives() -> None:
    assert not issubclass(SetupError, BotError)
