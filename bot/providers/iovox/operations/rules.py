"""The interface Rules: variables of call flows, time templates, blocked numbers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.providers.iovox.operations.base import Id, IovoxOperation, ListOf, Part, Way
from bot.providers.iovox.wire import Days, Done, LinkIds, Many, Page, Text, Wire, inside
from bot.providers.operations import Effect, Whole

Operator = Literal["EQUALS", "STARTSWITH"]
Blocking = Literal["BLOCK", "ALLOW"]
Weekday = Literal["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}:[0-9]{2}$")]

Blocked = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,15}|WITHHELD|\*)$")]
"""Digits of a number or of its beginning, WITHHELD, or * for everybody."""


# Variables of a call flow


class VariableRule(Wire):
    """A rule with something to fill in; what is not filled in is a question mark."""

    rule_id: Text = None
    rule_type: Text = None
    rule_label: Text = None


class VariableRules(Wire):
    """The rules of a call flow that have something to fill in."""

    rules: Annotated[list[VariableRule], inside("rule")]


class GetVariableRulesOfTemplate(
    IovoxOperation[VariableRules],
    call="Rules.getVariableRulesOfTemplate",
    verb="GET",
    alias="flow.variables",
):
    """Gets what a call flow leaves to its links, and what one link has filled in."""

    template_name: Id = Field(description="name of the call flow")
    link_id: str | None = Field(None, description="with the values of this link")
    page: Whole | None = Field(None, ge=1, description="which page, from 1")
    limit: Whole | None = Field(None, ge=1, description="rules a page; at most 5000")
    output: Literal["XML", "JSON"] | None = Field(
        None, description="form of the answer; XML where it is left out"
    )


# Time templates


class TimeFrameRow(Wire):
    """A part of a time template."""

    date_from: Text = None
    date_to: Text = None
    recurrence: Text = None
    time_from: Text = None
    time_to: Text = None
    days: Days = Field(default_factory=list)


class TimeTemplateRow(Wire):
    """A time template."""

    label: Text = None
    notes: Text = None
    created: Text = None
    time_frames: Annotated[list[TimeFrameRow], inside("time_frame")] = Field(default_factory=list)


class WeekDays(Part):
    """Days of the week."""

    day: Many[Weekday] = Field(min_length=1)


class TimeFrame(Part):
    """When a time template holds."""

    date_from: Day
    date_to: Day
    recurrence: Literal["NONE", "MONTHLY", "YEARLY"]
    time_from: Clock
    time_to: Clock
    days: WeekDays


class TimeFrames(Part):
    """The parts of a time template."""

    time_frame: Many[TimeFrame] = Field(min_length=1)


class NewTimeTemplate(Part):
    """A time template to be made."""

    label: Id
    time_frames: TimeFrames


class ChangedTimeTemplate(Part):
    """A time template to be changed."""

    label: Id
    new_label: str | None = None
    time_frames: TimeFrames | None = None


class GetTimeTemplates(
    ListOf[Page[TimeTemplateRow]],
    call="Rules.getTimeTemplates",
    verb="GET",
    alias="time_template.list",
):
    """Lists time templates.

    Short names in req_fields: l n tf c.
    """

    time_template_label: str | None = Field(None, description="only the one with this label")


class CreateTimeTemplates(
    IovoxOperation[Done],
    call="Rules.createTimeTemplates",
    verb="POST",
    alias="time_template.create",
    effect=Effect.CHANGES,
):
    """Creates time templates."""

    time_template: Many[NewTimeTemplate] = Field(min_length=1, description="one or several")


class UpdateTimeTemplates(
    IovoxOperation[Done],
    call="Rules.updateTimeTemplates",
    verb="PUT",
    alias="time_template.update",
    effect=Effect.CHANGES,
):
    """Changes time templates."""

    time_template: Many[ChangedTimeTemplate] = Field(min_length=1, description="one or several")


class DeleteTimeTemplates(
    IovoxOperation[Done],
    call="Rules.deleteTimeTemplates",
    verb="DELETE",
    alias="time_template.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes time templates."""

    time_template_labels: Id = Field(description="labels, with commas between them")
    force: bool | None = Field(None, description="also where a blocked number uses one")


# Blocked numbers


class BlockRuleRow(Wire):
    """An exception of a blocked number."""

    links: LinkIds = Field(default_factory=list)
    time_template: Text = None
    blocking_type: Text = None


class BlockedNumberRow(Wire):
    """A blocked number, or one that is let through."""

    number: Text = None
    in_or_out: Text = None
    operator: Text = None
    notes: Text = None
    default: Text = None
    rules: Annotated[list[BlockRuleRow], inside("rule")] = Field(default_factory=list)


class SomeLinks(Part):
    """Several links."""

    link_id: Many[str]


class BlockRule(Part):
    """An exception: on these links, at these times."""

    link_ids: SomeLinks
    time_template: str | None = Field(None, description="label; none means always")
    blocking_type: Blocking


class ChangedBlockRule(Part):
    """An exception; the vendor's update calls its links otherwise than its creation."""

    links: SomeLinks
    time_template: str | None = Field(None, description="label; none means always")
    blocking_type: Blocking


class BlockRules(Part):
    """The exceptions."""

    rule: Many[BlockRule] = Field(default_factory=list)


class ChangedBlockRules(Part):
    """The exceptions."""

    rule: Many[ChangedBlockRule] = Field(default_factory=list)


class NewBlockedNumber(Part):
    """A number to block or to let through."""

    number: Blocked
    in_or_out: Way
    operator: Operator
    default: Blocking
    rules: BlockRules | None = None


class ChangedBlockedNumber(Part):
    """A blocked number to change; number, direction and operator find it."""

    number: Blocked
    new_number: Blocked | None = None
    in_or_out: Way
    new_in_or_out: Way | None = None
    operator: Operator
    new_operator: Operator | None = None
    default: Blocking | None = None
    if_exist: Literal["OVERWRITE"] | None = None
    rules: ChangedBlockRules | None = None


class GetBlockedNumbers(
    ListOf[Page[BlockedNumberRow]],
    call="Rules.getBlockedNumbers",
    verb="GET",
    alias="blocked.list",
):
    """Lists numbers that are blocked, or let through in spite of others.

    Short names in req_fields: no op ioo nn rules.
    """

    number: str | None = Field(None, description="only this number")
    operator: Operator | None = Field(None, description="only whole numbers, or beginnings")
    in_or_out: Way | None = Field(None, description="only one direction")


class CreateBlockedNumbers(
    IovoxOperation[Done],
    call="Rules.createBlockedNumbers",
    verb="POST",
    alias="blocked.create",
    effect=Effect.CHANGES,
):
    """Blocks numbers, or lets them through."""

    blocked_number: Many[NewBlockedNumber] = Field(min_length=1, description="one or several")


class UpdateBlockedNumbers(
    IovoxOperation[Done],
    call="Rules.updateBlockedNumbers",
    verb="PUT",
    alias="blocked.update",
    effect=Effect.CHANGES,
):
    """Changes blocked numbers."""

    blocked_number: Many[ChangedBlockedNumber] = Field(min_length=1, description="one or several")


class DeleteBlockedNumbers(
    IovoxOperation[Done],
    call="Rules.deleteBlockedNumbers",
    verb="DELETE",
    alias="blocked.delete",
    effect=Effect.CHANGES,
):
    """Lets numbers through again."""

    blocked_numbers: Annotated[
        str,
        StringConstraints(
            pattern=r"^[^;,]+;(IN|OUT);(EQUALS|STARTSWITH)(,[^;,]+;(IN|OUT);"
            r"(EQUALS|STARTSWITH))*$"
        ),
    ] = Field(description="number;in_or_out;operator, with commas between several")


RULES = (
    GetVariableRulesOfTemplate,
    GetTimeTemplates,
    CreateTimeTemplates,
    UpdateTimeTemplates,
    DeleteTimeTemplates,
    GetBlockedNumbers,
    CreateBlockedNumbers,
    UpdateBlockedNumbers,
    DeleteBlockedNumbers,
)
