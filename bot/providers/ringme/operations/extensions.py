"""An extension itself: names, number shown outside, registered devices.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Id, Nothing, OfExtension, RingMeOperation, Wire


class Registration(Wire):
    """A registered device.

    When it expires is told as a number or as a time.
    """

    device: str | None = None
    real_address: str | None = None
    contact_address: str | None = None
    expires: Any = None
    registration_id: str | None = None


class RegistrationState(Wire):
    """Whether devices are registered for an extension.

    Where none is, the expired ones are listed.
    """

    registered: bool | None = False
    extension_id: int | None = None
    registrations: list[Registration] = Field(default_factory=list)


class Alias(Wire):
    """Another name of an extension.

    What the object under domain holds is not documented.
    """

    comment: str | None = None
    domain: Any = None
    create_date: str | None = None
    name: str | None = None
    extension_id: int | None = None
    id: int | None = None


class Ani(Wire):
    """The number that is shown outside."""

    default: str | None = None


class Extension(Wire):
    """An extension."""

    status: str | None = None
    domain: str | None = None
    dial_rule_limit: int | None = None
    name: str | None = None
    extra_params: str | None = None
    extension_group_id: int | None = None
    label: str | None = None
    caller_id_name: str | None = None
    client_id: int | None = None
    dial_rule_id: int | None = None
    message_did: str | None = None
    create_date: str | None = None
    ani_rfc3325: bool | None = None
    type: str | None = None
    id: int | None = None
    did_as_transfer_caller_id: str | None = None


class ListRegistrations(
    RingMeOperation[list[RegistrationState]],
    call="GET /extension/registration/",
    alias="registration.list",
):
    """Gets which of several extensions have a device registered."""

    extension_id: list[Whole] | None = Field(None, description="the extensions")


class ListAliases(
    OfExtension[list[Alias]], call="GET /extension/{extension_id}/alias/", alias="alias.list"
):
    """Gets the other names under which an extension is reached."""

    page: Whole | None = Field(1, description="from 1")
    per_page: Whole | None = Field(None, description="how many a page holds")
    id: list[Whole] | None = Field(None, description="only these")
    name_: list[str] | None = Field(None, alias="name", description="only these")
    domain: list[str] | None = Field(None, description="only in these")


class UpdateAni(
    OfExtension[Ani],
    call="PUT /extension/{extension_id}/ani/",
    alias="ani.update",
    effect=Effect.CHANGES,
):
    """Sets the number that an extension shows outside.

    It is written as ani_number and read as default.
    """

    ani_number: str = Field(description="the number to show")


class GetAni(OfExtension[Ani], call="GET /extension/{extension_id}/ani/", alias="ani.get"):
    """Gets the number that an extension shows outside."""


class GetExtension(
    OfExtension[Extension], call="GET /extension/{extension_id}/extension/", alias="extension.get"
):
    """Gets an extension: its name, type and label."""


class GetRegistration(
    OfExtension[RegistrationState],
    call="GET /extension/{extension_id}/registration/",
    alias="registration.get",
):
    """Gets which devices are registered for an extension."""


class DeleteAllRegistrations(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/registration/",
    alias="registration.delete_all",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Drops every registration of an extension; it cannot be rung until its devices come back."""


class DeleteRegistration(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/registration/{registration_id}",
    alias="registration.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Drops one registration of an extension."""

    registration_id: Id = Field(description="the registration")
