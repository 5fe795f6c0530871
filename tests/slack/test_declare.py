"""Whatever is wrong with a declaration fails when it is made, in a sentence that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, cast

import pytest
from pydantic import BaseModel

from bot.domain.people import Right
from bot.slack.context import Ctx
from bot.slack.declare import Catalogue, CommandGroup
from bot.slack.kinds import FlowRef, Range
from bot.slack.reply import Reply
from commands import GROUPS


class Key(BaseModel):
    id: int = 0


def declared(function: Callable[..., Any], name: str = "try") -> CommandGroup:
    group = CommandGroup("things", "Things")
    group.command(name, does=Right.LOOK)(function)
    return group


async def good(ctx: Ctx, flow: FlowRef, count: Annotated[int, Range(1, 5)] = 2) -> Reply:
    """Do something.

    Args:
        flow: a call flow
        count: how often
    """
    return Reply.nothing()


async def no_docstring(ctx: Ctx) -> Reply:
    return Reply.nothing()


async def no_annotation(ctx: Ctx, flow) -> Reply:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Do something.

    Args:
        flow: a call flow
    """
    return Reply.nothing()


async def not_described(ctx: Ctx, flow: FlowRef) -> Reply:
    """Do something."""
    return Reply.nothing()


async def described_too_much(ctx: Ctx) -> Reply:
    """Do something.

    Args:
        flow: a call flow
    """
    return Reply.nothing()


async def unknown_kind(ctx: Ctx, flow: dict[str, int]) -> Reply:
    """Do something.

    Args:
        flow: a call flow
    """
    return Reply.nothing()


def not_async(ctx: Ctx) -> Reply:
    """Do something."""
    return Reply.nothing()


async def wrong_first(flow: FlowRef) -> Reply:
    """Do something.

    Args:
        flow: a call flow
    """
    return Reply.nothing()


async def nothing_first() -> Reply:
    """Do something."""
    return Reply.nothing()


async def wrong_answer(ctx: Ctx) -> str:
    """Do something."""
    return ""


async def no_answer(ctx: Ctx):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Do something."""


async def keyword_only(ctx: Ctx, *, flow: FlowRef, count: int = 1, way: Literal["in"]) -> Reply:
    """Do something.

    Args:
        flow: a call flow
        count: how often
        way: which way
    """
    return Reply.nothing()


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (no_docstring, "no_docstring: the docstring's first line is the help text"),
        (no_annotation, "no_annotation: flow has no annotation"),
        (not_described, "not_described: flow is not described under Args"),
        (described_too_much, "described_too_much: describes flow, which is no argument"),
        (unknown_kind, "unknown_kind: flow: no kind of argument for dict"),
        (not_async, "not_async: declare it with async def"),
        (wrong_first, "wrong_first: the first parameter is ctx"),
        (nothing_first, "nothing_first: the first parameter is ctx"),
        (keyword_only, "keyword_only: what may be left out comes last"),
        (wrong_answer, "wrong_answer: a command answers a Reply"),
        (no_answer, "no_answer: a command answers a Reply"),
    ],
)
def test_a_wrong_command_fails_with_its_name(function: Callable[..., Any], words: str) -> None:
    with pytest.raises(TypeError) as wrong:
        declared(function)
    assert words in str(wrong.value)


def test_a_good_one_is_read_from_its_signature() -> None:
    (command,) = declared(good).commands
    assert command.path == "things try"
    assert command.usage == "/phone things try FLOW [COUNT]"
    assert command.help == "Do something."
    assert [(a.name, a.required, a.default) for a in command.arguments] == [
        ("flow", True, None), ("count", False, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Try", "two words", "", "1st", "try!"])
def test_commands_are_called_in_lower_case(name: str) -> None:
    with pytest.raises(TypeError, match="good: a command is called in lower case"):
        declared(good, name)


def test_groups_are_called_in_lower_case() -> None:
    with pytest.raises(TypeError, match="a group is called in lower case: 'Things'"):
        CommandGroup("Things", "Things")


def test_two_commands_of_one_name() -> None:
    group = declared(good)
    with pytest.raises(TypeError, match="things try is declared twice"):
        group.command("try", does=None)(good)
    with pytest.raises(TypeError, match="things try is declared twice"):
        Catalogue([declared(good), declared(good)])


async def pressed(ctx: Ctx, key: Key) -> Reply:
    return Reply.nothing()


async def sent(ctx: Ctx, key: Key, entered: Any) -> Reply:
    return Reply.nothing()


def not_async_press(ctx: Ctx, key: Key) -> Reply:
    return Reply.nothing()


def test_two_buttons_of_one_name_and_version() -> None:
    first, second = CommandGroup("", "One"), CommandGroup("", "Two")
    first.button("a.b", version=1, carries=Key)(pressed)
    second.button("a.b", version=2, carries=Key)(pressed)
    assert set(Catalogue([first, second]).buttons) == {("a.b", 1), ("a.b", 2)}
    second.button("a.b", version=1, carries=Key)(pressed)
    with pytest.raises(TypeError, match=r"\('a.b', 1\) is declared twice"):
        Catalogue([first, second])


def test_two_forms_or_searches_of_one_name() -> None:
    group = CommandGroup("", "One")
    group.form("a.b", version=1, carries=Key)(sent)
    group.form("a.b", version=1, carries=Key)(sent)
    with pytest.raises(TypeError, match="is declared twice"):
        Catalogue([group])
    other = CommandGroup("", "Two")
    for _ in range(2):
        other.search("a.b", carries=Key)(sent)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"a\.b is declared twice"):
        Catalogue([other])


@pytest.mark.parametrize("name", ["A.b", "a b", "a/b", "a#b", ""])
def test_ids_are_lower_case_with_dots(name: str) -> None:
    group = CommandGroup("", "One")
    for declare in (
        group.button(name, version=1, carries=Key),
        group.form(name, version=1, carries=Key),
    ):
        with pytest.raises(TypeError, match="an id is lower case with dots"):
            declare(pressed)  # type: ignore[arg-type]


def test_what_is_pressed_sent_or_searched_is_async() -> None:
    group = CommandGroup("", "One")
    for declare in cast(
        "list[Callable[[Any], Any]]",
        [
            group.button("a.b", version=1, carries=Key),
            group.form("a.b", version=1, carries=Key),
            group.search("a.b", carries=Key),
        ],
    ):
        with pytest.raises(TypeError, match="not_async_press: declare it with async def"):
            declare(not_async_press)


def test_every_button_of_the_product_may_be_found_again() -> None:
    catalogue = Catalogue(GROUPS)
    assert len({name for name, _ in catalogue.buttons}) == len(catalogue.buttons)
    for (name, version), button in catalogue.buttons.items():
        drawn = button("Label", button.carries.model_construct(), tag="x").to_dict()
        assert drawn["action_id"] == f"{name}/{version}#x"


def test_every_command_of_the_product_reads_as_help() -> None:
    for command in Catalogue(GROUPS).commands.values():
        assert command.help.endswith(".")
        assert command.help[0].isupper()
        assert len(command.help) < 100
        for argument in command.arguments:
            assert not argument.description.endswith(".")
