"""A call of every function of VoIP.ms: what is given, and a part of what comes back."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from bot.demo.providers.voipms.seed import MONTREAL
from bot.providers.voipms.parameters import NEW

SOUND = base64.b64encode(b"a sound").decode()
ORDER = {"routing": "none:", "pop": "5", "dialtime": "60", "cnam": "1", "test": "true"}
DAYS = {"date_from": "2026-06-01", "date_to": "2026-07-01"}
HOURS = {
    "starthour": "8;8",
    "startminute": "0;0",
    "endhour": "16;12",
    "endminute": "0;0",
    "weekdaystart": "mon;sat",
    "weekdayend": "fri;sat",
}
QUEUE = {
    "queue_name": "Sales",
    "queue_number": "302",
    "queue_language": "en",
    "priority_weight": "1",
    "report_hold_time_agent": "no",
    "join_when_empty": "yes",
    "leave_when_empty": "strict",
    "ring_strategy": "ringall",
    "ring_inuse": "no",
    "member_delay": "none",
    "maximum_wait_time": "600",
    "maximum_callers": "unlimited",
    "agent_ring_timeout": "20",
    "retry_timer": "5",
    "wrapup_time": "none",
    "frequency_announcement": "60",
    "if_announce_position_enabled_report_estimated_hold_time": "once",
    "thankyou_for_your_patience": "yes",
    "fail_over_routing_full": "vm:101",
    "queue_password": "0042",
}


@dataclass(frozen=True)
class Case:
    """A call: what is given, and a part of what comes back."""

    name: str
    given: dict[str, str]
    answer: dict[str, Any] = field(default_factory=dict)


CASES = [
    # Numbers
    Case("getDIDsInfo", {"did": MONTREAL}, {"dids": [{"did": MONTREAL, "cnam": True}]}),
    Case(
        "setDIDInfo",
        {
            "did": MONTREAL,
            "routing": "grp:4768",
            "failover_busy": "vm:101",
            "voicemail": "101",
            "pop": "3",
            "dialtime": "30",
            "cnam": "0",
            "callerid_prefix": "MTL",
            "note": "front door",
            "billing_type": "2",
        },
    ),
    Case("setDIDRouting", {"did": MONTREAL, "routing": "account:100001_VoIP"}),
    Case("setDIDPOP", {"did": MONTREAL, "pop": "3"}),
    Case("setDIDVoicemail", {"did": MONTREAL, "voicemail": "102"}),
    Case("setDIDBillingType", {"did": MONTREAL, "billing_type": "2"}),
    Case("unconnectDID", {"did": MONTREAL}),
    # Orders and searches
    Case("orderDIDInternationalTollFree", {"location_id": "7", "quantity": "2", **ORDER}),
    Case("orderDIDVirtual", {"digits": "001", **ORDER}),
    Case("orderTollFree", {"did": "8775550153", **ORDER}),
    Case("orderVanity", {"did": "8775554646", "carrier": "1", **ORDER}),
    Case(
        "searchDIDsCAN",
        {"province": "QC", "type": "starts", "query": "514"},
        {"dids": [{"did": "5145550150", "perminute_minute": "0.0090"}]},
    ),
    Case(
        "searchDIDsUSA",
        {"type": "contains", "query": "786"},
        {"dids": [{"ratecenter": "MIAMI", "state": "FL"}]},
    ),
    Case(
        "searchTollFreeCanUS", {"type": "starts", "query": "877"}, {"dids": [{"monthly": "1.49"}]}
    ),
    Case("searchTollFreeUSA", {}, {"dids": [{"minute_alaska": "0.17"}]}),
    Case("searchVanity", {"type": "8**", "query": "***HOHO"}, {"dids": [{"setup_canadian": "30"}]}),
    Case("getProvinces", {}, {"provinces": [{"province": "QC"}]}),
    Case("getStates", {}, {"states": [{"state": "FL"}]}),
    Case("getCarriers", {"carrier": "2"}, {"carriers": [{"value": "2"}]}),
    # Where calls can go
    Case("getForwardings", {}, {"forwardings": [{"diversion_header": True}]}),
    Case(
        "setForwarding",
        {
            "forwarding": "15555",
            "phone_number": "4165550199",
            "description": "On call",
            "dtmf_digits": "12",
            "pause": "1.5",
        },
        {"forwarding": "15555"},
    ),
    Case("getCallbacks", {}, {"status": "no_callback", "callbacks": []}),
    Case(
        "setCallback",
        {
            "callback": NEW,
            "description": "Home",
            "number": "4505550118",
            "delay_before": "5",
            "response_timeout": "10",
            "digit_timeout": "5",
        },
        {"callback": "60000"},
    ),
    Case("getCallerIDFiltering", {"did": "all"}, {"filtering": [{"filtering": "18915"}]}),
    Case(
        "setCallerIDFiltering",
        {"filter": "18915", "callerid": "0", "did": MONTREAL, "routing": "sys:busy"},
        {"filtering": "18915"},
    ),
    Case("getDISAs", {}, {"status": "no_disa", "disa": []}),
    Case(
        "setDISA",
        {"disa": NEW, "name": "Abroad", "pin": "0042", "digit_timeout": "5"},
        {"disa": "60000"},
    ),
    Case("getSIPURIs", {"sipuri": "5096"}, {"sipuris": [{"callerid_e164": False}]}),
    Case("setSIPURI", {"sipuri": NEW, "uri": "5552223333@sip.voip.ms"}, {"sipuri": None}),
    Case("getPhonebook", {"name": "jane"}, {"phonebooks": [{"speed_dial": "*7501"}]}),
    Case(
        "setPhonebook",
        {"phonebook": NEW, "name": "Door", "number": "sip:5096"},
        {"phonebook": "60000"},
    ),
    Case("getCallHuntings", {}, {"status": "no_callhunting", "call_hunting": []}),
    # Groups
    Case("getRingGroups", {"ring_group": "4768"}, {"ring_groups": [{"voicemail": "101"}]}),
    Case(
        "setRingGroup",
        {
            "ring_group": "4768",
            "name": "Reception",
            "members": "account:100001_VoIP;fwd:15555,10,1",
            "voicemail": "0",
        },
        {"ring_group": "4768"},
    ),
    Case("getIVRs", {}, {"ivrs": [{"recording": "7567", "timeout": 10}]}),
    Case(
        "setIVR",
        {
            "ivr": NEW,
            "name": "Night",
            "recording": "7567",
            "timeout": "10",
            "language": "en",
            "voicemailsetup": "1",
            "choices": "1=sip:5096;2=fwd:15555",
        },
        {"ivr": "60000"},
    ),
    Case("getTimeConditions", {}, {"timecondition": [{"weekdaystart": "mon;sat"}]}),
    Case(
        "setTimeCondition",
        {
            "timecondition": "1830",
            "name": "Hours",
            "routing_match": "grp:4768",
            "routing_nomatch": "sys:hangup",
            **HOURS,
        },
        {"timecondition": "1830"},
    ),
    # Queues
    Case("getQueues", {}, {"queues": [{"queue": "4764", "queue_password": "•••"}]}),
    Case("setQueue", {"queue": NEW, **QUEUE}, {"queue": "60000"}),
    Case("getStaticMembers", {"queue": "4764"}, {"members": [{"account": "SIP/100001_VoIP"}]}),
    Case(
        "setStaticMember",
        {
            "member": NEW,
            "queue": "4764",
            "member_name": "Marie",
            "account": "100001_Mobile",
            "priority": "0",
        },
        {"member": "60000"},
    ),
    Case("getRingStrategies", {}, {"strategies": [{"value": "ringall"}]}),
    Case("getJoinWhenEmptyTypes", {"type": "strict"}, {"types": [{"value": "strict"}]}),
    Case("getReportEstimatedHoldTime", {}, {"types": [{"value": "yes"}]}),
    # Sounds
    Case("getRecordings", {}, {"recordings": [{"value": "7567", "description": "welcome"}]}),
    Case("getRecordingFile", {"recording": "7567"}, {"recordings": {"value": "7567"}}),
    Case("setRecording", {"recording": NEW, "file": SOUND, "name": "bye"}, {"recording": "60000"}),
    Case("getMusicOnHold", {}, {"music_on_hold": [{"value": "default"}]}),
    Case("getLanguages", {"language": "fr"}, {"languages": [{"description": "French"}]}),
    # Texts
    Case(
        "sendSMS",
        {"did": MONTREAL, "dst": "4505550118", "message": "Déjà vu & #1; naïve!"},
        {"sms": "60000"},
    ),
    Case(
        "sendMMS",
        {
            "did": MONTREAL,
            "dst": "4505550118",
            "message": "x" * 2048,
            "media1": "https://media.example.com/door.jpg",
        },
        {"mms": "60000"},
    ),
    Case(
        "setSMS",
        {
            "did": MONTREAL,
            "enable": "1",
            "email_enabled": "0",
            "url_callback_enable": "1",
            "url_callback": "https://example.com/sms?to={TO}&from={FROM}&message={MESSAGE}",
            "url_callback_retry": "1",
        },
    ),
    Case(
        "getSMS",
        {"from": "2026-06-30", "to": "2026-07-01", "type": "1", "limit": "20", "timezone": "-5"},
        {"sms": [{"id": "5853", "date": "2026-07-01 03:30:00"}]},
    ),
    Case("getMMS", {}, {"sms": [{"media": ["https://media.example.com/door.jpg"]}]}),
    Case("getMediaMMS", {"id": "5854"}, {"media": ["https://media.example.com/door.jpg"]}),
    Case("deleteSMS", {"id": "5853"}),
    Case("deleteMMS", {"id": "5854"}),
    # Voicemail
    Case(
        "getVoicemails",
        {"mailbox": "101"},
        {"voicemails": [{"new": 2, "password": "•••", "skip_password": False}]},
    ),
    Case("getVoicemailFolders", {}, {"folders": [{"value": "INBOX"}]}),
    Case(
        "getVoicemailMessages",
        {"mailbox": "101", "folder": "INBOX"},
        {"messages": [{"message_num": 0, "listened": False}]},
    ),
    Case(
        "getVoicemailMessageFile",
        {"mailbox": "101", "folder": "INBOX", "message_num": "1", "format": "wav"},
        {"message": {"data": base64.b64encode(b"The cleaners come at six").decode()}},
    ),
    Case(
        "getVoicemailTranscriptions",
        {**DAYS, "mailbox": "101", "folder": "INBOX"},
        {"messages": [{"folder": "INBOX"}]},
    ),
    Case("getVoicemailSetups", {}, {"voicemailsetups": [{"value": "1"}]}),
    Case(
        "markListenedVoicemailMessage",
        {"mailbox": "101", "folder": "INBOX", "message_num": "0", "listened": "yes"},
    ),
    Case("delMessages", {"mailbox": "101", "folder": "INBOX", "message_num": "0"}),
    Case(
        "sendVoicemailEmail",
        {
            "mailbox": "101",
            "folder": "INBOX",
            "message_num": "0",
            "email_address": "marie@example.com",
        },
    ),
    # Calls
    Case(
        "getCDR",
        {**DAYS, "answered": "1", "busy": "1", "timezone": "-5", "account": "all"},
        {"cdr": [{"disposition": "BUSY", "seconds": 0}]},
    ),
    Case("getCallAccounts", {}, {"accounts": [{"value": "all"}]}),
    Case("getCallBilling", {}, {"call_billing": [{"value": "all"}]}),
    Case("getCallTypes", {}, {"call_types": [{"value": "all"}]}),
    Case(
        "getCallRecordings",
        {"account": "all", **DAYS, "start": "0", "length": "1", "call_type": "incoming"},
        {"recordings": [{"type": "incoming"}]},
    ),
    Case(
        "getCallRecording",
        {"account": "100001", "callrecording": "1751000000"},
        {"base64file": base64.b64encode(b"the call 1751000000").decode()},
    ),
    # The account
    Case("getIP", {}, {"ip": "127.0.0.1"}),
    Case("getBalance", {"advanced": "1"}, {"balance": {"calls_total": 6}}),
    Case("getServersInfo", {"server_pop": "5"}, {"servers": [{"server_recommended": True}]}),
    Case("getTransactionHistory", DAYS, {"transactions": [{"ammount": "50.00"}]}),
    Case("getSubAccounts", {}, {"accounts": [{"password": "•••", "nat": True}]}),
    Case(
        "getRegistrationStatus",
        {"account": "100001_VoIP"},
        {"registered": True, "registrations": [{"register_port": 5060}]},
    ),
    Case("getTimezones", {}, {"timezones": [{"value": "America/Montreal"}]}),
    Case("getRoutes", {}, {"routes": [{"value": "1"}]}),
]

IDS = {
    "setCallback": "callback",
    "setCallerIDFiltering": "filter",
    "setDISA": "disa",
    "setForwarding": "forwarding",
    "setIVR": "ivr",
    "setPhonebook": "phonebook",
    "setRecording": "recording",
    "setQueue": "queue",
    "setRingGroup": "ring_group",
    "setSIPURI": "sipuri",
    "setStaticMember": "member",
    "setTimeCondition": "timecondition",
}
"""The twelve functions that make a record where its id is missing."""
