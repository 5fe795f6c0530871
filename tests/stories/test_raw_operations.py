"""Providers' own operations from Slack: found, asked for in a form, read, changed, approved."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import Program
from bot.demo.slack.workspace import Message
from bot.demo.world import ADMIN, AGENT, APPROVALS, GENERAL, MANAGER, World
from bot.settings import parse
from commands import GROUPS


class Office:
    """The demo's world, and a bot in it."""

    def __init__(self, folder: Path) -> None:
        self.world = World(port=0, folder=folder)

    async def open(self) -> None:
        await self.world.start()
        self.program = Program(parse(self.world.settings()), GROUPS)
        await self.program.start()
        assert self.program.server is not None
        self.world.meet(self.program.server.url)

    async def close(self) -> None:
        await self.program.stop()
        await self.world.close()

    async def types(self, who: str, text: str) -> Message:
        before = len(self.world.slack.ephemerals(who))
        assert (await self.world.slack.say(who, GENERAL, text)).ok
        await self.program.background.settled()
        return self.world.slack.ephemerals(who)[before:][-1]

    async def opens(self, who: str, text: str) -> dict[str, Any]:
        """Type what opens a form; answers its fields by name."""
        assert (await self.world.slack.say(who, GENERAL, text)).ok
        await self.program.background.settled()
        view = self.world.slack.views(who)[-1]
        return {block["block_id"]: block for block in view["blocks"] if "element" in block}

    async def fills_in(self, who: str, values: dict[str, str | list[str]]) -> str:
        view = self.world.slack.views(who)[-1]
        actions = {
            block["block_id"]: block["element"]["action_id"]
            for block in view["blocks"]
            if "element" in block
        }
        entered = {name: {actions[name]: value} for name, value in values.items()}
        outcome = await self.world.slack.submit(who, view["id"], entered)
        assert outcome.ok, outcome.body
        await self.program.background.settled()
        return self.world.slack.ephemerals(who)[-1].words


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = Office(tmp_path)
    await opened.open()
    yield opened
    assert opened.world.slack.refusals == []
    await opened.close()


async def test_an_operation_is_found_by_its_purpose(office: Office) -> None:
    found = await office.types(MANAGER, "/phone api pbx agent")
    assert "POST /extension/{extension_id}/agent/" in found.words
    assert "Makes an agent of an extension" in found.words


async def test_what_nobody_offers_is_said(office: Office) -> None:
    found = await office.types(MANAGER, "/phone api pbx teleport")
    assert "No operation has “teleport” in its name or purpose." in found.words


async def test_an_agent_is_not_shown_raw_operations(office: Office) -> None:
    refused = await office.types(AGENT, "/phone api pbx agent")
    assert "You may not use a provider's raw operations" in refused.words


async def test_a_read_is_answered_at_once(office: Office) -> None:
    answer = await office.types(MANAGER, "/phone api montreal getBalance")
    assert "48.37250" in answer.words


async def test_a_long_answer_comes_as_a_file_to_the_asker_alone(office: Office) -> None:
    answer = await office.types(MANAGER, "/phone api london GET /voip/flow")
    assert "the answer is a file in your direct messages" in answer.words
    (file,) = office.world.slack.files
    flows = json.loads(file.content or b"")
    assert "Call Pete" in [flow["name"] for flow in flows]
    pins = [m.get("pin") for flow in flows for m in flow["flow"].values() if "pin" in m]
    assert pins == ["•••"]


async def test_an_agent_is_added_through_the_form_and_shown(office: Office) -> None:
    fields = await office.opens(MANAGER, "/phone api pbx agent.create")
    assert fields["status"]["element"]["type"] == "static_select"
    assert fields["wrap_up_time"]["element"]["type"] == "number_input"
    assert not fields["name"].get("optional")
    pbx = next(one for one in office.world._neighbours if one.name == "pbx")
    extension = str(pbx.settings["extensions"][0])
    said = await office.fills_in(
        MANAGER, {"extension_id": extension, "name": "Grace", "wrap_up_time": "15"}
    )
    assert "The provider accepted it" in said, said
    assert "Grace" in said
    listed = await office.types(
        MANAGER, f"/phone api pbx GET /extension/{{extension_id}}/agent/ extension_id={extension}"
    )
    assert "Grace" in listed.words


async def test_a_number_is_rerouted_after_a_second_person_approved(office: Office) -> None:
    asked = await office.types(
        MANAGER, "/phone api montreal setDIDRouting did=5145550123 routing=account:100001_VoIP"
    )
    assert "waits for a second person" in asked.words
    slack = office.world.slack
    await slack.wait_for(lambda: slack.messages(APPROVALS))
    card = slack.messages(APPROVALS)[-1]
    assert "routing: account:100001_VoIP" in card.words
    own = await slack.click(
        MANAGER, {"action_id": "change.decide/1#yes"}, channel=APPROVALS, ts=card.ts
    )
    assert own.ok
    await office.program.background.settled()
    assert "Nobody approves their own request." in slack.ephemerals(MANAGER)[-1].words
    await slack.click(ADMIN, {"action_id": "change.decide/1#yes"}, channel=APPROVALS, ts=card.ts)
    await office.program.background.settled()
    shown = await office.types(MANAGER, "/phone api montreal getDIDsInfo did=5145550123")
    assert "account:100001_VoIP" in shown.words or slack.files
    await slack.wait_for(lambda: "accepted it" in slack.messages(APPROVALS)[-1].words)


async def test_a_parameter_that_does_not_exist_is_named(office: Office) -> None:
    refused = await office.types(MANAGER, "/phone api montreal getBalance colour=red")
    assert "colour: there is no such parameter" in refused.words


async def test_an_order_is_offered_a_rehearsal_first(office: Office) -> None:
    order = "digits=001 routing=account:100001_VoIP pop=5 dialtime=60 cnam=1"
    offered = await office.types(MANAGER, f"/phone api montreal orderDIDVirtual {order}")
    assert "The provider can try it out first." in offered.words
    slack = office.world.slack
    await slack.click(MANAGER, {"action_id": "api.rehearse/1"}, channel=GENERAL, ts=offered.ts)
    await office.program.background.settled()
    assert "Rehearsal of orderDIDVirtual" in slack.ephemerals(MANAGER)[-1].words
    await slack.click(MANAGER, {"action_id": "api.ask/1"}, channel=GENERAL, ts=offered.ts)
    await office.program.background.settled()
    assert "Send orderDIDVirtual (costs money)" in slack.ephemerals(MANAGER)[-1].words
    assert "waits for a second person" in slack.ephemerals(MANAGER)[-1].words
