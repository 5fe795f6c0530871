"""What differs between two call flows, in words."""

from __future__ import annotations

from bot.domain.callflow import CallFlow, FlowDraft, label_of
from bot.flows.graph import reading_order
from bot.flows.words import Names, does, names_of_steps

_ABOUT = {
    "name": "Name",
    "extension": "Extension",
    "show_name": "Show the flow's name to who answers",
    "show_caller": "Show the caller's own number",
}


def differences(before: FlowDraft, after: FlowDraft, names: Names) -> list[str]:
    """One sentence for each thing that changes, in reading order; empty where nothing does."""
    said = [
        f"{label}: {_plain(getattr(before, field))} → {_plain(getattr(after, field))}"
        for field, label in _ABOUT.items()
        if getattr(before, field) != getattr(after, field)
    ]
    old, new = names_of_steps(before), names_of_steps(after)
    for key in reading_order(before):
        if key not in after.steps:
            said.append(f"{old[key]} goes: {does(before.steps[key], names)}")
    for key in reading_order(after):
        if key not in before.steps:
            said.append(f"{new[key]} is new: {does(after.steps[key], names)}")
        elif before.steps[key] != after.steps[key]:
            said.append(_changed(before, after, key, names))
    return said


def same(before: CallFlow, after: CallFlow) -> bool:
    """Whether a reader, and a caller, would find no difference."""
    return before.model_dump() == after.model_dump()


def _changed(before: FlowDraft, after: FlowDraft, key: str, names: Names) -> str:
    was, becomes = before.steps[key], after.steps[key]
    old, new = does(was, names), does(becomes, names)
    label = names_of_steps(after)[key]
    if old != new:
        return f"{label}: {old} → {new}"
    fields = [
        label_of(type(becomes), field).text.lower()
        for field in type(becomes).model_fields
        if getattr(was, field, None) != getattr(becomes, field)
    ]
    return f"{label}: changes {', '.join(fields)}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not set" if value is None else str(value)
