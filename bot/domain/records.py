"""What happens on a telephone system beside finished calls: live calls, messages, recordings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.domain.numbers import Party
from bot.domain.telephony import CallSeen, Direction


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call that is going on.

    Attributes:
        extension: id of our extension in it.
        answered: whether somebody talks, or it still rings.
    """

    id: str
    caller: Party
    called: Party
    extension: str = ""
    answered: bool = False
    since: datetime | None = None


class Presence(Enum):
    """Whether a queue sends calls to an agent."""

    AVAILABLE = "available"
    PAUSED = "paused"
    LOGGED_OUT = "logged out"


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who takes calls of queues.

    Attributes:
        queues: ids of the queues, as far as they are told.
    """

    id: str
    name: str
    presence: Presence
    extension: str = ""
    queues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded call; its sound is fetched by id."""

    id: str
    caller: Party
    called: Party
    started_at: datetime
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class VoicemailMessage:
    """A message in a mailbox; its sound is fetched by mailbox and id."""

    id: str
    mailbox: str
    caller: Party
    left_at: datetime
    seconds: int | None = None
    heard: bool | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text message (SMS)."""

    id: str
    direction: Direction
    ours: Party
    theirs: Party
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Fax:
    """A fax; its pages are fetched by id."""

    id: str
    direction: Direction
    theirs: Party
    at: datetime
    pages: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording, a message or a fax as bytes."""

    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody outside whom the system knows by name."""

    id: str
    name: str
    party: Party


@dataclass(frozen=True, slots=True)
class BlockedCaller:
    """A caller who does not get through."""

    id: str
    party: Party
    note: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A web hook that the provider calls.

    Attributes:
        kind: the provider's word for the event.
        of: id of the extension that it is about; empty for the account.
    """

    id: str
    kind: str
    url: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """Whether a device is there for an extension."""

    extension: str
    online: bool
    device: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Where calls are forwarded to.

    Attributes:
        id: of the forwarding, or of the extension that it belongs to.
        to: nothing where it is switched off.
    """

    id: str
    name: str
    to: Party | None


@dataclass(frozen=True, slots=True)
class NumberOffer:
    """A number that can be ordered.

    Attributes:
        id: what an order names.
        monthly, setup: prices as the provider writes them, with their currency if it is told.
    """

    id: str
    party: Party
    place: str = ""
    monthly: str = ""
    setup: str = ""


News = CallSeen | Text
"""What a delivery of a provider tells of."""
