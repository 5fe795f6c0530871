"""What an operator is given: derived files equal their sources, and everything is linted."""

import configparser
import json
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from bot.settings import PREFIX, env_example, load
from tests.meta import requirements

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SCRIPTS = (DEPLOY / "check.sh", ROOT / ".ci" / "run")
EXAMPLE = DEPLOY / "switchboard.example.toml"
NAMED = re.compile(r'"env:(\w+)"')


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _run(*words: str | Path) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 - our own words
        words, cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


# Settings


def test_the_example_of_the_settings_loads() -> None:
    secrets = {name: f"value-of-{name}" for name in NAMED.findall(_text(EXAMPLE))}
    settings = load({"SWITCHBOARD_CONFIG": str(EXAMPLE), **secrets})
    assert settings.accounts.keys() == {"london"}
    assert [line.number for line in settings.lines] == ["+442079460000", "+442079460001"]
    assert settings.needed_slack().app_token is not None


def test_every_secret_of_the_example_comes_from_the_environment() -> None:
    content = tomllib.loads(_text(EXAMPLE))
    account = content["accounts"]["london"]
    values = [*content["slack"].values(), account["password"], account["webhook_secret"]]
    assert all(value.startswith("env:") for value in values)


def test_the_instructions_name_every_secret_of_the_example() -> None:
    instructions = _text(DEPLOY / "install.md")
    assert [name for name in NAMED.findall(_text(EXAMPLE)) if f"{name}=" not in instructions] == []


# Requirements


@pytest.mark.parametrize("file", requirements.FILES, ids=lambda file: file.name)
def test_pinned_requirements_fit(file: requirements.Pinned) -> None:
    assert file.findings() == []


GOOD = f"aiohttp==3.12.1 --hash=sha256:{'0' * 64}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "aiohttp is wanted"),
        (GOOD.replace("3.12.1", "3.11.0"), "wants"),
        (GOOD.replace("==", ">="), "not pinned"),
        ("aiohttp==3.12.1\n", "no hash"),
        (GOOD.replace("sha256", "md5"), "no hash"),
        (f"--index-url https://packages.example.com/simple\n{GOOD}", "an address or an option"),
        (f"-r other.txt\n{GOOD}", "an address or an option"),
        ("aiohttp @ https://packages.example.com/aiohttp.whl\n", "an address or an option"),
    ],
)
def test_pinned_requirements_that_do_not_fit(text: str, words: str) -> None:
    assert words in "\n".join(requirements.findings(text, ["aiohttp>=3.12,<4"]))


def test_pinned_requirements_that_fit() -> None:
    assert list(requirements.findings(GOOD, ["AIOHTTP>=3.12,<4"])) == []


# The image


def _instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^\s*#.*\n", "", _text(DEPLOY / "Dockerfile"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines if line]


def _last(instruction: str) -> str:
    return [words for name, words in _instructions() if name == instruction][-1]


def test_the_image_does_not_run_as_root() -> None:
    names = [name for name, _ in _instructions()]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", _last("USER"))
    assert "RUN" not in names[names.index("USER") :]


def test_the_image_takes_what_is_named_and_nothing_from_addresses() -> None:
    assert "ADD" not in [name for name, _ in _instructions()]
    assert all("." not in words.split()[:-1] for name, words in _instructions() if name == "COPY")
    assert "://" not in "".join(words for name, words in _instructions() if name == "RUN")


def test_the_image_installs_pinned_wheels_alone() -> None:
    installs = [w for name, w in _instructions() if name == "RUN" and re.search(r"\binstall\b", w)]
    assert len(installs) == 3
    for words in installs:
        pinned = "--require-hashes" in words and "--only-binary=:all:" in words
        assert pinned or "--no-deps" in words
    (build,) = (words for name, words in _instructions() if name == "RUN" and '"wheel"' in words)
    assert "--no-build-isolation" in build


@pytest.mark.parametrize("instruction", ["ENTRYPOINT", "CMD"])
def test_the_image_starts_one_process_without_a_shell(instruction: str) -> None:
    assert isinstance(json.loads(_last(instruction)), list)


def test_the_image_asks_whether_the_process_lives() -> None:
    words = json.loads(_last("HEALTHCHECK").partition("CMD ")[2])
    assert words[:2] == ["python", "-c"]
    compile(words[2], "HEALTHCHECK", "exec")
    assert f":{_last('EXPOSE')}/healthz" in words[2]


def test_the_base_images_are_named_with_a_supported_version() -> None:
    bases = {words.split()[0] for name, words in _instructions() if name == "FROM"}
    (base,) = bases
    wanted = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]["classifiers"]
    version = re.fullmatch(r"python:(3\.\d+)-slim", base)
    assert version is not None
    assert f"Programming Language :: Python :: {version[1]}" in wanted


def test_the_image_is_built_of_files_that_its_context_has() -> None:
    first, *kept = re.sub(r"(?m)^#.*\n", "", _text(ROOT / ".dockerignore")).splitlines()
    assert first == "*"
    copied = [words.split()[:-1] for name, words in _instructions() if name == "COPY"]
    for source in (source for sources in copied for source in sources):
        assert (ROOT / source).exists()
        assert any(fnmatch(f"!{source}", line) for line in kept), source


# Compose


def _services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load(_text(DEPLOY / "compose.yaml"))["services"]
    return services


@pytest.mark.parametrize("name", ["switchboard", "postgres"])
def test_a_service_may_write_nowhere_and_gain_nothing(name: str) -> None:
    service = _services()[name]
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]  # noqa: S108 - the container's own
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not any(key in service for key in ("privileged", "cap_add", "network_mode", "pid"))


def test_postgres_is_there_where_it_is_asked_for() -> None:
    services = _services()
    assert services["postgres"]["profiles"] == ["postgres"]
    assert "healthcheck" in services["postgres"]
    assert "ports" not in services["postgres"]
    waits = services["switchboard"]["depends_on"]["postgres"]
    assert waits == {"condition": "service_healthy", "required": False}
    assert "profiles" not in services["switchboard"]


def test_the_bot_is_published_on_loopback_and_has_no_secret_in_the_file() -> None:
    bot = _services()["switchboard"]
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])
    assert bot["env_file"] == ".env"
    assert ".env" in _text(ROOT / ".gitignore").split()
    assert bot["environment"].keys() == {"SWITCHBOARD_WEB__HOST", "SWITCHBOARD_WEB__PORT"}


def test_variables_that_are_set_are_settings() -> None:
    lines = [line.removeprefix("# ") for line in env_example().splitlines()]
    known = {line.partition("=")[0] for line in lines}
    texts = (_text(file) for file in DEPLOY.iterdir() if file.is_file())
    named = {name for text in texts for name in re.findall(rf"\b{PREFIX}[A-Z]+__[A-Z_]+", text)}
    assert named
    assert named <= known


# systemd


def _unit() -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "switchboard.service", encoding="utf-8")
    return unit


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("DynamicUser", "yes"),
        ("StateDirectory", "switchboard"),
        ("WorkingDirectory", "/var/lib/switchboard"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("PrivateTmp", "yes"),
        ("RestartPreventExitStatus", "2"),
    ],
)
def test_the_service_is_shut_in(key: str, value: str) -> None:
    assert _unit()["Service"][key] == value


def test_the_service_is_one_for_systemd(tmp_path: Path) -> None:
    unit = _unit()
    assert unit["Service"]["ExecStart"].endswith("/bin/switchboard run")
    assert unit["Install"]["WantedBy"] == "multi-user.target"
    if systemd := shutil.which("systemd-analyze"):
        # Here the program is where the tests' Python is.
        program = unit["Service"]["ExecStart"].split()[0]
        copy = tmp_path / "switchboard.service"
        copy.write_text(_text(DEPLOY / copy.name).replace(program, sys.executable), "utf-8")
        assert _run(systemd, "verify", "--man=no", copy) == (0, "")


# Scripts and YAML


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_are_linted(script: Path) -> None:
    assert _text(script).startswith("#!/usr/bin/env bash\n")
    assert script.stat().st_mode & stat.S_IXUSR
    shellcheck = Path(sys.executable).with_name("shellcheck")
    assert _run(shellcheck, script) == (0, "")


def test_no_other_script_is_left_out() -> None:
    assert set(DEPLOY.rglob("*.sh")) == {DEPLOY / "check.sh"}


def test_yaml_is_linted() -> None:
    files = (ROOT / ".pre-commit-config.yaml", ROOT / ".yamllint.yaml", DEPLOY)
    assert _run(sys.executable, "-m", "yamllint", "--strict", *files) == (0, "")


def test_the_hooks_need_no_other_repository() -> None:
    hooks = yaml.safe_load(_text(ROOT / ".pre-commit-config.yaml"))
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]
    entries = [hook["entry"] for hook in hooks["repos"][0]["hooks"]]
    assert entries
    assert all(entry.startswith("uv run ") for entry in entries)


# Decisions


def test_decisions_are_numbered_without_a_gap() -> None:
    names = sorted(file.name for file in (DEPLOY / "decisions").glob("*.md"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    for name in names:
        lines = _text(DEPLOY / "decisions" / name).splitlines()
        assert lines[0].startswith("# ")
        assert len(lines) < 50, f"{name} is longer than a page"
