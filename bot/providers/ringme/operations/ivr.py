"""IVRs: menus (contexts) and their options.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Id, Nothing, OfExtension, Wire

LifetimeAction = Literal["hangup", "transfer"]
VoicemailProfile = Literal["default", "record_silence"]


class ContextModel(Wire):
    """A menu with all that is in it; no page says what that is."""


class Ivr(Wire):
    """An extension of type IVR."""

    lifetime_exp_action: str | None = None
    entry_context: int | None = None
    lifetime_exp_transfer_dst: str | None = None
    vm_enabled: bool | None = False
    vm_greeting: int | None = None
    vm_profile: str | None = "default"
    lifetime: int | None = None
    vm_attach_file: bool | None = True
    sleep_time: int | None = None
    vm_mailto: str | None = None


class Context(Wire):
    """A menu of an IVR."""

    description: str | None = None
    inter_digit_timeout: int | None = None
    timeout: int | None = None
    extra_params: str | None = None
    allow_any_dial: bool | None = None
    id: int | None = None
    digit_len: int | None = None
    name: str | None = None


class Option(Wire):
    """An option of a menu."""

    digits: str | None = None


class Scheme(Wire):
    """A whole IVR."""

    lifetime_exp_action: str | None = None
    entry_context: int | None = None
    contexts: list[ContextModel] | None = None
    vm_enabled: bool | None = False
    vm_greeting: int | None = None
    lifetime_exp_transfer_dst: str | None = None
    vm_profile: str | None = "default"
    lifetime: int | None = None
    vm_attach_file: bool | None = True
    sleep_time: int | None = None
    vm_mailto: str | None = None


class UpdateIvr(
    OfExtension[Ivr],
    call="PUT /extension/{extension_id}/ivr/",
    alias="ivr.update",
    effect=Effect.CHANGES,
):
    """Changes an extension of type IVR."""

    lifetime_exp_action: LifetimeAction | None = Field(
        None, description="what happens when the time is over"
    )
    entry_context: Whole | None = Field(None, description="the menu that comes first")
    lifetime_exp_transfer_dst: str | None = Field(
        None, description="where calls go when the time is over"
    )
    vm_enabled: bool | None = Field(None, description="take voicemails")
    vm_greeting: Whole | None = Field(None, description="sound before a voicemail")
    vm_profile: VoicemailProfile | None = Field(None, description="whether silence is recorded too")
    lifetime: Whole | None = Field(None, description="seconds that a call may stay")
    vm_attach_file: bool | None = Field(None, description="mail the voicemail itself")
    sleep_time: Whole | None = Field(None, description="milliseconds before the first menu")
    vm_mailto: str | None = Field(None, description="where voicemails are mailed")


class GetIvr(OfExtension[Ivr], call="GET /extension/{extension_id}/ivr/", alias="ivr.get"):
    """Gets how an extension of type IVR is set up."""


class CreateContext(
    OfExtension[Context],
    call="POST /extension/{extension_id}/ivr/context/",
    alias="ivr.context.create",
    effect=Effect.CHANGES,
):
    """Adds a menu to an IVR."""

    name_: str = Field(alias="name", description="what the menu is called")
    inter_digit_timeout: Whole | None = Field(2000, description="milliseconds between two digits")
    timeout: Whole | None = Field(5000, description="milliseconds for the first digit")
    extra_params: str | None = Field(None, description="for the program's own use")
    allow_any_dial: bool | None = Field(False, description="any extension may be dialled")
    digit_len: Whole | None = Field(None, description="digits that are read at most")
    description: str | None = Field(None, description="a note")


class ListContexts(
    OfExtension[list[Context]],
    call="GET /extension/{extension_id}/ivr/context/",
    alias="ivr.context.list",
):
    """Gets the menus of an IVR."""


class UpdateContext(
    OfExtension[Context],
    call="PUT /extension/{extension_id}/ivr/context/{context_id}",
    alias="ivr.context.update",
    effect=Effect.CHANGES,
):
    """Changes a menu of an IVR."""

    context_id: Whole = Field(description="the menu")
    name_: str | None = Field(None, alias="name", description="what the menu is called")
    inter_digit_timeout: Whole | None = Field(None, description="milliseconds between two digits")
    timeout: Whole | None = Field(None, description="milliseconds for the first digit")
    extra_params: str | None = Field(None, description="for the program's own use")
    allow_any_dial: bool | None = Field(None, description="any extension may be dialled")
    digit_len: Whole | None = Field(None, description="digits that are read at most")
    description: str | None = Field(None, description="a note")


class GetContext(
    OfExtension[Context],
    call="GET /extension/{extension_id}/ivr/context/{context_id}",
    alias="ivr.context.get",
):
    """Gets one menu of an IVR."""

    context_id: Whole = Field(description="the menu")


class DeleteContext(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/ivr/context/{context_id}",
    alias="ivr.context.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes a menu of an IVR with its options."""

    context_id: Whole = Field(description="the menu")


class CreateOption(
    OfExtension[Option],
    call="POST /extension/{extension_id}/ivr/context/{context_id}/options/",
    alias="ivr.option.create",
    effect=Effect.CHANGES,
):
    """Adds a key, or the word start, timeout or invalid, to a menu."""

    context_id: Whole = Field(description="the menu")
    digits: str = Field(description="digits, or start, timeout or invalid")


class ListOptions(
    OfExtension[list[Option]],
    call="GET /extension/{extension_id}/ivr/context/{context_id}/options/",
    alias="ivr.option.list",
):
    """Gets the options of a menu."""

    context_id: Whole = Field(description="the menu")


class DeleteOption(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}",
    alias="ivr.option.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes an option of a menu with its rules."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")


class GetScheme(
    OfExtension[Scheme], call="GET /extension/{extension_id}/ivr/scheme/", alias="ivr.scheme"
):
    """Gets a whole IVR with its menus, whose form is not documented."""
