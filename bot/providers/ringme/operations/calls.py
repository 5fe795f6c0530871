"""Calls: placed, going on, parked, written down.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Id, Nothing, OfExtension, Wire

CallAction = Literal[
    "eavesdrop",
    "whisper",
    "conference",
    "transfer",
    "attended_transfer",
    "hold",
    "offhold",
    "park",
    "pickup",
]
ParkAction = Literal["park", "bridge", "slots"]
Speaker = Literal["in", "out"]
TranscribeAction = Literal["start", "stop"]


class ExtensionRef(Wire):
    """An extension that takes part in a call."""

    id: int | None = None
    type: str | None = None
    name: str | None = None
    client_id: int | None = None
    extension_group_id: int | None = None


class CurrentCall(Wire):
    """A call that is going on."""

    called_number: str | None = None
    record_uuid: str | None = None
    init_time_gmt: str | None = None
    real_call: bool | None = True
    call_flow: str | None = None
    called_did: str | None = None
    callback_id: str | None = None
    caller_id_name: str | None = None
    call_api_id: str | None = None
    extension_id: int | None = None
    answer_time_gmt: str | None = None
    caller_id_number: str | None = None


class ListedCall(CurrentCall):
    """A call in the list of those that are going on."""

    called_extension: ExtensionRef | None = None
    caller_extension: ExtensionRef | None = None


class CallPlaced(Wire):
    """The two ids of a call that was placed."""

    call_api_id: str | None = None
    call_id: str | None = None


class CurrentCalls(Wire):
    """The calls that are going on."""

    call_list: list[ListedCall] | None = None


class PlaceCall(
    OfExtension[CallPlaced],
    call="POST /extension/{extension_id}/callback/",
    alias="call.place",
    effect=Effect.COSTS_MONEY,
):
    """Rings one of the sources and connects it to a destination."""

    allow_public_transfer: bool | None = Field(
        False, description="whether somebody outside may transfer the call"
    )
    transfer_after_dst_hangup: str | None = Field(
        None, description="where the source goes when the destination hangs up"
    )
    src_num: list[str] = Field(description="numbers or extensions that ring first")
    callback_rate_limit: Whole | None = Field(
        None, description="which share of calls may be of this kind; its unit is not documented"
    )
    call_duration: Whole | None = Field(None, description="seconds after which the call ends")
    src_caller_id_number: str | None = Field(None, description="number that the source sees")
    transfer_after_src_hangup: str | None = Field(
        None, description="where the destination goes when the source hangs up"
    )
    wait_for_pickup: Whole | None = Field(None, description="seconds that it rings at most")
    caller_id_name: str | None = Field(None, description="name that is shown")
    dst_num: str = Field(description="who is called then")
    dst_ani: str | None = Field(None, description="number shown on trunks for the destination")
    src_caller_id_name: str | None = Field(None, description="name that the source sees")
    caller_id_number: str | None = Field(None, description="number that is shown")
    announce_sound_id: Whole | None = Field(
        None, description="sound for the source after it answers"
    )
    dst_announce_sound_id: Whole | None = Field(
        None, description="sound for both after the destination answers"
    )
    src_ani: str | None = Field(None, description="number shown on trunks for the source")
    dst_dtmf: str | None = Field(None, description="digits sent to the destination")


class ListCurrentCalls(
    OfExtension[CurrentCalls],
    call="GET /extension/{extension_id}/current_calls/",
    alias="call.list",
):
    """Gets the calls that are going on at an extension of type phone."""


class ControlCall(
    OfExtension[Any],
    call="PUT /extension/{extension_id}/current_calls/{call_api_id}",
    alias="call.control",
    effect=Effect.COSTS_MONEY,
):
    """Transfers, holds, parks or joins a call that is going on; a transfer outside costs money.

    What it answers is not documented.
    """

    call_api_id: Id = Field(description="the call")
    action: CallAction = Field(description="what to do; transfer is the blind one")
    caller_id_name: str | None = Field(None, description="name that is shown")
    send_dst: str | None = Field(None, description="where a transfer goes")
    caller_id_number: str | None = Field(None, description="number that is shown")


class GetCurrentCall(
    OfExtension[CurrentCall],
    call="GET /extension/{extension_id}/current_calls/{call_api_id}",
    alias="call.get",
):
    """Gets one call that is going on at an extension of type phone."""

    call_api_id: Id = Field(description="the call")


class HangUp(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/current_calls/{call_api_id}",
    alias="call.hang_up",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Ends a call that is going on."""

    call_api_id: Id = Field(description="the call")


class TranscribeCall(
    OfExtension[Any],
    call="PUT /extension/{extension_id}/speech_to_text/{call_api_id}",
    alias="call.transcribe",
    effect=Effect.CHANGES,
):
    """Starts or stops writing down what is said in a call.

    What it answers is not documented.
    """

    call_api_id: Id = Field(description="the call")
    action: TranscribeAction = Field(description="start or stop")
    url: str | None = Field(None, description="address that gets the words")
    direction: Speaker = Field(description="whose words")


class ValetParkCall(
    OfExtension[Any],
    call="PUT /extension/{extension_id}/valet_park/{call_api_id}",
    alias="call.valet_park",
    effect=Effect.CHANGES,
):
    """Parks a call in a slot, or brings it back.

    What it answers is not documented.
    """

    call_api_id: Id = Field(description="the call")
    action: ParkAction = Field(description="park it, fetch it, or ask for the slots")
    slot: Whole | None = Field(None, description="where it is parked")
