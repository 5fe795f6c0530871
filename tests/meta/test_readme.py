"""The README says what is so: its derived parts, its tables, its links; and derived files."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
import typer.main
from typer.core import TyperGroup

from bot.__main__ import cli
from bot.web import application
from tests.meta import readme

ROOT = Path(__file__).parents[2]
TEXT = readme.README.read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "deploy" / "install.md"]


@pytest.mark.parametrize("file", readme.DERIVED, ids=lambda file: file.name)
def test_what_is_derived_is_as_its_source(file: Path) -> None:
    renew = "run `python -m tests.meta.readme --write`"
    assert file.read_text(encoding="utf-8") == readme.DERIVED[file](), renew


def test_writing_changes_nothing_outside_the_markers() -> None:
    changed = readme.replaced(TEXT, "rights", "other words")
    assert readme.section(changed, "rights") == "other words"
    assert readme.replaced(changed, "rights", readme.rights()) == TEXT


def test_a_section_without_markers_is_told() -> None:
    with pytest.raises(ValueError, match="begin"):
        readme.section("no markers", "rights")


def test_the_benchmark_has_its_place() -> None:
    readme.section(TEXT, "benchmark")


def test_the_two_commands_stand_first() -> None:
    first = re.findall(r"```sh\n(.*?)\n```", TEXT, re.DOTALL)[:2]
    assert first == ["pip install uv && uv run switchboard demo", "uv run pytest"]
    assert TEXT.index("uv run pytest") < TEXT.index("## ")


def _row(start: str) -> str:
    return next(line for line in TEXT.splitlines() if line.startswith(f"| `{start}"))


def test_the_command_line_is_told_whole() -> None:
    program = typer.main.get_command(cli)
    assert isinstance(program, TyperGroup)
    told = re.findall(r"^\| `switchboard (\w+)", TEXT, re.MULTILINE)
    assert sorted(told) == sorted(program.commands)
    for name, command in program.commands.items():
        row = _row(f"switchboard {name}")
        options = [each for each in command.params if each.param_type_name == "option"]
        for option in options:
            spellings = [*option.opts, *option.secondary_opts]
            assert any(spelling in row for spelling in spellings), f"{name} {spellings[0]}"


def test_the_http_paths_are_told_whole() -> None:
    async def slack(_: Any) -> Any:
        raise NotImplementedError

    anything = cast("Any", None)
    routes = application(anything, anything, anything, slack).router.routes()
    served = {(route.method, str(route.resource and route.resource.canonical)) for route in routes}
    told = set()
    for methods, path in re.findall(
        r"^\| `(GET|POST|GET` or `POST) (/\S+)` \|", TEXT, re.MULTILINE
    ):
        told |= {(method, path) for method in re.findall("[A-Z]+", methods)}
    assert {method for method in served if method[0] != "HEAD"} == told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    headings = {_anchor(line) for line in page.read_text("utf-8").splitlines() if line[:1] == "#"}
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        assert not file or (page.parent / file).exists(), target
        assert file or anchor in headings, target


def _anchor(heading: str) -> str:
    words = heading.lstrip("# ").lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


@pytest.mark.parametrize("module", ["tests.meta.readme", "tests.meta.requirements"])
def test_what_is_derived_can_be_checked_from_the_shell(module: str) -> None:
    checked = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", module], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
