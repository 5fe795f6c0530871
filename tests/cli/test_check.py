"""`switchboard check`: one line for each thing that an installation needs."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.slack import DemoSlack
from bot.demo.world import PEOPLE, World, channels
from bot.slack.manifest import SCOPES
from tests.processes import Ended, Installation


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Everything that a complete installation has."""
    settings["web"]["public_url"] = "https://phones.example.com"
    return settings


def findings(ended: Ended) -> dict[str, dict[str, Any]]:
    """The findings of `--json` by their subject."""
    assert ended.err == ""
    told = ended.json
    assert told["ok"] is (ended.code == 0)
    assert told["ok"] is all(finding["ok"] for finding in told["findings"])
    return {finding["subject"]: finding for finding in told["findings"]}


async def test_where_all_is_well_it_says_so_line_by_line(
    installation: Installation, world: World
) -> None:
    ended = await installation.run("check")
    lines = ended.out.splitlines()
    assert (ended.code, ended.err) == (0, ""), ended.out
    assert {line[:4] for line in lines} == {"ok  "}
    for subject in ("settings", "database", "slack", "slack scopes", "clock", "account london"):
        assert [line for line in lines if line.startswith(f"ok    {subject}: ")], subject
    assert {method for method, _ in world.slack.calls} == {"auth.test", "conversations.info"}


async def test_as_json(installation: Installation) -> None:
    ended = await installation.run("check", "--json")
    assert ended.code == 0
    assert findings(ended)["account london"] == {
        "subject": "account london",
        "ok": True,
        "words": "Yay.com answers",
        "hint": "",
    }


async def test_one_account_that_fails_makes_it_1_and_hides_no_other(
    bare: Installation, settings: dict[str, Any]
) -> None:
    wrong = {**settings["accounts"]["london"], "password": "wr0ng-s3cret"}
    settings["accounts"] = {"paris": wrong, **settings["accounts"]}
    bare.write(settings)
    ended = await bare.run("check", "--json")
    assert ended.code == 1
    found = findings(ended)
    assert [subject for subject, finding in found.items() if not finding["ok"]] == ["account paris"]
    assert found["account paris"]["words"] == "Yay.com refused the credentials."
    assert "wr0ng-s3cret" not in ended.out


async def test_a_database_that_cannot_be_reached(
    bare: Installation, settings: dict[str, Any]
) -> None:
    settings["database"]["url"] = "postgresql+asyncpg://anna:db-s3cret@127.0.0.1:1/phones"
    bare.write(settings)
    ended = await bare.run("check", "--json")
    found = findings(ended)
    assert ended.code == 1
    assert not found["database"]["ok"]
    assert "anna:***@127.0.0.1:1/phones cannot be reached" in found["database"]["words"]
    assert found["slack"]["ok"]
    assert "db-s3cret" not in ended.out


async def test_a_scope_that_is_missing(bare: Installation, settings: dict[str, Any]) -> None:
    granted = [scope for scope in SCOPES if scope != "usergroups:read"]
    slack = DemoSlack(
        people=PEOPLE,
        channels=channels(),
        scopes=granted,
        bot_token=settings["slack"]["bot_token"],
    )
    await slack.start()
    settings["slack"]["api_url"] = slack.api_url
    bare.write(settings)
    found = findings(await bare.run("check", "--json"))
    await slack.close()
    assert not found["slack scopes"]["ok"]
    assert found["slack scopes"]["words"] == "missing: usergroups:read."
    assert "switchboard manifest" in found["slack scopes"]["hint"]


async def test_a_token_that_slack_refuses(bare: Installation, settings: dict[str, Any]) -> None:
    settings["slack"]["bot_token"] = "xoxb-wr0ng-s3cret"
    bare.write(settings)
    ended = await bare.run("check", "--json")
    found = findings(ended)
    assert ended.code == 1
    assert found["slack"]["words"] == "slack.bot_token: Slack did not do auth.test: invalid_auth."
    assert found["account london"]["ok"]
    assert "wr0ng-s3cret" not in ended.out


async def test_a_slack_that_is_not_there(bare: Installation, settings: dict[str, Any]) -> None:
    settings["slack"]["api_url"] = "http://127.0.0.1:1/api/"
    bare.write(settings)
    found = findings(await bare.run("check", "--json"))
    assert not found["slack"]["ok"]
    assert "slack.api_url" in found["slack"]["hint"]
    assert found["account london"]["ok"]


async def test_settings_that_are_wrong_are_a_finding(
    bare: Installation, settings: dict[str, Any]
) -> None:
    settings["slak"] = {}
    bare.write(settings)
    ended = await bare.run("check")
    assert ended.code == 1
    assert ended.out == "FAIL  settings: slak: there is no such setting. Did you mean “slack”?\n"


async def test_hooks_without_an_address_to_call(
    bare: Installation, settings: dict[str, Any]
) -> None:
    settings["web"]["public_url"] = ""
    bare.write(settings)
    found = findings(await bare.run("check", "--json"))
    assert not found["web hooks"]["ok"]
    assert "web.public_url" in found["web hooks"]["words"]
