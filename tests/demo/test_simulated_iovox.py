"""The simulated IOVOX is as strict as the documents say, and remembers what it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from defusedxml.ElementTree import fromstring

from bot.demo.providers.iovox import METHODS, SimulatedIovox
from bot.demo.providers.iovox.seed import ANNA, CASTLE, MARINA, MP3, SPARE

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
AUTH = {"username": "acme", "secureKey": "demo"}
PLAY = '<play id="p" label="P"><soundFile soundLabel="Welcome"/></play>'


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    body: bytes

    @property
    def errors(self) -> list[str]:
        """The words of the errors, each of which has the answer's status."""
        found = fromstring(self.body).findall("error")
        assert {error.get("status") for error in found} == {str(self.status)}
        return [error.text or "" for error in found]

    @property
    def rows(self) -> list[dict[str, str | None]]:
        results = fromstring(self.body).findall("results/result")
        return [{child.tag: child.text for child in result} for result in results]


@dataclass
class Client:
    """Sends requests as a well-behaved client would, unless it is told otherwise."""

    session: aiohttp.ClientSession
    iovox: SimulatedIovox

    async def send(self, verb: str, name: str, body: str = "", **query: Any) -> Answer:
        interface, _, method = name.partition(".")
        headers = {**AUTH, **query.pop("headers", {})}
        if verb in ("POST", "PUT"):
            headers.setdefault("Content-Type", "application/xml")
        parameters = {"v": "3", "method": method, **query}
        kept = {name: value for name, value in parameters.items() if value is not None}
        async with self.session.request(
            verb, f"{self.iovox.url}/{interface}", params=kept, headers=headers,
            data=f"<request>{body}</request>".encode() if body and body[0] == "<" else body or None,
        ) as response:  # fmt: skip
            return Answer(response.status, response.content_type, await response.read())

    async def get(self, name: str, **query: Any) -> Answer:
        return await self.send("GET", name, **query)

    async def put(self, name: str, body: str) -> Answer:
        return await self.send("PUT", name, body)

    async def post(self, name: str, body: str) -> Answer:
        return await self.send("POST", name, body)

    async def delete(self, name: str, **query: Any) -> Answer:
        return await self.send("DELETE", name, **query)


@asynccontextmanager
async def running(**given: Any) -> AsyncIterator[Client]:
    iovox = SimulatedIovox(clock=lambda: NOW, **given)
    await iovox.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield Client(session, iovox)
    finally:
        await iovox.close()


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with running() as made:
        yield made


@pytest.mark.parametrize("headers", [{"username": "x"}, {"secureKey": ""}, {"secureKey": "é"}])
async def test_credentials(client: Client, headers: dict[str, str]) -> None:
    answer = await client.get("Links.getLinks", headers=headers)
    assert (answer.status, answer.errors) == (401, ["Authentication failed"])
    assert "demo" not in str(client.iovox.account.requests)


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("Links.getLinks", {"v": None}, "API Version Empty"),
        ("Links.getLinks", {"v": "2"}, "API Version Invalid"),
        ("Links.getLynx", {}, "Method Invalid"),
        ("Calls.getLinks", {}, "Method Invalid"),
        ("CallFlow.updateCallFlow", {}, "Request Method must be PUT. GET attempted"),
        ("Links.getLinks", {"colour": "red"}, "Parameter colour Invalid"),
        ("Links.getLinks", {"output": "YAML"}, "Output Type Invalid"),
        ("Links.getLinks", {"page": "x"}, "Page Number not an integer"),
        ("Links.getLinks", {"limit": "x"}, "Limit not an integer"),
        ("Links.getLinks", {"limit": "20001"}, "Limit must be between 1 and 20000"),
        ("Links.getLinks", {"req_fields": "lid,zz,yy"}, "Required Fields Invalid: zz,yy"),
        ("Links.getLinks", {"order": "lid_UP"}, "Order Direction Invalid"),
        ("Links.getLinks", {"order": "zz_ASC"}, "Order Field Invalid"),
        ("Links.getLinks", {"link_id": "zz"}, "Link ID does not exist"),
        ("CallFlow.getCallFlow", {"call_flow": "zz"}, "Call Flow Doesn't exist"),
        ("CallFlow.getCallFlow", {}, "Call Flow Empty"),
        ("CallFlow.getCallFlows", {"template_type": "MINE"}, "Template Type Invalid"),
        ("Calls.getCallData", {"sdt": "soon"}, "sdt Invalid"),
        ("Calls.getCallRecording", {"id": "call-2"}, "Recording does not exist"),
        ("Calls.getVoicemailRecording", {"id": "call-1"}, "Voicemail does not exist"),
        ("SoundFiles.getSoundFileData", {"sound_label": "zz"}, "Sound File does not exist"),
        (
            "Rules.getVariableRulesOfTemplate",
            {"template_name": "z"},
            "Template Name does not exist",
        ),
    ],
)
async def test_reads_that_are_refused(
    client: Client, name: str, query: dict[str, Any], words: str
) -> None:
    answer = await client.get(name, **query)
    assert (answer.status, answer.errors) == (400, [words])
    assert client.iovox.account.refusals[-1].words == (words,)


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("updateCallFlow", "", ["XML Empty"]),
        ("updateCallFlow", "xy", ["XML parse error. syntax error at line 1, column 0"]),
        ("updateCallFlow", "<a></b>", ["XML parse error. mismatched tag at line 1, column 14"]),
        ("updateCallFlow", "<play/>", ["Request Empty"]),
        ("updateCallFlow", "<callFlow/>", ["CallFlow Name Empty"]),
        ("updateCallFlow", '<callFlow name="z"/>', ["There are no Rules in this Template"]),
        (
            "updateCallFlow",
            f'<callFlow name="z">{PLAY}</callFlow>',
            ["CallFlow Name does not exist"],
        ),
        (
            "updateCallFlow",
            f'<callFlow name="Reception" newName="Call Agent">{PLAY}</callFlow>',
            ["New CallFlow Name already exists"],
        ),
        (
            "updateCallFlow",
            (
                '<callFlow name="Reception"><play/><play id="a" label="A"><soundFile '
                'soundLabel="z"/></play><call id="a" label="B" destinationPhoneNumber="" '
                'record="perhaps"/></callFlow>'
            ),
            [
                "Rule ID Empty",
                "Rule Label Empty",
                "Message empty",
                "Rule ID Not Unique in Call Rule",
                "destinationPhoneNumber Empty",
                "record Invalid",
                "Sound File Does not exist in Play Rule",
            ],
        ),
    ],
)
async def test_flows_that_are_refused(
    client: Client, name: str, body: str, words: list[str]
) -> None:
    before = dict(client.iovox.account.flows)
    assert (await client.put(f"CallFlow.{name}", body)).errors == words
    assert client.iovox.account.flows == before


async def test_bodies_where_none_belong_and_other_types(client: Client) -> None:
    answer = await client.send("GET", "Links.getLinks", "<a/>")
    assert answer.errors == ["GET has a body"]
    answer = await client.send(
        "PUT", "CallFlow.updateCallFlow", "<a/>", headers={"Content-Type": "application/json"}
    )
    assert answer.errors == ["Content Type Invalid"]
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><request/>'
    answer = await client.send("PUT", "CallFlow.updateCallFlow", f" {bomb}")
    assert answer.errors[0].startswith("XML parse error.")


async def test_an_update_keeps_what_links_have_set_by_rule_id(client: Client) -> None:
    links = client.iovox.account.links
    call = '<call id="{}" label="C" destinationPhoneNumber="?" destinationContactId="?"/>'
    body = f'<callFlow name="Call Agent" newName="Ring">{PLAY}{call.format("call_1")}</callFlow>'
    answer = await client.put("CallFlow.updateCallFlow", body)
    assert (answer.status, answer.body) == (204, b"")
    assert links["marina-12"].flow == "Ring"
    shown = await client.get(
        "Rules.getVariableRulesOfTemplate", template_name="Ring", link_id="marina-12"
    )
    rule = fromstring(shown.body).find("rules/rule/contact/phone_number")
    assert rule is not None
    assert rule.text == ANNA
    body = f'<callFlow name="Ring">{call.format("call_2")}</callFlow>'
    await client.put("CallFlow.updateCallFlow", body)
    assert links["marina-12"].values == {}
    assert links["office"].flow == "Reception"


async def test_a_flow_is_created_used_and_deleted(client: Client) -> None:
    made = await client.post("CallFlow.createCallFlow", f'<callFlow name="New">{PLAY}</callFlow>')
    assert made.status == 201
    again = await client.post("CallFlow.createCallFlow", f'<callFlow name="New">{PLAY}</callFlow>')
    assert again.errors == ["CallFlow Name already exists"]
    listed = await client.get("CallFlow.getCallFlows", order="c_DESC", limit="1")
    assert [row["template_name"] for row in listed.rows] == ["New"]
    attached = await client.put(
        "Links.attachRuleTemplateToLinks",
        "<template_name>New</template_name><link_ids><link_id>office</link_id></link_ids>",
    )
    assert attached.errors == ["Link already has a Template attached"]
    await client.put(
        "Links.attachRuleTemplateToLinks",
        "<template_name>New</template_name><overwrite_existing>TRUE</overwrite_existing>"
        "<link_ids><link_id>office</link_id></link_ids>",
    )
    refused = await client.delete("CallFlow.deleteCallFlows", call_flows="New|Nothing")
    assert refused.errors == [
        "Call Flow 2 of 2 does not exist",
        "Call Flow 1 of 2 is attached to a Link",
    ]
    done = await client.delete(
        "CallFlow.deleteCallFlows", call_flows="New", detach_from_links="TRUE"
    )
    assert done.status == 204
    assert client.iovox.account.links["office"].flow is None
    assert (await client.post("Calling.initiateCall", "<link_id>office</link_id>")).errors == [
        "Link has no Rules attached"
    ]


async def test_truths_are_upper_case(client: Client) -> None:
    answer = await client.delete(
        "CallFlow.deleteCallFlows", call_flows="Reception", detach_from_links="true"
    )
    assert answer.errors == ["detach_from_links Invalid"]


async def test_numbers_come_and_go(client: Client) -> None:
    attach = "<link><link_id>office</link_id><method>BY AREA</method><voxnumber_idd>44"
    attach += "</voxnumber_idd><area_code>808</area_code></link>"
    assert (await client.put("Links.attachVoxnumberToLink", attach)).status == 204
    (row,) = (await client.get("Voxnumbers.getVoxnumbers", link_id="office")).rows
    assert row["voxnumber"] == SPARE
    assert client.iovox.account.numbers[CASTLE]["assigned_status"] == "UNASSIGNED"
    answer = await client.put("Links.attachVoxnumberToLink", attach)
    assert answer.errors == ["No VoxNumber available for link 1 of 1"]
    await client.put("Links.removeVoxnumberFromLink", "<link_id>office</link_id>")
    rows = (await client.get("Voxnumbers.getVoxnumbers", assigned_status="UNASSIGNED")).rows
    assert {row["voxnumber"] for row in rows} == {SPARE, CASTLE}
    status = "<call_status>OFF</call_status><voxnumbers><voxnumber>{}</voxnumber></voxnumbers>"
    assert (await client.put("Voxnumbers.setCallStatus", status.format(MARINA))).status == 204
    answer = await client.put("Voxnumbers.setCallStatus", status.format("1"))
    assert answer.errors == ["VoxNumber 1 of 1 does not exist"]


async def test_one_is_itself_and_many_are_a_list(client: Client) -> None:
    one = await client.get("Contacts.getContacts", output="JSON", contact_id="anna")
    many = await client.get("Contacts.getContacts", output="JSON")
    assert b'"result": {"contact_id": "anna"' in one.body
    assert b'"result": [{"contact_id": "anna"' in many.body
    assert b'"total_results": "2"' in many.body
    flow = await client.get("CallFlow.getCallFlow", call_flow="Reception")
    assert flow.kind == "text/xml"


@pytest.mark.parametrize(
    ("empty", "shown"), [("missing", b""), ("null", b'"results": null'), ("text", b'"results": ""')]
)
async def test_nothing_may_be_said_in_three_ways(empty: str, shown: bytes) -> None:
    async with running(empty=empty) as client:
        answer = await client.get("Contacts.getContacts", output="JSON", contact_id="nobody")
        assert shown in answer.body
        assert (b"results" in answer.body.replace(b"total_results", b"")) is (empty != "missing")


async def test_errors_may_be_json() -> None:
    async with running(errors="json") as client:
        answer = await client.get("Links.getLinks", v="2", output="JSON")
        assert answer.kind == "application/json"
        assert b'"status": "400", "value": "API Version Invalid"' in answer.body


async def test_sound_comes_as_bytes(client: Client) -> None:
    answer = await client.get("Calls.getCallRecording", id="call-1")
    assert (answer.kind, answer.body) == ("audio/mpeg", MP3)


async def test_blocked_numbers_and_times(client: Client) -> None:
    block = (
        "<blocked_number><number>{}</number><in_or_out>IN</in_or_out><operator>EQUALS</operator>"
        "<default>BLOCK</default><rules><rule><link_ids><link_id>office</link_id></link_ids>"
        "<time_template>{}</time_template><blocking_type>ALLOW</blocking_type></rule></rules>"
        "</blocked_number>"
    )
    answer = await client.post("Rules.createBlockedNumbers", block.format("abc", "Never"))
    assert answer.errors == ["Number Invalid", "Time Template does not exist"]
    answer = await client.post("Rules.createBlockedNumbers", block.format("44770", "Weekends"))
    assert answer.status == 201
    answer = await client.get("Rules.getBlockedNumbers", number="44770")
    assert fromstring(answer.body).find(".//rules/rule/links/link_id") is not None
    answer = await client.delete("Rules.deleteTimeTemplates", time_template_labels="Weekends")
    assert "Blocking rule numbers are 44770" in answer.errors[0]
    answer = await client.delete(
        "Rules.deleteTimeTemplates", time_template_labels="Weekends", force="TRUE"
    )
    assert answer.status == 204
    answer = await client.delete("Rules.deleteBlockedNumbers", blocked_numbers="44770;OUT;EQUALS")
    assert "does not exist" in answer.errors[0]
    answer = await client.post(
        "Rules.createTimeTemplates",
        "<time_template><label>x</label><time_frames><time_frame><days><day>XXX</day></days>"
        "</time_frame></time_frames></time_template>",
    )
    assert "days Invalid" in answer.errors


async def test_contacts_are_checked(client: Client) -> None:
    answer = await client.post(
        "Contacts.createContacts",
        "<contact><contact_id>anna</contact_id><mobile_phone>+44</mobile_phone></contact>"
        "<contact><hat>red</hat></contact>",
    )
    assert answer.errors == [
        "mobile_phone 1 of 2 Invalid",
        "hat 2 of 2 Invalid",
        "contact_id 2 of 2 Empty",
        "contact_id 1 of 2 already exists",
    ]


async def test_texts(client: Client) -> None:
    answer = await client.post(
        "SMS.sendSms", "<origin>Far too long a name</origin><destination>+44</destination>"
    )
    assert answer.errors == ["message Empty", "origin Invalid", "destination Invalid"]
    answer = await client.post(
        "SMS.sendSms",
        f"<origin>{MARINA}</origin><destination>{ANNA}</destination><message>Hi</message>",
    )
    assert (answer.status, b"<sms_activity_id>9001<" in answer.body) == (201, True)
    rows = (await client.get("SMS.getSmsData", sms_activity_id="9001")).rows
    # London's wall clock, an hour ahead of UTC in summer.
    assert rows[0]["date"] == "2026-07-01 10:30:00"


async def test_every_method_can_be_asked(client: Client) -> None:
    for name, method in METHODS.items():
        answer = await client.send(method.verb, name)
        assert answer.status in (200, 400), name


async def test_credentials_are_not_kept(client: Client) -> None:
    await client.get("Links.getLinks")
    (seen,) = client.iovox.account.requests
    assert seen.headers["secureKey"] == "***"
    assert (seen.name, seen.query["v"]) == ("Links.getLinks", ["3"])
