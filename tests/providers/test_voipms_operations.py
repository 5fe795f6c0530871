"""Every function of VoIP.ms over HTTP: sent as documented, refused before sending, decoded."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
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
from bot.providers.voipms.parameters import NEW
from tests.providers.conftest import Answering
from tests.providers.voipms_cases import CASES, IDS, SOUND, Case
from tests.providers.voipms_office import connected, operation, simulated


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
    said = {IDS.get(found.name)} | ({"folder"} if found.name == "delMessages" else set())
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


@pytest.mark.parametrize(("name", "id_"), IDS.items())
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
