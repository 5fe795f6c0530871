"""Text messages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.providers.iovox.operations.base import Digits, IovoxOperation, ListOf, Moment, Way
from bot.providers.iovox.wire import Page, Text, Wire
from bot.providers.operations import Effect, Whole

Sender = Annotated[str, StringConstraints(pattern=r"^([1-9][0-9]{4,14}|[A-Za-z0-9 .]{1,11})$")]
"""A number without its plus, or up to eleven letters, figures, blanks and full stops."""


class SmsRow(Wire):
    """A text; the names of its fields are presumed from the filters, no page at hand has them."""

    sms_activity_id: Text = None
    date: Text = None
    origin: Text = None
    voxnumber: Text = None
    destination: Text = None
    message: Text = None
    direction: Text = None
    rule_result: Text = None
    node_id: Text = None
    link_id: Text = None


class SentSms(Wire):
    """A text that was taken."""

    sms_activity_id: Text = None


class GetSmsData(ListOf[Page[SmsRow]], call="SMS.getSmsData", verb="GET", alias="text.list"):
    """Lists texts between two times, of this month where none are given."""

    sdt: Moment | None = Field(None, description="from here; the first of the month if left out")
    edt: Moment | None = Field(None, description="to here; the end of today if left out")
    sms_activity_id: str | None = Field(None, description="only this text")
    node_id: str | None = Field(None, description="only texts of this node")
    node_type: str | None = Field(None, description="only texts of nodes of this type")
    link_id: str | None = Field(None, description="only texts of this link")
    link_type: str | None = Field(None, description="only texts of links of this type")
    rule_result: str | None = Field(None, description="result of the rules")
    origin: str | None = Field(None, description="who sent it")
    voxnumber: str | None = Field(None, description="number of the account")
    destination: str | None = Field(None, description="who got it")
    direction: Way | None = Field(None, description="which way it went")


class SendSms(
    IovoxOperation[SentSms],
    call="SMS.sendSms",
    verb="POST",
    alias="text.send",
    effect=Effect.COSTS_MONEY,
):
    """Sends a text message."""

    origin: Sender = Field(description="a number without its plus, or a name of 11 characters")
    destination: Digits = Field(description="a number without its plus")
    message: Annotated[str, StringConstraints(min_length=1)] = Field(description="the words")
    callback_url: str | None = Field(None, description="where the receipt goes")
    callback_url_headers: str | None = Field(
        None, description="headers of the receipt: Name: value, with commas between them"
    )
    expiry: Whole | None = Field(None, ge=1, description="minutes after which it is given up")
    c2c_failover_link_id: str | None = Field(
        None, description="link that reads it out by telephone if it is given up"
    )


TEXTS = (GetSmsData, SendSms)
