"""The pipeline of changes: every way through it, who wins a race, and the story it leaves."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from bot.demo.providers.yay import SimulatedYay
from bot.demo.providers.yay.seed import SALES, uuid_of
from bot.demo.providers.yay.seed_flows import CALL_PETE
from bot.domain.errors import NotAllowed, NotThere, TooLate, UserMistake
from bot.domain.people import Person
from bot.domain.states import CardKind, Change, ChangeState
from bot.domain.telephony import Destination, Kind
from bot.providers.yay.client import YayAccount
from bot.services.accounts import Accounts
from bot.services.actions import DeleteFlow, PlaceCall, RouteNumber, SaveFlow
from bot.services.background import Background, Bell
from bot.services.changes import WAITS, Changes
from bot.services.inventory import Inventory
from bot.services.permissions import Permissions
from bot.services.record import Record
from bot.store import cards
from bot.store import changes as rows
from bot.store.database import Database
from bot.store.tables import CardRow, ChangeRow
from tests.clock import FakeClock
from tests.services.world import ANNA, BORIS, CLARA, MONA, VERA

S = ChangeState
PETE_PATH = f"/voip/flow/{CALL_PETE}"


async def renamed(inventory: Inventory, name: str = "Call Peter") -> SaveFlow:
    before = (await inventory.flow(f"london/{CALL_PETE}")).value
    return SaveFlow(account="london", before=before, after=before.model_copy(update={"name": name}))


async def deleting(inventory: Inventory) -> DeleteFlow:
    flow = (await inventory.flow(f"london/{CALL_PETE}")).value
    return DeleteFlow(account="london", flow=flow)


def routing(account: str = "london") -> RouteNumber:
    flow = uuid_of("flow", "Sales menu")
    return RouteNumber(
        account=account,
        number=uuid_of("number", "Sales"),
        number_words=SALES,
        to=Destination(Kind.CALL_FLOW, uuid_of("flow", "Support")),
        to_name="Support",
        was=Destination(Kind.CALL_FLOW, flow),
        was_name="Sales menu",
    )


def writes(yay: SimulatedYay) -> list[str]:
    """What was sent to the provider to change something."""
    return [request.method for request in yay.account.requests if request.method != "GET"]


async def story(database: Database) -> list[tuple[str, str]]:
    """The audit log of one change, oldest first: who, and what."""
    lines, _ = await Record(database).page(0)
    assert len({(line.subject, line.account) for line in lines}) <= 1
    return [(line.who, line.what) for line in reversed(lines)]


async def card(database: Database, kind: CardKind) -> CardRow | None:
    async with database.read() as session:
        return next((row for row in await cards.behind(session) if row.kind is kind), None)


class Office:
    """The pipeline, and what its settled changes say."""

    def __init__(self, changes: Changes, background: Background) -> None:
        self.changes, self.background = changes, background

    async def asked(self, action: Any, by: Person = BORIS) -> Change:
        return await self.changes.ask(action, by, "C0PHONES")

    async def approved(self, action: Any, by: Person = MONA) -> Change:
        change = await self.asked(action)
        await self.changes.decide(change.id, by, approve=True)
        await self.background.settled()
        return await self.changes.get(change.id)


@pytest.fixture
def office(changes: Changes, background: Background) -> Office:
    return Office(changes, background)


# What needs nobody else


async def test_a_change_is_made_and_read_back(
    office: Office, inventory: Inventory, yay: SimulatedYay, database: Database
) -> None:
    change = await office.asked(await renamed(inventory))
    assert (change.state, change.outcome) == (
        S.CONFIRMED,
        "Done, and read back from the provider.",
    )
    assert yay.account.flows[CALL_PETE]["name"] == "Call Peter"
    assert change.details == ("Name: Call Pete → Call Peter",)
    assert await story(database) == [
        (BORIS.id, "asked"),
        ("switchboard", "sent"),
        ("switchboard", "confirmed"),
    ]
    assert await card(database, CardKind.CHANGE) is None


async def test_what_cannot_be_read_back_is_the_providers_word(office: Office) -> None:
    call = PlaceCall(
        account="london",
        extension=uuid_of("sipuser", "Anna Holt"),
        extension_name="Anna Holt",
        number="+447700900142",
    )
    change = await office.asked(call, CLARA)
    assert (change.state, change.outcome) == (S.CONFIRMED, "The provider accepted it.")


async def test_without_the_right_nothing_is_stored(
    office: Office, inventory: Inventory, yay: SimulatedYay, database: Database
) -> None:
    with pytest.raises(NotAllowed, match="needs the role manager"):
        await office.asked(await renamed(inventory), CLARA)
    assert (await story(database), writes(yay)) == ([], [])


async def test_what_would_change_nothing_or_cannot_work_is_refused(
    office: Office, inventory: Inventory, yay: SimulatedYay, database: Database
) -> None:
    with pytest.raises(UserMistake, match="Nothing would change"):
        await office.asked(await renamed(inventory, "Call Pete"))
    broken = await renamed(inventory)
    without_steps = broken.after.model_copy(update={"steps": {}})
    with pytest.raises(UserMistake, match="cannot work"):
        await office.asked(broken.model_copy(update={"after": without_steps}))
    assert (await story(database), writes(yay)) == ([], [])


async def test_a_refusal_of_the_provider_is_failed(
    office: Office, inventory: Inventory, yay: SimulatedYay
) -> None:
    action = await renamed(inventory)
    yay.account.fail(PETE_PATH, "refused", method="PUT")
    change = await office.asked(action)
    assert (change.state, change.outcome) == (S.FAILED, "Yay.com refused the credentials.")
    assert writes(yay) == ["PUT"]


async def test_somebody_elses_change_meanwhile_is_not_overwritten(
    office: Office, inventory: Inventory, yay: SimulatedYay
) -> None:
    action = await renamed(inventory)
    yay.account.flows[CALL_PETE]["name"] = "Call Somebody"
    change = await office.asked(action)
    assert change.state is S.FAILED
    assert "was changed meanwhile" in change.outcome
    assert writes(yay) == []


# A lost answer


async def test_a_lost_answer_is_read_back_and_done(
    office: Office, inventory: Inventory, yay: SimulatedYay
) -> None:
    action = await renamed(inventory)
    yay.account.fail(PETE_PATH, "lost", method="PUT")
    change = await office.asked(action)
    assert change.state is S.CONFIRMED
    assert change.outcome == (
        "Yay.com gave no usable answer, but reading it back shows it is done."
    )
    assert writes(yay) == ["PUT"]


async def test_a_lost_answer_that_shows_the_old_state_stays_unknown(
    office: Office, inventory: Inventory, yay: SimulatedYay
) -> None:
    action = await renamed(inventory)
    yay.account.fail(PETE_PATH, "server_error", method="PUT")
    change = await office.asked(action)
    assert change.state is S.UNKNOWN
    assert "shows the old state, so far" in change.outcome
    assert "not sent again" in change.hint
    assert writes(yay) == ["PUT"]


async def test_a_lost_answer_that_cannot_be_read_back_stays_unknown(
    office: Office, inventory: Inventory, yay: SimulatedYay
) -> None:
    action = await renamed(inventory)
    yay.account.fail(PETE_PATH, "server_error", method="PUT")
    office.background.spawn(_break_reads(yay), "break the reads once the write came")
    change = await office.asked(action)
    assert change.state is S.UNKNOWN
    assert "could not be read back" in change.outcome
    assert writes(yay) == ["PUT"]


async def _break_reads(yay: SimulatedYay) -> None:
    await yay.account.faults.struck.wait()
    yay.account.fail(PETE_PATH, "html", times=9, method="GET")


async def test_a_call_whose_answer_was_lost_is_unknown(office: Office, yay: SimulatedYay) -> None:
    yay.account.fail("/voip/call", "lost")
    call = PlaceCall(
        account="london",
        extension=uuid_of("sipuser", "Anna Holt"),
        extension_name="Anna Holt",
        number="+447700900142",
    )
    change = await office.asked(call, CLARA)
    assert (change.state, change.hint) == (S.UNKNOWN, "It was not sent again.")
    assert writes(yay) == ["POST"]


class Stubborn(dict[str, Any]):
    """Objects of a provider that says yes and changes nothing."""

    def __setitem__(self, key: str, value: Any) -> None:
        del key, value


async def test_what_was_accepted_and_is_not_so_differs(
    office: Office, inventory: Inventory, yay: SimulatedYay
) -> None:
    action = await renamed(inventory)
    yay.account.flows = Stubborn(yay.account.flows)
    change = await office.asked(action)
    assert change.state is S.DIFFERS
    assert change.outcome == "It was accepted, but reading it back shows something else."


async def test_something_unexpected_is_unknown_and_never_hangs(
    office: Office,
    inventory: Inventory,
    accounts: Accounts,
    yay: SimulatedYay,
    database: Database,
) -> None:
    """The connection was closed under it, which is no error that anybody expects."""
    telephony = accounts.get("london").telephony
    assert isinstance(telephony, YayAccount)
    change = await office.asked(await deleting(inventory))
    await telephony.close()
    await office.changes.decide(change.id, MONA, approve=True)
    await office.background.settled()
    change = await office.changes.get(change.id)
    assert change.state is S.UNKNOWN
    assert change.outcome.startswith("Something unexpected happened while this was sent")
    assert writes(yay) == []
    assert (await story(database))[-1] == ("switchboard", "unknown")


# A second person


async def test_a_risky_change_waits_is_approved_and_made(
    office: Office, inventory: Inventory, yay: SimulatedYay, database: Database, clock: FakeClock
) -> None:
    change = await office.asked(await deleting(inventory))
    assert (change.state, change.expires_at) == (S.WAITING, clock.now() + WAITS)
    assert writes(yay) == []
    waiting = await card(database, CardKind.CHANGE)
    assert waiting is not None
    assert (waiting.subject, waiting.channel) == (change.id, "C0APPROVE")

    decided = await office.changes.decide(change.id, MONA, approve=True)
    assert (decided.decided_by, decided.decided_name) == (MONA.id, "Mona")
    assert decided.decided_at == clock.now()
    await office.background.settled()
    done = await office.changes.get(change.id)
    assert done.state is S.CONFIRMED
    assert CALL_PETE not in yay.account.flows
    assert await story(database) == [
        (BORIS.id, "asked"),
        (MONA.id, "approved"),
        ("switchboard", "sent"),
        ("switchboard", "confirmed"),
    ]
    answer = await card(database, CardKind.ANSWER)
    assert answer is not None
    assert (answer.subject, answer.channel) == (change.id, BORIS.id)


async def test_denied_is_never_made_and_told(
    office: Office, inventory: Inventory, yay: SimulatedYay, database: Database
) -> None:
    change = await office.asked(await deleting(inventory))
    denied = await office.changes.decide(change.id, ANNA, approve=False)
    await office.background.settled()
    assert (denied.state, writes(yay)) == (S.DENIED, [])
    assert await story(database) == [(BORIS.id, "asked"), (ANNA.id, "denied")]
    assert await card(database, CardKind.ANSWER) is not None


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (BORIS, "Nobody approves their own request."),
        (CLARA, "needs the role manager"),
        (VERA, "needs the role manager"),
    ],
    ids=lambda value: value.name if isinstance(value, Person) else "",
)
async def test_who_may_not_decide_is_refused_and_written_down(
    office: Office, inventory: Inventory, database: Database, person: Person, words: str
) -> None:
    change = await office.asked(await deleting(inventory))
    with pytest.raises(NotAllowed, match=words):
        await office.changes.decide(change.id, person, approve=True)
    assert (await office.changes.get(change.id)).state is S.WAITING
    assert await story(database) == [(BORIS.id, "asked"), (person.id, "refused")]


async def test_of_two_who_decide_the_first_counts(
    office: Office, inventory: Inventory, yay: SimulatedYay, database: Database
) -> None:
    change = await office.asked(await deleting(inventory))
    results = await asyncio.gather(
        office.changes.decide(change.id, MONA, approve=True),
        office.changes.decide(change.id, ANNA, approve=False),
        return_exceptions=True,
    )
    await office.background.settled()
    (won,) = [result for result in results if isinstance(result, Change)]
    (lost,) = [result for result in results if isinstance(result, TooLate)]
    verdict = "approved" if won.decided_by == MONA.id else "denied"
    assert str(lost) == f"{won.decided_name} {verdict} this already."
    assert len(writes(yay)) == (verdict == "approved")
    assert [what for _, what in await story(database)].count(verdict) == 1


async def test_who_comes_late_reads_who_won(office: Office, inventory: Inventory) -> None:
    change = await office.asked(await deleting(inventory))
    await office.changes.decide(change.id, MONA, approve=False)
    with pytest.raises(TooLate, match="Mona denied this already"):
        await office.changes.decide(change.id, ANNA, approve=True)


async def test_what_nobody_decides_expires(
    office: Office, inventory: Inventory, yay: SimulatedYay, database: Database, clock: FakeClock
) -> None:
    change = await office.asked(await deleting(inventory))
    clock.forward(hours=23, minutes=59)
    assert await office.changes.expire() == 0
    clock.forward(minutes=1)
    with pytest.raises(TooLate, match="expired"):
        await office.changes.decide(change.id, MONA, approve=True)
    assert await office.changes.expire() == 1
    assert await office.changes.expire() == 0
    assert (await office.changes.get(change.id)).state is S.EXPIRED
    with pytest.raises(TooLate, match="expired"):
        await office.changes.decide(change.id, MONA, approve=True)
    assert writes(yay) == []
    assert await story(database) == [(BORIS.id, "asked"), ("switchboard", "expired")]


async def test_a_deletion_is_of_what_was_asked_about(
    office: Office, inventory: Inventory, yay: SimulatedYay
) -> None:
    action = await deleting(inventory)
    yay.account.flows[CALL_PETE]["name"] = "Call Somebody"
    change = await office.approved(action)
    assert change.state is S.FAILED
    assert "changed after this was asked; nothing was deleted" in change.outcome
    assert writes(yay) == []


async def test_a_number_that_was_sent_elsewhere_meanwhile_stays_there(
    office: Office, yay: SimulatedYay
) -> None:
    change = await office.asked(routing())
    yay.account.numbers[uuid_of("number", "Sales")]["call_flow"] = CALL_PETE
    await office.changes.decide(change.id, MONA, approve=True)
    await office.background.settled()
    assert (await office.changes.get(change.id)).state is S.FAILED
    assert writes(yay) == []


async def test_a_change_that_is_not_known(office: Office) -> None:
    with pytest.raises(NotThere):
        await office.changes.get(uuid4())
    with pytest.raises(NotThere):
        await office.changes.decide(uuid4(), MONA, approve=True)


# After a process died


@pytest.fixture
def another(
    database: Database,
    london: Accounts,
    permissions: Permissions,
    inventory: Inventory,
    background: Background,
    bell: Bell,
    clock: FakeClock,
) -> Changes:
    """The pipeline of the next process."""
    return Changes(
        database,
        london,
        permissions,
        inventory,
        background,
        bell,
        clock,
        approvals="C0APPROVE",
        owner="second",
    )


async def left(
    database: Database, action: Any, state: ChangeState, *, owner: str | None = None
) -> ChangeRow:
    """A row as a process that died left it."""
    written = action if isinstance(action, dict) else action.model_dump(mode="json")
    row = ChangeRow(
        account="london",
        action=written,
        summary="Left behind",
        state=state,
        asked_by=BORIS.id,
        asked_name="Boris",
        asked_at=FakeClock().now(),
        owner=owner,
    )
    async with database.write() as session:
        await rows.add(session, row)
    return row


async def test_what_was_decided_and_not_begun_is_made(
    another: Changes,
    background: Background,
    inventory: Inventory,
    yay: SimulatedYay,
    database: Database,
) -> None:
    row = await left(database, await deleting(inventory), S.READY)
    await another.recover()
    await background.settled()
    assert (await another.get(row.id)).state is S.CONFIRMED
    assert writes(yay) == ["DELETE"]
    assert await card(database, CardKind.ANSWER) is not None


@pytest.mark.parametrize("done", [True, False])
async def test_what_was_begun_is_looked_at_and_never_sent_again(
    another: Changes,
    inventory: Inventory,
    yay: SimulatedYay,
    database: Database,
    *,
    done: bool,
) -> None:
    row = await left(database, await deleting(inventory), S.APPLYING, owner="first")
    if done:
        del yay.account.flows[CALL_PETE]
    await another.recover()
    change = await another.get(row.id)
    assert change.state is (S.CONFIRMED if done else S.UNKNOWN)
    assert change.outcome.startswith("Switchboard was stopped while this was being sent")
    assert writes(yay) == []
    assert (await story(database))[-1] == ("switchboard", change.state.value)


async def test_what_this_process_applies_is_not_taken_over(
    another: Changes, inventory: Inventory, database: Database
) -> None:
    row = await left(database, await deleting(inventory), S.APPLYING, owner="second")
    await another.recover()
    assert (await another.get(row.id)).state is S.APPLYING


async def test_a_process_that_lost_its_row_records_nothing(
    office: Office, another: Changes, inventory: Inventory, yay: SimulatedYay, database: Database
) -> None:
    """The first holds its answer back until the second has taken the row over."""
    yay.account.fail(PETE_PATH, "slow", method="DELETE")
    change = await office.asked(await deleting(inventory))
    await office.changes.decide(change.id, MONA, approve=True)
    await yay.account.faults.struck.wait()
    await another.recover()
    assert (await another.get(change.id)).state is S.UNKNOWN
    yay.account.release()
    await office.background.settled()
    assert (await another.get(change.id)).state is S.UNKNOWN
    assert [what for _, what in await story(database)][-1] == "unknown"
    assert writes(yay) == ["DELETE"]


@pytest.mark.parametrize(("state", "end"), [(S.READY, S.FAILED), (S.APPLYING, S.UNKNOWN)])
async def test_what_another_version_wrote_ends_and_stops_no_start(
    another: Changes,
    background: Background,
    yay: SimulatedYay,
    database: Database,
    state: ChangeState,
    end: ChangeState,
) -> None:
    row = await left(database, {"kind": "teleport"}, state, owner="first")
    await another.recover()
    await background.settled()
    change = await another.get(row.id)
    assert (change.state, writes(yay)) == (end, [])
    assert "version" in change.outcome


async def test_what_was_asked_of_an_account_that_is_gone_fails(
    another: Changes, background: Background, database: Database
) -> None:
    ready = await left(database, routing("atlantis"), S.READY)
    begun = await left(database, routing("atlantis"), S.APPLYING, owner="first")
    await another.recover()
    await background.settled()
    assert (await another.get(ready.id)).state is S.FAILED
    assert (await another.get(begun.id)).state is S.UNKNOWN
