"""Phone call events: addresses that VoipNow calls when an extension's telephone rings or ends.

Deleting is the call of the document "Delete PhoneCallEvents", in its three forms; creating, listing
and changing are of the vendor's wiki (fact sheet B5).
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import Field, HttpUrl, PlainSerializer

from bot.providers.operations import Effect, Place
from bot.providers.voipnow.operations.paging import Paged
from bot.providers.voipnow.wire import (
    EventType,
    Flag,
    Number,
    ObjectId,
    OneExtension,
    Several,
    UserId,
    VoipNowOperation,
    Wire,
    Word,
)

R = TypeVar("R")

EVENTS = "/uapi/extensions/{userId}/{extension}/phoneCallEvents"

_Address = Annotated[str, Field(pattern=r"^https?://[!-~]+$", max_length=2048)]


class EventId(Wire):
    """The id of an event that was created, changed or deleted."""

    id: Word


class PhoneCallEvent(Wire):
    """An event of an extension. A field that is empty there is left out."""

    id: Word = None
    type: Number = None
    url: Any = None
    method: Number = Field(None, description="0 GET, 1 POST")
    status: Number = Field(None, description="0 off, 1 on")
    note: Any = None
    modified: Any = Field(None, description="time with an offset")
    links: Any = None


EventIds = Annotated[list[EventId], Several]


class _OfExtension(VoipNowOperation[R], Generic[R]):
    userId: UserId = Field(  # noqa: N815 - the provider's name
        description="owner of the extension: @me or @viewer (who is authenticated), @owner, or "
        "a user's id; usually @me"
    )
    extension: OneExtension = Field(
        description="telephone, queue, conference or IVR, like 0003*210; never @self"
    )


class ListEvents(_OfExtension[Any], Paged[PhoneCallEvent], call=f"GET {EVENTS}", alias="event.list"):
    """Gets all events of an extension."""


class ListEventsOfType(
    _OfExtension[Any],
    Paged[PhoneCallEvent],
    call=f"GET {EVENTS}/{{eventType}}",
    alias="event.list_type",
):
    """Gets the events of one type of an extension."""

    eventType: EventType = Field(description="0 to 4")  # noqa: N815 - the provider's name


class GetEvent(
    _OfExtension[Any],
    Paged[PhoneCallEvent],
    call=f"GET {EVENTS}/{{eventType}}/{{eventId}}",
    alias="event.get",
):
    """Gets one event of an extension."""

    eventType: EventType = Field(description="0 to 4")  # noqa: N815 - the provider's name
    eventId: ObjectId = Field(description="the event")  # noqa: N815 - the provider's name
