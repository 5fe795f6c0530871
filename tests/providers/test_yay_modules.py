"""Modules are written as they were read, whatever is in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.callflow import UnknownStep
from bot.providers.operations import Place
from bot.providers.yay.flows import changed_body, to_flow
from bot.providers.yay.modules import MODULES, OpaqueModule
from bot.providers.yay.operations import FlowRecord, UpdateFlow

KEYS = [f"k{number}" for number in range(6)]
WORDS = st.text(max_size=12)
HOPS = st.sampled_from([*KEYS, "sipuser_voicemail", "", "gone"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
SECONDS = st.integers(-5, 5000)
TARGETS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"type": st.sampled_from(["sipuser", "huntgroup"]), "uuid": WORDS}),
        st.fixed_dictionaries({"type": st.just("forward"), "number": WORDS, "confirm_key": JSON}),
        st.fixed_dictionaries({"type": WORDS, "uuid": JSON}),
    ),
    max_size=3,
)
MENU = st.dictionaries(st.sampled_from([*"0123456789*#", "invalid", "timeout", "answer"]), HOPS)

DOCUMENTED: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "start": {"next": HOPS},
    "recording": {"next": HOPS},
    "musiconhold": {"class": WORDS, "next": HOPS},
    "calleridmatch": {"patterns": st.lists(WORDS), "match": HOPS, "nomatch": HOPS},
    "play": {"sound": WORDS, "next": HOPS},
    "extension": {
        "extensions": TARGETS,
        "duration": SECONDS,
        "announcement": WORDS,
        "ringtone": WORDS,
        "noanswer": HOPS,
    },
    "pressextension": {"sound": WORDS, "duration": SECONDS, "next": MENU},
    "dialbyextension": {
        "sound": WORDS,
        "wait_duration": SECONDS,
        "dial_duration": SECONDS,
        "ringtone": WORDS,
        "next": MENU,
        "noanswer": HOPS,
    },
    "busy": {"duration": SECONDS},
    "voicemail": {"mailboxes": st.lists(WORDS, max_size=3)},
    "conference": {"pin": WORDS, "announcement": WORDS, "music": WORDS},
    "Trunk": {"uuid": WORDS},
    "trunk": {"uuid": WORDS},
    "fax": {},
}


@st.composite
def documented(draw: st.DrawFn) -> dict[str, Any]:
    word = draw(st.sampled_from(sorted(DOCUMENTED)))
    known = draw(st.fixed_dictionaries({}, optional=DOCUMENTED[word]))
    more = draw(st.dictionaries(WORDS, JSON, max_size=2))
    return {**more, **known, "module": word}


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    anything = st.dictionaries(st.sampled_from([*DOCUMENTED["extension"], "next", "pin"]), JSON)
    module = documented() | anything | anything.map(lambda each: {**each, "module": "callqueue"})
    return {
        "uuid": "u",
        "name": draw(st.text(min_size=1, max_size=8)),
        "extension": draw(st.integers(1, 9999)),
        "flow": draw(st.dictionaries(st.sampled_from(KEYS), module)),
        "show_call_route_name": draw(st.booleans()),
        **draw(st.dictionaries(st.sampled_from(["colour", "notes"]), JSON)),
    }


def body_of(flow: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in flow.items() if name != "uuid"}


def test_all_documented_modules_are_modelled() -> None:
    assert set(DOCUMENTED) == set(MODULES)
    assert len(set(MODULES.values())) == 13
    for word, fields in DOCUMENTED.items():
        model = MODULES[word].model_fields
        assert {field.alias or name for name, field in model.items()} == {"module", *fields}


@settings(deadline=None)
@given(documented())
def test_a_documented_module_has_its_own_model(module: dict[str, Any]) -> None:
    record = FlowRecord.model_validate(
        {"uuid": "u", "name": "n", "extension": 1, "flow": {"k": module}}
    )
    assert type(record.flow["k"]) is MODULES[module["module"]]


@settings(deadline=None)
@given(flows())
def test_what_is_read_is_written(flow: dict[str, Any]) -> None:
    record = FlowRecord.model_validate(flow)
    assert record.model_dump() == flow
    assert json.loads(record.model_dump_json()) == json.loads(json.dumps(flow))


@settings(deadline=None)
@given(flows())
def test_saving_without_a_change_changes_nothing(flow: dict[str, Any]) -> None:
    record = FlowRecord.model_validate(flow)
    same = to_flow(record)
    assert changed_body(record, same, same) == body_of(flow)


@settings(deadline=None)
@given(flows(), st.text(min_size=1, max_size=8))
def test_a_new_name_changes_only_the_name(flow: dict[str, Any], name: str) -> None:
    record = FlowRecord.model_validate(flow)
    before = to_flow(record)
    after = before.model_copy(update={"name": name})
    assert changed_body(record, before, after) == body_of(flow) | {"name": name}


@pytest.mark.parametrize(
    "module",
    [
        {"module": "callqueue", "groups": ["g"], "answer": "k0"},
        {"module": "play", "sound": 7, "next": "k0"},
        {"module": "busy", "duration": "3"},
        {"module": "busy", "duration": 3.0},
        {"module": "busy", "duration": True},
        {"module": "voicemail", "mailboxes": "one"},
        {"module": ["start"]},
        {"module": None},
        {},
    ],
)
def test_what_has_no_model_is_kept_and_unknown(module: dict[str, Any]) -> None:
    flow = {"uuid": "u", "name": "n", "extension": 1, "flow": {"k": module, "k0": {}}}
    record = FlowRecord.model_validate(flow)
    assert isinstance(record.flow["k"], OpaqueModule)
    assert record.model_dump() == flow
    step = to_flow(record).steps["k"]
    assert isinstance(step, UnknownStep)
    assert [hop for _, hop in step.hops()] == [v for v in module.values() if v == "k0"]


def test_a_module_that_was_read_is_not_checked_again() -> None:
    odd = {"c": {"module": "conference", "pin": "123456"}, "b": {"module": "busy", "duration": "3"}}
    record = FlowRecord.model_validate({"uuid": "u", "name": "n", "extension": 1, "flow": odd})
    call = UpdateFlow.read({"uuid": "u", "name": "n", "extension": 1, "flow": record.flow})
    assert call.values(Place.BODY)["flow"] == odd
