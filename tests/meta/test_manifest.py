"""The Slack app manifest keeps Slack's rules, and asks for no more than the bot uses."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.slack.declare import Catalogue
from bot.slack.listeners import EVENTS
from bot.slack.manifest import SCOPES, manifest
from commands import GROUPS
from tests.meta.manifest_rules import SCOPES_OF_METHODS, broken, needed_scopes
from tests.meta.readme import ADDRESS, DEPLOY

ROOT = Path(__file__).parents[2]

Manifest = dict[str, Any]


@pytest.fixture(params=["", ADDRESS, f"{ADDRESS}/"], ids=["socket mode", "http", "http with slash"])
def made(request: pytest.FixtureRequest) -> Manifest:
    return manifest(Catalogue(GROUPS), url=request.param)


def test_it_keeps_the_rules(made: Manifest) -> None:
    assert list(broken(made)) == []


@pytest.mark.parametrize("name", ["manifest.json", "manifest-http.json"])
def test_the_ones_under_deploy_keep_the_rules(name: str) -> None:
    assert list(broken(json.loads((DEPLOY / name).read_text(encoding="utf-8")))) == []


def test_the_command_tells_its_first_words(made: Manifest) -> None:
    (command,) = made["features"]["slash_commands"]
    assert command["command"] == "/phone"
    assert command["should_escape"] is True
    for word in Catalogue(GROUPS).first_words():
        assert word in command["usage_hint"]


def test_every_scope_is_used_and_every_use_has_its_scope() -> None:
    method = re.compile(r'"((?:auth|chat|conversations|files|usergroups|users|views)\.[\w.]+)"')
    used = {
        name
        for file in (ROOT / "bot").rglob("*.py")
        if "demo" not in file.relative_to(ROOT).parts
        for name in method.findall(file.read_text(encoding="utf-8"))
    }
    assert used <= SCOPES_OF_METHODS.keys()
    assert set(SCOPES) == needed_scopes(used, EVENTS)


def _at(value: Any, *path: str) -> Any:
    for key in path:
        value = value[int(key) if isinstance(value, list) else key]
    return value


def _set(*path: str, to: Any) -> Callable[[Manifest], None]:
    return lambda changed: _at(changed, *path[:-1]).update({path[-1]: to})


def _drop(*path: str) -> Callable[[Manifest], None]:
    return lambda changed: _at(changed, *path[:-1]).pop(path[-1])


COMMAND = ("features", "slash_commands", "0")
SETTINGS = ("settings", "event_subscriptions")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_set("display_information", "name", to="n" * 36), "36 characters"),
        (_set("display_information", "description", to="d" * 141), "141 characters"),
        (_set("display_information", "long_description", to="short"), "5 characters"),
        (_set("display_information", "background_color", to="blue"), "no colour"),
        (_drop("display_information", "name"), "name is missing"),
        (_set("_metadata", "major_version", to=3), "1 or 2"),
        (_set("features", "bot", to={}), "features.bot is no key"),
        (_set("settings", "secret", to=1), "settings.secret is no key"),
        (_set("features", "slash_commands", to=[]), "0 commands"),
        (_set(*COMMAND, "command", to="phone"), "no slash command"),
        (_set(*COMMAND, "command", to="/" + "p" * 32), "33 characters"),
        (_set(*COMMAND, "usage_hint", to="u" * 1001), "1001 characters"),
        (_set(*COMMAND, "hint", to="x"), "hint is no key"),
        (_drop(*COMMAND, "description"), "no description"),
        (_drop(*COMMAND, "url"), "HTTP needs one"),
        (_drop(*SETTINGS, "request_url"), "neither Socket Mode nor a request_url"),
        (_set(*SETTINGS, "request_url", to="http://phones.example.com"), "https://"),
        (_set("settings", "socket_mode_enabled", to=True), "for HTTP, not for Socket Mode"),
        (_set(*SETTINGS, "bot_events", to=["message.im", "rings"]), "nobody knows the event rings"),
        (_set("oauth_config", "scopes", "bot", to=["commands"]), "user_change needs users:read"),
        (_set("oauth_config", "scopes", "bot", to=["admin"]), "nobody knows the scope admin"),
        (_set("oauth_config", "scopes", "bot", to=["chat:write"]), "the scope commands"),
    ],
)
def test_a_broken_rule_is_found(spoil: Callable[[Manifest], None], words: str) -> None:
    changed = copy.deepcopy(manifest(Catalogue(GROUPS), url=ADDRESS))
    spoil(changed)
    assert words in "\n".join(broken(changed))
