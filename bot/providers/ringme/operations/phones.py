"""Extensions of type phone.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import NoneIsNull, OfExtension, Wire

AuthType = Literal["digest", "network", "both"]
RecordFormat = Literal["mp3", "wav", "None"]
RecordStereo = Literal["yes", "no", "None"]
VoicemailProfile = Literal["default", "record_silence"]


class Phone(Wire):
    """An extension of type phone."""

    auth_type: str | None = None
    vm_enabled: bool | None = False
    hold_music: int | None = None
    preserve_caller_id_number_att_tr: bool | None = False
    conference_pin: str | None = None
    conference_end_on_exit: bool | None = True
    network_permission_group_id: int | None = None
    append_to_cid_name_on_transfer: str | None = None
    record_stereo: str | None = None
    hangup_timeout: int | None = 60
    incoming_limit: int | None = None
    vm_mailto: str | None = None
    conference_announce_caller_name: bool | None = False
    label: str | None = None
    vm_greeting: int | None = None
    record_enabled: bool | None = False
    vm_attach_file: bool | None = True
    intercom: int | None = None
    announce_sound_upon_incoming_call: int | None = None
    announce_sound_upon_outgoing_call: int | None = None
    transfer_caller_id_number: str | None = None
    ignore_early_media: bool | None = False
    vm_profile: str | None = "default"
    static_reg_address: str | None = None
    geo_list: str | None = None
    name: str | None = None
    call_screening_enabled: bool | None = False
    ringback_sound: int | None = None
    record_format: str | None = None
    replace_pin: str | None = None
    record_transfer: bool | None = False
    external_number: str | None = None


class UpdatePhone(
    OfExtension[Phone],
    call="PUT /extension/{extension_id}/phone/",
    alias="phone.update",
    effect=Effect.CHANGES,
):
    """Changes an extension of type phone."""

    auth_type: AuthType | None = Field(
        "digest", description="how devices prove who they are; left out, the default may come back"
    )
    vm_enabled: bool | None = Field(None, description="take voicemails")
    hold_music: Whole | None = Field(None, description="sound on hold")
    preserve_caller_id_number_att_tr: bool | None = Field(
        None, description="keep the caller's number when a call is handed over"
    )
    conference_pin: str | None = Field(None, description="PIN of the conference")
    conference_end_on_exit: bool | None = Field(
        None, description="the conference ends with its owner"
    )
    network_permission_group_id: Whole | None = Field(None, description="networks that are let in")
    append_to_cid_name_on_transfer: str | None = Field(
        None, description="added to the caller's name on a transfer"
    )
    record_stereo: Annotated[RecordStereo | None, NoneIsNull] = Field(
        None, description="one channel for each side; None leaves it open"
    )
    hangup_timeout: Whole | None = Field(None, description="seconds that a call rings")
    incoming_limit: Whole | None = Field(None, description="calls at once")
    vm_mailto: str | None = Field(None, description="where voicemails are mailed")
    conference_announce_caller_name: bool | None = Field(None, description="say who comes in")
    vm_greeting: Whole | None = Field(None, description="sound before a voicemail")
    record_enabled: bool | None = Field(None, description="record calls")
    vm_attach_file: bool | None = Field(None, description="mail the voicemail itself")
    intercom: Whole | None = None
    announce_sound_upon_incoming_call: Whole | None = Field(
        None, description="sound before an incoming call"
    )
    announce_sound_upon_outgoing_call: Whole | None = Field(
        None, description="sound before an outgoing call"
    )
    transfer_caller_id_number: str | None = Field(None, description="number shown on a transfer")
    ignore_early_media: bool | None = Field(
        None, description="do not listen before the call is answered"
    )
    vm_profile: VoicemailProfile | None = Field(None, description="whether silence is recorded too")
    static_reg_address: str | None = Field(
        None, description="address:port of a device that does not register"
    )
    password: str | None = Field(None, description="of the devices")
    geo_list: str | None = None
    call_screening_enabled: bool | None = Field(None, description="ask who calls")
    ringback_sound: Whole | None = Field(None, description="what callers hear while it rings")
    record_format: Annotated[RecordFormat | None, NoneIsNull] = Field(
        None, description="form of recordings; None leaves it open"
    )
    replace_pin: str | None = None
    record_transfer: bool | None = Field(None, description="record transferred calls")
    external_number: str | None = None


class GetPhone(OfExtension[Phone], call="GET /extension/{extension_id}/phone/", alias="phone.get"):
    """Gets how an extension of type phone is set up."""
