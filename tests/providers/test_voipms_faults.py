"""Every trouble becomes one of our errors, writes go out once, credentials stay in."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
import structlog

from bot.demo.providers.voipms import SimulatedVoipms
from bot.demo.providers.voipms.seed import MONTREAL
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
from bot.providers.operations import Operation
from bot.providers.yay.operations import ListFlows
from tests.providers.conftest import Answering
from tests.providers.voipms_office import (
    PASSWORD,
    USERNAME,
    connected,
    operation,
    simulated,
    voipms_settings,
)

SECRETS = {form(word) for word in (PASSWORD, USERNAME) for form in (str, quote, quote_plus)}


def a_read() -> Operation[Any]:
    return operation("getForwardings")


def a_write() -> Operation[Any]:
    return operation("setDIDRouting", did=MONTREAL, routing="fwd:15555")


@pytest.fixture
async def voipms() -> AsyncIterator[SimulatedVoipms]:
    async with simulated() as running:
        yield running


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def everything_said(error: BaseException) -> str:
    return f"{''.join(traceback.format_exception(error))} {error!r} {vars(error)}"


@pytest.mark.parametrize(
    ("fault", "error", "tries"),
    [
        ("html", ProviderGarbled, 1),
        ("unavailable", ProviderUnreachable, 3),
        ("proxy", ProviderUnreachable, 3),
        ("server_error", ProviderUnreachable, 1),
        ("empty", ProviderGarbled, 1),
        ("garbled", ProviderGarbled, 1),
        ("lost", ProviderUnreachable, 3),
        ("slow", ProviderUnreachable, 3),
        ("refused", AuthFailed, 1),
        ("rate_limited", RateLimited, 1),
        ("maintenance", ProviderUnreachable, 3),
    ],
)
async def test_reads(
    voipms: SimulatedVoipms, fault: Any, error: type[ProviderError], tries: int
) -> None:
    voipms.account.fail(None, fault, times=9)
    async with connected(voipms.url, seconds=0.3 if fault == "slow" else 10) as account:
        with pytest.raises(error) as caught:
            await account.call(a_read())
    assert type(caught.value) is error
    assert len(voipms.account.requests) == tries
    assert (caught.value.provider, caught.value.operation) == ("VoIP.ms", "getForwardings")
    assert not leaks(everything_said(caught.value))


@pytest.mark.parametrize(
    ("fault", "error", "done"),
    [
        ("html", OutcomeUnknown, False),
        ("unavailable", OutcomeUnknown, False),
        ("proxy", OutcomeUnknown, False),
        ("server_error", OutcomeUnknown, False),
        ("empty", OutcomeUnknown, False),
        ("garbled", OutcomeUnknown, False),
        ("lost", OutcomeUnknown, True),
        ("slow", OutcomeUnknown, False),
        ("refused", AuthFailed, False),
        ("rate_limited", RateLimited, False),
        ("maintenance", ProviderRejected, False),
    ],
)
async def test_writes_go_out_once(
    voipms: SimulatedVoipms, fault: Any, error: type[ProviderError], done: bool
) -> None:
    voipms.account.fail("setDIDRouting", fault, times=9)
    async with connected(voipms.url, seconds=0.3 if fault == "slow" else 10) as account:
        with pytest.raises(error) as caught:
            await account.call(a_write())
    assert len(voipms.account.requests) == 1
    assert (voipms.account.numbers[MONTREAL]["routing"] == "fwd:15555") is done
    assert not leaks(everything_said(caught.value))


@pytest.mark.parametrize("fault", ["lost", "unavailable", "maintenance", "proxy"])
async def test_a_read_is_tried_again(voipms: SimulatedVoipms, fault: Any) -> None:
    voipms.account.fail("getForwardings", fault, times=2)
    async with connected(voipms.url) as account:
        assert (await account.call(a_read())).forwardings
    assert len(voipms.account.requests) == 3


async def test_after_too_many_calls_nothing_is_sent_for_a_minute(voipms: SimulatedVoipms) -> None:
    voipms.account.fail(None, "rate_limited")
    async with connected(voipms.url) as account:
        for call in (a_read(), a_read(), a_write()):
            with pytest.raises(RateLimited) as caught:
                await account.call(call)
            assert caught.value.retry_after == pytest.approx(60, abs=5)
    assert len(voipms.account.requests) == 1


@pytest.mark.parametrize("call", [a_read(), a_write()], ids=["read", "write"])
async def test_nobody_listens(call: Operation[Any]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with connected(f"http://127.0.0.1:{taken.getsockname()[1]}") as account:
            with pytest.raises(ProviderUnreachable) as caught:
                await account.call(call)
    assert not leaks(everything_said(caught.value))


@pytest.mark.parametrize(
    ("status", "body", "for_read", "for_write"),
    [
        (200, {"status": "no_forwarding"}, None, NotFound),
        (200, {"status": "no_did"}, NotFound, NotFound),
        (200, {"status": "message_not_found"}, NotFound, NotFound),
        (200, {"status": "invalid_did", "message": "Bad"}, ProviderRejected, ProviderRejected),
        (200, {"status": "Invalid_threshold"}, ProviderRejected, ProviderRejected),
        (200, {"status": "Unable_to_purchase"}, ProviderRejected, ProviderRejected),
        (200, {"status": "no_subaccount"}, ProviderRejected, ProviderRejected),
        (200, {"status": "limit_reached"}, ProviderRejected, ProviderRejected),
        (200, {"status": "unavailable_info"}, ProviderUnreachable, ProviderRejected),
        (200, {"status": "invalid_credentials"}, AuthFailed, AuthFailed),
        (200, {"status": "Success"}, ProviderRejected, ProviderRejected),
        (200, {"status": ""}, ProviderGarbled, OutcomeUnknown),
        (200, {"status": 1}, ProviderGarbled, OutcomeUnknown),
        (200, {"status": None}, ProviderGarbled, OutcomeUnknown),
        (200, {}, ProviderGarbled, OutcomeUnknown),
        (200, b"[1, 2]", ProviderGarbled, OutcomeUnknown),
        (200, b'"success"', ProviderGarbled, OutcomeUnknown),
        (200, b"\xff\xfe", ProviderGarbled, OutcomeUnknown),
        (200, b"[" * 100_000, ProviderGarbled, OutcomeUnknown),
        (302, b"", ProviderGarbled, OutcomeUnknown),
        (401, b"", AuthFailed, AuthFailed),
        (403, b"<h1>no</h1>", AuthFailed, AuthFailed),
        (404, b"<h1>nothing here</h1>", ProviderRejected, ProviderRejected),
        (429, b"", RateLimited, RateLimited),
        (500, b"", ProviderUnreachable, OutcomeUnknown),
        (503, b"<h1>Varnish</h1>", ProviderUnreachable, OutcomeUnknown),
        (522, b"error code: 522", ProviderUnreachable, OutcomeUnknown),
    ],
)
async def test_answers(
    answering: Answering,
    status: int,
    body: Any,
    for_read: type[ProviderError] | None,
    for_write: type[ProviderError],
) -> None:
    server = await answering(status, body)
    async with connected(server.url) as account:
        if for_read is None:
            assert (await account.call(a_read())).forwardings == []
        else:
            with pytest.raises(for_read) as caught:
                await account.call(a_read())
            assert type(caught.value) is for_read
        tried = server.requests
        with pytest.raises(for_write) as lost:
            await account.call(a_write())
        assert type(lost.value) is for_write
        assert server.requests == tried + 1


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("api_not_enabled", "enables the API"),
        ("ip_not_enabled", "getIP tells it"),
        ("non_sufficient_funds", "adds funds"),
        ("sms_failed", "before you send it again"),
        ("limit_reached", "No more texts go out today"),
    ],
)
async def test_what_to_do(answering: Answering, code: str, hint: str) -> None:
    server = await answering(200, {"status": code, "message": "No."})
    async with connected(server.url) as account:
        with pytest.raises(ProviderError) as caught:
            await account.call(a_write())
    assert caught.value.code == code
    assert hint in caught.value.hint


@pytest.mark.parametrize("forms", [str, quote, quote_plus])
async def test_an_answer_that_repeats_the_address(answering: Answering, forms: Any) -> None:
    said = f"api_username={forms(USERNAME)}&api_password={forms(PASSWORD)}"
    server = await answering(200, {"status": "invalid_method", "message": f"Look at {said}."})
    async with connected(server.url) as account:
        with structlog.testing.capture_logs() as logged, pytest.raises(ProviderError) as caught:
            await account.call(a_read())
    assert "api_password=***" in caught.value.user_message
    assert not leaks(everything_said(caught.value) + str(logged))


async def test_secrets_in_an_unreadable_answer_are_not_kept(answering: Answering) -> None:
    row = {"did": {"no": "text"}, "smpp_pass": "smpp-secret", "port_out_pin": "4821"}
    server = await answering(200, {"status": "success", "dids": [row]})
    async with connected(server.url) as account:
        with pytest.raises(ProviderGarbled) as caught:
            await account.call(operation("getDIDsInfo"))
    assert "smpp-secret" not in everything_said(caught.value)
    assert "4821" not in everything_said(caught.value)


async def test_logs_hold_no_credentials(
    voipms: SimulatedVoipms, caplog: pytest.LogCaptureFixture
) -> None:
    """Though both travel in the address of every read, which httpx logs."""
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as logged:
        async with connected(voipms.url) as account:
            await account.call(a_read())
            await account.call(a_write())
    assert any(record.name == "httpx" for record in caplog.records)
    said = caplog.text + str(logged) + "".join(str(record.args) for record in caplog.records)
    assert not leaks(said)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "wrong"}, "invalid_credentials"),
        ({"username": "somebody@else.example"}, "invalid_credentials"),
    ],
)
async def test_refused_credentials(
    voipms: SimulatedVoipms, change: dict[str, str], code: str
) -> None:
    async with connected(voipms.url, **change) as account:
        with pytest.raises(AuthFailed) as caught:
            await account.ping()
    assert caught.value.code == code
    assert len(voipms.account.requests) == 1


async def test_the_address_is_not_on_the_list(voipms: SimulatedVoipms) -> None:
    voipms.account.address_allowed = False
    async with connected(voipms.url) as account:
        with pytest.raises(AuthFailed, match="ip_not_enabled"):
            await account.ping()
        assert (await account.call(operation("getIP"))).ip == "127.0.0.1"


def test_settings_hide_the_credentials() -> None:
    assert not leaks(repr(voipms_settings()))
    for wrong in ({"password": "a\nb"}, {"password": ""}, {"username": ""}, {"username": "a\nb"}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            voipms_settings(**wrong)


async def test_a_call_of_another_provider(voipms: SimulatedVoipms) -> None:
    async with connected(voipms.url) as account:
        with pytest.raises(TypeError, match=r"no function of VoIP\.ms"):
            await account.call(ListFlows())
