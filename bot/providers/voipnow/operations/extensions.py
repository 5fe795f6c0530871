"""Who is there, who takes calls of a queue, and sending a fax (fact sheet B7)."""

# ruff: noqa: N815 - the names are the provider's

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.providers.operations import Effect, FileContent
from bot.providers.transport import Form, Upload
from bot.providers.voipnow.operations.paging import OfExtension, OfExtensions, Paged
from bot.providers.voipnow.wire import (
    SELF,
    AgentId,
    AsText,
    Collection,
    Digit,
    Number,
    PhoneNumber,
    Several,
    VoipNowOperation,
    Wire,
    Word,
)

QUEUE = "/uapi/extensions/{userId}/{extension}/queue/agents"


# Presence


class PhoneRegistration(Wire):
    """A device of an extension.

    `registration` is 1 registered, 2 none needed, -1 not registered, -2 expired, 0 unknown.
    """

    agent: Any = None
    registration: Number = None
    status: Number = None
    expire: Any = None


class PresenceRecord(Wire):
    """Whether somebody is there; `status` is 0 unknown, 1 online, 2 ringing, 3 busy."""

    extension: Any = None
    status: Number = None
    registration: list[PhoneRegistration] = Field(default_factory=list)


class ListPresence(
    Paged[Collection[PresenceRecord]],
    OfExtensions,
    call="GET /uapi/extensions/{userId}/{extension}/presence",
    alias="presence.list",
):
    """Gets which telephones of an extension are there; with @owner it takes no @self."""

    @model_validator(mode="after")
    def _of_somebody(self) -> ListPresence:
        if (self.userId, self.extension) == ("@owner", SELF):
            raise PydanticCustomError("owner_of_all", "extension: @self does not go with @owner")
        return self


# Queue agents


AgentStatus = Annotated[Literal[0, 1, 2], Digit, AsText]


class AgentRecord(Wire):
    """Somebody who takes calls of a queue; `status` is 0 logged out, 1 online, 2 paused."""

    agentNumber: Any = None
    status: Number = None
    queue: Any = None
    type: Any = None
    identifier: Word = None
    links: Any = None


class ListAgents(
    Paged[Collection[AgentRecord]], OfExtension, call=f"GET {QUEUE}", alias="agent.list"
):
    """Gets who takes calls of a queue."""

    guess: ClassVar[str] = "queue_agents"


class GetAgent(
    Paged[Collection[AgentRecord]], OfExtension, call=f"GET {QUEUE}/{{agent}}", alias="agent.get"
):
    """Gets one agent of a queue."""

    guess: ClassVar[str] = "queue_agent"

    agent: AgentId = Field(description="a local agent's extension, or a remote agent's id")


class UpdateAgent(
    VoipNowOperation[Annotated[list[AgentRecord], Several]],
    OfExtension,
    call=f"PUT {QUEUE}/{{agent}}",
    alias="agent.update",
    effect=Effect.CHANGES,
):
    """Logs an agent of a queue in or out, or pauses them."""

    guess: ClassVar[str] = "queue_agent"

    agent: AgentId = Field(description="a local agent's extension, or a remote agent's id")
    status: AgentStatus = Field(description="0 logged out, 1 online, 2 paused")


# Faxes

_KINDS = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"II*\0": "tif", b"MM\0*": "tif"}


def _fax_file(file: FileContent) -> FileContent:
    """A file by one of the four names that the provider takes."""
    if file.name.lower().rpartition(".")[2] in ("jpg", "tif", "pdf", "txt"):
        return file
    kind = next((kind for mark, kind in _KINDS.items() if file.content.startswith(mark)), "")
    if not kind:
        try:
            file.content.decode()
        except UnicodeDecodeError:
            raise PydanticCustomError("fax_file", "is no jpg, tif, pdf or txt file") from None
        kind = "txt"
    return FileContent(file.content, f"{file.name.partition('.')[0]}.{kind}")


class SentFax(Wire):
    """A fax that was sent."""

    id: Word = None
    uid: Any = None
    recipients: Any = None


class SendFax(
    VoipNowOperation[Annotated[list[SentFax], Several]],
    OfExtension,
    call="POST /uapi/faxes/{userId}/{extension}",
    alias="fax.send",
    effect=Effect.COSTS_MONEY,
):
    """Sends a file as a fax from an extension.

    Version 5 documents another way: its answer names addresses to which the pages are then put.
    """

    recipients: list[PhoneNumber] = Field(min_length=1, description="numbers or extensions")
    # Every operation has its `files`, hence another name in Python.
    pages: Annotated[FileContent, AfterValidator(_fax_file)] = Field(
        alias="files", description="a jpg, tif, pdf or txt file"
    )

    def body(self) -> Form:
        """The file as one part, the recipients as JSON in another."""
        sent = Upload(self.pages.name, self.pages.content)
        return Form({"request": json.dumps({"recipients": self.recipients})}, {"files": sent})


EXTENSION_CALLS = (ListPresence, ListAgents, GetAgent, UpdateAgent, SendFax)
