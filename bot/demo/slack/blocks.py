"""The grammar of Block Kit: what Slack accepts in a message, a modal and a Home tab.

The limits are those of Slack's reference of blocks and views. Refusals name the place by a JSON
pointer, as Slack's do.
"""

from collections.abc import Mapping
from typing import Any

from bot.demo.slack.element_grammar import (
    CONTEXT_ELEMENT,
    GROUP,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    LINK,
    NAME,
    OPTION,
    inside,
    options_or_groups,
    plain,
    rich,
)
from bot.demo.slack.elements import elements_of
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.schema import (
    Check,
    Findings,
    Rule,
    Surface,
    anything,
    boolean,
    fields,
    integer,
    items,
    string,
    typed,
    word,
)

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


def _says_something(value: Mapping[str, Any], pointer: str, findings: Findings) -> None:
    if value.get("text") is None and value.get("fields") is None:
        findings.add("missing required field: text", pointer)


def _shows_something(value: Mapping[str, Any], pointer: str, findings: Findings) -> None:
    if (value.get("image_url") is None) == (value.get("slack_file") is None):
        findings.add("must provide either image_url or slack_file", pointer)


def _block(
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    *rules: Rule,
) -> Check:
    return fields(
        {"type": anything, **(required or {})}, {"block_id": NAME, **(optional or {})}, *rules
    )


_RICH_TEXT_PARTS = {
    "rich_text_section",
    "rich_text_list",
    "rich_text_preformatted",
    "rich_text_quote",
}
_RICH_TEXT_PART = fields(
    {
        "type": word(*sorted(_RICH_TEXT_PARTS)),
        "elements": items(anything, 0, 1000),
    },
    {
        "style": word("bullet", "ordered"),
        "indent": integer(0, 8),
        "offset": integer(0, 100_000),
        "border": integer(0, 1),
    },
)

BLOCKS: dict[str, Check] = {
    "section": _block(
        {},
        {
            "text": rich(3000),
            "fields": items(rich(2000), 1, 10),
            "accessory": inside(IN_SECTION),
            "expand": boolean,
        },
        _says_something,
    ),
    "header": _block({"text": plain(150)}),
    "divider": _block(),
    "image": _block(
        {"alt_text": string(2000)},
        {"image_url": LINK, "slack_file": anything, "title": plain(2000)},
        _shows_something,
    ),
    "context": _block({"elements": items(CONTEXT_ELEMENT, 1, 10)}),
    "actions": _block({"elements": items(inside(IN_ACTIONS), 1, 25)}),
    "input": _block(
        {"label": plain(2000), "element": inside(IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": _block({"elements": items(_RICH_TEXT_PART, 1, 100)}),
    "markdown": _block({"text": string(12_000)}),
}
_BLOCK = typed(BLOCKS, lambda kind, surface: kind != "markdown" or surface == "message")

_VIEW_FIELDS: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_MODAL = fields(
    {"type": anything, "title": plain(24), "blocks": items(_BLOCK, 0, VIEW_BLOCKS)},
    {
        **_VIEW_FIELDS,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = fields({"type": anything, "blocks": items(_BLOCK, 0, VIEW_BLOCKS)}, _VIEW_FIELDS)


def _unique_names(blocks: list[dict[str, Any]], pointer: str, findings: Findings) -> None:
    """Block ids are unique in a payload, action ids in a block."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id")
        if name is not None and name in seen:
            findings.add(f'`block_id` "{name}" already exists', f"{pointer}/{index}/block_id")
        seen.add(str(name))
        actions: set[str] = set()
        for _, element in elements_of([block]):
            action = element.get("action_id")
            if action is not None and action in actions:
                findings.add(f'`action_id` "{action}" already exists', f"{pointer}/{index}")
            actions.add(str(action))
    focused = [element for _, element in elements_of(blocks) if element.get("focus_on_load")]
    if len(focused) > 1:
        findings.add("only one element can have focus_on_load set to true", pointer)


def check_message_blocks(blocks: Any) -> None:
    """Refuse blocks that no message may have.

    Raises:
        SlackRefusal: ``invalid_blocks_format`` or ``invalid_blocks``.
    """
    if not isinstance(blocks, list):
        raise SlackRefusal("invalid_blocks_format")
    findings = Findings("message")
    items(_BLOCK, 0, MESSAGE_BLOCKS)(blocks, "/blocks", findings)
    if not findings.messages:
        _unique_names(blocks, "/blocks", findings)
    if findings.messages:
        raise SlackRefusal("invalid_blocks", findings.messages)


def check_view(view: Any, surface: Surface) -> None:
    """Refuse a modal or a Home tab that Slack would not show.

    Raises:
        SlackRefusal: ``invalid_arguments`` with one message a finding.
    """
    findings = Findings(surface)
    shape = _HOME if surface == "home" else _MODAL
    typed({surface: shape}, lambda _kind, _surface: True)(view, "/view", findings)
    if not findings.messages:
        _unique_names(view["blocks"], "/view/blocks", findings)
        asks = any(block["type"] == "input" for block in view["blocks"])
        if surface == "modal" and asks and not view.get("submit"):
            findings.add("missing required field: submit", "/view")
    if findings.messages:
        raise SlackRefusal("invalid_arguments", findings.messages)


def check_options(body: Any) -> None:
    """Refuse an answer to a ``block_suggestion`` that a select menu cannot show.

    Raises:
        SlackRefusal: ``invalid_arguments``.
    """
    findings = Findings("message")
    fields({}, {"options": items(OPTION, 0, 100), "option_groups": items(GROUP, 0, 100)})(
        body, "", findings
    )
    if not findings.messages:
        options_or_groups(body, "", findings)
    if findings.messages:
        raise SlackRefusal("invalid_arguments", findings.messages)
