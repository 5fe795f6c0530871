"""Rules of an IVR's options: what happens when one is chosen.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.operations.incoming_rules import RuleOrder
from bot.providers.ringme.wire import Id, NoneIsNull, Nothing, OfExtension, Wire

AskingMethod = Literal["GET", "POST", "None"]
CallStatus = Literal["no_answer", "busy", "any"]
CallerIdAction = Literal["matches", "not_matches", "anonymous", "any"]
DigitsMethod = Literal["pronounced", "iterated", "None"]
HangupCause = Literal["normal", "busy"]
RuleAction = Literal[
    "transfer",
    "hangup",
    "play_sound",
    "play_silence",
    "jump_to_context",
    "play_digits",
    "call_interactive",
    "transfer_from_variable",
    "set_variable",
    "voicemail",
    "simple_transfer",
    "set_caller_id_name",
    "set_caller_id_number",
    "record_digits",
    "play_digits_from_variable",
    "quality_rate",
    "voice_helper",
    "start_record",
]
SoundType = Literal["background", "foreground", "None"]


class VoiceHelperRule(Wire):
    """Which spoken words lead to which option."""

    to_option: str | None = None
    transcription: str | None = None


class IvrRule(Wire):
    """What happens when an option is chosen.

    Two numbers are read as text.
    """

    transfer_variable: str | None = None
    call_status: str | None = "any"
    play_digits_method: str | None = None
    voice_helper_classic_term: bool | None = True
    caller_id: str | None = None
    match_variable_value: str | None = None
    play_digits_variable: str | None = None
    call_interactive_method: str | None = None
    voice_helper_timeout: int | None = None
    id: int | None = None
    record_digits_max: str | None = None
    is_simple_transfer: bool | None = False
    voice_helper_digits_max: str | None = None
    match_variable_name: str | None = None
    caller_id_action: str | None = None
    context_option: str | None = None
    silence_time: int | None = None
    set_variable_name: str | None = None
    caller_id_number: str | None = None
    hangup_cause: str | None = "normal"
    final: bool | None = True
    sound: int | None = None
    sound_type: str | None = None
    max_rate: int | None = 5
    call_interactive_url: str | None = None
    caller_id_name: str | None = None
    voice_helper_rules: list[VoiceHelperRule] | None = None
    transfer_timeout: int | None = None
    digits: str | None = None
    name: str | None = None
    record_digits_variable: str | None = None
    play_sound_from_variable: bool | None = False
    interval: int | None = None
    record_digits_timeout: int | None = None
    transfer_dst: str | None = None
    context: int | None = None
    action: str | None = None
    set_variable_value: str | None = None
    call_interactive_timeout: int | None = None
    record_digits_sound: int | None = None


class CreateIvrRule(
    OfExtension[IvrRule],
    call="POST /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}/rules/",
    alias="ivr.rule.create",
    effect=Effect.CHANGES,
):
    """Adds a rule to an option: what happens when it is chosen."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")
    transfer_variable: str | None = Field(
        None, description="variable that holds where the call goes"
    )
    call_status: CallStatus | None = Field("any", description="how the call before this rule ended")
    play_digits_method: Annotated[DigitsMethod | None, NoneIsNull] = Field(
        None, description="how digits are read out"
    )
    voice_helper_classic_term: bool | None = Field(
        None, description="keys work too when nothing was recognised"
    )
    caller_id: str | None = Field(None, description="the caller's number")
    match_variable_value: str | None = Field(None, description="value that the variable must have")
    play_digits_variable: str | None = Field(None, description="variable that holds the digits")
    call_interactive_method: Annotated[AskingMethod | None, NoneIsNull] = Field(
        "GET", description="how the address is asked"
    )
    voice_helper_timeout: Whole | None = Field(
        None, description="milliseconds of listening; 3000 at least"
    )
    record_digits_max: Whole | None = Field(None, description="digits that are taken at most")
    is_simple_transfer: bool | None = Field(False, description="transfer in the simple way")
    voice_helper_digits_max: Whole | None = Field(None, description="digits that end the listening")
    match_variable_name: str | None = Field(None, description="variable that is compared")
    caller_id_action: CallerIdAction | None = Field("any", description="how the caller is compared")
    context_option: str | None = Field(None, description="option to go to")
    silence_time: Whole | None = Field(None, description="milliseconds of silence")
    set_variable_name: str | None = Field(None, description="variable that is set")
    caller_id_number: str | None = Field(None, description="number that is shown from now on")
    hangup_cause: HangupCause | None = Field(
        "normal", description="what the caller's telephone is told"
    )
    final: bool | None = Field(True, description="no later rule is tried when the call fails here")
    sound: Whole | None = Field(None, description="sound that is played")
    sound_type: Annotated[SoundType | None, NoneIsNull] = Field(
        None, description="how the sound is played"
    )
    max_rate: Whole | None = Field(None, description="best mark that can be given")
    call_interactive_url: str | None = Field(None, description="address that is asked what to do")
    order_position: str | None = Field(None, description="place among the rules")
    caller_id_name: str | None = Field(None, description="name that is shown from now on")
    voice_helper_rules: list[VoiceHelperRule] | None = Field(
        None, description="which words lead to which option"
    )
    transfer_timeout: Whole | None = Field(None, description="seconds that the destination rings")
    digits: str | None = Field(None, description="digits that are read out")
    name_: str | None = Field(None, alias="name", description="what the rule is called")
    record_digits_variable: str | None = Field(None, description="variable that takes the digits")
    play_sound_from_variable: bool | None = Field(
        None, description="play the sound that a variable names, if one does"
    )
    interval: Whole | None = Field(None, description="time interval in which the rule holds")
    record_digits_timeout: Whole | None = Field(None, description="milliseconds for the digits")
    transfer_dst: str | None = Field(None, description="where the call goes")
    context: Whole | None = Field(None, description="menu to go to")
    action: RuleAction = Field(description="what happens")
    set_variable_value: str | None = Field(None, description="value that is set")
    call_interactive_timeout: Whole | None = Field(
        None, description="how long the address may take"
    )
    record_digits_sound: Whole | None = Field(None, description="sound before the digits")


class ListIvrRules(
    OfExtension[list[IvrRule]],
    call="GET /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}/rules/",
    alias="ivr.rule.list",
):
    """Gets the rules of an option."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")


class UpdateIvrRuleOrder(
    OfExtension[RuleOrder],
    call="PUT /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}"
    "/rules/order/",
    alias="ivr.rule.reorder",
    effect=Effect.CHANGES,
):
    """Puts the rules of an option into another order."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")
    rules_ids: list[Whole] = Field(description="all of them, first tried first")


class GetIvrRuleOrder(
    OfExtension[RuleOrder],
    call="GET /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}"
    "/rules/order/",
    alias="ivr.rule.order",
):
    """Gets in which order the rules of an option are tried."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")


class UpdateIvrRule(
    OfExtension[IvrRule],
    call="PUT /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}"
    "/rules/{rule_id}",
    alias="ivr.rule.update",
    effect=Effect.CHANGES,
):
    """Changes a rule of an option; what is left out stays."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")
    rule_id: Whole = Field(description="the rule")
    transfer_variable: str | None = Field(
        None, description="variable that holds where the call goes"
    )
    call_status: CallStatus | None = Field(None, description="how the call before this rule ended")
    play_digits_method: Annotated[DigitsMethod | None, NoneIsNull] = Field(
        None, description="how digits are read out"
    )
    voice_helper_classic_term: bool | None = Field(
        None, description="keys work too when nothing was recognised"
    )
    caller_id: str | None = Field(None, description="the caller's number")
    match_variable_value: str | None = Field(None, description="value that the variable must have")
    play_digits_variable: str | None = Field(None, description="variable that holds the digits")
    call_interactive_method: Annotated[AskingMethod | None, NoneIsNull] = Field(
        None, description="how the address is asked"
    )
    voice_helper_timeout: Whole | None = Field(
        None, description="milliseconds of listening; 3000 at least"
    )
    record_digits_max: Whole | None = Field(None, description="digits that are taken at most")
    is_simple_transfer: bool | None = Field(
        False, description="transfer in the simple way; left out, the default may come back"
    )
    voice_helper_digits_max: Whole | None = Field(None, description="digits that end the listening")
    match_variable_name: str | None = Field(None, description="variable that is compared")
    caller_id_action: CallerIdAction | None = Field(None, description="how the caller is compared")
    context_option: str | None = Field(None, description="option to go to")
    silence_time: Whole | None = Field(None, description="milliseconds of silence")
    set_variable_name: str | None = Field(None, description="variable that is set")
    caller_id_number: str | None = Field(None, description="number that is shown from now on")
    hangup_cause: HangupCause | None = Field(
        None, description="what the caller's telephone is told"
    )
    final: bool | None = Field(None, description="no later rule is tried when the call fails here")
    sound: Whole | None = Field(None, description="sound that is played")
    sound_type: Annotated[SoundType | None, NoneIsNull] = Field(
        None, description="how the sound is played"
    )
    max_rate: Whole | None = Field(None, description="best mark that can be given")
    call_interactive_url: str | None = Field(None, description="address that is asked what to do")
    caller_id_name: str | None = Field(None, description="name that is shown from now on")
    voice_helper_rules: list[VoiceHelperRule] | None = Field(
        None, description="which words lead to which option"
    )
    transfer_timeout: Whole | None = Field(None, description="seconds that the destination rings")
    digits: str | None = Field(None, description="digits that are read out")
    name_: str | None = Field(None, alias="name", description="what the rule is called")
    record_digits_variable: str | None = Field(None, description="variable that takes the digits")
    play_sound_from_variable: bool | None = Field(
        None, description="play the sound that a variable names, if one does"
    )
    interval: Whole | None = Field(None, description="time interval in which the rule holds")
    record_digits_timeout: Whole | None = Field(None, description="milliseconds for the digits")
    transfer_dst: str | None = Field(None, description="where the call goes")
    context: Whole | None = Field(None, description="menu to go to")
    action: RuleAction | None = Field(None, description="what happens")
    set_variable_value: str | None = Field(None, description="value that is set")
    call_interactive_timeout: Whole | None = Field(
        None, description="how long the address may take"
    )
    record_digits_sound: Whole | None = Field(None, description="sound before the digits")


class GetIvrRule(
    OfExtension[IvrRule],
    call="GET /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}"
    "/rules/{rule_id}",
    alias="ivr.rule.get",
):
    """Gets one rule of an option."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")
    rule_id: Whole = Field(description="the rule")


class DeleteIvrRule(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/ivr/context/{context_id}/options/{option_digits}"
    "/rules/{rule_id}",
    alias="ivr.rule.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes a rule of an option."""

    context_id: Whole = Field(description="the menu")
    option_digits: Id = Field(description="the option")
    rule_id: Whole = Field(description="the rule")
