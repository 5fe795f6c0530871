"""The provider is down, slow, or talks nonsense: a sentence with its name, and nothing lost."""

from __future__ import annotations

import pytest

from bot.demo.providers.yay.faults import FaultKind
from bot.demo.providers.yay.seed import uuid_of
from tests.databases import Server, SqliteServer
from tests.stories.lines import ACCOUNT, CUSTOMER, SUPPORT
from tests.stories.team import Team

TROUBLE: list[tuple[FaultKind, str]] = [
    ("html", "Yay.com answered something that cannot be read"),
    ("empty", "Yay.com answered something that cannot be read"),
    ("garbled", "Yay.com answered something that cannot be read"),
    ("refused", "Yay.com refused the credentials"),
]


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """What the provider does is the same on each kind of database."""
    return sqlite


@pytest.mark.parametrize(("fault", "words"), TROUBLE)
async def test_a_read_that_goes_wrong_names_the_provider(
    team: Team, fault: FaultKind, words: str
) -> None:
    team.yay.account.fail("/voip/flow", fault, times=9)
    await team.vera.types("/phone flow list")
    team.vera.sees_privately(f"london: {words}")
    await team.vera.types("/phone flow show Support")
    team.vera.sees_privately("No call flow can be looked up now.", words)
    team.yay.account.fail(None, fault, times=9)
    await team.olga.types("/phone status")
    team.olga.sees_privately("Status", ":red_circle:", words)


@pytest.mark.parametrize(
    ("fault", "words", "outcome"),
    [
        ("refused", "Yay.com refused the credentials", "failed"),
        ("rate_limited", "Yay.com asks us to slow down", "failed"),
        ("html", "the outcome is unknown", "unknown"),
        ("empty", "the outcome is unknown", "unknown"),
        ("garbled", "the outcome is unknown", "unknown"),
    ],
)
async def test_a_write_that_goes_wrong_is_told_and_not_repeated(
    team: Team, fault: FaultKind, words: str, outcome: str
) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    team.yay.account.fail(None, fault, method="DELETE")
    await team.mona.presses(card, "Approve")
    await team.settles()
    await team.boris.is_told("Delete the call flow After hours")
    assert words in card.says
    assert (await team.audit.story())[-1] == outcome
    assert team.flow("After hours") is not None
    assert len(team.sent("DELETE")) == 1
    assert card.buttons == []


async def test_a_write_whose_answer_was_lost_is_read_back_and_found_done(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    team.yay.account.fail(None, "lost", method="DELETE")
    await team.mona.presses(card, "Approve")
    await card.becomes("Yay.com gave no usable answer, but reading it back")
    assert "shows it is done" in card.says
    assert len(team.sent("DELETE")) == 1
    assert (await team.audit.story())[-1] == "confirmed"


async def test_a_write_that_never_came_through_is_unknown_and_not_repeated(team: Team) -> None:
    await team.boris.types("/phone flow edit After hours")
    step = next(s for s in team.boris.offered("What to edit") if "voicemail" in s)
    await team.boris.fills_in({"What to edit": step})
    path = f"/voip/flow/{uuid_of('flow', 'After hours')}"
    team.yay.account.fail(path, "server_error", method="PUT")
    await team.boris.fills_in({"Mailboxes": ["Support"]})
    team.boris.sees_privately(
        "Yay.com gave no usable answer, so the outcome is unknown", "not sent again"
    )
    assert len(team.sent("PUT")) == 1
    assert (await team.audit.story())[-1] == "unknown"
    await team.restarts()
    await team.settles()
    assert len(team.sent("PUT")) == 1


async def test_a_write_that_is_slow_does_not_keep_slack_waiting(team: Team) -> None:
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    team.yay.account.fail(None, "slow", method="DELETE")
    assert (await team.mona.presses(card, "Approve", wait=False)).ok
    await card.becomes("being sent to the provider")
    await team.anna.presses(card, "Deny", stale=True, wait=False)
    await team.sees(lambda: "mona approved this already." in team.anna.answers[-1].words)
    team.yay.account.release()
    await card.becomes("Done, and read back from the provider.")


async def test_answers_that_come_too_late(team: Team) -> None:
    hasty = {**team.settings()["accounts"][ACCOUNT], "seconds": 0.1}
    await team.program.stop()
    await team.begins(accounts={ACCOUNT: hasty})
    await team.boris.types("/phone flow delete After hours")
    card = await team.channel("#phone-approvals").shows("After hours")
    team.yay.account.fail(None, "slow", times=9, method="DELETE")
    await team.mona.presses(card, "Approve")
    await card.becomes("Yay.com gave no usable answer, so the outcome is unknown")
    assert len(team.sent("DELETE")) == 1

    team.yay.account.fail("/voip/number", "slow", times=9)
    await team.vera.types("/phone numbers")
    team.vera.sees_privately("london: Yay.com could not be reached")


async def test_a_dial_that_was_lost_is_not_repeated(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    card = await team.channel("#support").shows("Missed call")
    await team.clara.presses(card, "Call back")
    team.yay.account.fail("/voip/call", "lost", method="POST")
    await team.clara.fills_in({"Ring first": "Anna"})
    team.clara.sees_privately("the outcome is unknown", "It was not sent again.")
    assert len(team.sent("POST", "/voip/call")) == 1
    await card.becomes("claimed this")


async def test_the_search_of_a_form_is_empty_while_the_provider_is_down(team: Team) -> None:
    await team.vera.types("/phone flow show")
    team.yay.account.fail("/voip/flow", "html", times=9)
    assert await team.vera.searches("Flow", "sales") == []
    assert team.vera.has_window


async def test_the_history_that_cannot_be_read_is_in_the_status(team: Team) -> None:
    team.yay.account.fail("/voip/call/history", "html", times=9)
    await team.program.services.polls.run(ACCOUNT)
    await team.olga.types("/phone status")
    team.olga.sees_privately("call history: Yay.com answered something that cannot be read")


async def test_an_account_that_is_gone_does_not_take_the_others_along(team: Team) -> None:
    await team.program.stop()
    other = {**team.settings()["accounts"][ACCOUNT], "base_url": "http://127.0.0.1:9"}
    accounts = {**team.settings()["accounts"], "paris": other}
    await team.begins(accounts=accounts)
    await team.vera.types("/phone flow list")
    team.vera.sees_privately("Call Pete", "paris: Yay.com could not be reached")
    await team.vera.types("/phone numbers")
    team.vera.sees_privately("+44 20 7946 0000", "paris: Yay.com could not be reached")
    await team.boris.types("/phone flow create")
    team.boris.sees_privately("Say in which account.", "There are: london, paris.")
    await team.boris.types("/phone flow create pris")
    team.boris.sees_privately("There is no account “pris”.", "Did you mean paris?")
    await team.boris.types("/phone flow create paris")
    team.boris.sees_privately("Yay.com could not be reached")
