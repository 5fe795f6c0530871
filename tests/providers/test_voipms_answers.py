"""What VoIP.ms answers: read whatever its types are, secrets masked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo.providers.voipms import SimulatedVoipms
from bot.demo.providers.voipms.seed import MONTREAL
from bot.providers.operations import find
from bot.providers.voipms import SPEC
from bot.providers.voipms.client import VoipmsAccount
from bot.providers.voipms.operations.groups import SetTimeCondition
from bot.providers.voipms.parameters import NEW
from bot.providers.voipms.routing import Routing
from tests.providers.conftest import Answering
from tests.providers.voipms_cases import CASES, HOURS, SOUND
from tests.providers.voipms_office import HOOK_SECRET, connected, operation, simulated


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
