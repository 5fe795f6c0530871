"""Forms: a modal's fields, drawn from plain descriptions and read back to plain values.

A field's kind decides its control; what a person entered comes back as a string, a list of
strings, or None, whatever the control was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import (
    ChannelSelectElement,
    CheckboxesElement,
    DatePickerElement,
    InputInteractiveElement,
    NumberInputElement,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.domain.errors import UserMistake
from bot.slack.blocks import MOST_BLOCKS
from bot.slack.text import shortened

MOST_OPTIONS = 100
MOST_TEXT = 3000


class Control(Enum):
    """What a field is filled in with."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES = "yes"
    SEARCH = "search"
    SEARCHES = "searches"
    PERSON = "person"
    CHANNEL = "channel"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is read back, and what people see."""

    value: str
    label: str

    def option(self) -> Option:
        """As Block Kit has it."""
        return Option(
            value=self.value, text=PlainTextObject(text=shortened(self.label or self.value, 75))
        )


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Attributes:
        search: action id that Slack asks for choices while somebody types.
        initial: what stands in it: text, choices, or True.
    """

    name: str
    label: str
    control: Control = Control.TEXT
    hint: str = ""
    optional: bool = False
    choices: Sequence[Choice] = ()
    search: str = ""
    initial: Any = None
    lowest: int | None = None
    highest: int | None = None

    def block(self) -> Block:
        """As Block Kit has it."""
        return InputBlock(
            block_id=self.name,
            label=PlainTextObject(text=shortened(self.label, 2000)),
            hint=PlainTextObject(text=shortened(self.hint, 2000)) if self.hint else None,
            optional=self.optional,
            element=self._element(),
        )

    def _element(self) -> InputInteractiveElement:
        if self.control in (Control.CHOICE, Control.CHOICES) and len(self.choices) > MOST_OPTIONS:
            raise UserMistake(
                f"“{self.label}” has {len(self.choices)} choices, and a form in Slack shows "
                f"{MOST_OPTIONS} at the most.",
                hint="Edit this one in the provider's dashboard.",
            )
        if isinstance(self.initial, str) and len(self.initial) > MOST_TEXT:
            raise UserMistake(
                f"“{self.label}” holds {len(self.initial)} characters, and a field in Slack takes "
                f"{MOST_TEXT} at the most.",
                hint="Edit this one in the provider's dashboard.",
            )
        element: InputInteractiveElement = _ELEMENTS[self.control](self, self.search or self.name)
        return element


def _choices(given: FormField) -> list[Option] | None:
    options = [choice.option() for choice in given.initial or ()]
    return options or None


_ELEMENTS: Mapping[Control, Any] = {
    Control.TEXT: lambda f, id_: PlainTextInputElement(action_id=id_, initial_value=f.initial),
    Control.LINES: lambda f, id_: PlainTextInputElement(
        action_id=id_, initial_value=f.initial, multiline=True
    ),
    Control.NUMBER: lambda f, id_: NumberInputElement(
        action_id=id_,
        is_decimal_allowed=False,
        initial_value=None if f.initial is None else str(f.initial),
        min_value=None if f.lowest is None else str(f.lowest),
        max_value=None if f.highest is None else str(f.highest),
    ),
    Control.CHOICE: lambda f, id_: StaticSelectElement(
        action_id=id_,
        options=[choice.option() for choice in f.choices],
        initial_option=f.initial.option() if f.initial else None,
    ),
    Control.CHOICES: lambda f, id_: StaticMultiSelectElement(
        action_id=id_,
        options=[choice.option() for choice in f.choices],
        initial_options=_choices(f),
    ),
    Control.YES: lambda f, id_: CheckboxesElement(
        action_id=id_,
        options=[Choice("yes", f.label).option()],
        initial_options=[Choice("yes", f.label).option()] if f.initial else None,
    ),
    Control.SEARCH: lambda f, id_: ExternalDataSelectElement(
        action_id=id_,
        min_query_length=0,
        initial_option=f.initial.option() if f.initial else None,
    ),
    Control.SEARCHES: lambda f, id_: ExternalDataMultiSelectElement(
        action_id=id_, min_query_length=0, initial_options=_choices(f)
    ),
    Control.PERSON: lambda f, id_: UserSelectElement(action_id=id_, initial_user=f.initial),
    Control.CHANNEL: lambda f, id_: ChannelSelectElement(action_id=id_, initial_channel=f.initial),
    Control.DATE: lambda f, id_: DatePickerElement(action_id=id_, initial_date=f.initial),
}


@dataclass(frozen=True, slots=True)
class FormView:
    """A form, ready to be shown.

    Attributes:
        callback_id: the declaration that reads it, with its version.
        carries: JSON that comes back with the submission; nothing in it is trusted.
        submit: label of the button; empty for a window that is only read.
    """

    title: str
    callback_id: str
    carries: str
    fields: Sequence[FormField] = ()
    before: Sequence[Block] = ()
    submit: str = "Save"

    def payload(self) -> dict[str, Any]:
        """For Slack's Web API; checks every limit.

        Raises:
            UserMistake: there is more than a modal can hold.
        """
        blocks = [*self.before, *(given.block() for given in self.fields)]
        if len(blocks) > MOST_BLOCKS["modal"]:
            raise UserMistake(
                f"This has {len(blocks)} fields, and a form in Slack holds "
                f"{MOST_BLOCKS['modal']} at the most.",
                hint="Edit it in the provider's dashboard, or in smaller parts.",
            )
        view = View(
            type="modal",
            title=PlainTextObject(text=shortened(self.title, 24)),
            callback_id=self.callback_id,
            private_metadata=self.carries,
            submit=PlainTextObject(text=self.submit) if self.submit else None,
            close=PlainTextObject(text="Cancel" if self.submit else "Close"),
            blocks=blocks,
        )
        body: dict[str, Any] = view.to_dict()
        return body


Values = Mapping[str, str | list[str] | None]
"""What a person entered, by field name."""


def read_values(state: Mapping[str, Any]) -> dict[str, str | list[str] | None]:
    """What Slack sends back of a form's fields, as plain values."""
    return {
        block: _read(next(iter(actions.values())))
        for block, actions in state.get("values", {}).items()
    }


def _read(entered: Mapping[str, Any]) -> str | list[str] | None:
    match entered:
        case {"selected_options": list(options)}:
            return [option["value"] for option in options]
        case {"selected_option": {"value": str(value)}}:
            return value
        case {"value": str(value)}:
            return value
    for key in ("selected_user", "selected_channel", "selected_conversation", "selected_date"):
        if entered.get(key):
            return str(entered[key])
    return None


def options_payload(choices: Sequence[Choice]) -> dict[str, Any]:
    """An answer to a search: as many choices as Slack takes."""
    return {"options": [choice.option().to_dict() for choice in choices[:MOST_OPTIONS]]}
