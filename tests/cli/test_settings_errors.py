"""Wrong settings: one sentence that names the key and the remedy, exit 2, no traceback."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from tests.processes import Installation

SECRET = "s3cret"
GOOD: dict[str, Any] = {
    "slack": {"bot_token": f"xoxb-{SECRET}", "signing_secret": SECRET},
    "accounts": {
        "london": {"provider": "yay", "reseller": "acme", "user": "admin", "password": SECRET}
    },
}


def with_(path: str, value: Any) -> dict[str, Any]:
    """The good settings with one value more, or another."""
    tree: dict[str, Any] = {name: dict(section) for name, section in GOOD.items()}
    *sections, key = path.split(".")
    here = tree
    for section in sections:
        here[section] = dict(here.get(section, {}))
        here = here[section]
    here[key] = value
    return tree


@pytest.mark.parametrize(
    ("settings", "key", "remedy"),
    [
        (with_("slack.bot_tokn", "x"), "slack.bot_tokn", "Did you mean “bot_token”?"),
        (with_("databse", {}), "databse", "Did you mean “database”?"),
        (with_("accounts.london.pasword", "x"), "accounts.london.pasword", "Did you mean"),
        (with_("slack.signing_secret", "env:NOWHERE"), "slack.signing_secret", "Set NOWHERE"),
        (with_("slack.signing_secret", "file:nowhere"), "slack.signing_secret", "Mend the path"),
        (with_("slack.bot_token", ""), "slack.bot_token", "Mend the value."),
        (with_("slack", {"bot_token": SECRET}), "slack.signing_secret", "Add it."),
        (with_("web.port", "many"), "web.port", "Mend the value."),
        (with_("web.port", 70_000), "web.port", "Mend the value."),
        (with_("log.level", "loud"), "log.level", "Mend the value."),
        (with_("accounts.london.provider", "yaya"), "accounts.london.provider", "Mend"),
        (with_("accounts.london.time_zone", "Atlantis"), "accounts.london.time_zone", "Mend"),
        (with_("database.url", f"mysql://u:{SECRET}@h/d"), "database.url", "Mend the value."),
        (with_("database.url", "postgresql+asyncpg://h:port/d"), "database.url", "Like "),
        ("[slack\n", "switchboard.toml is not valid TOML", "Mend the file."),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else "",
)
async def test_one_sentence_and_exit_2(
    bare: Installation, settings: dict[str, Any] | str, key: str, remedy: str
) -> None:
    bare.write(settings)
    ended = await bare.run("migrate")
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith(key)
    assert remedy in ended.sentence
    assert SECRET not in ended.sentence


async def test_without_a_file_it_says_how_to_get_one(bare: Installation) -> None:
    ended = await bare.run("run")
    assert ended.code == 2
    assert ended.sentence.startswith("There is no settings file switchboard.toml. Write one")
    assert "SWITCHBOARD_CONFIG" in ended.sentence


async def test_run_needs_slack(bare: Installation) -> None:
    bare.write({"accounts": GOOD["accounts"]})
    ended = await bare.run("run")
    assert ended.code == 2
    assert ended.sentence.startswith("There is no [slack] section in the settings.")


async def test_a_file_elsewhere_and_single_values_from_the_environment(
    bare: Installation, tmp_path: Path
) -> None:
    bare.write(GOOD)
    elsewhere = tmp_path / "elsewhere.toml"
    bare.file.rename(elsewhere)
    database = tmp_path / "elsewhere.db"
    ended = await bare.run(
        "migrate",
        SWITCHBOARD_CONFIG=str(elsewhere),
        SWITCHBOARD_DATABASE__URL=f"sqlite+aiosqlite:///{database}",
    )
    assert (ended.code, ended.err) == (0, "")
    assert database.exists()


@pytest.mark.parametrize("command", ["migrate", "run"])
@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+asyncpg://anna:{SECRET}@127.0.0.1:1/phones",
        "sqlite+aiosqlite:///no/such/dir.db",
    ],
    ids=["postgresql", "sqlite"],
)
async def test_a_database_that_cannot_be_reached(
    bare: Installation, command: str, url: str
) -> None:
    bare.write(with_("database.url", url))
    ended = await bare.run(command)
    assert ended.code == 2
    assert "cannot be reached: " in ended.sentence
    assert "Check that it runs" in ended.sentence
    assert SECRET not in ended.sentence


async def test_a_port_that_is_taken(bare: Installation) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        bare.write(with_("web.port", holder.getsockname()[1]))
        ended = await bare.run("run")
    assert ended.code == 2
    assert ended.err.splitlines()[-1].startswith("web.host, web.port: cannot listen on 127.0.0.1:")
    assert "Traceback" not in ended.err
