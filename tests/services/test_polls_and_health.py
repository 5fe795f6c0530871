"""Call histories are read from where they stopped; the checkup and the record tell how it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.demo.providers.yay import SimulatedYay
from bot.demo.providers.yay.history import CallRecord
from bot.demo.providers.yay.seed import SALES
from bot.domain.states import ChangeState, DeliveryState
from bot.services.accounts import Accounts
from bot.services.calls import Calls
from bot.services.health import Checkup
from bot.services.intake import Intake
from bot.services.polls import OVERLAP, Polls
from bot.services.record import PAGE, Record
from bot.store import audit, cursors
from bot.store.database import Database
from bot.store.tables import CursorRow
from tests.clock import START, FakeClock
from tests.services.world import BORIS

HISTORY = "/voip/call/history"


@pytest.fixture(autouse=True)
def nothing_yet(yay: SimulatedYay) -> None:
    yay.account.history.clear()


def call(yay: SimulatedYay, clock: FakeClock, id_: str, *, minutes_ago: float) -> None:
    """A call that nobody took, as the history tells it once it has ended."""
    yay.account.history.append(
        CallRecord(
            uuid=id_,
            call_type="inbound",
            from_="+447700900142",
            from_type="number",
            to=SALES,
            to_type="number",
            started_at=clock.now() - timedelta(minutes=minutes_ago),
            seconds=20,
        )
    )


def warnings(logs: Iterable[Mapping[str, Any]]) -> list[str]:
    return [line["event"] for line in logs if line["log_level"] == "warning"]


async def cursor(database: Database) -> CursorRow | None:
    async with database.read() as session:
        return await cursors.get(session, "history london")


async def missed(calls: Calls) -> int:
    return (await calls.missed(mine=None, page=0))[1]


async def test_the_first_poll_reads_a_little_of_the_past(
    polls: Polls, calls: Calls, yay: SimulatedYay, database: Database, clock: FakeClock
) -> None:
    overlap = OVERLAP.total_seconds() / 60
    call(yay, clock, "in time", minutes_ago=overlap - 1)
    call(yay, clock, "before our time", minutes_ago=overlap + 1)
    await polls.run("london")
    assert await missed(calls) == 1
    read = await cursor(database)
    assert read is not None
    assert (read.at, read.seen_at, read.trouble) == (clock.now(), clock.now(), "")


async def test_a_call_that_began_before_the_last_poll_and_ended_after_it_is_found(
    polls: Polls, calls: Calls, yay: SimulatedYay, clock: FakeClock
) -> None:
    await polls.run("london")
    clock.forward(minutes=5)
    call(yay, clock, "a long one", minutes_ago=12)
    await polls.run("london")
    assert await missed(calls) == 1
    clock.forward(minutes=5)
    await polls.run("london")
    assert await missed(calls) == 1


async def test_trouble_moves_nothing_and_is_told_once(
    polls: Polls, calls: Calls, yay: SimulatedYay, database: Database, clock: FakeClock
) -> None:
    await polls.run("london")
    before = clock.now()
    yay.account.fail(HISTORY, "html", times=2)
    with capture_logs() as logs:
        for _ in range(2):
            clock.forward(minutes=20)
            await polls.run("london")
    assert warnings(logs) == ["call history cannot be read"]
    stuck = await cursor(database)
    assert stuck is not None
    assert (stuck.at, stuck.seen_at) == (before, before)
    assert stuck.trouble.startswith("Yay.com answered something that cannot be read")

    call(yay, clock, "while it was down", minutes_ago=35)
    await polls.run("london")
    assert await missed(calls) == 1
    healed = await cursor(database)
    assert healed is not None
    assert (healed.at, healed.trouble) == (clock.now(), "")

    yay.account.fail(HISTORY, "html")
    with capture_logs() as logs:
        await polls.run("london")
    assert len(warnings(logs)) == 1


async def test_a_first_poll_that_fails_is_made_up_for(
    polls: Polls, calls: Calls, yay: SimulatedYay, clock: FakeClock
) -> None:
    call(yay, clock, "early", minutes_ago=10)
    yay.account.fail(HISTORY, "html")
    await polls.run("london")
    clock.forward(hours=1)
    await polls.run("london")
    assert await missed(calls) == 1


def test_only_accounts_that_are_to_be_polled_are(polls: Polls) -> None:
    assert [account.name for account in polls.polled()] == ["london"]


# How it stands


async def test_the_checkup_names_who_does_not_answer(
    database: Database,
    accounts: Accounts,
    intake: Intake,
    polls: Polls,
    yay: SimulatedYay,
    clock: FakeClock,
) -> None:
    checkup = Checkup(database, accounts, clock)
    clock.forward(minutes=1)
    await intake.accept("london", "call", headers={}, body=b"{", address="")
    heard = clock.now()
    yay.account.fail(HISTORY, "html", times=9)
    await polls.run("london")
    health = await checkup.look()
    london, paris = health.accounts
    assert (london.trouble, london.last_delivery, london.last_poll) == ("", heard, None)
    assert london.poll_trouble.startswith("Yay.com answered something")
    assert (paris.trouble, paris.last_delivery) == ("Yay.com refused the credentials.", None)
    assert health.since == START
    assert (health.cards_waiting, health.cards_refused, health.undecided) == (0, 0, 0)


async def test_the_counts_name_every_state(
    database: Database, accounts: Accounts, intake: Intake, clock: FakeClock
) -> None:
    checkup = Checkup(database, accounts, clock)
    await intake.accept("london", "call", headers={}, body=b"{", address="")
    await intake.recover()
    counts = await checkup.count()
    assert counts.deliveries == {
        DeliveryState.NEW: 0,
        DeliveryState.UNREADABLE: 1,
        DeliveryState.UNKNOWN_KIND: 0,
    }
    assert counts.changes == dict.fromkeys(ChangeState, 0)


# The record


async def test_the_record_comes_in_pages_newest_first(database: Database) -> None:
    total = PAGE + 2
    for number in range(total):
        async with database.write() as session:
            audit.add(session, BORIS, "asked", f"subject {number}", at=START, account="london")
    first, count = await Record(database).page(0)
    second, _ = await Record(database).page(1)
    told = [line.subject for line in [*first, *second]]
    assert (len(first), count) == (PAGE, total)
    assert told == [f"subject {number}" for number in reversed(range(total))]
    assert {(line.who, line.who_name, line.account) for line in first} == {
        (BORIS.id, "Boris", "london")
    }
