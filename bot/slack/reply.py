"""What a command, a button or a form answers: a message and where it goes, or a form to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.slack.blocks import Message, say
from bot.slack.forms import FormView


class Where(Enum):
    """Where an answer is shown."""

    PRIVATE = "only to the person"
    CHANNEL = "to everybody in the channel"
    REPLACE = "in place of the message whose button was pressed"
    FORM = "as a form"
    ERRORS = "beside the fields of the form"
    NOWHERE = "nowhere; something else shows it"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an answer, into the person's direct messages."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    where: Where
    message: Message | None = None
    form: FormView | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    attachment: Attachment | None = None

    @classmethod
    def private(cls, message: Message | str, attachment: Attachment | None = None) -> Reply:
        """Shown only to the person."""
        return cls(Where.PRIVATE, _message(message), attachment=attachment)

    @classmethod
    def channel(cls, message: Message | str) -> Reply:
        """Shown to everybody in the channel."""
        return cls(Where.CHANNEL, _message(message))

    @classmethod
    def replace(cls, message: Message | str) -> Reply:
        """Takes the place of the message whose button was pressed."""
        return cls(Where.REPLACE, _message(message))

    @classmethod
    def ask(cls, form: FormView) -> Reply:
        """Opens a form, or shows another one in the same window."""
        return cls(Where.FORM, form=form)

    @classmethod
    def wrong(cls, errors: Mapping[str, str]) -> Reply:
        """The form stays open, with words beside its fields (by field name)."""
        return cls(Where.ERRORS, errors=errors)

    @classmethod
    def nothing(cls) -> Reply:
        """A card or the form's closing is answer enough."""
        return cls(Where.NOWHERE)


def _message(message: Message | str) -> Message:
    return message if isinstance(message, Message) else Message(message, [say(message)])
