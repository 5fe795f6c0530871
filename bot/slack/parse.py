"""From typed words to a command and its arguments."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import UsageError
from bot.slack.declare import SLASH, Argument, Catalogue, Command
from bot.slack.words import Word


@dataclass(frozen=True, slots=True)
class Asked:
    """A command and the texts of its arguments, by name; what is missing is left out."""

    command: Command
    texts: Mapping[str, str]

    @property
    def missing(self) -> list[Argument]:
        """Required arguments that nobody gave."""
        return [a for a in self.command.arguments if a.required and a.name not in self.texts]


class WrongArgument(UsageError):
    """An argument that cannot be read.

    Attributes:
        argument: its name.
    """

    def __init__(self, argument: str, words: str, *, hint: str, usage: str) -> None:
        super().__init__(words, hint=hint, usage=usage)
        self.argument = argument


def read(catalogue: Catalogue, words: Sequence[Word]) -> Asked:
    """Find the command that the words mean, and give its arguments their texts.

    Raises:
        UsageError: no such command (the hint names the nearest), or too many words.
    """
    command, rest = _command(catalogue, words)
    return Asked(command, _texts(command, rest))


def values(asked: Asked) -> dict[str, Any]:
    """The arguments, read by their kinds; defaults for what was left out.

    Raises:
        WrongArgument: one cannot be read; says which, and how the command is typed.
    """
    found: dict[str, Any] = {}
    for argument in asked.command.arguments:
        text = asked.texts.get(argument.name)
        if text is None:
            found[argument.name] = argument.default
            continue
        try:
            found[argument.name] = argument.kind.read(text)
        except UsageError as wrong:
            raise WrongArgument(
                argument.name,
                f"{argument.name}: {wrong.user_message}",
                hint=wrong.hint or f"It is {argument.description}.",
                usage=asked.command.usage,
            ) from None
    return found


def _command(catalogue: Catalogue, words: Sequence[Word]) -> tuple[Command, Sequence[Word]]:
    spoken = [word.text.casefold() for word in words]
    for count in (2, 1):
        path = " ".join(spoken[:count])
        if len(spoken) >= count and path in catalogue.commands:
            return catalogue.commands[path], words[count:]
    if not spoken:
        return catalogue.commands["help"], ()
    group = catalogue.group(spoken[0])
    if group is None:
        raise UsageError(
            f"There is no command “{words[0].text}”.",
            hint=_nearest(spoken[0], catalogue.first_words(), ""),
        )
    if len(spoken) == 1:
        return catalogue.commands["help"], words[:1]
    names = [command.name for command in group.commands]
    raise UsageError(
        f"There is no command “{group.name} {words[1].text}”.",
        hint=_nearest(spoken[1], names, f"{group.name} "),
    )


def _nearest(word: str, known: Sequence[str], before: str) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if near:
        return f"Did you mean `{SLASH} {before}{near[0]}`?"
    return f"`{SLASH} help {before}".rstrip() + "` lists what there is."


def _texts(command: Command, words: Sequence[Word]) -> dict[str, str]:
    texts: dict[str, str] = {}
    left = list(words)
    for position, argument in enumerate(command.arguments):
        if not left:
            break
        taken = [left.pop(0)]
        is_last = position == len(command.arguments) - 1
        if is_last and argument.kind.rest is not None:
            texts[argument.name], left = argument.kind.rest([*taken, *left]), []
            break
        spans = argument.kind.spans
        while spans and left and not taken[0].quoted and spans(taken, left[0]):
            taken.append(left.pop(0))
        texts[argument.name] = " ".join(word.text for word in taken)
    if left:
        raise UsageError(
            f"“{' '.join(word.text for word in left)}” is too much for {command.path}.",
            hint="Put a name of several words into quotes.",
            usage=command.usage,
        )
    return texts
