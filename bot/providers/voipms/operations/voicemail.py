"""Mailboxes and the messages in them.

The number of a message is its position in a folder: whenever one is marked or deleted, the others
are numbered anew.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, ValidationInfo, field_validator

from bot.providers.operations import Effect, Whole
from bot.providers.voipms.operations.base import Done, VoipmsOperation
from bot.providers.voipms.parameters import Day, Email, Given, Word, YesNo, in_order
from bot.providers.voipms.wire import Answer, Count, Flag, Many, One, Option, Record, Text

EVERYTHING = "all"
"""Stands where a folder would, so that a whole mailbox is emptied."""

_Position = Annotated[Whole, Field(ge=0)]

_FolderOrAll = Annotated[
    Given, PlainSerializer(lambda folder: None if folder == EVERYTHING else folder)
]


class MailboxRecord(Record):
    """A mailbox; `new` and `urgent` count messages."""

    mailbox: Text = None
    name: Text = None
    password: Text = None
    skip_password: Flag = None
    email: Text = None
    attach_message: Flag = None
    delete_message: Flag = None
    say_time: Flag = None
    timezone: Text = None
    say_callerid: Flag = None
    play_instructions: Text = None
    language: Text = None
    email_attachment_format: Text = None
    unavailable_message_recording: Text = None
    new: Count = None
    urgent: Count = None
    transcription: Flag = None
    transcription_locale: Text = None
    transcription_redaction: Flag = None
    transcription_sentiment: Flag = None
    transcription_summary: Flag = None
    transcription_format: Text = None
    transcription_delay: Count = None


class MailboxRecords(Answer):
    """Mailboxes."""

    voicemails: Many[MailboxRecord]


class ListMailboxes(
    VoipmsOperation[MailboxRecords], call="getVoicemails", alias="mailbox.list", effect=Effect.READS
):
    """Gets all mailboxes, or one of them."""

    empty = frozenset({"no_mailbox"})

    mailbox: Word | None = Field(None, description="only this one")
    client: Word | None = Field(None, description="only those of this reseller's client")


class Folders(Answer):
    """Folders of a mailbox."""

    folders: Many[Option]


class ListFolders(
    VoipmsOperation[Folders],
    call="getVoicemailFolders",
    alias="folder.list",
    effect=Effect.READS,
):
    """Gets the folders of mailboxes."""

    empty = frozenset({"no_folder"})

    folder: Word | None = Field(None, description="only this one")
    mailbox: Word | None = Field(None, description="of this mailbox")


class MessageRecord(Record):
    """A message in a mailbox."""

    mailbox: Text = None
    folder: Text = None
    message_num: Count = None
    date: Text = None
    callerid: Text = None
    duration: Text = None
    urgent: Flag = None
    listened: Flag = None


class MessageRecords(Answer):
    """Messages in a mailbox."""

    messages: Many[MessageRecord]


class ListMessages(
    VoipmsOperation[MessageRecords],
    call="getVoicemailMessages",
    alias="voicemail.list",
    effect=Effect.READS,
):
    """Gets the messages in a mailbox."""

    empty = frozenset({"no_messages", "no_message"})

    mailbox: Given = Field(description="the mailbox")
    folder: Word | None = Field(None, description="only this folder, like INBOX")
    date_from: Day | None = Field(None, description="first day")
    date_to: Day | None = Field(None, description="last day")

    @field_validator("date_to")
    @classmethod
    def _follows(cls, end: Day | None, told: ValidationInfo) -> Day | None:
        start = told.data.get("date_from")
        if start is not None and end is not None:
            in_order(start, end)
        return end


class _OneMessage(VoipmsOperation[Done]):
    mailbox: Given = Field(description="the mailbox")
    folder: Given = Field(description="its folder, like INBOX")
    message_num: _Position = Field(description="the message's position in it")


class MessageFile(Record):
    """A message's sound, in base64."""

    mailbox: Text = None
    folder: Text = None
    message_num: Count = None
    data: Text = None


class MessageFiles(Answer):
    """A message's sound; documented as a list of one, and met without the list."""

    message: One[MessageFile]


class GetMessageFile(
    VoipmsOperation[MessageFiles],
    call="getVoicemailMessageFile",
    alias="voicemail.file",
    effect=Effect.READS,
):
    """Gets a message's sound."""

    mailbox: Given = Field(description="the mailbox")
    folder: Given = Field(description="its folder, like INBOX")
    message_num: _Position = Field(description="the message's position in it")
    format: Literal["mp3", "wav", "wav49", "gsm"] | None = Field(
        None, description="of the sound; mp3 if left out"
    )


class Transcription(Record):
    """What was said in a message."""

    date: Text = None
    callerid: Text = None
    duration: Text = None
    folder: Text = None
    result: Text = None


class Transcriptions(Answer):
    """What was said in messages."""

    messages: Many[Transcription]


class ListTranscriptions(
    VoipmsOperation[Transcriptions],
    call="getVoicemailTranscriptions",
    alias="voicemail.words",
    effect=Effect.READS,
):
    """Gets what was said in the messages of some days."""

    empty = frozenset({"no_messages", "no_message"})

    date_from: Day = Field(description="first day")
    date_to: Day = Field(description="last day")
    mailbox: Given = Field(description="the mailbox")
    folder: Given = Field(description="its folder, like INBOX")

    @field_validator("date_to")
    @classmethod
    def _follows(cls, end: Day, told: ValidationInfo) -> Day:
        if "date_from" in told.data:
            in_order(told.data["date_from"], end)
        return end


class Setups(Answer):
    """What a menu does with mailboxes."""

    voicemailsetups: Many[Option]


class ListSetups(
    VoipmsOperation[Setups],
    call="getVoicemailSetups",
    alias="voicemail.setups",
    effect=Effect.READS,
):
    """Gets the values of a menu's voicemailsetup."""

    voicemailsetup: Word | None = Field(None, description="only this one")


class MarkMessage(
    _OneMessage,
    call="markListenedVoicemailMessage",
    alias="voicemail.mark",
    effect=Effect.CHANGES,
):
    """Marks a message as heard, or not; it moves to another folder."""

    listened: YesNo = Field(description="whether it was heard")


class DeleteMessages(
    VoipmsOperation[Done],
    call="delMessages",
    alias="voicemail.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes a message, a folder's messages, or all of a mailbox.

    The provider empties the whole mailbox where the folder is missing; so it is required here, and
    everything is said as `all`.
    """

    silent = True

    mailbox: Given = Field(description="the mailbox")
    folder: _FolderOrAll = Field(
        description="its folder, like INBOX; all for everything in the mailbox"
    )
    message_num: _Position | None = Field(
        None, description="the message's position; left out, the folder is emptied"
    )

    @field_validator("message_num")
    @classmethod
    def _is_in_a_folder(cls, position: int | None, told: ValidationInfo) -> int | None:
        if position is not None and told.data.get("folder") == EVERYTHING:
            raise ValueError("is a position in one folder; name the folder")
        return position


class MailMessage(
    _OneMessage,
    call="sendVoicemailEmail",
    alias="voicemail.mail",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Sends a message by mail."""

    email_address: Email = Field(description="to whom")


VOICEMAIL = (
    ListMailboxes,
    ListFolders,
    ListMessages,
    GetMessageFile,
    ListTranscriptions,
    ListSetups,
    MarkMessage,
    DeleteMessages,
    MailMessage,
)
