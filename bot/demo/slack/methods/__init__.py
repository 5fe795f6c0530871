"""The Web API methods, one file a noun."""

from bot.demo.slack.methods import (
    accounts,
    chat,
    conversations,
    files,
    people,
    views,
)
from bot.demo.slack.methods.method import Call, Method

METHODS: dict[str, Method] = {
    **accounts.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **views.METHODS,
}

__all__ = ["METHODS", "Call", "Method"]
