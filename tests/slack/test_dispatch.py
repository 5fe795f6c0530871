"""Three seconds to acknowledge, one boundary for errors, and answers where the person is."""

from __future__ import annotations

import pytest

from bot.demo.slack.refusal import SlackRefusal
from tests.slack.workshop import Workshop
from tests.stories.people import errors_of
from tests.stories.team import Team

UNEXPECTED = "unexpected error"


def error_id(team: Team) -> str:
    (line,) = [line for line in team.logged if line["event"] == UNEXPECTED]
    return str(line["error_id"])


async def test_a_slow_command_is_acknowledged_in_time_and_answered_later(
    team: Team, workshop: Workshop
) -> None:
    outcome = await team.slack.say(team.vera.id, "C0PHONES", "/phone try slow")
    assert outcome.ok  # within three seconds, though the command is not done
    assert team.vera.answers == []
    workshop.gate.set()
    await team.program.background.settled()
    team.vera.sees_privately("slow, but here")
    assert [method for method, _ in team.slack.calls].count("response_url") == 1


async def test_help_does_not_wait_for_a_provider_that_hangs(team: Team) -> None:
    team.yay.account.fail(None, "slow", times=9)
    await team.vera.types("/phone help")
    team.vera.sees_privately("Switchboard")
    team.yay.account.release()


async def test_a_slow_form_shows_a_waiting_window_then_the_end(
    team: Team, workshop: Workshop
) -> None:
    await team.vera.types("/phone try form")
    outcome = await team.slack.submit(
        team.vera.id, team.vera.window["id"], {"name": {"name": "wait"}}
    )
    assert outcome.ok
    assert "Working on it" in team.vera.window_says
    workshop.gate.set()
    await team.program.background.settled()
    assert "Done. The answer is where you asked." in team.vera.window_says


async def test_a_slow_form_that_finds_something_wrong_says_so_in_its_window(
    team: Team, workshop: Workshop
) -> None:
    await team.vera.types("/phone try form")
    view = team.vera.window["id"]
    await team.slack.submit(team.vera.id, view, {"name": {"name": "wait and complain"}})
    workshop.gate.set()
    await team.program.background.settled()
    assert "No such name." in team.vera.window_says
    assert "Open the form again." in team.vera.window_says


async def test_a_look_may_take_longer_than_slack_waits(team: Team, workshop: Workshop) -> None:
    await team.vera.types("/phone try buttons")
    shown = team.vera.sees_privately("Press")
    assert (await team.vera.presses(shown, "Look", wait=False)).ok
    workshop.gate.set()
    await team.program.background.settled()
    team.vera.sees_privately("looked")


# -- unknown errors --


async def test_an_unknown_error_of_a_command_has_an_id_that_stands_in_the_log(team: Team) -> None:
    team.expected.append(UNEXPECTED)
    assert (await team.vera.types("/phone try broken")).ok
    answer = team.vera.sees_privately("Something went wrong in Switchboard", error_id(team))
    assert "nobody expected this" not in answer.words


async def test_an_answer_that_slack_would_not_take_is_an_unknown_error_too(team: Team) -> None:
    team.expected.append(UNEXPECTED)
    assert (await team.vera.types("/phone try huge")).ok
    team.vera.sees_privately("Something went wrong in Switchboard", error_id(team))


async def test_an_unknown_error_of_a_button(team: Team) -> None:
    team.expected.append(UNEXPECTED)
    await team.vera.types("/phone try buttons")
    shown = team.vera.sees_privately("Press")
    assert (await team.vera.presses(shown, "Break")).ok
    team.vera.sees_privately("Something went wrong in Switchboard", error_id(team))
    assert "Press" in shown.words  # the message with the buttons is still there


async def test_an_unknown_error_of_a_form_stands_in_its_window(team: Team) -> None:
    team.expected.append(UNEXPECTED)
    await team.vera.types("/phone try form")
    assert (await team.vera.fills_in({"Name": "break"})).ok
    assert error_id(team) in team.vera.window_says


async def test_an_unknown_error_of_a_search_is_logged(team: Team) -> None:
    team.expected.append("a delivery of Slack failed")
    await team.vera.types("/phone try form")
    assert await team.vera.searches("Found", "any") == ["any"]
    with pytest.raises(SlackRefusal):
        await team.vera.searches("Found", "break")


async def test_work_that_breaks_after_the_acknowledgement_is_logged(
    team: Team, workshop: Workshop
) -> None:
    """Slack takes no answer any more: nobody can be told, so the log has to know."""
    team.expected.append("background work failed")
    await team.slack.say(team.vera.id, "C0PHONES", "/phone try slow")
    team.slack.fail("response_url", None, status=500)
    workshop.gate.set()
    await team.program.background.settled()
    (line,) = [line for line in team.logged if line["event"] == "background work failed"]
    assert line["work"] == "late answer"


# -- where answers go --


async def test_an_answer_for_everybody(team: Team) -> None:
    await team.vera.types("/phone try loud hear this", channel="#sales")
    await team.channel("#sales").shows("hear this")


async def test_a_button_that_replaces_its_message(team: Team) -> None:
    await team.vera.types("/phone try buttons")
    shown = team.vera.sees_privately("Press")
    await team.vera.presses(shown, "Go")
    assert team.vera.sees_privately("pressed go").ts == shown.ts


async def test_words_beside_a_field(team: Team) -> None:
    await team.vera.types("/phone try form")
    assert errors_of(await team.vera.fills_in({"Name": "complain"})) == {"name": "No such name."}
    await team.vera.fills_in({"Name": "Anna"})
    assert not team.vera.has_window
    await team.vera.is_told("sent Anna")  # this form does not carry where it was asked for


# -- arguments of every kind --


async def test_mentions_numbers_and_words_are_read(team: Team, workshop: Workshop) -> None:
    await team.vera.types("/phone try kinds @boris #sales 7 OUT yes")
    assert workshop.seen == [("U0BORIS", "C0SALES", 7, "out", True)]


async def test_a_form_asks_with_slacks_own_pickers(team: Team, workshop: Workshop) -> None:
    await team.vera.types("/phone try kinds @boris")
    assert team.vera.labels() == ["Who", "Where", "Count", "Way", "Loudly"]
    kinds = [b["element"]["type"] for b in team.vera.window["blocks"] if b["type"] == "input"]
    assert kinds == [
        "users_select", "channels_select", "number_input", "static_select", "checkboxes",
    ]  # fmt: skip
    outcome = await team.vera.fills_in({"Where": "C0SALES", "Count": "10"})
    assert errors_of(outcome) == {"count": "Please enter a number of at most 9."}
    await team.vera.fills_in({"Where": "C0SALES", "Count": "9", "Way": "out", "Loudly": ["Loudly"]})
    assert workshop.seen == [("U0BORIS", "C0SALES", 9, "out", True)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("boris #sales 7", "who: “boris” is not a person: type it with its sign, and choose."),
        ("@boris sales 7", "where: “sales” is not a channel"),
        ("@boris #sales seven", "count: “seven” is not a whole number."),
        ("@boris #sales 10", "count: 10 is outside 1 to 9."),
        ("@boris #sales 7 up", "way: “up” is none of in, out."),
        ("@boris #sales 7 in perhaps", "loudly: “perhaps” is neither yes nor no."),
    ],
)
async def test_what_cannot_be_read_is_named(team: Team, typed: str, words: str) -> None:
    await team.vera.types(f"/phone try kinds {typed}")
    team.vera.sees_privately(words, "Usage: `/phone try kinds WHO WHERE COUNT [WAY] [LOUDLY]`")


async def test_a_form_of_a_command_that_is_gone(team: Team) -> None:
    """A window that was open while the bot was replaced by one without the command."""
    await team.vera.types("/phone try kinds")
    await team.program.stop()
    team.groups = team.groups[:-1]
    await team.begins()
    values = {"Who": "U0BORIS", "Where": "C0SALES", "Count": "9"}
    errors = errors_of(await team.vera.fills_in(values))
    assert "This is from an older Switchboard." in next(iter(errors.values()))
