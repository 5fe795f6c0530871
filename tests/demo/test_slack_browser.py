"""The page's side: what it may ask for, what it is told, and who else is kept out."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from tests.demo.slack_office import (
    ANNA,
    BEN,
    GUS,
    PHONES,
    SHARED,
    Json,
    Office,
    actions,
    button,
    entry,
    modal,
    opened_office,
    option,
    section,
    text_input,
)


@dataclass
class Page:
    """A browser that is on the demo's own page."""

    office: Office
    http: aiohttp.ClientSession

    async def get(
        self, path: str, who: str | None = None, *, expected: int = 200, **query: str
    ) -> Json:
        params = {**query, "as": who} if who else query
        async with self.http.get(f"{self.office.slack.url}{path}", params=params) as response:
            assert response.status == expected
            answer: Json = await response.json()
            return answer

    async def post(self, path: str, body: Any, status: int = 200, **headers: str) -> Json:
        own = {"Origin": self.office.slack.url, **headers}
        url = f"{self.office.slack.url}{path}"
        async with self.http.post(url, json=body, headers=own) as response:
            assert response.status == status, await response.text()
            answer: Json = await response.json()
            return answer


@dataclass
class PaperTelephone:
    """A telephone of which nobody hears anything."""

    watchers: list[Callable[[Json], None]] = field(default_factory=list)

    def callers(self) -> list[Json]:
        return [{"number": "+442079460001", "name": "Kim"}]

    def lines(self) -> list[Json]:
        return [{"account": "london", "number": "+442079460000", "name": "Sales", "flow": "x"}]

    async def ring(self, from_: str, to: str) -> Json:
        if to != "+442079460000":
            raise ValueError(f"no line has the number {to}")
        return self._tell({"id": "1", "from": from_, "to": to, "state": "ringing"})

    async def act(self, call_id: str, do: Json) -> Json:
        if call_id != "1":
            raise LookupError(f"there is no call {call_id}")
        return self._tell({"id": "1", "state": "ended", "did": do["do"]})

    def subscribe(self, watcher: Callable[[Json], None]) -> Callable[[], None]:
        self.watchers.append(watcher)
        return lambda: self.watchers.remove(watcher)

    def _tell(self, call: Json) -> Json:
        for watcher in self.watchers:
            watcher(call)
        return call


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with opened_office(telephone=PaperTelephone()) as office, aiohttp.ClientSession() as http:
        yield Page(office, http)


async def told(stream: aiohttp.ClientResponse) -> Json:
    """The next event of a stream."""
    while True:
        line = (await stream.content.readline()).decode()
        if line.startswith("data: "):
            event: Json = json.loads(line.removeprefix("data: "))
            return event


# -- reading ---------------------------------------------------------------------------------------


async def test_the_state_is_what_the_person_can_see(page: Page) -> None:
    state = await page.get("/demo/state", GUS)
    assert state["me"] == GUS
    assert [c["name"] for c in state["channels"]] == ["shared", "Switchboard"]
    assert state["telephone"]
    assert state["command"]["command"] == "/phone"
    assert {p["id"] for p in state["people"]} >= {ANNA, GUS, "U0BOT"}
    names = {c["name"]: c for c in (await page.get("/demo/state", BEN))["channels"]}
    assert sorted(names) == ["Switchboard", "attic", "away", "phones", "shared"]
    assert (names["phones"]["is_member"], names["away"]["is_member"]) == (True, False)
    assert (await page.get("/demo/state"))["me"] == ANNA
    assert "nobody has the id" in (await page.get("/demo/state", "U0X", expected=400))["error"]


async def test_messages_with_ones_own_ephemeral_ones(page: Page) -> None:
    client = page.office.client
    posted = await client.chat_postMessage(channel=PHONES, text="all", blocks=[section("all")])
    await client.chat_postMessage(channel=PHONES, text="reply", thread_ts=posted["ts"])
    await client.chat_postEphemeral(channel=PHONES, user=ANNA, text="Anna")
    answer = await page.get("/demo/messages", ANNA, channel=PHONES)
    assert [m["text"] for m in answer["messages"]] == ["all", "Anna"]
    assert answer["messages"][0]["reply_count"] == 1
    assert answer["messages"][1]["ephemeral"]
    thread = await page.get("/demo/messages", BEN, channel=PHONES, thread_ts=posted["ts"])
    assert [m["text"] for m in thread["messages"]] == ["all", "reply"]
    await page.get("/demo/messages", GUS, expected=404, channel=PHONES)


# -- doing -----------------------------------------------------------------------------------------


async def test_typing_and_its_failures(page: Page) -> None:
    sent = {"as": ANNA, "channel": PHONES, "text": "hello <b>"}
    assert await page.post("/demo/message", sent) == {"ok": True}
    assert page.office.slack.messages(PHONES)[0].text == "hello &lt;b&gt;"
    page.office.app.will_answer(status=500)
    answer = await page.post("/demo/message", {**sent, "text": "/phone x"})
    assert answer == {"ok": False, "error": '/phone failed with the error "dispatch_failed"'}
    assert not (await page.post("/demo/message", {"as": ANNA, "text": "x"}, 400))["ok"]
    assert not (await page.post("/demo/message", [], 400))["ok"]
    assert not (await page.post("/demo/message", {**sent, "as": "U0X"}, 400))["ok"]


async def test_clicking_what_was_still_on_the_screen(page: Page) -> None:
    client = page.office.client
    posted = await client.chat_postMessage(
        channel=PHONES, text="x", blocks=[actions(button("go", value="1"), block_id="b")]
    )
    await client.chat_update(channel=PHONES, ts=posted["ts"], text="x", blocks=[])
    click = {
        "as": ANNA,
        "container": {"type": "message", "channel": PHONES, "ts": posted["ts"]},
        "action": {"type": "button", "block_id": "b", "action_id": "go", "value": "1"},
        "state": {"values": {}},
    }
    assert await page.post("/demo/action", click) == {"ok": True}
    assert page.office.last["actions"][0]["value"] == "1"
    click["action"] = {"type": "button", "block_id": "b", "action_id": "forged"}
    assert not (await page.post("/demo/action", click))["ok"]


async def test_forms_options_and_closing(page: Page) -> None:
    menu = {"type": "external_select", "action_id": "pick"}
    form = modal(entry("b", text_input()), entry("m", menu, optional=True))
    view = await page.office.open_modal(form)
    page.office.app.will_answer({"options": [option("one")]})
    asked = {
        "as": ANNA,
        "container": {"type": "view", "view_id": view["id"]},
        "block_id": "m",
        "action_id": "pick",
        "value": "o",
    }
    answer = await page.post("/demo/options", asked)
    assert answer == {"ok": True, "options": [option("one")]}
    page.office.app.will_answer(
        {"option_groups": [{"label": form["title"], "options": [option("one")]}]}
    )
    assert "option_groups" in await page.post("/demo/options", asked)
    page.office.app.will_answer({"options": "all"})
    assert not (await page.post("/demo/options", asked))["ok"]

    sent = {
        "as": ANNA,
        "view_id": view["id"],
        "state": {"values": {"b": {"typed": {"type": "plain_text_input", "value": None}}}},
    }
    answer = await page.post("/demo/view/submit", sent)
    assert answer["errors"] == {"b": "Please complete this required field."}
    sent["state"] = {"values": {"b": {"typed": {"type": "plain_text_input", "value": "x"}}}}
    assert await page.post("/demo/view/submit", sent) == {"ok": True}
    closed = {"as": ANNA, "view_id": view["id"], "clear": False}
    answer = await page.post("/demo/view/close", closed)
    assert answer == {"ok": False, "error": "The form is no longer open."}


async def test_a_file_a_person_shares(page: Page) -> None:
    office = page.office
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("file", b"<svg onload=alert(1)>", filename="a;b.svg")
    url = f"{office.slack.url}/demo/upload?as={ANNA}&channel={PHONES}"
    async with page.http.post(url, data=form, headers={"Origin": office.slack.url}) as response:
        assert (await response.json())["ok"]
    listed = await page.get("/demo/messages", BEN, channel=PHONES)
    [file] = listed["messages"][0]["files"]
    async with page.http.get(f"{office.slack.url}{file['url']}") as response:
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"] == 'attachment; filename="a_b.svg"'
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert await response.read() == b"<svg onload=alert(1)>"
    await page.get(f"/demo/file/{file['id']}", GUS, expected=404)


async def test_a_file_put_into_a_form(page: Page) -> None:
    office = page.office
    chooser = {"type": "file_input", "action_id": "chosen"}
    view = await office.open_modal(modal(entry("f", chooser)))
    form = aiohttp.FormData()
    form.add_field("file", b"hello", filename="greeting.wav")
    own = {"Origin": office.slack.url}
    url = f"{office.slack.url}/demo/upload?as={ANNA}"
    async with page.http.post(url, data=form, headers=own) as response:
        file = (await response.json())["file"]
    assert (file["name"], file["size"], file["channels"]) == ("greeting.wav", 5, [])
    await page.get(f"/demo/file/{file['id']}", BEN, expected=404)
    sent = {
        "as": ANNA,
        "view_id": view["id"],
        "state": {"values": {"f": {"chosen": {"type": "file_input", "files": [file]}}}},
    }
    assert await page.post("/demo/view/submit", sent) == {"ok": True}
    state = office.last["view"]["state"]["values"]
    assert state == {"f": {"chosen": {"type": "file_input", "files": [file]}}}


async def test_the_telephone(page: Page) -> None:
    assert (await page.get("/demo/phone"))["lines"][0]["name"] == "Sales"
    ring = {"from": "+442079460001", "to": "+442079460000"}
    assert (await page.post("/demo/phone/calls", ring))["call"]["state"] == "ringing"
    pressed = await page.post("/demo/phone/calls/1", {"do": "press", "digit": "1"})
    assert pressed["call"]["did"] == "press"
    wrong = await page.post("/demo/phone/calls", {**ring, "to": "+1"}, 400)
    assert wrong["error"] == "no line has the number +1"
    await page.post("/demo/phone/calls/2", {"do": "hang_up"}, 400)


async def test_without_a_telephone_there_is_none() -> None:
    async with opened_office() as office, aiohttp.ClientSession() as http:
        page = Page(office, http)
        assert not (await page.get("/demo/state"))["telephone"]
        await page.get("/demo/phone", expected=404)
        await page.post("/demo/phone/calls", {}, 400)


# -- the stream ------------------------------------------------------------------------------------


async def test_the_stream_tells_what_one_person_may_know(page: Page) -> None:
    office = page.office
    url = f"{office.slack.url}/demo/stream?as={GUS}"
    async with page.http.get(url) as stream:
        assert stream.content_type == "text/event-stream"
        assert await told(stream) == {"type": "view", "stack": []}
        await office.client.chat_postMessage(channel=PHONES, text="not for guests")
        await office.client.chat_postEphemeral(channel=SHARED, user=ANNA, text="not for Gus")
        posted = await office.client.chat_postMessage(channel=SHARED, text="for all")
        event = await told(stream)
        assert (event["type"], event["message"]["text"]) == ("message", "for all")
        await office.client.chat_update(channel=SHARED, ts=posted["ts"], text="changed")
        event = await told(stream)
        assert (event["type"], event["message"]["edited"]) == ("changed", True)
        await office.client.chat_delete(channel=SHARED, ts=posted["ts"])
        assert await told(stream) == {"type": "deleted", "channel": SHARED, "ts": posted["ts"]}
        await page.post("/demo/home", {"as": GUS})
        home = {"type": "home", "blocks": [section("home")]}
        await office.client.views_publish(user_id=ANNA, view=home)
        await office.client.views_publish(user_id=GUS, view=home)
        event = await told(stream)
        assert (event["type"], event["view"]["type"]) == ("home", "home")
        assert (await page.post("/demo/home", {"as": GUS}))["view"]["id"] == event["view"]["id"]
        await page.post("/demo/phone/calls", {"from": "anonymous", "to": "+442079460000"})
        assert (await told(stream))["call"]["state"] == "ringing"


async def test_the_stream_tells_of_people_and_channels(page: Page) -> None:
    office = page.office
    async with page.http.get(f"{office.slack.url}/demo/stream?as={GUS}") as stream:
        await told(stream)
        office.slack.channel(PHONES).members.add(GUS)
        office.slack.rearranged()
        assert await told(stream) == {"type": "state"}
    names = [channel["name"] for channel in (await page.get("/demo/state", GUS))["channels"]]
    assert "phones" in names


async def test_streams_end_when_the_slack_closes(page: Page) -> None:
    async with page.http.get(f"{page.office.slack.url}/demo/stream?as={ANNA}") as stream:
        await told(stream)
        await page.office.slack.close()
        assert await stream.content.read() == b"\n"


async def test_the_stream_brings_modals(page: Page) -> None:
    office = page.office
    async with page.http.get(f"{office.slack.url}/demo/stream?as={ANNA}") as stream:
        view = await office.open_modal(modal())
        while not (event := await told(stream)).get("stack"):
            continue
        assert [shown["id"] for shown in event["stack"]] == [view["id"]]
        await office.slack.dismiss(ANNA, view["id"])
        assert await told(stream) == {"type": "view", "stack": []}


# -- keeping others out ----------------------------------------------------------------------------


async def test_the_page_comes_with_a_strict_policy(page: Page) -> None:
    async with page.http.get(f"{page.office.slack.url}/demo/state") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["Referrer-Policy"] == "no-referrer"
    async with page.http.get(f"{page.office.slack.url}/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"
    for path in ("/nothing.js", "/..%2fserver.py", "/server.py"):
        async with page.http.get(f"{page.office.slack.url}{path}") as response:
            assert response.status == 404


async def test_a_permalink_leads_to_the_page(page: Page) -> None:
    posted = await page.office.client.chat_postMessage(channel=PHONES, text="x")
    link = await page.office.client.chat_getPermalink(channel=PHONES, message_ts=posted["ts"])
    async with page.http.get(link["permalink"], allow_redirects=False) as response:
        assert response.headers["Location"] == f"/#{PHONES}/{posted['ts']}"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[", "10.0.0.1:80"])
async def test_other_names_for_this_machine_are_refused(page: Page, host: str) -> None:
    async with page.http.get(f"{page.office.slack.url}/demo/state", headers={"Host": host}) as r:
        assert r.status in {400, 421}


async def test_other_sites_cannot_act(page: Page) -> None:
    body = {"as": ANNA, "channel": PHONES, "text": "x"}
    url = f"{page.office.slack.url}/demo/message"
    for headers in ({}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        async with page.http.post(url, json=body, headers=headers) as response:
            assert response.status == 403
    assert page.office.slack.messages(PHONES) == []
