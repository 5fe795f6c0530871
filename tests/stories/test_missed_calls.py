"""A call that nobody answers becomes a card, which people claim, call back and close."""

from __future__ import annotations

import asyncio

from tests.stories.lines import (
    ACCOUNT,
    CUSTOMER,
    FREEPHONE,
    MANCHESTER,
    OTHER_CUSTOMER,
    SALES,
    SUPPORT,
)
from tests.stories.people import errors_of
from tests.stories.team import Team


async def test_a_missed_call_is_claimed_called_back_and_closed(team: Team) -> None:
    call = await team.yay.ring(CUSTOMER, MANCHESTER)
    await call.hang_up()
    card = await team.channel("#phones").shows("Missed call")
    assert "Missed call* to *Manchester*" in card.says
    assert "+44 7700 900142" in card.says or "07700 900142" in card.says
    assert card.buttons == ["Claim", "Call back", "Done"]

    await team.clara.presses(card, "Claim")
    await card.becomes("<@U0CLARA> claimed this")
    assert card.buttons == ["Call back", "Done"]

    await team.clara.presses(card, "Call back")
    assert team.clara.labels() == ["Ring first"]
    assert await team.clara.searches("Ring first", "anna") == ["Anna Holt (1002)"]
    await team.clara.fills_in({"Ring first": "Anna"})
    team.clara.sees_privately("Call +44 7700 900142 from Anna Holt")
    placed = [c for c in team.yay.account.calls.values() if c.call_type == "outbound"]
    assert [one.to for one in placed] == [CUSTOMER]

    await team.clara.presses(card, "Done")
    await card.becomes("<@U0CLARA> closed this")
    assert card.buttons == []
    assert await team.audit.story() == ["claimed", "asked", "sent", "confirmed", "done"]


async def test_of_two_agents_one_claims(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await asyncio.gather(team.clara.presses(card, "Claim"), team.devi.presses(card, "Claim"))
    await card.becomes("claimed this")
    loser, winner = (
        (team.devi, "clara") if "<@U0CLARA> claimed" in card.says else (team.clara, "devi")
    )
    loser.sees_privately(f"{winner} claimed this call already.")
    assert await team.audit.story() == ["claimed"]


async def test_claiming_twice_is_no_mistake(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await team.clara.presses(card, "Claim")
    await card.becomes("claimed this")
    await team.clara.presses(card, "Claim", stale=True)
    assert team.clara.answers == []
    await team.devi.presses(card, "Done")
    await card.becomes("<@U0DEVI> closed this")
    await team.clara.presses(card, "Claim", stale=True)
    team.clara.sees_privately("devi closed this call already.")


async def test_calling_back_claims_what_nobody_had_claimed(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await team.devi.presses(card, "Call back")
    await team.devi.fills_in({"Ring first": "Ravi"})
    await card.becomes("<@U0DEVI> claimed this")
    assert len(team.sent("POST")) == 1


async def test_who_may_not_answer_calls_only_reads(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    for label in ("Claim", "Call back", "Done"):
        await team.vera.presses(card, label)
        team.vera.sees_privately("You may not claim, call back and close missed calls")
    assert card.buttons == ["Claim", "Call back", "Done"]
    assert await team.audit.story() == []


async def test_a_voicemail_comes_after_the_call_and_is_the_same_card(team: Team) -> None:
    call = await team.yay.ring(CUSTOMER, SUPPORT)
    while call.state == "ringing":
        await call.ring_out()
    await call.leave_voicemail("Please call me back about the flat")
    card = await team.channel("#support").shows("Voicemail")
    await team.settles()
    assert len(team.channel("#support").cards) == 1

    ended = next(d for d in team.yay.account.deliveries if d.kind == "call")
    later = {**ended.body, "duration": int(ended.body["duration"]) + 1}  # told anew, not repeated
    await team.is_told_by_the_provider("call", later)
    await team.program.services.polls.run(ACCOUNT)
    await team.settles()
    assert "Voicemail" in card.says
    assert len(team.channel("#support").cards) == 1
    assert "flat" not in card.says  # what the caller said does not belong in a channel


async def test_a_voicemail_that_overtakes_its_call(team: Team) -> None:
    body = {
        "uuid": "0c9c1c1e-0000-4000-8000-000000000001", "call_type": "inbound", "from": CUSTOMER,
        "from_type": "number", "to": SALES, "to_type": "number", "start": "2026-03-02 09:00:00",
        "end": "2026-03-02 09:00:40", "duration": 40, "answered_by": "", "answer_type": "",
    }  # fmt: skip
    await team.is_told_by_the_provider(
        "voicemail", {**body, "mailbox": "Sales", "transcription": "hello"}
    )
    card = await team.channel("#sales").shows("Voicemail")
    await team.is_told_by_the_provider("call", body)
    await team.settles()
    assert "Voicemail" in card.says
    assert len(team.channel("#sales").cards) == 1


async def test_an_answered_call_has_no_card(team: Team) -> None:
    call = await team.yay.ring(CUSTOMER, SUPPORT)
    await call.answer()
    await call.hang_up()
    await team.settles()
    assert team.channel("#support").cards == []
    await team.clara.types("/phone missed")
    team.clara.sees_privately("No missed call is open.")


async def test_repeated_deliveries_are_one_card(team: Team) -> None:
    call = await team.rings_out(CUSTOMER, SUPPORT)
    await team.channel("#support").shows("Missed call")
    again = await asyncio.gather(*(team.yay.account.redeliver(call) for _ in range(10)))
    await team.settles()
    assert [one.status for one in again] == [200] * 10
    assert len(team.channel("#support").cards) == 1


async def test_the_poll_finds_a_call_whose_webhook_was_lost(team: Team) -> None:
    hooks, team.yay.account.hooks = team.yay.account.hooks, {}
    await team.rings_out(CUSTOMER, SUPPORT)
    team.yay.account.hooks = hooks
    await team.rings_out(OTHER_CUSTOMER, SUPPORT)
    await team.channel("#support").shows("900367")
    team.clock.forward(minutes=5)
    await team.program.services.polls.run(ACCOUNT)
    await team.channel("#support").shows("900142")
    await team.program.services.polls.run(ACCOUNT)
    await team.settles()
    assert len(team.channel("#support").cards) == 2


async def test_who_withholds_the_number_cannot_be_called_back(team: Team) -> None:
    await team.rings_out("anonymous", SUPPORT)
    card = await team.channel("#support").shows("withheld number")
    assert "Call back" not in card.buttons
    await team.clara.presses(card, "Done")
    await card.becomes("closed this")


async def test_a_number_without_a_line_is_shown_in_the_default_channel(team: Team) -> None:
    await team.rings_out(CUSTOMER, FREEPHONE)
    card = await team.channel("#phones").shows("Missed call")
    assert "+44 808 157 0000" in card.says


async def test_the_list_of_missed_calls(team: Team) -> None:
    for _ in range(12):
        await team.rings_out(CUSTOMER, SUPPORT)
        team.clock.forward(minutes=1)
    await team.program.background.settled()
    await team.clara.types("/phone missed")
    listed = team.clara.sees_privately("12 missed calls, page 1 of 2", "Older ▶")
    await team.clara.presses(listed, "Claim")
    listed = team.clara.sees_privately("Done", "<@U0CLARA>")
    await team.clara.presses(listed, "Older ▶")
    team.clara.sees_privately("page 2 of 2", "◀ Newer")
    await team.clara.types("/phone missed mine")
    mine = team.clara.sees_privately("Your missed calls", "1 missed call")
    await team.clara.presses(mine, "Done")
    team.clara.sees_privately("You have claimed no open call.")


async def test_a_call_taken_while_the_form_was_open(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await team.devi.presses(card, "Call back")
    await team.clara.presses(card, "Claim")
    errors = errors_of(await team.devi.fills_in({"Ring first": "Ravi"}))
    assert errors == {"phone": "clara claimed this call already."}
    assert team.sent("POST") == []


async def test_news_that_somebody_did_answer_corrects_the_card(team: Team) -> None:
    """Another leg of the same call may be told later; an answered call was not missed."""
    call = await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    (told,) = [one for one in team.yay.account.deliveries if one.uuid == call]
    answered = {"answered_by": "Ravi Shah", "answer_type": "sipuser"}
    await team.is_told_by_the_provider("call", {**told.body, **answered})
    await card.becomes("Answered after all")
    assert card.buttons == []
    await team.clara.presses(card, "Claim", stale=True)
    team.clara.sees_privately("answered this call already.")
    await team.is_told_by_the_provider("call", {**told.body, "duration": 99})
    await team.settles()
    assert "Answered after all" in card.says
