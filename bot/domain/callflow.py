"""A call flow: what happens to a caller, step by step, in no provider's words.

Steps point at each other by key; a hop is such a key, or None where the call ends. Times are whole
seconds, None where the provider's own default applies. The annotations say what each field is: from
them come the check, the words, and the modal in which a step is edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.telephony import Kind


@dataclass(frozen=True, slots=True)
class Label:
    """What a field is called where people read it, and a word of help."""

    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Refers:
    """The field holds the id of an object of one of these kinds."""

    kinds: tuple[Kind, ...]

    def __init__(self, *kinds: Kind) -> None:
        object.__setattr__(self, "kinds", kinds)


@dataclass(frozen=True, slots=True)
class IsHop:
    """The field holds the key of another step."""


Hop = Annotated[str | None, IsHop()]
Seconds = Annotated[int, Field(ge=1, le=3600)]
_Sound = Annotated[str | None, Refers(Kind.SOUND)]
_Playlist = Annotated[str | None, Refers(Kind.PLAYLIST)]
_Audio = Annotated[str | None, Refers(Kind.SOUND, Kind.PLAYLIST)]

VOICEMAIL_OF_DIALLED = "sipuser_voicemail"
"""A hop that is no step: the personal mailbox of whoever was dialled."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExtensionTarget(_Value):
    """An extension that rings."""

    to: Literal["extension"] = "extension"
    id: str


class GroupTarget(_Value):
    """A hunt group that rings."""

    to: Literal["hunt_group"] = "hunt_group"
    id: str


class NumberTarget(_Value):
    """A public number that the call is forwarded to, as the provider holds it (E.164)."""

    to: Literal["number"] = "number"
    number: str


class OtherTarget(_Value):
    """Something that rings which we have no word for; kept as it is."""

    to: Literal["other"] = "other"
    words: str


Target = Annotated[
    ExtensionTarget | GroupTarget | NumberTarget | OtherTarget, Field(discriminator="to")
]


class _Step(_Value):
    title: ClassVar[str]
    ends: ClassVar[bool] = False

    def hops(self) -> Iterator[tuple[str, str | None]]:
        """Each way out of the step: its name in words, and the key it leads to."""
        for name, field in type(self).model_fields.items():
            if any(isinstance(mark, IsHop) for mark in field.metadata):
                yield label_of(type(self), name).text.lower(), getattr(self, name)


class Start(_Step):
    """Where every call comes in."""

    title: ClassVar[str] = "Start"
    kind: Literal["start"] = "start"
    next: Annotated[Hop, Label("Then")] = None


class Record(_Step):
    """The call is recorded from here on."""

    title: ClassVar[str] = "Record the call"
    kind: Literal["record"] = "record"
    next: Annotated[Hop, Label("Then")] = None


class HoldMusic(_Step):
    """Sets the hold music from here on."""

    title: ClassVar[str] = "Set hold music"
    kind: Literal["hold_music"] = "hold_music"
    playlist: Annotated[_Playlist, Label("Playlist")] = None
    next: Annotated[Hop, Label("Then")] = None


class MatchCaller(_Step):
    """Chooses the way by the caller's number."""

    title: ClassVar[str] = "Match the caller"
    kind: Literal["match_caller"] = "match_caller"
    patterns: Annotated[
        tuple[str, ...],
        Label(
            "Patterns",
            "One a line: a regular expression, or the words anonymous and unavailable.",
        ),
    ] = ()
    match: Annotated[Hop, Label("If one matches")] = None
    no_match: Annotated[Hop, Label("If none matches")] = None


class Play(_Step):
    """Plays a sound to the caller."""

    title: ClassVar[str] = "Play a sound"
    kind: Literal["play"] = "play"
    sound: Annotated[_Sound, Label("Sound")] = None
    next: Annotated[Hop, Label("Then")] = None


class Ring(_Step):
    """Rings people, hunt groups or outside numbers, all at once."""

    title: ClassVar[str] = "Ring"
    kind: Literal["ring"] = "ring"
    targets: Annotated[tuple[Target, ...], Label("Who rings")] = ()
    seconds: Annotated[Seconds | None, Label("Ring for (seconds)", "Empty: 30.")] = None
    whisper: Annotated[_Sound, Label("Whisper", "What the person who answers hears first.")] = None
    ringtone: Annotated[_Audio, Label("Ringtone", "What the caller hears meanwhile.")] = None
    no_answer: Annotated[Hop, Label("If nobody answers")] = None


class Menu(_Step):
    """Lets the caller choose by pressing a key."""

    title: ClassVar[str] = "Menu"
    kind: Literal["menu"] = "menu"
    prompt: Annotated[_Sound, Label("Sound")] = None
    seconds: Annotated[Seconds | None, Label("Wait for a key (seconds)", "Empty: 10.")] = None
    choices: Annotated[dict[str, str], Label("Keys")] = Field(default_factory=dict)
    invalid: Annotated[Hop, Label("On a wrong key")] = None
    timeout: Annotated[Hop, Label("On no key")] = None

    def hops(self) -> Iterator[tuple[str, str | None]]:
        """The keys in order, then wrong key and no key."""
        for key, hop in sorted(self.choices.items()):
            yield f"key {key}", hop
        yield from super().hops()


class DialExtension(_Step):
    """Lets the caller dial an extension."""

    title: ClassVar[str] = "Dial an extension"
    kind: Literal["dial_extension"] = "dial_extension"
    prompt: Annotated[_Sound, Label("Sound")] = None
    wait_seconds: Annotated[Seconds | None, Label("Wait for keys (seconds)", "Empty: 10.")] = None
    ring_seconds: Annotated[Seconds | None, Label("Ring for (seconds)", "Empty: 30.")] = None
    ringtone: Annotated[_Audio, Label("Ringtone", "What the caller hears meanwhile.")] = None
    invalid: Annotated[Hop, Label("On a wrong extension")] = None
    timeout: Annotated[Hop, Label("On no key")] = None
    no_answer: Annotated[Hop, Label("If nobody answers")] = None


class Busy(_Step):
    """Plays the busy tone and hangs up."""

    title: ClassVar[str] = "Busy tone"
    ends: ClassVar[bool] = True
    kind: Literal["busy"] = "busy"
    seconds: Annotated[Seconds | None, Label("Tone for (seconds)", "Empty: 3.")] = None


class Voicemail(_Step):
    """Takes a message."""

    title: ClassVar[str] = "Voicemail"
    ends: ClassVar[bool] = True
    kind: Literal["voicemail"] = "voicemail"
    mailboxes: Annotated[tuple[str, ...], Refers(Kind.MAILBOX), Label("Mailboxes")] = ()


class Conference(_Step):
    """Brings callers together in a conference room.

    The PIN itself never leaves the provider's edge: only whether there is one.
    """

    title: ClassVar[str] = "Conference"
    ends: ClassVar[bool] = True
    kind: Literal["conference"] = "conference"
    has_pin: bool = False
    announcement: Annotated[_Sound, Label("Announcement", "Played when somebody joins.")] = None
    music: Annotated[_Playlist, Label("Music", "For whoever waits alone.")] = None


class Trunk(_Step):
    """Sends the call to a trunk."""

    title: ClassVar[str] = "Trunk"
    ends: ClassVar[bool] = True
    kind: Literal["trunk"] = "trunk"
    trunk: Annotated[str, Refers(Kind.TRUNK), Label("Trunk")] = ""


class Fax(_Step):
    """Receives a fax."""

    title: ClassVar[str] = "Fax"
    ends: ClassVar[bool] = True
    kind: Literal["fax"] = "fax"


class UnknownStep(_Step):
    """A step that we have no model for: shown by its name, kept untouched, never edited.

    Attributes:
        name: the provider's word for it.
        leads_to: its hops, as far as they can be recognised.
    """

    title: ClassVar[str] = "Unknown step"
    kind: Literal["unknown"] = "unknown"
    name: str
    leads_to: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""

    def hops(self) -> Iterator[tuple[str, str | None]]:
        """The recognised hops, by the provider's names for them."""
        yield from self.leads_to


Step = Annotated[
    Start
    | Record
    | HoldMusic
    | MatchCaller
    | Play
    | Ring
    | Menu
    | DialExtension
    | Busy
    | Voicemail
    | Conference
    | Trunk
    | Fax
    | UnknownStep,
    Field(discriminator="kind"),
]

STEPS: tuple[type[_Step], ...] = (
    Start, Record, HoldMusic, MatchCaller, Play, Ring, Menu, DialExtension, Busy, Voicemail,
    Conference, Trunk, Fax,
)  # fmt: skip


class FlowDraft(_Value):
    """A call flow that the provider has not given an id yet.

    Attributes:
        extension: internal number that reaches the flow; None where flows have none.
        steps: by key.
        show_name: put the flow's name before the caller's number that is passed on.
        show_caller: pass on the caller's own number instead of the number called.
    """

    name: str = Field(min_length=1)
    extension: int | None = None
    steps: Mapping[str, Step]
    show_name: bool | None = None
    show_caller: bool | None = None


class CallFlow(FlowDraft):
    """A call flow as a provider holds it."""

    id: str

    def draft(self) -> FlowDraft:
        """The flow without its identity."""
        return FlowDraft(**{name: getattr(self, name) for name in FlowDraft.model_fields})


def label_of(step: type[BaseModel], field: str) -> Label:
    """How a field of a step is called."""
    marks = step.model_fields[field].metadata
    return next((mark for mark in marks if isinstance(mark, Label)), Label(field))
