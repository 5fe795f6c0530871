"""Phone calls that are going on, and starting one (fact sheet B6)."""

# ruff: noqa: N815 - the names are the provider's

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.providers.operations import Effect, Place, Whole
from bot.providers.voipnow.operations.paging import OfExtension, OfExtensions, OfUser, Paged
from bot.providers.voipnow.wire import (
    CallId,
    Collection,
    Flag,
    Number,
    OneExtension,
    PhoneNumber,
    Seconds,
    Several,
    VoipNowOperation,
    Wire,
    Word,
    spelt,
)

CALLS = "/uapi/phoneCalls/{userId}"

CallerId = Annotated[
    str, spelt(r"[^<>]*<[0-9*+]+>", "is a name and a number, like Anna Holt <0003*210>")
]
"""A name and a number: `Anna Holt <0003*210>`."""

Action = Literal[
    "OnHold",
    "OffHold",
    "StartRecording",
    "StopRecording",
    "PickUp",
    "BargeIn",
    "Whisper",
    "Monitor",
    "Park",
    "UnPark",
    "Transfer",
    "TransferToVoicemail",
]

_NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("PickUp", "BargeIn", "Whisper", "Monitor", "UnPark"), ("sendCallTo",)),
    "Transfer": ("sendCallTo", "transferFromNumber"),
    "TransferToVoicemail": ("sendCallTo",),
}
"""What an action cannot do without."""


class CallView(Wire):
    """One connection of a call.

    `flow` is 2 local, 4 out, 8 in; `status` 0 unknown, 1 off hook, 2 trying, 3 ringing, 4 the other
    side rings, 5 on call.
    """

    id: Word = None
    extension: Any = None
    source: Any = None
    destination: Any = None
    callerId: Any = None
    flow: Number = None
    status: Number = None
    ringing: Any = None
    answered: Any = None
    recording: Any = None
    parked: Any = None
    parkedPos: Any = None
    parkedBy: Any = None
    onHold: Any = None
    holder: Any = None
    disposition: Number = None


class PhoneCall(Wire):
    """A call that is going on; `extension` is the one that is charged."""

    id: Word = None
    nonce: Any = None
    extension: Any = None
    ownerId: Word = None
    ownerName: Any = None
    published: Any = None
    answered: Any = None
    phoneCallView: list[CallView] = Field(default_factory=list)
    links: Any = None


Calls = Collection[PhoneCall]
CallsWritten = Annotated[list[PhoneCall], Several]


class CallParties(BaseModel):
    """Who is called, in a call that is to be started."""

    model_config = ConfigDict(extra="forbid")

    source: list[PhoneNumber] = Field(min_length=1, description="who is rung first")
    destination: list[PhoneNumber] = Field(min_length=1, description="who is rung then")
    callerId: CallerId | None = Field(None, description="what the source's telephone shows")
    callerDestination: CallerId | None = Field(
        None, description="what the destination's telephone shows"
    )


class _Started(OfUser):
    extension: OneExtension = Field(description="telephone that is charged, like 0003*210")
    phoneCallView: list[CallParties] = Field(min_length=1, description="who is called")
    waitForPickup: Annotated[Seconds | None, Place.QUERY] = Field(
        None, description="seconds to ring; 25 where it is left out"
    )


class StartCall(
    _Started,
    VoipNowOperation[CallsWritten],
    call=f"POST {CALLS}/simple",
    alias="call.start",
    effect=Effect.COSTS_MONEY,
):
    """Rings the source, then connects it to the destination."""

    nonce: str | None = Field(None, min_length=1, description="own mark of the call")
    callDuration: Annotated[Seconds | None, Place.QUERY] = Field(
        None, description="seconds after which the call ends"
    )
    allowPublicTransfer: Annotated[bool | None, Place.QUERY] = Field(
        None, description="whether a call to an outside number may be transferred"
    )
    video: Annotated[bool | None, Place.QUERY] = Field(None, description="offer video")


class StartCallback(
    _Started,
    VoipNowOperation[CallsWritten],
    call=f"POST {CALLS}/callback",
    alias="call.callback",
    effect=Effect.COSTS_MONEY,
):
    """Rings both sides and connects them."""

    nonce: str | None = Field(None, min_length=1, description="own mark of the call")
    callDuration: Annotated[Seconds | None, Place.QUERY] = Field(
        None, description="seconds after which the call ends"
    )


class InviteToConference(
    _Started,
    VoipNowOperation[CallsWritten],
    call=f"POST {CALLS}/conferenceInvite",
    alias="call.invite",
    effect=Effect.COSTS_MONEY,
):
    """Rings somebody and connects them to a scheduled conference."""

    number: Annotated[str | None, Place.QUERY] = Field(None, description="of the conference")
    pin: Annotated[str | None, Place.QUERY] = Field(None, description="of the conference")


class _One(OfExtensions):
    phoneCallId: CallId = Field(description="the call; its extension may then be @self")


class ListCalls(Paged[Calls], OfExtensions, call=f"GET {CALLS}/{{extension}}", alias="call.list"):
    """Gets the calls of an extension that are going on."""


class GetCall(
    Paged[Calls], _One, call=f"GET {CALLS}/{{extension}}/{{phoneCallId}}", alias="call.get"
):
    """Gets one call that is going on."""


class ControlCall(
    VoipNowOperation[CallsWritten],
    _One,
    call=f"PUT {CALLS}/{{extension}}/{{phoneCallId}}",
    alias="call.control",
    effect=Effect.COSTS_MONEY,
):
    """Does something with a call: hold, park, record, listen in, pick up, transfer.

    A transfer to an outside number is charged.
    """

    action: Action = Field(description="what to do")
    phoneCallViewId: str | None = Field(
        None, min_length=1, description="which connection of the call, like 01"
    )
    sendCallTo: PhoneNumber | None = Field(
        None, description="where the call goes, or who joins it; needed by most actions"
    )
    transferFromNumber: PhoneNumber | None = Field(
        None, description="the party that transfers; needed by Transfer"
    )
    transferNumber: PhoneNumber | None = Field(None, description="the party that is transferred")
    callerId: CallerId | None = Field(None, description="what the source's telephone shows")
    waitForPickup: Seconds | None = Field(
        None, description="seconds to ring; 25 where it is left out"
    )
    maxInParking: Whole | None = Field(
        None, ge=10, le=3600, description="seconds a call stays parked; 180 where it is left out"
    )
    private: Flag | None = Field(
        None, description="1: who whispers does not hear the others (Whisper)"
    )
    format: Literal["wav", "wav49"] | None = Field(
        None, description="of the recording (StartRecording)"
    )

    @model_validator(mode="after")
    def _complete(self) -> ControlCall:
        lost = [name for name in _NEEDS.get(self.action, ()) if getattr(self, name) is None]
        if lost:
            raise PydanticCustomError(
                "action_needs",
                "{names} is required by {action}",
                {"names": ", ".join(lost), "action": self.action},
            )
        return self


class _HungUp(BaseModel):
    phoneNumber: PhoneNumber | None = Field(None, description="end only the party with this number")


class HangUp(
    _HungUp,
    VoipNowOperation[CallsWritten],
    _One,
    call=f"DELETE {CALLS}/{{extension}}/{{phoneCallId}}",
    alias="call.hang_up",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Ends one call."""


class HangUpAll(
    _HungUp,
    VoipNowOperation[CallsWritten],
    OfExtension,
    call=f"DELETE {CALLS}/{{extension}}",
    alias="call.hang_up_all",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Ends every call of an extension."""


CALL_CALLS = (
    ListCalls,
    GetCall,
    StartCall,
    StartCallback,
    InviteToConference,
    ControlCall,
    HangUp,
    HangUpAll,
)
