"""Every function of VoIP.ms over HTTP: sent as documented, refused before sending, decoded."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.demo.providers.voipms import SimulatedVoipms
from bot.demo.providers.voipms.api import ANSWERS
from bot.demo.providers.voipms.functions import DOCUMENTED, FUNCTIONS
from bot.demo.providers.voipms.seed import MONTREAL
from bot.domain.errors import NotFound, ProviderRejected, UsageError
from bot.providers.operations import Effect, FileContent, Operation, Place, find
from bot.providers.voipms import SPEC
from bot.providers.voipms.client import VoipmsAccount
from bot.providers.voipms.operations.groups import SetTimeCondition
from bot.providers.voipms.parameters import NEW
from bot.providers.voipms.routing import Routing
from tests.providers.conftest import Answering
from tests.providers.voipms_office import HOOK_SECRET, connected, operation, simulated

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

_IDS = {
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


@pytest.fixture
async def voipms() -> AsyncIterator[SimulatedVoipms]:
    async with simulated() as running:
        yield running


@pytest.fixture
async def account(voipms: SimulatedVoipms) -> AsyncIterator[VoipmsAccount]:
    async with connected(voipms.url) as one:
        yield one


def shown(result: Any, name: str) -> Any:
    """A result as the command line prints it."""
    found = find(SPEC.operations, name)
    assert found is not None
    return json.loads(found.result.dump_json(result))


def holds(answer: Any, part: Any) -> bool:
    """Whether a part stands in an answer; of a list, the first rows."""
    if isinstance(part, dict):
        return all(name in answer and holds(answer[name], inner) for name, inner in part.items())
    if isinstance(part, list) and part:
        return len(answer) >= len(part) and all(map(holds, answer, part))
    return bool(answer == part)


def test_every_function_is_there() -> None:
    assert len(DOCUMENTED) == 29
    names = [one.name for one in SPEC.operations]
    assert sorted(names) == sorted(FUNCTIONS) == sorted(case.name for case in CASES)
    assert set(ANSWERS) == set(FUNCTIONS)


@pytest.mark.parametrize("found", SPEC.operations, ids=lambda found: found.name)
def test_declared_as_documented(found: type[Operation[Any]]) -> None:
    function = FUNCTIONS[found.name]
    declared = {parameter.name: parameter for parameter in found.parameters()}
    assert sorted(declared) == sorted(function.parameters)
    required = {name for name, parameter in declared.items() if parameter.required}
    # Said rather than left out: making a record, and emptying a mailbox.
    said = {_IDS.get(found.name)} | ({"folder"} if found.name == "delMessages" else set())
    either = {"file", "name"} if found.name == "setRecording" else set()
    assert required == (set(function.required) | (said - {None})) - either
    for parameter in declared.values():
        assert parameter.description
        assert parameter.place is (Place.QUERY if found.effect is Effect.READS else Place.BODY)


def test_what_costs_money_or_is_final_says_so() -> None:
    effects = {one.name: one.effect for one in SPEC.operations}
    orders = [name for name in FUNCTIONS if name.startswith("order")]
    for name in (*orders, "sendSMS", "sendMMS", "setDIDInfo", "setDIDBillingType"):
        assert effects[name] is Effect.COSTS_MONEY
    for name in ("unconnectDID", "delMessages", "deleteSMS", "deleteMMS", "sendVoicemailEmail"):
        assert effects[name] is Effect.CANNOT_BE_UNDONE
    for name in FUNCTIONS:
        if name.startswith(("get", "search")):
            assert effects[name] is Effect.READS
    rehearsed = {one.name for one in SPEC.operations if one.rehearsal == "test"}
    assert rehearsed == set(orders) == {n for n, f in FUNCTIONS.items() if "test" in f.parameters}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_sent_as_documented(
    account: VoipmsAccount, voipms: SimulatedVoipms, case: Case
) -> None:
    call = operation(case.name, **case.given)
    answer = shown(await account.call(call), case.name)
    assert len(voipms.account.requests) == 1
    seen = voipms.account.requests[0]
    assert seen.verb == ("GET" if call.effect is Effect.READS else "POST")
    assert seen.method == case.name
    # The word for making one is ours; there it is an id that is not given.
    sent = {name: value for name, value in case.given.items() if value != NEW}
    assert seen.given == sent
    assert not voipms.account.refusals or answer["status"] != "success"
    assert holds(answer, case.answer or {"status": "success"}), answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_required_parameter_is_missed_before_sending(case: Case) -> None:
    found = find(SPEC.operations, case.name)
    assert found is not None
    for parameter in found.parameters():
        if parameter.required:
            given = {key: value for key, value in case.given.items() if key != parameter.name}
            with pytest.raises(UsageError, match=rf"\b{parameter.name}: is required"):
                found.read(given)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_unknown_parameters_and_values_are_refused_before_sending(case: Case) -> None:
    found = find(SPEC.operations, case.name)
    assert found is not None
    with pytest.raises(UsageError, match="colour: there is no such parameter"):
        found.read({**case.given, "colour": "red"})
    for parameter in found.parameters():
        if parameter.choices or {"boolean", "integer"} & set(parameter.types):
            with pytest.raises(UsageError, match=rf"\b{parameter.name}: "):
                found.read({**case.given, parameter.name: "whatever"})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_no_other_code_is_taken_for_success(answering: Answering, case: Case) -> None:
    """Neither an unknown code, nor the code with which another function's list is empty."""
    for code in ("no_such_code_yet", "no_provision_update", "no_vpri"):
        server = await answering(200, {"status": code, "message": "Something is off."})
        async with connected(server.url) as account:
            with pytest.raises((ProviderRejected, NotFound)) as caught:
                await account.call(operation(case.name, **case.given))
        assert caught.value.code == code
        assert caught.value.operation == case.name
        assert "Something is off" in caught.value.user_message
        assert code in caught.value.user_message
        assert server.requests == 1


# An id that was lost never makes a record


@pytest.mark.parametrize(("name", "id_"), _IDS.items())
async def test_a_lost_id_makes_nothing(
    account: VoipmsAccount, voipms: SimulatedVoipms, name: str, id_: str
) -> None:
    given = next(case.given for case in CASES if case.name == name)
    for lost in ("", " ", "0x1", "-1", "none", "None", None, True):
        with pytest.raises(UsageError, match=rf"\b{id_}: .*the word new"):
            operation(name, **{**given, id_: lost})
    with pytest.raises(UsageError, match=rf"\b{id_}: is required"):
        operation(name, **{key: value for key, value in given.items() if key != id_})
    with pytest.raises(ProviderRejected, match="invalid_"):
        await account.call(operation(name, **{**given, id_: 999}))
    await account.call(operation(name, **{**given, id_: NEW}))
    assert id_ not in voipms.account.requests[-1].given


# Bad input


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("setDIDRouting", {"did": "abc"}, "did: is no number"),
        ("setDIDRouting", {"did": "911"}, "did: is no number"),
        ("setDIDRouting", {"did": "٥١٤٥٥٥٠١٢٣"}, "did: is no number"),
        ("setDIDRouting", {"routing": "fax:1"}, "routing: “fax” is no header"),
        ("setDIDRouting", {"routing": 15555}, "routing: is written as text"),
        ("setDIDInfo", {"failover_busy": "none"}, "failover_busy: “none” is no routing"),
        ("setDIDInfo", {"cnam": "2"}, "cnam: "),
        ("setDIDInfo", {"billing_type": "3"}, "billing_type: "),
        ("setDIDInfo", {"pop": True}, "pop: "),
        ("orderDIDVirtual", {"digits": "1"}, "digits: is three digits"),
        ("orderDIDVirtual", {"digits": 1}, "digits: "),
        ("orderTollFree", {"test": "perhaps"}, "test: "),
        ("orderTollFree", {"monthly": "-1"}, "monthly: "),
        ("orderDIDInternationalTollFree", {"quantity": "0"}, "quantity: "),
        ("searchVanity", {"query": "HELLO"}, "query: is seven"),
        ("searchVanity", {"type": "900"}, "type: "),
        ("sendSMS", {"message": "a" * 161}, "message: has 161 bytes, and 160 is the most"),
        ("sendSMS", {"message": "é" * 81}, "message: has 162 bytes"),
        ("sendSMS", {"message": "😀" * 41}, "message: has 164 bytes"),
        ("sendSMS", {"message": ""}, "message: must not be empty"),
        ("sendSMS", {"dst": "442079460000"}, "dst: is no number of the United States or Canada"),
        ("sendMMS", {"message": "a" * 2049}, "message: has 2049 bytes"),
        ("setTimeCondition", {"endhour": "16"}, "endhour: has 1 elements, and starthour has 2"),
        ("setTimeCondition", {"weekdayend": "fri;sat;sun"}, "weekdayend: has 3 elements"),
        ("setTimeCondition", {"starthour": "8;24"}, "starthour: “24” is no number from 0 to 23"),
        ("setTimeCondition", {"startminute": "0;60"}, "startminute: “60”"),
        ("setTimeCondition", {"weekdaystart": "1;6"}, "weekdaystart: “1” is no day"),
        ("setTimeCondition", {"routing_nomatch": "none:"}, "routing_nomatch: .*sys:hangup"),
        ("setRingGroup", {"members": "vm:101"}, "members: a member is one of account, fwd, sip"),
        ("setRingGroup", {"members": "account:1,25"}, "members: .* is no member"),
        ("setIVR", {"choices": "1=fwd:1;1=fwd:2"}, "choices: the key 1 is there twice"),
        ("setIVR", {"choices": "fwd:1"}, "choices: “fwd:1” is no choice"),
        ("setForwarding", {"pause": "0.7"}, "pause: "),
        ("setForwarding", {"pause": "10.5"}, "pause: "),
        ("setForwarding", {"phone_number": "+14165550199"}, "phone_number: is no number"),
        ("setCallerIDFiltering", {"callerid": "anonymous"}, "callerid: is ten digits, 0 or i"),
        ("setQueue", {"member_delay": "16"}, "member_delay: is 1 to 15, or none"),
        ("setQueue", {"maximum_wait_time": "45"}, "maximum_wait_time: is 30 to 1200 in steps of"),
        ("setQueue", {"maximum_callers": "none"}, "maximum_callers: is 1 to 60, or unlimited"),
        ("setQueue", {"frequency_announcement": "1215"}, "frequency_announcement: "),
        ("setQueue", {"priority_weight": "61"}, "priority_weight: "),
        ("setQueue", {"join_when_empty": "maybe"}, "join_when_empty: "),
        ("setRecording", {"file": "not base64!"}, "file: is no content of a file in base64"),
        ("setSMS", {"url_callback": "ftp://example.com"}, "url_callback: is no address"),
        ("setSMS", {"email_address": "marie"}, "email_address: is no mail address"),
        ("getCDR", {"timezone": "14"}, "timezone: "),
        ("getCDR", {"date_to": "2026-05-31"}, "date_to: is before the first day"),
        ("getCDR", {"date_to": "2026-09-02"}, "date_to: is more than 92 days after"),
        ("getCDR", {"date_from": "2026-02-30"}, "date_from: is no day like"),
        ("getCDR", {"date_from": "1.6.2026"}, "date_from: is no day like"),
        ("getCDR", {"answered": "0", "busy": "0"}, "answered, noanswer, busy, failed: one of"),
        ("getSMS", {"from": "2026-01-01"}, "to: is more than 92 days after"),
        ("delMessages", {"folder": "all"}, "message_num: is a position in one folder"),
    ],
)
def test_refused_before_anything_is_sent(name: str, given: dict[str, Any], words: str) -> None:
    good = next(case.given for case in CASES if case.name == name)
    with pytest.raises(UsageError, match=words):
        operation(name, **{**good, **given})


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        operation("setTimeCondition", timecondition="1830", starthour="8;8", endhour="25;1")
    said = caught.value.user_message
    for name in ("name", "routing_match", "weekdayend"):
        assert f"{name}: is required" in said
    assert "endhour: “25”" in said


def test_160_bytes_are_sent() -> None:
    given = {"did": MONTREAL, "dst": "4505550118"}
    operation("sendSMS", **given, message="é" * 80)
    operation("sendSMS", **given, message="a" * 160)


# Ways to say a value


async def test_words_of_a_command_line_arrive_as_documented(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    typed = {"routing": "none:", "pop": 5, "dialtime": 60, "cnam": "true", "monthly": 3.5}
    await account.call(operation("orderDIDVirtual", digits="001", **typed, test=True))
    sent = voipms.account.requests[-1].given
    assert sent["digits"] == "001"
    assert sent["cnam"] == "1"
    assert sent["monthly"] == "3.5"
    assert sent["test"] == "true"


async def test_a_rehearsal_orders_nothing(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    order = {"did": "8775550153", "routing": "none:", "pop": "5", "dialtime": "60", "cnam": "0"}
    await account.call(operation("orderTollFree", **order, test="true"))
    assert "8775550153" not in voipms.account.numbers
    await account.call(operation("orderTollFree", **order, test="false"))
    # Whatever is sent for it might count as true.
    assert "test" not in voipms.account.requests[-1].given
    assert "8775550153" in voipms.account.numbers


async def test_a_file_is_encoded(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    raw = FileContent(b"RIFF\x00\xffWAVE", "hello.wav")
    made = await account.call(operation("setRecording", recording=NEW, name="hello", file=raw))
    encoded = base64.b64encode(raw.content).decode()
    assert voipms.account.recordings[made.recording]["data"] == encoded
    again = operation("setRecording", recording=made.recording, file=FileContent(encoded.encode()))
    await account.call(again)
    assert voipms.account.recordings[made.recording]["data"] == encoded
    assert voipms.account.recordings[made.recording]["description"] == "hello"


def test_a_new_recording_needs_both() -> None:
    for given in ({"name": "hello"}, {"file": SOUND}):
        with pytest.raises(UsageError, match="file, name: a new recording needs both"):
            operation("setRecording", recording=NEW, **given)
    with pytest.raises(UsageError, match="give what is to change"):
        operation("setRecording", recording="7567")


async def test_emptying_a_mailbox_is_said(account: VoipmsAccount, voipms: SimulatedVoipms) -> None:
    with pytest.raises(UsageError, match="folder: is required"):
        operation("delMessages", mailbox="101")
    await account.call(operation("delMessages", mailbox="101", folder="all"))
    assert voipms.account.requests[-1].given == {"mailbox": "101"}
    assert not voipms.account.messages


# Answers


ODD = {
    "status": "success",
    "dids": {
        "did": 5145550123,
        "cnam": "yes",
        "dialtime": "sixty",
        "voicemail": [],
        "reseller_monthly": 0.85,
        "sms_enabled": True,
        "note": None,
        "colour": {"nested": ["kept"]},
    },
    "more": [1, {"kept": True}],
}


async def test_a_tolerant_reader(answering: Answering) -> None:
    server = await answering(200, ODD)
    async with connected(server.url) as account:
        answer = await account.call(operation("getDIDsInfo"))
    row = shown(answer, "getDIDsInfo")["dids"][0]
    assert row["did"] == "5145550123"
    assert row["cnam"] is True
    assert row["sms_enabled"] is True
    assert row["dialtime"] == "sixty"
    assert row["voicemail"] == ""
    assert row["reseller_monthly"] == "0.85"
    assert row["colour"] == {"nested": ["kept"]}
    assert shown(answer, "getDIDsInfo")["more"] == [1, {"kept": True}]


@pytest.mark.parametrize(
    ("dids", "count"),
    [([], 0), ("", 0), (None, 0), ({"did": "1"}, 1), ({"0": {"did": "1"}, "2": {"did": "2"}}, 2)],
)
async def test_lists_in_every_shape(answering: Answering, dids: Any, count: int) -> None:
    server = await answering(200, {"status": "success", "dids": dids})
    async with connected(server.url) as account:
        answer = await account.call(operation("getDIDsInfo"))
    assert len(answer.dids) == count


@pytest.mark.parametrize("listed", [True, False])
async def test_a_file_in_a_list_or_bare(answering: Answering, listed: bool) -> None:
    row = {"value": "7567", "data": SOUND}
    server = await answering(200, {"status": "success", "recordings": [row] if listed else row})
    async with connected(server.url) as account:
        answer = await account.call(operation("getRecordingFile", recording="7567"))
    assert answer.recordings.data == SOUND


async def test_success_without_a_list(answering: Answering) -> None:
    server = await answering(200, {"status": "success"})
    async with connected(server.url) as account:
        assert (await account.call(operation("searchTollFreeUSA"))).dids == []


@pytest.mark.parametrize("name", ["deleteSMS", "deleteMMS", "delMessages"])
async def test_a_deletion_may_be_answered_with_nothing(answering: Answering, name: str) -> None:
    server = await answering(200, b"")
    given = next(case.given for case in CASES if case.name == name)
    async with connected(server.url) as account:
        assert (await account.call(operation(name, **given))).status == "success"


async def test_secrets_in_answers_are_masked(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    number = voipms.account.numbers[MONTREAL]
    number["smpp_pass"] = "smpp-secret"
    number["sms_url_callback"] = f"https://example.com/hooks/montreal/{HOOK_SECRET}/sms?x=1"
    secrets = ["smpp-secret", HOOK_SECRET, "4821", "sip-secret", "7391", "2468", "0042"]
    await account.call(operation("setDISA", disa=NEW, name="d", pin="0042", digit_timeout="5"))
    for name in ("getDIDsInfo", "getSubAccounts", "getVoicemails", "getQueues", "getDISAs"):
        answer = await account.call(operation(name))
        for text in (str(shown(answer, name)), repr(answer)):
            assert "•••" in text or name == "getDIDsInfo"
            assert not [secret for secret in secrets if secret in text]


async def test_a_free_number_list_is_no_error(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    voipms.account.numbers.clear()
    answer = await account.call(operation("getDIDsInfo"))
    assert (answer.status, answer.dids) == ("no_did", [])
    assert await account.numbers() == []


async def test_a_time_condition_is_made_of_rules(
    account: VoipmsAccount, voipms: SimulatedVoipms
) -> None:
    held = (await account.call(operation("getTimeConditions"))).timecondition[0]
    call = SetTimeCondition.of(
        NEW,
        "Copy",
        held.rules(),
        match=Routing("grp", "4768"),
        no_match=Routing("sys", "hangup"),
    )
    made = voipms.account.time_conditions[(await account.call(call)).timecondition]
    old = voipms.account.time_conditions["1830"]
    assert {name: made[name] for name in HOURS} == {name: old[name] for name in HOURS}
