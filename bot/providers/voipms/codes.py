"""The documented status codes of VoIP.ms, each with what kind of answer it is.

The HTTP status says nothing there: every answer has a `status`, which is `success` or one of these
words. Missing and invalid parameters are listed without their prefix (`missing_did`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class CodeClass(Enum):
    """What kind of answer a code is; the value is how it is called in words."""

    EMPTY = "nothing there"
    """There is nothing to list; a list without rows, and no failure."""
    ACCESS = "access refused"
    """The credentials, the switch for the API, or the address that we call from."""
    PACE = "too fast"
    """Too many calls a minute, or the day's messages are used up."""
    LATER = "not yet"
    """Something is still going on; the same call may do in a while."""
    THEIR_SIDE = "their side"
    """VoIP.ms or a carrier behind it has trouble."""
    MONEY = "no credit"
    """The account has not enough credit."""
    STOCK = "out of stock"
    """There is not enough of what was ordered."""
    LIMIT = "over a limit"
    """Longer, larger or more than they allow."""
    TAKEN = "taken"
    """It is there already, or belongs to another."""
    IN_USE = "in use"
    """It cannot be deleted while something uses it."""
    NOT_THERE = "not there"
    """There is no such thing."""
    FAILED = "failed"
    """It was tried and did not work."""
    REQUEST = "wrong request"
    """The request itself is wrong."""
    MISSING = "parameter missing"
    """A parameter is not there."""
    INVALID = "parameter invalid"
    """A parameter cannot be accepted."""


_MISSING = """
account address agent_ring_timeout allowedcodecs attachmessage authtype balancemanagement
billingtype callback callerid callhunting callparking callrecording carrier charge choices city
client cnam codec conference country countryid datetime delay_before deletemessage description
devicetype dialtime did digits digit_timeout disa dtmfmode email email_confirm enable endhour
endminute failover_busy failover_noanswer failover_unreachable file filter firstname folder
forwarding from_date fullname id if_announce_position_enabled_report_e internationalroute ip
ip_h323 ip_restriction ivr join_when_empty language lastname leave_when_empty length listened
location location_name lockinternational mailbox member members message_num minute monthly
musiconhold name nat number numbers package password password_confirm payment phonebook
phonenumber pin playinstructions pop_restriction priority priority_weight protocol province
query recording report_hold_time_agent resellerclient resellerpackage response_timeout ringgroup
ring_inuse ring_strategy route routing saycallerid saytime serverpop setup sipuri skippassword
sms speed_dial start starthour startminute state street_name street_number
thankyou_for_your_patience timecondition timeout timezone to_date transcription_email
transcription_locale type urgent uri username voicemailsetup weekdayend weekdaystart zip
"""

_INVALID = """
account address admin agent_ring_timeout allowedcodecs announce_join_leave announce_only_user
announce_position_frequency announce_round_seconds announce_user_count area_code attachid
attachmessage attach_file authtype authtype_h323 authtype_iax2 balancemanagement base_recording
billingtype callback callback_enable callback_retry callerid calleridprefix callerid_override
callhunting callparking callrecording call_type canada_routing carrier charge city client cnam
codec conference contact country countryid date daterange datetime date_from dayrange
delay_before deletemessage description destination destination_folder devicetype dialtime did
digits digit_timeout disa diversion_header drop_silence dst dtmfmode dtmf_digits email
email_attachment_format email_enable enable_ip_restriction enable_pop_restriction endhour
endminute extension extensions extension_length extension_prefix failover_header fax_id file
filter firstname foc_enddate foc_startdate folder folder_id forwarding forwarding_did
forward_enable frequency_announcement from_number fullname id
if_announce_position_enabled_report_e internaldialtime internalvoicemail internationalroute
invoice_type ip ip_auth ip_iax2 ivr jitter_buffer join_announcement join_empty_type language
lastname listened location lockinternational mailbox maximum_callers maximum_wait_time
max_expiry member member_delay message_num minute mixed_numbers monthly musiconhold name nat
note number numbermembers number_canadian number_fax number_porttype number_us order package
password password_auth password_ilegal_characters password_lessthan_8characters_long
password_missing_lowercase password_missing_number password_missing_uppercase pause payment
phonebook phonenumber pin pin_number playinstructions pop_restriction portingid porttype
port_status priority priority_weight protocol provider_account provider_name province quantity
query queue quiet recording recording_sound_error_menu recording_sound_get_pin
recording_sound_has_joined recording_sound_has_left recording_sound_invalid_pin
recording_sound_join recording_sound_kicked recording_sound_leave recording_sound_locked
recording_sound_locked_now recording_sound_muted recording_sound_only_one
recording_sound_only_person recording_sound_other_in_party recording_sound_participants_muted
recording_sound_participants_unmuted recording_sound_place_into_conference
recording_sound_there_are recording_sound_unlocked_now recording_sound_unmuted record_calls
report_hold_time_agent resellerclient resellernextbilling resellerpackage response_timeout
retry_timer ringgroup ring_inuse route routing_header rtp_hold_timeout rtp_timeout saycallerid
saytime security_code serverpop setup silence_threshold sipuri sip_traffic skippassword
smpp_password smpp_url smpp_username sms sms_forward snn speed_dial starthour startminute
start_muted state statement_name strategy street_name street_number talking_threshold
talk_detection tfnumber_porttype thankyou_for_your_patience timecondition timeout timerange
timezone to_number transcription_email transcription_format transcription_locale
transcription_redaction transcription_sentiment transcription_summary type urgent username
voicemailsetup voice_announcement weekdayend weekdaystart wrapup_time zip
"""

_LISTED: Mapping[CodeClass, str] = {
    CodeClass.EMPTY: """
        no_account no_attachments no_callback no_callhunting no_callparking no_cdr no_client
        no_conference no_did no_disa no_emailtofax no_filter no_folder no_forwarding no_ivr
        no_mailbox no_member no_message no_messages no_numbers no_package no_phonebook
        no_phonebook_group no_queue no_rate no_recording no_ringgroup no_sipuri no_sms
        no_timecondition no_transactions no_vpri
    """,
    CodeClass.ACCESS: """
        api_not_enabled invalid_credentials ip_not_enabled missing_credentials
    """,
    CodeClass.PACE: "api_limit_exceeded limit_reached",
    CodeClass.LATER: "e911_pending sms_wait_message",
    CodeClass.THEIR_SIDE: """
        method_maintenance problem_sending_mail provider_outofservice tls_error unavailable_info
    """,
    CodeClass.MONEY: "non_sufficient_funds",
    CodeClass.STOCK: "unsifficient_stock",
    CodeClass.LIMIT: """
        did_limit_reached exceeds_file_size forwards_exceeded max_phonebook members_exceeded
        name_toolong note_toolong sms_toolong
    """,
    CodeClass.TAKEN: """
        account_with_dids can_have_only_one_profile_without_pin did_in_use duplicated_name
        duplicated_pin invalid_number_exist location_already_exists member_already_included
        repeated_ip same_did_billingtype used_description used_email used_extension
        used_extension_in_location used_filter used_ip used_name used_number used_password
        used_speed_dial used_username
    """,
    CodeClass.IN_USE: """
        location_linked_to_subaccount recording_in_use_caller_id_filtering
        recording_in_use_caller_timecondition recording_in_use_did recording_in_use_ivr
        recording_in_use_queue sipuri_in_phonebook
    """,
    CodeClass.NOT_THERE: """
        conference_member_relation_not_found location_not_found message_not_found no_sequences
    """,
    CodeClass.FAILED: """
        cancel_failed e911_disabled error_deleting_msg error_moving_msg moving_fail
        no_change_billingtype no_provision no_provision_update order_failed sent_fail
        sms_apply_regulations sms_failed Unable_to_purchase
    """,
    CodeClass.REQUEST: "invalid_method missing_method missing_params no_callstatus",
    CodeClass.INVALID: """
        existing_did Invalid_threshold message_empty mismatch_email_confirm
        mismatch_password_confirm no_base64file reserved_ip
        rtp_timeout_greater_than_rtp_hold_timeout weak_password
    """,
}

CLASSES: Mapping[str, CodeClass] = {
    **{f"missing_{name}": CodeClass.MISSING for name in _MISSING.split()},
    **{f"invalid_{name}": CodeClass.INVALID for name in _INVALID.split()},
    **{code: kind for kind, codes in _LISTED.items() for code in codes.split()},
}
"""Every documented code, spelt as documented: two of them begin with a capital."""

_BY_FOLDED = {code.casefold(): kind for code, kind in CLASSES.items()}


def class_of(code: str) -> CodeClass | None:
    """The class of a code in any case; None for one that is not documented."""
    return _BY_FOLDED.get(code.casefold())
