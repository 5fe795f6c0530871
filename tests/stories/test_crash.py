"""What was accepted survives a power cut: the real program is killed in the middle, and started.

The Slack and the provider live on in the test's own process, as they would outside. Each story
kills at one instant, which it waits for; nothing is timed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.providers.yay.seed import SALES as SALES_NUMBER
from bot.demo.providers.yay.seed import uuid_of
from bot.demo.slack.workspace import Message
from bot.demo.world import (
    ACCOUNT,
    ADMIN,
    AGENT,
    APPROVALS,
    GENERAL,
    MANAGER,
    SALES,
    SECOND_AGENT,
    World,
)
from tests.processes import Installation, Running, environment

SALES_PATH = f"/voip/number/{uuid_of('number', 'Sales')}"
CALL = {
    "uuid": "call-1",
    "call_type": "INBOUND",
    "from": "+447700900142",
    "to": SALES_NUMBER,
    "start": "2026-03-02 09:00:00",
    "duration": 12,
}


@dataclass
class Office:
    """A world that outlives the bot, and the bot's installation."""

    world: World
    installation: Installation
    hooks: str
    url: str = ""

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Running]:
        """The bot from one start to its end, whichever that is."""
        async with self.installation.started("run") as running:
            self.url = (await running.logged("started"))["url"]
            self.world.meet(self.url)
            await running.logged("Slack is reached")
            yield running
            if running.process.returncode is None:
                running.stop()
                ended = await running.ended()
                assert ended.code == 0, ended.err

    async def told(self, kind: str = "call") -> int:
        """The provider's delivery of the missed call; the status of the answer."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}{self.hooks}/{kind}", json=CALL) as answer,
        ):
            return answer.status

    def posts(self, words: str) -> list[Message]:
        """Every message of the bot that says this, wherever it stands."""
        world = self.world.slack
        everywhere = (GENERAL, SALES, APPROVALS, ADMIN, MANAGER)
        return [m for place in everywhere for m in world.messages(place) if words in m.words]

    async def shows(self, channel: str, words: str) -> Message:
        """Waits for a message that says this."""
        slack = self.world.slack

        def found() -> Message | None:
            return next((m for m in slack.messages(channel) if words in m.words), None)

        message = await slack.wait_for(found, seconds=20)
        assert message is not None
        return message

    async def shown_by_all(self) -> None:
        """Asks the bot until it has nothing more to give to Slack."""
        async with asyncio.timeout(20), aiohttp.ClientSession() as session:
            waiting = True
            while waiting:
                async with session.get(f"{self.url}/metrics") as answer:
                    text = await answer.text()
                waiting = 'switchboard_cards{state="waiting"} 0.0' not in text


@pytest.fixture(scope="session")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
async def office(tmp_path: Path, bytecode: Path, database_url: str) -> AsyncIterator[Office]:
    world = World(port=0, folder=tmp_path)
    await world.start()
    settings: dict[str, Any] = world.settings()
    settings["database"]["url"] = database_url
    settings["log"] = {"format": "json"}
    settings["accounts"][ACCOUNT]["poll_minutes"] = 0
    installation = Installation(tmp_path, environment(bytecode))
    installation.write(settings)
    secret = settings["accounts"][ACCOUNT]["webhook_secret"]
    yield Office(world, installation, f"/hooks/{ACCOUNT}/{secret}")
    await world.close()


async def test_an_accepted_delivery_becomes_one_card(office: Office) -> None:
    async with office.bot() as bot:
        assert await office.told() == 200
        await bot.kill()
    async with office.bot():
        await office.shows(SALES, "7700 900142")
        assert await office.told() == 200
        await office.shown_by_all()
        assert len(office.posts("7700 900142")) == 1


async def test_an_acknowledged_click_counts(office: Office) -> None:
    slack = office.world.slack
    async with office.bot() as bot:
        await office.told()
        card = await office.shows(SALES, "Claim")
        held = slack.hold("chat.update")
        outcome = await slack.click(AGENT, {"action_id": "call.claim/1"}, channel=SALES, ts=card.ts)
        assert outcome.ok
        await bot.kill()
        held.set()
    async with office.bot():
        await office.shows(SALES, f"<@{AGENT}> claimed this")
        late = await slack.click(
            SECOND_AGENT, {"action_id": "call.claim/1"}, channel=SALES, ts=card.ts, stale=True
        )
        assert late.ok
        told = await slack.wait_for(lambda: slack.ephemerals(SECOND_AGENT)[0], seconds=20)
        assert "claimed this call already" in told.words
        await office.shown_by_all()
        assert len(office.posts("7700 900142")) == 1


@pytest.mark.parametrize("trouble", ["hold", "lose_answer"])
async def test_a_post_whose_answer_was_lost_is_found_again(office: Office, trouble: str) -> None:
    slack = office.world.slack
    async with office.bot() as bot:
        if trouble == "hold":
            held = slack.hold("chat.postMessage")
            await office.told()
            await slack.wait_for(lambda: "chat.postMessage" in [name for name, _ in slack.calls])
            await bot.kill()
            held.set()  # Slack takes what the dead process sent
        else:
            slack.lose_answer("chat.postMessage")
            await office.told()
            await office.shows(SALES, "7700 900142")
            await bot.kill()
    async with office.bot():
        card = await office.shows(SALES, "7700 900142")
        await office.shown_by_all()
        assert office.posts("7700 900142") == [card]
        assert [name for name, _ in slack.calls].count("chat.postMessage") == 1
        clicked = await slack.click(AGENT, {"action_id": "call.claim/1"}, channel=SALES, ts=card.ts)
        assert clicked.ok
        await office.shows(SALES, f"<@{AGENT}> claimed this")
        assert len(office.posts("7700 900142")) == 1


@pytest.mark.parametrize("done", [True, False], ids=["done there", "not done there yet"])
async def test_a_write_is_never_sent_again(office: Office, *, done: bool) -> None:
    slack, account = office.world.slack, office.world.yay.account
    support = uuid_of("flow", "Support")
    async with office.bot() as bot:
        assert (await slack.say(MANAGER, GENERAL, "/phone flow assign Sales Support")).ok
        card = await office.shows(APPROVALS, "Approve")
        account.fail(SALES_PATH, "slow", method="PUT")
        yes = {"action_id": "change.decide/1#yes"}
        assert (await slack.click(ADMIN, yes, channel=APPROVALS, ts=card.ts)).ok
        await account.faults.struck.wait()
        await bot.kill()
    if done:
        # What the provider held is done after all, and nobody is left to be told.
        account.numbers[uuid_of("number", "Sales")]["call_flow"] = support
    async with office.bot():
        expected = "reading it back shows it is done" if done else "shows the old state, so far"
        await office.shows(APPROVALS, expected)
        await office.shows(MANAGER, expected)
        await office.shown_by_all()
        assert [r.method for r in account.requests].count("PUT") == 1
        assert len(office.posts(expected)) == 2
        assert [m.ts for m in office.posts(expected) if m.channel == APPROVALS] == [card.ts]


async def test_an_approval_counts_however_early_the_end_comes(office: Office) -> None:
    """Killed at the acknowledgement, nobody can say how far it came; once at most it was sent."""
    slack, account = office.world.slack, office.world.yay.account
    async with office.bot() as bot:
        await slack.say(MANAGER, GENERAL, "/phone flow assign Sales Support")
        card = await office.shows(APPROVALS, "Approve")
        yes = {"action_id": "change.decide/1#yes"}
        assert (await slack.click(ADMIN, yes, channel=APPROVALS, ts=card.ts)).ok
        await bot.kill()
    async with office.bot():
        settled = await office.shows(MANAGER, "Send +44 20 7946 0000 to the call flow Support")
        assert "approved it" in settled.words
        await office.shown_by_all()
        (shown,) = slack.messages(APPROVALS)
        assert f"<@{ADMIN}> approved it" in shown.words
        assert "being sent" not in shown.words
        assert [request.method for request in account.requests].count("PUT") <= 1
