"""Every trouble of the network becomes one of our errors, writes go out once, secrets stay in."""

from __future__ import annotations

import json
import socket
import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog

from bot.demo.providers.iovox import SimulatedIovox
from bot.domain.errors import (
    AuthFailed,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    ProviderGarbled,
    ProviderRejected,
    ProviderUnreachable,
    RateLimited,
)
from bot.providers.iovox import SPEC
from bot.providers.iovox.client import IovoxAccount
from bot.providers.operations import Effect
from tests.providers.conftest import Answering
from tests.providers.iovox_office import KEY, connected, iovox_settings, operation, simulated
from tests.providers.test_iovox_operations import CASES, Case


@pytest.fixture
async def iovox() -> AsyncIterator[SimulatedIovox]:
    async with simulated() as simulated_iovox:
        yield simulated_iovox


async def read(account: IovoxAccount) -> Any:
    return await account.flow("Reception")


async def write(account: IovoxAccount) -> Any:
    return await account.delete_flow("Bank holidays")


async def listed(account: IovoxAccount) -> Any:
    return await account.call(operation("link.list"))


async def heard(account: IovoxAccount) -> Any:
    return await account.call(operation("recording.get", id="call-1"))


def everything_said(error: BaseException) -> str:
    said = "".join(traceback.format_exception(error))
    return f"{said} {error!r} {vars(error)}"


READ_FAULTS = {
    "html": (ProviderGarbled, 1),
    "empty": (ProviderGarbled, 1),
    "garbled": (ProviderGarbled, 1),
    "refused": (AuthFailed, 1),
    "server_error": (ProviderUnreachable, 1),
    "lost": (ProviderUnreachable, 3),
    "slow": (ProviderUnreachable, 3),
    "rate_limited": (RateLimited, 3),
}
WRITE_FAULTS = {
    "html": OutcomeUnknown,
    "garbled": OutcomeUnknown,
    "refused": AuthFailed,
    "server_error": OutcomeUnknown,
    "lost": OutcomeUnknown,
    "slow": OutcomeUnknown,
    "rate_limited": RateLimited,
}
THROWN = [
    pytest.param(case, fault, id=f"{case.name}-{fault}")
    for case in CASES
    for fault in (READ_FAULTS if case.verb == "GET" else WRITE_FAULTS)
    if fault != "slow" or case.name in ("CallFlow.getCallFlow", "CallFlow.updateCallFlow")
]


@pytest.mark.parametrize(("case", "fault"), THROWN)
async def test_every_fault_at_every_call(iovox: SimulatedIovox, case: Case, fault: Any) -> None:
    iovox.account.fail(None, fault, times=9)
    error, tries = (READ_FAULTS[fault]) if case.verb == "GET" else (WRITE_FAULTS[fault], 1)
    async with connected(iovox.url, seconds=0.3 if fault == "slow" else 10) as account:
        with structlog.testing.capture_logs() as logged, pytest.raises(error) as caught:
            await account.call(operation(case.name, **case.given))
    assert type(caught.value) is error
    assert isinstance(caught.value, ProviderError)
    assert (caught.value.provider, caught.value.operation) == ("IOVOX", case.name)
    assert len(iovox.account.requests) == tries
    assert KEY not in f"{everything_said(caught.value)} {logged}"


async def test_a_lost_answer_to_a_write_did_happen(iovox: SimulatedIovox) -> None:
    iovox.account.fail(None, "lost")
    async with connected(iovox.url) as account:
        with pytest.raises(OutcomeUnknown):
            await write(account)
    assert "Bank holidays" not in iovox.account.flows


@pytest.mark.parametrize("fault", ["lost", "rate_limited"])
async def test_a_read_is_tried_again(iovox: SimulatedIovox, fault: Any) -> None:
    iovox.account.fail(None, fault, times=2)
    async with connected(iovox.url) as account:
        assert (await account.flow("Reception")).name == "Reception"
    assert len(iovox.account.requests) == 3


@pytest.mark.parametrize("act", [read, write, listed, heard])
async def test_nobody_listens(act: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with connected(f"http://127.0.0.1:{taken.getsockname()[1]}") as account:
            with pytest.raises(ProviderUnreachable) as caught:
                await act(account)
    assert KEY not in everything_said(caught.value)


def xml_errors(*errors: tuple[str, str]) -> bytes:
    inner = "".join(f'<error status="{status}">{words}</error>' for status, words in errors)
    return f"<errors>{inner}</errors>".encode()


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


ANSWERS = [
    (400, xml_errors(("400", "Page Number not an integer")), ProviderRejected),
    (400, b"", ProviderRejected),
    (400, b"<h1>Bad Request</h1>", ProviderRejected),
    (401, xml_errors(("401", "Authentication failed")), AuthFailed),
    (400, xml_errors(("400", "x"), ("401", "Authentication failed")), AuthFailed),
    (200, xml_errors(("401", "Authentication failed")), AuthFailed),
    (200, xml_errors(("oops", "something")), ProviderRejected),
    (403, b"", AuthFailed),
    (404, b"", NotFound),
    (400, xml_errors(("400", "Call Flow Doesn't exist")), NotFound),
    (400, as_json({"errors": {"error": "API Version Empty"}}), ProviderRejected),
    (400, as_json({"errors": [{"status": 401, "message": "no"}]}), AuthFailed),
    (200, as_json({"errors": {"error": [{"status": "400", "value": "a"}]}}), ProviderRejected),
    (200, as_json({"response": {"error": "a"}}), ProviderRejected),
    (200, as_json({"errors": {"error": {"@attributes": {"status": "500"}, "0": "a"}}}), "lost"),
    (500, xml_errors(("500", "Internal Server Error")), "lost"),
    (502, b"bad gateway", "lost"),
    (503, b"", "lost"),
    (302, b"", "garbled"),
    (200, b"[1, 2]", "garbled"),
    (200, b"\xff\xfe", "garbled"),
    (200, b"<response", "garbled"),
    (200, b"<!DOCTYPE a><response/>", "garbled"),
    (200, b"{" * 100_000, "garbled"),
    (200, b"<a>" * 5000 + b"</a>" * 5000, "garbled"),
    (200, b"<errors/>", "garbled"),
]
_FOR_READ = {"lost": ProviderUnreachable, "garbled": ProviderGarbled}
_FOR_WRITE = {"lost": OutcomeUnknown, "garbled": OutcomeUnknown}


_NO_DOCUMENTS = (b"[1, 2]", b"\xff\xfe")
"""For all that is known, such bytes are sound."""

GIVEN = [
    (act, *answer)
    for act in (read, write, listed, heard)
    for answer in ANSWERS
    if act is not heard or answer[1] not in _NO_DOCUMENTS
]


@pytest.mark.parametrize(("act", "status", "body", "error"), GIVEN)
async def test_answers(
    answering: Answering, act: Any, status: int, body: bytes, error: Any
) -> None:
    server = await answering(status, body)
    expected = (_FOR_WRITE if act is write else _FOR_READ).get(error, error)
    async with connected(server.url) as account:
        with pytest.raises(expected) as caught:
            await act(account)
    assert type(caught.value) is expected


async def test_several_errors_are_all_said(answering: Answering) -> None:
    body = xml_errors(("400", "Rule ID Empty"), ("400", "Rule Label Empty."))
    server = await answering(400, body)
    async with connected(server.url) as account:
        with pytest.raises(ProviderRejected) as caught:
            await listed(account)
    assert caught.value.user_message == "IOVOX refused: Rule ID Empty; Rule Label Empty"
    assert caught.value.code == "400"


@pytest.mark.parametrize(
    "body", [b"<response/>", as_json({"response": {"ok": True}}), b"<response><a/></response>"]
)
async def test_an_object_that_is_no_list(answering: Answering, body: bytes) -> None:
    server = await answering(200, body)
    async with connected(server.url) as account:
        with pytest.raises(ProviderGarbled):
            await listed(account)


@pytest.mark.parametrize(
    ("body", "kind"), [(b"<errors/>", "audio/mpeg"), (b"hello", "text/plain"), (b"", "audio/mpeg")]
)
async def test_sound_that_is_none(answering: Answering, body: bytes, kind: str) -> None:
    server = await answering(200, body, {"Content-Type": kind})
    async with connected(server.url) as account:
        with pytest.raises(ProviderGarbled):
            await heard(account)


@pytest.mark.parametrize(
    "body", [b"", b" \n", b"<response/>", b"<response><id>7</id></response>", as_json({"id": "7"})]
)
async def test_a_change_may_be_answered_with_or_without_words(
    answering: Answering, body: bytes
) -> None:
    server = await answering(200, body)
    async with connected(server.url) as account:
        await write(account)


async def test_a_provider_that_answers_the_same_page_for_ever(answering: Answering) -> None:
    body = (
        b"<response><current_page>1</current_page><total_pages>9</total_pages><results><result>"
        b"<link_id>7</link_id></result></results></response>"
    )
    server = await answering(200, body)
    async with connected(server.url) as account:
        with pytest.raises(ProviderGarbled, match="page 1 instead of 2"):
            await account.numbers()


async def test_refused_credentials_name_the_addresses(iovox: SimulatedIovox) -> None:
    async with connected(iovox.url, secure_key="wrong") as account:
        with pytest.raises(AuthFailed, match="Authentication failed") as caught:
            await account.ping()
    assert "IP address" in caught.value.hint
    assert caught.value.code == "401"


async def test_an_answer_that_repeats_the_key(answering: Answering) -> None:
    words = f"secureKey {KEY} is not for your address"
    server = await answering(400, xml_errors(("400", words)))
    async with connected(server.url) as account:
        with structlog.testing.capture_logs() as logged, pytest.raises(ProviderRejected) as caught:
            await listed(account)
    assert "secureKey *** is not" in caught.value.user_message
    assert KEY not in f"{everything_said(caught.value)} {logged}"


@pytest.mark.parametrize("key", ["a\nb", "a\x00b", ""])
def test_a_key_that_no_header_can_carry(key: str) -> None:
    with pytest.raises(ValueError, match="secure_key") as caught:
        iovox_settings(secure_key=key)
    assert "a\nb" not in str(caught.value.errors(include_input=False))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "given",
    [{"username": ""}, {"username": "a\r\nX: 1"}, {"colour": "red"}, {"time_zone": "Mars/Olympus"}],
)
def test_settings_that_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        iovox_settings(**given)


def test_what_costs_money_and_what_cannot_be_undone() -> None:
    by_effect = {
        effect: {each.alias for each in SPEC.operations if each.effect is effect}
        for effect in Effect
    }
    assert by_effect[Effect.COSTS_MONEY] == {"call.place", "text.send"}
    assert by_effect[Effect.CANNOT_BE_UNDONE] == {
        "flow.delete",
        "link.delete",
        "contact.delete",
        "time_template.delete",
    }
