"""Mails about failed calls.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Nothing, OfExtension, Wire

MailEvent = Literal["call_failed_mail"]


class MailAlert(Wire):
    """A mail alert."""

    mail: str | None = None
    event_type: str | None = None
    id: int | None = None


class CreateMailAlert(
    OfExtension[MailAlert],
    call="POST /extension/{extension_id}/mail_notification/",
    alias="mail_alert.create",
    effect=Effect.CHANGES,
):
    """Has a mail sent when a call fails at an extension."""

    mail: str = Field(description="where the mail goes")
    event_type: MailEvent = Field(description="what happens")


class ListMailAlerts(
    OfExtension[list[MailAlert]],
    call="GET /extension/{extension_id}/mail_notification/",
    alias="mail_alert.list",
):
    """Gets the mail alerts of an extension."""


class UpdateMailAlert(
    OfExtension[MailAlert],
    call="PUT /extension/{extension_id}/mail_notification/{id}",
    alias="mail_alert.update",
    effect=Effect.CHANGES,
):
    """Changes a mail alert."""

    id: Whole = Field(description="the mail alert")
    mail: str | None = Field(None, description="where the mail goes")
    event_type: MailEvent | None = Field(None, description="what happens")


class GetMailAlert(
    OfExtension[MailAlert],
    call="GET /extension/{extension_id}/mail_notification/{id}",
    alias="mail_alert.get",
):
    """Gets one mail alert."""

    id: Whole = Field(description="the mail alert")


class DeleteMailAlert(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/mail_notification/{id}",
    alias="mail_alert.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes a mail alert."""

    id: Whole = Field(description="the mail alert")
