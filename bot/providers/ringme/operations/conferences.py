"""Conference rooms, and conferences that are going on.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import OfExtension, Wire

Question = Literal["show_members", "is_locked", "max_members", "count", "run_time"]


class Conference(Wire):
    """A conference room."""

    moderator_pin: str | None = None
    pin: str | None = None
    max_members: int | None = None
    music_on_hold_sound: int | None = None
    announce_caller_name: bool | None = False
    enter_sound: int | None = None
    record_enabled: bool | None = False
    mute_non_moderator: bool | None = False


class UpdateConference(
    OfExtension[Conference],
    call="PUT /extension/{extension_id}/conference/",
    alias="conference.update",
    effect=Effect.CHANGES,
):
    """Changes the conference room of an extension."""

    moderator_pin: str | None = Field(None, description="PIN of the moderator")
    pin: str | None = Field(None, description="PIN of everybody else")
    max_members: Whole | None = Field(None, description="how many may take part")
    music_on_hold_sound: Whole | None = Field(None, description="sound while somebody waits")
    announce_caller_name: bool | None = Field(None, description="say who comes in")
    enter_sound: Whole | None = Field(None, description="sound when somebody comes in")
    record_enabled: bool | None = Field(None, description="record it")
    mute_non_moderator: bool | None = Field(None, description="only the moderator is heard")


class GetConference(
    OfExtension[Conference],
    call="GET /extension/{extension_id}/conference/",
    alias="conference.get",
):
    """Gets how the conference room of an extension is set up."""


class ControlConference(
    OfExtension[Any],
    call="PUT /extension/{extension_id}/conference/status/",
    alias="conference.control",
    effect=Effect.CHANGES,
):
    """Acts on a conference that is going on.

    What it answers is not documented.
    """

    mute: bool | None = Field(None, description="nobody hears the member")
    stop_play: bool | None = Field(None, description="stop the sound")
    lock: bool | None = Field(None, description="let nobody in")
    deaf: bool | None = Field(None, description="the member hears nobody")
    enter_sound: bool | None = Field(None, description="play the sound when somebody comes in")
    member_id: Whole | None = Field(None, description="whom it is about")
    play_file: Whole | None = Field(None, description="sound to play")


class AskConference(
    OfExtension[Any],
    call="GET /extension/{extension_id}/conference/status/",
    alias="conference.ask",
):
    """Asks one thing about a conference that is going on.

    What it answers is not documented.
    """

    action: Question = Field(description="what is asked")
