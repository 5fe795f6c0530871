"""The app manifest, made from what is declared."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.slack.declare import SLASH, Catalogue
from bot.slack.listeners import EVENTS
from bot.slack.manifest import manifest
from commands import GROUPS
from tests.stories.lines import CUSTOMER, SUPPORT
from tests.stories.team import Team

SCOPE_OF = {
    "auth.test": "", "views.open": "", "views.push": "", "views.update": "", "views.publish": "",
    "apps.connections.open": "", "response_url": "",
    "chat.postMessage": "chat:write", "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "users.info": "users:read", "usergroups.users.list": "usergroups:read",
    "conversations.open": "im:write", "conversations.history": "channels:history",
}  # fmt: skip
"""Slack's documents name the scope of each method; some need none."""


def made(url: str = "") -> dict[str, Any]:
    return manifest(Catalogue(GROUPS), url=url)


def test_over_sockets_no_address_is_named() -> None:
    found = made()
    assert found["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(found)


@pytest.mark.parametrize("url", ["https://phones.example.com", "https://phones.example.com/"])
def test_over_http_everything_goes_to_one_address(url: str) -> None:
    found = made(url)
    address = "https://phones.example.com/slack/events"
    assert found["settings"]["socket_mode_enabled"] is False
    assert found["settings"]["event_subscriptions"]["request_url"] == address
    assert found["settings"]["interactivity"]["request_url"] == address
    assert found["settings"]["interactivity"]["message_menu_options_url"] == address
    assert found["features"]["slash_commands"][0]["url"] == address


def test_one_slash_command_within_slacks_limits() -> None:
    (command,) = made()["features"]["slash_commands"]
    assert command["command"] == SLASH
    assert command["should_escape"] is True  # mentions arrive as ids
    assert command["usage_hint"].startswith("help | ")
    assert len(command["usage_hint"]) <= 100
    assert len(command["description"]) <= 2000
    assert len(made()["display_information"]["name"]) <= 35
    assert len(made()["display_information"]["description"]) <= 140


def test_every_event_that_is_listened_to_is_subscribed() -> None:
    assert set(made()["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)


async def test_every_method_that_is_called_has_its_scope(team: Team) -> None:
    """A day with cards, forms, answers, a lost post and a direct message."""
    team.slack.lose_answer("chat.postMessage")
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.hears("Slack did not take a card")
    team.clock.forward(seconds=2)
    card = await team.channel("#support").shows("Missed call")
    await team.clara.presses(card, "Claim")
    await card.becomes("claimed")
    await team.boris.types("/phone flow delete After hours")
    change = await team.channel("#phone-approvals").shows("After hours")
    await team.mona.presses(change, "Deny")
    await team.boris.is_told("denied it")
    await team.boris.types("/phone flow show")
    await team.clara.opens_home()

    scopes = set(made()["oauth_config"]["scopes"]["bot"])
    called = {method for method, _ in team.slack.calls}
    assert {SCOPE_OF[method] for method in called} - {""} <= scopes
    assert "commands" in scopes
