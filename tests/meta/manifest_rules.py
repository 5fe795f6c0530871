"""What Slack asks of an app manifest, as its reference and its published schema say it.

https://docs.slack.dev/reference/app-manifest, slackapi/manifest-schema (schema 2.0.0), and, for
scopes, the page of each method and of each event.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"_metadata", "display_information", "features", "oauth_config", "settings"}),
    "_metadata": frozenset({"major_version", "minor_version"}),
    "display_information": frozenset(
        {"name", "description", "long_description", "background_color"}
    ),
    "features": frozenset(
        {"app_home", "bot_user", "shortcuts", "slash_commands", "unfurl_domains"}
    ),
    "features.app_home": frozenset(
        {"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"}
    ),
    "features.bot_user": frozenset({"display_name", "always_online"}),
    "oauth_config": frozenset({"redirect_urls", "scopes", "token_management_enabled"}),
    "oauth_config.scopes": frozenset({"bot", "user", "bot_optional", "user_optional"}),
    "settings": frozenset(
        {
            "allowed_ip_address_ranges",
            "event_subscriptions",
            "interactivity",
            "org_deploy_enabled",
            "socket_mode_enabled",
            "token_rotation_enabled",
        }
    ),
    "settings.event_subscriptions": frozenset(
        {"request_url", "bot_events", "user_events", "metadata_subscriptions"}
    ),
    "settings.interactivity": frozenset({"is_enabled", "request_url", "message_menu_options_url"}),
}
"""The keys of each section; the schema takes no others."""

SLASH_COMMAND = frozenset({"command", "url", "description", "usage_hint", "should_escape"})

LENGTHS: Mapping[str, tuple[int, int]] = {
    "display_information.name": (1, 35),
    "display_information.description": (1, 140),
    "display_information.long_description": (175, 4000),
    "features.bot_user.display_name": (1, 80),
    "settings.event_subscriptions.request_url": (1, 3500),
    "settings.interactivity.request_url": (1, 3500),
    "settings.interactivity.message_menu_options_url": (1, 3500),
}
"""Characters, at least and at most."""

COMMAND_LENGTHS: Mapping[str, tuple[int, int]] = {
    "command": (2, 32),
    "description": (1, 2000),
    "usage_hint": (1, 1000),
    "url": (1, 3000),
}

NEEDED = ("display_information.name", "features.bot_user.display_name")
MOST_COMMANDS, MOST_SCOPES, MOST_EVENTS = 50, 255, 100

SCOPES_OF_EVENTS: Mapping[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": frozenset(),
    "message.im": frozenset({"im:history"}),
    "subteam_created": frozenset({"usergroups:read"}),
    "subteam_members_changed": frozenset({"usergroups:read"}),
    "subteam_updated": frozenset({"usergroups:read"}),
    "user_change": frozenset({"users:read"}),
}

HISTORY = frozenset({"channels:history", "groups:history", "im:history"})

SCOPES_OF_METHODS: Mapping[str, frozenset[str]] = {
    "auth.test": frozenset(),
    "chat.delete": frozenset({"chat:write"}),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write", "chat:write.public"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": HISTORY,
    "conversations.info": frozenset({"channels:read", "groups:read"}),
    "conversations.open": frozenset({"im:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "users.info": frozenset({"users:read"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
    "views.push": frozenset(),
    "views.update": frozenset(),
}
"""What each method needs where the bot uses it: channels of both kinds, and direct messages.

With chat:write.public it also posts in public channels that nobody invited it to.
"""

OF_COMMANDS = frozenset({"commands"})

KNOWN_SCOPES = frozenset().union(
    OF_COMMANDS, *SCOPES_OF_EVENTS.values(), *SCOPES_OF_METHODS.values()
)

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_COMMAND = re.compile(r"/[a-z0-9_-]+")


def broken(manifest: Json) -> Iterator[str]:
    """Every rule that a manifest breaks, in a sentence."""
    yield from _unknown_keys(manifest)
    yield from _wrong_lengths(manifest)
    if manifest.get("_metadata", {}).get("major_version") not in (1, 2):
        yield "_metadata.major_version is 1 or 2"
    colour = _at(manifest, "display_information.background_color")
    if colour is not None and not _COLOUR.fullmatch(colour):
        yield f"display_information.background_color is no colour: {colour}"
    socket_mode = bool(_at(manifest, "settings.socket_mode_enabled"))
    yield from _wrong_commands(manifest, socket_mode=socket_mode)
    yield from _wrong_addresses(manifest, socket_mode=socket_mode)
    yield from _wrong_scopes(manifest)


def needed_scopes(methods: Collection[str], events: Collection[str]) -> frozenset[str]:
    """The scopes of an app with a slash command that calls these methods and hears these events."""
    of_methods = (SCOPES_OF_METHODS[method] for method in methods)
    of_events = (SCOPES_OF_EVENTS[event] for event in events)
    return OF_COMMANDS.union(*of_methods, *of_events)


def _at(manifest: Json, path: str) -> Any:
    value: Any = manifest
    for key in path.split(".") if path else ():
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _unknown_keys(manifest: Json) -> Iterator[str]:
    for path, known in KEYS.items():
        for key in (_at(manifest, path) or {}).keys() - known:
            yield f"{path}.{key} is no key of a manifest".lstrip(".")


def _wrong_lengths(manifest: Json) -> Iterator[str]:
    for path in NEEDED:
        if not _at(manifest, path):
            yield f"{path} is missing"
    for path, (least, most) in LENGTHS.items():
        value = _at(manifest, path)
        if value is not None and not least <= len(value) <= most:
            yield f"{path} has {len(value)} characters, not {least} to {most}"


def _wrong_commands(manifest: Json, *, socket_mode: bool) -> Iterator[str]:
    commands = _at(manifest, "features.slash_commands") or []
    if not 1 <= len(commands) <= MOST_COMMANDS:
        yield f"features.slash_commands has {len(commands)} commands, not 1 to {MOST_COMMANDS}"
    for command in commands:
        name = command.get("command", "")
        if not _COMMAND.fullmatch(name):
            yield f"{name!r} is no slash command"
        if not command.get("description"):
            yield f"{name} has no description"
        for key in command.keys() - SLASH_COMMAND:
            yield f"{name}: {key} is no key of a slash command"
        for key, (least, most) in COMMAND_LENGTHS.items():
            if key in command and not least <= len(command[key]) <= most:
                yield f"{name}: {key} has {len(command[key])} characters, not {least} to {most}"
        if socket_mode == ("url" in command):
            yield f"{name}: a url is for HTTP, and HTTP needs one"


def _wrong_addresses(manifest: Json, *, socket_mode: bool) -> Iterator[str]:
    events = _at(manifest, "settings.event_subscriptions") or {}
    interactivity = _at(manifest, "settings.interactivity") or {}
    if len(events.get("bot_events", ())) > MOST_EVENTS:
        yield f"settings.event_subscriptions.bot_events has more than {MOST_EVENTS}"
    sections = {"settings.event_subscriptions": events, "settings.interactivity": interactivity}
    for path, section in sections.items():
        if not socket_mode and "request_url" not in section:
            yield f"{path} has neither Socket Mode nor a request_url"
        for key in ("request_url", "message_menu_options_url"):
            if key in section and socket_mode:
                yield f"{path}.{key} is for HTTP, not for Socket Mode"
            if key in section and not section[key].startswith("https://"):
                yield f"{path}.{key} does not begin with https://"


def _wrong_scopes(manifest: Json) -> Iterator[str]:
    scopes = _at(manifest, "oauth_config.scopes.bot") or []
    if len(scopes) > MOST_SCOPES or len(set(scopes)) < len(scopes):
        yield f"oauth_config.scopes.bot: each once, {MOST_SCOPES} at most"
    for scope in set(scopes) - KNOWN_SCOPES:
        yield f"nobody knows the scope {scope}"
    for event in _at(manifest, "settings.event_subscriptions.bot_events") or []:
        if event not in SCOPES_OF_EVENTS:
            yield f"nobody knows the event {event}"
        elif lacking := SCOPES_OF_EVENTS[event] - set(scopes):
            yield f"the event {event} needs {', '.join(sorted(lacking))}"
    if _at(manifest, "features.slash_commands") and "commands" not in scopes:
        yield "slash commands need the scope commands"
