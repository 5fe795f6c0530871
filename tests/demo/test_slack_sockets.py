"""Socket Mode, with Slack's own client at the other end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.demo.slack_office import (
    ANNA,
    PHONES,
    Json,
    Office,
    actions,
    button,
    entry,
    modal,
    opened_office,
    text_input,
)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with opened_office() as office:
        office.slack.events_url = None
        yield office


@dataclass
class SocketApp:
    """Acknowledges every envelope with what it was told to."""

    client: SocketModeClient
    requests: list[SocketModeRequest] = field(default_factory=list)
    answers: list[Json | None] = field(default_factory=list)

    async def receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else None
        await client.send_socket_mode_response(
            SocketModeResponse(envelope_id=request.envelope_id, payload=answer)
        )


async def connect(office: Office) -> SocketApp:
    client = SocketModeClient(app_token="xapp-demo", web_client=office.client)
    app = SocketApp(client)
    client.socket_mode_request_listeners.append(app.receive)
    before = office.slack.connections
    await client.connect()  # type: ignore[no-untyped-call]  # the SDK has no types here
    await office.slack.wait_for(lambda: office.slack.connections == before + 1)
    return app


@pytest.fixture
async def app(office: Office) -> AsyncIterator[SocketApp]:
    app = await connect(office)
    yield app
    await app.client.close()  # type: ignore[no-untyped-call]


async def test_all_kinds_arrive_and_are_answered(office: Office, app: SocketApp) -> None:
    app.answers.append({"text": "hello"})
    assert (await office.slack.say(ANNA, PHONES, "/phone help")).ok
    assert [m.text for m in office.slack.ephemerals(ANNA)] == ["hello"]
    assert app.requests[-1].type == "slash_commands"
    assert app.requests[-1].accepts_response_payload

    view = modal(entry("b", text_input()), actions(button("go")))
    trigger_id = app.requests[-1].payload["trigger_id"]
    shown = (await office.client.views_open(trigger_id=trigger_id, view=view))["view"]
    assert (await office.slack.click(ANNA, {"action_id": "go"}, view_id=shown["id"])).ok
    assert app.requests[-1].payload["type"] == "block_actions"

    app.answers.append({"response_action": "errors", "errors": {"b": "No."}})
    outcome = await office.slack.submit(ANNA, shown["id"], {"b": {"typed": "x"}})
    assert outcome.body["errors"] == {"b": "No."}

    assert (await office.slack.deliver_event({"type": "team_join"})).ok
    assert app.requests[-1].type == "events_api"
    assert app.requests[-1].retry_attempt == 0


async def test_each_envelope_goes_to_one_of_the_connections(office: Office, app: SocketApp) -> None:
    other = await connect(office)
    for _ in range(4):
        assert (await office.slack.say(ANNA, PHONES, "/phone help")).ok
    assert (len(app.requests), len(other.requests)) == (2, 2)
    await other.client.close()  # type: ignore[no-untyped-call]
    await office.slack.wait_for(lambda: office.slack.connections == 1)
    assert (await office.slack.say(ANNA, PHONES, "/phone help")).ok
    assert len(app.requests) == 3


async def test_without_a_connection_or_an_answer_it_fails() -> None:
    async with opened_office(ack_seconds=0.05) as office:
        office.slack.events_url = None
        outcome = await office.slack.say(ANNA, PHONES, "/phone help")
        assert outcome.error == "dispatch_failed"
        app = await connect(office)
        app.client.socket_mode_request_listeners.clear()
        outcome = await office.slack.say(ANNA, PHONES, "/phone help")
        assert outcome.error == "operation_timeout"
        await app.client.close()  # type: ignore[no-untyped-call]


async def test_an_invitation_is_good_for_one_connection(office: Office, app: SocketApp) -> None:
    url = app.client.wss_uri
    assert url is not None
    async with app.client.aiohttp_client_session.get(url.replace("ws://", "http://")) as response:
        assert response.status == 403


async def test_slack_asks_for_a_new_connection_and_gets_it(office: Office, app: SocketApp) -> None:
    await office.slack.refresh_connections()
    async with asyncio.timeout(5):
        await office.slack.wait_for(lambda: office.slack.connections == 1)
    assert (await office.slack.say(ANNA, PHONES, "/phone help")).ok
