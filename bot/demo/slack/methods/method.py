"""What a Web API method is, and what it is given."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.demo.slack.arguments import Arguments
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.sockets import Sockets
from bot.demo.slack.surfaces import Surfaces
from bot.demo.slack.tickets import Tickets
from bot.demo.slack.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call: its arguments, and all that a method may look at or change."""

    arguments: Arguments
    workspace: Workspace
    surfaces: Surfaces
    tickets: Tickets
    sockets: Sockets


@dataclass(frozen=True)
class Method:
    """A method of the Web API.

    Attributes:
        run: does it and gives the answer without ``ok``; raises ``SlackRefusal``.
        scope: the OAuth scope the bot token must have.
        required: arguments without which the call is refused.
        caller: whose token it takes; ``anybody`` needs none at all.
    """

    run: Callable[[Call], Json]
    scope: str | None = None
    required: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anybody"] = "bot"


def one_page(call: Call, name: str, found: Sequence[Any], default: int = 100) -> Json:
    """One page of a listing, as ``limit`` and ``cursor`` ask.

    Raises:
        SlackRefusal: ``invalid_cursor`` or ``invalid_limit``.
    """
    limit = call.arguments.number("limit", default, 1000)
    cursor = call.arguments.text("cursor")
    start = 0
    if cursor:
        try:
            start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
        except (binascii.Error, ValueError):
            raise SlackRefusal("invalid_cursor") from None
    more = start + limit < len(found)
    following = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return {
        name: list(found[start : start + limit]),
        "response_metadata": {"next_cursor": following},
    }
