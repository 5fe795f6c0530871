"""The functions that the simulated API has, and their parameters; `*` marks what is required.

Two functions answer differently from what the table says: `setRecording` takes a name or a file
alone where an id is given, and `getCDR` wants one of its four flags.
"""

from __future__ import annotations

from dataclasses import dataclass

_DOCUMENTED = """
orderDIDInternationalTollFree location_id* quantity* routing* failover_busy failover_unreachable
    failover_noanswer voicemail pop* dialtime* cnam* callerid_prefix note account monthly setup
    minute test
orderDIDVirtual digits* routing* failover_busy failover_unreachable failover_noanswer voicemail
    pop* dialtime* cnam* callerid_prefix note account monthly setup minute test
orderTollFree did* routing* failover_busy failover_unreachable failover_noanswer voicemail pop*
    dialtime* cnam* callerid_prefix note account monthly setup minute test
orderVanity did* routing* failover_busy failover_unreachable failover_noanswer voicemail pop*
    dialtime* cnam* callerid_prefix note carrier* account monthly setup minute test
searchDIDsCAN province type* query*
searchDIDsUSA state type* query*
searchTollFreeCanUS type query
searchTollFreeUSA type query
searchVanity type* query*
sendSMS did* dst* message*
setCallback callback description* number* delay_before* response_timeout* digit_timeout*
    callerid_number
setCallerIDFiltering filter callerid* did* routing* failover_unreachable failover_busy
    failover_noanswer note
setDIDBillingType did* billing_type*
setDIDInfo did* routing* failover_busy failover_unreachable failover_noanswer voicemail pop*
    dialtime* cnam* callerid_prefix note billing_type*
setDIDPOP did* pop*
setDIDRouting did* routing*
setDIDVoicemail did* voicemail
setDISA disa name* pin* digit_timeout* callerid_override
setForwarding forwarding phone_number* callerid_override description dtmf_digits pause
setIVR ivr name* recording* timeout* language* voicemailsetup* choices*
setPhonebook phonebook speed_dial name* number* callerid
setRecording recording file* name*
setQueue queue queue_name* queue_number* queue_language* queue_password callerid_prefix
    join_announcement priority_weight* agent_announcement report_hold_time_agent* member_delay
    maximum_wait_time maximum_callers join_when_empty* leave_when_empty* ring_strategy*
    ring_inuse* agent_ring_timeout retry_timer wrapup_time voice_announcement
    frequency_announcement announce_position_frecuency announce_round_seconds
    if_announce_position_enabled_report_estimated_hold_time thankyou_for_your_patience
    music_on_hold fail_over_routing_timeout fail_over_routing_full fail_over_routing_join_empty
    fail_over_routing_leave_empty fail_over_routing_join_unavail fail_over_routing_leave_unavail
setRingGroup ring_group name* members* voicemail* caller_announcement music_on_hold language
setSIPURI sipuri uri* description
setSMS did* enable* email_enabled email_address sms_forward_enable sms_forward
    url_callback_enable url_callback url_callback_retry
setStaticMember member queue* member_name* account priority*
setTimeCondition timecondition name* routing_match* routing_nomatch* starthour* startminute*
    endhour* endminute* weekdaystart* weekdayend*
unconnectDID did*
"""

_PUBLIC = """
getIP
getBalance advanced
getServersInfo server_pop
getTransactionHistory date_from* date_to*
getDIDsInfo client did
getSMS sms from to type did contact limit timezone all_messages
getMMS mms from to type did contact limit timezone all_messages
getMediaMMS id media_as_array
sendMMS did* dst* message* media1 media2 media3
deleteSMS id*
deleteMMS id*
getForwardings forwarding
getTimeConditions timecondition
getRingGroups ring_group
getQueues queue
getStaticMembers queue* member
getIVRs ivr
getCallerIDFiltering filtering did
getCallbacks callback
getDISAs disa
getSIPURIs sipuri
getPhonebook phonebook name group group_name
getRecordings recording
getRecordingFile recording*
getCallHuntings callhunting
getCDR date_from* date_to* answered noanswer busy failed timezone* calltype callbilling account
getCallAccounts client
getCallBilling
getCallTypes client
getCallRecordings account* start length date_from* date_to* call_type
getCallRecording account* callrecording*
getVoicemails mailbox client
getVoicemailFolders folder mailbox
getVoicemailMessages mailbox* folder date_from date_to
getVoicemailMessageFile mailbox* folder* message_num* format
getVoicemailTranscriptions date_from* date_to* mailbox* folder*
getVoicemailSetups voicemailsetup
markListenedVoicemailMessage mailbox* folder* message_num* listened*
delMessages mailbox* folder message_num
sendVoicemailEmail mailbox* folder* message_num* email_address*
getRegistrationStatus account*
getSubAccounts account
getLanguages language
getMusicOnHold music_on_hold
getRingStrategies strategy
getJoinWhenEmptyTypes type
getReportEstimatedHoldTime type
getTimezones timezone
getProvinces
getStates
getCarriers carrier
getRoutes route
"""


_LATER = """
setDIDInfo inbound_dialing_mode port_out_pin record_calls sms_sipaccount sms_sipaccount_enabled
    transcribe transcription_email transcription_locale transcription_redaction
    transcription_sentiment transcription_start_delay transcription_summary voicemail_threshold
setDISA language
setForwarding attestation_a_enabled diversion_header
setPhonebook group note
setSIPURI callerid_e164 callerid_override
setSMS dialmode smpp_enabled smpp_pass smpp_url smpp_user sms_sipaccount sms_sipaccount_enabled
    webhook webhook_enable
"""


@dataclass(frozen=True, slots=True)
class Function:
    """A function's parameters, in the order in which it misses them."""

    parameters: tuple[str, ...]
    required: tuple[str, ...]


def _read(table: str) -> dict[str, Function]:
    found: dict[str, Function] = {}
    for line in table.replace("\n    ", " ").split("\n"):
        name, *words = line.split() or [""]
        if name:
            names = tuple(word.removesuffix("*") for word in words)
            needed = tuple(word.removesuffix("*") for word in words if word.endswith("*"))
            found[name] = Function(names, needed)
    return found


DOCUMENTED = _read(_DOCUMENTED)
"""The 29 functions of the document "API DID Functions (continued)"."""

FUNCTIONS = DOCUMENTED | _read(_PUBLIC)
"""All functions."""

LATER = {name: function.parameters for name, function in _read(_LATER).items()}
"""Parameters that the document does not have and the service does, as later documents say."""
