"""Who is who: asked once, remembered for a while, refreshed by events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.demo.slack import Channel, DemoSlack
from bot.domain.people import Standing
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import Gateway, SlackTrouble
from tests.clock import FakeClock
from tests.stories.team import PEOPLE


@dataclass
class Office:
    slack: DemoSlack
    directory: SlackDirectory
    clock: FakeClock

    def asked(self, method: str) -> int:
        return [name for name, _ in self.slack.calls].count(method)


@pytest_asyncio.fixture
async def office(clock: FakeClock) -> AsyncIterator[Office]:
    slack = DemoSlack(
        people=PEOPLE, channels=[Channel("C0PHONES", "phones")], usergroups={"S0TEAM": ["U0ANNA"]}
    )
    await slack.start()
    gateway = Gateway("xoxb-demo", slack.api_url)
    yield Office(slack, SlackDirectory(gateway, clock), clock)
    await gateway.close()
    await slack.close()


async def test_a_person_is_asked_for_once(office: Office) -> None:
    people = await asyncio.gather(*(office.directory.person("U0ANNA") for _ in range(20)))
    assert {person.name for person in people} == {"anna"}
    assert people[0].time_zone == "Europe/London"
    assert office.asked("users.info") == 1


async def test_after_five_minutes_slack_is_asked_again(office: Office) -> None:
    await office.directory.person("U0ANNA")
    office.clock.forward(minutes=4, seconds=59)
    await office.directory.person("U0ANNA")
    assert office.asked("users.info") == 1
    office.clock.forward(seconds=2)
    await office.directory.person("U0ANNA")
    assert office.asked("users.info") == 2


@pytest.mark.parametrize(
    ("event", "method"),
    [
        ({"type": "user_change", "user": {"id": "U0ANNA"}}, "users.info"),
        ({"type": "subteam_members_changed", "subteam_id": "S0TEAM"}, "usergroups.users.list"),
        ({"type": "subteam_updated", "subteam": {"id": "S0TEAM"}}, "usergroups.users.list"),
    ],
)
async def test_what_slack_says_has_changed_is_asked_again(
    office: Office, event: dict[str, object], method: str
) -> None:
    for _ in range(2):
        await office.directory.person("U0ANNA")
        await office.directory.members("S0TEAM")
    assert office.asked(method) == 1
    office.directory.changed(event)
    office.directory.changed({"type": "app_home_opened", "user": "U0ANNA"})
    await office.directory.person("U0ANNA")
    await office.directory.members("S0TEAM")
    assert office.asked(method) == 2
    assert office.asked("users.info") + office.asked("usergroups.users.list") == 3


async def test_what_was_known_serves_while_slack_is_down(office: Office) -> None:
    assert set(await office.directory.members("S0TEAM")) == {"U0ANNA"}
    office.clock.forward(minutes=10)
    office.slack.fail("*", None, status=503, times=9)
    assert set(await office.directory.members("S0TEAM")) == {"U0ANNA"}
    with pytest.raises(SlackTrouble):
        await office.directory.person("U0ANNA")
    office.slack.heal()
    assert (await office.directory.person("U0ANNA")).name == "anna"


async def test_who_gives_up_waiting_does_not_take_the_answer_from_others(office: Office) -> None:
    gate = office.slack.hold("users.info")
    impatient = asyncio.ensure_future(office.directory.person("U0ANNA"))
    patient = asyncio.ensure_future(office.directory.person("U0ANNA"))
    await office.slack.wait_for(lambda: office.asked("users.info"))
    impatient.cancel()
    gate.set()
    assert (await patient).name == "anna"
    assert office.asked("users.info") == 1


@pytest.mark.parametrize(
    ("id_", "standing"),
    [
        ("U0ANNA", Standing.MEMBER),
        ("U0GIL", Standing.GUEST),
        ("U0EVE", Standing.STRANGER),
        ("U0DORA", Standing.DEACTIVATED),
        ("U0ROBO", Standing.BOT),
    ],
)
async def test_standing(office: Office, id_: str, standing: Standing) -> None:
    office.directory.team = "T0DEMO"
    assert (await office.directory.person(id_)).standing is standing


async def test_somebody_whom_slack_does_not_know(office: Office) -> None:
    with pytest.raises(SlackTrouble, match="user_not_found"):
        await office.directory.person("U0NOBODY")
