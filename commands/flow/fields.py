"""A step as a form, and back: one field for each thing that its annotations describe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.callflow import (
    VOICEMAIL_OF_DIALLED,
    DialExtension,
    ExtensionTarget,
    FlowDraft,
    GroupTarget,
    IsHop,
    Label,
    Menu,
    NumberTarget,
    OtherTarget,
    Refers,
    Ring,
    Step,
    Target,
    label_of,
)
from bot.domain.errors import UsageError
from bot.domain.numbers import PhoneNumber
from bot.domain.telephony import Kind
from bot.flows.words import Names, names_of_steps
from bot.slack.forms import Choice, Control, FormField, Values
from bot.slack.text import shortened

SEARCH = "flow.objects"
KEYS = "1234567890*#"
RINGS = "rings"
OUTSIDE = "outside"
KEY = "key_"

_NO_FORM = frozenset({"kind", "has_pin"})


class WrongField(UsageError):
    """What was entered cannot be read.

    Attributes:
        words: for beside the field, by the field's name.
    """

    def __init__(self, name: str, wrong: UsageError) -> None:
        super().__init__(wrong.user_message, hint=wrong.hint)
        self.words = {name: f"{wrong.user_message} {wrong.hint}".strip()}


def fields(flow: FlowDraft, key: str, names: Names, region: str) -> list[FormField]:
    """The form's fields for one step, with what it holds now."""
    step = flow.steps[key]
    steps = _steps(flow, key)
    made: list[FormField] = []
    for name, info in type(step).model_fields.items():
        value, label = getattr(step, name), label_of(type(step), name)
        if name in _NO_FORM:
            continue
        if isinstance(step, Ring) and name == "targets":
            made += _targets(step, names, region)
        elif isinstance(step, Menu) and name == "choices":
            made += [
                _hop(f"{KEY}{digit}", Label(f"Key {digit}"), step.choices.get(digit), steps)
                for digit in KEYS
            ]
        else:
            made.append(_field(name, label, info.metadata, value, steps, names, step))
    return made


def edited(step: Step, entered: Values, region: str) -> Step:
    """The step with what was entered.

    Raises:
        WrongField: something cannot be read; the sentence says what.
    """
    values: dict[str, Any] = step.model_dump()
    for name, info in type(step).model_fields.items():
        if name in _NO_FORM:
            continue
        if isinstance(step, Ring) and name == "targets":
            values[name] = _read_targets(step, entered, region)
        elif isinstance(step, Menu) and name == "choices":
            values[name] = _read_keys(step, entered)
        elif name in entered:
            values[name] = _read(name, entered[name], info.metadata, getattr(step, name))
    return type(step).model_validate(values)


def object_choices(ids: tuple[str, ...], names: Names) -> list[Choice]:
    """Objects that are chosen already, by name."""
    return [Choice(id_, names.get(id_, f"…{id_[-6:]}")) for id_ in ids]


def search_id(*kinds: Kind) -> str:
    """The id of a search among objects of these kinds."""
    return f"{SEARCH}:{','.join(kind.name for kind in kinds)}"


def kinds_of(search: str) -> list[Kind]:
    """The kinds that a search's id names."""
    return [Kind[name] for name in search.partition(":")[2].split(",") if name in Kind.__members__]


def target(id_: str) -> Target:
    """A target from its choice: `EXTENSION:id` or `HUNT_GROUP:id`."""
    kind, _, value = id_.partition(":")
    return GroupTarget(id=value) if kind == Kind.HUNT_GROUP.name else ExtensionTarget(id=value)


def read_numbers(text: str, region: str) -> list[NumberTarget]:
    """Outside numbers, one a line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [NumberTarget(number=PhoneNumber.parse(line, region).e164) for line in lines]


def _field(
    name: str, label: Label, marks: list[Any], value: Any, steps: list[Choice], names: Names,
    step: Step,
) -> FormField:  # fmt: skip
    refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
    if any(isinstance(mark, IsHop) for mark in marks):
        ways = steps
        if isinstance(step, DialExtension) and name == "no_answer":
            ways = [*steps, Choice(VOICEMAIL_OF_DIALLED, "Voicemail of the person dialled")]
        return _hop(name, label, value, ways)
    if refers is not None:
        many = isinstance(value, tuple)
        chosen = object_choices(value if many else (value,) if value else (), names)
        return FormField(
            name, label.text, Control.SEARCHES if many else Control.SEARCH, label.hint,
            optional=True, search=search_id(*refers.kinds),
            initial=chosen if many else next(iter(chosen), None),
        )  # fmt: skip
    if isinstance(value, tuple):
        text = "\n".join(value) or None
        return FormField(name, label.text, Control.LINES, label.hint, optional=True, initial=text)
    return FormField(
        name, label.text, Control.NUMBER, label.hint, optional=True, initial=value,
        lowest=1, highest=3600,
    )  # fmt: skip


def _hop(name: str, label: Label, value: str | None, steps: list[Choice]) -> FormField:
    chosen = next((choice for choice in steps if choice.value == value), None)
    hint = label.hint or "Empty: the call ends."
    if name.startswith(KEY):
        hint = ""
    return FormField(
        name, label.text, Control.CHOICE, hint, optional=True, choices=steps, initial=chosen
    )


def _steps(flow: FlowDraft, here: str) -> list[Choice]:
    """The steps that may come next; a menu may also be heard again."""
    names = names_of_steps(flow)
    step = flow.steps[here]
    again = isinstance(step, (Menu, DialExtension)) or here in (hop for _, hop in step.hops())
    return [
        Choice(key, f"{shortened(names[key], 60)}{', again' if key == here else ''}")
        for key in names
        if key != here or again
    ] or [Choice(here, "this step")]


def _targets(step: Ring, names: Names, region: str) -> list[FormField]:
    people = [
        Choice(f"{_KIND[type(one)].name}:{one.id}", names.get(one.id, f"…{one.id[-6:]}"))
        for one in step.targets
        if isinstance(one, (ExtensionTarget, GroupTarget))
    ]
    outside = [one.number for one in step.targets if isinstance(one, NumberTarget)]
    return [
        FormField(
            RINGS, "Who rings", Control.SEARCHES, "Extensions and hunt groups.", optional=True,
            search=search_id(Kind.EXTENSION, Kind.HUNT_GROUP), initial=people,
        ),
        FormField(
            OUTSIDE, "Outside numbers", Control.LINES,
            f"One a line, like +44…, or as written in {region}.",
            optional=True, initial="\n".join(outside) or None,
        ),
    ]  # fmt: skip


_KIND: Mapping[type, Kind] = {ExtensionTarget: Kind.EXTENSION, GroupTarget: Kind.HUNT_GROUP}


def _read_targets(step: Ring, entered: Values, region: str) -> tuple[Target, ...]:
    chosen = entered.get(RINGS) or []
    outside = str(entered.get(OUTSIDE) or "")
    kept = [one for one in step.targets if isinstance(one, OtherTarget)]
    try:
        numbers = read_numbers(outside, region)
    except UsageError as wrong:
        raise WrongField(OUTSIDE, wrong) from None
    return (*(target(id_) for id_ in chosen), *numbers, *kept)


def _read_keys(step: Menu, entered: Values) -> dict[str, str]:
    kept = {key: hop for key, hop in step.choices.items() if key not in KEYS}
    chosen = {digit: entered.get(f"{KEY}{digit}") for digit in KEYS}
    return {**{digit: str(hop) for digit, hop in chosen.items() if hop}, **kept}


def _read(name: str, value: str | list[str] | None, marks: list[Any], before: Any) -> Any:
    if isinstance(before, tuple):
        return tuple(value) if isinstance(value, list) else tuple((value or "").splitlines())
    if any(isinstance(mark, (IsHop, Refers)) for mark in marks):
        return value or None
    if value is None:
        return None
    if not str(value).isdigit():
        raise WrongField(name, UsageError(f"“{value}” is not a whole number of seconds."))
    return int(str(value))
