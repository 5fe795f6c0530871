"""VoxNumbers: the numbers of the account."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.providers.iovox.operations.base import Digits, IovoxOperation, ListOf, Part
from bot.providers.iovox.wire import Done, Many, Page, Text, Wire
from bot.providers.operations import Effect


class VoxnumberRow(Wire):
    """A number, and the Link that it belongs to."""

    node_id: Text = None
    node_name: Text = None
    link_id: Text = None
    link_name: Text = None
    assigned_status: Text = None
    call_status: Text = None
    country_code: Text = None
    voxnumber: Text = None
    voxnumber_type: Text = None
    voxnumber_country: Text = None
    voxnumber_city: Text = None
    purchase_date: Text = None


class SomeNumbers(Part):
    """Several numbers."""

    voxnumber: Many[Digits] = Field(min_length=1)


class GetVoxnumbers(
    ListOf[Page[VoxnumberRow]], call="Voxnumbers.getVoxnumbers", verb="GET", alias="number.list"
):
    """Lists the numbers of the account.

    Short names in req_fields: nid nname lid lname as cs vn vnt vnco vnci vnpd cc.
    """

    voxnumber: str | None = Field(None, description="only this number, like 442012344321")
    voxnumber_type: str | None = Field(None, description="LOCAL, NATIONAL")
    voxnumber_country: str | None = Field(None, description="only numbers of this country")
    voxnumber_city: str | None = Field(None, description="only numbers of this city")
    assigned_status: Literal["ASSIGNED", "UNASSIGNED"] | None = Field(
        None, description="whether it belongs to a link"
    )
    call_status: Literal["ON", "NO RULES", "ACTIVE", "OFF"] | None = Field(
        None, description="whether calls get through"
    )
    node_id: str | None = Field(None, description="only numbers of this node")
    link_id: str | None = Field(None, description="only the number of this link")


class SetCallStatus(
    IovoxOperation[Done],
    call="Voxnumbers.setCallStatus",
    verb="PUT",
    alias="number.set_status",
    effect=Effect.CHANGES,
):
    """Switches numbers on or off."""

    call_status: Literal["ON", "OFF"] = Field(description="whether calls get through")
    voxnumbers: SomeNumbers = Field(description='{"voxnumber": ["442079460000"]}')


NUMBERS = (GetVoxnumbers, SetCallStatus)
