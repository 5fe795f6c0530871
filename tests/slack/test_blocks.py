"""Slack's limits are known before anything is sent."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackObjectFormationError

from bot.domain.errors import UserMistake
from bot.slack.blocks import Confirm, Message, button, divider, facts, note, row, say, sections
from bot.slack.forms import Choice, Control, FormField, FormView
from bot.slack.text import Md

LONG = Md("x" * 3001)


def test_a_paragraph_that_is_too_long_raises() -> None:
    with pytest.raises(ValueError, match="3001 characters"):
        say(LONG)
    with pytest.raises(ValueError, match="2001 characters"):
        note(Md("x" * 2001))


def test_fifty_blocks_are_a_message_and_one_more_is_none() -> None:
    assert len(Message("x", [divider()] * 50).payload()["blocks"]) == 50
    with pytest.raises(ValueError, match="51 blocks"):
        Message("x", [divider()] * 51).payload()


def test_what_slack_sdk_knows_raises_too() -> None:
    with pytest.raises(SlackObjectFormationError):
        facts([("a", "b")] * 11).to_dict()
    with pytest.raises(SlackObjectFormationError):
        row(*(button("Go", f"go/{n}") for n in range(26))).to_dict()
    with pytest.raises(SlackObjectFormationError):
        button("Go", "go/1", value="x" * 2001).to_dict()
    with pytest.raises(SlackObjectFormationError):
        Confirm("t" * 101, "text", "Yes").element().to_dict()
    with pytest.raises(SlackObjectFormationError):
        note(*["x"] * 11).to_dict()


def test_a_form_of_more_than_a_hundred_blocks_is_refused_in_words() -> None:
    fields = [FormField(f"f{n}", "Field") for n in range(101)]
    with pytest.raises(UserMistake, match="101 fields, and a form in Slack holds 100") as refused:
        FormView("Title", "x/1", "{}", fields).payload()
    assert "dashboard" in refused.value.hint
    assert len(FormView("Title", "x/1", "{}", fields[:100]).payload()["blocks"]) == 100


def test_a_menu_of_more_than_a_hundred_options_is_refused_in_words() -> None:
    choices = [Choice(str(n), f"Option {n}") for n in range(101)]
    for control in (Control.CHOICE, Control.CHOICES):
        with pytest.raises(UserMistake, match="“Step” has 101 choices"):
            FormField("f", "Step", control, choices=choices).block()
        FormField("f", "Step", control, choices=choices[:100]).block().to_dict()


def test_a_text_that_its_field_cannot_hold_is_refused_in_words() -> None:
    with pytest.raises(UserMistake, match="“Patterns” holds 3001 characters"):
        FormField("f", "Patterns", Control.LINES, initial="x" * 3001).block()


def test_long_labels_are_cut() -> None:
    assert (
        len(
            FormView("A very long title of a form", "x/1", "{}", [FormField("f", "F")]).payload()[
                "title"
            ]["text"]
        )
        <= 24
    )
    assert len(Choice("v", "x" * 80).option().to_dict()["text"]["text"]) == 75


def test_lines_fill_as_few_paragraphs_as_hold_them() -> None:
    blocks = sections([f"line {n}" for n in range(500)])
    texts = [block.to_dict()["text"]["text"] for block in blocks]
    assert "\n".join(texts).split("\n") == [f"line {n}" for n in range(500)]
    assert len(texts) == 2
    assert sections([]) == []
