"""Ring groups, menus and time conditions."""

from __future__ import annotations

from typing import Self

from pydantic import Field, ValidationInfo, field_validator

from bot.providers.operations import Effect, Whole
from bot.providers.voipms.hours import COLUMNS, Column, Hours, Minutes, TimeRules, Weekdays
from bot.providers.voipms.operations.base import VoipmsOperation, record, routing
from bot.providers.voipms.parameters import Given, RecordId, Word
from bot.providers.voipms.routing import Choices, Members, Routing
from bot.providers.voipms.wire import Answer, Count, Many, Record, Text


class RingGroupRecord(Record):
    """A ring group: rings all its members at once."""

    ring_group: Text = None
    name: Text = None
    caller_announcement: Text = None
    music_on_hold: Text = None
    language: Text = None
    members: Text = None
    voicemail: Text = None


class RingGroupRecords(Answer):
    """Ring groups."""

    ring_groups: Many[RingGroupRecord]


class ListRingGroups(
    VoipmsOperation[RingGroupRecords],
    call="getRingGroups",
    alias="ringgroup.list",
    effect=Effect.READS,
):
    """Gets all ring groups, or one of them."""

    empty = frozenset({"no_ringgroup"})

    ring_group: Word | None = Field(None, description="only this one")


class RingGroupSet(Answer):
    """The ring group that was made or changed."""

    ring_group: Text = None


class SetRingGroup(
    VoipmsOperation[RingGroupSet],
    call="setRingGroup",
    alias="ringgroup.set",
    effect=Effect.CHANGES,
):
    """Makes a ring group, or replaces one."""

    ring_group: RecordId = record("ring group")
    # The call's own name is `name`, hence another one in Python.
    group_name: Given = Field(alias="name", description="what it is called")
    members: Members = Field(
        description="who rings, joined by ;, each account, fwd or sip; after commas the seconds "
        "(1 to 60, else 25) and 1 for whoever must press 1, else 0"
    )
    voicemail: Whole = Field(description="its mailbox; 0 for none")
    caller_announcement: Whole | None = Field(None, description="recording played to the caller")
    music_on_hold: Word | None = Field(None, description="code, as getMusicOnHold lists them")
    language: Word | None = Field(None, description="code, as getLanguages lists them")


class IvrRecord(Record):
    """A menu."""

    ivr: Text = None
    name: Text = None
    recording: Text = None
    timeout: Count = None
    language: Text = None
    voicemailsetup: Text = None
    choices: Text = None


class IvrRecords(Answer):
    """Menus."""

    ivrs: Many[IvrRecord]


class ListIvrs(VoipmsOperation[IvrRecords], call="getIVRs", alias="ivr.list", effect=Effect.READS):
    """Gets all menus, or one of them."""

    empty = frozenset({"no_ivr"})

    ivr: Word | None = Field(None, description="only this one")


class IvrSet(Answer):
    """The menu that was made or changed."""

    ivr: Text = None


class SetIvr(VoipmsOperation[IvrSet], call="setIVR", alias="ivr.set", effect=Effect.CHANGES):
    """Makes a menu, or replaces one."""

    ivr: RecordId = record("menu")
    ivr_name: Given = Field(alias="name", description="what it is called")
    recording: Whole = Field(description="recording that it plays")
    timeout: Given = Field(description="how long it waits for a key after that")
    language: Given = Field(description="code, as getLanguages lists them")
    voicemailsetup: Whole = Field(description="as getVoicemailSetups lists them")
    choices: Choices = Field(description="what each key does, joined by ;, like 1=fwd:20222")


class TimeConditionRecord(Record):
    """A time condition: sends calls one way at some hours of the week, another way at others."""

    timecondition: Text = None
    name: Text = None
    routing_match: Text = None
    routing_nomatch: Text = None
    starthour: Text = None
    startminute: Text = None
    endhour: Text = None
    endminute: Text = None
    weekdaystart: Text = None
    weekdayend: Text = None

    def rules(self) -> TimeRules:
        """When it holds.

        Raises:
            ValueError: the six lists are no rules.
        """
        return TimeRules.of({name: getattr(self, name) or "" for name in COLUMNS})


class TimeConditionRecords(Answer):
    """Time conditions; the list is called timecondition there."""

    timecondition: Many[TimeConditionRecord]


class ListTimeConditions(
    VoipmsOperation[TimeConditionRecords],
    call="getTimeConditions",
    alias="timecondition.list",
    effect=Effect.READS,
):
    """Gets all time conditions, or one of them."""

    empty = frozenset({"no_timecondition"})

    timecondition: Word | None = Field(None, description="only this one")


class TimeConditionSet(Answer):
    """The time condition that was made or changed."""

    timecondition: Text = None


class SetTimeCondition(
    VoipmsOperation[TimeConditionSet],
    call="setTimeCondition",
    alias="timecondition.set",
    effect=Effect.CHANGES,
):
    """Makes a time condition, or replaces one.

    The six lists belong together: element for element they are one rule, so they have the same
    length.
    """

    timecondition: RecordId = record("time condition")
    condition_name: Given = Field(alias="name", description="what it is called")
    routing_match: Routing = routing("where calls go while a rule holds; not none:")
    routing_nomatch: Routing = routing("where they go otherwise; not none:")
    starthour: Hours = Field(description="hours at which the rules begin, joined by ;, like 8;8")
    startminute: Minutes = Field(description="minutes at which they begin, like 0;0")
    endhour: Hours = Field(description="hours at which they end, like 16;12")
    endminute: Minutes = Field(description="minutes at which they end, like 0;0")
    weekdaystart: Weekdays = Field(description="their first days: mon to sun, like mon;sat")
    weekdayend: Weekdays = Field(description="their last days, like fri;sat")

    @field_validator(*COLUMNS[1:])
    @classmethod
    def _as_long_as_the_first(cls, column: Column, told: ValidationInfo) -> Column:
        first = told.data.get(COLUMNS[0])
        if first is not None and len(first.cells) != len(column.cells):
            raise ValueError(
                f"has {len(column.cells)} elements, and {COLUMNS[0]} has {len(first.cells)}; "
                "one element of each of the six lists is one rule"
            )
        return column

    @field_validator("routing_match", "routing_nomatch")
    @classmethod
    def _goes_somewhere(cls, to: Routing) -> Routing:
        if to.header == "none":
            raise ValueError("a time condition refuses none:; write sys:hangup")
        return to

    @classmethod
    def of(
        cls, id_: str, name: str, rules: TimeRules, *, match: Routing, no_match: Routing
    ) -> Self:
        """The call for rules, whose lists cannot be of unequal length."""
        given = {"timecondition": id_, "name": name, **rules.columns()}
        return cls.read({**given, "routing_match": match, "routing_nomatch": no_match})


GROUPS = (
    ListRingGroups,
    SetRingGroup,
    ListIvrs,
    SetIvr,
    ListTimeConditions,
    SetTimeCondition,
)
