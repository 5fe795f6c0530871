"""Interactive elements: where they stand in blocks, and what a person has put into them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

VALUE_FIELD = {
    "button": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "file_input": "files",
}
INITIAL_FIELD = {
    kind: "initial_value" if name == "value" else name.replace("selected_", "initial_")
    for kind, name in VALUE_FIELD.items()
    if kind not in {"button", "overflow", "file_input"}
}
# A button and an overflow menu keep nothing, so they have no place in ``state.values``.
STATELESS = {"button", "overflow"}


def elements_of(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in, in reading order."""
    for block in blocks:
        kind = block.get("type")
        if kind == "actions":
            found = block["elements"]
        elif kind == "section" and block.get("accessory"):
            found = [block["accessory"]]
        elif kind == "input":
            found = [block["element"]]
        else:
            found = []
        yield from ((block, element) for element in found if element["type"] in VALUE_FIELD)


def texts_of(content: Any) -> Iterator[str]:
    """Every text in blocks or a view, in reading order: sentences, labels of buttons, options."""
    if isinstance(content, list):
        for item in content:
            yield from texts_of(item)
    elif isinstance(content, Mapping):
        for name, inside in content.items():
            if name == "text" and isinstance(inside, str):
                yield inside
            elif name not in {"confirm", "placeholder"}:
                yield from texts_of(inside)


def options_of(element: Mapping[str, Any]) -> list[Json]:
    """The options of a menu, those in groups included."""
    groups = [{"options": element.get("options") or []}, *(element.get("option_groups") or [])]
    return [
        option
        for group in groups
        if isinstance(group, dict)
        for option in group.get("options") or []
        if isinstance(option, dict)
    ]


def with_names(blocks: Sequence[Json], fresh: Iterator[str]) -> list[Json]:
    """A copy of the blocks in which every block and element has an id, as Slack gives them out."""
    named = []
    for block in blocks:
        copy = {**block, "block_id": block.get("block_id") or next(fresh)}
        if copy["type"] == "actions":
            copy["elements"] = [_with_name(element, fresh) for element in copy["elements"]]
        elif copy["type"] == "section" and copy.get("accessory"):
            copy["accessory"] = _with_name(copy["accessory"], fresh)
        elif copy["type"] == "input":
            copy["element"] = _with_name(copy["element"], fresh)
        named.append(copy)
    return named


def _with_name(element: Json, fresh: Iterator[str]) -> Json:
    if element["type"] not in VALUE_FIELD:
        return element
    return {**element, "action_id": element.get("action_id") or next(fresh)}


def value_of(element: Json, given: Any) -> Json:
    """What ``state.values`` says of an element, from what a person put in.

    Args:
        element: the element as it stands in the block.
        given: Slack's own form (``{"type": …, "selected_option": …}``), or for short the plain
            value: a string for a text, a date or a person; the ``value`` of an option; a list of
            these for a multiple choice; None for nothing.

    Raises:
        ValueError: the element has no such option.
    """
    kind = element["type"]
    name = VALUE_FIELD[kind]
    whole = isinstance(given, Mapping) and ("type" in given or name in given)
    content = given.get(name) if whole else given
    if name == "selected_option" and content is not None:
        content = _option(element, content)
    elif name == "selected_options":
        content = [_option(element, one) for one in content or []]
    elif name.endswith("s"):
        content = list(content or [])
    elif name == "value":
        content = None if content in (None, "") else str(content)
    return {"type": kind, name: content}


def _option(element: Json, chosen: Any) -> Json:
    value = chosen.get("value") if isinstance(chosen, Mapping) else chosen
    if "external" in element["type"]:
        if isinstance(chosen, Mapping):
            return dict(chosen)
        return {"text": {"type": "plain_text", "text": str(chosen), "emoji": True}, "value": value}
    for option in options_of(element):
        if option["value"] == value:
            return option
    offered = ", ".join(str(option["value"]) for option in options_of(element))
    raise ValueError(f"{element['action_id']} offers no option {value!r}; it offers: {offered}")


def state_values(blocks: Sequence[Json], given: Mapping[str, Mapping[str, Any]]) -> Json:
    """``state.values`` of a message or view: what was given, else what each element began with.

    Raises:
        ValueError: something was given for an element that is not there, or an option that it does
            not have.
    """
    values: Json = {}
    for block, element in elements_of(blocks):
        if element["type"] in STATELESS:
            continue
        given_here = given.get(block["block_id"], {})
        if element["action_id"] in given_here:
            content = given_here[element["action_id"]]
        else:
            content = element.get(INITIAL_FIELD.get(element["type"], ""))
        values.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, content)
    for block_id, actions in given.items():
        for action_id in actions:
            if action_id not in values.get(block_id, {}):
                here = [f"{b}/{a}" for b, inside in values.items() for a in inside]
                raise ValueError(
                    f"nothing to fill in at {block_id}/{action_id}; there is: {', '.join(here)}"
                )
    return values


def complaints(blocks: Sequence[Json], values: Json) -> dict[str, str]:
    """What Slack's client says of a form before it sends it, by block id; empty if fine."""
    found: dict[str, str] = {}
    for block, element in elements_of(blocks):
        if block["type"] != "input":
            continue
        content = values[block["block_id"]][element["action_id"]][VALUE_FIELD[element["type"]]]
        if content in (None, []):
            if not block.get("optional"):
                found[block["block_id"]] = "Please complete this required field."
        elif isinstance(content, list) and len(content) > element.get("max_selected_items", 100):
            found[block["block_id"]] = (
                f"Please choose no more than {element['max_selected_items']} items."
            )
        elif words := _text_complaint(element, content):
            found[block["block_id"]] = words
    return found


def _text_complaint(element: Json, content: Any) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(content) < least:
            return f"Please enter at least {least} characters."
        if len(content) > most:
            return f"Please enter no more than {most} characters."
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", content):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", content):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _number_complaint(element, str(content))
    return None


def _number_complaint(element: Json, content: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, content):
        return "Please enter a valid number."
    if "min_value" in element and float(content) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(content) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
