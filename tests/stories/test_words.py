"""People type as their telephones, keyboards and clipboards do."""

from __future__ import annotations

import pytest

from tests.databases import Server, SqliteServer
from tests.stories.team import Team


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """These stories read words; one kind of database is enough."""
    return sqlite


@pytest.mark.parametrize(
    "typed",
    [
        "/phone flow show Sales menu",
        '/phone flow show "Sales menu"',
        "/phone flow show “Sales menu”",
        "/phone flow show „Sales menu“",
        "/phone flow show «Sales menu»",
        "/phone flow show Sales\u00a0menu",
        "/phone FLOW Show sales MENU",
        "/phone  flow   show  502",
        "/phone flow show \u200bSales menu\u200e",
    ],
)
async def test_a_flow_is_found_however_it_is_typed(team: Team, typed: str) -> None:
    await team.vera.types(typed)
    team.vera.sees_privately("Call flow Sales menu", "Extension", "502")


@pytest.mark.parametrize(
    "typed",
    [
        "020 7946 0000",
        "+442079460000",
        "+44 20 7946 0000",
        "(020) 7946‑0000",  # noqa: RUF001  # as a telephone writes it
        "020–7946–0000",  # noqa: RUF001
        "+44\u00a020\u00a07946\u00a00000",
        "0044 20 7946 0000",
        "Sales",
    ],
)
async def test_a_number_is_found_in_any_spelling(team: Team, typed: str) -> None:
    await team.vera.types(f"/phone number {typed}")
    team.vera.sees_privately("+44 20 7946 0000", "Sales menu", "london")


async def test_what_looks_like_markup_is_shown_as_typed(team: Team) -> None:
    await team.vera.types("/phone flow show <!channel> & <https://evil.example|here>")
    answer = team.vera.sees_privately("There is no call flow")
    assert "&lt;!channel&gt; &amp; &lt;https" in answer.words
    assert "<!channel>" not in answer.words


async def test_too_many_words_show_how_it_is_typed(team: Team) -> None:
    await team.boris.types("/phone audit everything please")
    team.boris.sees_privately("“everything please” is too much", "Usage: `/phone audit`")


async def test_a_name_that_nobody_has_gets_the_nearest(team: Team) -> None:
    await team.boris.types("/phone flow show Sales menue")
    team.boris.sees_privately("There is no call flow “Sales menue”.", "Did you mean “Sales menu”?")
    await team.boris.types("/phone missed yours")
    team.boris.sees_privately("“yours” is none of all, mine", "`/phone missed [WHICH]`")


async def test_a_number_and_a_flow_in_one_line(team: Team) -> None:
    await team.boris.types("/phone flow assign 020 7946 0001 Sales menu")
    team.boris.sees_privately("Send +44 20 7946 0001 to the call flow Sales menu")
    await team.boris.types("/phone flow assign 020 7946 0001 504")
    team.boris.sees_privately("Send +44 20 7946 0001 to the call flow Manchester")
    await team.boris.types("/phone flow assign “Support” Manchester")
    team.boris.sees_privately("Send +44 20 7946 0001 to the call flow Manchester")


# -- forms for what is missing --


async def test_a_missing_argument_opens_a_form_that_searches(team: Team) -> None:
    await team.vera.types("/phone flow show")
    assert team.vera.labels() == ["Flow"]
    assert "its name or extension" in team.vera.window_says
    assert await team.vera.searches("Flow", "sa") == ["Sales menu (502)"]
    assert await team.vera.searches("Flow", "50") == [
        "Call Pete (501)", "Sales menu (502)", "Support (503)", "Manchester (504)",
        "Monday meeting (505)", "After hours (506)",
    ]  # fmt: skip
    assert await team.vera.searches("Flow", "zebra") == []

    await team.vera.fills_in({"Flow": "Sales"})
    assert not team.vera.has_window
    team.vera.sees_privately("Call flow Sales menu", "502")


async def test_what_was_typed_already_stands_in_the_form(team: Team) -> None:
    await team.boris.types('/phone flow assign "020 7946 0000"')
    assert team.boris.labels() == ["Number", "Flow"]
    assert team.boris.filled("Number") == "020 7946 0000"
    assert await team.boris.searches("Number", "7946") == [
        "+44 20 7946 0000 Sales", "+44 20 7946 0001 Support",
    ]  # fmt: skip
    await team.boris.fills_in({"Flow": "After"})
    team.boris.sees_privately("Send +44 20 7946 0000 to the call flow After hours")


async def test_a_form_needs_what_it_asks_for(team: Team) -> None:
    await team.vera.types("/phone number")
    outcome = await team.vera.fills_in({})
    assert outcome.body == {"errors": {"number": "Please complete this required field."}}
    assert team.vera.has_window


async def test_what_is_gone_when_a_form_is_sent_is_said_beside_the_field(team: Team) -> None:
    await team.vera.types("/phone flow show")
    suggestion = await team.vera.searches("Flow", "After")
    assert suggestion == ["After hours (506)"]
    flow = team.flow("After hours")
    assert flow is not None
    team.yay.account.remove_flow(flow["uuid"])
    outcome = await team.vera.fills_in({"Flow": "After"})
    assert "There is no call flow" in outcome.body["errors"]["flow"]


async def test_a_right_taken_away_while_the_form_was_open_counts(team: Team) -> None:
    await team.boris.types("/phone flow delete")
    team.slack.channel("C0PHONES")  # the form stays open; the directory is asked again later
    team.clock.forward(minutes=6)
    team.slack.fail("usergroups.users.list", None, status=500)
    await team.boris.fills_in({"Flow": "Call Pete"})  # Slack is down: what was known serves
    team.boris.sees_privately("waits for a second person")
