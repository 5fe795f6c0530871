"""Agents: extensions that take calls of queues.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Nothing, OfExtension, Wire

AgentStatus = Literal["logged_out", "available"]


class Agent(Wire):
    """An agent.

    The status is documented as an object and read as a word by public clients.
    """

    status: Any = None
    agent_sound_id: int | None = None
    name: str | None = None
    busy_delay_time: int | None = None
    no_answer_delay_time: int | None = None
    call_timeout: int | None = 60
    wrap_up_time: int | None = None
    extension_id: int | None = None
    reject_delay_time: int | None = None
    extra_params: str | None = None
    id: int | None = None


class CreateAgent(
    OfExtension[Agent],
    call="POST /extension/{extension_id}/agent/",
    alias="agent.create",
    effect=Effect.CHANGES,
):
    """Makes an agent of an extension, who can then take calls of queues."""

    status: AgentStatus | None = Field("available", description="whether queues send calls")
    agent_sound_id: Whole | None = Field(None, description="sound that the agent hears first")
    name_: str = Field(alias="name", description="what the agent is called")
    busy_delay_time: Whole | None = Field(
        10, description="seconds before a new try after do not disturb"
    )
    no_answer_delay_time: Whole | None = Field(
        10, description="seconds before a new try after no answer"
    )
    call_timeout: Whole | None = Field(None, description="seconds that a call rings")
    wrap_up_time: Whole | None = Field(0, description="seconds of rest after a call")
    reject_delay_time: Whole | None = Field(
        10, description="seconds before a new try after a refusal"
    )
    extra_params: str | None = Field(None, description="for the program's own use")


class ListAgents(
    OfExtension[list[Agent]], call="GET /extension/{extension_id}/agent/", alias="agent.list"
):
    """Gets the agents of an extension."""


class UpdateAgent(
    OfExtension[Agent],
    call="PUT /extension/{extension_id}/agent/{agent_id}",
    alias="agent.update",
    effect=Effect.CHANGES,
):
    """Changes an agent: logs in or out, sets the pauses between calls."""

    agent_id: Whole = Field(description="the agent")
    status: AgentStatus | None = Field(None, description="whether queues send calls")
    agent_sound_id: Whole | None = Field(None, description="sound that the agent hears first")
    name_: str | None = Field(None, alias="name", description="what the agent is called")
    busy_delay_time: Whole | None = Field(
        None, description="seconds before a new try after do not disturb"
    )
    no_answer_delay_time: Whole | None = Field(
        None, description="seconds before a new try after no answer"
    )
    call_timeout: Whole | None = Field(None, description="seconds that a call rings")
    wrap_up_time: Whole | None = Field(None, description="seconds of rest after a call")
    reject_delay_time: Whole | None = Field(
        None, description="seconds before a new try after a refusal"
    )
    extra_params: str | None = Field(None, description="for the program's own use")


class GetAgent(
    OfExtension[Agent], call="GET /extension/{extension_id}/agent/{agent_id}", alias="agent.get"
):
    """Gets one agent."""

    agent_id: Whole = Field(description="the agent")


class DeleteAgent(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/agent/{agent_id}",
    alias="agent.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes an agent, by default from all queues too."""

    agent_id: Whole = Field(description="the agent")
    remove_from_queues: bool | None = Field(
        True, description="take the agent out of all queues too"
    )
