"""The call flows of the demo's company."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CALL_PETE = "31347d42-00bd-44a5-9b5c-20dc4197a2f6"
"""The call flow that the Yay.com document prints."""

CONFERENCE_PIN = "2580"
SINCE = {"created_on": "2023-02-07", "updated_on": "2023-02-07"}
"""The dates of everything that was there before."""

_PETE_START = "161ec941-1c6a-4d42-b011-1c050487324d"
_PETE_MENU = "9085aa47-0ff0-4fd0-9c80-6077e1f475c2"
_PETE_RING = "fdc20592-2757-4a9a-a1d3-3c4e7b6a39d6"

UuidOf = Callable[[str, str], str]


def demo_flows(uuid_of: UuidOf) -> list[dict[str, Any]]:
    """Six flows; one is the document's, one holds a module that only the engine knows.

    Args:
        uuid_of: gives the UUID of a seeded object by its kind and name.
    """
    return [
        _call_pete(uuid_of),
        _sales_menu(uuid_of),
        _support(uuid_of),
        _manchester(uuid_of),
        _conference(uuid_of),
        _after_hours(uuid_of),
    ]


def _flow(uuid: str, name: str, extension: int, modules: dict[str, Any]) -> dict[str, Any]:
    return {
        "uuid": uuid,
        "name": name,
        "extension": extension,
        "flow": modules,
        "show_call_route_name": True,
        "show_original_caller_id": True,
        **SINCE,
    }


def _call_pete(uuid_of: UuidOf) -> dict[str, Any]:
    modules = {
        _PETE_START: {"module": "start", "next": _PETE_MENU},
        _PETE_MENU: {
            "module": "pressextension",
            "next": dict.fromkeys(("1", "2", "invalid", "timeout"), _PETE_RING),
        },
        _PETE_RING: {
            "extensions": [{"type": "sipuser", "uuid": uuid_of("sipuser", "Pete Marsh")}],
            "module": "extension",
        },
    }
    return _flow(uuid_of("flow", "Call Pete"), "Call Pete", 501, modules)


def _sales_menu(uuid_of: UuidOf) -> dict[str, Any]:
    modules = {
        "start": {"module": "start", "next": "record"},
        "record": {"module": "recording", "next": "hold"},
        "hold": {
            "module": "musiconhold",
            "class": uuid_of("playlist", "Harbour Sounds"),
            "next": "welcome",
        },
        "welcome": {
            "module": "play",
            "sound": uuid_of("sound", "Welcome to Harbour & Finch"),
            "next": "menu",
        },
        "menu": {
            "module": "pressextension",
            "sound": uuid_of("sound", "One for sales, two for support"),
            "duration": 8,
            "next": {"1": "sales", "2": "support", "invalid": "menu", "timeout": "sales"},
        },
        "sales": {
            "module": "extension",
            "extensions": [{"type": "huntgroup", "uuid": uuid_of("group", "Sales")}],
            "duration": 25,
            "announcement": uuid_of("sound", "Sales call"),
            "ringtone": uuid_of("playlist", "Quiet Piano"),
            "noanswer": "sales mailbox",
        },
        "support": {
            "module": "extension",
            "extensions": [{"type": "huntgroup", "uuid": uuid_of("group", "Support")}],
            "duration": 30,
            "noanswer": "support mailbox",
        },
        "sales mailbox": {"module": "voicemail", "mailboxes": [uuid_of("mailbox", "Sales")]},
        "support mailbox": {"module": "voicemail", "mailboxes": [uuid_of("mailbox", "Support")]},
    }
    return _flow(uuid_of("flow", "Sales menu"), "Sales menu", 502, modules)


def _support(uuid_of: UuidOf) -> dict[str, Any]:
    modules = {
        "start": {"module": "start", "next": "nuisance"},
        "nuisance": {
            "module": "calleridmatch",
            "patterns": ["^4487", "0000$"],
            "match": "engaged",
            "nomatch": "team",
        },
        "engaged": {"module": "busy", "duration": 3},
        "team": {
            "module": "extension",
            "extensions": [
                {"type": "huntgroup", "uuid": uuid_of("group", "Support")},
                {"type": "sipuser", "uuid": uuid_of("sipuser", "Pete Marsh")},
            ],
            "duration": 30,
            "noanswer": "mobile",
        },
        "mobile": {
            "module": "extension",
            "extensions": [{"type": "forward", "number": "+447700900999"}],
            "duration": 20,
            "noanswer": "mailbox",
        },
        "mailbox": {"module": "voicemail", "mailboxes": [uuid_of("mailbox", "Support")]},
    }
    return _flow(uuid_of("flow", "Support"), "Support", 503, modules)


def _manchester(uuid_of: UuidOf) -> dict[str, Any]:
    modules = {
        "start": {"module": "start", "next": "hours"},
        "hours": {
            "module": "outofhours",
            "closed_times": ["17:30-9:00,mon-fri,*,*", "*,sat-sun,*,*"],
            "exceptions": [],
            "timezone": "Europe/London",
            "open": "team",
            "closed": "mailbox",
        },
        "team": {
            "module": "extension",
            "extensions": [{"type": "sipuser", "uuid": uuid_of("sipuser", "Lucy Finch")}],
            "duration": 20,
            "noanswer": "anybody",
        },
        "anybody": {
            "module": "dialbyextension",
            "wait_duration": 10,
            "dial_duration": 20,
            "next": {"invalid": "mailbox", "timeout": "mailbox"},
            "noanswer": "sipuser_voicemail",
        },
        "mailbox": {"module": "voicemail", "mailboxes": [uuid_of("mailbox", "Support")]},
    }
    return _flow(uuid_of("flow", "Manchester"), "Manchester", 504, modules)


def _conference(uuid_of: UuidOf) -> dict[str, Any]:
    modules = {
        "start": {"module": "start", "next": "room"},
        "room": {
            "module": "conference",
            "pin": CONFERENCE_PIN,
            "announcement": uuid_of("sound", "You have joined the conference"),
            "music": uuid_of("playlist", "Quiet Piano"),
        },
    }
    return _flow(uuid_of("flow", "Monday meeting"), "Monday meeting", 505, modules)


def _after_hours(uuid_of: UuidOf) -> dict[str, Any]:
    modules = {
        "start": {"module": "start", "next": "mailbox"},
        "mailbox": {"module": "voicemail", "mailboxes": [uuid_of("mailbox", "Sales")]},
    }
    return _flow(uuid_of("flow", "After hours"), "After hours", 506, modules)
