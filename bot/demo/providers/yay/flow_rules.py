"""What the API refuses in a call flow.

The Yay.com document marks a field "Optional:" or it does not; a field without the word is required
here, except the hops of a menu and of nobody answering: the document's own example leaves the
latter out. Modules that the document does not list but Yay's engine knows are kept as they are;
only their hops must lead somewhere. What else a module holds is kept and not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.demo.providers.yay.envelope import bad_request

Kind = Literal["sipuser", "huntgroup", "sound", "playlist", "mailbox", "trunk"]
Known = Callable[[Kind, str], bool]
"""Whether the account holds an object of a kind under a UUID."""

VOICEMAIL_OF_DIALLED = "sipuser_voicemail"

ENGINE_MODULES: Mapping[str, tuple[str, ...]] = {
    "callqueue": (
        "answer",
        "timeout",
        "max_waiting_module",
        "ring_timeout_module",
        "no_registered",
        "shortcode_module",
    ),
    "callflow": (),
    "diary": (),
    "outofhours": ("open", "closed"),
    "callflowcontent": (),
    "forwardcall": (),
    "backupextension": (),
    "room": (),
    "sleep": ("next",),
    "offnetconnect": ("next",),
}
"""Modules of the engine that the document does not list, with their hop fields."""

_WRITTEN_BY_SERVER = ("uuid", "created_on", "updated_on")
_E164 = re.compile(r"\+?[1-9][0-9]{6,14}")
_ENGINE_TARGETS = {"trunk", "inter_tenant", "account_bridge"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule may look at besides the value: the flow's keys and the account."""

    keys: Collection[str]
    known: Known


Rule = Callable[[Any, Scene], str | None]
"""What is wrong with a value, or None."""


def _hop(value: Any, scene: Scene) -> str | None:
    leads = isinstance(value, str) and value in scene.keys
    return None if leads else "leads to a module that does not exist"


def _refers(*kinds: Kind) -> Rule:
    def rule(value: Any, scene: Scene) -> str | None:
        there = isinstance(value, str) and any(scene.known(kind, value) for kind in kinds)
        return None if there else f"is no {' or '.join(kinds)} of the account"

    return rule


def _several(rule: Rule) -> Rule:
    def each(value: Any, scene: Scene) -> str | None:
        if not isinstance(value, list) or not value:
            return "is no list with something in it"
        return next((wrong for item in value if (wrong := rule(item, scene))), None)

    return each


def _seconds(value: Any, _scene: Scene) -> str | None:
    return None if is_integer(value) and value > 0 else "is no number of seconds"


def _pin(value: Any, _scene: Scene) -> str | None:
    four = isinstance(value, str) and re.fullmatch(r"[0-9]{4}", value)
    return None if four else "is not four digits"


def _pattern(value: Any, _scene: Scene) -> str | None:
    if not isinstance(value, str):
        return "holds something that is no pattern"
    try:
        re.compile(value)
    except re.error as wrong:
        return f"holds a pattern that does not compile: {wrong}"
    return None


def _target(value: Any, scene: Scene) -> str | None:
    if not isinstance(value, dict):
        return "holds something that is no object"
    match value.get("type"):
        case "sipuser":
            return _refers("sipuser")(value.get("uuid"), scene)
        case "huntgroup":
            return _refers("huntgroup")(value.get("uuid"), scene)
        case "forward":
            number = value.get("number")
            if isinstance(number, str) and _E164.fullmatch(number):
                return None
            return "forwards to something that is no E.164 number"
        case str() as kind if kind in _ENGINE_TARGETS:
            return None
        case _:
            return "holds a target of an unknown type"


def _menu(*ways: str, digits: bool) -> Rule:
    def rule(value: Any, scene: Scene) -> str | None:
        if not isinstance(value, dict):
            return "is no map"
        for way, key in value.items():
            if way not in ways and not (digits and re.fullmatch(r"[0-9*#]", way)):
                return f"has “{way}”, which nobody can press"
            if wrong := _hop(key, scene):
                return f"“{way}” {wrong}"
        return None

    return rule


def _hop_or_voicemail(value: Any, scene: Scene) -> str | None:
    return None if value == VOICEMAIL_OF_DIALLED else _hop(value, scene)


@dataclass(frozen=True, slots=True)
class Module:
    """One documented module: its fields, and whether the call ends there."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    terminating: bool = False


MODULES: Mapping[str, Module] = {
    "start": Module({"next": _hop}),
    "recording": Module({"next": _hop}),
    "musiconhold": Module({"class": _refers("playlist"), "next": _hop}),
    "calleridmatch": Module({"patterns": _several(_pattern), "match": _hop, "nomatch": _hop}),
    "play": Module({"sound": _refers("sound"), "next": _hop}),
    "extension": Module(
        {"extensions": _several(_target)},
        {
            "duration": _seconds,
            "announcement": _refers("sound"),
            "ringtone": _refers("sound", "playlist"),
            "noanswer": _hop,
            "answer": _hop,
            "busy": _hop,
            "unavailable": _hop,
        },
    ),
    "pressextension": Module(
        {"next": _menu("invalid", "timeout", digits=True)},
        {"sound": _refers("sound"), "duration": _seconds},
    ),
    "dialbyextension": Module(
        {"next": _menu("invalid", "timeout", digits=False)},
        {
            "sound": _refers("sound"),
            "wait_duration": _seconds,
            "dial_duration": _seconds,
            "ringtone": _refers("sound", "playlist"),
            "noanswer": _hop_or_voicemail,
        },
    ),
    "busy": Module(optional={"duration": _seconds}, terminating=True),
    "voicemail": Module({"mailboxes": _several(_refers("mailbox"))}, terminating=True),
    "conference": Module(
        optional={
            "pin": _pin,
            "announcement": _refers("sound"),
            "music": _refers("playlist"),
        },
        terminating=True,
    ),
    "Trunk": Module({"uuid": _refers("trunk")}, terminating=True),
    "fax": Module(terminating=True),
}
"""The documented modules under the names the document prints; `Trunk` has its capital there."""

_MENU_OF_ENGINE = _menu(
    "invalid", "timeout", "answer", "busy", "unavailable", "noanswer", digits=True
)


def is_integer(value: Any) -> bool:
    """Whether a JSON value is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def check_flow(body: Mapping[str, Any], known: Known) -> None:
    """Refuses what no call flow may be.

    Raises:
        Refused: with status 400 and the first thing that is wrong.
    """
    for name in _WRITTEN_BY_SERVER:
        if name in body:
            raise bad_request(f"{name} does not belong in the body")
    if not isinstance(body.get("name"), str) or not body["name"].strip():
        raise bad_request("name is missing or is no string")
    if not is_integer(body.get("extension")) or body["extension"] < 1:
        raise bad_request("extension is missing or is no integer")
    for name in ("show_call_route_name", "show_original_caller_id"):
        if not isinstance(body.get(name, False), bool):
            raise bad_request(f"{name} is no boolean")
    modules = body.get("flow")
    if not isinstance(modules, dict) or not modules:
        raise bad_request("flow is missing or is no map")
    _check_modules(modules, Scene(modules.keys(), known))


def _check_modules(modules: Mapping[str, Any], scene: Scene) -> None:
    for key, module in modules.items():
        if not isinstance(module, dict) or not isinstance(module.get("module"), str):
            raise bad_request(f"{key} is no module")
        if wrong := _module_fault(module, scene):
            raise bad_request(f"{key} ({module['module']}): {wrong}")
    names = [module["module"] for module in modules.values()]
    if names.count("start") != 1:
        raise bad_request(f"{names.count('start')} start modules instead of one")
    if "fax" in names and len(names) != len({"start", "fax"}):
        raise bad_request("fax is not the only module after start")


def _module_fault(module: Mapping[str, Any], scene: Scene) -> str | None:
    name = module["module"]
    if name in ENGINE_MODULES:
        hops = [hop for hop in ENGINE_MODULES[name] if hop in module]
        return next((f"{hop} {wrong}" for hop in hops if (wrong := _hop(module[hop], scene))), None)
    if name not in MODULES:
        return "is no module of the API"
    known = MODULES[name]
    if known.terminating and "next" in module:
        return "ends the call and cannot have next"
    rules = {**known.required, **known.optional}
    if name == "pressextension" and module.get("dial_by_extension") is True:
        rules["next"] = _MENU_OF_ENGINE
    for field_name, rule in rules.items():
        if field_name not in module:
            if field_name in known.required:
                return f"{field_name} is missing"
        elif wrong := rule(module[field_name], scene):
            return f"{field_name} {wrong}"
    return None
