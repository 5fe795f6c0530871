"""Recordings, voicemails and sounds.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bot.providers.operations import Blob, Whole
from bot.providers.ringme.wire import Id, OfExtension, Wire

Order = Literal["desc", "asc"]


class Recording(Wire):
    """A recorded call.

    Which result belongs to the leg and which to the call is not documented.
    """

    to_username: str | None = None
    source_number: str | None = None
    result: str | None = None
    duration: int | None = None
    hangup_time_gmt: str | None = None
    to_domain: str | None = None
    record_file_size: int | None = None
    calls_result: str | None = None
    from_username: str | None = None
    calls_hangup_disposition: str | None = None
    ani_number: str | None = None
    application: str | None = None
    start_time_gmt: str | None = None
    ext_number_reg: str | None = None
    hangup_cause: str | None = None
    hangup_disposition: str | None = None
    extension_group_owner_id: int | None = None
    init_time_gmt: str | None = None
    source_domain: str | None = None
    dest_domain: str | None = None
    record_uuid: str | None = None
    from_domain: str | None = None
    call_uuid: str | None = None
    extension_type: str | None = None
    did_domain: str | None = None
    from_screen_name: str | None = None
    extension_name: str | None = None
    flow: str | None = None
    dest_number: str | None = None
    extension_id: int | None = None
    did_number: str | None = None
    client_owner_id: int | None = None


class RecordingStats(Wire):
    """How many recordings there are, and bytes of their files."""

    files_size: int | None = None
    records_count: int | None = None


class StoredSound(Wire):
    """A sound that can be played."""

    title: str | None = None
    dealer_id: int | None = None
    id: int | None = None
    client_id: int | None = None
    filename: str | None = None


class ListRecordings(
    OfExtension[list[Recording]],
    call="GET /extension/{extension_id}/record/",
    alias="recording.list",
):
    """Gets the recorded calls of an extension between two times."""

    page: Whole | None = Field(1, description="from 1")
    per_page: Whole | None = Field(None, description="how many a page holds")
    start_datetime: str = Field(description="from here, YYYY-MM-DD HH:MM:SS")
    end_datetime: str = Field(description="to here; no later than the last day of the next month")
    order: Order | None = Field("desc", description="newest or oldest first")


class GetRecordingStats(
    OfExtension[list[RecordingStats]],
    call="GET /extension/{extension_id}/record/stats/",
    alias="recording.stats",
):
    """Gets how many recordings there are between two times, and how large they are."""

    start_datetime: str = Field(description="from here, YYYY-MM-DD HH:MM:SS")
    end_datetime: str = Field(description="to here; no later than the last day of the next month")


class GetRecording(
    OfExtension[Blob],
    call="GET /extension/{extension_id}/record/{record_uuid}",
    alias="recording.get",
):
    """Gets a recording as a file."""

    record_uuid: Id = Field(description="the recording")


class DownloadRecording(
    OfExtension[Blob],
    call="GET /extension/{extension_id}/record/{record_uuid}/download/",
    alias="recording.download",
):
    """Gets a recording as a file, with a login by HTTP Basic instead of the token."""

    record_uuid: Id = Field(description="the recording")


class GetRecordingUrl(
    OfExtension[Any],
    call="GET /extension/{extension_id}/record/{record_uuid}/storage_url/",
    alias="recording.url",
):
    """Gets a link to a recording that works for a while."""

    record_uuid: Id = Field(description="the recording")


class ListSounds(
    OfExtension[list[StoredSound]], call="GET /extension/{extension_id}/sound/", alias="sound.list"
):
    """Gets the sounds that an extension can use."""

    page: Whole | None = Field(1, description="from 1")
    per_page: Whole | None = Field(None, description="how many a page holds")
    id: list[Whole] | None = Field(None, description="only these")
    title: list[str] | None = Field(None, description="only these")


class DownloadSound(
    OfExtension[Blob],
    call="GET /extension/{extension_id}/sound/{sound_id}/download/",
    alias="sound.get",
):
    """Gets a sound as a file."""

    sound_id: Whole = Field(description="the sound")


class GetVoicemail(
    OfExtension[Blob],
    call="GET /extension/{extension_id}/voicemail/{record_uuid}",
    alias="voicemail.get",
):
    """Gets a voicemail as a file."""

    record_uuid: Id = Field(description="the voicemail")


class GetVoicemailUrl(
    OfExtension[Any],
    call="GET /extension/{extension_id}/voicemail/{record_uuid}/storage_url/",
    alias="voicemail.url",
):
    """Gets a link to a voicemail that works for a while."""

    record_uuid: Id = Field(description="the voicemail")
