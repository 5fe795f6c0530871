"""The list of endpoints, the modules that are generated from it, and what both amount to."""

from __future__ import annotations

import json
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from bot.domain.operations import Effect, Place
from bot.providers.operations import Blob, FileContent, Operation, wire_name
from bot.providers.ringme import SPEC, generate
from bot.providers.ringme.wire import Nothing, RingMeOperation, Usually, Wire

LISTED = json.loads(generate.LIST.read_text(encoding="utf-8"))
BY_NAME = {each["call"]: each for each in LISTED["endpoints"]}
CALLS = [pytest.param(each, id=each.name) for each in SPEC.operations]

_PLACES = {"path": Place.PATH, "query": Place.QUERY, "json": Place.BODY, "form": Place.BODY}
_TYPES: dict[str, Any] = {"string": str, "integer": int, "boolean": bool, "file": FileContent}


@pytest.mark.parametrize("name", sorted(generate.modules()))
def test_the_modules_are_what_the_generator_writes(name: str) -> None:
    written = Path(generate.HERE / "operations" / name).read_text(encoding="utf-8")
    assert written == generate.modules()[name], (
        "run python -m bot.providers.ringme.generate, or change endpoints.json instead"
    )


def test_no_module_is_left_over() -> None:
    there = {path.name for path in (generate.HERE / "operations").glob("*.py")}
    assert there == set(generate.modules())


def test_the_whole_document_is_there() -> None:
    assert len(SPEC.operations) == 103
    assert [each.name for each in SPEC.operations] == list(BY_NAME)
    by_method = [each.method for each in SPEC.operations]
    assert {method: by_method.count(method) for method in by_method} == {
        "GET": 50,
        "POST": 13,
        "PUT": 24,
        "DELETE": 16,
    }
    assert len({each.path for each in SPEC.operations}) == 58


def test_every_parameter_field_enumeration_and_default_is_there() -> None:
    parameters = [(name, f) for each in SPEC.operations for name, f in each.model_fields.items()]
    models = [model for each in SPEC.operations if (model := model_of(each)) is not None]
    fields = [field for model in models for field in model.model_fields.values()]
    assert len(parameters) == 516
    assert sum(field.is_required() for _, field in parameters) == 205
    assert len(models) == 75
    assert len(fields) == 740
    enumerations = [words_of(field) for _, field in parameters] + [usual(field) for field in fields]
    assert sum(words is not None for words in enumerations) == 65
    defaults = [field for _, field in parameters] + fields
    given = [
        f
        for f in defaults
        if not f.is_required() and f.get_default(call_default_factory=True) is not None
    ]
    assert len(given) == 194


@pytest.mark.parametrize("operation", CALLS)
def test_parameters_are_as_listed(operation: type[RingMeOperation[Any]]) -> None:
    listed = BY_NAME[operation.name]["parameters"]
    declared = {wire_name(name, f): (name, f) for name, f in operation.model_fields.items()}
    assert list(declared) == [each["name"] for each in listed]
    for each in listed:
        name, field = declared[each["name"]]
        assert operation.place_of(name) is _PLACES[each["in"]]
        assert field.is_required() is each.get("required", False)
        if not field.is_required():
            assert field.default == each.get("default")
        assert words_of(field) == each.get("one_of")
        if "one_of" not in each:
            assert kind_of(field.annotation) == each["type"]
    assert operation.form is any(each["in"] == "form" for each in listed)


@pytest.mark.parametrize("operation", CALLS)
def test_answers_are_as_listed(operation: type[RingMeOperation[Any]]) -> None:
    listed = BY_NAME[operation.name]
    plain = {"nothing": Nothing, "anything": Any, "file": Blob}
    if listed["answer"] in plain:
        assert operation.answers is plain[listed["answer"]]
        return
    assert (get_origin(operation.answers) is list) is (listed["answer"] == "many")
    model = model_of(operation)
    assert model is not None
    assert model.__name__ == listed["model"]
    fields = LISTED["models"][listed["model"]]["fields"]
    assert list(model.model_fields) == [each["name"] for each in fields]
    for each in fields:
        field = model.model_fields[each["name"]]
        assert field.get_default(call_default_factory=True) == each.get("default")
        assert usual(field) == each.get("one_of")
        # What goes in as condition comes out as interval_condition, with the same fields.
        assert kind_of(field.annotation) == each["type"].replace("interval_condition", "condition")


def test_effects_are_honest() -> None:
    for each in SPEC.operations:
        assert each.effect.value == BY_NAME[each.name]["effect"]
        assert (each.effect is Effect.READS) is (each.method == "GET")
        assert (each.effect is Effect.CANNOT_BE_UNDONE) is (each.method == "DELETE")
    assert {each.name for each in SPEC.operations if each.effect is Effect.COSTS_MONEY} == {
        "POST /extension/{extension_id}/callback/",
        "PUT /extension/{extension_id}/current_calls/{call_api_id}",
        "POST /extension/{extension_id}/fax/out/",
        "PUT /extension/{extension_id}/fax/out/{message_id}",
    }


def test_items_have_no_slash_and_collections_have() -> None:
    """Except for what fetches a file, every path that ends in a name ends in a slash."""
    for each in SPEC.operations:
        assert each.path.endswith("/") is not each.path.endswith("}")


def test_every_call_can_be_listed() -> None:
    names = [word for each in SPEC.operations for word in (each.name, each.alias)]
    assert len(names) == len(set(names)) == 206
    for each in SPEC.operations:
        assert each.purpose().endswith(".")
        for parameter in each.parameters():
            assert json.dumps(parameter.schema)


def model_of(operation: type[Operation[Any]]) -> type[Wire] | None:
    answer = operation.answers
    model = get_args(answer)[0] if get_origin(answer) is list else answer
    known = isinstance(model, type) and issubclass(model, Wire) and model is not Nothing
    return model if known else None


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        (kept,) = [each for each in get_args(annotation) if each is not NoneType]
        return kept
    return annotation


def words_of(field: Any) -> list[str] | None:
    annotation = _without_none(field.annotation)
    return list(get_args(annotation)) if get_origin(annotation) is Literal else None


def usual(field: Any) -> list[str] | None:
    marks = [mark for mark in field.metadata if isinstance(mark, Usually)]
    return list(get_args(marks[0].words)) if marks else None


def kind_of(annotation: Any) -> str:
    """The document's word for a type."""
    plain = _without_none(annotation)
    if get_origin(plain) is list:
        return f"[{kind_of(get_args(plain)[0])}]"
    if get_origin(plain) is not None:  # Annotated, of a whole number or an identifier
        return kind_of(get_args(plain)[0])
    names = {value: name for name, value in _TYPES.items()}
    if plain is Any:
        return "object"
    nested = {model["class"]: name for name, model in LISTED["nested"].items()}
    return names[plain] if plain in names else nested[plain.__name__]
