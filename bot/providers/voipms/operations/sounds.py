"""Recordings that menus and queues play, hold music, languages."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from bot.providers.operations import Effect
from bot.providers.voipms.operations.base import VoipmsOperation, record
from bot.providers.voipms.parameters import NEW, Base64, Given, RecordId, Word
from bot.providers.voipms.wire import Answer, Count, Flag, Many, One, Option, Record, Text


class Recordings(Answer):
    """Recordings, by id and name."""

    recordings: Many[Option]


class ListRecordings(
    VoipmsOperation[Recordings], call="getRecordings", alias="recording.list", effect=Effect.READS
):
    """Gets all recordings, or one of them."""

    empty = frozenset({"no_recording"})

    recording: Word | None = Field(None, description="only this one")


class RecordingFile(Record):
    """A recording's sound, in base64."""

    value: Text = None
    data: Text = None


class RecordingFiles(Answer):
    """A recording's sound; documented as a list of one, and met without the list."""

    recordings: One[RecordingFile]


class GetRecordingFile(
    VoipmsOperation[RecordingFiles],
    call="getRecordingFile",
    alias="recording.file",
    effect=Effect.READS,
):
    """Gets a recording's sound."""

    recording: Given = Field(description="the recording")


class RecordingSet(Answer):
    """The recording that was made or changed."""

    recording: Text = None


class SetRecording(
    VoipmsOperation[RecordingSet],
    call="setRecording",
    alias="recording.set",
    effect=Effect.CHANGES,
):
    """Makes a recording, or changes the name or the sound of one.

    A new one needs both. With an id either may be left out, and stays.
    """

    recording: RecordId = record("recording")
    file: Base64 | None = Field(None, description="the sound in base64")
    # The call's own name is `name`, hence another one in Python.
    recording_name: Given | None = Field(None, alias="name", description="what it is called")

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.recording == NEW and (self.file is None or self.recording_name is None):
            raise ValueError("file, name: a new recording needs both")
        if self.file is None and self.recording_name is None:
            raise ValueError("file, name: give what is to change")
        return self


class MusicOnHold(Record):
    """Hold music; `value` is its code."""

    value: Text = None
    description: Text = None
    recordings: Text = None
    total: Count = None
    volume: Text = None
    sort: Text = None
    custom: Flag = None


class MusicOnHolds(Answer):
    """Hold music."""

    music_on_hold: Many[MusicOnHold]


class ListMusicOnHold(
    VoipmsOperation[MusicOnHolds], call="getMusicOnHold", alias="music.list", effect=Effect.READS
):
    """Gets all hold music, or one of it."""

    music_on_hold: Word | None = Field(None, description="only this one")


class Languages(Answer):
    """Languages of announcements."""

    languages: Many[Option]


class ListLanguages(
    VoipmsOperation[Languages], call="getLanguages", alias="language.list", effect=Effect.READS
):
    """Gets the languages of announcements."""

    language: Word | None = Field(None, description="only this one")


SOUNDS = (ListRecordings, GetRecordingFile, SetRecording, ListMusicOnHold, ListLanguages)
