"""The directory of Slack and the one of the services' tests behave alike."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.demo.slack import Channel, DemoSlack
from bot.demo.slack import Person as SlackPerson
from bot.domain.people import Standing
from bot.domain.ports import Directory
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import Gateway
from tests.clock import FakeClock
from tests.services.world import EVERYBODY, everybody


@pytest.fixture(params=["slack", "book"])
async def directory(request: pytest.FixtureRequest, clock: FakeClock) -> AsyncIterator[Directory]:
    if request.param == "book":
        yield everybody()
        return
    people = [
        SlackPerson(
            person.id,
            person.name.lower(),
            person.name,
            tz="UTC",
            is_restricted=person.standing is Standing.GUEST,
            is_stranger=person.standing is Standing.STRANGER,
            is_bot=person.standing is Standing.BOT,
            deleted=person.standing is Standing.DEACTIVATED,
        )
        for person in EVERYBODY
    ]
    slack = DemoSlack(
        people=people,
        channels=[Channel("C0PHONES", "phones")],
        usergroups={name: sorted(ids) for name, ids in everybody().groups.items()},
    )
    await slack.start()
    gateway = Gateway("xoxb-demo", slack.api_url)
    yield SlackDirectory(gateway, clock)
    await gateway.close()
    await slack.close()


@pytest.mark.parametrize("id_", [person.id for person in EVERYBODY])
async def test_a_person_is_known_with_name_and_standing(directory: Directory, id_: str) -> None:
    expected = everybody().people[id_]
    found = await directory.person(id_)
    assert (found.id, found.name.casefold()) == (expected.id, expected.name.casefold())
    assert (found.time_zone, found.standing) == (expected.time_zone, expected.standing)


@pytest.mark.parametrize("group", sorted(everybody().groups))
async def test_a_group_has_its_members(directory: Directory, group: str) -> None:
    assert set(await directory.members(group)) == everybody().groups[group]
