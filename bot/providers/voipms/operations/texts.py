"""Text messages (SMS) and messages with pictures (MMS).

Both have numbers of their own: SMS 5 and MMS 5 are different messages.
"""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from bot.providers.operations import Effect, Whole
from bot.providers.voipms.operations.base import Done, VoipmsOperation
from bot.providers.voipms.parameters import (
    Day,
    Did,
    Email,
    Given,
    MmsWords,
    NorthAmerican,
    Offset,
    SmsWords,
    Switch,
    WebAddress,
    Word,
    as_word,
    in_order,
)
from bot.providers.voipms.wire import Answer, Many, Record, Text

R = TypeVar("R")


class _Message(VoipmsOperation[R], Generic[R]):
    did: Did = Field(description="our number that sends it; texts must be enabled for it")
    dst: NorthAmerican = Field(description="who gets it: ten digits, United States or Canada")


class SentSms(Answer):
    """A text that was sent."""

    sms: Text = None


class SendSms(_Message[SentSms], call="sendSMS", alias="text.send", effect=Effect.COSTS_MONEY):
    """Sends a text. Nothing keeps it from being sent twice."""

    message: SmsWords = Field(description="at most 160 bytes; é takes 2 of them, an emoji 4")


class SentMms(Answer):
    """A message with pictures that was sent."""

    mms: Text = None


class SendMms(_Message[SentMms], call="sendMMS", alias="picture.send", effect=Effect.COSTS_MONEY):
    """Sends a long text, or one with up to three pictures."""

    message: MmsWords = Field(description="at most 2048 bytes")
    media1: Given | None = Field(None, description="address of a picture, or a data: address")
    media2: Given | None = Field(None, description="address of a second one")
    media3: Given | None = Field(None, description="address of a third one")


class SetSms(VoipmsOperation[Done], call="setSMS", alias="text.setup", effect=Effect.CHANGES):
    """Says what happens to texts that come in for a number. What is left out may be reset."""

    did: Did = Field(description="the number to change")
    enable: Switch = Field(description="take texts at all")
    email_enabled: Switch | None = Field(None, description="send texts on by mail")
    email_address: Email | None = Field(None, description="to whom")
    sms_forward_enable: Switch | None = Field(None, description="send texts on as texts")
    sms_forward: NorthAmerican | None = Field(None, description="to which number")
    url_callback_enable: Switch | None = Field(None, description="call a web address for each")
    url_callback: WebAddress | None = Field(
        None, description="that address; {FROM}, {TO} and {MESSAGE} in it are filled in"
    )
    url_callback_retry: Switch | None = Field(
        None, description="call again every 30 minutes until the answer is ok"
    )


class _Range(VoipmsOperation[R], Generic[R]):
    start: Day | None = Field(None, alias="from", description="first day; today if left out")
    end: Day | None = Field(None, alias="to", description="last day; today if left out")
    type: Annotated[Literal["1", "0"], BeforeValidator(as_word)] | None = Field(
        None, description="1 received, 0 sent"
    )
    did: Did | None = Field(None, description="only those of this number of ours")
    contact: Word | None = Field(None, description="only those with this number of theirs")
    limit: Annotated[Whole, Field(ge=1)] | None = Field(
        None, description="how many at most; 50 if left out"
    )
    timezone: Offset | None = Field(None, description="hours by which times are shifted")
    all_messages: Switch | None = Field(None, description="the other kind of message too")

    @field_validator("end")
    @classmethod
    def _follows(cls, end: Day | None, told: ValidationInfo) -> Day | None:
        start = told.data.get("start")
        if start is not None and end is not None:
            in_order(start, end)
        return end


class SmsRecord(Record):
    """A text; type 1 came in, 0 went out."""

    id: Text = None
    date: Text = None
    type: Text = None
    did: Text = None
    contact: Text = None
    message: Text = None
    carrier_status: Text = None


class SmsRecords(Answer):
    """Texts."""

    sms: Many[SmsRecord]


class ListSms(_Range[SmsRecords], call="getSMS", alias="text.list", effect=Effect.READS):
    """Gets texts, without dates only those of today."""

    empty = frozenset({"no_sms"})

    sms: Word | None = Field(None, description="only this one")


class MmsRecord(SmsRecord):
    """A message with pictures."""

    col_media1: Text = None
    col_media2: Text = None
    col_media3: Text = None
    media: Many[str]


class MmsRecords(Answer):
    """Messages with pictures; the list is called sms there."""

    sms: Many[MmsRecord]


class ListMms(_Range[MmsRecords], call="getMMS", alias="picture.list", effect=Effect.READS):
    """Gets messages with pictures, without dates only those of today."""

    empty = frozenset({"no_sms"})

    mms: Word | None = Field(None, description="only this one")


class Media(Answer):
    """The addresses of a message's pictures: a list, or an object with numbers for keys."""

    id: Text = None
    date: Text = None
    media: Many[str]


class GetMedia(
    VoipmsOperation[Media], call="getMediaMMS", alias="picture.media", effect=Effect.READS
):
    """Gets the addresses of the pictures of a message."""

    id: Word | None = Field(None, description="the message")
    media_as_array: Switch | None = Field(None, description="as a list")


class DeleteSms(
    VoipmsOperation[Done], call="deleteSMS", alias="text.delete", effect=Effect.CANNOT_BE_UNDONE
):
    """Deletes a text."""

    silent = True

    id: Given = Field(description="the text")


class DeleteMms(
    VoipmsOperation[Done], call="deleteMMS", alias="picture.delete", effect=Effect.CANNOT_BE_UNDONE
):
    """Deletes a message with pictures."""

    silent = True

    id: Given = Field(description="the message")


TEXTS = (SendSms, SendMms, SetSms, ListSms, ListMms, GetMedia, DeleteSms, DeleteMms)
