"""Web hooks of an extension: one address for each kind of event.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Nothing, OfExtension, Wire

EventType = Literal[
    "dial-in",
    "dial-out",
    "hangup",
    "answer",
    "message-in",
    "message-out",
    "message-out-status",
    "voicemail",
]
HttpMethod = Literal["GET", "POST"]


class Event(Wire):
    """A web hook."""

    url: str | None = None
    method: str | None = None
    event_type: str | None = None
    id: int | None = None


class CreateEvent(
    OfExtension[Event],
    call="POST /extension/{extension_id}/event/",
    alias="event.create",
    effect=Effect.CHANGES,
):
    """Has an address called whenever something of one kind happens at an extension."""

    url: str = Field(description="the address that is called")
    event_type: EventType = Field(description="what happens")
    method_: HttpMethod = Field(
        alias="method", description="how the address is called; GET carries the news in the query"
    )


class ListEvents(
    OfExtension[list[Event]], call="GET /extension/{extension_id}/event/", alias="event.list"
):
    """Gets all web hooks of an extension, ours and others'."""


class DeleteAllEvents(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/event/",
    alias="event.delete_all",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes every web hook of an extension, others' too."""


class UpdateEvent(
    OfExtension[Event],
    call="PUT /extension/{extension_id}/event/{id}",
    alias="event.update",
    effect=Effect.CHANGES,
):
    """Changes a web hook."""

    id: Whole = Field(description="the web hook")
    url: str | None = Field(None, description="the address that is called")
    event_type: EventType | None = Field(None, description="what happens")
    method_: HttpMethod | None = Field(
        None,
        alias="method",
        description="how the address is called; GET carries the news in the query",
    )


class GetEvent(
    OfExtension[Event], call="GET /extension/{extension_id}/event/{id}", alias="event.get"
):
    """Gets one web hook."""

    id: Whole = Field(description="the web hook")


class DeleteEvent(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/event/{id}",
    alias="event.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes one web hook."""

    id: Whole = Field(description="the web hook")
