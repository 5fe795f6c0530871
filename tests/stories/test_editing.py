"""Editing a call flow: one form a kind of step, checked, saved as a whole, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.providers.yay.seed import uuid_of
from bot.demo.providers.yay.seed_flows import CONFERENCE_PIN
from tests.databases import Server, SqliteServer
from tests.stories.people import errors_of
from tests.stories.team import Team


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """These stories store nothing that the kind of database could change."""
    return sqlite


async def chooses(team: Team, flow: str, kind: str) -> None:
    """Boris opens the form of a flow's first step of a kind."""
    await team.boris.types(f"/phone flow edit {flow}")
    steps = team.boris.offered("What to edit")
    chosen = next(step for step in steps if kind in step)
    await team.boris.fills_in({"What to edit": chosen})


EDITS: list[tuple[str, str, str, dict[str, Any], dict[str, Any]]] = [
    ("Sales menu", "(start)", "start", {"Then": "Step 4 (play a sound)"}, {"next": "welcome"}),
    ("Sales menu", "(record", "record", {"Then": "Step 5 (menu)"}, {"next": "menu"}),
    (
        "Sales menu", "hold music", "hold", {"Playlist": "Quiet"},
        {"class": uuid_of("playlist", "Quiet Piano")},
    ),
    (
        "Sales menu", "play a sound", "welcome", {"Sound": "Mailbox"},
        {"sound": uuid_of("sound", "Mailbox greeting")},
    ),
    (
        "Sales menu", "(menu)", "menu",
        {"Wait for a key (seconds)": "15", "Key 3": "Step 4 (play a sound)"},
        {
            "duration": 15,
            "next": {
                "1": "sales", "2": "support", "3": "welcome", "invalid": "menu", "timeout": "sales",
            },
        },
    ),
    ("Sales menu", "(ring)", "sales", {"Ring for (seconds)": "45"}, {"duration": 45}),
    (
        "Support", "match the caller", "nuisance", {"Patterns": "^4487\nanonymous"},
        {"patterns": ["^4487", "anonymous"]},
    ),
    ("Support", "busy tone", "engaged", {"Tone for (seconds)": "9"}, {"duration": 9}),
    (
        "Support", "voicemail", "mailbox", {"Mailboxes": ["Sales"]},
        {"mailboxes": [uuid_of("mailbox", "Sales")]},
    ),
    (
        "Manchester", "dial an extension", "anybody", {"Wait for keys (seconds)": "12"},
        {"wait_duration": 12, "noanswer": "sipuser_voicemail"},
    ),
    (
        "Monday meeting", "conference", "room", {"Music": "Harbour"},
        {"music": uuid_of("playlist", "Harbour Sounds"), "pin": CONFERENCE_PIN},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("flow", "kind", "key", "entries", "becomes"), EDITS, ids=[f"{e[0]} {e[1]}" for e in EDITS]
)
async def test_each_kind_of_step_has_its_form(
    team: Team, flow: str, kind: str, key: str, entries: dict[str, Any], becomes: dict[str, Any]
) -> None:
    before = {name: dict(module) for name, module in team.flow(flow)["flow"].items()}  # type: ignore[index]
    await chooses(team, flow, kind)
    outcome = await team.boris.fills_in(entries)
    assert outcome.ok, outcome.body
    team.boris.sees_privately(f"Change the call flow {flow}", "Done, and read back")
    assert team.module(flow, key) == before[key] | becomes
    for other in before.keys() - {key}:  # put replaces the whole: nothing else may have changed
        assert team.module(flow, other) == before[other]
    assert len(team.sent("PUT")) == 1


async def test_the_name_and_the_options(team: Team) -> None:
    await team.boris.types("/phone flow edit Call Pete")
    assert team.boris.filled("What to edit") == "Name and options"
    await team.boris.fills_in()
    assert team.boris.filled("Name") == "Call Pete"
    shown = team.boris.filled("Options")
    assert len(shown) == 2
    await team.boris.fills_in({"Name": "Call Peter", "Extension": "511", "Options": shown[:1]})
    team.boris.sees_privately("Change the call flow Call Pete", "Call Pete → Call Peter")
    held = team.flow("Call Peter")
    assert held is not None
    assert (held["extension"], held["show_call_route_name"], held["show_original_caller_id"]) == (
        511, True, False,
    )  # fmt: skip


async def test_a_step_of_an_unknown_kind_stays_as_it_is(team: Team) -> None:
    before = dict(team.module("Manchester", "hours"))
    await team.boris.types("/phone flow edit Manchester")
    unknown = next(s for s in team.boris.offered("What to edit") if "unknown" in s)
    errors = errors_of(await team.boris.fills_in({"What to edit": unknown}))
    assert "does not know; it stays as it is" in errors["step"]
    assert "dashboard" in errors["step"]

    await chooses(team, "Manchester", "(ring)")
    await team.boris.fills_in({"Ring for (seconds)": "33"})
    team.boris.sees_privately("Done, and read back")
    assert team.module("Manchester", "team")["duration"] == 33
    assert team.module("Manchester", "hours") == before


async def test_the_form_of_a_conference_does_not_show_the_pin(team: Team) -> None:
    await chooses(team, "Monday meeting", "conference")
    assert "A PIN is set; it is not shown here." in team.boris.window_says
    assert CONFERENCE_PIN not in repr(team.boris.window)


@pytest.mark.parametrize(
    ("flow", "kind", "entries", "field", "words"),
    [
        (
            "Support",
            "match the caller",
            {"Patterns": "^44("},
            "patterns",
            "not a regular expression",
        ),
        ("Support", "match the caller", {"If one matches": None}, None, "both ways out must lead"),
        (
            "Support",
            "(ring)",
            {"Outside numbers": "12"},
            "outside",
            "“12” is not a telephone number",
        ),
        ("Sales menu", "(ring)", {"Who rings": None}, None, "nobody rings"),
        ("Sales menu", "play a sound", {"Sound": None}, None, "a sound is missing"),
        ("Support", "voicemail", {"Mailboxes": None}, None, "no mailbox takes the message"),
        ("Support", "busy tone", {"Tone for (seconds)": "3"}, None, "Nothing would change."),
    ],
)
async def test_what_cannot_work_is_said_beside_the_field(
    team: Team, flow: str, kind: str, entries: dict[str, Any], field: str | None, words: str
) -> None:
    await chooses(team, flow, kind)
    errors = errors_of(await team.boris.fills_in(entries))
    assert words in next(iter(errors.values()))
    if field is not None:
        assert list(errors) == [field]
    assert team.boris.has_window
    assert team.sent("PUT") == []


async def test_slack_keeps_seconds_within_bounds(team: Team) -> None:
    await chooses(team, "Sales menu", "(ring)")
    errors = errors_of(await team.boris.fills_in({"Ring for (seconds)": "0"}))
    assert errors == {"seconds": "Please enter a number of at least 1."}


async def test_a_flow_that_changed_meanwhile_is_not_overwritten(team: Team) -> None:
    await chooses(team, "Sales menu", "(ring)")
    team.module("Sales menu", "sales")["duration"] = 99  # somebody else, in the dashboard
    errors = errors_of(await team.boris.fills_in({"Ring for (seconds)": "45"}))
    assert "Somebody changed this flow after the form was opened" in next(iter(errors.values()))
    assert team.module("Sales menu", "sales")["duration"] == 99
    assert team.sent("PUT") == []


async def test_a_flow_that_was_deleted_meanwhile(team: Team) -> None:
    await chooses(team, "Call Pete", "(ring)")
    team.yay.account.remove_flow(uuid_of("flow", "Call Pete"))
    errors = errors_of(await team.boris.fills_in({"Ring for (seconds)": "45"}))
    assert "There is no call flow" in next(iter(errors.values()))


async def test_more_steps_than_a_form_can_offer_is_refused_in_words(team: Team) -> None:
    held = team.flow("After hours")
    assert held is not None
    modules = {f"s{n}": {"module": "record" if n == 0 else "play"} for n in range(120)}
    sound = uuid_of("sound", "Sales call")
    held["flow"] = {
        "start": {"module": "start", "next": "p0"},
        **{
            f"p{n}": {"module": "play", "sound": sound, "next": f"p{n + 1}" if n < 119 else "end"}
            for n in range(len(modules))
        },
        "end": {"module": "busy"},
    }
    await team.boris.types("/phone flow edit After hours")
    assert not team.boris.has_window
    team.boris.sees_privately(
        "“What to edit” has 123 choices, and a form in Slack shows 100 at the most.",
        "Edit this one in the provider's dashboard.",
    )
    await team.boris.types("/phone flow show After hours")
    team.boris.sees_privately("Call flow After hours")


async def test_more_patterns_than_a_field_holds_is_refused_in_words(team: Team) -> None:
    team.module("Support", "nuisance")["patterns"] = [f"^44870{n:05}$" for n in range(400)]
    await team.boris.types("/phone flow edit Support")
    chosen = next(s for s in team.boris.offered("What to edit") if "match" in s)
    errors = errors_of(await team.boris.fills_in({"What to edit": chosen}))
    assert "dashboard" in errors["step"]


async def test_an_agent_cannot_send_a_form_that_a_manager_opened_the_right_to(team: Team) -> None:
    await chooses(team, "Sales menu", "(ring)")
    team.program.directory.changed({"type": "subteam_members_changed", "subteam_id": "S0TELECOM"})
    team.slack.fail("usergroups.users.list", "ratelimited", times=9)
    await team.boris.fills_in({"Ring for (seconds)": "45"})
    assert "Slack did not do usergroups.users.list" in team.boris.window_says
    assert team.sent("PUT") == []
