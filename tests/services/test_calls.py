"""News of calls become rows and cards; people claim and close them, one wins."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Protocol
from uuid import uuid4

import pytest

from bot.demo.providers.yay.seed import FREEPHONE, MANCHESTER, SALES, SUPPORT
from bot.domain.errors import NotAllowed, NotThere, TooLate
from bot.domain.numbers import Extension, Party, PhoneNumber, SipName, Withheld
from bot.domain.states import Call, CallState
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.services.calls import PAGE, Calls
from bot.services.record import Record
from bot.store import cards
from bot.store.database import Database
from bot.store.tables import CardRow
from tests.clock import START, FakeClock
from tests.services.world import ANNA, BORIS, CLARA, VERA

MISSED, VOICEMAIL, ANSWERED = Verdict.MISSED, Verdict.VOICEMAIL, Verdict.ANSWERED


def seen(
    verdict: Verdict = MISSED, *, call: str = "call-1", called: str = SALES, **given: object
) -> CallSeen:
    news = CallSeen(
        id=call,
        direction=Direction.INBOUND,
        verdict=verdict,
        caller=PhoneNumber("+447700900142"),
        called=PhoneNumber(called),
        started_at=START,
        waited=12,
    )
    return replace(news, **given)  # type: ignore[arg-type]


class Learn(Protocol):
    """Tells the bot news of calls, one after the other."""

    async def __call__(self, *news: CallSeen, account: str = "london") -> None: ...


@pytest.fixture
def learn(database: Database, calls: Calls) -> Learn:
    async def learned(*news: CallSeen, account: str = "london") -> None:
        for one in news:
            async with database.write() as session:
                await calls.learn(session, account, one)

    return learned


async def cards_of(database: Database) -> list[CardRow]:
    async with database.read() as session:
        return list(await cards.behind(session))


async def only(calls: Calls) -> Call:
    (call,), count = await calls.missed(mine=None, page=0)
    assert count == 1
    return call


# News


async def test_a_missed_call_becomes_a_row_and_a_card(
    database: Database, calls: Calls, learn: Learn
) -> None:
    await learn(seen())
    call = await only(calls)
    assert (call.account, call.line, call.verdict, call.waited) == ("london", "Sales", MISSED, 12)
    assert (call.state, call.started_at) == (CallState.OPEN, START)
    (card,) = await cards_of(database)
    assert (card.subject, card.channel, card.wanted) == (call.id, "C0SALES", 1)


@pytest.mark.parametrize("order", list(itertools.permutations([MISSED, VOICEMAIL, ANSWERED])))
async def test_in_whatever_order_news_come_the_end_is_the_same(
    database: Database, calls: Calls, learn: Learn, order: tuple[Verdict, ...]
) -> None:
    await learn(*(seen(verdict, answered_by="Pete" * (verdict is ANSWERED)) for verdict in order))
    assert await calls.missed(mine=None, page=0) == ([], 0)
    assert len(await cards_of(database)) == (order[0] is not ANSWERED)


@pytest.mark.parametrize("order", list(itertools.permutations([MISSED, VOICEMAIL])))
async def test_a_voicemail_says_more_than_a_missed_call(
    calls: Calls, learn: Learn, order: tuple[Verdict, ...]
) -> None:
    await learn(*map(seen, order))
    assert (await only(calls)).verdict is VOICEMAIL


async def test_the_same_news_again_change_nothing(
    database: Database, calls: Calls, learn: Learn
) -> None:
    await learn(seen(), seen(), seen())
    await only(calls)
    (card,) = await cards_of(database)
    assert card.wanted == 1


async def test_an_answered_call_has_no_card(database: Database, calls: Calls, learn: Learn) -> None:
    await learn(seen(ANSWERED, answered_by="Pete"))
    assert await calls.missed(mine=None, page=0) == ([], 0)
    assert await cards_of(database) == []


@pytest.mark.parametrize("direction", [Direction.OUTBOUND, Direction.INTERNAL])
async def test_only_inbound_calls_are_missed(
    database: Database, calls: Calls, learn: Learn, direction: Direction
) -> None:
    await learn(seen(direction=direction))
    assert await calls.missed(mine=None, page=0) == ([], 0)


@pytest.mark.parametrize(
    "caller", [Withheld(), Extension("101"), SipName("lobby"), PhoneNumber("+33142685300")]
)
async def test_whoever_called_is_kept(calls: Calls, learn: Learn, caller: Party) -> None:
    await learn(seen(caller=caller))
    assert (await only(calls)).caller == caller


async def test_two_withheld_callers_are_two_calls(calls: Calls, learn: Learn) -> None:
    await learn(*(seen(call=id_, caller=Withheld()) for id_ in ("a", "b")))
    assert (await calls.missed(mine=None, page=0))[1] == 2


@pytest.mark.parametrize(
    ("account", "called", "line", "channel"),
    [
        ("london", SALES, "Sales", "C0SALES"),
        ("london", SUPPORT, "Support", "C0PHONES"),
        ("london", FREEPHONE, "", "C0PHONES"),
        ("london", MANCHESTER, "", "C0PHONES"),
        ("paris", MANCHESTER, "Elsewhere", "C0PARIS"),
        ("paris", SALES, "", "C0PHONES"),
    ],
)
async def test_the_line_decides_the_channel(
    database: Database,
    calls: Calls,
    learn: Learn,
    account: str,
    called: str,
    line: str,
    channel: str,
) -> None:
    await learn(seen(called=called), account=account)
    assert (await only(calls)).line == line
    assert [card.channel for card in await cards_of(database)] == [channel]


async def test_one_id_at_two_accounts_is_two_calls(calls: Calls, learn: Learn) -> None:
    await learn(seen())
    await learn(seen(), account="paris")
    assert (await calls.missed(mine=None, page=0))[1] == 2


# People


async def test_a_call_is_claimed_and_closed(
    database: Database, calls: Calls, learn: Learn, clock: FakeClock
) -> None:
    await learn(seen())
    call = await only(calls)
    at = clock.forward(minutes=5)
    claimed = await calls.claim(call.id, CLARA)
    assert (claimed.state, claimed.by, claimed.by_name) == (CallState.CLAIMED, CLARA.id, "Clara")
    assert claimed.at == at
    assert await calls.missed(mine=CLARA, page=0) == ([claimed], 1)
    assert await calls.missed(mine=BORIS, page=0) == ([], 0)
    done = await calls.close(call.id, CLARA)
    assert done.state is CallState.DONE
    assert await calls.missed(mine=None, page=0) == ([], 0)
    (card,) = await cards_of(database)
    assert card.wanted == 3
    lines, _ = await Record(database).page(0)
    assert [(line.who, line.what) for line in lines] == [(CLARA.id, "done"), (CLARA.id, "claimed")]
    assert {line.subject for line in lines} == {f"missed call {call.id}"}


async def test_of_many_one_claims_and_the_others_read_who(calls: Calls, learn: Learn) -> None:
    await learn(seen())
    id_ = (await only(calls)).id
    people = [ANNA, BORIS, CLARA]
    results = await asyncio.gather(
        *(calls.claim(id_, who) for who in people), return_exceptions=True
    )
    (won,) = [result for result in results if isinstance(result, Call)]
    lost = [result for result in results if isinstance(result, TooLate)]
    assert len(lost) == 2
    assert {str(error) for error in lost} == {f"{won.by_name} claimed this call already."}


async def test_a_second_click_of_the_same_person_changes_nothing(
    database: Database, calls: Calls, learn: Learn
) -> None:
    await learn(seen())
    id_ = (await only(calls)).id
    assert await calls.claim(id_, CLARA) == await calls.claim(id_, CLARA)
    assert await calls.close(id_, CLARA) == await calls.close(id_, CLARA)
    assert (await Record(database).page(0))[1] == 2


async def test_what_is_closed_or_answered_cannot_be_claimed(calls: Calls, learn: Learn) -> None:
    await learn(seen(), seen(call="call-2"))
    (first, second), _ = await calls.missed(mine=None, page=0)
    await calls.close(first.id, BORIS)
    with pytest.raises(TooLate, match="Boris closed this call already"):
        await calls.claim(first.id, CLARA)
    with pytest.raises(TooLate, match="Boris closed this call already"):
        await calls.close(first.id, CLARA)
    again = {"call-1", "call-2"}
    for call in again:
        await learn(seen(ANSWERED, call=call, answered_by="Pete"))
    with pytest.raises(TooLate, match="Pete answered this call already"):
        await calls.claim(second.id, CLARA)


async def test_somebody_who_answers_does_not_take_a_claim_away(calls: Calls, learn: Learn) -> None:
    await learn(seen())
    id_ = (await only(calls)).id
    await calls.claim(id_, CLARA)
    await learn(seen(ANSWERED, answered_by="Pete"))
    call = await calls.get(id_)
    assert (call.state, call.by_name, call.verdict) == (CallState.CLAIMED, "Clara", ANSWERED)


async def test_a_viewer_may_not(calls: Calls, learn: Learn) -> None:
    await learn(seen())
    id_ = (await only(calls)).id
    for deed in (calls.claim, calls.close):
        with pytest.raises(NotAllowed, match="needs the role agent"):
            await deed(id_, VERA)
    assert (await only(calls)).state is CallState.OPEN


async def test_a_call_that_is_not_known(calls: Calls) -> None:
    for deed in (calls.claim, calls.close):
        with pytest.raises(NotThere):
            await deed(uuid4(), CLARA)


async def test_missed_calls_come_in_pages_newest_first(calls: Calls, learn: Learn) -> None:
    total = PAGE + 3
    await learn(
        *(
            seen(call=str(number), started_at=START + timedelta(minutes=number))
            for number in range(total)
        )
    )
    first, count = await calls.missed(mine=None, page=0)
    second, _ = await calls.missed(mine=None, page=1)
    assert (len(first), len(second), count) == (PAGE, 3, total)
    started = [call.started_at for call in [*first, *second]]
    assert started == sorted(started, reverse=True)
