"""Sound files, which play rules name by label and group."""

from __future__ import annotations

from pydantic import Field

from bot.providers.iovox.operations.base import Id, IovoxOperation, ListOf
from bot.providers.iovox.wire import Page, Text, Wire
from bot.providers.operations import Blob


class SoundFileRow(Wire):
    """A sound file."""

    sound_label: Text = None
    sound_group: Text = None
    content_length: Text = None
    created: Text = None
    updated: Text = None
    notes: Text = None


class GetSoundFiles(
    ListOf[Page[SoundFileRow]], call="SoundFiles.getSoundFiles", verb="GET", alias="sound.list"
):
    """Lists sound files."""

    sound_label: str | None = Field(None, description="only those with this label")
    sound_group: str | None = Field(None, description="only those of this group")


class GetSoundFileData(
    IovoxOperation[Blob], call="SoundFiles.getSoundFileData", verb="GET", alias="sound.get"
):
    """Gets a sound file, as MP3."""

    sound_label: Id = Field(description="its label")
    sound_group: str | None = Field(None, description="its group")


SOUNDS = (GetSoundFiles, GetSoundFileData)
