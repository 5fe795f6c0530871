"""What people do reaches the app signed and in Slack's shape, and what it answers is shown."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.demo.slack import Channel, DemoSlack
from tests.demo.slack_office import (
    ANNA,
    BEN,
    EVE,
    GUS,
    OLD,
    PHONES,
    ROBO,
    SECRET,
    SHARED,
    Json,
    Office,
    actions,
    button,
    opened_office,
    section,
)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with opened_office() as office:
        yield office


# -- slash commands --------------------------------------------------------------------------------


async def test_a_slash_command_has_all_of_slacks_fields(office: Office) -> None:
    assert (await office.slack.say(ANNA, PHONES, "/phone  number list ")).ok
    sent = office.last
    assert sent.pop("response_url").startswith(office.slack.url)
    assert sent.pop("trigger_id")
    assert sent.pop("token")
    assert sent == {
        "team_id": "T0DEMO",
        "team_domain": "demo",
        "channel_id": PHONES,
        "channel_name": "phones",
        "user_id": ANNA,
        "user_name": "anna",
        "command": "/phone",
        "text": "number list",
        "api_app_id": "A0DEMO",
        "is_enterprise_install": "false",
    }
    headers = office.app.headers[-1]
    assert headers["X-Slack-Request-Timestamp"] == "1800000000"
    assert headers["X-Slack-Signature"].startswith("v0=")


@pytest.mark.parametrize(
    ("channel", "name"), [(SECRET, "privategroup"), ("U0BOT", "directmessage"), (PHONES, "phones")]
)
async def test_only_public_channels_are_named(office: Office, channel: str, name: str) -> None:
    await office.slack.say(ANNA, channel, "/phone help")
    assert office.last["channel_name"] == name


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a & b <c> \"d\" 'e'", "a &amp; b &lt;c&gt; \"d\" 'e'"),
        ("give @ben, or @Anna.", "give <@U0BEN|ben>, or <@U0ANNA|anna>."),
        ("@nobody mail@example.com", "@nobody <mailto:mail@example.com|mail@example.com>"),
        ("in #phones and #nowhere", "in <#C0PHONES|phones> and #nowhere"),
        ("see https://x.y/z?a=1&b=2.", "see <https://x.y/z?a=1&amp;b=2>."),
        ("https://x.y/@anna/#phones", "<https://x.y/@anna/#phones>"),
        ("<@U0BEN>", "&lt;@U0BEN&gt;"),
        ("@here look", "<!here> look"),
        ("“quoted” …", "“quoted” …"),
    ],
)
async def test_typed_text_is_escaped(office: Office, typed: str, sent: str) -> None:
    await office.slack.say(ANNA, PHONES, f"/phone {typed}")
    assert office.last["text"] == sent
    await office.slack.say(ANNA, PHONES, typed)
    assert office.slack.messages(PHONES)[-1].text == sent


async def test_an_answer_to_a_slash_command_is_shown_at_once(office: Office) -> None:
    office.app.will_answer("plain words")
    await office.slack.say(ANNA, PHONES, "/phone help")
    assert [m.text for m in office.slack.ephemerals(ANNA, PHONES)] == ["plain words"]
    assert office.slack.messages(PHONES) == []
    office.app.will_answer({"response_type": "in_channel", "text": "x", "blocks": [section("y")]})
    await office.slack.say(ANNA, PHONES, "/phone hi")
    assert [m.words for m in office.slack.messages(PHONES)] == ["/phone hi", "x\ny"]
    office.app.will_answer({"text": "x", "blocks": [{"type": "nothing"}]})
    outcome = await office.slack.say(ANNA, PHONES, "/phone hi")
    assert outcome.words == '/phone failed with the error "invalid_blocks"'
    [(what, given, answer)] = office.slack.refusals
    assert (what, given["text"], answer["error"]) == ("acknowledgement", "x", "invalid_blocks")


async def test_an_app_that_fails_or_dawdles_is_reported() -> None:
    async with opened_office(ack_seconds=0.05) as office:
        office.app.will_answer(status=500)
        outcome = await office.slack.say(ANNA, PHONES, "/phone x")
        assert (outcome.error, outcome.status) == ("dispatch_failed", 500)
        assert outcome.words == '/phone failed with the error "dispatch_failed"'
        gate = asyncio.Event()

        async def dawdle(_request: web.Request) -> web.Response:
            await gate.wait()
            return web.Response()

        office.app.answers.append(dawdle)
        outcome = await office.slack.say(ANNA, PHONES, "/phone x")
        gate.set()
        assert outcome.words == '/phone failed with the error "operation_timeout"'
        office.slack.events_url = None
        outcome = await office.slack.say(ANNA, PHONES, "/phone x")
        assert outcome.error == "dispatch_failed"


async def test_a_wrong_secret_is_noticed() -> None:
    async with opened_office(signing_secret="another") as office:
        assert (await office.slack.say(ANNA, PHONES, "/phone x")).status == 401


# -- who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "channel", "text", "error"),
    [
        (GUS, SHARED, "/phone help", None),
        (GUS, PHONES, "/phone help", "channel_not_found"),
        (BEN, SECRET, "hello", "channel_not_found"),
        (BEN, SHARED, "/phone help", "not_in_channel"),
        (BEN, SHARED, "hello", "not_in_channel"),
        (EVE, SHARED, "hello", None),
        (EVE, SHARED, "/phone help", "unknown_command"),
        (EVE, PHONES, "hello", "channel_not_found"),
        (OLD, PHONES, "/phone help", "account_inactive"),
        (ROBO, SHARED, "/phone help", "is_bot"),
        (ANNA, PHONES, "/dance", "unknown_command"),
        (ANNA, PHONES, "  ", "no_text"),
    ],
)
async def test_who_may_type_what_where(
    office: Office, who: str, channel: str, text: str, error: str | None
) -> None:
    if who == ROBO:
        office.slack.channel(SHARED).members.add(ROBO)
    outcome = await office.slack.say(who, channel, text)
    assert (outcome.ok, outcome.error) == (error is None, error)


async def test_slash_commands_do_not_work_in_threads(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=PHONES, text="x")
    outcome = await office.slack.say(ANNA, PHONES, "/phone x", thread_ts=posted["ts"])
    assert outcome.words == "/phone is not supported in threads. Sorry!"


async def test_a_stranger_clicks_in_a_shared_channel(office: Office) -> None:
    await office.client.chat_postMessage(channel=SHARED, text="x", blocks=[actions(button("go"))])
    assert (await office.slack.click(EVE, {"action_id": "go"}, channel=SHARED)).ok
    assert office.last["user"]["team_id"] == "T0ELSEWHERE"
    assert office.last["team"]["id"] == "T0DEMO"
    assert (await office.slack.click(ROBO, {"action_id": "go"}, channel=SHARED)).error == "is_bot"


# -- clicks ----------------------------------------------------------------------------------------


async def test_a_click_has_all_of_slacks_fields(office: Office) -> None:
    posted = await office.client.chat_postMessage(
        channel=PHONES,
        text="card",
        blocks=[actions(button("claim", value="7", style="primary"), block_id="row")],
        metadata={"event_type": "card", "event_payload": {"id": 7}},
    )
    assert (await office.slack.click(BEN, {"action_id": "claim"}, channel=PHONES)).ok
    sent = office.last
    assert sent["type"] == "block_actions"
    assert sent["user"] == {"id": BEN, "username": "ben", "name": "ben", "team_id": "T0DEMO"}
    assert sent["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": PHONES,
        "is_ephemeral": False,
    }
    assert sent["channel"] == {"id": PHONES, "name": "phones"}
    assert sent["message"]["metadata"]["event_payload"] == {"id": 7}
    assert sent["state"] == {"values": {}}
    [action] = sent["actions"]
    assert action.pop("action_ts")
    assert action == {
        "type": "button",
        "block_id": "row",
        "action_id": "claim",
        "text": {"type": "plain_text", "text": "Go"},
        "value": "7",
        "style": "primary",
    }
    assert sent["trigger_id"]
    assert sent["response_url"]


async def test_one_clicks_only_what_is_there(office: Office) -> None:
    two = [actions(button("go", value="1")), actions(button("go", value="2"))]
    posted = await office.client.chat_postMessage(channel=PHONES, text="x", blocks=two)
    click = office.slack.click
    vague = await click(ANNA, {"action_id": "go"}, channel=PHONES)
    assert (vague.error, "more than one" in vague.words) == ("no_such_element", True)
    assert (await click(ANNA, {"action_id": "go", "value": "2"}, channel=PHONES)).ok
    assert office.last["actions"][0]["value"] == "2"
    forged = await click(ANNA, {"action_id": "go", "value": "3"}, channel=PHONES)
    assert forged.error == "no_such_element"
    await office.client.chat_update(channel=PHONES, ts=posted["ts"], text="done", blocks=[])
    gone = await click(ANNA, {"action_id": "go", "value": "2"}, channel=PHONES)
    assert gone.error == "no_such_element"
    stale = await click(ANNA, {"action_id": "go", "value": "2"}, channel=PHONES, stale=True)
    assert stale.ok
    assert (await click(GUS, {"action_id": "go"}, channel=PHONES)).error == "channel_not_found"


async def test_a_click_that_is_not_acknowledged_is_trouble(office: Office) -> None:
    await office.client.chat_postMessage(channel=PHONES, text="x", blocks=[actions(button("go"))])
    office.app.will_answer(status=503)
    outcome = await office.slack.click(ANNA, {"action_id": "go"}, channel=PHONES)
    assert (outcome.ok, outcome.status) == (False, 503)


# -- events ----------------------------------------------------------------------------------------


async def test_an_event_is_repeated_three_times_with_its_reason(office: Office) -> None:
    for _ in range(4):
        office.app.will_answer(status=500)
    outcome = await office.slack.deliver_event({"type": "member_joined_channel", "user": ANNA})
    assert (outcome.ok, outcome.status) == (False, 500)
    retries = [headers.get("X-Slack-Retry-Num") for headers in office.app.headers]
    assert retries == [None, "1", "2", "3"]
    assert office.app.headers[-1]["X-Slack-Retry-Reason"] == "http_error"
    assert len({payload["event_id"] for payload in office.app.payloads}) == 1


async def test_an_event_is_not_repeated_once_taken_or_declined(office: Office) -> None:
    office.app.will_answer(status=500)
    assert (await office.slack.deliver_event({"type": "team_join"})).ok
    assert len(office.app.payloads) == 2
    office.app.will_answer(status=500, **{"X-Slack-No-Retry": "1"})
    assert not (await office.slack.deliver_event({"type": "team_join"})).ok
    assert len(office.app.payloads) == 3
    sent = office.last
    assert (sent["type"], sent["team_id"], sent["api_app_id"]) == (
        "event_callback",
        "T0DEMO",
        "A0DEMO",
    )
    assert sent["authorizations"][0]["user_id"] == "U0BOT"


async def test_messages_to_the_app_become_events(office: Office) -> None:
    await office.slack.say(ANNA, "U0BOT", "hello")
    await office.slack.wait_for(lambda: office.app.payloads[0])
    event: Json = office.last["event"]
    assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "hello")
    await office.slack.say(ANNA, PHONES, "@switchboard hello")
    await office.slack.wait_for(lambda: office.app.payloads[1])
    assert office.last["event"]["type"] == "app_mention"


async def test_the_request_url_is_verified(office: Office) -> None:
    office.app.will_answer({"challenge": "abc"})
    assert (await office.slack.verify_url("abc")).ok
    assert (await office.slack.verify_url("abc")).error == "challenge_failed"


# -- where it serves -------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::"])  # noqa: S104  # it refuses
async def test_it_serves_this_machine_only(host: str) -> None:
    slack = DemoSlack(people=[], channels=[Channel("C0", "x")])
    with pytest.raises(ValueError, match="is not a loopback address"):
        await slack.start(host=host)


def test_it_knows_nothing_of_the_bot() -> None:
    listing = "import sys, bot.demo.slack; print(*(n for n in sys.modules if n.startswith('bot')))"
    done = subprocess.run(  # noqa: S603  # our own interpreter, our own words
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    )
    names = set(done.stdout.split()) - {"bot", "bot.demo", "bot.demo.slack"}
    assert names
    assert all(name.startswith("bot.demo.slack.") for name in names)
