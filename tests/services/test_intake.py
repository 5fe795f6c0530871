"""Deliveries: kept first, read once, and kept with their trouble where they cannot be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.demo.providers.yay.seed import SALES
from bot.domain.errors import NotThere
from bot.domain.states import DeliveryState
from bot.domain.telephony import Verdict
from bot.services.accounts import Accounts
from bot.services.background import Background, Bell
from bot.services.calls import Calls
from bot.services.intake import Intake, Reading
from bot.store import deliveries
from bot.store.database import Database
from bot.store.tables import DeliveryRow
from tests.clock import FakeClock
from tests.services.conftest import OLD_SECRET, SECRET

CALL: Mapping[str, Any] = {
    "uuid": "call-1",
    "call_type": "INBOUND",
    "from": "+447700900142",
    "to": SALES,
    "start": "2026-03-02 09:00:00",
    "duration": 12,
}
N, D, U, K = (
    DeliveryState.NEW,
    DeliveryState.DONE,
    DeliveryState.UNREADABLE,
    DeliveryState.UNKNOWN_KIND,
)


async def row(database: Database, id_: int = 1) -> DeliveryRow:
    async with database.read() as session:
        found = await deliveries.get(session, id_)
    assert found is not None
    return found


class Post:
    """Deliveries as they come in, and read."""

    def __init__(self, intake: Intake, background: Background) -> None:
        self.intake, self.background = intake, background

    async def comes(
        self,
        body: bytes | Mapping[str, Any] = CALL,
        *,
        kind: str = "call",
        account: str = "london",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"content-type": "application/json"} if headers is None else headers
        await self.intake.accept(account, kind, headers=given, body=content, address="127.0.0.1")
        await self.background.settled()


@pytest.fixture
def post(intake: Intake, background: Background) -> Post:
    return Post(intake, background)


@pytest.mark.parametrize(
    ("account", "secret", "known"),
    [
        ("london", SECRET, True),
        ("london", OLD_SECRET, True),
        ("london", "", False),
        ("london", SECRET[:-1], False),
        ("london", f"{SECRET}x", False),
        ("london", "ключ", False),
        ("paris", SECRET, False),
        ("paris", "", False),
        ("atlantis", SECRET, False),
        ("", "", False),
    ],
)
def test_an_address_is_known_by_account_and_secret(
    intake: Intake, account: str, secret: str, *, known: bool
) -> None:
    assert intake.knows(account, secret) is known


async def test_a_delivery_is_kept_and_read(
    post: Post, calls: Calls, database: Database, clock: FakeClock
) -> None:
    await post.comes()
    kept = await row(database)
    assert (kept.state, kept.trouble, kept.times) == (D, "", 1)
    assert json.loads(kept.body) == CALL
    assert (kept.received_at, kept.address) == (clock.now(), "127.0.0.1")
    (call,), _ = await calls.missed(mine=None, page=0)
    assert (call.line, call.verdict) == ("Sales", Verdict.MISSED)


async def test_the_same_delivery_again_is_counted_and_not_read(
    post: Post, calls: Calls, database: Database
) -> None:
    for _ in range(3):
        await post.comes()
    assert (await row(database)).times == 3
    assert (await calls.missed(mine=None, page=0))[1] == 1
    assert post.intake.accepted == {("london", "call"): 3}


async def test_another_kind_with_the_same_body_is_another_delivery(
    post: Post, calls: Calls, database: Database
) -> None:
    await post.comes()
    await post.comes(kind="voicemail")
    assert ((await row(database, 1)).state, (await row(database, 2)).state) == (D, D)
    (call,), _ = await calls.missed(mine=None, page=0)
    assert call.verdict is Verdict.VOICEMAIL


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (b"", "body: is no JSON."),
        (b"{", "body: is no JSON."),
        (b"\xff\xfe", "body: is no JSON."),
        (b"[" * 100_000, "body: is no JSON."),
        (b"[]", "body: is no object."),
        (b"{}", "uuid: missing."),
        ({**CALL, "start": "yesterday"}, "start: is no time like 2019-10-18 09:58:35."),
        ({**CALL, "call_type": "SIDEWAYS"}, "call_type: "),
    ],
    ids=lambda value: repr(value)[:20],
)
async def test_what_cannot_be_read_is_kept_with_its_trouble(
    post: Post, calls: Calls, database: Database, body: Any, trouble: str
) -> None:
    await post.comes(body)
    kept = await row(database)
    assert kept.state is U
    assert kept.trouble.startswith(trouble)
    assert (await calls.missed(mine=None, page=0))[1] == 0


@pytest.mark.parametrize(
    "body",
    [
        {**CALL, "uuid": "nul\0"},
        {**CALL, "from": "\0"},
        {**CALL, "from": "\ud800"},
        {**CALL, "duration": 10**30},
        {**CALL, "start": "0001-01-01 00:00:00"},
        {**CALL, "start": "9999-12-31 23:59:59+0000", "end": "0001-01-01 00:00:00"},
    ],
    ids=["NUL in an id", "NUL in a number", "half a character", "a huge number", "early", "late"],
)
async def test_what_breaks_the_reader_or_the_database_is_kept_and_met_once(
    post: Post, database: Database, body: dict[str, Any]
) -> None:
    await post.comes(body)
    kept = await row(database)
    assert kept.state in (D, U)
    async with database.read() as session:
        assert await deliveries.unread(session) == []
    await post.comes({**CALL, "uuid": "a good one"})
    assert (await row(database, 2)).state is D


@pytest.mark.parametrize("header", ["\udcff", "nul\0", "ключ", ""])
async def test_headers_in_a_wrong_encoding_are_kept(
    post: Post, database: Database, header: str
) -> None:
    await post.comes(headers={"content-type": "application/json", "x-strange": header})
    assert (await row(database)).state is D


async def test_a_kind_that_is_not_known_is_kept(post: Post, database: Database) -> None:
    await post.comes(b"whatever", kind="dial-in")
    kept = await row(database)
    assert (kept.state, kept.body) == (K, b"whatever")
    assert kept.trouble == "Yay.com sends no dial-in, as far as is known."
    assert post.intake.accepted == {("london", "other"): 1}


async def test_what_an_earlier_process_did_not_read_is_read(
    intake: Intake, calls: Calls, database: Database, clock: FakeClock
) -> None:
    async with database.write() as session:
        for uuid in ("call-1", "call-2"):
            await deliveries.keep(
                session,
                account="london",
                kind="call",
                headers={},
                body=json.dumps({**CALL, "uuid": uuid}).encode(),
                address="",
                at=clock.now(),
            )
    await intake.recover()
    assert [(await row(database, number)).state for number in (1, 2)] == [D, D]
    assert (await calls.missed(mine=None, page=0))[1] == 2


async def test_a_delivery_of_an_account_that_is_gone_stops_no_start(
    post: Post,
    database: Database,
    accounts: Accounts,
    calls: Calls,
    background: Background,
    bell: Bell,
    clock: FakeClock,
) -> None:
    async with database.write() as session:
        await deliveries.keep(
            session,
            account="atlantis",
            kind="call",
            headers={},
            body=b"{}",
            address="",
            at=clock.now(),
        )
    await post.intake.recover()
    kept = await row(database)
    assert kept.state is U
    assert "atlantis" in kept.trouble


async def test_reading_again_changes_nothing_and_says_the_same(
    post: Post, calls: Calls, database: Database
) -> None:
    await post.comes()
    (before,), _ = await calls.missed(mine=None, page=0)
    assert await post.intake.read(1) == Reading(D)
    assert await calls.missed(mine=None, page=0) == ([before], 1)
    await post.comes(b"{")
    assert await post.intake.read(2) == Reading(U, "body: is no JSON.")


async def test_a_delivery_that_is_not_there(intake: Intake) -> None:
    with pytest.raises(NotThere, match="no delivery 77"):
        await intake.read(77)
