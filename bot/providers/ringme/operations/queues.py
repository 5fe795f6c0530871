"""Extensions of type queue, and what happens in them now.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import NoneIsNull, OfExtension, Wire

AfterAgent = Literal["None", "transfer", "quality_rate"]
Strategy = Literal[
    "ring-all",
    "longest-idle-agent",
    "round-robin",
    "top-down",
    "agent-with-least-talk-time",
    "agent-with-fewest-calls",
    "sequentially-by-agent-order",
    "random",
]
VoicemailProfile = Literal["default", "record_silence"]
WaitingSound = Literal["ring", "music"]


class Queue(Wire):
    """An extension of type queue."""

    announce_sound: int | None = None
    no_agent_timeout_transfer_dst_sound: int | None = None
    start_sound: int | None = None
    exit_key: str | None = None
    append_to_cid_name_on_transfer: str | None = None
    agent_announce_sound: int | None = None
    position_announce_frequency: int | None = None
    agent_hangup_action: str | None = None
    skip_busy_agents: bool | None = False
    vm_mailto: str | None = None
    no_agent_timeout_transfer_dst: str | None = None
    agent_report_wait_time: bool | None = False
    vm_enabled: bool | None = False
    quality_rate_sound: int | None = None
    strategy: str | None = None
    try_same_agent_time: int | None = None
    record_enabled: bool | None = False
    vm_attach_file: bool | None = True
    tier_rule_wait_multiply_level: bool | None = False
    sound_type: str | None = "music"
    timeout_transfer_dst_sound: int | None = None
    tier_rules_apply: bool | None = False
    disable_answer: bool | None = False
    vm_profile: str | None = "default"
    vm_greeting: int | None = None
    quality_rate_finish_sound: int | None = None
    announce_frequency: int | None = None
    exit_transfer_dst: str | None = None
    tier_rule_wait_second: int | None = 0
    sound: int | None = None
    exit_with_no_av_agents: bool | None = False
    exit_transfer_dst_sound: int | None = None
    quality_rate_max: int | None = None
    timeout_transfer_dst: str | None = None
    max_wait_time: int | None = None
    agent_hangup_transfer_dst: str | None = None
    max_wait_time_with_no_agent: int | None = None


class QueueStatus(Wire):
    """Callers of a queue now."""

    answered_members: int | None = 0
    waiting_members: int | None = 0
    trying_members: int | None = 0


class QueueAgentState(Wire):
    """What an agent of a queue does now."""

    status: str | None = None
    name_fs: str | None = None
    name: str | None = None
    extension_name: str | None = None
    call_duration: int | None = None
    state: str | None = None


class QueueMember(Wire):
    """A caller in a queue."""

    state: str | None = None
    number: str | None = None
    wait_time: int | None = None
    joined_datetime: str | None = None
    call_api_id: str | None = None
    serving_agent: str | None = None


class UpdateQueue(
    OfExtension[Queue],
    call="PUT /extension/{extension_id}/queue/",
    alias="queue.update",
    effect=Effect.CHANGES,
):
    """Changes an extension of type queue."""

    announce_sound: Whole | None = Field(None, description="sound for those who wait")
    no_agent_timeout_transfer_dst_sound: Whole | None = Field(
        None, description="sound before the transfer when there is no agent"
    )
    start_sound: Whole | None = Field(None, description="sound at the beginning")
    exit_key: str | None = Field(None, description="key with which a caller leaves")
    append_to_cid_name_on_transfer: str | None = Field(
        None, description="added to the caller's name on a transfer"
    )
    agent_announce_sound: Whole | None = Field(None, description="sound for the agent")
    position_announce_frequency: Whole | None = Field(
        None, description="seconds between two announcements of the place"
    )
    agent_hangup_action: Annotated[AfterAgent | None, NoneIsNull] = Field(
        None, description="what happens when the agent hangs up"
    )
    skip_busy_agents: bool | None = Field(None, description="leave out agents who talk")
    vm_mailto: str | None = Field(None, description="where voicemails are mailed")
    no_agent_timeout_transfer_dst: str | None = Field(
        None, description="where calls go when there is no agent"
    )
    agent_report_wait_time: bool | None = Field(
        None, description="tell the agent how long the caller waited"
    )
    vm_enabled: bool | None = Field(None, description="take voicemails")
    quality_rate_sound: Whole | None = Field(None, description="sound that asks for a mark")
    strategy: Strategy | None = Field(
        "round-robin", description="whom it rings next; left out, the default may come back"
    )
    try_same_agent_time: Whole | None = Field(
        None, description="seconds in which a caller gets the same agent again"
    )
    record_enabled: bool | None = Field(None, description="record calls")
    vm_attach_file: bool | None = Field(None, description="mail the voicemail itself")
    tier_rule_wait_multiply_level: bool | None = Field(
        None, description="wait longer before each further level"
    )
    sound_type: WaitingSound | None = Field(
        "ring", description="what callers hear; left out, the default may come back"
    )
    timeout_transfer_dst_sound: Whole | None = Field(
        None, description="sound before the transfer when the time is over"
    )
    tier_rules_apply: bool | None = Field(None, description="use levels")
    disable_answer: bool | None = Field(None, description="do not answer until an agent does")
    vm_profile: VoicemailProfile | None = Field(None, description="whether silence is recorded too")
    vm_greeting: Whole | None = Field(None, description="sound before a voicemail")
    quality_rate_finish_sound: Whole | None = Field(None, description="sound after the mark")
    announce_frequency: Whole | None = Field(None, description="seconds between two announcements")
    exit_transfer_dst: str | None = Field(None, description="where callers go who leave")
    tier_rule_wait_second: Whole | None = Field(None, description="seconds before the next level")
    sound: Whole | None = Field(None, description="sound while somebody waits")
    exit_with_no_av_agents: bool | None = Field(
        None, description="take nobody in while there is no agent"
    )
    exit_transfer_dst_sound: Whole | None = Field(
        None, description="sound before the transfer of callers who leave"
    )
    quality_rate_max: Whole | None = Field(None, description="best mark that can be given")
    timeout_transfer_dst: str | None = Field(
        None, description="where calls go when the time is over"
    )
    max_wait_time: Whole | None = Field(None, description="seconds that a caller waits")
    agent_hangup_transfer_dst: str | None = Field(
        None, description="where calls go when the agent hangs up"
    )
    max_wait_time_with_no_agent: Whole | None = Field(
        None, description="seconds that a caller waits without any agent"
    )


class GetQueue(OfExtension[Queue], call="GET /extension/{extension_id}/queue/", alias="queue.get"):
    """Gets how an extension of type queue is set up."""


class GetQueueStatus(
    OfExtension[QueueStatus],
    call="GET /extension/{extension_id}/queue/status/",
    alias="queue.status",
):
    """Gets how many callers a queue has now."""


class ListQueueAgentStates(
    OfExtension[list[QueueAgentState]],
    call="GET /extension/{extension_id}/queue/status/agents/",
    alias="queue.status.agents",
):
    """Gets what the agents of a queue do now."""


class ListQueueMembers(
    OfExtension[list[QueueMember]],
    call="GET /extension/{extension_id}/queue/status/members/",
    alias="queue.status.members",
):
    """Gets the callers who wait in a queue or are served now."""
