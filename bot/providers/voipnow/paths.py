"""What sources disagree on, in one table; an account's settings overrule it.

[accounts.hq.paths]
queue_agents = "/uapi/extensions/{userId}/{extension}/queueAgent"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _naming(*required: str, also: tuple[str, ...] = ()) -> Callable[[str], str]:
    """A check that a path names what it must, so that no call reaches more than was meant."""

    def check(path: str) -> str:
        named = re.findall(r"{(\w*)}", path)
        if not path.startswith("/"):
            raise ValueError("a path starts with /")
        if lost := set(required) - set(named):
            raise ValueError(f"names {', '.join('{' + word + '}' for word in sorted(lost))}")
        if set(named) - {*required, *also}:
            raise ValueError("names something that is not filled in")
        return path

    return check


_Event = AfterValidator(_naming("userId", "extension", "eventId", also=("eventType",)))
_Queue = AfterValidator(_naming("userId", "extension"))
_Agent = AfterValidator(_naming("userId", "extension", "agent"))


class GuessedPaths(BaseModel):
    """The paths on which pages and clients differ, and how an event is created."""

    model_config = ConfigDict(extra="forbid")

    create_event: Literal["type in the body", "type in the path"] = Field(
        "type in the body",
        description="as the older pages and the vendor's client have it; version 5 documents the "
        "other. Of the two calls the bot uses this one",
    )
    update_event: Annotated[str, _Event] = Field(
        "/uapi/extensions/{userId}/{extension}/phoneCallEvents/{eventType}/{eventId}",
        description="the overview of the service prints it without the type",
    )
    queue_agents: Annotated[str, _Queue] = Field(
        "/uapi/extensions/{userId}/{extension}/queue/agents",
        description="an old table says queueAgent",
    )
    queue_agent: Annotated[str, _Agent] = Field(
        "/uapi/extensions/{userId}/{extension}/queue/agents/{agent}",
        description="as above",
    )
