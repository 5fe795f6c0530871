"""Rules for calls that come in to an extension, tried in an order.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Nothing, OfExtension, Usually, Wire

CallStatus = Literal["no_answer", "busy", "any"]
CallerIdAction = Literal["matches", "not_matches", "anonymous", "any"]
ExtensionStatus = Literal["registered", "unreachable", "any"]
RuleType = Literal[
    "busy",
    "transfer",
    "hangup",
    "playfile",
    "voicemail",
    "cascade",
    "simple_transfer",
    "simple_cascade",
]


class CascadeNumber(Wire):
    """A number that rings after a while; the smallest delay starts at once."""

    delay: int | None = Field(None, description="seconds")
    number: str | None = None


class IncomingRule(Wire):
    """A rule for incoming calls."""

    allow_public_transfer: bool | None = False
    extension_call_status: Annotated[str | None, Usually(CallStatus)] = "any"
    call_status: Annotated[str | None, Usually(CallStatus)] = "any"
    playfile_sound: int | None = None
    enable_call_screening: bool | None = False
    enabled: bool | None = True
    interval: int | None = None
    caller_id_action: str | None = None
    control_code: str | None = None
    caller_id: str | None = None
    id: int | None = None
    extension_status: Annotated[str | None, Usually(ExtensionStatus)] = "any"
    transfer_timeout: int | None = None
    ignore_early_media: bool | None = False
    transfer_dst: str | None = None
    cascade_numbers: list[CascadeNumber] | None = None
    type: str | None = None
    final: bool | None = True
    name: str | None = None


class RuleOrder(Wire):
    """All rules of one place, in the order in which they are tried."""

    rules_ids: list[int] = Field(default_factory=list)


class CreateIncomingRule(
    OfExtension[IncomingRule],
    call="POST /extension/{extension_id}/incom_rule/",
    alias="incoming_rule.create",
    effect=Effect.CHANGES,
):
    """Adds a rule for calls that come in to an extension."""

    allow_public_transfer: bool | None = Field(
        False, description="whether somebody outside may transfer the call"
    )
    extension_call_status: CallStatus | None = Field(
        "any", description="how the call to the extension ended"
    )
    call_status: CallStatus | None = Field("any", description="how the call before this rule ended")
    transfer_dst: str | None = Field(
        None, description="where calls go; several are separated by blanks"
    )
    enable_call_screening: bool | None = Field(
        False, description="ask who calls before a transfer is answered"
    )
    enabled: bool | None = Field(True, description="whether the rule is used")
    interval: Whole | None = Field(None, description="time interval in which the rule holds")
    caller_id_action: CallerIdAction | None = Field("any", description="how the caller is compared")
    control_code: str | None = Field(None, description="code that switches the rule")
    caller_id: str | None = Field(None, description="pattern (PCRE) of the caller's number")
    ignore_early_media: bool | None = Field(
        True, description="ring back tones instead of what the other side plays"
    )
    extension_status: ExtensionStatus | None = Field(
        "any", description="whether the extension has a device"
    )
    transfer_timeout: Whole | None = Field(60, description="seconds that the destination rings")
    playfile_sound: Whole | None = Field(None, description="sound that is played")
    cascade_numbers: list[CascadeNumber] | None = Field(
        None, description="who rings after how many seconds"
    )
    type: RuleType = Field(description="what the rule does")
    final: bool | None = Field(True, description="no later rule is tried when the call fails here")
    name_: str | None = Field(None, alias="name", description="what the rule is called")


class ListIncomingRules(
    OfExtension[list[IncomingRule]],
    call="GET /extension/{extension_id}/incom_rule/",
    alias="incoming_rule.list",
):
    """Gets the rules for calls that come in to an extension."""


class UpdateIncomingRuleOrder(
    OfExtension[RuleOrder],
    call="PUT /extension/{extension_id}/incom_rule/order/",
    alias="incoming_rule.reorder",
    effect=Effect.CHANGES,
):
    """Puts the rules for incoming calls into another order."""

    rules_ids: list[Whole] = Field(description="all of them, first tried first")


class GetIncomingRuleOrder(
    OfExtension[RuleOrder],
    call="GET /extension/{extension_id}/incom_rule/order/",
    alias="incoming_rule.order",
):
    """Gets in which order the rules for incoming calls are tried."""


class UpdateIncomingRule(
    OfExtension[IncomingRule],
    call="PUT /extension/{extension_id}/incom_rule/{rule_id}",
    alias="incoming_rule.update",
    effect=Effect.CHANGES,
):
    """Changes a rule for incoming calls; what is left out stays."""

    rule_id: Whole = Field(description="the rule")
    allow_public_transfer: bool | None = Field(
        None, description="whether somebody outside may transfer the call"
    )
    extension_call_status: CallStatus | None = Field(
        None, description="how the call to the extension ended"
    )
    call_status: CallStatus | None = Field(None, description="how the call before this rule ended")
    transfer_dst: str | None = Field(
        None, description="where calls go; several are separated by blanks"
    )
    enable_call_screening: bool | None = Field(
        None, description="ask who calls before a transfer is answered"
    )
    enabled: bool | None = Field(None, description="whether the rule is used")
    interval: Whole | None = Field(None, description="time interval in which the rule holds")
    caller_id_action: CallerIdAction | None = Field(None, description="how the caller is compared")
    control_code: str | None = Field(None, description="code that switches the rule")
    caller_id: str | None = Field(None, description="pattern (PCRE) of the caller's number")
    ignore_early_media: bool | None = Field(
        None, description="ring back tones instead of what the other side plays"
    )
    extension_status: ExtensionStatus | None = Field(
        None, description="whether the extension has a device"
    )
    transfer_timeout: Whole | None = Field(None, description="seconds that the destination rings")
    playfile_sound: Whole | None = Field(None, description="sound that is played")
    cascade_numbers: list[CascadeNumber] | None = Field(
        None, description="who rings after how many seconds"
    )
    type: RuleType | None = Field(None, description="what the rule does")
    final: bool | None = Field(None, description="no later rule is tried when the call fails here")
    name_: str | None = Field(None, alias="name", description="what the rule is called")


class GetIncomingRule(
    OfExtension[IncomingRule],
    call="GET /extension/{extension_id}/incom_rule/{rule_id}",
    alias="incoming_rule.get",
):
    """Gets one rule for incoming calls."""

    rule_id: Whole = Field(description="the rule")


class DeleteIncomingRule(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/incom_rule/{rule_id}",
    alias="incoming_rule.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes a rule for incoming calls."""

    rule_id: Whole = Field(description="the rule")
