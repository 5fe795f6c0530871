"""Every trouble of the network becomes one of our errors, writes go out once, secrets stay in."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import structlog

from bot.demo.providers.yay import SimulatedYay
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
from bot.providers.yay.client import YayAccount
from tests.providers.conftest import PASSWORD, Answering, Connect

PETE = "31347d42-00bd-44a5-9b5c-20dc4197a2f6"

Act = Callable[[YayAccount], Awaitable[Any]]


async def read(account: YayAccount) -> Any:
    return await account.flow(PETE)


async def write(account: YayAccount) -> Any:
    return await account.delete_flow(PETE)


def envelope(status: int, words: str, result: Any = None) -> dict[str, Any]:
    return {"result": result or {}, "status_code": status, "status_message": words}


def everything_said(error: BaseException) -> str:
    said = "".join(traceback.format_exception(error))
    return f"{said} {error!r} {vars(error)}"


@pytest.mark.parametrize(
    ("fault", "error", "tries"),
    [
        ("html", ProviderGarbled, 1),
        ("empty", ProviderGarbled, 1),
        ("garbled", ProviderGarbled, 1),
        ("refused", AuthFailed, 1),
        ("server_error", ProviderUnreachable, 1),
        ("lost", ProviderUnreachable, 3),
        ("slow", ProviderUnreachable, 3),
        ("rate_limited", RateLimited, 3),
    ],
)
async def test_reads(
    connect: Connect, yay: SimulatedYay, fault: Any, error: type[ProviderError], tries: int
) -> None:
    yay.account.fail(None, fault, times=9)
    account = connect(yay.url, seconds=0.3 if fault == "slow" else 10)
    with pytest.raises(error) as caught:
        await read(account)
    assert len(yay.account.requests) == tries
    assert caught.value.provider == "Yay.com"
    assert caught.value.operation == "GET /voip/flow/{uuid}"
    assert PASSWORD not in everything_said(caught.value)


@pytest.mark.parametrize(
    ("fault", "error", "done"),
    [
        ("html", OutcomeUnknown, False),
        ("empty", OutcomeUnknown, False),
        ("garbled", OutcomeUnknown, False),
        ("refused", AuthFailed, False),
        ("server_error", OutcomeUnknown, False),
        ("lost", OutcomeUnknown, True),
        ("rate_limited", RateLimited, False),
    ],
)
async def test_writes_go_out_once(
    connect: Connect, yay: SimulatedYay, fault: Any, error: type[ProviderError], done: bool
) -> None:
    yay.account.fail(None, fault, times=9)
    with pytest.raises(error) as caught:
        await write(connect(yay.url))
    assert len(yay.account.requests) == 1
    assert (PETE not in yay.account.flows) is done
    assert PASSWORD not in everything_said(caught.value)


async def test_a_write_without_an_answer_in_time(connect: Connect, yay: SimulatedYay) -> None:
    yay.account.fail(None, "slow", times=9)
    with pytest.raises(OutcomeUnknown):
        await write(connect(yay.url, seconds=0.3))
    assert len(yay.account.requests) == 1


@pytest.mark.parametrize("fault", ["lost", "rate_limited"])
async def test_a_read_is_tried_again(account: YayAccount, yay: SimulatedYay, fault: Any) -> None:
    yay.account.fail(None, fault, times=2)
    assert (await account.flow(PETE)).name == "Call Pete"
    assert len(yay.account.requests) == 3


@pytest.mark.parametrize("act", [read, write])
async def test_nobody_listens(connect: Connect, act: Act) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        account = connect(f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ProviderUnreachable) as caught:
            await act(account)
    assert PASSWORD not in everything_said(caught.value)


@pytest.mark.parametrize(
    ("status", "body", "for_read", "for_write"),
    [
        (400, envelope(400, "Bad Request"), ProviderRejected, ProviderRejected),
        (401, envelope(401, "Unauthorized"), AuthFailed, AuthFailed),
        (401, b"<h1>no</h1>", AuthFailed, AuthFailed),
        (402, envelope(402, "Payment Required"), ProviderRejected, ProviderRejected),
        (403, b"", AuthFailed, AuthFailed),
        (404, b"<h1>nothing here</h1>", NotFound, NotFound),
        (405, envelope(405, "Method Not Allowed"), ProviderRejected, ProviderRejected),
        (500, envelope(500, "Internal Server Error"), ProviderUnreachable, OutcomeUnknown),
        (502, b"bad gateway", ProviderUnreachable, OutcomeUnknown),
        (503, b"", ProviderUnreachable, OutcomeUnknown),
        (302, b"", ProviderGarbled, OutcomeUnknown),
        (200, b"[1, 2]", ProviderGarbled, OutcomeUnknown),
        (200, b"\xff\xfe", ProviderGarbled, OutcomeUnknown),
        (200, b"[" * 100_000, ProviderGarbled, OutcomeUnknown),
        (200, {"result": 7, "status_code": 200}, ProviderGarbled, OutcomeUnknown),
        (200, envelope(404, "Not Found"), NotFound, NotFound),
        (200, envelope(500, "Oops"), ProviderUnreachable, OutcomeUnknown),
    ],
)
async def test_statuses(
    connect: Connect,
    answering: Answering,
    status: int,
    body: Any,
    for_read: type[ProviderError],
    for_write: type[ProviderError],
) -> None:
    server = await answering(status, body)
    with pytest.raises(for_read) as caught:
        await read(connect(server.url))
    assert type(caught.value) is for_read
    tried = server.requests
    with pytest.raises(for_write) as caught:
        await write(connect(server.url))
    assert type(caught.value) is for_write
    assert server.requests == tried + 1


async def test_refused_credentials_name_the_allow_list(connect: Connect, yay: SimulatedYay) -> None:
    with pytest.raises(AuthFailed) as caught:
        await read(connect(yay.url, password="wrong"))
    assert "IP address" in caught.value.hint


async def test_no_credit_is_said(connect: Connect, answering: Answering) -> None:
    server = await answering(402, envelope(402, "Payment Required"))
    with pytest.raises(ProviderRejected, match="no credit"):
        await write(connect(server.url))


async def test_a_deletion_may_be_answered_with_or_without_a_body(
    connect: Connect, answering: Answering
) -> None:
    for body in (b"", envelope(204, "No Content")):
        server = await answering(200 if body else 204, body)
        await write(connect(server.url))


async def test_an_answer_that_repeats_the_password(connect: Connect, answering: Answering) -> None:
    said = f'<p>X-Auth-Password: {PASSWORD}</p> "password": "other"'.encode()
    server = await answering(400, said)
    with structlog.testing.capture_logs() as logged, pytest.raises(ProviderRejected) as caught:
        await read(connect(server.url))
    assert "X-Auth-Password: ***" in caught.value.reply
    for text in (everything_said(caught.value), str(logged)):
        assert PASSWORD not in text
        assert '"other"' not in text


async def test_a_pin_in_an_unreadable_answer_is_not_kept(
    connect: Connect, answering: Answering
) -> None:
    room = {"r": {"module": "conference", "pin": "9173", "chairman_pin": 8264}}
    server = await answering(200, envelope(200, "OK", {"uuid": "u", "flow": room}))
    with pytest.raises(ProviderGarbled) as caught:
        await read(connect(server.url))
    assert "conference" in caught.value.reply
    assert "9173" not in everything_said(caught.value)
    assert "8264" not in everything_said(caught.value)


async def test_logs_hold_no_secret(account: YayAccount, yay: SimulatedYay) -> None:
    with structlog.testing.capture_logs() as logged:
        await account.flows()
    assert logged
    assert PASSWORD not in str(logged)
    assert PASSWORD not in repr(account.settings)


@pytest.mark.parametrize("password", ["a\nb", "a\x00b", ""])
def test_a_password_that_no_header_can_carry(connect: Connect, password: str) -> None:
    with pytest.raises(ValueError, match="password") as caught:
        connect("http://127.0.0.1:1", password=password)
    assert "a\nb" not in str(caught.value.errors(include_input=False))  # type: ignore[attr-defined]
