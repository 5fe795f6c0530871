"""Calls: what the records hold of them, their sound, and placing one."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from bot.providers.iovox.operations.base import Id, IovoxOperation, ListOf, Moment, Part, Way
from bot.providers.iovox.wire import Done, Page, Text, Wire
from bot.providers.operations import Blob, Effect, Whole

_ELEMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

Dialled = Annotated[
    str, StringConstraints(pattern=re.compile(r"^[1-9][0-9]{4,14}(,[0-9*#,]*)?$", re.ASCII))
]
"""A number, and keys to press once it is answered; each comma waits two seconds."""


class CallRow(Wire):
    """A call; the fields are those that were asked for."""

    id: Text = None
    call_start: Text = None
    call_end: Text = None
    call_origin: Text = None
    call_origin_encoded: Text = None
    call_origin_location: Text = None
    voxnumber: Text = None
    call_destination: Text = None
    detail: Text = None
    call_time: Text = None
    call_time_sec: Text = None
    talk_time: Text = None
    talk_time_sec: Text = None
    call_type: Text = None
    call_result: Text = None
    rule_result: Text = None
    node_id: Text = None
    node_name: Text = None
    node_type: Text = None
    link_id: Text = None
    link_name: Text = None
    link_type: Text = None
    has_recording: Text = None
    email_sent: Text = None
    direction: Text = None


class GetCallData(ListOf[Page[CallRow]], call="Calls.getCallData", verb="GET", alias="call.list"):
    """Lists calls between two times, of this month where none are given.

    Short names in req_fields: id cs ce co coe col vn cd detail ct cts tt tts ctype call_res
    rule_res nid nname ntype lid lname ltype has_rec es direction cat_id cat_lbl cat_v.
    """

    sdt: Moment | None = Field(None, description="from here; the first of the month if left out")
    edt: Moment | None = Field(None, description="to here; the end of today if left out")
    dconst: Literal["YESTERDAY"] | None = Field(None, description="a day, instead of sdt and edt")
    id: str | None = Field(None, description="only this call")
    node_id: str | None = Field(None, description="only calls to this node")
    node_type: str | None = Field(None, description="only calls to nodes of this type")
    link_id: str | None = Field(None, description="only calls to this link")
    link_type: str | None = Field(None, description="only calls to links of this type")
    ctype: str | None = Field(None, description="call type: DIRECT, or API for placed ones")
    call_res: str | None = Field(None, description="result of the call, like ANSWERED")
    rule_res: str | None = Field(None, description="result of the rules, like Call to an Operator")
    call_origin: str | None = Field(None, description="number of the caller")
    call_origin_encoded: str | None = Field(
        None, description="number of the caller as it is shown without revealing it"
    )
    voxnumber: str | None = Field(None, description="number that was called")
    call_dest: str | None = Field(None, description="number that the call went on to")
    direction: Way | None = Field(None, description="which way it went")
    detail: str | None = Field(None, description="IP address or conference room")
    category_ids: list[str] | None = Field(
        None,
        alias="cat_ids[]",
        description="categories of the link: commas mean all of them, several items any of them",
    )


class _SoundOf(IovoxOperation[Blob]):
    id: Id = Field(description="the call, as Calls.getCallData names it")


class GetCallRecording(_SoundOf, call="Calls.getCallRecording", verb="GET", alias="recording.get"):
    """Gets the recording of a call, as MP3."""


class GetVoicemailRecording(
    _SoundOf, call="Calls.getVoicemailRecording", verb="GET", alias="voicemail.get"
):
    """Gets the message that a caller left, as MP3."""


class CallVariables(Part):
    """What the call's flow finds in its variables; any names of one's own besides."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str | int]

    call_destination: Dialled | None = None
    delay: Whole | None = Field(None, ge=0, description="minutes to wait before it begins")

    @model_validator(mode="after")
    def _names_of_elements(self) -> Self:
        for name in self.model_extra or {}:
            if not _ELEMENT.fullmatch(name):
                raise ValueError(f"“{name}” cannot be the name of a variable")
        return self


class InitiateCall(
    IovoxOperation[Done],
    call="Calling.initiateCall",
    verb="POST",
    alias="call.place",
    effect=Effect.COSTS_MONEY,
):
    """Places a call, which follows the rules of a link."""

    link_id: Id = Field(description="the link whose rules it follows")
    call_variables: CallVariables | None = Field(
        None,
        description="call_destination (a number without its plus; commas wait 2 s, then keys), "
        "delay in minutes, and whatever else the rules want",
    )


CALLS = (GetCallData, GetCallRecording, GetVoicemailRecording, InitiateCall)
