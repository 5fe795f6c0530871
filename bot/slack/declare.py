"""Declarations: a command is a typed async function with a docstring.

The docstring's first line is the help, its `Args:` describe the arguments, the annotations are the
parser and the form, `does` is the right. Whatever is wrong with a declaration fails at import.

    group = CommandGroup("flow", "Call flows")

    @group.command("show", does=Right.LOOK)
    async def show(ctx: Ctx, flow: FlowRef) -> Reply:
        \"\"\"Show a call flow as readable steps.

Args:
            flow: its name or extension
        \"\"\"
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_type_hints
from uuid import UUID

from docstring_parser import DocstringStyle
from docstring_parser import parse as parse_docstring
from pydantic import BaseModel

from bot.domain.people import Right
from bot.domain.states import CardKind
from bot.services.services import Services
from bot.slack.blocks import Confirm, button
from bot.slack.forms import Choice, FormView, Values
from bot.slack.kinds import ArgumentKind, kind_of
from bot.slack.reply import Reply

if TYPE_CHECKING:
    from slack_sdk.models.blocks import ButtonElement

    from bot.slack.blocks import Message
    from bot.slack.context import Ctx

SLASH = "/phone"

_NAME = re.compile(r"[a-z][a-z-]*")
_PART = re.compile(r"[a-z][a-z_.]*")

C = TypeVar("C", bound=BaseModel)
T = TypeVar("T")

CommandFunction = Callable[..., Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command."""

    name: str
    kind: ArgumentKind
    description: str
    required: bool
    default: Any

    @property
    def usage(self) -> str:
        """`FLOW`, or `[FLOW]` where it may be left out."""
        return self.name.upper() if self.required else f"[{self.name.upper()}]"


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was declared.

    Attributes:
        right: what the person must be allowed; None for what everybody may.
    """

    group: str
    name: str
    right: Right | None
    help: str
    arguments: tuple[Argument, ...]
    function: CommandFunction

    @property
    def path(self) -> str:
        """The words that choose it: `flow show`."""
        return f"{self.group} {self.name}".strip()

    @property
    def usage(self) -> str:
        """How it is typed."""
        return " ".join([SLASH, self.path, *(argument.usage for argument in self.arguments)])


@dataclass(frozen=True, slots=True)
class Button(Generic[C]):
    """A button's declaration: a versioned id, and a model of the row key that it carries.

    Attributes:
        reads: it only looks; it may be acknowledged before it is done. Any other click is
            acknowledged once what it wants is stored.
    """

    name: str
    version: int
    carries: type[C]
    function: Callable[[Ctx, C], Awaitable[Reply]]
    reads: bool

    def __call__(
        self,
        label: str,
        carried: C,
        *,
        tag: str = "",
        style: str | None = None,
        confirm: Confirm | None = None,
    ) -> ButtonElement:
        """The button, ready to be shown.

        Args:
            tag: tells two buttons of this declaration in one row apart.
        """
        return button(
            label,
            f"{self.name}/{self.version}" + (f"#{tag}" if tag else ""),
            value=carried.model_dump_json(),
            style=style,
            confirm=confirm,
        )


@dataclass(frozen=True, slots=True)
class Form(Generic[C]):
    """A form's declaration: who reads what was entered, and what it carries along."""

    name: str
    version: int
    carries: type[C]
    function: Callable[[Ctx, C, Values], Awaitable[Reply]]

    def __call__(self, title: str, carried: C, **view: Any) -> FormView:
        """The form, ready to be shown."""
        return FormView(title, f"{self.name}/{self.version}", carried.model_dump_json(), **view)


CardFace = Callable[[Services, UUID], Awaitable["Message"]]
FieldSearch = Callable[["Ctx", Any, str, str], Awaitable[Sequence[Choice]]]
"""Given the context, what the form carries, the field's search id, and what was typed."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A search that a form's field uses: what the form carries, and what was typed."""

    name: str
    carries: type[BaseModel]
    function: FieldSearch


class CommandGroup:
    """The commands, buttons, forms and searches of one noun.

    Args:
        name: first word of its commands; empty for commands of one word.
        title: what the group is about, for the help.
    """

    def __init__(self, name: str, title: str) -> None:
        if name and not _NAME.fullmatch(name):
            raise TypeError(f"a group is called in lower case: {name!r}")
        self.name, self.title = name, title
        self.commands: list[Command] = []
        self.buttons: list[Button[Any]] = []
        self.forms: list[Form[Any]] = []
        self.searches: list[Searched] = []
        self.cards: dict[CardKind, CardFace] = {}
        self.home: Callable[[Ctx], Awaitable[Message]] | None = None

    def command(
        self, name: str, *, does: Right | None
    ) -> Callable[[CommandFunction], CommandFunction]:
        """Declare a command."""

        def declare(function: CommandFunction) -> CommandFunction:
            if not _NAME.fullmatch(name):
                raise TypeError(f"{function.__name__}: a command is called in lower case")
            if any(command.name == name for command in self.commands):
                raise TypeError(f"{self.name} {name} is declared twice")
            self.commands.append(_command(self.name, name, does, function))
            return function

        return declare

    def button(
        self, name: str, *, version: int, carries: type[C], reads: bool = False
    ) -> Callable[[Callable[[Ctx, C], Awaitable[Reply]]], Button[C]]:
        """Declare what a click does. An old version stays declared while cards carry it."""

        def declare(function: Callable[[Ctx, C], Awaitable[Reply]]) -> Button[C]:
            made = Button(_part(name), version, carries, _async(function), reads)
            self.buttons.append(made)
            return made

        return declare

    def form(
        self, name: str, *, version: int, carries: type[C]
    ) -> Callable[[Callable[[Ctx, C, Values], Awaitable[Reply]]], Form[C]]:
        """Declare who reads a form."""

        def declare(function: Callable[[Ctx, C, Values], Awaitable[Reply]]) -> Form[C]:
            made = Form(_part(name), version, carries, _async(function))
            self.forms.append(made)
            return made

        return declare

    def search(self, name: str, *, carries: type[C]) -> Callable[[FieldSearch], Searched]:
        """Declare where a form's field finds its choices."""

        def declare(function: FieldSearch) -> Searched:
            made = Searched(_part(name), carries, _async(function))
            self.searches.append(made)
            return made

        return declare

    def card(self, kind: CardKind) -> Callable[[CardFace], CardFace]:
        """Declare how a card looks: from the id of its subject, as it is now."""

        def declare(function: CardFace) -> CardFace:
            self.cards[kind] = _async(function)
            return function

        return declare

    def app_home(
        self, function: Callable[[Ctx], Awaitable[Message]]
    ) -> Callable[[Ctx], Awaitable[Message]]:
        """Declare what the App Home shows."""
        self.home = _async(function)
        return function


class Catalogue:
    """Everything that is declared; two things of one name fail here, before anything runs."""

    def __init__(self, groups: Iterable[CommandGroup]) -> None:
        self.groups = tuple(groups)
        self.commands = {
            command.path: command for command in _unique(self._commands(), lambda c: c.path)
        }
        self.buttons = {
            (b.name, b.version): b
            for b in _unique(self._all("buttons"), lambda b: (b.name, b.version))
        }
        self.forms = {
            (f.name, f.version): f
            for f in _unique(self._all("forms"), lambda f: (f.name, f.version))
        }
        self.searches = {s.name: s for s in _unique(self._all("searches"), lambda s: s.name)}
        self.cards = dict(_unique(self._cards(), lambda card: card[0]))
        self.home = next((group.home for group in self.groups if group.home), None)

    def group(self, name: str) -> CommandGroup | None:
        """The group whose commands begin with this word."""
        return next((group for group in self.groups if group.name and group.name == name), None)

    def first_words(self) -> list[str]:
        """Everything that may stand first."""
        return list(dict.fromkeys(path.split()[0] for path in self.commands))

    def _commands(self) -> Iterator[Command]:
        for group in self.groups:
            yield from group.commands

    def _cards(self) -> Iterator[tuple[CardKind, CardFace]]:
        for group in self.groups:
            yield from group.cards.items()

    def _all(self, what: str) -> Iterator[Any]:
        for group in self.groups:
            yield from getattr(group, what)


def _command(group: str, name: str, right: Right | None, function: CommandFunction) -> Command:
    where = f"{function.__module__}.{function.__qualname__}"
    _async(function)
    described = parse_docstring(function.__doc__ or "", DocstringStyle.GOOGLE)
    if not described.short_description:
        raise TypeError(f"{where}: the docstring's first line is the help text")
    words = {argument.arg_name: argument.description or "" for argument in described.params}
    given = list(inspect.signature(function).parameters.values())
    if not given or given[0].name != "ctx":
        raise TypeError(f"{where}: the first parameter is ctx")
    hints = get_type_hints(function, include_extras=True)
    if hints.get("return") is not Reply:
        raise TypeError(f"{where}: a command answers a Reply")
    arguments = tuple(_argument(where, p, hints.get(p.name), words) for p in given[1:])
    left_over = words.keys() - {argument.name for argument in arguments}
    if left_over:
        raise TypeError(f"{where}: describes {', '.join(sorted(left_over))}, which is no argument")
    required = [argument.required for argument in arguments]
    if required != sorted(required, reverse=True):
        raise TypeError(f"{where}: what may be left out comes last")
    return Command(group, name, right, described.short_description, arguments, function)


def _argument(
    where: str, parameter: inspect.Parameter, annotation: Any, words: dict[str, str]
) -> Argument:
    if annotation is None:
        raise TypeError(f"{where}: {parameter.name} has no annotation")
    optional = parameter.default is not inspect.Parameter.empty
    kind = kind_of(_without_none(annotation))
    if kind is None:
        raise TypeError(f"{where}: {parameter.name}: no kind of argument for {annotation}")
    if not words.get(parameter.name):
        raise TypeError(f"{where}: {parameter.name} is not described under Args")
    return Argument(
        parameter.name,
        kind,
        words[parameter.name],
        not optional,
        parameter.default if optional else None,
    )


def _without_none(annotation: Any) -> Any:
    members = [m for m in getattr(annotation, "__args__", ()) if m is not type(None)]
    is_optional = type(None) in getattr(annotation, "__args__", ())
    return members[0] if is_optional and len(members) == 1 else annotation


def _async(function: Any) -> Any:
    if not inspect.iscoroutinefunction(function):
        raise TypeError(f"{function.__qualname__}: declare it with async def")
    return function


def _part(name: str) -> str:
    if not _PART.fullmatch(name):
        raise TypeError(f"an id is lower case with dots: {name!r}")
    return name


def _unique(items: Iterable[T], key: Callable[[T], object]) -> list[T]:
    seen: dict[object, T] = {}
    for item in items:
        if key(item) in seen:
            raise TypeError(f"{key(item)} is declared twice")
        seen[key(item)] = item
    return list(seen.values())
