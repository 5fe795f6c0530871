"""The thirteen documented modules of a call flow, as typed values; others are kept as they are.

Field names and the absence of defaults are the document's. A field that is not there stays away
when the module is written, a field nobody knows is written back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from bot.providers.yay.wire import Wire

Seconds = int | None
_E164 = re.compile(r"\+?[1-9]\d{5,14}")
_PIN = re.compile(r"\d{4}", re.ASCII)


class _Part(Wire):
    # Strict, so that what is read is what is written: "30" must not come back as 30.
    model_config = ConfigDict(strict=True)


class SipUserTarget(_Part):
    """A SIP user that rings."""

    type: Literal["sipuser"]
    uuid: str


class HuntGroupTarget(_Part):
    """A hunt group that rings."""

    type: Literal["huntgroup"]
    uuid: str


class ForwardTarget(_Part):
    """An outside number that rings."""

    type: Literal["forward"]
    number: str = Field(description="in E.164")


class OpaqueTarget(_Part):
    """Something else that rings; the engine knows more types than the document."""


def _tag(field: str, known: dict[str, type[Wire]]) -> Callable[[Any], str]:
    def tag(value: Any) -> str:
        if isinstance(value, Wire):
            names = [name for name, model in known.items() if type(value) is model]
            return names[0] if names else ""
        word = value.get(field) if isinstance(value, dict) else None
        return word if isinstance(word, str) and word in known else ""

    return tag


_TARGETS: dict[str, type[Wire]] = {
    "sipuser": SipUserTarget,
    "huntgroup": HuntGroupTarget,
    "forward": ForwardTarget,
}

TargetRecord = Annotated[
    Annotated[SipUserTarget, Tag("sipuser")]
    | Annotated[HuntGroupTarget, Tag("huntgroup")]
    | Annotated[ForwardTarget, Tag("forward")]
    | Annotated[OpaqueTarget, Tag("")],
    Discriminator(_tag("type", _TARGETS)),
]


class Start(_Part):
    """The entry point; every flow has exactly one."""

    module: Literal["start"]
    next: str | None = None


class Recording(_Part):
    """Records the call from here on."""

    module: Literal["recording"]
    next: str | None = None


class MusicOnHold(_Part):
    """Sets the hold music from here on."""

    module: Literal["musiconhold"]
    playlist: str | None = Field(None, alias="class", description="uuid of the playlist")
    next: str | None = None


class CallerIdMatch(_Part):
    """Routes by the caller's number."""

    module: Literal["calleridmatch"]
    patterns: list[str] | None = None
    match: str | None = None
    nomatch: str | None = None


class Play(_Part):
    """Plays a sound."""

    module: Literal["play"]
    sound: str | None = None
    next: str | None = None


class Extension(_Part):
    """Rings SIP users, hunt groups and outside numbers."""

    module: Literal["extension"]
    extensions: list[TargetRecord] | None = None
    duration: Seconds = Field(None, description="seconds; 30 where it is left out")
    announcement: str | None = Field(None, description="uuid of the whisper's sound")
    ringtone: str | None = Field(None, description="uuid of a sound or a playlist")
    noanswer: str | None = None


class PressExtension(_Part):
    """Routes by the key that the caller presses."""

    module: Literal["pressextension"]
    sound: str | None = None
    duration: Seconds = Field(None, description="seconds; 10 where it is left out")
    next: dict[str, str | None] | None = Field(
        None, description="keys of the telephone, and the words invalid and timeout"
    )


class DialByExtension(_Part):
    """Rings the SIP user whose extension the caller dials."""

    module: Literal["dialbyextension"]
    sound: str | None = None
    wait_duration: Seconds = Field(None, description="seconds; 10 where it is left out")
    dial_duration: Seconds = Field(None, description="seconds; 30 where it is left out")
    ringtone: str | None = None
    next: dict[str, str | None] | None = Field(None, description="the words invalid and timeout")
    noanswer: str | None = Field(None, description="a key, or the word sipuser_voicemail")


class Busy(_Part):
    """Plays a busy tone and hangs up."""

    module: Literal["busy"]
    duration: Seconds = Field(None, description="seconds; 3 where it is left out")


class Voicemail(_Part):
    """Takes a message."""

    module: Literal["voicemail"]
    mailboxes: list[str] | None = None


class Conference(_Part):
    """A conference room."""

    module: Literal["conference"]
    pin: str | int | None = Field(None, description="four digits")
    announcement: str | None = None
    music: str | None = None


class Trunk(_Part):
    """Sends the call to a trunk. The document alone writes it with a capital."""

    module: Literal["Trunk", "trunk"]
    uuid: str | None = None


class Fax(_Part):
    """Receives a fax."""

    module: Literal["fax"]


class OpaqueModule(_Part):
    """A module that no document describes, or a known one in an unknown shape."""

    word_of_missing: ClassVar[str] = "module without a name"

    @property
    def word(self) -> str:
        """What Yay.com calls it."""
        name = (self.model_extra or {}).get("module")
        return name if isinstance(name, str) and name else self.word_of_missing

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        # Nobody knows which of its fields is a PIN.
        return [("module", self.word)]


MODULES: dict[str, type[Wire]] = {
    "start": Start,
    "recording": Recording,
    "musiconhold": MusicOnHold,
    "calleridmatch": CallerIdMatch,
    "play": Play,
    "extension": Extension,
    "pressextension": PressExtension,
    "dialbyextension": DialByExtension,
    "busy": Busy,
    "voicemail": Voicemail,
    "conference": Conference,
    "Trunk": Trunk,
    "trunk": Trunk,
    "fax": Fax,
}
"""The documented modules by the word in `module`."""

_AnyModule = Annotated[
    Annotated[Start, Tag("start")]
    | Annotated[Recording, Tag("recording")]
    | Annotated[MusicOnHold, Tag("musiconhold")]
    | Annotated[CallerIdMatch, Tag("calleridmatch")]
    | Annotated[Play, Tag("play")]
    | Annotated[Extension, Tag("extension")]
    | Annotated[PressExtension, Tag("pressextension")]
    | Annotated[DialByExtension, Tag("dialbyextension")]
    | Annotated[Busy, Tag("busy")]
    | Annotated[Voicemail, Tag("voicemail")]
    | Annotated[Conference, Tag("conference")]
    | Annotated[Trunk, Tag("Trunk")]
    | Annotated[Trunk, Tag("trunk")]
    | Annotated[Fax, Tag("fax")]
    | Annotated[OpaqueModule, Tag("")],
    Discriminator(_tag("module", MODULES)),
]


def _opaque_if_odd(value: Any, read: Callable[[Any], Wire]) -> Wire:
    try:
        return read(value)
    except ValidationError:
        return OpaqueModule.model_validate(value)


def _checked(value: Any, read: Callable[[Any], Wire]) -> Wire:
    module = read(value)
    if isinstance(value, Wire):
        return module
    if isinstance(module, Conference) and not _PIN.fullmatch(str(module.pin or "0000")):
        raise PydanticCustomError("pin", "the pin of a conference has four digits")
    if isinstance(module, Extension):
        for target in module.extensions or ():
            if isinstance(target, ForwardTarget) and not _E164.fullmatch(target.number):
                raise PydanticCustomError(
                    "e164",
                    "“{number}” is not a number in E.164 (+442079460000)",
                    {"number": target.number},
                )
    return module


ModuleRead = Annotated[_AnyModule, WrapValidator(_opaque_if_odd)]
"""A module as it came: never refused."""

ModuleWritten = Annotated[_AnyModule, WrapValidator(_checked)]
"""A module that somebody wrote: a documented one in its documented shape, or an unknown one.

A module that was read before (a value, no JSON) passes as it is, for it stands in the account.
"""
