"""Call flows between Yay.com's modules and the domain's steps.

Reading never fails: what has no place in the domain becomes an unknown step. Writing starts from
the modules as Yay.com holds them and changes only what differs between two domain flows, so that
unknown fields and modules, and PINs, which the domain does not know, survive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from bot.domain import callflow as domain
from bot.domain.callflow import (
    CallFlow,
    ExtensionTarget,
    FlowDraft,
    GroupTarget,
    NumberTarget,
    OtherTarget,
    Step,
    Target,
    UnknownStep,
)
from bot.domain.errors import UsageError
from bot.flows.words import names_of_steps
from bot.providers.yay import modules as wire
from bot.providers.yay.operations import FlowRecord
from bot.providers.yay.wire import Wire, without_secrets

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A module, the step that it is, and where each field of the step stands in the module.

    A place is a field's name, or two with a dot for what stands in the `next` of a menu.

    Attributes:
        always: what a new module has even where the step says nothing of it.
    """

    word: str
    step: type[Any]
    places: Mapping[str, str]
    always: Mapping[str, Any] = field(default_factory=dict)


_PAIRS = (
    _Pair("start", domain.Start, {"next": "next"}),
    _Pair("recording", domain.Record, {"next": "next"}),
    _Pair("musiconhold", domain.HoldMusic, {"playlist": "class", "next": "next"}),
    _Pair(
        "calleridmatch",
        domain.MatchCaller,
        {"patterns": "patterns", "match": "match", "no_match": "nomatch"},
    ),
    _Pair("play", domain.Play, {"sound": "sound", "next": "next"}),
    _Pair(
        "extension",
        domain.Ring,
        {
            "targets": "extensions",
            "seconds": "duration",
            "whisper": "announcement",
            "ringtone": "ringtone",
            "no_answer": "noanswer",
        },
        {"extensions": []},
    ),
    _Pair(
        "pressextension",
        domain.Menu,
        {
            "prompt": "sound",
            "seconds": "duration",
            "choices": "next",
            "invalid": "next.invalid",
            "timeout": "next.timeout",
        },
        {"next": {}},
    ),
    _Pair(
        "dialbyextension",
        domain.DialExtension,
        {
            "prompt": "sound",
            "wait_seconds": "wait_duration",
            "ring_seconds": "dial_duration",
            "ringtone": "ringtone",
            "invalid": "next.invalid",
            "timeout": "next.timeout",
            "no_answer": "noanswer",
        },
        {"next": {}},
    ),
    _Pair("busy", domain.Busy, {"seconds": "duration"}),
    _Pair("voicemail", domain.Voicemail, {"mailboxes": "mailboxes"}),
    _Pair(
        "conference",
        domain.Conference,
        {"has_pin": "pin", "announcement": "announcement", "music": "music"},
    ),
    _Pair("Trunk", domain.Trunk, {"trunk": "uuid"}),
    _Pair("fax", domain.Fax, {}),
)
_BY_MODULE = {wire.MODULES[pair.word]: pair for pair in _PAIRS}
_BY_STEP = {pair.step: pair for pair in _PAIRS}

_ABOUT = {
    "name": "name",
    "extension": "extension",
    "show_name": "show_call_route_name",
    "show_caller": "show_original_caller_id",
}


def to_flow(record: FlowRecord) -> CallFlow:
    """The flow in domain words."""
    return CallFlow(
        id=record.uuid,
        name=record.name or record.uuid,
        extension=record.extension,
        steps={key: _step(module, record.flow) for key, module in record.flow.items()},
        show_name=record.show_call_route_name,
        show_caller=record.show_original_caller_id,
    )


def to_body(draft: FlowDraft) -> Json:
    """What creates a flow.

    Raises:
        UsageError: a step cannot be made from what is known of it.
    """
    steps = {key: _module(draft, key, step) for key, step in draft.steps.items()}
    return {"flow": steps, **_about(draft)}


def changed_body(record: FlowRecord, before: FlowDraft, after: FlowDraft) -> Json:
    """What replaces a flow: the record as it is, with what differs between two flows changed.

    Raises:
        UsageError: a step cannot be made from what is known of it.
    """
    body = record.model_dump()
    for name, value in _about(after).items():
        if _about(before).get(name) != value:
            body[name] = value
    for name in _about(before).keys() - _about(after).keys():
        body.pop(name, None)
    body["flow"] = {
        key: _changed_module(body["flow"], before, after, key, step)
        for key, step in after.steps.items()
    }
    _refuse_lost_hops(before, after, body["flow"])
    return {name: value for name, value in body.items() if name not in _NOT_SENT}


_NOT_SENT = frozenset({"uuid", "created_on", "updated_on"})


def _about(draft: FlowDraft) -> Json:
    given = {name: getattr(draft, ours) for ours, name in _ABOUT.items()}
    return {name: value for name, value in given.items() if value is not None}


# Reading


def _step(module: Wire, keys: Mapping[str, Any]) -> Step:
    raw = module.model_dump()
    pair = _BY_MODULE.get(type(module))
    if pair is not None:
        try:
            step: Step = pair.step(
                **{name: _READERS.get(name, _plain)(raw, at) for name, at in pair.places.items()}
            )
        except ValidationError:
            pass
        else:
            return step
    word = module.word if isinstance(module, wire.OpaqueModule) else str(raw["module"])
    open_text = json.dumps(without_secrets(raw), sort_keys=True)
    return UnknownStep(
        name=word,
        leads_to=tuple(_hops(raw, keys)),
        fingerprint=hashlib.sha256(open_text.encode()).hexdigest()[:16],
    )


def _hops(raw: Mapping[str, Any], keys: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Ways out of a module nobody described: whatever holds the key of another module."""
    for name, value in raw.items():
        if isinstance(value, str) and value in keys:
            yield name, value
        elif isinstance(value, dict):
            yield from _hops(value, keys)


def _plain(raw: Json, at: str) -> Any:
    outer, _, inner = at.partition(".")
    value = raw.get(outer)
    if inner:
        value = (value or {}).get(inner)
    # An empty string stands where nothing was chosen.
    return None if value == "" else value


def _targets(raw: Json, at: str) -> list[Target]:
    return [_target(item) for item in raw.get(at) or ()]


def _target(item: Json) -> Target:
    match item:
        case {"type": "sipuser", "uuid": str(id_)}:
            return ExtensionTarget(id=id_)
        case {"type": "huntgroup", "uuid": str(id_)}:
            return GroupTarget(id=id_)
        case {"type": "forward", "number": str(number)}:
            return NumberTarget(number=number)
        case _:
            which = item.get("uuid") or item.get("number") or ""
            return OtherTarget(words=f"{item.get('type') or 'something'} {which}".strip())


def _choices(raw: Json, at: str) -> dict[str, str]:
    return {key: hop for key, hop in (raw.get(at) or {}).items() if hop and _is_digit(key)}


def _is_digit(key: str) -> bool:
    return bool(key) and set(key) <= set("0123456789*#")


_READERS: Mapping[str, Callable[[Json, str], Any]] = {
    "targets": _targets,
    "choices": _choices,
    "has_pin": lambda raw, at: raw.get(at) not in (None, ""),
    "patterns": lambda raw, at: raw.get(at) or (),
    "mailboxes": lambda raw, at: raw.get(at) or (),
    "trunk": lambda raw, at: raw.get(at) or "",
}
"""Fields of steps whose values look different in a module."""


# Writing


def _changed_module(
    held: Mapping[str, Json], before: FlowDraft, after: FlowDraft, key: str, step: Step
) -> Json:
    was = before.steps.get(key)
    if was is None or type(was) is not type(step):
        return _module(after, key, step)
    if was == step:
        return held[key]
    if isinstance(step, UnknownStep):
        raise _impossible(after, key, "is a kind of step that Switchboard cannot change")
    return _written(after, key, {**held[key]}, was, step)


def _module(draft: FlowDraft, key: str, step: Step) -> Json:
    if isinstance(step, UnknownStep):
        raise _impossible(draft, key, "is a kind of step that Switchboard cannot make")
    pair = _BY_STEP[type(step)]
    return _written(draft, key, {"module": pair.word, **pair.always}, pair.step(), step)


def _written(draft: FlowDraft, key: str, raw: Json, was: Step, becomes: Step) -> Json:
    for name, at in _BY_STEP[type(becomes)].places.items():
        old, new = getattr(was, name), getattr(becomes, name)
        if old == new:
            continue
        if name == "has_pin" and new:
            raise _impossible(draft, key, "cannot be given a PIN here; set it in the dashboard")
        if name == "targets":
            raw[at] = _written_targets(draft, key, raw.get(at) or [], new)
        elif name == "choices":
            kept = {k: hop for k, hop in (raw.get(at) or {}).items() if k not in old}
            raw[at] = {**kept, **new}
        else:
            _put(raw, at, list(new) if isinstance(new, tuple) else new)
    return raw


def _put(raw: Json, at: str, value: Any) -> None:
    outer, _, inner = at.partition(".")
    place, name = (raw, outer)
    if inner:
        raw[outer] = place = {**(raw.get(outer) or {})}
        name = inner
    if value is None or value is False:
        place.pop(name, None)
    else:
        place[name] = value


def _written_targets(
    draft: FlowDraft, key: str, held: list[Json], targets: tuple[Target, ...]
) -> list[Json]:
    """The items, those that stay as they were: they may hold fields nobody knows."""
    left, items = list(held), []
    for target in targets:
        same = next((item for item in left if _target(item) == target), None)
        if same is not None:
            left.remove(same)
        items.append(_item(draft, key, target) if same is None else same)
    return items


def _item(draft: FlowDraft, key: str, target: Target) -> Json:
    match target:
        case ExtensionTarget(id=id_):
            return {"type": "sipuser", "uuid": id_}
        case GroupTarget(id=id_):
            return {"type": "huntgroup", "uuid": id_}
        case NumberTarget(number=number):
            return {"type": "forward", "number": number}
        case OtherTarget(words=words):
            raise _impossible(draft, key, f"rings “{words}”, which Switchboard cannot add")


def _refuse_lost_hops(before: FlowDraft, after: FlowDraft, modules: Mapping[str, Json]) -> None:
    """A dangling key drops calls, and one may stand in a field that the domain does not show."""
    gone = dict.fromkeys(before.steps.keys() - after.steps.keys())
    for key, module in modules.items():
        for way, _ in _hops(module, gone):
            raise _impossible(after, key, f"still leads to a step that goes (“{way}”)")


def _impossible(draft: FlowDraft, key: str, why: str) -> UsageError:
    return UsageError(
        f"{names_of_steps(draft)[key]} {why}.",
        hint="Change this step in the Yay.com dashboard, or leave it as it is.",
    )
