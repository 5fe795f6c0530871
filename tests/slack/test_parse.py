"""From words to a command and its arguments, and back to how it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UsageError
from bot.slack import parse
from bot.slack.declare import Catalogue
from bot.slack.kinds import KINDS, Words
from bot.slack.words import split
from commands import GROUPS

CATALOGUE = Catalogue(GROUPS)
VALUE = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)


def asked(text: str) -> parse.Asked:
    return parse.read(CATALOGUE, split(text))


TAKE_TEXT = sorted(
    path
    for path, command in CATALOGUE.commands.items()
    if all(argument.kind is not KINDS[Words] for argument in command.arguments)
)
"""Commands whose arguments stay as they were typed; one that takes words quotes them again."""


@given(st.sampled_from(TAKE_TEXT), st.data())
def test_what_is_typed_as_the_usage_says_is_understood(path: str, data: st.DataObject) -> None:
    command = CATALOGUE.commands[path]
    count = data.draw(st.integers(0, len(command.arguments)))
    texts = {
        argument.name: data.draw(VALUE.filter(lambda value: not value.isdigit()))
        for argument in command.arguments[:count]
    }
    found = asked(" ".join([path, *(f'"{text}"' for text in texts.values())]))
    assert (found.command, found.texts) == (command, texts)
    required = [argument for argument in command.arguments if argument.required]
    assert found.missing == [argument for argument in required if argument.name not in texts]


@given(st.text())
def test_any_text_is_a_command_or_a_mistake_with_a_hint(text: str) -> None:
    assert any(understood_or_explained(text))


def understood_or_explained(text: str) -> tuple[bool, bool]:
    try:
        return asked(text).command in CATALOGUE.commands.values(), False
    except UsageError as mistake:
        return False, bool(mistake.user_message and mistake.hint)


@pytest.mark.parametrize(
    ("text", "path", "texts"),
    [
        ("", "help", {}),
        ("flow", "help", {"topic": "flow"}),
        ("help flow show", "help", {"topic": "flow show"}),
        ("flow show Sales menu", "flow show", {"flow": "Sales menu"}),
        ("FLOW SHOW 501", "flow show", {"flow": "501"}),
        ("number 020 7946 0000", "number", {"number": "020 7946 0000"}),
        ("number Support", "number", {"number": "Support"}),
        ("flow assign 020 7946 0000 Call Pete", "flow assign",
         {"number": "020 7946 0000", "flow": "Call Pete"}),
        ("flow assign +442079460000 502", "flow assign",
         {"number": "+442079460000", "flow": "502"}),
        ("flow assign (020) 7946-0000 502", "flow assign",
         {"number": "(020) 7946-0000", "flow": "502"}),
        ('flow assign "020" 502', "flow assign", {"number": "020", "flow": "502"}),
        ("flow assign Sales “After hours”", "flow assign",
         {"number": "Sales", "flow": "After hours"}),
        ("missed mine", "missed", {"which": "mine"}),
    ],
)  # fmt: skip
def test_texts_find_their_arguments(text: str, path: str, texts: dict[str, str]) -> None:
    found = asked(text)
    assert (found.command.path, found.texts) == (path, texts)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("flwo list", "Did you mean `/phone flow`?"),
        ("flow lst", "Did you mean `/phone flow list`?"),
        ("missed mine and more", "Put a name of several words into quotes."),
        ("qqqq", "`/phone help` lists what there is."),
        ("flow qqqq", "`/phone help flow` lists what there is."),
    ],
)
def test_mistakes_have_a_remedy(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as mistake:
        asked(text)
    assert mistake.value.hint == hint


def test_defaults_stand_in_for_what_was_left_out() -> None:
    assert parse.values(asked("missed")) == {"which": "all"}
    assert parse.values(asked("numbers")) == {"needle": ""}
    assert parse.values(asked("flow create")) == {"account": None}


def test_a_value_that_cannot_be_read_names_its_argument() -> None:
    with pytest.raises(parse.WrongArgument) as wrong:
        parse.values(asked("missed yours"))
    assert wrong.value.argument == "which"
    assert wrong.value.user_message == "which: “yours” is none of all, mine."
    assert wrong.value.hint == "It is mine for those you claimed."
    assert wrong.value.usage == "/phone missed [WHICH]"
