"""The kinds of arguments that a command may take, each declared once.

A kind reads words, names the control that asks for it in a form, and, where people choose among
many, searches. A command says it with an annotation: `flow: FlowRef`, `number: NumberRef`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NewType, get_args, get_origin

from bot.domain.callflow import CallFlow
from bot.domain.errors import UsageError
from bot.services.services import Services
from bot.slack.forms import Choice, Control
from bot.slack.words import Word

FlowRef = NewType("FlowRef", str)
"""A call flow: its name, its extension, or `account/id`."""
NumberRef = NewType("NumberRef", str)
"""A number of ours, in any spelling, or its name, or `account/id`."""
AccountRef = NewType("AccountRef", str)
"""The name of an account."""
PersonRef = NewType("PersonRef", str)
"""A person's Slack user id."""
ChannelRef = NewType("ChannelRef", str)
"""A Slack channel's id."""
Words = NewType("Words", tuple[str, ...])
"""Everything that is left, word by word."""


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a whole number, both included."""

    lowest: int
    highest: int


WHOLE_NUMBER = 10
"""Digits after which a number needs no more; those that are shorter are typed in one word."""

Search = Callable[[Services, str], Awaitable[Sequence[Choice]]]


@dataclass(frozen=True, slots=True)
class ArgumentKind:
    """How one kind of argument is read, asked for, and searched.

    Attributes:
        read: one text to a value; `UsageError` with words for the person.
        mention: `@` or `#` where it is typed as a mention.
        rest: where it stands last, it takes every word that is left, and joins them so.
        spans: whether a word belongs to the argument that the words before it began.
    """

    read: Callable[[str], Any]
    control: Control = Control.TEXT
    mention: str = ""
    spans: Callable[[Sequence[Word], Word], bool] | None = None
    rest: Callable[[Sequence[Word]], str] | None = None
    search: Search | None = None
    choices: tuple[Choice, ...] = ()
    lowest: int | None = None
    highest: int | None = None


def _whole(lowest: int | None = None, highest: int | None = None) -> ArgumentKind:
    def read(text: str) -> int:
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise UsageError(f"“{text}” is not a whole number.")
        value = int(text)
        if (lowest is not None and value < lowest) or (highest is not None and value > highest):
            raise UsageError(f"{value} is outside {lowest} to {highest}.")
        return value

    return ArgumentKind(read, Control.NUMBER, lowest=lowest, highest=highest)


def _one_of(values: tuple[str, ...]) -> ArgumentKind:
    def read(text: str) -> str:
        for value in values:
            if value.casefold() == text.casefold():
                return value
        raise UsageError(f"“{text}” is none of {', '.join(values)}.")

    choices = tuple(Choice(value, value) for value in values)
    return ArgumentKind(read, Control.CHOICE, choices=choices)


def _id(noun: str, start: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(rf"[{start}][A-Z0-9]{{2,}}", text):
            raise UsageError(f"“{text}” is not a {noun}: type it with its sign, and choose.")
        return text

    return read


def _yes(text: str) -> bool:
    word = text.casefold()
    if word in ("yes", "y", "true", "on", "1"):
        return True
    if word in ("no", "n", "false", "off", "0", ""):
        return False
    raise UsageError(f"“{text}” is neither yes nor no.")


def _goes_on(begun: Sequence[Word], word: Word) -> bool:
    """Whether more digits belong to a number; a whole one is followed by another argument."""
    digits = sum(character.isdigit() for part in begun for character in part.text)
    more = not word.quoted and re.fullmatch(r"[\d()/.\-]+", word.text)
    return bool(more) and digits < WHOLE_NUMBER


def _flow_label(flow: CallFlow) -> str:
    return flow.name if flow.extension is None else f"{flow.name} ({flow.extension})"


async def _flows(services: Services, needle: str) -> list[Choice]:
    return [
        Choice(f"{held.account}/{held.value.id}", _flow_label(held.value))
        for held in await services.inventory.search_flows(needle)
    ]


async def _numbers(services: Services, needle: str) -> list[Choice]:
    return [
        Choice(f"{held.account}/{held.value.id}", f"{held.value.party} {held.value.name}".strip())
        for held in await services.inventory.search_numbers(needle)
    ]


async def _accounts(services: Services, needle: str) -> list[Choice]:
    return [
        Choice(account.name, f"{account.name} ({account.telephony.title})")
        for account in services.accounts
        if needle.casefold() in account.name
    ]


def _plainly(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _apart(words: Sequence[Word]) -> str:
    return shlex.join(word.text for word in words)


def _words(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError:
        raise UsageError(f"“{text}” has an open quote.") from None


KINDS: dict[Any, ArgumentKind] = {
    str: ArgumentKind(str, rest=_plainly),
    Words: ArgumentKind(_words, rest=_apart),
    int: _whole(),
    bool: ArgumentKind(_yes, Control.YES),
    FlowRef: ArgumentKind(str, Control.SEARCH, rest=_plainly, search=_flows),
    NumberRef: ArgumentKind(
        str,
        Control.SEARCH,
        rest=_plainly,
        search=_numbers,
        spans=_goes_on,
    ),
    AccountRef: ArgumentKind(str, Control.SEARCH, rest=_plainly, search=_accounts),
    PersonRef: ArgumentKind(_id("person", "UW"), Control.PERSON, mention="@"),
    ChannelRef: ArgumentKind(_id("channel", "CGD"), Control.CHANNEL, mention="#"),
}


def kind_of(annotation: Any) -> ArgumentKind | None:
    """The kind that an annotation names; None if there is none."""
    if annotation in KINDS:
        return KINDS[annotation]
    if get_origin(annotation) is Literal:
        return _one_of(get_args(annotation))
    if get_origin(annotation) is Annotated:
        base, *marks = get_args(annotation)
        bounds = next((mark for mark in marks if isinstance(mark, Range)), None)
        return _whole(bounds.lowest, bounds.highest) if base is int and bounds else kind_of(base)
    return None
