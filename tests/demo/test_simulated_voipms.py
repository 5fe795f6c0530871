"""The simulated VoIP.ms, asked over plain HTTP: strict where the documents are, stateful."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.demo.providers.voipms import Refused, SimulatedVoipms
from bot.demo.providers.voipms.api import PATH
from bot.demo.providers.voipms.functions import FUNCTIONS
from bot.demo.providers.voipms.rules import _MISSING, _OF_FUNCTION, _VALUES, UNKNOWN_PARAMETER
from bot.demo.providers.voipms.seed import MAILBOX, MONTREAL, TOLL_FREE
from bot.providers.voipms.codes import CLASSES

NOW = datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
USERNAME, PASSWORD = "anna@example.com", "p&ss"

Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def voipms() -> AsyncIterator[SimulatedVoipms]:
    running = SimulatedVoipms(username=USERNAME, password=PASSWORD, clock=lambda: NOW)
    await running.start()
    yield running
    await running.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def ask(voipms: SimulatedVoipms, http: aiohttp.ClientSession) -> Ask:
    async def asked(method: str, **given: str) -> dict[str, Any]:
        query = {"api_username": USERNAME, "api_password": PASSWORD, "method": method, **given}
        async with http.get(voipms.url + PATH, params=query) as answer:
            assert answer.status == 200
            told: dict[str, Any] = json.loads(await answer.text())
            return told

    return asked


def form(method: str, **given: str) -> aiohttp.FormData:
    data = aiohttp.FormData(default_to_multipart=True)
    fields = {"api_username": USERNAME, "api_password": PASSWORD, "method": method, **given}
    for name, value in fields.items():
        data.add_field(name, value)
    return data


async def test_reads_and_writes_by_get(ask: Ask, voipms: SimulatedVoipms) -> None:
    assert (await ask("setDIDRouting", did=MONTREAL, routing="fwd:15555"))["status"] == "success"
    told = await ask("getDIDsInfo", did=MONTREAL)
    assert told["dids"][0]["routing"] == "fwd:15555"
    assert [request.verb for request in voipms.account.requests] == ["GET", "GET"]


async def test_a_form_of_several_parts(
    voipms: SimulatedVoipms, http: aiohttp.ClientSession
) -> None:
    data = form("sendSMS", did=MONTREAL, dst="4505550118", message="café; 1 & 2")
    async with http.post(voipms.url + PATH, data=data) as answer:
        assert json.loads(await answer.text())["status"] == "success"
    assert voipms.account.texts[-1].message == "café; 1 & 2"


async def test_another_form_is_an_error_of_soap(
    voipms: SimulatedVoipms, http: aiohttp.ClientSession
) -> None:
    fields = {"api_username": USERNAME, "api_password": PASSWORD, "method": "getBalance"}
    for body in ({"data": fields}, {"json": fields}):
        async with http.post(voipms.url + PATH, **body) as answer:  # type: ignore[arg-type]
            assert answer.status == 500
            assert "Fault" in await answer.text()
    assert not voipms.account.requests


async def test_other_addresses_and_verbs(
    voipms: SimulatedVoipms, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{voipms.url}/api/v1/other.php") as answer:
        assert answer.status == 404
    async with http.put(voipms.url + PATH) as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    ("method", "change", "code"),
    [
        ("getBalance", {"api_password": ""}, "missing_credentials"),
        ("getBalance", {"api_password": "wrong"}, "invalid_credentials"),
        ("getBalance", {"api_username": "nobody@example.com"}, "invalid_credentials"),
        ("", {}, "missing_method"),
        ("getbalance", {}, "invalid_method"),
    ],
)
async def test_who_asks_and_for_what(
    ask: Ask, method: str, change: dict[str, str], code: str
) -> None:
    assert (await ask(method, **change))["status"] == code


async def test_the_switches_of_the_portal(ask: Ask, voipms: SimulatedVoipms) -> None:
    voipms.account.address_allowed = False
    assert (await ask("getBalance"))["status"] == "ip_not_enabled"
    assert (await ask("getIP"))["ip"] == "127.0.0.1"
    voipms.account.api_enabled = False
    assert (await ask("getIP"))["status"] == "api_not_enabled"


HOURS = {
    "name": "n",
    "routing_match": "grp:4768",
    "routing_nomatch": "sys:hangup",
    "starthour": "8",
    "startminute": "0",
    "endhour": "16",
    "endminute": "0",
    "weekdaystart": "mon",
    "weekdayend": "fri",
}


@pytest.mark.parametrize(
    ("method", "given", "code"),
    [
        ("getBalance", {"colour": "red"}, UNKNOWN_PARAMETER),
        ("setDIDRouting", {}, "missing_did"),
        ("setDIDRouting", {"did": MONTREAL}, "missing_routing"),
        ("setDIDRouting", {"did": "123", "routing": "none:"}, "invalid_did"),
        ("setDIDRouting", {"did": "5145550000", "routing": "none:"}, "invalid_did"),
        ("setDIDRouting", {"did": MONTREAL, "routing": "15555"}, "invalid_routing_header"),
        ("setDIDRouting", {"did": MONTREAL, "routing": "fax:1"}, "invalid_routing_header"),
        ("setDIDRouting", {"did": MONTREAL, "routing": "fwd:1"}, "invalid_destination"),
        ("setDIDPOP", {"did": MONTREAL, "pop": "99"}, "invalid_serverpop"),
        ("setDIDBillingType", {"did": MONTREAL, "billing_type": "1"}, "same_did_billingtype"),
        ("setForwarding", {"forwarding": "1", "phone_number": "4165550199"}, "invalid_forwarding"),
        ("setForwarding", {"forwarding": ""}, "missing_phonenumber"),
        ("setTimeCondition", {**HOURS, "endhour": "16;12"}, "invalid_numbermembers"),
        ("setTimeCondition", {**HOURS, "weekdaystart": "1"}, "invalid_weekdaystart"),
        ("setTimeCondition", {**HOURS, "startminute": ""}, "missing_startminute"),
        ("setTimeCondition", {**HOURS, "routing_nomatch": "none:"}, "invalid_routing_header"),
        (
            "setRingGroup",
            {"name": "n", "members": "account:x", "voicemail": "0"},
            "invalid_mailbox",
        ),
        (
            "setCallback",
            {
                "description": "d",
                "number": "4505550118",
                "delay_before": "0",
                "response_timeout": "5",
                "digit_timeout": "5",
            },
            "missing_delay_before",
        ),
        ("sendSMS", {"did": MONTREAL, "dst": "911", "message": "x"}, "invalid_dst"),
        ("sendSMS", {"did": MONTREAL, "dst": "4505550118", "message": ""}, "message_empty"),
        ("sendSMS", {"did": MONTREAL, "dst": "4505550118", "message": "é" * 81}, "sms_toolong"),
        ("sendSMS", {"did": TOLL_FREE, "dst": "4505550118", "message": "x"}, "invalid_did"),
        ("setSMS", {"did": TOLL_FREE, "enable": "1"}, "sms_apply_regulations"),
        (
            "getCDR",
            {"date_from": "2026-06-01", "date_to": "2026-07-01", "timezone": "-5"},
            "no_callstatus",
        ),
        (
            "getCDR",
            {
                "date_from": "2026-01-01",
                "date_to": "2026-07-01",
                "timezone": "-5",
                "answered": "1",
            },
            "invalid_daterange",
        ),
        ("getVoicemailMessages", {"mailbox": "999"}, "invalid_mailbox"),
        (
            "getVoicemailMessageFile",
            {"mailbox": MAILBOX, "folder": "INBOX", "message_num": "9"},
            "message_not_found",
        ),
        ("getSubAccounts", {"account": "7"}, "no_subaccount"),
        ("searchVanity", {"type": "8**", "query": "HELLO"}, "invalid_query"),
        ("orderDIDVirtual", {"digits": "1"}, "missing_routing"),
    ],
)
async def test_refusals(ask: Ask, method: str, given: dict[str, str], code: str) -> None:
    told = await ask(method, **given)
    assert told["status"] == code
    assert told["message"]


def test_its_codes_are_documented() -> None:
    codes = set(_MISSING.values())
    codes |= {code for _, code in _VALUES.values()} | {code for _, code in _OF_FUNCTION.values()}
    assert codes <= set(CLASSES)
    assert UNKNOWN_PARAMETER not in CLASSES


@pytest.mark.parametrize("method", FUNCTIONS)
async def test_every_function_answers(ask: Ask, method: str) -> None:
    told = await ask(method)
    if FUNCTIONS[method].required:
        assert told["status"].startswith(("missing_", "message_empty"))
    else:
        assert told["status"] == "success" or told["status"] in CLASSES


async def test_an_empty_id_makes_and_a_full_one_changes(ask: Ask, voipms: SimulatedVoipms) -> None:
    made = await ask("setForwarding", forwarding="", phone_number="4165550199")
    assert made["forwarding"] in voipms.account.forwardings
    assert len(voipms.account.forwardings) == 3
    await ask("setForwarding", forwarding=made["forwarding"], phone_number="4165550142")
    assert len(voipms.account.forwardings) == 3
    assert voipms.account.forwardings[made["forwarding"]]["phone_number"] == "4165550142"


async def test_what_is_left_out_is_reset(ask: Ask, voipms: SimulatedVoipms) -> None:
    settings = {"routing": "none:", "pop": "5", "dialtime": "60", "cnam": "1", "billing_type": "1"}
    await ask("setDIDInfo", did=MONTREAL, **settings)
    assert voipms.account.numbers[MONTREAL]["failover_noanswer"] == ""
    assert voipms.account.numbers[MONTREAL]["voicemail"] == ""


async def test_a_message_that_is_marked_moves(ask: Ask) -> None:
    place = {"mailbox": MAILBOX, "folder": "INBOX"}
    await ask("markListenedVoicemailMessage", **place, message_num="0", listened="yes")
    left = (await ask("getVoicemailMessages", **place))["messages"]
    assert [row["message_num"] for row in left] == ["0"]
    old = (await ask("getVoicemailMessages", mailbox=MAILBOX, folder="Old"))["messages"]
    assert len(old) == 2
    assert (await ask("delMessages", mailbox=MAILBOX))["status"] == "success"
    assert (await ask("getVoicemailMessages", mailbox=MAILBOX))["status"] == "no_messages"


async def test_texts_of_today_only(ask: Ask, voipms: SimulatedVoipms) -> None:
    text = voipms.account.texts[0]
    voipms.account.texts[0] = text._replace(at=NOW - timedelta(days=2))
    assert [row["id"] for row in (await ask("getSMS"))["sms"]] == ["5854"]
    days = {"from": "2026-06-28", "to": "2026-07-01"}
    assert len((await ask("getSMS", **days))["sms"]) == 2
    assert len((await ask("getSMS", **days, limit="1"))["sms"]) == 1
    assert len((await ask("getSMS", **days, all_messages="1"))["sms"]) == 3


async def test_so_many_texts_a_day(ask: Ask, voipms: SimulatedVoipms) -> None:
    voipms.account.texts_a_day = 2
    sms = {"did": MONTREAL, "dst": "4505550118", "message": "x"}
    codes = [(await ask("sendSMS", **sms))["status"] for _ in range(3)]
    assert codes == ["success", "success", "limit_reached"]


async def test_a_shift_of_the_clock(ask: Ask, voipms: SimulatedVoipms) -> None:
    voipms.ring("4505550118", MONTREAL, answered=True, seconds=30)
    days = {"date_from": "2026-07-01", "date_to": "2026-07-01", "answered": "1"}
    at_home = (await ask("getCDR", **days, timezone="-5"))["cdr"][0]["date"]
    later = (await ask("getCDR", **days, timezone="-3"))["cdr"][0]["date"]
    assert (at_home, later) == ("2026-07-01 09:29:30", "2026-07-01 11:29:30")


async def test_a_call_that_leaves_a_message(ask: Ask, voipms: SimulatedVoipms) -> None:
    call = voipms.ring("anonymous", MONTREAL, answered=False, seconds=50, voicemail=MAILBOX)
    assert call.disposition == "ANSWERED"
    rows = (await ask("getVoicemailMessages", mailbox=MAILBOX, folder="INBOX"))["messages"]
    assert rows[-1]["callerid"] == '"Anonymous" <anonymous>'
    with pytest.raises(Refused):
        voipms.ring("4505550118", "5145550000", answered=True)


async def test_an_order_takes_money_and_a_rehearsal_none(ask: Ask, voipms: SimulatedVoipms) -> None:
    before = voipms.account.balance
    order = {"routing": "none:", "pop": "5", "dialtime": "60", "cnam": "1"}
    vanity = {"did": "8775554646", "carrier": "1", **order}
    assert (await ask("orderVanity", **vanity, test="true"))["status"] == "success"
    assert voipms.account.balance == before
    assert (await ask("orderVanity", **vanity))["status"] == "success"
    assert voipms.account.balance == before - 30
    assert (await ask("orderVanity", **vanity))["status"] == "did_in_use"
    days = {"date_from": "2026-07-01", "date_to": "2026-07-01"}
    assert (await ask("getTransactionHistory", **days))["transactions"][0]["ammount"] == "-30"


async def test_texts_to_a_number_without_a_callback(voipms: SimulatedVoipms) -> None:
    assert await voipms.text("4505550118", MONTREAL, "hello") is None
    with pytest.raises(Refused):
        await voipms.text("4505550118", TOLL_FREE, "hello")
    with pytest.raises(LookupError):
        await voipms.redeliver(1)
