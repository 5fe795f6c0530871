"""Every call of IOVOX over HTTP: sent as documented, refused before sending, answers decoded."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from bot.demo.providers.iovox import METHODS, SimulatedIovox
from bot.demo.providers.iovox.seed import MARINA, MP3, SPARE
from bot.domain.errors import NotFound, ProviderRejected, UsageError
from bot.providers.iovox import SPEC
from bot.providers.iovox.client import IovoxAccount
from bot.providers.iovox.rules import Call, read_flow
from bot.providers.operations import Blob, Effect, Operation, Place, find
from tests.providers.conftest import Answering
from tests.providers.iovox_office import (
    KEY,
    UPDATE_EXAMPLE,
    connected,
    operation,
    simulated,
)

NEW_FLOW = (
    '<callFlow name="New" notes=""><call id="c" label="Call" destinationPhoneNumber="447700900611"'
    ' record="false" sendCallAlert="NONE" /></callFlow>'
)
FRAME = {
    "date_from": "2026-01-01",
    "date_to": "2026-12-31",
    "recurrence": "NONE",
    "time_from": "09:00",
    "time_to": "18:00",
    "days": {"day": ["MON", "FRI"]},
}
FRAME_XML = (
    "<time_frames><time_frame><date_from>2026-01-01</date_from><date_to>2026-12-31</date_to>"
    "<recurrence>NONE</recurrence><time_from>09:00</time_from><time_to>18:00</time_to>"
    "<days><day>MON</day><day>FRI</day></days></time_frame></time_frames>"
)


class Case(NamedTuple):
    """A call: what is given, what is sent, and a part of what comes back."""

    name: str
    given: dict[str, Any]
    verb: str
    query: Mapping[str, Any] = MappingProxyType({})
    body: str = ""
    answer: Any = None


CASES = [
    Case(
        "CallFlow.getCallFlows",
        {"template_type": "CUSTOM", "limit": "2", "order": "tna_ASC"},
        "GET",
        {"template_type": "CUSTOM", "limit": "2", "order": "tna_ASC"},
        answer=lambda r: (
            [row["template_name"] for row in r["results"]] == ["Bank holidays", "Call Agent"]
        ),
    ),
    Case(
        "CallFlow.getCallFlow",
        {"call_flow": "Call Agent"},
        "GET",
        {"call_flow": "Call Agent"},
        answer=lambda r: read_flow(r["callFlow"]).all(Call)[0].record is True,
    ),
    Case("CallFlow.createCallFlow", {"callFlow": NEW_FLOW}, "POST", body=NEW_FLOW),
    Case(
        "CallFlow.updateCallFlow",
        {"callFlow": UPDATE_EXAMPLE},
        "PUT",
        body=UPDATE_EXAMPLE[
            UPDATE_EXAMPLE.index("<callFlow") : UPDATE_EXAMPLE.index("\n</request")
        ],
    ),
    Case(
        "CallFlow.deleteCallFlows",
        {"call_flows": "Reception|Call Agent", "detach_from_links": "true"},
        "DELETE",
        {"call_flows": "Reception|Call Agent", "detach_from_links": "TRUE"},
    ),
    Case(
        "Calls.getCallData",
        {
            "sdt": "2026-06-01",
            "edt": "2026-07-01 23:59",
            "req_fields": "id,call_res",
            "call_res": "ANSWERED",
            "order": "id_ASC",
            "cat_ids[]": ["1,2", "3"],
        },
        "GET",
        {
            "sdt": "2026-06-01",
            "edt": "2026-07-01 23:59",
            "req_fields": "id,call_res",
            "call_res": "ANSWERED",
            "order": "id_ASC",
            "cat_ids[]": ["1,2", "3"],
        },
        answer=lambda r: (
            r["results"]
            == [
                {"id": "call-1", "call_result": "ANSWERED"},
                {"id": "call-3", "call_result": "ANSWERED"},
            ]
        ),
    ),
    Case("Calls.getCallRecording", {"id": "call-1"}, "GET", {"id": "call-1"}),
    Case("Calls.getVoicemailRecording", {"id": "call-3"}, "GET", {"id": "call-3"}),
    Case(
        "Calling.initiateCall",
        {
            "link_id": "office",
            "call_variables": {"call_destination": "447700900142,,1", "delay": 2, "who": "A & B"},
        },
        "POST",
        body="<link_id>office</link_id><call_variables><call_destination>447700900142,,1"
        "</call_destination><delay>2</delay><who>A &amp; B</who></call_variables>",
    ),
    Case(
        "Links.getLinks",
        {"link_id": "office", "req_fields": "lid,rn"},
        "GET",
        {"link_id": "office", "req_fields": "lid,rn"},
        answer=lambda r: r["results"] == [{"link_id": "office", "rule_name": "Reception"}],
    ),
    Case(
        "Links.createLinks",
        {"link": {"node_id": "lettings", "link_id": "AUTOINCREMENT()", "click_to_call": 1}},
        "POST",
        body="<link><node_id>lettings</node_id><link_id>AUTOINCREMENT()</link_id>"
        "<click_to_call>1</click_to_call></link>",
    ),
    Case(
        "Links.updateLinks",
        {"link": [{"link_id": "office", "new_link_id": "hq", "link_name": "HQ"}]},
        "PUT",
        body="<link><link_id>office</link_id><new_link_id>hq</new_link_id>"
        "<link_name>HQ</link_name></link>",
    ),
    Case(
        "Links.deleteLinks",
        {"link_ids": "office,marina-12"},
        "DELETE",
        {"link_ids": "office,marina-12"},
    ),
    Case(
        "Links.attachVoxnumberToLink",
        {
            "link": [
                {"link_id": "office", "method": "BY VOXNUMBER", "full_voxnumber": SPARE},
            ]
        },
        "PUT",
        body=f"<link><link_id>office</link_id><method>BY VOXNUMBER</method>"
        f"<full_voxnumber>{SPARE}</full_voxnumber></link>",
    ),
    Case(
        "Links.removeVoxnumberFromLink",
        {"link_id": ["office", "marina-12"]},
        "PUT",
        body="<link_id>office</link_id><link_id>marina-12</link_id>",
    ),
    Case(
        "Links.attachRuleTemplateToLinks",
        {
            "template_name": "Call Agent",
            "overwrite_existing": True,
            "link_ids": {"link_id": ["office"]},
            "rules_variable": {
                "rule": {
                    "rule_id": "call_1",
                    "rule_type": "call",
                    "contact": {"contact_id": "anna", "phone_number": "447700900611"},
                    "record_call": True,
                }
            },
        },
        "PUT",
        body="<template_name>Call Agent</template_name><overwrite_existing>TRUE"
        "</overwrite_existing><link_ids><link_id>office</link_id></link_ids><rules_variable><rule>"
        "<rule_id>call_1</rule_id><rule_type>call</rule_type><contact><contact_id>anna"
        "</contact_id><phone_number>447700900611</phone_number></contact>"
        "<record_call>TRUE</record_call></rule></rules_variable>",
    ),
    Case(
        "Links.removeRuleTemplateFromLinks",
        {"link_ids": {"link_id": "office"}},
        "PUT",
        body="<link_ids><link_id>office</link_id></link_ids>",
    ),
    Case(
        "Voxnumbers.getVoxnumbers",
        {"voxnumber": MARINA, "req_fields": "vn,lid,cs"},
        "GET",
        {"voxnumber": MARINA, "req_fields": "vn,lid,cs"},
        answer=lambda r: (
            r["results"] == [{"voxnumber": MARINA, "link_id": "marina-12", "call_status": "ON"}]
        ),
    ),
    Case(
        "Voxnumbers.setCallStatus",
        {"call_status": "OFF", "voxnumbers": {"voxnumber": MARINA}},
        "PUT",
        body=f"<call_status>OFF</call_status><voxnumbers><voxnumber>{MARINA}</voxnumber>"
        "</voxnumbers>",
    ),
    Case(
        "Contacts.getContacts",
        {"display_name": "holt", "req_fields": "cid,dn"},
        "GET",
        {"display_name": "holt", "req_fields": "cid,dn"},
        answer=lambda r: r["results"] == [{"contact_id": "anna", "display_name": "Anna Holt"}],
    ),
    Case(
        "Contacts.getContactDetails",
        {"contact_id": "anna", "output": "JSON"},
        "GET",
        {"contact_id": "anna", "output": "JSON"},
        answer=lambda r: r["results"][0]["business_phone"] == ["447700900611"],
    ),
    Case(
        "Contacts.createContacts",
        {
            "contact": [
                {"contact_id": "c1", "first_name": "Mei", "business_phone": "447700900613"},
                {"contact_id": "c2", "display_name": "<Tom>"},
            ]
        },
        "POST",
        body="<contact><contact_id>c1</contact_id><first_name>Mei</first_name><business_phone>"
        "447700900613</business_phone></contact><contact><contact_id>c2</contact_id>"
        "<display_name>&lt;Tom&gt;</display_name></contact>",
    ),
    Case(
        "Contacts.updateContacts",
        {"rm_rules": False, "contact": {"contact_id": "anna", "email_2": None}},
        "PUT",
        body="<rm_rules>FALSE</rm_rules><contact><contact_id>anna</contact_id><email_2 />"
        "</contact>",
    ),
    Case(
        "Contacts.deleteContacts",
        {"contact_ids": "anna,ravi", "rm_if_user": "TRUE"},
        "DELETE",
        {"contact_ids": "anna,ravi", "rm_if_user": "TRUE"},
    ),
    Case(
        "Rules.getVariableRulesOfTemplate",
        {"template_name": "Call Agent", "link_id": "marina-12"},
        "GET",
        {"template_name": "Call Agent", "link_id": "marina-12"},
        answer=lambda r: r["rules"][0]["contact"]["phone_number"] == "447700900611",
    ),
    Case(
        "Rules.getTimeTemplates",
        {"time_template_label": "Weekends"},
        "GET",
        {"time_template_label": "Weekends"},
        answer=lambda r: r["results"][0]["time_frames"][0]["days"] == ["SAT", "SUN"],
    ),
    Case(
        "Rules.createTimeTemplates",
        {"time_template": {"label": "Work", "time_frames": {"time_frame": FRAME}}},
        "POST",
        body=f"<time_template><label>Work</label>{FRAME_XML}</time_template>",
    ),
    Case(
        "Rules.updateTimeTemplates",
        {"time_template": {"label": "Weekends", "new_label": "Free"}},
        "PUT",
        body="<time_template><label>Weekends</label><new_label>Free</new_label></time_template>",
    ),
    Case(
        "Rules.deleteTimeTemplates",
        {"time_template_labels": "Weekends", "force": True},
        "DELETE",
        {"time_template_labels": "Weekends", "force": "TRUE"},
    ),
    Case(
        "Rules.getBlockedNumbers",
        {"in_or_out": "IN", "req_fields": "no,nn"},
        "GET",
        {"in_or_out": "IN", "req_fields": "no,nn"},
        answer=lambda r: r["results"] == [{"number": "447700900999", "notes": "Nuisance calls"}],
    ),
    Case(
        "Rules.createBlockedNumbers",
        {
            "blocked_number": {
                "number": "33",
                "in_or_out": "OUT",
                "operator": "STARTSWITH",
                "default": "BLOCK",
                "rules": {
                    "rule": {
                        "link_ids": {"link_id": ["office", "marina-12"]},
                        "time_template": "Weekends",
                        "blocking_type": "ALLOW",
                    }
                },
            }
        },
        "POST",
        body="<blocked_number><number>33</number><in_or_out>OUT</in_or_out><operator>STARTSWITH"
        "</operator><default>BLOCK</default><rules><rule><link_ids><link_id>office</link_id>"
        "<link_id>marina-12</link_id></link_ids><time_template>Weekends</time_template>"
        "<blocking_type>ALLOW</blocking_type></rule></rules></blocked_number>",
    ),
    Case(
        "Rules.updateBlockedNumbers",
        {
            "blocked_number": {
                "number": "447700900999",
                "new_number": "WITHHELD",
                "in_or_out": "IN",
                "operator": "EQUALS",
                "if_exist": "OVERWRITE",
                "rules": {"rule": [{"links": {"link_id": "office"}, "blocking_type": "ALLOW"}]},
            }
        },
        "PUT",
        body="<blocked_number><number>447700900999</number><new_number>WITHHELD</new_number>"
        "<in_or_out>IN</in_or_out><operator>EQUALS</operator><if_exist>OVERWRITE</if_exist>"
        "<rules><rule><links><link_id>office</link_id></links><blocking_type>ALLOW"
        "</blocking_type></rule></rules></blocked_number>",
    ),
    Case(
        "Rules.deleteBlockedNumbers",
        {"blocked_numbers": "447700900999;IN;EQUALS"},
        "DELETE",
        {"blocked_numbers": "447700900999;IN;EQUALS"},
    ),
    Case(
        "SoundFiles.getSoundFiles",
        {"sound_label": "Welcome"},
        "GET",
        {"sound_label": "Welcome"},
        answer=lambda r: r["results"][0]["sound_group"] == "House",
    ),
    Case(
        "SoundFiles.getSoundFileData",
        {"sound_label": "Welcome", "sound_group": "House"},
        "GET",
        {"sound_label": "Welcome", "sound_group": "House"},
    ),
    Case(
        "SMS.getSmsData",
        {"sdt": "2026-07-01 00:00:00", "direction": "IN"},
        "GET",
        {"sdt": "2026-07-01 00:00:00", "direction": "IN"},
        answer=lambda r: r["results"][0]["message"] == "Is the flat still free?",
    ),
    Case(
        "SMS.sendSms",
        {"origin": "Harbour", "destination": "447700900142", "message": "Yes & no", "expiry": 3},
        "POST",
        body="<origin>Harbour</origin><destination>447700900142</destination>"
        "<message>Yes &amp; no</message><expiry>3</expiry>",
        answer=lambda r: r["sms_activity_id"] == "9001",
    ),
]


@pytest.fixture
async def iovox() -> AsyncIterator[SimulatedIovox]:
    async with simulated() as simulated_iovox:
        yield simulated_iovox


@pytest.fixture
async def tracking(iovox: SimulatedIovox) -> AsyncIterator[IovoxAccount]:
    async with connected(iovox.url) as account:
        yield account


def canonical(xml: bytes | str) -> str:
    return ET.canonicalize(xml)


def test_every_call_stands_in_the_table() -> None:
    names = [each.name for each in SPEC.operations]
    assert [case.name for case in CASES] == names
    assert set(names) == set(METHODS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_sent_as_documented_and_answered(
    tracking: IovoxAccount, iovox: SimulatedIovox, case: Case
) -> None:
    call = operation(case.name, **case.given)
    result = await tracking.call(call)
    (sent,) = iovox.account.requests
    assert iovox.account.refusals == []
    assert (sent.verb, sent.name) == (case.verb, case.name)
    given = {
        name: value if isinstance(value, list) else [value] for name, value in case.query.items()
    }
    assert sent.query == {"v": ["3"], "method": [case.name.partition(".")[2]], **given}
    assert sent.headers["username"] == "acme"
    assert sent.headers["secureKey"] == "***"
    if case.verb in ("POST", "PUT"):
        assert sent.headers["Content-Type"] == "application/xml"
        assert sent.body.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
        assert canonical(sent.body) == canonical(f"<request>{case.body}</request>")
    else:
        assert sent.body == b""
    if type(call).answers is Blob:
        assert result == Blob("audio/mpeg", MP3)
    shown = (
        await tracking.run_operation(case.name, case.given)
        if case.verb == "GET"
        else (json.loads(type(call).result.dump_json(result)))
    )
    assert json.dumps(shown)
    if case.answer is not None:
        assert case.answer(shown)


def required(each: type[Operation[Any]]) -> list[str]:
    return [parameter.name for parameter in each.parameters() if parameter.required]


@pytest.mark.parametrize("each", SPEC.operations, ids=lambda each: each.name)
def test_what_is_missing_unknown_or_none_of_the_words_is_refused(
    each: type[Operation[Any]],
) -> None:
    (case,) = [case for case in CASES if case.name == each.name]
    for name in required(each):
        rest = {key: value for key, value in case.given.items() if key != name}
        with pytest.raises(UsageError, match=f"{name}: is required"):
            each.read(rest)
    with pytest.raises(UsageError, match="colour: there is no such parameter"):
        each.read({**case.given, "colour": "red"})
    with pytest.raises(UsageError, match="v: "):
        each.read({**case.given, "v": "three"})
    for parameter in each.parameters():
        if parameter.choices:
            with pytest.raises(UsageError, match=parameter.name):
                each.read({**case.given, parameter.name: "SOMETHING ELSE"})


@pytest.mark.parametrize("each", SPEC.operations, ids=lambda each: each.name)
def test_declarations(each: type[Operation[Any]]) -> None:
    assert each.alias
    assert each.purpose().endswith(".")
    assert all(parameter.description for parameter in each.parameters())
    assert (each.effect is Effect.READS) is (each.method == "GET")
    if each.method in ("GET", "DELETE"):
        assert {parameter.place for parameter in each.parameters()} == {Place.QUERY}


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("flow.update", {"callFlow": "<callFlow"}, "callFlow: is no call flow: .*line 1, column"),
        ("flow.update", {"callFlow": ""}, "callFlow: must not be empty"),
        ("flow.update", {"callFlow": 5}, "callFlow: is the XML of a call flow, as text"),
        ("flow.update", {"callFlow": "<flow/>"}, "the root is flow"),
        ("flow.update", {"callFlow": "<request/>"}, "there is no callFlow in it"),
        ("flow.update", {"callFlow": "<callFlow/>"}, "has no name"),
        (
            "flow.update",
            {"callFlow": '<!DOCTYPE a [<!ENTITY b "c">]><callFlow name="&b;"/>'},
            "entities are not taken",
        ),
        ("flow.update", {"callFlow": "<a>" * 300 + "</a>" * 300}, "more than 200 elements"),
        ("flow.delete", {"call_flows": ""}, "call_flows: must not be empty"),
        ("text.send", {"destination": "+447700900142"}, "destination: "),
        ("text.send", {"destination": "0207"}, "destination: "),
        ("text.send", {"origin": "Harbour & Finch"}, "origin: "),
        ("text.send", {"message": ""}, "message: must not be empty"),
        ("call.place", {"call_variables": {"call_destination": "0044"}}, "call_destination: "),
        ("call.place", {"call_variables": {"my var": "1"}}, "“my var” cannot be the name"),
        ("call.list", {"sdt": "yesterday"}, "sdt: "),
        ("call.list", {"limit": True}, "limit: input should be a whole number"),
        ("call.list", {"page": 0}, "page: "),
        ("blocked.delete", {"blocked_numbers": "447700900999"}, "blocked_numbers: "),
        ("blocked.create", {"blocked_number": {"number": "anybody"}}, "number: "),
        ("contact.create", {"contact": []}, "contact: "),
        (
            "contact.create",
            {"contact": {"contact_id": "c", "mobile_phone": "07700"}},
            "mobile_phone",
        ),
        ("link.attach_number", {"link": {"link_id": "a", "method": "BY MAGIC"}}, "link.0: "),
    ],
)
def test_refused_before_anything_is_sent(name: str, given: dict[str, Any], words: str) -> None:
    found = find(SPEC.operations, name)
    assert found is not None
    (case,) = [case for case in CASES if case.name == found.name]
    with pytest.raises(UsageError, match=words):
        found.read({**case.given, **given})


async def test_a_character_that_xml_cannot_carry(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    given = {"origin": "H", "destination": "447700900142", "message": "bell \x07"}
    with pytest.raises(UsageError, match=r"U\+0007"):
        await tracking.call(operation("text.send", **given))
    assert iovox.account.requests == []


async def test_the_flow_that_was_read_can_be_given_back(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    before = ET.canonicalize(ET.tostring(iovox.account.flows["Reception"].root))
    read = await tracking.run_operation("CallFlow.getCallFlow", {"call_flow": "Reception"})
    assert await tracking.run_operation("CallFlow.updateCallFlow", read) == {}
    assert ET.canonicalize(ET.tostring(iovox.account.flows["Reception"].root)) == before


async def test_an_update_renames_and_keeps_the_links(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    await tracking.call(operation("flow.update", callFlow=UPDATE_EXAMPLE))
    assert "Call Agent" not in iovox.account.flows
    link = iovox.account.links["marina-12"]
    assert link.flow == "Call Agent + Whisper Called"
    assert link.values["call_1"]["contact"]["contact_id"] == "anna"


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ('<callFlow name="Nobody"><play id="p" label="P"/></callFlow>', NotFound, "does not exist"),
        ('<callFlow name="Call Agent"/>', ProviderRejected, "There are no Rules in this Template"),
        (
            '<callFlow name="Call Agent" newName="Reception"><play id="p" label="P"/></callFlow>',
            ProviderRejected,
            "New CallFlow Name already exists",
        ),
        (
            f'<callFlow name="Call Agent" newName="{"N" * 101}"><play id="p"/></callFlow>',
            ProviderRejected,
            "New CallFlow Name too long",
        ),
        (
            '<callFlow name="Call Agent"><play label="P"/><call id="a" label="A"/></callFlow>',
            ProviderRejected,
            "Rule ID Empty; Message empty; destinationPhoneNumber Empty",
        ),
    ],
)
@pytest.mark.parametrize("form", ["xml", "json"])
async def test_refusals_in_both_forms(
    given: str, error: type[Exception], words: str, form: str
) -> None:
    async with simulated(errors=form) as iovox, connected(iovox.url) as account:
        with pytest.raises(error, match=words) as caught:
            await account.call(operation("CallFlow.updateCallFlow", callFlow=given))
    assert caught.value.code == "400"  # type: ignore[attr-defined]
    assert caught.value.operation == "CallFlow.updateCallFlow"  # type: ignore[attr-defined]


async def test_a_refusal_says_what_to_do(tracking: IovoxAccount) -> None:
    with pytest.raises(ProviderRejected) as caught:
        await tracking.call(operation("flow.update", callFlow='<callFlow name="Call Agent"/>'))
    assert caught.value.hint == "Put at least one rule into the call flow."
    with pytest.raises(ProviderRejected, match="attached to a Link") as caught:
        await tracking.call(operation("flow.delete", call_flows="Reception"))
    assert "detach_from_links" in caught.value.hint


async def test_another_version_is_the_provider_s_to_refuse(tracking: IovoxAccount) -> None:
    with pytest.raises(ProviderRejected, match="API Version Invalid"):
        await tracking.call(operation("flow.list", v=2))


@pytest.mark.parametrize("output", ["XML", "JSON"])
@pytest.mark.parametrize(("wanted", "count"), [("1", 1), ("2", 2), ("447700900000", 0)])
async def test_one_many_or_none(
    tracking: IovoxAccount, output: str, wanted: str, count: int
) -> None:
    given = {"contact_id": wanted} if count == 0 else {"limit": wanted}
    page = await tracking.call(operation("contact.list", output=output, **given))
    assert len(page.results) == count
    assert (page.current_page, page.total_results) == (1, 0 if count == 0 else 2)


@pytest.mark.parametrize("empty", ["missing", "null", "text"])
async def test_an_empty_list_may_be_anything(empty: str) -> None:
    async with simulated(empty=empty) as iovox, connected(iovox.url) as account:
        page = await account.call(operation("contact.list", output="JSON", contact_id="nobody"))
        assert page.results == []


async def test_fields_nobody_declared_are_shown(
    answering: Answering,
) -> None:
    body = (
        b"<response><results><result><link_id>7</link_id><mood>good</mood><tags><tag>a</tag>"
        b"<tag>b</tag></tags></result></results></response>"
    )
    server = await answering(200, body, {"Content-Type": "text/xml"})
    async with connected(server.url) as account:
        shown = await account.run_operation("link.list", {})
    assert shown == {
        "results": [{"link_id": "7", "mood": "good", "tags": {"tag": ["a", "b"]}}],
    }


async def test_values_of_surprising_types(answering: Answering) -> None:
    row = {"id": 7, "has_recording": True, "detail": {"ip": "x"}, "talk_time_sec": 1.5, "cost": []}
    body = {"response": {"total_results": 1, "results": {"result": row}}}
    server = await answering(200, body)
    async with connected(server.url) as account:
        shown = await account.run_operation("call.list", {"output": "JSON"})
    assert shown["results"] == [
        {
            "id": "7",
            "has_recording": "1",
            "detail": '{"ip": "x"}',
            "talk_time_sec": "1.5",
            "cost": [],
        }
    ]


async def test_settings_hide_the_key() -> None:
    async with connected("http://127.0.0.1:1") as account:
        printed = f"{account.settings!r} {account.settings.model_dump_json()} {account!r}"
    assert KEY not in printed


async def test_calls_of_other_providers_are_not_sent(tracking: IovoxAccount) -> None:
    class Foreign(Operation[dict[str, Any]], call="GET /elsewhere"):
        """Gets something else."""

    with pytest.raises(TypeError):
        await tracking.call(Foreign())
