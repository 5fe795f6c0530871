"""The form that asks for a command's arguments, made from its annotations."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from bot.slack.declare import SLASH, Argument, Command
from bot.slack.forms import Choice, Control, FormField, FormView, Values

CALLBACK = "command/1"
SEARCH = "argument"
"""Action ids of searches for arguments: `argument:flow show:flow`."""


class Carried(BaseModel):
    """What the form brings back: the command, and where it was typed."""

    path: str
    channel: str


def form(command: Command, texts: Mapping[str, str], channel: str) -> FormView:
    """The form, with what was typed already in it."""
    return FormView(
        f"{SLASH} {command.path}",
        CALLBACK,
        Carried(path=command.path, channel=channel).model_dump_json(),
        [_field(command, argument, texts.get(argument.name)) for argument in command.arguments],
        submit="Go",
    )


def texts_of(command: Command, entered: Values) -> dict[str, str]:
    """What was entered, as the texts that somebody would have typed."""
    texts: dict[str, str] = {}
    for argument in command.arguments:
        match entered.get(argument.name):
            case str(text) if text.strip():
                texts[argument.name] = text.strip()
            case [str(text), *_]:
                texts[argument.name] = text
    return texts


def _field(command: Command, argument: Argument, text: str | None) -> FormField:
    kind = argument.kind
    initial: object = text
    if kind.control is Control.CHOICE:
        initial = next((choice for choice in kind.choices if choice.value == text), None)
    elif kind.control is Control.SEARCH:
        initial = Choice(text, text) if text else None
    return FormField(
        argument.name,
        argument.name.replace("_", " ").capitalize(),
        kind.control,
        hint=argument.description,
        optional=not argument.required,
        choices=kind.choices,
        search=f"{SEARCH}:{command.path}:{argument.name}" if kind.search else "",
        initial=initial,
        lowest=kind.lowest,
        highest=kind.highest,
    )
