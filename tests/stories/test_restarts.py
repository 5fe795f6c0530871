"""The program stops and comes back: what was accepted is not lost, nothing is sent twice."""

from __future__ import annotations

from bot.domain.states import ChangeState
from bot.store import changes
from tests.stories.lines import ACCOUNT, CUSTOMER, SALES, SUPPORT
from tests.stories.team import Team

NEWS = (
    b'{"uuid": "9a9c1c1e-0000-4000-8000-000000000001", "call_type": "inbound", '
    b'"from": "+447700900142", "from_type": "number", "to": "+442079460001", "to_type": "number", '
    b'"start": "2026-03-02 09:00:00", "end": "2026-03-02 09:00:20", "duration": 20, '
    b'"answered_by": "", "answer_type": ""}'
)


async def test_buttons_work_after_a_restart(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    call = await team.channel("#support").shows("Missed call")
    await team.boris.types("/phone flow delete After hours")
    change = await team.channel("#phone-approvals").shows("After hours")
    await team.settles()

    await team.restarts()

    await team.clara.presses(call, "Claim")
    await call.becomes("<@U0CLARA> claimed this")
    await team.mona.presses(change, "Approve")
    await change.becomes("read back from the provider")
    assert team.flow("After hours") is None
    await team.settles()
    assert len(team.channel("#support").cards) == 1
    assert len(team.channel("#phone-approvals").cards) == 1


async def test_a_delivery_that_was_accepted_and_not_read_is_read_after_the_start(
    team: Team,
) -> None:
    await team.is_killed()
    await team.accepts_but_dies("call", NEWS)
    await team.begins()
    card = await team.channel("#support").shows("Missed call")
    await team.clara.presses(card, "Claim")
    await card.becomes("claimed this")
    await team.is_told_by_the_provider("call", NEWS)  # the provider repeats it
    await team.settles()
    assert len(team.channel("#support").cards) == 1


async def test_a_change_that_was_decided_and_not_begun_is_sent_after_the_start(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    await team.settles()
    await team.is_killed()
    await team.changes_state(ChangeState.READY)
    await team.begins()
    await card.becomes("read back from the provider")
    assert len(team.sent("DELETE")) == 1
    await team.boris.is_told("read back")


async def test_a_change_that_was_being_sent_is_unknown_and_never_sent_again(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    await team.settles()
    await team.is_killed()
    await team.changes_state(ChangeState.APPLYING)
    await team.begins()
    await card.becomes("Switchboard was stopped while this was being sent")
    assert "Reading it back shows the old state, so far." in card.says
    assert "It was not sent again" in card.says
    assert team.sent("DELETE") == []
    await team.boris.is_told("was stopped while this was being sent")
    await team.olga.types("/phone status")
    team.olga.sees_privately("1 change with unknown outcome")

    await team.restarts()
    await team.settles()
    assert team.sent("DELETE") == []


async def test_a_change_that_was_sent_before_the_kill_is_found_done(team: Team) -> None:
    await team.boris.types("/phone flow assign “Sales” Support")
    card = await team.channel("#phone-approvals").shows("Sales")
    await team.settles()
    await team.is_killed()
    await team.changes_state(ChangeState.APPLYING)
    flow = team.flow("Support")
    assert flow is not None
    line = team.yay.account.line(SALES)
    assert line is not None
    line["call_flow"] = flow["uuid"]  # the call had reached the provider
    await team.begins()
    await card.becomes("but reading it back shows it is done")
    assert team.sent("PUT") == []


async def test_a_click_while_the_program_stops_is_not_lost(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    team.yay.account.fail(None, "slow", method="DELETE")
    outcome = await team.mona.presses(card, "Approve", wait=False)
    assert outcome.ok  # acknowledged once it is stored
    await team.yay.account.faults.struck.wait()
    team.yay.account.release()
    await team.restarts()
    await card.becomes("read back from the provider")
    assert len(team.sent("DELETE")) == 1


async def test_a_waiting_change_is_still_there_in_the_store(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    await team.settles()
    await team.restarts()
    async with team.program.database.read() as session:
        waiting = await changes.in_state(session, ChangeState.WAITING)
    assert [row.account for row in waiting] == [ACCOUNT]
