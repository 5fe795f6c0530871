"""Looking at call flows, and creating one."""

from __future__ import annotations

import pytest

from bot.demo.providers.yay.seed import uuid_of
from tests.databases import Server, SqliteServer
from tests.stories.people import errors_of
from tests.stories.team import Team


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """These stories store nothing that the kind of database could change."""
    return sqlite


async def test_the_list_leads_to_each_flow(team: Team) -> None:
    await team.vera.types("/phone flow list")
    listed = team.vera.sees_privately("Call Pete", "extension 501", "9 steps", "6 call flows")
    await team.vera.presses(listed, "Show", value=uuid_of("flow", "Support"))
    shown = team.vera.sees_privately(
        "Call flow Support",
        "Used by*\n+44 20 7946 0001",
        "Match the caller against ^4487 or 0000$",
        "Ring Support and Pete Marsh for 30 s",
        "if nobody answers → step",
        "Ring +447700900999 for 20 s",
        "Take a message for Support",
    )
    assert "Edit" not in shown.words  # a viewer is not offered what a viewer may not do


async def test_who_may_is_offered_more(team: Team) -> None:
    await team.boris.types("/phone flow show Support")
    shown = team.boris.sees_privately("Edit", "Delete")
    await team.boris.presses(shown, "Edit")
    assert "Support" in team.boris.window_says
    await team.boris.presses(shown, "Delete")
    team.boris.sees_privately("Delete the call flow Support", "waits for a second person")


async def test_a_pin_is_never_shown(team: Team) -> None:
    await team.boris.types("/phone flow show Monday meeting")
    shown = team.boris.sees_privately("Conference room, with a PIN")
    assert "2580" not in shown.words


async def test_long_lists_turn_pages(team: Team) -> None:
    for number in range(20):
        copied = {**team.yay.account.flows[uuid_of("flow", "After hours")]}
        copied |= {
            "uuid": f"flow-{number:02}",
            "name": f"Copy {number:02}",
            "extension": 520 + number,
        }
        team.yay.account.flows[copied["uuid"]] = copied
    await team.vera.types("/phone flow list")
    first = team.vera.sees_privately("26 call flows, page 1 of 3")
    assert "Back" not in first.words
    await team.vera.presses(first, "More ▶")
    second = team.vera.sees_privately("page 2 of 3", "Copy 04", "Copy 13")
    assert second.ts == first.ts  # the list turned its page; it was not sent again
    await team.vera.presses(second, "More ▶")
    last = team.vera.sees_privately("page 3 of 3", "Copy 19")
    assert "More" not in last.words
    await team.vera.presses(last, "◀ Back")
    team.vera.sees_privately("page 2 of 3")


async def test_a_flow_is_created_from_who_rings_and_who_takes_the_message(team: Team) -> None:
    await team.boris.types("/phone flow create")
    assert team.boris.labels() == [
        "Name", "Extension", "Who rings", "Outside numbers", "Ring for (seconds)",
        "Then take a message for",
    ]  # fmt: skip
    assert team.boris.filled("Extension") == "507"
    await team.boris.fills_in(
        {
            "Name": "Viewings",
            "Who rings": ["Anna", "Sales"],
            "Outside numbers": "07700 900 111",
            "Ring for (seconds)": "25",
            "Then take a message for": "Sales",
        }
    )
    team.boris.sees_privately("Create the call flow Viewings (extension 507)", "read back")
    held = team.flow("Viewings")
    assert held is not None
    kinds = {module["module"]: module for module in held["flow"].values()}
    assert set(kinds) == {"start", "extension", "voicemail"}
    assert kinds["extension"]["extensions"] == [
        {"type": "sipuser", "uuid": uuid_of("sipuser", "Anna Holt")},
        {"type": "huntgroup", "uuid": uuid_of("group", "Sales")},
        {"type": "forward", "number": "+447700900111"},
    ]
    assert kinds["extension"]["duration"] == 25
    assert kinds["voicemail"]["mailboxes"] == [uuid_of("mailbox", "Sales")]
    assert await team.audit.story() == ["asked", "sent", "confirmed"]


@pytest.mark.parametrize(
    ("entries", "field", "words"),
    [
        ({"Name": "X"}, "rings", "Choose somebody, or give an outside number."),
        ({"Name": "X", "Outside numbers": "12"}, "outside", "12"),
        ({"Name": "   ", "Who rings": ["Anna"]}, "name", "name"),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field(
    team: Team, entries: dict[str, object], field: str, words: str
) -> None:
    await team.boris.types("/phone flow create")
    errors = errors_of(await team.boris.fills_in(entries))
    assert list(errors) == [field]
    assert words in errors[field]
    assert team.boris.has_window
    assert team.sent("POST") == []


async def test_an_extension_that_is_taken_is_the_providers_word(team: Team) -> None:
    await team.boris.types("/phone flow create")
    await team.boris.fills_in({"Name": "Twice", "Extension": "501", "Who rings": ["Anna"]})
    team.boris.sees_privately("Create the call flow Twice", "Yay.com refused")
    assert team.flow("Twice") is None
    assert await team.audit.story() == ["asked", "sent", "failed"]


async def test_a_flow_with_a_very_long_name_is_shown_and_deleted_all_the_same(team: Team) -> None:
    held = team.flow("After hours")
    assert held is not None
    held["name"] = "Night & day " * 300
    await team.boris.types("/phone flow list")
    team.boris.sees_privately("Night &amp; day")
    await team.boris.types("/phone flow show 506")
    team.boris.sees_privately("Night & day")
    await team.boris.types("/phone flow delete 506")
    card = await team.channel("#phone-approvals").shows("Night &amp; day")
    await team.anna.presses(card, "Approve")
    await card.becomes("read back")
    await team.boris.types("/phone audit")
    team.boris.sees_privately("Audit log", "Night &amp; day")


async def test_a_flow_whose_name_is_markup_is_shown_as_text(team: Team) -> None:
    held = team.flow("After hours")
    assert held is not None
    held["name"] = "<!channel> *free* {name} <@U0ANNA>"
    await team.boris.types("/phone flow delete 506")
    card = await team.channel("#phone-approvals").shows("&lt;!channel&gt; *free* {name}")
    everything = [team.slack.messages("C0APPROVE"), team.boris.answers]
    for message in (one for some in everything for one in some):
        assert "<!channel>" not in repr((message.text, message.blocks)), message
        assert "call flow <@U0ANNA>" not in repr(message.blocks)
    await team.anna.presses(card, "Deny")
    await card.becomes("denied it")


async def test_a_flow_with_more_than_a_message_holds(team: Team) -> None:
    held = team.flow("Support")
    assert held is not None
    held["flow"]["nuisance"]["patterns"] = [f"^44870{number:04}$" for number in range(900)]
    await team.vera.types("/phone flow show Support")
    team.vera.sees_privately("Match the caller against ^448700000$", "Take a message for Support")
