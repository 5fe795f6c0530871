"""Phone call events: addresses that VoipNow calls when an extension's telephone rings or ends.

Deleting is the call of the document "Delete PhoneCallEvents", in its three forms, each an operation
of its own: none turns into a larger one by leaving a word out. Creating, listing and changing are
of the vendor's wiki (fact sheet B5).
"""

# ruff: noqa: N815 - the names are the provider's

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field

from bot.providers.operations import Effect
from bot.providers.voipnow.operations.paging import OfExtension, Paged
from bot.providers.voipnow.wire import (
    Collection,
    EventType,
    Flag,
    Number,
    ObjectId,
    Several,
    VoipNowOperation,
    Wire,
    Word,
    spelt,
)

EVENTS = "/uapi/extensions/{userId}/{extension}/phoneCallEvents"

Address = Annotated[
    str, spelt(r"https?://[!-~]{1,2000}", "is an address without blanks, like https://x.example/2")
]


class EventId(Wire):
    """The id of an event that was created, changed or deleted."""

    id: Word


class PhoneCallEvent(Wire):
    """An event of an extension; `method` 0 is GET and 1 POST, `status` 0 off and 1 on."""

    id: Word = None
    type: Number = None
    url: Any = None
    method: Number = None
    status: Number = None
    note: Any = None
    modified: Any = None
    links: Any = None


EventIds = Annotated[list[EventId], Several]
Events = Collection[PhoneCallEvent]


class _OfType(OfExtension):
    eventType: EventType = Field(
        description="0 dial-in, 1 dial-out, 2 hang-up, 3 answer of an incoming call, 4 answer of "
        "an outgoing call"
    )


class _One(_OfType):
    eventId: ObjectId = Field(description="the event")


class ListEvents(Paged[Events], OfExtension, call=f"GET {EVENTS}", alias="event.list"):
    """Gets all events of an extension."""


class ListEventsOfType(
    Paged[Events], _OfType, call=f"GET {EVENTS}/{{eventType}}", alias="event.list_type"
):
    """Gets the events of one type of an extension."""


class GetEvent(
    Paged[Events], _One, call=f"GET {EVENTS}/{{eventType}}/{{eventId}}", alias="event.get"
):
    """Gets one event of an extension."""


# `method` is the verb of the call itself as well, hence another name in Python.
class _Changes(BaseModel):
    http_method: Flag | None = Field(None, alias="method", description="0 GET, 1 POST")
    status: Flag | None = Field(None, description="0 off, 1 on")
    note: str | None = Field(None, description="words about it")


class CreateEvent(
    _Changes,
    VoipNowOperation[EventIds],
    OfExtension,
    call=f"POST {EVENTS}/",
    alias="event.create",
    effect=Effect.CHANGES,
):
    """Adds an event to an extension, its type in the body.

    This form is of the older pages and of the vendor's own client.
    """

    type: EventType = Field(
        description="0 dial-in, 1 dial-out, 2 hang-up, 3 answer of an incoming call, 4 answer of "
        "an outgoing call"
    )
    url: Address = Field(description="what is called, encoded as RFC 3986 says")


class CreateEventOfType(
    _Changes,
    VoipNowOperation[EventIds],
    _OfType,
    call=f"POST {EVENTS}/{{eventType}}",
    alias="event.create_type",
    effect=Effect.CHANGES,
):
    """Adds an event to an extension, its type in the path as version 5 documents it."""

    url: Address = Field(description="what is called, encoded as RFC 3986 says")


class UpdateEvent(
    _Changes,
    VoipNowOperation[EventIds],
    _One,
    call=f"PUT {EVENTS}/{{eventType}}/{{eventId}}",
    alias="event.update",
    effect=Effect.CHANGES,
):
    """Changes an event; the overview of the service prints its path without the type."""

    guess: ClassVar[str] = "update_event"

    url: Address | None = Field(None, description="what is called")


class DeleteEvent(
    VoipNowOperation[EventIds],
    _One,
    call=f"DELETE {EVENTS}/{{eventType}}/{{eventId}}",
    alias="event.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes one event of an extension."""


class DeleteEventsOfType(
    VoipNowOperation[EventIds],
    _OfType,
    call=f"DELETE {EVENTS}/{{eventType}}",
    alias="event.delete_all_of_type",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes all events of one type of an extension.

    The document says that without an event's id all events of the extension are deleted; whether
    those of other types stay is not certain.
    """


class DeleteEventsOfExtension(
    VoipNowOperation[EventIds],
    OfExtension,
    call=f"DELETE {EVENTS}",
    alias="event.delete_all_of_extension",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes all events of an extension, of every type."""


EVENT_CALLS = (
    DeleteEvent,
    DeleteEventsOfType,
    DeleteEventsOfExtension,
    ListEvents,
    ListEventsOfType,
    GetEvent,
    CreateEvent,
    CreateEventOfType,
    UpdateEvent,
)
