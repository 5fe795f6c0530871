"""``chat.*`` and ``reactions.add``."""

import json
import re
from typing import Any, cast

from bot.demo.slack import shapes
from bot.demo.slack.arguments import Arguments
from bot.demo.slack.blocks import check_message_blocks
from bot.demo.slack.methods.method import Call, Json, Method
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.workspace import Channel, Message, Workspace

POST_CHARACTERS = 40_000
UPDATE_CHARACTERS = 4_000
METADATA_BYTES = 8_000


def blocks_of(arguments: Arguments) -> list[Json] | None:
    """The ``blocks`` of a message, checked; None when there is no such argument."""
    blocks = arguments.structure("blocks", "invalid_blocks_format")
    if blocks is not None:
        check_message_blocks(blocks)
    return cast("list[Json] | None", blocks)


def _attachments_of(arguments: Arguments) -> list[Json]:
    attachments: Any = arguments.structure("attachments", "invalid_attachments") or []
    for attachment in attachments:
        if not isinstance(attachment, dict):
            raise SlackRefusal("invalid_attachments")
        if "blocks" in attachment:
            check_message_blocks(attachment["blocks"])
    return list(attachments)


def metadata_of(arguments: Arguments) -> Json | None:
    """The ``metadata`` of a message; None when there is no such argument."""
    metadata = arguments.structure("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return cast("Json | None", metadata)
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise SlackRefusal("invalid_metadata_schema")
    if not isinstance(metadata["event_type"], str) or not metadata["event_type"]:
        raise SlackRefusal("invalid_metadata_schema")
    if not isinstance(metadata["event_payload"], dict):
        raise SlackRefusal("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackRefusal("metadata_too_large")
    return metadata


def app_message(call: Call, channel: Channel, *, only_for: str | None = None) -> Message:
    """A message of the app as the call's arguments describe it, not yet posted.

    Raises:
        SlackRefusal: as Slack does for a message that says nothing, too much or bad blocks.
    """
    arguments, workspace = call.arguments, call.workspace
    blocks, attachments = blocks_of(arguments), _attachments_of(arguments)
    text = arguments.text("text") or ""
    if not (text or blocks or attachments):
        raise SlackRefusal("no_text")
    if len(text) > POST_CHARACTERS:
        raise SlackRefusal("msg_too_long")
    thread_ts = arguments.text("thread_ts")
    if thread_ts and workspace.find(channel.id, thread_ts, viewer=only_for) is None:
        raise SlackRefusal("thread_not_found")
    return Message(
        channel=channel.id,
        ts=workspace.fresh_ts(),
        user=workspace.app.user_id,
        text=text,
        blocks=blocks or [],
        attachments=attachments,
        thread_ts=thread_ts,
        by_app=True,
        only_for=only_for,
        metadata=metadata_of(arguments) or None,
        broadcast=arguments.flag("reply_broadcast"),
    )


def _post_message(call: Call) -> Json:
    channel = call.workspace.channel_to_write(call.arguments.text("channel") or "")
    posted = call.workspace.post(app_message(call, channel))
    shape = shapes.message(call.workspace, posted, with_metadata=True)
    return {"channel": channel.id, "ts": posted.ts, "message": shape}


def _post_ephemeral(call: Call) -> Json:
    channel = call.workspace.channel_to_write(call.arguments.text("channel") or "")
    user = call.arguments.text("user") or ""
    if user not in call.workspace.people:
        raise SlackRefusal("user_not_found")
    if user not in channel.members:
        raise SlackRefusal("user_not_in_channel")
    posted = call.workspace.post(app_message(call, channel, only_for=user))
    return {"message_ts": posted.ts}


def _own_message(call: Call, refusal: str) -> Message:
    channel = call.workspace.channel_to_write(call.arguments.text("channel") or "")
    message = call.workspace.find(channel.id, call.arguments.text("ts"))
    if message is None:
        raise SlackRefusal("message_not_found")
    if not message.by_app:
        raise SlackRefusal(refusal)
    return message


def _update(call: Call) -> Json:
    message = _own_message(call, "cant_update_message")
    text, blocks = call.arguments.text("text"), blocks_of(call.arguments)
    metadata = metadata_of(call.arguments)
    attachments = _attachments_of(call.arguments)
    if text is None and blocks is None and not attachments and metadata is None:
        raise SlackRefusal("no_text")
    if not (text or blocks or message.blocks or attachments):
        raise SlackRefusal("no_text")
    if len(text or "") > UPDATE_CHARACTERS:
        raise SlackRefusal("msg_too_long")
    if "attachments" in call.arguments.given:
        message.attachments = attachments
    call.workspace.change(message, text=text, blocks=blocks, metadata=metadata)
    shape = shapes.message(call.workspace, message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shape}


def _delete(call: Call) -> Json:
    message = _own_message(call, "cant_delete_message")
    call.workspace.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(workspace: Workspace, message: Message) -> str:
    """Where a message can be read."""
    link = f"{workspace.origin}/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return link


def _permalink(call: Call) -> Json:
    channel = call.workspace.channel_for_app(call.arguments.text("channel") or "")
    message = call.workspace.find(channel.id, call.arguments.text("message_ts"))
    if message is None:
        raise SlackRefusal("message_not_found")
    return {"channel": channel.id, "permalink": permalink(call.workspace, message)}


def _react(call: Call) -> Json:
    channel = call.workspace.channel_for_app(call.arguments.text("channel") or "")
    message = call.workspace.find(channel.id, call.arguments.text("timestamp"))
    name = call.arguments.text("name") or ""
    if message is None:
        raise SlackRefusal("message_not_found")
    if not re.fullmatch(r"[a-z0-9_+'-]+", name):
        raise SlackRefusal("invalid_name")
    users = message.reactions.setdefault(name, [])
    if call.workspace.app.user_id in users:
        raise SlackRefusal("already_reacted")
    users.append(call.workspace.app.user_id)
    call.workspace.touch(message)
    return {}


METHODS = {
    "chat.postMessage": Method(_post_message, scope="chat:write", required=("channel",)),
    "chat.postEphemeral": Method(_post_ephemeral, scope="chat:write", required=("channel", "user")),
    "chat.update": Method(_update, scope="chat:write", required=("channel", "ts")),
    "chat.delete": Method(_delete, scope="chat:write", required=("channel", "ts")),
    "chat.getPermalink": Method(_permalink, required=("channel", "message_ts")),
    "reactions.add": Method(
        _react, scope="reactions:write", required=("channel", "timestamp", "name")
    ),
}
