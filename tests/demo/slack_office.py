"""A demo Slack with people in it and a tiny signed app behind it, for the tests of the Slack."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.slack import Channel, DemoSlack, Person

Json = dict[str, Any]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

ANNA, BEN, GUS, EVE, OLD, ROBO = "U0ANNA", "U0BEN", "U0GUS", "U0EVE", "U0OLD", "U0ROBO"
PHONES, SECRET, SHARED, AWAY = "C0PHONES", "C0SECRET", "C0SHARED", "C0AWAY"


@dataclass
class Clock(SignatureClock):
    """A clock that moves only when told to, for the Slack and for the signature check alike."""

    at: float = 1_800_000_000.0

    def now(self) -> float:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += seconds


@dataclass
class TinyApp:
    """Checks each signature, keeps the payload, answers as it was told to (at first: nothing)."""

    verifier: SignatureVerifier
    payloads: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    async def receive(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if not self.verifier.is_valid_request(body, dict(request.headers)):
            return web.Response(status=401)
        self.headers.append(dict(request.headers))
        if request.content_type == "application/json":
            self.payloads.append(json.loads(body))
        else:
            form = dict(await request.post())
            payload = form.get("payload")
            self.payloads.append(json.loads(payload) if isinstance(payload, str) else form)
        return await self.answers.pop(0)(request) if self.answers else web.Response()

    def will_answer(self, body: Any = None, *, status: int = 200, **headers: str) -> None:
        """The next delivery is answered with JSON, with a string as text, or with nothing."""

        async def answer(_request: web.Request) -> web.Response:
            if body is None or isinstance(body, str):
                return web.Response(status=status, text=body, headers=headers)
            return web.json_response(body, status=status, headers=headers)

        self.answers.append(answer)


@dataclass
class Office:
    slack: DemoSlack
    client: AsyncWebClient
    app: TinyApp
    clock: Clock

    @property
    def last(self) -> Json:
        return self.app.payloads[-1]

    async def press_something(self, who: str = ANNA) -> str:
        """A fresh trigger id, got by a click on a button that is posted for it."""
        await self.client.chat_postMessage(channel=PHONES, text="x", blocks=[actions(button("go"))])
        outcome = await self.slack.click(who, {"action_id": "go"}, channel=PHONES)
        assert outcome.ok
        return str(self.last["trigger_id"])

    async def open_modal(self, view: Json, who: str = ANNA) -> Json:
        trigger_id = await self.press_something(who)
        answer = await self.client.views_open(trigger_id=trigger_id, view=view)
        shown: Json = answer["view"]
        return shown


@asynccontextmanager
async def opened_office(**more: Any) -> AsyncIterator[Office]:
    clock = Clock()
    slack = DemoSlack(
        people=[
            Person(ANNA, "anna", "Anna Archer", is_admin=True),
            Person(BEN, "ben", "Ben Baker", tz="America/Montreal"),
            Person(GUS, "gus", "Gus Guest", is_restricted=True),
            Person(EVE, "eve", "Eve Elsewhere", is_stranger=True),
            Person(OLD, "old", "Olga Old", deleted=True),
            Person(ROBO, "robo", "Robo", is_bot=True),
        ],
        channels=[
            Channel(PHONES, "phones", members={ANNA, BEN}),
            Channel(SECRET, "secret", is_private=True, members={ANNA}, bot_is_member=False),
            Channel(SHARED, "shared", is_ext_shared=True, members={ANNA, GUS, EVE}),
            Channel(AWAY, "away", members={ANNA}, bot_is_member=False),
            Channel("C0ATTIC", "attic", members={ANNA}, is_archived=True),
        ],
        usergroups={"S0TELECOM": [BEN, ANNA, OLD]},
        clock=clock.now,
        **{"retry_delays": (0.0, 0.0, 0.0), **more},
    )
    verifier = SignatureVerifier("demo-signing-secret", clock)
    app = TinyApp(verifier)
    served = web.Application()
    served.router.add_post("/slack/events", app.receive)
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await slack.start()
    slack.events_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    client = AsyncWebClient("xoxb-demo", base_url=slack.api_url, retry_handlers=[])
    try:
        yield Office(slack, client, app, clock)
    finally:
        await slack.close()
        await runner.cleanup()


# -- Block Kit, in short ---------------------------------------------------------------------------


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def select(action_id: str, *values: str, **more: Any) -> Json:
    options = [option(value) for value in values]
    return {"type": "static_select", "action_id": action_id, "options": options, **more}


def entry(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("Label"),
        "element": element,
        **more,
    }


def text_input(action_id: str = "typed", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }
