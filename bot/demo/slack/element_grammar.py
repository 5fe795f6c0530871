"""The grammar of Block Kit's elements and composition objects: texts, options, menus, inputs.

The limits are those of Slack's reference.
"""

from collections.abc import Mapping
from typing import Any

from bot.demo.slack.elements import INITIAL_FIELD, options_of
from bot.demo.slack.schema import (
    Check,
    Findings,
    Rule,
    anything,
    boolean,
    fields,
    integer,
    items,
    matching,
    string,
    typed,
    word,
)

NAME = string(255)
LINK = string(3000)


def _text(most: int, *kinds: str) -> Check:
    """A text object of ``plain_text`` or ``mrkdwn``."""
    table = {
        "plain_text": fields({"type": anything, "text": string(most)}, {"emoji": boolean}),
        "mrkdwn": fields({"type": anything, "text": string(most)}, {"verbatim": boolean}),
    }
    return typed(table, lambda kind, _surface: kind in kinds)


def plain(most: int) -> Check:
    """A ``plain_text`` object of at most so many characters."""
    return _text(most, "plain_text")


def rich(most: int) -> Check:
    """A ``plain_text`` or ``mrkdwn`` object of at most so many characters."""
    return _text(most, "plain_text", "mrkdwn")


def _option(text: Check, **more: Check) -> Check:
    return fields({"text": text, "value": string(150)}, {"description": text, **more})


OPTION = _option(plain(75))
_RICH_OPTION = _option(rich(75))
GROUP = fields({"label": plain(75), "options": items(OPTION, 1, 100)})
_CONFIRM = fields(
    {"title": plain(100), "text": rich(300), "confirm": plain(30), "deny": plain(30)},
    {"style": word("primary", "danger")},
)
_FILTER = fields(
    {},
    {
        "include": items(word("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def options_or_groups(value: Mapping[str, Any], pointer: str, findings: Findings) -> None:
    """A menu has options or groups of them, not both."""
    if (value.get("options") is None) == (value.get("option_groups") is None):
        findings.add("must provide either options or option_groups", pointer)


def _initial_is_offered(value: Mapping[str, Any], pointer: str, findings: Findings) -> None:
    name = INITIAL_FIELD.get(str(value.get("type")), "")
    initial = value.get(name)
    if initial is None:
        return
    offered = [(option.get("value"), option.get("text")) for option in options_of(value)]
    chosen = initial if isinstance(initial, list) else [initial]
    for option in chosen:
        if not isinstance(option, dict) or (option.get("value"), option.get("text")) not in offered:
            findings.add(f"{name} must match an option in options", f"{pointer}/{name}")


def _lengths_agree(value: Mapping[str, Any], pointer: str, findings: Findings) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        findings.add("min_length must not be greater than max_length", pointer)


def _element(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *rules: Rule,
) -> Check:
    return fields(
        {"type": anything, **(required or {})}, {"action_id": NAME, **(optional or {})}, *rules
    )


_SHOWN = {"placeholder": plain(150), "focus_on_load": boolean}
_CHOSEN = {**_SHOWN, "confirm": _CONFIRM}
_MANY = {**_CHOSEN, "max_selected_items": integer(1, 100)}
_STATIC = {"options": items(OPTION, 1, 100), "option_groups": items(GROUP, 1, 100)}
_EXTERNAL = {"min_query_length": integer(0, 255)}
_DISPATCH = {
    "dispatch_action_config": fields(
        {},
        {"trigger_actions_on": items(word("on_enter_pressed", "on_character_entered"), 1, 2)},
    )
}
_DATE = matching(r"\d{4}-\d{2}-\d{2}", "must be a valid date")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be a valid time")
_DECIMAL = matching(r"-?\d+(\.\d+)?", "must be a valid number")

ELEMENTS: dict[str, Check] = {
    "button": _element(
        {"text": plain(75)},
        {
            "url": LINK,
            "value": string(2000),
            "style": word("primary", "danger"),
            "confirm": _CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "static_select": _element(
        {},
        {**_CHOSEN, **_STATIC, "initial_option": OPTION},
        options_or_groups,
        _initial_is_offered,
    ),
    "multi_static_select": _element(
        {},
        {**_MANY, **_STATIC, "initial_options": items(OPTION, 1, 100)},
        options_or_groups,
        _initial_is_offered,
    ),
    "external_select": _element({}, {**_CHOSEN, **_EXTERNAL, "initial_option": OPTION}),
    "multi_external_select": _element(
        {}, {**_MANY, **_EXTERNAL, "initial_options": items(OPTION, 1, 100)}
    ),
    "users_select": _element({}, {**_CHOSEN, "initial_user": NAME}),
    "multi_users_select": _element({}, {**_MANY, "initial_users": items(NAME, 1, 100)}),
    "channels_select": _element(
        {}, {**_CHOSEN, "initial_channel": NAME, "response_url_enabled": boolean}
    ),
    "multi_channels_select": _element({}, {**_MANY, "initial_channels": items(NAME, 1, 100)}),
    "conversations_select": _element(
        {},
        {
            **_CHOSEN,
            "initial_conversation": NAME,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": _FILTER,
        },
    ),
    "multi_conversations_select": _element(
        {},
        {
            **_MANY,
            "initial_conversations": items(NAME, 1, 100),
            "default_to_current_conversation": boolean,
            "filter": _FILTER,
        },
    ),
    "overflow": _element(
        {"options": items(_option(plain(75), url=LINK), 1, 5)}, {"confirm": _CONFIRM}
    ),
    "checkboxes": _element(
        {"options": items(_RICH_OPTION, 1, 10)},
        {
            "initial_options": items(_RICH_OPTION, 1, 10),
            "confirm": _CONFIRM,
            "focus_on_load": boolean,
        },
        _initial_is_offered,
    ),
    "radio_buttons": _element(
        {"options": items(_RICH_OPTION, 1, 10)},
        {"initial_option": _RICH_OPTION, "confirm": _CONFIRM, "focus_on_load": boolean},
        _initial_is_offered,
    ),
    "datepicker": _element({}, {**_CHOSEN, "initial_date": _DATE}),
    "timepicker": _element({}, {**_CHOSEN, "initial_time": _TIME, "timezone": string(255)}),
    "datetimepicker": _element(
        {},
        {
            "initial_date_time": integer(1_000_000_000, 9_999_999_999),
            "confirm": _CONFIRM,
            "focus_on_load": boolean,
        },
    ),
    "plain_text_input": _element(
        {},
        {
            **_SHOWN,
            **_DISPATCH,
            "initial_value": string(3000, least=0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _lengths_agree,
    ),
    "email_text_input": _element({}, {**_SHOWN, **_DISPATCH, "initial_value": string(3000)}),
    "url_text_input": _element({}, {**_SHOWN, **_DISPATCH, "initial_value": string(3000)}),
    "number_input": _element(
        {"is_decimal_allowed": boolean},
        {
            **_SHOWN,
            **_DISPATCH,
            "initial_value": _DECIMAL,
            "min_value": _DECIMAL,
            "max_value": _DECIMAL,
        },
    ),
    "file_input": _element(
        {}, {"filetypes": items(string(50), 1, 100), "max_files": integer(1, 10)}
    ),
    "image": fields(
        {"type": anything, "alt_text": string(2000)}, {"image_url": LINK, "slack_file": anything}
    ),
}

_PICKERS = {
    "static_select",
    "external_select",
    "users_select",
    "channels_select",
    "conversations_select",
}
_MULTI_PICKERS = {f"multi_{name}" for name in _PICKERS}
_CLICKED = {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
_TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}

# Which elements Slack takes in which block.
IN_SECTION = {"button", "overflow", "image"} | _PICKERS | _MULTI_PICKERS | _CLICKED
IN_ACTIONS = {"button", "overflow", "datetimepicker"} | _PICKERS | _CLICKED
IN_INPUT = {"datetimepicker", "file_input"} | _PICKERS | _MULTI_PICKERS | _CLICKED | _TYPED


def inside(names: set[str]) -> Check:
    """An element of one of these types; a file input only in a modal."""
    return typed(
        ELEMENTS,
        lambda kind, surface: kind in names and (kind != "file_input" or surface == "modal"),
    )


CONTEXT_ELEMENT = typed(
    {**ELEMENTS, "mrkdwn": _text(2000, "mrkdwn"), "plain_text": _text(2000, "plain_text")},
    lambda kind, _surface: kind in {"image", "mrkdwn", "plain_text"},
)
