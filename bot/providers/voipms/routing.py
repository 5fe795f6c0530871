"""Where calls go, as VoIP.ms spells it: `header:record_id`, and lists of such.

The documents: "API DID Functions (continued)" for the headers and the lists; the fact sheet's
Traps for what they leave open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.providers.voipms.spelt import Spelt

HEADERS = (
    "account",
    "fwd",
    "vm",
    "sip",
    "grp",
    "ivr",
    "sys",
    "recording",
    "queue",
    "cb",
    "tc",
    "disa",
    "none",
)
"""The documented headers, in the order of the document."""

LATER_HEADERS = ("did", "phone")
"""Headers that a public client met in answers; they are in no document of ours."""

SYSTEM = ("hangup", "busy", "noservice", "disconnected", "dtmf", "echo")
"""What may follow `sys:`."""

MEMBER_HEADERS = ("account", "fwd", "sip")
"""What a ring group can ring."""

RING_SECONDS, PRESS_1 = 25, False
"""What holds for a member of a ring group that says neither."""

_RECORD = re.compile(r"[^\s;,]+")
_KEY = re.compile(r"[0-9A-Za-z*#]+")


@dataclass(frozen=True, slots=True)
class Routing(Spelt):
    """Where a call goes.

    Attributes:
        header: the kind of the destination, one of `HEADERS` or `LATER_HEADERS`.
        record: its id; a word of `SYSTEM` after `sys`; empty after `none`.
    """

    header: str
    record: str = ""

    example: ClassVar[str] = "account:100001_VoIP"

    def __str__(self) -> str:
        return f"{self.header}:{self.record}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `header:record_id`; only the first colon separates, for an address may have more.

        Raises:
            ValueError: the header is unknown, or the record is none that can follow it.
        """
        header, colon, record = text.strip().partition(":")
        if not colon:
            raise ValueError(f"“{text}” is no routing; write header:record, like {cls.example}")
        if header not in HEADERS + LATER_HEADERS:
            raise ValueError(
                f"“{header}” is no header of a routing; there are {', '.join(HEADERS)}"
            )
        if header == "none":
            if record:
                raise ValueError("nothing follows “none:”")
        elif header == "sys":
            if record not in SYSTEM:
                raise ValueError(f"after “sys:” stands one of {', '.join(SYSTEM)}")
        elif not _RECORD.fullmatch(record):
            raise ValueError(f"after “{header}:” stands the id of one record")
        return cls(header, record)

    @classmethod
    def seen(cls, text: str | None) -> Self | None:
        """What stands in an answer; None where it is empty or nothing that `parse` reads."""
        try:
            return cls.parse(text or "")
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a ring group.

    Attributes:
        to: what rings.
        seconds: how long; None leaves it to the provider (`RING_SECONDS`).
        press_1: whether whoever answers must press 1 to take the call; given with `seconds`.
    """

    to: Routing
    seconds: int | None = None
    press_1: bool = PRESS_1

    def __post_init__(self) -> None:
        if self.to.header not in MEMBER_HEADERS:
            raise ValueError(f"a member is one of {', '.join(MEMBER_HEADERS)}, not “{self.to}”")
        if self.seconds is not None and not 1 <= self.seconds <= 60:
            raise ValueError(f"a member rings 1 to 60 seconds, not {self.seconds}")
        if self.seconds is None and self.press_1:
            raise ValueError("a member that must press 1 has its seconds too")

    def __str__(self) -> str:
        if self.seconds is None:
            return str(self.to)
        return f"{self.to},{self.seconds},{int(self.press_1)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `header:id` or `header:id,seconds,press1`.

        Raises:
            ValueError: it is neither.
        """
        to, *more = (part.strip() for part in text.split(","))
        routing = Routing.parse(to)
        if not more:
            return cls(routing)
        if len(more) != 2 or not more[0].isdecimal() or more[1] not in ("0", "1"):
            raise ValueError(f"“{text.strip()}” is no member; write {routing},25,0")
        return cls(routing, int(more[0]), more[1] == "1")

    def effective(self) -> Self:
        """With the defaults filled in, so that two spellings of the same compare as equal."""
        return self if self.seconds is not None else type(self)(self.to, RING_SECONDS, PRESS_1)


@dataclass(frozen=True, slots=True)
class Members(Spelt):
    """The members of a ring group; on the wire joined by semicolons."""

    each: tuple[Member, ...]

    example: ClassVar[str] = "account:100001,25,0;fwd:16006,10,1"

    def __str__(self) -> str:
        return ";".join(map(str, self.each))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read members; blanks around them do not matter.

        Raises:
            ValueError: there is none, or one cannot be read.
        """
        return cls(tuple(Member.parse(part) for part in _parts(text, cls.example)))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a key of a menu does."""

    key: str
    to: Routing

    def __str__(self) -> str:
        return f"{self.key}={self.to}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `digit=header:record_id`.

        Raises:
            ValueError: it is none.
        """
        key, sign, to = text.partition("=")
        if not sign or not _KEY.fullmatch(key.strip()):
            raise ValueError(f"“{text.strip()}” is no choice; write 1=fwd:20222")
        return cls(key.strip(), Routing.parse(to))


@dataclass(frozen=True, slots=True)
class Choices(Spelt):
    """The choices of a menu; written as they are read back, without blanks."""

    each: tuple[Choice, ...]

    example: ClassVar[str] = "1=sip:5096 ; 2=fwd:20222"

    def __str__(self) -> str:
        return ";".join(map(str, self.each))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read choices; blanks around them do not matter.

        Raises:
            ValueError: there is none, one cannot be read, or a key is there twice.
        """
        each = tuple(Choice.parse(part) for part in _parts(text, cls.example))
        keys = [choice.key for choice in each]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise ValueError(f"the key {twice} is there twice")
        return cls(each)


def _parts(text: str, example: str) -> list[str]:
    parts = [part.strip() for part in text.split(";")]
    # A semicolon at the end separates nothing.
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    if not all(parts):
        raise ValueError(f"is a list like {example}, without gaps")
    return parts
