"""A form's fields, filled in by a person, come back as the values they were drawn from."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.slack.elements import state_values
from bot.slack.forms import (
    Choice,
    Control,
    FormField,
    FormView,
    options_payload,
    read_values,
)

CHOICES = [Choice(f"v{n}", f"Label {n}") for n in range(5)]
WORDS = st.text(min_size=1, max_size=200)


def sent_back(*fields: FormField, **entered: Any) -> dict[str, Any]:
    """What comes back of a form that is sent: the demo's Slack fills in what nobody touched."""
    blocks = FormView("Title", "x/1", "{}", list(fields)).payload()["blocks"]
    actions = {block["block_id"]: block["element"]["action_id"] for block in blocks}
    given = {name: {actions[name]: value} for name, value in entered.items()}
    return read_values({"values": state_values(blocks, given)})


@given(WORDS)
def test_untouched_text_comes_back(text: str) -> None:
    fields = [
        FormField("text", "Text", initial=text),
        FormField("lines", "Lines", Control.LINES, initial=text),
    ]
    assert sent_back(*fields) == {"text": text, "lines": text}


@given(st.integers(-(10**6), 10**6))
def test_untouched_numbers_come_back(number: int) -> None:
    assert sent_back(FormField("n", "N", Control.NUMBER, initial=number)) == {"n": str(number)}


@given(st.lists(st.sampled_from(CHOICES), unique=True))
def test_untouched_choices_come_back(chosen: list[Choice]) -> None:
    one = chosen[0] if chosen else None
    fields = [
        FormField("one", "One", Control.CHOICE, choices=CHOICES, initial=one),
        FormField("many", "Many", Control.CHOICES, choices=CHOICES, initial=chosen),
        FormField("found", "Found", Control.SEARCH, search="s:x", initial=one),
        FormField("all", "All", Control.SEARCHES, search="s:y", initial=chosen),
    ]
    values = [choice.value for choice in chosen]
    assert sent_back(*fields) == {
        "one": one and one.value,
        "many": values,
        "found": one and one.value,
        "all": values,
    }


def test_the_other_controls() -> None:
    fields = [
        FormField("yes", "Really?", Control.YES, initial=True),
        FormField("no", "Really?", Control.YES),
        FormField("who", "Who", Control.PERSON, initial="U0ANNA"),
        FormField("where", "Where", Control.CHANNEL, initial="C0SALES"),
        FormField("when", "When", Control.DATE, initial="2026-03-02"),
    ]
    assert sent_back(*fields) == {
        "yes": ["yes"], "no": [], "who": "U0ANNA", "where": "C0SALES", "when": "2026-03-02",
    }  # fmt: skip


def test_what_is_entered_replaces_what_stood_there() -> None:
    fields = [
        FormField("text", "Text", initial="old"),
        FormField("gone", "Gone", initial="old"),
        FormField("one", "One", Control.CHOICE, choices=CHOICES, initial=CHOICES[0]),
        FormField("all", "All", Control.SEARCHES, search="s:y", initial=CHOICES[:2]),
    ]
    assert sent_back(*fields, text="new", gone=None, one="v3", all=["v4"]) == {
        "text": "new", "gone": None, "one": "v3", "all": ["v4"],
    }  # fmt: skip


def test_every_control_can_be_drawn() -> None:
    for control in Control:
        drawn = FormField("f", "F", control, choices=CHOICES, search="s:x").block().to_dict()
        assert drawn["element"]["action_id"] == "s:x"
        assert drawn["block_id"] == "f"


def test_a_form_without_a_state_has_no_values() -> None:
    assert read_values({}) == {}


def test_suggestions_are_cut_to_what_slack_takes() -> None:
    many = [Choice(str(n), f"Option {n}") for n in range(150)]
    assert len(options_payload(many)["options"]) == 100
    assert options_payload([]) == {"options": []}
