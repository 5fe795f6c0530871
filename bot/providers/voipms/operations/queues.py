"""Queues and who takes their calls."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.voipms.operations.base import VoipmsOperation, failover, record
from bot.providers.voipms.parameters import (
    Callers,
    Delay,
    Every,
    Given,
    RecordId,
    RetryAfter,
    Wait,
    Word,
    WrapUp,
    YesNo,
    YesNoOnce,
    YesNoStrict,
)
from bot.providers.voipms.routing import Routing
from bot.providers.voipms.wire import Answer, Count, Many, Option, Record, Text

_RECORDING = "a code of getRecordings, or none"


class QueueRecord(Record):
    """A queue."""

    queue: Text = None
    queue_name: Text = None
    queue_number: Text = None
    queue_language: Text = None
    queue_password: Text = None
    callerid_prefix: Text = None
    join_announcement: Text = None
    priority_weight: Count = None
    agent_announcement: Text = None
    report_hold_time_agent: Text = None
    member_delay: Text = None
    music_on_hold: Text = None
    maximum_wait_time: Text = None
    maximum_callers: Text = None
    join_when_empty: Text = None
    leave_when_empty: Text = None
    ring_strategy: Text = None
    ring_inuse: Text = None
    agent_ring_timeout: Count = None
    retry_timer: Text = None
    wrapup_time: Text = None
    voice_announcement: Text = None
    frequency_announcement: Text = None
    announce_position_frecuency: Text = None
    announce_round_seconds: Text = None
    if_announce_position_enabled_report_estimated_hold_time: Text = None
    thankyou_for_your_patience: Text = None
    fail_over_routing_timeout: Text = None
    fail_over_routing_full: Text = None
    fail_over_routing_join_empty: Text = None
    fail_over_routing_leave_empty: Text = None
    fail_over_routing_join_unavail: Text = None
    fail_over_routing_leave_unavail: Text = None


class QueueRecords(Answer):
    """Queues."""

    queues: Many[QueueRecord]


class ListQueues(
    VoipmsOperation[QueueRecords], call="getQueues", alias="queue.list", effect=Effect.READS
):
    """Gets all queues, or one of them."""

    empty = frozenset({"no_queue"})

    queue: Word | None = Field(None, description="only this one")


class QueueSet(Answer):
    """The queue that was made or changed."""

    queue: Text = None


class SetQueue(
    VoipmsOperation[QueueSet], call="setQueue", alias="queue.set", effect=Effect.CHANGES
):
    """Makes a queue, or replaces one."""

    queue: RecordId = record("queue")
    queue_name: Given = Field(description="what it is called")
    queue_number: Given = Field(description="its number")
    queue_language: Given = Field(description="code, as getLanguages lists them")
    queue_password: str | None = Field(None, description="password for its members", repr=False)
    callerid_prefix: Word | None = Field(None, description="put before the name of callers")
    join_announcement: Word | None = Field(None, description=f"for who joins: {_RECORDING}")
    priority_weight: Annotated[Whole, Field(ge=1, le=60)] = Field(
        description="its weight among queues: 1 to 60"
    )
    agent_announcement: Word | None = Field(None, description=f"for who answers: {_RECORDING}")
    report_hold_time_agent: Given = Field(
        description="tell who answers how long the caller waited: getReportEstimatedHoldTime"
    )
    member_delay: Delay | None = Field(
        None, description="seconds before both are connected: 1 to 15, or none"
    )
    maximum_wait_time: Wait | None = Field(
        None, description="seconds that a caller waits: steps of 30 to 1200, or unlimited"
    )
    maximum_callers: Callers | None = Field(
        None, description="callers who may wait: 1 to 60, or unlimited"
    )
    join_when_empty: YesNoStrict = Field(
        description="may callers join without members: yes; no; strict, nor with unavailable ones"
    )
    leave_when_empty: YesNoStrict = Field(
        description="do callers leave when no member is there: yes; no; strict, when none is free"
    )
    ring_strategy: Given = Field(description="as getRingStrategies lists them")
    ring_inuse: YesNo = Field(description="spare members who are in a call")
    agent_ring_timeout: Annotated[Whole, Field(ge=5, le=60)] | None = Field(
        None, description="seconds that a member rings: 5 to 60"
    )
    retry_timer: RetryAfter | None = Field(
        None, description="seconds before members ring again: 5 to 60, or none"
    )
    wrapup_time: WrapUp | None = Field(
        None, description="seconds that a member rests after a call: 1 to 60, or none"
    )
    voice_announcement: Word | None = Field(None, description=f"while waiting: {_RECORDING}")
    frequency_announcement: Every | None = Field(
        None, description="seconds between those: steps of 15 to 1200, or none"
    )
    announce_position_frecuency: Every | None = Field(
        None, description="seconds between announcements of the place: the same, or none"
    )
    announce_round_seconds: WrapUp | None = Field(
        None, description="seconds that announced times are rounded to: 1 to 60, or none"
    )
    if_announce_position_enabled_report_estimated_hold_time: YesNoOnce | None = Field(
        None, description="announce how long it will take, too"
    )
    thankyou_for_your_patience: YesNo | None = Field(
        None, description="thank for the patience after that"
    )
    music_on_hold: Word | None = Field(None, description="code, as getMusicOnHold lists them")
    fail_over_routing_timeout: Routing | None = failover("where callers go who waited too long")
    fail_over_routing_full: Routing | None = failover("where they go when it is full")
    fail_over_routing_join_empty: Routing | None = failover(
        "where they go who find no member; with join_when_empty no"
    )
    fail_over_routing_leave_empty: Routing | None = failover(
        "where they go when the last member left; with leave_when_empty yes"
    )
    fail_over_routing_join_unavail: Routing | None = failover(
        "where they go who find only unavailable members"
    )
    fail_over_routing_leave_unavail: Routing | None = failover(
        "where they go when all members became unavailable"
    )


class StaticMember(Record):
    """Who always takes calls of a queue; `queue_number` holds the queue's id."""

    member: Text = None
    queue_number: Text = None
    name: Text = None
    account: Text = None
    priority: Count = None


class StaticMembers(Answer):
    """Members of a queue."""

    members: Many[StaticMember]


class ListStaticMembers(
    VoipmsOperation[StaticMembers],
    call="getStaticMembers",
    alias="member.list",
    effect=Effect.READS,
):
    """Gets the members of a queue."""

    empty = frozenset({"no_member"})

    queue: Given = Field(description="the queue, by id")
    member: Word | None = Field(None, description="only this one")


class StaticMemberSet(Answer):
    """The member that was made or changed."""

    member: Text = None


class SetStaticMember(
    VoipmsOperation[StaticMemberSet],
    call="setStaticMember",
    alias="member.set",
    effect=Effect.CHANGES,
):
    """Adds a member to a queue, or changes one."""

    member: RecordId = record("member")
    queue: Whole = Field(description="the queue, by id")
    member_name: Given = Field(description="what the member is called")
    account: Word | None = Field(None, description="sub account that rings")
    priority: Whole = Field(description="members with 0 ring first")


class Strategies(Answer):
    """Ring strategies."""

    strategies: Many[Option]


class ListRingStrategies(
    VoipmsOperation[Strategies],
    call="getRingStrategies",
    alias="strategy.list",
    effect=Effect.READS,
):
    """Gets the ring strategies of queues."""

    strategy: Word | None = Field(None, description="only this one")


class Types(Answer):
    """Values of a setting."""

    types: Many[Option]


class ListJoinWhenEmpty(
    VoipmsOperation[Types],
    call="getJoinWhenEmptyTypes",
    alias="join_when_empty.list",
    effect=Effect.READS,
):
    """Gets the values of a queue's join_when_empty."""

    type: Word | None = Field(None, description="only this one")


class ListReportHoldTime(
    VoipmsOperation[Types],
    call="getReportEstimatedHoldTime",
    alias="report_hold_time.list",
    effect=Effect.READS,
):
    """Gets the values of a queue's report_hold_time_agent."""

    type: Word | None = Field(None, description="only this one")


QUEUES = (
    ListQueues,
    SetQueue,
    ListStaticMembers,
    SetStaticMember,
    ListRingStrategies,
    ListJoinWhenEmpty,
    ListReportHoldTime,
)
