"""Faxes: sent as a form, received as a file.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bot.providers.operations import Blob, Effect, FileContent, Place, Whole
from bot.providers.ringme.wire import Id, OfExtension, Wire

FaxAction = Literal["cancel", "retry"]


class FaxSettings(Wire):
    """How an extension of type fax is set up."""

    fax_in_format: str | None = "tiff"
    fax_mailto: str | None = None
    fax_out_greeting: int | None = None
    email_to_fax_accept: list[str] | None = None


class SentFax(Wire):
    """A fax on its way."""

    status: str | None = None
    dst_num: str | None = None
    id: int | None = None
    datetime: str | None = None


class UpdateFaxSettings(
    OfExtension[FaxSettings],
    call="PUT /extension/{extension_id}/fax/",
    alias="fax.update",
    effect=Effect.CHANGES,
):
    """Changes how an extension of type fax is set up."""

    fax_in_format: str | None = Field(None, description="form of received faxes")
    fax_mailto: str | None = Field(None, description="where received faxes are mailed")
    fax_out_greeting: Whole | None = Field(None, description="sound that is played first")
    email_to_fax_accept: list[str] | None = Field(
        None, description="addresses whose mails are faxed"
    )


class GetFaxSettings(
    OfExtension[FaxSettings], call="GET /extension/{extension_id}/fax/", alias="fax.settings"
):
    """Gets how an extension of type fax is set up."""


class GetFax(
    OfExtension[Blob], call="GET /extension/{extension_id}/fax/in/{fax_uuid}", alias="fax.get"
):
    """Gets a received fax as a file."""

    fax_uuid: Id = Field(description="the fax")


class SendFax(
    OfExtension[SentFax],
    call="POST /extension/{extension_id}/fax/out/",
    alias="fax.send",
    effect=Effect.COSTS_MONEY,
):
    """Sends a file as a fax."""

    form: ClassVar[bool] = True

    dst_num: str = Field(description="who gets it")
    file: FileContent = Field(description="the document")


class ChangeFax(
    OfExtension[SentFax],
    call="PUT /extension/{extension_id}/fax/out/{message_id}",
    alias="fax.change",
    effect=Effect.COSTS_MONEY,
):
    """Cancels a fax that was not sent yet, or sends it again."""

    message_id: Whole = Field(description="the fax")
    action: Annotated[FaxAction, Place.QUERY] = Field(description="stop it, or send it again")
