"""Chats: all messages of one are marked or deleted; there is no call that reads them.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from pydantic import Field

from bot.providers.operations import Effect
from bot.providers.ringme.wire import Id, Nothing, OfExtension, Wire


class ChatState(Wire):
    """Whether the messages of a chat are read."""

    read: bool | None = None
    id: str | None = None


class UpdateChatMessages(
    OfExtension[ChatState],
    call="PUT /extension/{extension_id}/chat/{chat_id}/messages/",
    alias="chat.update",
    effect=Effect.CHANGES,
):
    """Marks all messages of a chat as read or unread."""

    chat_id: Id = Field(description="the chat")
    read_: bool | None = Field(None, alias="read", description="whether they count as read")


class DeleteChatMessages(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/chat/{chat_id}/messages/",
    alias="chat.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes all messages of a chat."""

    chat_id: Id = Field(description="the chat")
