"""Tokens, limits, and what becomes of answers that are none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, get_args

import pytest
import structlog
from aiohttp import web

from bot.demo.providers.ringme import id_of
from bot.demo.providers.ringme.faults import RESET_SECONDS, FaultKind
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
from bot.providers.operations import Blob
from tests.providers.conftest import Scripted
from tests.providers.ringme_pbx import SECRET, Pbx, first, pbx

ANNA = str(id_of(101))
READ, WRITE = "extension.get", "ani.update"
FILE = "recording.get"
CANONICAL = {
    READ: "GET /extension/{extension_id}/extension/",
    WRITE: "PUT /extension/{extension_id}/ani/",
    FILE: "GET /extension/{extension_id}/record/{record_uuid}",
}

WRONG: dict[FaultKind, tuple[type[ProviderError], type[ProviderError], type[ProviderError]]] = {
    "html": (ProviderGarbled, OutcomeUnknown, ProviderGarbled),
    "empty": (ProviderGarbled, OutcomeUnknown, ProviderGarbled),
    "garbled": (ProviderGarbled, OutcomeUnknown, ProviderGarbled),
    "lost": (ProviderUnreachable, OutcomeUnknown, ProviderUnreachable),
    "slow": (ProviderUnreachable, OutcomeUnknown, ProviderUnreachable),
    "refused": (ProviderRejected, ProviderRejected, ProviderRejected),
    "unauthorized": (AuthFailed, AuthFailed, AuthFailed),
    "server_error": (ProviderUnreachable, OutcomeUnknown, ProviderUnreachable),
    "rate_limited": (RateLimited, RateLimited, RateLimited),
    "moved": (ProviderRejected, ProviderRejected, ProviderRejected),
}
"""What a read, a write and the fetching of a file end in."""


@pytest.fixture
async def company() -> AsyncIterator[Pbx]:
    async with pbx() as made:
        yield made


class OneAnswer(Scripted):
    """Gives a token, and one answer to everything else."""

    async def _respond(self, request: Any) -> Any:
        if request.path == "/oauth/token":
            return web.json_response({"access_token": "t"})
        return await super()._respond(request)


@asynccontextmanager
async def answering(status: int, body: bytes) -> AsyncIterator[Pbx]:
    server = OneAnswer(status, body, {"Content-Type": "application/json"})
    await server.start()
    try:
        async with pbx(base_url=server.url) as company:
            yield company
    finally:
        await server.close()


async def do(company: Pbx, name: str) -> Any:
    uuid = first(company.extension(101).recordings)
    more = {READ: {}, WRITE: {"ani_number": "442079460181"}, FILE: {"record_uuid": uuid}}
    return await company.call(name, extension_id=ANNA, **more[name])


def test_every_fault_is_thrown() -> None:
    assert set(WRONG) == set(get_args(FaultKind))


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("index", [0, 1, 2], ids=["read", "write", "file"])
async def test_faults_become_our_errors(kind: FaultKind, index: int) -> None:
    name = (READ, WRITE, FILE)[index]
    async with pbx(seconds=0.3) as company:
        await company.account.ping()
        before = len(company.sent)
        company.simulated.account.fail(CANONICAL[name], kind, times=9)
        with pytest.raises(WRONG[kind][index]) as caught:
            await do(company, name)
        error = caught.value
        assert error.provider == "RingMe"
        assert error.operation == CANONICAL[name]
        assert SECRET not in f"{error!r} {error} {error.hint} {error.reply}"
        if isinstance(error, ProviderGarbled) and kind in ("html", "garbled"):
            assert error.reply
        # What was refused for its token was not done, so it is sent with another.
        tries = 2 if kind == "unauthorized" else 1
        if name != WRITE and kind in ("lost", "slow", "rate_limited"):
            tries = 3
        assert len(company.sent) - before == tries


@pytest.mark.parametrize("kind", ["lost", "rate_limited"])
@pytest.mark.parametrize("name", [READ, FILE])
async def test_a_read_is_tried_again(company: Pbx, kind: FaultKind, name: str) -> None:
    company.simulated.account.fail(CANONICAL[name], kind)
    assert await do(company, name)


async def test_one_token_serves_everybody_who_asks_at_once(company: Pbx) -> None:
    await asyncio.gather(*(do(company, READ) for _ in range(8)))
    assert company.tokens == 1


async def test_a_token_is_renewed_before_it_ends(company: Pbx) -> None:
    await do(company, READ)
    company.clock.forward(seconds=3600 - 61)
    await do(company, READ)
    assert company.tokens == 1
    company.clock.forward(seconds=2)
    await do(company, READ)
    assert company.tokens == 2
    assert company.simulated.account.refusals == []


async def test_a_token_without_an_end_is_kept() -> None:
    async with pbx(of={"token_lives": None}) as company:
        await do(company, READ)
        company.clock.forward(minutes=30)
        await do(company, READ)
        assert company.tokens == 1


@pytest.mark.parametrize("name", [READ, WRITE, FILE])
async def test_a_token_that_was_ended_early_is_renewed_once(company: Pbx, name: str) -> None:
    await do(company, READ)
    company.simulated.forget_tokens()
    await asyncio.gather(*(do(company, name) for _ in range(4)))
    assert company.tokens == 2
    assert [refused.status for refused in company.simulated.account.refusals] == [401] * 4


async def test_wrong_credentials_are_refused() -> None:
    async with pbx(client_secret="another") as company:
        with pytest.raises(AuthFailed) as caught:
            await company.account.ping()
        assert caught.value.code == "invalid_client"
        assert "another" not in repr(caught.value)
        assert company.sent == []


async def test_ping_asks_for_a_token_where_no_extension_is_known() -> None:
    async with pbx(extensions=[]) as company:
        await company.account.ping()
        assert (company.tokens, company.sent) == (1, [])


async def test_an_extension_that_is_not_there_is_named() -> None:
    async with pbx(extensions=[999]) as company:
        with pytest.raises(NotFound, match="extension 999") as caught:
            await company.account.ping()
        assert "extensions" in caught.value.hint


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("app_access_type_deny", "level All"),
        ("user_access_type_deny", "may only read"),
        ("access_denied", "no right to this object"),
    ],
)
async def test_a_missing_right_says_who_can_give_it(word: str, hint: str) -> None:
    body = f'{{"message": "Access denied", "status": "{word}"}}'.encode()
    async with answering(403, body) as company:
        with pytest.raises(ProviderRejected, match="Access denied") as caught:
            await do(company, WRITE)
        assert caught.value.code == word
        assert hint in caught.value.hint


async def test_a_blocked_user_is_wrong_credentials() -> None:
    async with answering(403, b'{"message": "Blocked", "status": "user_blocked"}') as company:
        with pytest.raises(AuthFailed):
            await do(company, READ)


async def test_the_level_call_api_changes_no_configuration() -> None:
    async with pbx(of={"level": "call_api"}) as company:
        await do(company, READ)
        with pytest.raises(ProviderRejected) as caught:
            await do(company, WRITE)
        assert caught.value.code == "app_access_type_deny"
        await company.account.subscribe("hangup", "https://x/y", of=ANNA)


async def test_words_that_are_an_object_are_shown() -> None:
    async with answering(400, b'{"message": {"type": "Missing required parameter"}}') as company:
        with pytest.raises(ProviderRejected, match="Missing required parameter"):
            await do(company, WRITE)


async def test_the_limit_of_the_hour_is_obeyed(company: Pbx) -> None:
    """The next request waits until the reset, where that is soon."""
    company.simulated.account.fail(CANONICAL[WRITE], "rate_limited")
    with pytest.raises(RateLimited):
        await do(company, WRITE)
    assert len(company.sent) == 1
    await do(company, WRITE)
    assert [round(wait) for wait in company.waits] == [RESET_SECONDS]


async def test_nothing_is_sent_while_the_hour_is_used_up() -> None:
    async with pbx(of={"hourly": 2}) as company:
        await do(company, READ)
        await do(company, READ)
        for name in (READ, WRITE, FILE):
            with pytest.raises(RateLimited) as caught:
                await do(company, name)
            assert caught.value.retry_after == pytest.approx(1800, abs=5)
        assert len(company.sent) == 2
        assert company.simulated.account.refusals == []


async def test_an_empty_answer_of_204_is_done() -> None:
    async with answering(204, b"") as company:
        result = await do(company, WRITE)
        assert result.model_dump() == {}


@pytest.mark.parametrize("body", [b"[1]", b'"x"', b"[{}, 5]", b'{"default": {"no": "text"}}', b"{"])
async def test_an_answer_of_another_form_is_kept(body: bytes) -> None:
    async with answering(200, body) as company:
        with pytest.raises(OutcomeUnknown) as caught:
            await do(company, WRITE)
        assert caught.value.reply == body.decode()


async def test_a_file_that_is_none() -> None:
    async with answering(200, b'{"message": "soon"}') as company:
        with pytest.raises(ProviderGarbled, match="no file"):
            await company.call(FILE, extension_id="5", record_uuid="5-AA")


async def test_no_secret_is_kept_or_logged() -> None:
    """Even where an answer repeats what it was sent."""

    class Echo(Scripted):
        async def _respond(self, request: Any) -> Any:
            if request.path == "/oauth/token":
                return web.json_response({"access_token": "s3cret-t0ken", "expires_in": 60})
            words = f"{request.headers['Authorization']} {SECRET}"
            return web.json_response({"message": words}, status=400)

    server = Echo(400, b"", {})
    await server.start()
    with structlog.testing.capture_logs() as logs:
        async with pbx(base_url=server.url) as company:
            for name in (READ, WRITE):
                with pytest.raises(ProviderRejected) as caught:
                    await do(company, name)
                said = f"{caught.value} {caught.value!r} {caught.value.reply} {logs}"
                assert "***" in caught.value.user_message
                assert "s3cret-t0ken" not in said
                assert SECRET not in said
            assert SECRET not in repr(company.account.settings)
    await server.close()


async def test_a_large_file_comes_whole(company: Pbx) -> None:
    anna = company.extension(101)
    uuid = first(anna.recordings)
    content = bytes(range(256)) * 4096
    anna.files[uuid] = anna.files[uuid]._replace(content=content)
    assert await do(company, FILE) == Blob("audio/x-wav", content)
