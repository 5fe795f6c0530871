"""Every trouble becomes one of our errors, writes go out once, tokens are renewed, secrets stay."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import structlog

from bot.demo.providers.voipnow.tokens import TOKEN_PATH
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
from bot.providers.voipnow.client import VoipNowAccount
from tests.providers.voipnow_office import (
    DOCUMENTED,
    SECRET,
    Office,
    an_office,
    answering,
    at_once,
    operation,
    voipnow_settings,
)

Act = Callable[[VoipNowAccount], Awaitable[Any]]
ME: dict[str, Any] = {"userId": "@me", "extension": "0003*210"}


async def read(account: VoipNowAccount) -> Any:
    return await account.call(operation("event.list", **ME))


async def write(account: VoipNowAccount) -> Any:
    return await account.delete_events_of_extension("0003*210")


def everything_said(error: BaseException) -> str:
    said = "".join(traceback.format_exception(error))
    return f"{said} {error!r} {vars(error)}"


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with an_office() as office:
        office.add_event()
        yield office


@pytest.mark.parametrize(
    ("fault", "error", "tries"),
    [
        ("html", ProviderGarbled, 1),
        ("empty", ProviderGarbled, 1),
        ("garbled", ProviderGarbled, 1),
        ("unauthorized", AuthFailed, 2),
        ("denied", ProviderRejected, 1),
        ("server_error", ProviderUnreachable, 1),
        ("not_implemented", ProviderRejected, 1),
        ("lost", ProviderUnreachable, 3),
        ("rate_limited", RateLimited, 3),
    ],
)
async def test_reads(office: Office, fault: Any, error: type[ProviderError], tries: int) -> None:
    office.simulated.account.fail(None, fault, times=9)
    with pytest.raises(error) as caught:
        await read(office.account)
    assert type(caught.value) is error
    assert len(office.requests) == tries
    assert caught.value.operation == "GET /uapi/extensions/{userId}/{extension}/phoneCallEvents"
    assert SECRET not in everything_said(caught.value)


@pytest.mark.parametrize(
    ("fault", "error", "tries", "done"),
    [
        ("html", OutcomeUnknown, 1, False),
        ("empty", OutcomeUnknown, 1, False),
        ("garbled", OutcomeUnknown, 1, False),
        ("unauthorized", AuthFailed, 2, False),
        ("denied", ProviderRejected, 1, False),
        ("server_error", OutcomeUnknown, 1, False),
        ("not_implemented", ProviderRejected, 1, False),
        ("lost", OutcomeUnknown, 1, True),
        ("rate_limited", RateLimited, 1, False),
    ],
)
async def test_writes_go_out_once(
    office: Office, fault: Any, error: type[ProviderError], tries: int, done: bool
) -> None:
    office.simulated.account.fail(None, fault, times=9)
    with pytest.raises(error) as caught:
        await write(office.account)
    assert type(caught.value) is error
    assert len(office.requests) == tries
    assert (office.events == {}) is done
    assert SECRET not in everything_said(caught.value)


@pytest.mark.parametrize(("act", "error"), [(read, ProviderUnreachable), (write, OutcomeUnknown)])
async def test_no_answer_in_time(act: Act, error: type[ProviderError]) -> None:
    async with an_office({"seconds": 0.3}) as office:
        office.simulated.account.fail(None, "slow", times=9)
        with pytest.raises(error):
            await act(office.account)
        assert len(office.requests) == (3 if act is read else 1)


@pytest.mark.parametrize("act", [read, write])
async def test_nobody_listens(act: Act) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        account = VoipNowAccount(voipnow_settings(url), sleep=at_once)
        with pytest.raises(ProviderUnreachable) as caught:
            await act(account)
        await account.close()
    assert SECRET not in everything_said(caught.value)


def error(code: str, message: str = "words") -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


@pytest.mark.parametrize(
    ("status", "body", "for_read", "for_write", "code"),
    [
        (400, error("pce_id_invalid"), NotFound, NotFound, "pce_id_invalid"),
        (400, error("user_invalid"), NotFound, NotFound, "user_invalid"),
        (400, error("pce_method_invalid"), ProviderRejected, ProviderRejected, None),
        (400, error("access_denided"), AuthFailed, AuthFailed, "access_denided"),
        (400, error("internal_server_error"), ProviderRejected, ProviderRejected, None),
        (400, b"<h1>no</h1>", ProviderRejected, ProviderRejected, "400"),
        (400, {"error": "odd"}, ProviderRejected, ProviderRejected, "odd"),
        (400, {"error": ["odd"]}, ProviderRejected, ProviderRejected, "400"),
        (401, error("access_denied"), AuthFailed, AuthFailed, "access_denied"),
        (403, b"", AuthFailed, AuthFailed, "403"),
        (404, b"<h1>nothing</h1>", NotFound, NotFound, "404"),
        (405, b"", NotFound, NotFound, "405"),
        (409, error("limit_reached"), ProviderRejected, ProviderRejected, "limit_reached"),
        (413, b"", ProviderRejected, ProviderRejected, "413"),
        (500, error("internal_server_error"), ProviderUnreachable, OutcomeUnknown, None),
        (501, error("request_not_implemented"), ProviderRejected, ProviderRejected, None),
        (502, b"bad gateway", ProviderUnreachable, OutcomeUnknown, "502"),
        (302, b"", ProviderGarbled, OutcomeUnknown, "302"),
        (200, error("pce_access_denied"), ProviderRejected, ProviderRejected, None),
        (200, b"[1, 2]", ProviderGarbled, OutcomeUnknown, "200"),
        (200, b"\xff\xfe", ProviderGarbled, OutcomeUnknown, "200"),
        (200, b"[" * 100_000, ProviderGarbled, OutcomeUnknown, "200"),
        (200, b'"done"', ProviderGarbled, OutcomeUnknown, "200"),
        (200, b"null", ProviderGarbled, OutcomeUnknown, "200"),
        (200, {"entry": "none"}, ProviderGarbled, OutcomeUnknown, "200"),
    ],
)
async def test_statuses(
    status: int,
    body: Any,
    for_read: type[ProviderError],
    for_write: type[ProviderError],
    code: str | None,
) -> None:
    for act, expected in ((read, for_read), (write, for_write)):
        async with answering(status, body) as (scripted, account):
            with pytest.raises(expected) as caught:
                await act(account)
            assert type(caught.value) is expected
            assert caught.value.code == (code or body["error"]["code"])
            if act is write and status != 401:
                assert scripted.requests == 1


async def test_the_provider_s_words_are_shown() -> None:
    said = "You are not allowed to manage the phone call events."
    async with answering(400, error("pce_access_denied", said)) as (_, account):
        with pytest.raises(ProviderRejected, match=said) as caught:
            await account.delete_event("0003*210", "0", DOCUMENTED)
    assert "An admin" in caught.value.hint


async def test_numbers_may_be_text_and_unknown_fields_stay() -> None:
    row = {"id": "E1", "type": "2", "status": 1, "url": ["odd"], "mood": {"x": 1}}
    page = {"entry": [row], "totalResults": "1", "startIndex": 0, "filtered": "false", "new": 1}
    async with answering(200, page) as (_, account):
        result = await read(account)
    assert (result.entry[0].type, result.entry[0].status, result.total) == (2, 1, 1)
    assert result.entry[0].model_extra == {"mood": {"x": 1}}
    assert result.model_extra == {"new": 1}


async def test_204_to_a_list_is_an_empty_page() -> None:
    async with answering(204) as (_, account):
        assert (await read(account)).entry == []
        assert list(await account.live_calls()) == []


# Tokens


async def test_a_token_is_asked_for_as_the_vendor_s_clients_do(office: Office) -> None:
    await read(office.account)
    first = office.simulated.account.requests[0]
    address = office.simulated.url + TOKEN_PATH
    assert (first.method, first.path) == ("POST", TOKEN_PATH)
    assert first.body == {
        "grant_type": "client_credentials",
        "client_id": "app",
        "type": "unifiedapi",
        "redirect_uri": address,
    }


async def test_one_token_serves_many_calls_until_it_ends(office: Office) -> None:
    await asyncio.gather(*(read(office.account) for _ in range(5)))
    assert office.simulated.tokens.given == 1
    office.clock.advance(minutes=58)
    await read(office.account)
    assert office.simulated.tokens.given == 1
    office.clock.advance(minutes=1)
    await read(office.account)
    assert office.simulated.tokens.given == 2
    assert office.simulated.account.refusals == []


@pytest.mark.parametrize("act", [read, write])
async def test_a_token_that_died_is_renewed_once(office: Office, act: Act) -> None:
    await read(office.account)
    office.simulated.tokens.revoke()
    await asyncio.gather(*(act(office.account) for _ in range(3)))
    assert office.simulated.tokens.given == 2


async def test_wrong_credentials() -> None:
    async with an_office({"client_secret": "wrong-horse"}) as office:
        with pytest.raises(AuthFailed) as caught:
            await office.account.ping()
        assert caught.value.code == "invalid_client"
        assert office.requests == []
        assert "wrong-horse" not in everything_said(caught.value)


# Secrets


async def test_an_answer_that_repeats_a_secret() -> None:
    said = f'<p>secret {SECRET} token {"a" * 30}</p> "pin": "9173"'.encode()
    async with answering(400, said) as (_, account):
        with structlog.testing.capture_logs() as logged, pytest.raises(ProviderRejected) as caught:
            await read(account)
    for text in (everything_said(caught.value), str(logged), repr(account.settings)):
        assert SECRET not in text
        assert "a" * 30 not in text
        assert "9173" not in text


async def test_secrets_in_answers_are_masked() -> None:
    page = {"entry": [{"id": "E1", "password": "hunter2", "deep": [{"pin": 4711}]}]}
    async with answering(200, page) as (_, account):
        result = await read(account)
    assert "hunter2" not in f"{result!r} {result.model_dump()}"
    assert "4711" not in f"{result!r} {result.model_dump()}"
