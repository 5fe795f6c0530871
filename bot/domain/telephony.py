"""What a telephone system is made of, in the field's words and no provider's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.domain.numbers import Party


class Capability(Enum):
    """One thing that a provider may be able to do; the value is its name in tables."""

    NUMBERS = "numbers"
    NUMBER_ORDERS = "number search and order"
    ROUTING = "routing"
    CALL_FLOWS = "call flows"
    TIME_DIARIES = "time diaries"
    FORWARDING = "forwarding"
    EXTENSIONS = "extensions"
    HUNT_GROUPS = "hunt groups"
    QUEUES = "queues"
    AGENTS = "queue agents"
    LIVE_CALLS = "live calls"
    PLACE_CALL = "placing a call"
    CALL_HISTORY = "call history"
    CALL_EVENTS = "call events"
    SUBSCRIPTIONS = "event subscriptions"
    RECORDINGS = "recordings"
    MAILBOXES = "mailboxes"
    VOICEMAIL = "voicemail"
    TEXTS = "texts"
    FAXES = "faxes"
    CONTACTS = "contacts"
    BLOCKED_CALLERS = "blocked callers"
    SOUNDS = "sounds and hold music"
    REGISTRATIONS = "registrations"
    BALANCE = "balance"


class Support(Enum):
    """How far a provider can do a thing."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Claim:
    """What we say of a provider's capability, and what to know about it."""

    support: Support
    note: str = ""

    @property
    def usable(self) -> bool:
        """Whether calls are sent at all; what is unknown may be tried, what is not there not."""
        return self.support is not Support.NO


class Kind(Enum):
    """Kinds of objects of a telephone system that call flows point at."""

    EXTENSION = "extension"
    HUNT_GROUP = "hunt group"
    QUEUE = "queue"
    MAILBOX = "mailbox"
    SOUND = "sound"
    PLAYLIST = "playlist"
    TIME_DIARY = "time diary"
    TRUNK = "trunk"
    CALL_FLOW = "call flow"
    MENU = "menu"
    FORWARDING = "forwarding"
    CONFERENCE = "conference"
    OUTSIDE = "outside number"
    OTHER = "other destination"


@dataclass(frozen=True, slots=True)
class Named:
    """An object that has a name and may have an extension number.

    Attributes:
        id: the provider's identifier, opaque.
        extension: the internal number that reaches it, if it has one.
        online: whether a device is registered; None where that is unknown or means nothing.
        members: ids of the extensions in it, for groups and queues.
    """

    kind: Kind
    id: str
    name: str
    extension: str | None = None
    online: bool | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """Where calls can be sent.

    Attributes:
        id: of the object; for an outside number the number, for another destination the
            provider's own word.
    """

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Number:
    """A DID: a public number that the account owns, and where its calls go.

    Attributes:
        party: the number; a provider may list one that is no valid number.
        to: where its calls go, if anywhere.
        diary: id of the time diary that may overrule that.
    """

    id: str
    party: Party
    name: str = ""
    to: Destination | None = None
    diary: str | None = None

    @property
    def flow(self) -> str | None:
        """Id of the call flow, if its calls go to one."""
        return self.to.id if self.to and self.to.kind is Kind.CALL_FLOW else None


class Direction(Enum):
    """Which way a call went, seen from the company."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class Verdict(Enum):
    """How a call ended for the caller; the value is how it reads."""

    ANSWERED = "answered"
    MISSED = "missed"
    VOICEMAIL = "left a voicemail"


@dataclass(frozen=True, slots=True)
class CallSeen:
    """What a provider told of one call, by delivery or by history; later news replace it.

    Attributes:
        id: the provider's id of the call; several pieces of news share it.
        started_at: aware.
        waited: seconds from the first ring to the end or the answer; None where unknown.
        answered_by: name or extension, as told.
    """

    id: str
    direction: Direction
    verdict: Verdict
    caller: Party
    called: Party
    started_at: datetime
    waited: int | None = None
    answered_by: str = ""
