"""Modals and Home tabs: triggers, stacks, forms and what the app answers to them."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError

from tests.demo.slack_office import (
    ANNA,
    BEN,
    EVE,
    OLD,
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


async def refusal(call: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]  # slack_sdk's methods are coroutines of one type
    return str(caught.value.response["error"])


FORM = modal(entry("number", text_input()), entry("note", text_input(), optional=True))
FILLED = {"number": {"typed": "+44 20 7946 0000"}}


# -- triggers --------------------------------------------------------------------------------------


async def test_a_trigger_opens_one_modal_within_three_seconds(office: Office) -> None:
    open_ = office.client.views_open
    trigger_id = await office.press_something()
    office.clock.advance(3)
    await open_(trigger_id=trigger_id, view=FORM)
    assert await refusal(open_(trigger_id=trigger_id, view=FORM)) == "exchanged_trigger_id"
    late = await office.press_something()
    office.clock.advance(3.01)
    assert await refusal(open_(trigger_id=late, view=FORM)) == "expired_trigger_id"
    assert await refusal(open_(trigger_id="1.2.x", view=FORM)) == "invalid_trigger_id"


async def test_a_refused_view_does_not_use_the_trigger_up(office: Office) -> None:
    trigger_id = await office.press_something()
    bad = office.client.views_open(trigger_id=trigger_id, view=modal(section("")))
    assert await refusal(bad) == "invalid_arguments"
    assert (await office.client.views_open(trigger_id=trigger_id, view=FORM))["ok"]


# -- stack, update ---------------------------------------------------------------------------------


async def test_three_views_are_the_most(office: Office) -> None:
    pusher = modal(actions(button("more")), title=plain("One"))
    view = await office.open_modal(pusher)
    for number in (2, 3):
        await office.slack.click(ANNA, {"action_id": "more"}, view_id=view["id"])
        answer = await office.client.views_push(trigger_id=office.last["trigger_id"], view=pusher)
        assert answer["view"]["previous_view_id"] == view["id"]
        assert len(office.slack.views(ANNA)) == number
        view = answer["view"]
    await office.slack.click(ANNA, {"action_id": "more"}, view_id=view["id"])
    push = office.client.views_push(trigger_id=office.last["trigger_id"], view=pusher)
    assert await refusal(push) == "push_limit_reached"


async def test_only_a_trigger_from_a_modal_pushes(office: Office) -> None:
    trigger_id = await office.press_something()
    push = office.client.views_push(trigger_id=trigger_id, view=FORM)
    assert await refusal(push) == "invalid_trigger_id"


async def test_updates_know_what_they_update(office: Office) -> None:
    view = await office.open_modal({**FORM, "external_id": "mine"})
    update = office.client.views_update
    changed = await update(view_id=view["id"], hash=view["hash"], view=modal(section("two")))
    assert changed["view"]["id"] == view["id"]
    stale = update(view_id=view["id"], hash=view["hash"], view=FORM)
    assert await refusal(stale) == "hash_conflict"
    assert await refusal(update(view_id="V0", view=FORM)) == "view_not_found"
    await office.slack.dismiss(ANNA, view["id"])
    assert await refusal(update(view_id=view["id"], view=FORM)) == "view_not_found"


async def test_an_external_id_finds_a_view_and_is_unique(office: Office) -> None:
    await office.open_modal({**FORM, "external_id": "mine"})
    update = office.client.views_update
    assert (await update(external_id="mine", view={**FORM, "external_id": "mine"}))["ok"]
    trigger_id = await office.press_something(BEN)
    again = office.client.views_open(trigger_id=trigger_id, view={**FORM, "external_id": "mine"})
    assert await refusal(again) == "duplicate_external_id"


async def test_a_home_tab_is_published_and_asked_for(office: Office) -> None:
    home = {"type": "home", "blocks": [section("hello"), actions(button("go", value="1"))]}
    publish = office.client.views_publish
    first = (await publish(user_id=ANNA, view=home))["view"]
    again = (await publish(user_id=ANNA, view=home, hash=first["hash"]))["view"]
    assert again["id"] == first["id"]
    stale = publish(user_id=ANNA, view=home, hash=first["hash"])
    assert await refusal(stale) == "hash_conflict"
    assert await refusal(publish(user_id="U0X", view=home)) == "user_not_found"
    assert await refusal(publish(user_id=OLD, view=home)) == "not_enabled"
    assert (await office.slack.open_home(ANNA)).ok
    event = office.last["event"]
    assert (event["type"], event["user"], event["tab"]) == ("app_home_opened", ANNA, "home")
    assert event["view"]["id"] == again["id"]
    assert (await office.slack.click(ANNA, {"action_id": "go"}, view_id=again["id"])).ok
    assert office.last["container"] == {"type": "view", "view_id": again["id"]}
    assert office.last["view"]["type"] == "home"
    assert "response_url" not in office.last


# -- forms -----------------------------------------------------------------------------------------


async def test_a_form_arrives_with_all_its_values(office: Office) -> None:
    view = await office.open_modal(
        modal(
            entry("number", text_input()),
            entry("team", select("pick", "sales", "support", initial_option=option("sales"))),
            entry("who", {"type": "multi_users_select", "action_id": "who"}, optional=True),
            section("x", block_id="s", accessory=select("menu", "one")),
            private_metadata="kept",
        )
    )
    outcome = await office.slack.submit(ANNA, view["id"], FILLED)
    assert outcome.ok
    assert office.slack.views(ANNA) == []
    sent = office.last
    assert sent["type"] == "view_submission"
    assert (sent["user"]["id"], sent["view"]["private_metadata"]) == (ANNA, "kept")
    assert sent["view"]["state"]["values"] == {
        "number": {"typed": {"type": "plain_text_input", "value": "+44 20 7946 0000"}},
        "team": {"pick": {"type": "static_select", "selected_option": option("sales")}},
        "who": {"who": {"type": "multi_users_select", "selected_users": []}},
        "s": {"menu": {"type": "static_select", "selected_option": None}},
    }


@pytest.mark.parametrize(
    ("element", "value", "words"),
    [
        (text_input(), None, "Please complete this required field."),
        (text_input(), "", "Please complete this required field."),
        (text_input(min_length=3), "ab", "Please enter at least 3 characters."),
        (text_input(max_length=3), "abcd", "Please enter no more than 3 characters."),
        ({"type": "email_text_input"}, "x", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "example", "Please enter a valid URL."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "valid number"),
        (
            {"type": "multi_users_select", "max_selected_items": 1},
            ["U0ANNA", "U0BEN"],
            "Please choose no more than 1 items.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "5"},
            "5.5",
            "Please enter a number of at most 5.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "5"},
            "4",
            "Please enter a number of at least 5.",
        ),
    ],
)
async def test_the_client_itself_refuses_what_was_filled_in_badly(
    office: Office, element: Json, value: str | list[str] | None, words: str
) -> None:
    view = await office.open_modal(modal(entry("b", {**element, "action_id": "typed"})))
    before = len(office.app.payloads)
    outcome = await office.slack.submit(ANNA, view["id"], {"b": {"typed": value}})
    assert (outcome.ok, outcome.error) == (False, "invalid_input")
    assert words in outcome.body["errors"]["b"]
    assert len(office.app.payloads) == before
    assert len(office.slack.views(ANNA)) == 1


async def test_the_app_may_find_errors_in_a_form(office: Office) -> None:
    view = await office.open_modal(FORM)
    office.app.will_answer({"response_action": "errors", "errors": {"number": "No such number."}})
    outcome = await office.slack.submit(ANNA, view["id"], FILLED)
    assert outcome.body["errors"] == {"number": "No such number."}
    assert len(office.slack.views(ANNA)) == 1
    office.app.will_answer({"response_action": "errors", "errors": {"nowhere": "Bad."}})
    outcome = await office.slack.submit(ANNA, view["id"], FILLED)
    assert (outcome.ok, outcome.error) == (False, "invalid_errors")


async def test_the_app_may_update_push_and_clear(office: Office) -> None:
    view = await office.open_modal(FORM)
    second = {**FORM, "title": plain("Two")}
    office.app.will_answer({"response_action": "push", "view": second})
    assert (await office.slack.submit(ANNA, view["id"], FILLED)).ok
    top = office.slack.views(ANNA)[-1]
    assert (top["title"]["text"], top["root_view_id"]) == ("Two", view["id"])
    office.app.will_answer({"response_action": "update", "view": modal(section("three"))})
    assert (await office.slack.submit(ANNA, top["id"], FILLED)).ok
    assert [v["id"] for v in office.slack.views(ANNA)] == [view["id"], top["id"]]
    office.app.will_answer({"response_action": "clear"})
    assert (await office.slack.submit(ANNA, top["id"])).ok
    assert office.slack.views(ANNA) == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
        ({"response_action": "dance"}, "invalid_response_action"),
        ("fine", "invalid_response_action"),
    ],
)
async def test_a_bad_answer_to_a_form_is_trouble(
    office: Office, answer: Json | str, error: str
) -> None:
    view = await office.open_modal(FORM)
    office.app.will_answer(answer)
    outcome = await office.slack.submit(ANNA, view["id"], FILLED)
    assert (outcome.ok, outcome.error) == (False, error)
    assert outcome.words == "We had some trouble connecting. Try again?"
    assert len(office.slack.views(ANNA)) == 1


async def test_values_for_what_is_not_there_are_a_mistake(office: Office) -> None:
    view = await office.open_modal(modal(entry("team", select("pick", "sales"))))
    wrong_place = await office.slack.submit(ANNA, view["id"], {"team": {"other": "x"}})
    assert wrong_place.words == "nothing to fill in at team/other; there is: team/pick"
    wrong_option = await office.slack.submit(ANNA, view["id"], {"team": {"pick": "x"}})
    assert wrong_option.words == "pick offers no option 'x'; it offers: sales"
    assert (await office.slack.submit(BEN, view["id"])).error == "view_not_found"


async def test_closing_is_told_only_when_asked_for(office: Office) -> None:
    view = await office.open_modal(FORM)
    before = len(office.app.payloads)
    await office.slack.dismiss(ANNA, view["id"])
    assert len(office.app.payloads) == before
    view = await office.open_modal({**FORM, "notify_on_close": True})
    await office.slack.dismiss(ANNA, view["id"], clear=True)
    assert (office.last["type"], office.last["is_cleared"]) == ("view_closed", True)
    assert office.slack.views(ANNA) == []


async def test_inputs_act_by_themselves_only_when_they_dispatch(office: Office) -> None:
    view = await office.open_modal(
        modal(
            entry("quiet", text_input("typed")),
            entry("lively", text_input("live"), dispatch_action=True),
        )
    )
    quiet = await office.slack.click(
        ANNA, {"action_id": "typed", "chosen": "x"}, view_id=view["id"]
    )
    assert "sent with its form" in quiet.words
    lively = await office.slack.click(
        ANNA, {"action_id": "live", "chosen": "x"}, view_id=view["id"]
    )
    assert lively.ok
    assert office.last["actions"][0]["value"] == "x"
    assert office.last["view"]["state"]["values"]["lively"]["live"]["value"] == "x"


async def test_a_menu_asks_the_app_for_its_options(office: Office) -> None:
    menu = {"type": "external_select", "action_id": "number", "min_query_length": 1}
    view = await office.open_modal(modal(entry("b", menu)))
    office.app.will_answer({"options": [option("one"), option("two")]})
    options = await office.slack.suggest(
        ANNA, action_id="number", block_id="b", value="o", view_id=view["id"]
    )
    assert options == [option("one"), option("two")]
    assert (office.last["type"], office.last["value"]) == ("block_suggestion", "o")
    office.app.will_answer({"options": [{"text": plain("t" * 76), "value": "x"}]})
    with pytest.raises(Exception, match="less than 76 characters"):
        await office.slack.suggest(ANNA, action_id="number", value="o", view_id=view["id"])
    outcome = await office.slack.submit(ANNA, view["id"], {"b": {"number": option("two")}})
    assert outcome.ok
    assert office.last["view"]["state"]["values"]["b"]["number"]["selected_option"] == option("two")


async def test_a_stranger_has_no_home_here(office: Office) -> None:
    publish = office.client.views_publish(user_id=EVE, view={"type": "home", "blocks": []})
    assert await refusal(publish) == "not_enabled"


async def test_a_menu_in_a_message_says_what_was_chosen(office: Office) -> None:
    await office.client.chat_postMessage(
        channel=PHONES, text="x", blocks=[actions(select("pick", "one", "two"), block_id="b")]
    )
    chosen = {"action_id": "pick", "selected_option": option("two")}
    assert (await office.slack.click(ANNA, chosen, channel=PHONES)).ok
    assert office.last["actions"][0]["selected_option"] == option("two")
    assert office.last["state"]["values"]["b"]["pick"]["selected_option"] == option("two")
    wrong = await office.slack.click(ANNA, {"action_id": "pick", "chosen": "six"}, channel=PHONES)
    assert "offers no option 'six'" in wrong.words
