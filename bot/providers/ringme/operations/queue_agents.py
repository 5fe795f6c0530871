"""Agents in queues: those of this system (local) and those elsewhere (remote).

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Nothing, OfExtension, Wire


class QueueAgent(Wire):
    """An agent in a queue.

    Defaults here differ from those of the call that adds one.
    """

    position: int | None = 1
    agent_id: int | None = None
    level: int | None = 1


class AddLocalAgent(
    OfExtension[QueueAgent],
    call="POST /extension/{extension_id}/queue/agents/local/",
    alias="queue.agent.add",
    effect=Effect.CHANGES,
):
    """Adds an agent of this system to a queue."""

    position: Whole | None = Field(0, description="order within the level")
    agent_id: Whole = Field(description="the agent")
    level: Whole | None = Field(0, description="lower ones get calls first")


class ListLocalAgents(
    OfExtension[list[QueueAgent]],
    call="GET /extension/{extension_id}/queue/agents/local/",
    alias="queue.agent.list",
):
    """Gets the agents of this system in a queue."""


class UpdateLocalAgent(
    OfExtension[QueueAgent],
    call="PUT /extension/{extension_id}/queue/agents/local/{agent_id}",
    alias="queue.agent.update",
    effect=Effect.CHANGES,
):
    """Changes when an agent of this system gets calls of a queue."""

    agent_id: Whole = Field(description="the agent")
    position: Whole | None = Field(None, description="order within the level")
    level: Whole | None = Field(None, description="lower ones get calls first")


class GetLocalAgent(
    OfExtension[QueueAgent],
    call="GET /extension/{extension_id}/queue/agents/local/{agent_id}",
    alias="queue.agent.get",
):
    """Gets one agent of this system in a queue."""

    agent_id: Whole = Field(description="the agent")


class RemoveLocalAgent(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/queue/agents/local/{agent_id}",
    alias="queue.agent.remove",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Takes an agent of this system out of a queue."""

    agent_id: Whole = Field(description="the agent")


class AddRemoteAgent(
    OfExtension[QueueAgent],
    call="POST /extension/{extension_id}/queue/agents/remote/",
    alias="queue.remote_agent.add",
    effect=Effect.CHANGES,
):
    """Adds an agent elsewhere to a queue."""

    position: Whole | None = Field(0, description="order within the level")
    agent_id: Whole = Field(description="the agent")
    level: Whole | None = Field(0, description="lower ones get calls first")


class ListRemoteAgents(
    OfExtension[list[QueueAgent]],
    call="GET /extension/{extension_id}/queue/agents/remote/",
    alias="queue.remote_agent.list",
):
    """Gets the agents elsewhere in a queue."""


class UpdateRemoteAgent(
    OfExtension[QueueAgent],
    call="PUT /extension/{extension_id}/queue/agents/remote/{agent_id}",
    alias="queue.remote_agent.update",
    effect=Effect.CHANGES,
):
    """Changes when an agent elsewhere gets calls of a queue."""

    agent_id: Whole = Field(description="the agent")
    position: Whole | None = Field(None, description="order within the level")
    level: Whole | None = Field(None, description="lower ones get calls first")


class GetRemoteAgent(
    OfExtension[QueueAgent],
    call="GET /extension/{extension_id}/queue/agents/remote/{agent_id}",
    alias="queue.remote_agent.get",
):
    """Gets one agent elsewhere in a queue."""

    agent_id: Whole = Field(description="the agent")


class RemoveRemoteAgent(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/queue/agents/remote/{agent_id}",
    alias="queue.remote_agent.remove",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Takes an agent elsewhere out of a queue."""

    agent_id: Whole = Field(description="the agent")
