"""What Slack refuses in blocks, modals and Home tabs, this one refuses, in the same words."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.demo.slack_office import (
    ANNA,
    PHONES,
    Json,
    Office,
    actions,
    button,
    entry,
    modal,
    opened_office,
    option,
    plain,
    section,
    select,
    text_input,
)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with opened_office() as office:
        yield office


CONFIRM = {
    "title": plain("Sure?"),
    "text": {"type": "mrkdwn", "text": "Really?"},
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
IMAGE = {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x"}


def held(element: Json) -> list[Json]:
    return [actions(element)]


GOOD: list[list[Json]] = [
    [section("x" * 3000), {"type": "divider"}, {"type": "header", "text": plain("h" * 150)}],
    [section("x", accessory=select("a", "one", "two", initial_option=option("two")))],
    [section("x", accessory=IMAGE), IMAGE],
    [{"type": "section", "fields": [plain("f" * 2000)] * 10}],
    [{"type": "context", "elements": [{"type": "mrkdwn", "text": "c"}, IMAGE]}],
    [actions(*(button(f"a{n}") for n in range(25)))],
    [actions(button("a", value="v" * 2000, style="danger", confirm=CONFIRM))],
    [actions({"type": "overflow", "action_id": "o", "options": [option("one")]})],
    [
        actions(
            {
                "type": "static_select",
                "action_id": "s",
                "option_groups": [{"label": plain("G"), "options": [option("one")]}],
                "initial_option": option("one"),
            }
        )
    ],
    [actions({"type": "users_select", "action_id": "u", "initial_user": ANNA})],
    [actions({"type": "datepicker", "action_id": "d", "initial_date": "2027-01-31"})],
    [actions({"type": "timepicker", "action_id": "t", "initial_time": "23:59"})],
    [{"type": "markdown", "text": "**x**"}],
    [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
            ],
        }
    ],
    [section(str(number)) for number in range(50)],
]

BAD: list[tuple[list[Json], str]] = [
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section("x")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    ([{"type": "section", "text": "x"}], "must provide an object [json-pointer:/blocks/0/text]"),
    (
        [{"type": "section", "text": {"text": "x"}}],
        "missing required field: type [json-pointer:/blocks/0/text]",
    ),
    (
        [{"type": "section", "text": {"type": "markdown", "text": "x"}}],
        "unsupported type: markdown [json-pointer:/blocks/0/text/type]",
    ),
    ([{"type": "section", "fields": [plain("f")] * 11}], "no more than 10 items allowed"),
    ([{"type": "section", "fields": [plain("f" * 2001)]}], "must be less than 2001 characters"),
    ([{"type": "header", "text": plain("h" * 151)}], "must be less than 151 characters"),
    (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    ([{"type": "context", "elements": [plain("c")] * 11}], "no more than 10 items allowed"),
    ([{"type": "context", "elements": []}], "no fewer than 1 items allowed"),
    ([{"type": "context", "elements": [button("a")]}], "unsupported type: button"),
    ([actions(*(button(f"a{n}") for n in range(26)))], "no more than 25 items allowed"),
    (held(button("a", text=plain("t" * 76))), "must be less than 76 characters"),
    (held(button("a", value="v" * 2001)), "must be less than 2001 characters"),
    (held(button("a", value="")), "must be more than 0 characters"),
    (held(button("a", value=None)), "must provide a string"),
    (held(button("a" * 256)), "must be less than 256 characters"),
    (held(button("a", style="default")), "must be a valid enum value"),
    (held(button("a", color="red")), "invalid additional property: color"),
    (held(button("a", confirm={**CONFIRM, "title": plain("t" * 101)})), "less than 101 characters"),
    (held(button("a", confirm={**CONFIRM, "text": plain("t" * 301)})), "less than 301 characters"),
    (held(button("a", confirm={**CONFIRM, "deny": plain("t" * 31)})), "less than 31 characters"),
    (held(button("a", confirm={"title": plain("t")})), "missing required field: text"),
    ([section("x", block_id="b" * 256)], "must be less than 256 characters"),
    (
        [section("x", block_id="b"), section("y", block_id="b")],
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ),
    ([actions(button("a"), button("a"))], '`action_id` "a" already exists'),
    (
        held(select("s")),
        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (held(select("s", *(f"v{n}" for n in range(101)))), "no more than 100 items allowed"),
    (held(select("s", "v" * 151)), "must be less than 76 characters"),
    (held(select("s", "")), "must be more than 0 characters"),
    (
        held({"type": "static_select", "action_id": "s"}),
        "must provide either options or option_groups",
    ),
    (
        held(select("s", "one", initial_option=option("two"))),
        "initial_option must match an option in options",
    ),
    (
        held(select("s", "one", placeholder=plain("p" * 151))),
        "must be less than 151 characters",
    ),
    (held({"type": "overflow", "options": [option(f"o{n}") for n in range(6)]}), "more than 5"),
    (held(text_input()), "unsupported type: plain_text_input"),
    (
        held({"type": "multi_users_select", "action_id": "m"}),
        "unsupported type: multi_users_select",
    ),
    ([section("x", accessory=text_input())], "unsupported type: plain_text_input"),
    ([entry("b", button("a"))], "unsupported type: button"),
    (held({"type": "datepicker", "initial_date": "31.1.2027"}), "must be a valid date"),
    (held({"type": "timepicker", "initial_time": "24:00"}), "must be a valid time"),
    (held({"type": "slider"}), "unsupported type: slider"),
    ([{"type": "carousel"}], "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    ([{"text": plain("x")}], "missing required field: type [json-pointer:/blocks/0]"),
    ([{"type": ["section"]}], "unsupported type"),
    ([{"type": "image", "image_url": "https://example.com/x.png"}], "required field: alt_text"),
    ([{"type": "image", "alt_text": "x"}], "must provide either image_url or slack_file"),
    ([{"type": "divider", "text": plain("x")}], "invalid additional property: text"),
]


@pytest.mark.parametrize("blocks", GOOD)
async def test_good_blocks_are_posted(office: Office, blocks: list[Json]) -> None:
    answer = await office.client.chat_postMessage(channel=PHONES, text="x", blocks=blocks)
    assert len(answer["message"]["blocks"]) == len(blocks)
    assert all(block["block_id"] for block in answer["message"]["blocks"])


@pytest.mark.parametrize(("blocks", "words"), BAD, ids=[words for _, words in BAD])
async def test_bad_blocks_are_refused_at_their_place(
    office: Office, blocks: list[Json], words: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await office.client.chat_postMessage(channel=PHONES, text="x", blocks=blocks)
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    messages = answer["response_metadata"]["messages"]
    assert any(words in message for message in messages), messages
    assert all(message.startswith("[ERROR] ") for message in messages)
    assert office.slack.messages(PHONES) == []


async def test_blocks_that_are_no_json_are_refused(office: Office) -> None:
    for blocks in ("[{", '{"type": "divider"}'):
        with pytest.raises(SlackApiError, match="invalid_blocks_format"):
            await office.client.chat_postMessage(channel=PHONES, text="x", blocks=blocks)


GOOD_VIEWS: list[Json] = [
    modal(),
    modal(*(section("x") for _ in range(100))),
    modal(entry("b", text_input(max_length=3000, min_length=1, multiline=True))),
    modal(entry("b", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"})),
    modal(entry("b", {"type": "email_text_input"}), entry("c", {"type": "url_text_input"})),
    modal(entry("b", {"type": "file_input", "max_files": 1})),
    modal(entry("b", {"type": "multi_users_select", "max_selected_items": 3})),
    modal(
        entry(
            "b",
            {
                "type": "checkboxes",
                "options": [option("one"), option("two")],
                "initial_options": [option("one")],
            },
        )
    ),
    {"type": "modal", "title": plain("t" * 24), "blocks": [section("x")], "close": plain("Close")},
    modal(private_metadata="m" * 3000, callback_id="c" * 255),
]


@pytest.mark.parametrize("view", GOOD_VIEWS)
async def test_good_modals_open(office: Office, view: Json) -> None:
    shown = await office.open_modal(view)
    assert office.slack.views(ANNA) == [shown]


def without(view: Json, name: str) -> Json:
    return {key: value for key, value in view.items() if key != name}


BAD_VIEWS: list[tuple[Json, str]] = [
    (
        modal(title=plain("t" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    (modal(title={"type": "mrkdwn", "text": "x"}), "unsupported type: mrkdwn"),
    (without(modal(), "title"), "missing required field: title [json-pointer:/view]"),
    (without(modal(), "blocks"), "missing required field: blocks [json-pointer:/view]"),
    (modal(submit=plain("s" * 25)), "must be less than 25 characters"),
    (modal(close=plain("s" * 25)), "must be less than 25 characters"),
    (modal(private_metadata="m" * 3001), "must be less than 3001 characters"),
    (modal(callback_id="c" * 256), "must be less than 256 characters"),
    (modal(*(section("x") for _ in range(101))), "no more than 100 items allowed"),
    (
        without(modal(entry("b", text_input())), "submit"),
        "missing required field: submit [json-pointer:/view]",
    ),
    (modal(entry("b", text_input(max_length=3001))), "must be less than or equal to 3000"),
    (modal(entry("b", text_input(min_length=5, max_length=4))), "min_length must not be greater"),
    (modal(entry("b", {"type": "number_input"})), "missing required field: is_decimal_allowed"),
    (modal(without(entry("b", text_input()), "label")), "missing required field: label"),
    (modal(entry("b", text_input(), optional="yes")), "must provide a boolean"),
    (
        modal(
            entry("b", text_input("x", focus_on_load=True)),
            entry("c", text_input("y", focus_on_load=True)),
        ),
        "only one element can have focus_on_load",
    ),
    (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    (modal(section("x"), color="red"), "invalid additional property: color"),
    ({**modal(), "type": "home"}, "unsupported type: home [json-pointer:/view/type]"),
]


@pytest.mark.parametrize(("view", "words"), BAD_VIEWS, ids=[words for _, words in BAD_VIEWS])
async def test_bad_modals_are_refused(office: Office, view: Json, words: str) -> None:
    trigger_id = await office.press_something()
    with pytest.raises(SlackApiError) as caught:
        await office.client.views_open(trigger_id=trigger_id, view=view)
    answer = caught.value.response
    assert answer["error"] == "invalid_arguments"
    assert any(words in message for message in answer["response_metadata"]["messages"])
    assert office.slack.views(ANNA) == []


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ({"type": "home", "blocks": [section("x")] * 101}, "no more than 100 items allowed"),
        ({"type": "home", "blocks": [], "submit": plain("x")}, "additional property: submit"),
        ({"type": "home", "blocks": [entry("b", {"type": "file_input"})]}, "file_input"),
        ({**modal()}, "unsupported type: modal"),
        ("[]", "must provide an object"),
    ],
)
async def test_bad_home_tabs_are_refused(office: Office, view: Any, words: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        await office.client.views_publish(user_id=ANNA, view=view)
    assert words in str(caught.value.response["response_metadata"]["messages"])
