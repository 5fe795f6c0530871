"""The Slack app manifest, made from what is declared."""

from __future__ import annotations

from typing import Any

from bot.slack.declare import SLASH, Catalogue
from bot.slack.listeners import EVENTS

SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "usergroups:read",
    "users:read",
)
"""What the bot is allowed: each scope is used by a call in `gateway`, by `switchboard check`
or an event."""


def manifest(catalogue: Catalogue, *, url: str = "") -> dict[str, Any]:
    """The manifest.

    Args:
        url: public address for signed HTTP; empty for Socket Mode.
    """
    deliveries = {"request_url": f"{url.rstrip('/')}/slack/events"} if url else {}
    words = ", ".join(word for word in catalogue.first_words() if word != "help")
    command = {
        "command": SLASH,
        "description": "Call flows, numbers and missed calls",
        "usage_hint": f"help | {words}"[:100],
        "should_escape": True,
    }
    if url:
        command["url"] = deliveries["request_url"]
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Switchboard",
            "description": "Your team's telephony in Slack",
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Switchboard", "always_online": True},
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**deliveries, "bot_events": sorted(EVENTS)},
            "interactivity": {
                "is_enabled": True,
                **deliveries,
                **({"message_menu_options_url": deliveries["request_url"]} if url else {}),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }
