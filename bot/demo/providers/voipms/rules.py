"""What the simulated API accepts in a parameter, and the code with which it refuses the rest.

Which code a bad value really yields is documented for almost nothing; the codes themselves are
documented, and each stands here where its name says it belongs.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import date

from bot.demo.providers.voipms.answers import Refused
from bot.demo.providers.voipms.functions import FUNCTIONS, LATER

UNKNOWN_PARAMETER = "unknown_parameter"
"""The simulation's own code; what VoIP.ms does with such a parameter nobody has told."""

LONGEST_RANGE = 92

HEADERS = frozenset(
    {"account", "fwd", "vm", "sip", "grp", "ivr", "sys", "recording", "queue", "cb", "tc", "disa"}
    | {"none"}
)
SYSTEM = frozenset({"hangup", "busy", "noservice", "disconnected", "dtmf", "echo"})
WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
TIME_LISTS = ("starthour", "startminute", "endhour", "endminute", "weekdaystart", "weekdayend")

_MISSING = {
    "account": "missing_account",
    "billing_type": "missing_billingtype",
    "callerid": "missing_callerid",
    "callrecording": "missing_callrecording",
    "carrier": "missing_carrier",
    "choices": "missing_choices",
    "cnam": "missing_cnam",
    "date_from": "missing_from_date",
    "date_to": "missing_to_date",
    "delay_before": "missing_delay_before",
    "description": "missing_description",
    "dialtime": "missing_dialtime",
    "did": "missing_did",
    "digit_timeout": "missing_digit_timeout",
    "digits": "missing_digits",
    "email_address": "missing_email",
    "enable": "missing_enable",
    "file": "missing_file",
    "folder": "missing_folder",
    "id": "missing_id",
    "join_when_empty": "missing_join_when_empty",
    "language": "missing_language",
    "leave_when_empty": "missing_leave_when_empty",
    "listened": "missing_listened",
    "location_id": "missing_location",
    "mailbox": "missing_mailbox",
    "member_name": "missing_name",
    "members": "missing_members",
    "message": "message_empty",
    "message_num": "missing_message_num",
    "name": "missing_name",
    "number": "missing_number",
    "phone_number": "missing_phonenumber",
    "pin": "missing_pin",
    "pop": "missing_serverpop",
    "priority": "missing_priority",
    "priority_weight": "missing_priority_weight",
    "query": "missing_query",
    "queue_language": "missing_language",
    "queue_name": "missing_name",
    "queue_number": "missing_number",
    "recording": "missing_recording",
    "report_hold_time_agent": "missing_report_hold_time_agent",
    "response_timeout": "missing_response_timeout",
    "ring_inuse": "missing_ring_inuse",
    "ring_strategy": "missing_ring_strategy",
    "routing": "missing_routing",
    "routing_match": "missing_routing",
    "routing_nomatch": "missing_routing",
    "timeout": "missing_timeout",
    "timezone": "missing_timezone",
    "type": "missing_type",
    "uri": "missing_uri",
    "voicemail": "missing_mailbox",
    "voicemailsetup": "missing_voicemailsetup",
    **{name: f"missing_{name}" for name in TIME_LISTS},
}
"""Where there is no such code, it is `missing_params`."""

Check = Callable[[str], bool]


def _like(pattern: str) -> Check:
    return lambda value: re.fullmatch(pattern, value, re.ASCII) is not None


def _between(low: float, high: float, step: float = 1, word: str = "") -> Check:
    def check(value: str) -> bool:
        if word and value == word:
            return True
        if not re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII):
            return False
        number = float(value)
        return low <= number <= high and (number / step).is_integer()

    return check


def _day(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _base64(value: str) -> bool:
    try:
        return bool(base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError):
        return False


def routing_header(value: str) -> bool:
    """Whether a routing has a header that is known, and what must follow it."""
    header, colon, record = value.partition(":")
    if not colon or header not in HEADERS:
        return False
    if header == "none":
        return not record
    return record in SYSTEM if header == "sys" else bool(record)


def _each(check: Check) -> Check:
    return lambda value: all(check(part) for part in value.split(";"))


def _member(value: str) -> bool:
    to, *more = value.split(",")
    fits = not more or (len(more) == 2 and _between(1, 60)(more[0]) and more[1] in {"0", "1"})
    return fits and routing_header(to) and to.partition(":")[0] in {"account", "fwd", "sip"}


def _choice(value: str) -> bool:
    key, sign, to = value.strip().partition("=")
    return bool(sign) and _like(r"[0-9A-Za-z*#]+")(key) and routing_header(to)


_DIGITS = _like(r"\d+")
_ID = _DIGITS
_FLAG = _like("[01]")
_MONEY = _like(r"\d+(\.\d+)?")
_WHERE = _like("starts|contains|ends")

_VALUES: Mapping[str, tuple[Check, str]] = {
    "advanced": (_like("(?i:1|0|true|false)"), "missing_params"),
    "agent_ring_timeout": (_between(5, 60), "invalid_agent_ring_timeout"),
    "all_messages": (_FLAG, "invalid_type"),
    "announce_position_frecuency": (
        _between(15, 1200, 15, "none"),
        "invalid_announce_position_frequency",
    ),
    "announce_round_seconds": (_between(1, 60, 1, "none"), "invalid_announce_round_seconds"),
    "answered": (_FLAG, "no_callstatus"),
    "billing_type": (_like("[12]"), "invalid_billingtype"),
    "busy": (_FLAG, "no_callstatus"),
    "callback": (_ID, "invalid_callback"),
    "callerid": (_like(r"i|0|[2-9]\d{9}"), "invalid_callerid"),
    "carrier": (_ID, "invalid_carrier"),
    "choices": (_each(_choice), "invalid_numbermembers"),
    "cnam": (_FLAG, "invalid_cnam"),
    "date_from": (_day, "invalid_date_from"),
    "date_to": (_day, "invalid_date"),
    "dialtime": (_between(1, 60 * 60), "invalid_dialtime"),
    "did": (_like(r"\d{10,15}"), "invalid_did"),
    "digits": (_like(r"\d{3}"), "invalid_digits"),
    "disa": (_ID, "invalid_disa"),
    "dst": (_like(r"1?[2-9]\d{9}"), "invalid_dst"),
    "email_address": (_like(r"[^@\s]+@[^@\s]+"), "invalid_email"),
    "email_enabled": (_FLAG, "invalid_email_enable"),
    "enable": (_FLAG, "missing_enable"),
    "endhour": (_each(_between(0, 23)), "invalid_endhour"),
    "endminute": (_each(_between(0, 59)), "invalid_endminute"),
    "failed": (_FLAG, "no_callstatus"),
    "file": (_base64, "invalid_file"),
    "filter": (_ID, "invalid_filter"),
    "format": (_like("mp3|wav|wav49|gsm"), "invalid_email_attachment_format"),
    "forwarding": (_ID, "invalid_forwarding"),
    "frequency_announcement": (_between(15, 1200, 15, "none"), "invalid_frequency_announcement"),
    "from": (_day, "invalid_date"),
    "ivr": (_ID, "invalid_ivr"),
    "join_when_empty": (_like("yes|no|strict"), "invalid_join_empty_type"),
    "leave_when_empty": (_like("yes|no|strict"), "invalid_join_empty_type"),
    "limit": (_between(1, 1_000_000), "invalid_quantity"),
    "listened": (_like("yes|no"), "invalid_listened"),
    "location_id": (_ID, "invalid_location"),
    "maximum_callers": (_between(1, 60, 1, "unlimited"), "invalid_maximum_callers"),
    "maximum_wait_time": (_between(30, 1200, 30, "unlimited"), "invalid_maximum_wait_time"),
    "media_as_array": (_FLAG, "invalid_type"),
    "member": (_ID, "invalid_member"),
    "member_delay": (_between(1, 15, 1, "none"), "invalid_member_delay"),
    "members": (_each(_member), "invalid_numbermembers"),
    "message_num": (_DIGITS, "invalid_message_num"),
    "minute": (_MONEY, "invalid_minute"),
    "monthly": (_MONEY, "invalid_monthly"),
    "noanswer": (_FLAG, "no_callstatus"),
    "pause": (_between(0, 10, 0.5), "invalid_pause"),
    "phone_number": (_like(r"\d{7,20}"), "invalid_phonenumber"),
    "phonebook": (_ID, "invalid_phonebook"),
    "pop": (_DIGITS, "invalid_serverpop"),
    "priority": (_DIGITS, "invalid_priority"),
    "priority_weight": (_between(1, 60), "invalid_priority_weight"),
    "quantity": (_between(1, 100), "invalid_quantity"),
    "retry_timer": (_between(5, 60, 1, "none"), "invalid_retry_timer"),
    "ring_group": (_ID, "invalid_ringgroup"),
    "ring_inuse": (_like("yes|no"), "invalid_ring_inuse"),
    "routing": (routing_header, "invalid_routing_header"),
    "routing_match": (routing_header, "invalid_routing_header"),
    "routing_nomatch": (routing_header, "invalid_routing_header"),
    "setup": (_MONEY, "invalid_setup"),
    "sipuri": (_ID, "invalid_sipuri"),
    "sms_forward": (_like(r"1?[2-9]\d{9}"), "invalid_sms_forward"),
    "sms_forward_enable": (_FLAG, "invalid_forward_enable"),
    "starthour": (_each(_between(0, 23)), "invalid_starthour"),
    "startminute": (_each(_between(0, 59)), "invalid_startminute"),
    "test": (_like("true|1"), "missing_params"),
    "thankyou_for_your_patience": (_like("yes|no"), "invalid_thankyou_for_your_patience"),
    "timecondition": (_ID, "invalid_timecondition"),
    "to": (_day, "invalid_date"),
    "uri": (_like(r"[^@\s]+@[^@\s]+"), "invalid_sipuri"),
    "url_callback_enable": (_FLAG, "invalid_callback_enable"),
    "url_callback_retry": (_FLAG, "invalid_callback_retry"),
    "weekdayend": (_each(WEEKDAYS.__contains__), "invalid_weekdayend"),
    "weekdaystart": (_each(WEEKDAYS.__contains__), "invalid_weekdaystart"),
    "wrapup_time": (_between(1, 60, 1, "none"), "invalid_wrapup_time"),
    **{
        name: (routing_header, "invalid_failover_header")
        for function in FUNCTIONS.values()
        for name in function.parameters
        if name.startswith(("failover_", "fail_over_routing_"))
    },
}

_OF_FUNCTION: Mapping[tuple[str, str], tuple[Check, str]] = {
    ("setCallerIDFiltering", "did"): (_like(r"all|\d{10,15}"), "invalid_did"),
    ("getCallerIDFiltering", "did"): (_like(r"all|\d{10,15}"), "invalid_did"),
    ("getCDR", "timezone"): (_between(-12, 13, 0.25), "invalid_timezone"),
    ("getSMS", "timezone"): (_between(-12, 13, 0.25), "invalid_timezone"),
    ("getMMS", "timezone"): (_between(-12, 13, 0.25), "invalid_timezone"),
    ("getSMS", "type"): (_FLAG, "invalid_type"),
    ("getMMS", "type"): (_FLAG, "invalid_type"),
    ("searchDIDsCAN", "type"): (_WHERE, "invalid_type"),
    ("searchDIDsUSA", "type"): (_WHERE, "invalid_type"),
    ("searchTollFreeCanUS", "type"): (_WHERE, "invalid_type"),
    ("searchTollFreeUSA", "type"): (_WHERE, "invalid_type"),
    ("searchVanity", "type"): (_like(r"8\*\*|800|833|844|855|866|877|888"), "invalid_type"),
    ("searchVanity", "query"): (_like(r"[0-9A-Za-z*]{7}"), "invalid_query"),
    ("setRecording", "recording"): (_ID, "invalid_recording"),
    ("setIVR", "recording"): (_ID, "invalid_recording"),
    ("setQueue", "queue"): (_ID, "invalid_queue"),
    ("setRingGroup", "voicemail"): (_DIGITS, "invalid_mailbox"),
}


def check(name: str, given: Mapping[str, str]) -> None:
    """Look at a call's parameters; what is missing is told one at a time, as it was seen.

    Raises:
        Refused: something is missing, or looks wrong.
    """
    if code := _refusal(name, given):
        raise Refused(code, f"{name} with {', '.join(given) or 'nothing'}")


def _refusal(name: str, given: Mapping[str, str]) -> str:
    function = FUNCTIONS[name]
    known = {*function.parameters, *LATER.get(name, ())}
    if not known.issuperset(given):
        return UNKNOWN_PARAMETER
    required = function.required
    if name == "setRecording" and given.get("recording"):
        required = () if given.get("file") or given.get("name") else ("name",)
    for parameter in required:
        # A delay of 0 counts as none, as it was seen.
        if not given.get(parameter) or (parameter, given[parameter]) == ("delay_before", "0"):
            return _MISSING.get(parameter, "missing_params")
    for parameter, value in given.items():
        if value == "" and parameter not in required:
            continue
        fits, code = _OF_FUNCTION.get((name, parameter)) or _VALUES.get(parameter) or (None, "")
        if fits is not None and not fits(value):
            return code
    return _together(name, given)


def _together(name: str, given: Mapping[str, str]) -> str:
    if name == "setTimeCondition":
        if len({len(given[column].split(";")) for column in TIME_LISTS}) > 1:
            return "invalid_numbermembers"
        if "none:" in (given["routing_match"], given["routing_nomatch"]):
            return "invalid_routing_header"
    flags = ("answered", "noanswer", "busy", "failed")
    if name == "getCDR" and not any(given.get(flag) == "1" for flag in flags):
        return "no_callstatus"
    message = given.get("message", "")
    if name == "sendSMS" and len(message.encode()) > 160:
        return "sms_toolong"
    if name == "sendMMS" and len(message.encode()) > 2048:
        return "sms_toolong"
    for first, last in (("date_from", "date_to"), ("from", "to")):
        if given.get(first) and given.get(last):
            days = (date.fromisoformat(given[last]) - date.fromisoformat(given[first])).days
            if not 0 <= days <= LONGEST_RANGE:
                return "invalid_daterange"
    return ""
