"""Slack's answers become ours: what is final, what may pass, what may have happened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.demo.slack import Channel, DemoSlack
from bot.slack.blocks import Message, say
from bot.slack.gateway import Gateway, SlackTrouble
from tests.stories.team import PEOPLE

HELLO = Message("hello", [say("hello")], {"event_type": "card", "event_payload": {"key": "1"}})


@dataclass
class Line:
    slack: DemoSlack
    gateway: Gateway

    def called(self, method: str) -> int:
        return [name for name, _ in self.slack.calls].count(method)


@pytest_asyncio.fixture
async def line() -> AsyncIterator[Line]:
    everybody = {person.id for person in PEOPLE}
    slack = DemoSlack(
        people=PEOPLE,
        channels=[
            Channel("C0PHONES", "phones", members=everybody),
            Channel("C0AWAY", "away", is_private=True, members=everybody, bot_is_member=False),
        ],
    )
    await slack.start()
    gateway = Gateway("xoxb-demo", slack.api_url, seconds=1)
    yield Line(slack, gateway)
    await gateway.close()
    await slack.close()


POST = "chat.postMessage"

TROUBLE: dict[str, tuple[Callable[[DemoSlack], object], str, bool, bool, float | None]] = {
    "refused": (lambda s: s.fail(POST, "is_archived"), "is_archived", True, False, None),
    "internal": (lambda s: s.fail(POST, "internal_error"), "internal_error", False, False, None),
    "slow down": (lambda s: s.fail(POST, retry_after=7), "ratelimited", False, False, 7),
    "a page": (lambda s: s.fail(POST, None, status=502), "HTTP 502", False, True, None),
    "500": (lambda s: s.fail(POST, "fatal_error", status=500), "fatal_error", False, False, None),
    "lost": (lambda s: s.lose_answer(POST), "no answer", False, True, None),
    "late": (lambda s: s.hold(POST), "no answer", False, True, None),
}
"""What Slack does; and the trouble's code, whether it is final, may be done, and the wait."""


@pytest.mark.parametrize(
    ("trouble", "code", "final", "lost", "retry_after"), TROUBLE.values(), ids=TROUBLE
)
async def test_answers(
    line: Line,
    trouble: Callable[[DemoSlack], object],
    code: str,
    final: bool,
    lost: bool,
    retry_after: float | None,
) -> None:
    gate = trouble(line.slack)
    with pytest.raises(SlackTrouble) as caught:
        await line.gateway.post("C0PHONES", HELLO)
    if gate is not None:
        gate.set()  # type: ignore[attr-defined]
    found = caught.value
    assert (found.code, found.final, found.lost, found.retry_after) == (
        code,
        final,
        lost,
        retry_after,
    )
    assert line.called("chat.postMessage") == 1  # nothing is sent again by itself


async def test_a_slack_that_is_not_there(line: Line) -> None:
    await line.slack.close()
    with pytest.raises(SlackTrouble) as caught:
        await line.gateway.post("C0PHONES", HELLO)
    assert caught.value.code == "no answer"
    assert "xoxb" not in str(caught.value)


async def test_a_token_that_is_wrong(line: Line) -> None:
    gateway = Gateway("xoxb-wrong", line.slack.api_url)
    with pytest.raises(SlackTrouble, match="invalid_auth") as caught:
        await gateway.post("C0PHONES", HELLO)
    await gateway.close()
    assert caught.value.final
    assert "xoxb-wrong" not in str(caught.value)


async def test_a_message_is_found_by_its_metadata(line: Line) -> None:
    ts = await line.gateway.post("C0PHONES", HELLO)
    await line.gateway.post("C0PHONES", Message("other"))
    assert await line.gateway.find("C0PHONES", "card", "1", 0) == ts
    assert await line.gateway.find("C0PHONES", "card", "2", 0) is None
    assert await line.gateway.find("C0PHONES", "card", "1", float(ts) + 1) is None


async def test_a_direct_message_is_found_too(line: Line) -> None:
    ts = await line.gateway.post("U0ANNA", HELLO)
    assert await line.gateway.find("U0ANNA", "card", "1", 0) == ts
    channel = await line.gateway.channel_of("U0ANNA")
    await line.gateway.update(channel, ts, Message("changed"))
    assert line.slack.messages("U0ANNA")[-1].text == "changed"


async def test_a_whisper_reaches_who_cannot_be_whispered_to(line: Line) -> None:
    await line.gateway.whisper("C0PHONES", "U0ANNA", Message("here"))
    assert line.slack.ephemerals("U0ANNA")[-1].text == "here"
    await line.gateway.whisper("C0AWAY", "U0ANNA", Message("there"))
    await line.gateway.whisper("", "U0ANNA", Message("nowhere"))
    assert [m.text for m in line.slack.messages("U0ANNA")] == ["there", "nowhere"]
    line.slack.fail("chat.postEphemeral", "internal_error")
    with pytest.raises(SlackTrouble, match="internal_error"):
        await line.gateway.whisper("C0PHONES", "U0ANNA", Message("not"))


async def test_an_answer_through_a_url_that_is_no_good(line: Line) -> None:
    with pytest.raises(SlackTrouble, match="response_url: 40"):
        await line.gateway.respond(f"{line.slack.url}/commands/T/none", {"text": "x"})
