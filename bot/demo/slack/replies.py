"""What an app may say back at once: the body of a slash command's answer, and response URLs."""

from typing import Any

from bot.demo.slack.arguments import Arguments
from bot.demo.slack.blocks import check_message_blocks
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.tickets import ResponseUrl
from bot.demo.slack.workspace import Message, Workspace

Json = dict[str, Any]


def show_reply(workspace: Workspace, url: ResponseUrl, body: Any) -> Message | None:
    """Show what the app answered, as ``response_type`` and ``replace_original`` ask.

    Args:
        workspace: where it is shown.
        url: the response URL it came to, or that went with the slash command it answers at once.
        body: the JSON, or plain text.

    Returns:
        The message that was made or changed; None when the original was deleted.

    Raises:
        SlackRefusal: ``no_text``, ``invalid_blocks``, ``invalid_payload`` …
    """
    if isinstance(body, str):
        body = {"text": body}
    if not isinstance(body, dict):
        raise SlackRefusal("invalid_payload")
    arguments = Arguments(body)
    original = url.original
    if arguments.flag("delete_original"):
        if original is None or not _still_there(workspace, original):
            raise SlackRefusal("message_not_found")
        workspace.remove(original)
        return None
    blocks = arguments.structure("blocks", "invalid_blocks_format")
    if blocks is not None:
        check_message_blocks(blocks)
    text = arguments.text("text")
    if not (text or blocks or body.get("attachments")):
        raise SlackRefusal("no_text")
    if arguments.flag("replace_original") and original is not None:
        if not _still_there(workspace, original):
            raise SlackRefusal("message_not_found")
        workspace.change(original, text=text or "", blocks=blocks or [])
        return original
    response_type = arguments.text("response_type") or "ephemeral"
    if response_type not in {"ephemeral", "in_channel"}:
        raise SlackRefusal("invalid_response_type")
    return workspace.post(
        Message(
            channel=url.channel,
            ts=workspace.fresh_ts(),
            user=workspace.app.user_id,
            text=text or "",
            blocks=blocks or [],
            attachments=body.get("attachments") or [],
            thread_ts=arguments.text("thread_ts"),
            by_app=True,
            only_for=url.person if response_type == "ephemeral" else None,
        )
    )


def _still_there(workspace: Workspace, message: Message) -> bool:
    return workspace.find(message.channel, message.ts, viewer=message.only_for) is message
