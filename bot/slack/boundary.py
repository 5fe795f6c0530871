"""The one place where an error becomes words. Unknown ones get an id that stands in the log."""

from __future__ import annotations

from uuid import uuid4

import structlog

from bot.domain.errors import BotError, ProviderError, UsageError, UserMistake
from bot.slack.blocks import Message, note, say
from bot.slack.text import Md, fitting, md

log = structlog.get_logger(__name__)


def explained(error: BaseException, *, doing: str) -> Message:
    """What a person reads of an error.

    Args:
        doing: what was being done, for the log.
    """
    if not isinstance(error, BotError):
        id_ = uuid4().hex[:8]
        log.error("unexpected error", error_id=id_, doing=doing, exc_info=error)
        return Message(
            f"Something went wrong in Switchboard (error {id_}).",
            [
                say("Something went wrong in Switchboard; nothing more is known here."),
                note(md("Tell an admin the error id `{id}`: the log has the rest.", id=id_)),
            ],
        )
    if isinstance(error, ProviderError):
        log.warning(
            "provider trouble",
            doing=doing,
            provider=error.provider,
            operation=error.operation,
            code=error.code,
            reply=error.reply,
        )
    elif not isinstance(error, UserMistake):
        log.info("refused", doing=doing, kind=error.kind)
    small = [_hint(error.hint)] if error.hint else []
    if isinstance(error, UsageError) and error.usage:
        small.append(md("Usage: `{usage}`", usage=error.usage))
    blocks = [say(md(":warning: {words}", words=fitting(error.user_message, 2900)))]
    return Message(error.user_message, [*blocks, *([note(*small)] if small else [])])


def _hint(text: str) -> Md:
    """A hint, in which `code` stays code."""
    return md("{text}", text=text)
