"""Every call to VoipNow over HTTP: sent as documented, refused before sending, answers read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.domain.errors import NotFound, ProviderRejected, UsageError
from bot.domain.operations import Place
from bot.providers.operations import Effect, FileContent
from bot.providers.voipnow import SPEC
from bot.providers.voipnow.paths import GuessedPaths
from tests.providers.voipnow_office import (
    DOCUMENTED,
    Office,
    an_office,
    answering,
    operation,
    shown,
    voipnow_settings,
)

EVENTS = "/uapi/extensions/{userId}/{extension}/phoneCallEvents"
PDF = FileContent(b"%PDF-1.4 pages", "file")
VIEW = {"source": ["0003*210"], "destination": ["+12025550199"]}
ME: dict[str, Any] = {"userId": "@me", "extension": "0003*210"}
EVENT: dict[str, Any] = {**ME, "eventType": "0", "eventId": DOCUMENTED}

SENT: list[tuple[str, dict[str, Any], str, Any]] = [
    (f"DELETE {EVENTS}/{{eventType}}/{{eventId}}", EVENT,
     f"DELETE /uapi/extensions/@me/0003*210/phoneCallEvents/0/{DOCUMENTED}", None),
    (f"DELETE {EVENTS}/{{eventType}}", {**ME, "eventType": 2},
     "DELETE /uapi/extensions/@me/0003*210/phoneCallEvents/2", None),
    (f"DELETE {EVENTS}", ME, "DELETE /uapi/extensions/@me/0003*210/phoneCallEvents", None),
    (f"GET {EVENTS}", {**ME, "count": "5", "fields": ["id", "url"]},
     "GET /uapi/extensions/@me/0003*210/phoneCallEvents?count=5&fields=id%2Curl", None),
    (f"GET {EVENTS}/{{eventType}}", {**ME, "eventType": "0"},
     "GET /uapi/extensions/@me/0003*210/phoneCallEvents/0", None),
    (f"GET {EVENTS}/{{eventType}}/{{eventId}}", EVENT,
     f"GET /uapi/extensions/@me/0003*210/phoneCallEvents/0/{DOCUMENTED}", None),
    (f"POST {EVENTS}/", {**ME, "type": 2, "url": "https://x.example/2", "method": "1"},
     "POST /uapi/extensions/@me/0003*210/phoneCallEvents/",
     {"type": "2", "url": "https://x.example/2", "method": "1"}),
    (f"POST {EVENTS}/{{eventType}}", {**ME, "eventType": 2, "url": "https://x.example/2"},
     "POST /uapi/extensions/@me/0003*210/phoneCallEvents/2", {"url": "https://x.example/2"}),
    (f"PUT {EVENTS}/{{eventType}}/{{eventId}}", {**EVENT, "status": 0, "note": "off"},
     f"PUT /uapi/extensions/@me/0003*210/phoneCallEvents/0/{DOCUMENTED}",
     {"status": "0", "note": "off"}),
    ("GET /uapi/phoneCalls/{userId}/{extension}", {"userId": "12", "extension": "@self"},
     "GET /uapi/phoneCalls/12/@self", None),
    ("GET /uapi/phoneCalls/{userId}/{extension}/{phoneCallId}",
     {**ME, "phoneCallId": "b817d2618fe6f1804333"},
     "GET /uapi/phoneCalls/@me/0003*210/b817d2618fe6f1804333", None),
    ("POST /uapi/phoneCalls/{userId}/simple",
     {**ME, "phoneCallView": [VIEW], "waitForPickup": 20, "video": False},
     "POST /uapi/phoneCalls/@me/simple?waitForPickup=20&video=false",
     {"extension": "0003*210", "phoneCallView": [VIEW]}),
    ("POST /uapi/phoneCalls/{userId}/callback", {**ME, "phoneCallView": [VIEW], "nonce": "n1"},
     "POST /uapi/phoneCalls/@me/callback",
     {"extension": "0003*210", "phoneCallView": [VIEW], "nonce": "n1"}),
    ("POST /uapi/phoneCalls/{userId}/conferenceInvite",
     {**ME, "phoneCallView": [VIEW], "number": "100", "pin": "0001"},
     "POST /uapi/phoneCalls/@me/conferenceInvite?number=100&pin=0001",
     {"extension": "0003*210", "phoneCallView": [VIEW]}),
    ("PUT /uapi/phoneCalls/{userId}/{extension}/{phoneCallId}",
     {**ME, "phoneCallId": "b817d2618fe6f1804333", "action": "UnPark", "sendCallTo": "0003*024",
      "callerId": "John Doe <42420042>", "waitForPickup": 20, "phoneCallViewId": "01"},
     "PUT /uapi/phoneCalls/@me/0003*210/b817d2618fe6f1804333",
     {"action": "UnPark", "sendCallTo": "0003*024", "callerId": "John Doe <42420042>",
      "waitForPickup": "20", "phoneCallViewId": "01"}),
    ("DELETE /uapi/phoneCalls/{userId}/{extension}/{phoneCallId}",
     {**ME, "phoneCallId": "b817", "phoneNumber": "+12025550199"},
     "DELETE /uapi/phoneCalls/@me/0003*210/b817?phoneNumber=%2B12025550199", None),
    ("DELETE /uapi/phoneCalls/{userId}/{extension}", ME,
     "DELETE /uapi/phoneCalls/@me/0003*210", None),
    ("GET /uapi/extensions/{userId}/{extension}/presence", {"userId": "@me", "extension": "@self"},
     "GET /uapi/extensions/@me/@self/presence", None),
    ("GET /uapi/extensions/{userId}/{extension}/queue/agents",
     {"userId": "@me", "extension": "0003*301"},
     "GET /uapi/extensions/@me/0003*301/queue/agents", None),
    ("GET /uapi/extensions/{userId}/{extension}/queue/agents/{agent}",
     {"userId": "@me", "extension": "0003*301", "agent": "0003*210"},
     "GET /uapi/extensions/@me/0003*301/queue/agents/0003*210", None),
    ("PUT /uapi/extensions/{userId}/{extension}/queue/agents/{agent}",
     {"userId": "@me", "extension": "0003*301", "agent": "0003*210", "status": 2},
     "PUT /uapi/extensions/@me/0003*301/queue/agents/0003*210", {"status": "2"}),
    ("POST /uapi/faxes/{userId}/{extension}", {**ME, "recipients": ["7778888"], "files": PDF},
     "POST /uapi/faxes/@me/0003*210",
     {"request": '{"recipients": ["7778888"]}', "files": "file.pdf"}),
    ("GET /uapi/cdr/{userId}",
     {"userId": "33", "startDate": "2026-06-01T00:00:00", "disposition": "3", "flow": 8},
     "GET /uapi/cdr/33?startDate=2026-06-01T00%3A00%3A00&disposition=3&flow=8", None),
    ("GET /uapi/cdr/stats/{userId}", {"userId": "@me"}, "GET /uapi/cdr/stats/@me", None),
]  # fmt: skip
"""Each call: its parameters, and the request line and the body that go out."""


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with an_office() as office:
        yield office


def test_the_table_has_every_call() -> None:
    assert [name for name, *_ in SENT] == [each.name for each in SPEC.operations]


@pytest.mark.parametrize(("name", "given", "line", "body"), SENT, ids=[row[0] for row in SENT])
async def test_sent_as_documented(
    office: Office, name: str, given: dict[str, Any], line: str, body: Any
) -> None:
    # Whatever the simulated account makes of it; here only the request counts.
    office.simulated.account.fail(None, "denied")
    with pytest.raises(ProviderRejected):
        await office.account.call(operation(name, **given))
    (request,) = office.requests
    assert f"{request.method} {request.path}" == line
    assert request.body == body


@pytest.mark.parametrize(("name", "given"), [row[:2] for row in SENT], ids=[r[0] for r in SENT])
def test_required_parameters(name: str, given: dict[str, Any]) -> None:
    declared = {each.name: each for each in operation(name, **given).parameters()}
    for parameter in (each for each in declared.values() if each.required):
        left = {key: value for key, value in given.items() if key != parameter.name}
        with pytest.raises(UsageError, match=f"{parameter.name}: is required"):
            operation(name, **left)
    for parameter in (each for each in declared.values() if each.place is Place.PATH):
        for empty in ("", " ", ".", "..", "a/b", "0003*210/", "%2e%2e", "?"):
            with pytest.raises(UsageError, match=f"{parameter.name}: "):
                operation(name, **{**given, parameter.name: empty}).filled_path()
    for parameter in (each for each in declared.values() if each.choices):
        for wrong in ("sideways", True, 99, ["0"]):
            with pytest.raises(UsageError, match=f"{parameter.name}"):
                operation(name, **{**given, parameter.name: wrong})
    with pytest.raises(UsageError, match="colour: there is no such parameter"):
        operation(name, **given, colour="red")


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("event.delete", {"extension": "@self"}, "extension: is one extension here"),
        ("event.delete_all_of_extension", {"extension": "@self"}, "extension: is one extension"),
        ("event.delete_all_of_extension", {"userId": "@self"}, "userId: "),
        ("event.delete", {"eventType": "5"}, "eventType: "),
        ("event.delete", {"eventType": None}, "eventType: "),
        ("event.delete", {"eventId": None}, "eventId: "),
        ("event.delete", {"extension": "reception"}, "extension: is an extension like"),
        ("event.create", {"url": "telnet://x"}, "url: "),
        ("event.create", {"url": "http://x/a b"}, "url: "),
        ("event.create", {"method": "POST"}, "method: "),
        ("call.hang_up_all", {"extension": "@self"}, "extension: is one extension here"),
        ("call.control", {"sendCallTo": None}, "sendCallTo is required by UnPark"),
        ("call.control", {"action": "Transfer"}, "transferFromNumber is required by Transfer"),
        ("call.control", {"maxInParking": 5}, "maxInParking: "),
        ("call.start", {"phoneCallView": []}, "phoneCallView: "),
        ("call.start", {"phoneCallView": [{**VIEW, "colour": 1}]}, "phoneCallView.0.colour: "),
        ("call.start", {"phoneCallView": [{"source": ["1"]}]}, "destination: is required"),
        ("call.start", {"phoneCallView": [{**VIEW, "source": ["Anna"]}]}, "source.0: "),
        ("presence.list", {"userId": "@owner"}, "@self does not go with @owner"),
        ("fax.send", {"files": FileContent(b"\x89PNG\xff", "x.png")}, "files: is no jpg"),
        ("fax.send", {"recipients": "7778888"}, "recipients: is a list"),
        ("fax.send", {"recipients": []}, "recipients: "),
        ("cdr.list", {"startDate": "yesterday"}, "startDate: "),
        ("cdr.list", {"count": 5001}, "count: "),
    ],
)
def test_refused_before_anything_is_sent(name: str, changes: dict[str, Any], words: str) -> None:
    by_alias = {each.alias: each.name for each in SPEC.operations}
    given = next(row[1] for row in SENT if row[0] == by_alias[name])
    with pytest.raises(UsageError, match=words):
        operation(name, **{**given, **changes})


def test_names_and_effects() -> None:
    names = [each.name for each in SPEC.operations]
    aliases = [each.alias for each in SPEC.operations]
    assert len({*names, *aliases}) == 2 * len(names)
    assert all(each.purpose() for each in SPEC.operations)
    deleting = [each for each in SPEC.operations if each.method == "DELETE"]
    assert {each.effect for each in deleting} == {Effect.CANNOT_BE_UNDONE}
    assert {each.alias for each in SPEC.operations if each.effect is Effect.COSTS_MONEY} == {
        "call.start",
        "call.callback",
        "call.invite",
        "call.control",
        "fax.send",
    }


# The documented deletion


async def test_one_event(office: Office) -> None:
    one, other = office.add_event(), office.add_event()
    result = await office.account.call(operation("event.delete", **{**EVENT, "eventId": one}))
    assert shown(result, "event.delete") == [{"id": one}]
    assert list(office.events) == [other]


async def test_all_of_a_type(office: Office) -> None:
    ended = [office.add_event(kind=2), office.add_event(kind=2)]
    kept = [office.add_event(kind=0), office.add_event("0003*211", kind=2)]
    result = await office.account.call(operation("event.delete_all_of_type", **ME, eventType="2"))
    assert [event.id for event in result] == ended
    assert list(office.events) == kept


async def test_all_of_the_extension(office: Office) -> None:
    gone = [office.add_event(kind=kind) for kind in range(5)]
    kept = office.add_event("0003*211")
    result = await office.account.call(operation("event.delete_all_of_extension", **ME))
    assert [event.id for event in result] == gone
    assert list(office.events) == [kept]


@pytest.mark.parametrize("name", ["event.delete_all_of_type", "event.delete_all_of_extension"])
async def test_nothing_to_delete(office: Office, name: str) -> None:
    given = {**ME, "eventType": 0} if name.endswith("type") else ME
    assert await office.account.call(operation(name, **given)) == []


@pytest.mark.parametrize(
    ("status", "body", "ids"),
    [
        (200, [{"id": DOCUMENTED}], [DOCUMENTED]),
        (
            200,
            [{"id": DOCUMENTED}, {"id": "Asds2qw2frtabmFj8gNWq3hsiGNYyq"}, {"id": "GOp2s68"}],
            [DOCUMENTED, "Asds2qw2frtabmFj8gNWq3hsiGNYyq", "GOp2s68"],
        ),
        (200, {"id": DOCUMENTED}, [DOCUMENTED]),
        (200, [{"id": 17, "more": 1}], ["17"]),
        (200, [], []),
        (204, b"", []),
    ],
)
async def test_its_answers(status: int, body: Any, ids: list[str]) -> None:
    async with answering(status, body) as (_, account):
        result = await account.call(operation("event.delete", **EVENT))
    assert [event.id for event in result] == ids


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        ("extension_invalid", 400, NotFound),
        ("pce_id_invalid", 400, NotFound),
        ("pce_access_denied", 400, ProviderRejected),
    ],
)
async def test_its_error_words(
    office: Office, words: str, status: int, error: type[NotFound]
) -> None:
    given = dict(EVENT)
    if words == "extension_invalid":
        given["extension"] = "0003*999"
    if words == "pce_access_denied":
        office.simulated.account.fail(None, "denied")
    with pytest.raises(error) as caught:
        await office.account.call(operation("event.delete", **given))
    assert (caught.value.code, status) == (words, 400)
    assert len(office.requests) == 1


async def test_the_three_deletions_are_three_methods(office: Office) -> None:
    account = office.account
    one = office.add_event(kind=1)
    office.add_event(kind=1)
    office.add_event(kind=2)
    for wrong in ("", " ", "*", "@self"):
        with pytest.raises(UsageError):
            await account.delete_event("0003*210", "1", wrong)
        with pytest.raises(UsageError):
            await account.delete_events_of_type("0003*210", wrong)
        with pytest.raises(UsageError):
            await account.delete_events_of_extension(wrong)
    assert office.requests == []
    assert await account.delete_event("0003*210", "1", one) == [one]
    assert len(await account.delete_events_of_type("0003*210", "1")) == 1
    assert len(await account.delete_events_of_extension("0003*210")) == 1
    assert office.events == {}


# Other calls, there and back


async def test_events_are_created_listed_and_changed(office: Office) -> None:
    call = office.account.call
    (made,) = await call(operation("event.create", **ME, type=2, url="http://x/2", status=1))
    (typed,) = await call(operation("event.create_type", **ME, eventType=3, url="http://x/3"))
    page = await call(operation("event.list", **ME))
    assert [(row.id, row.type) for _, row in page.rows()] == [(made.id, 2), (typed.id, 3)]
    changed = {**ME, "eventType": 2, "eventId": made.id, "status": "0"}
    assert (await call(operation("event.update", **changed)))[0].id == made.id
    one = await call(operation("event.get", **{**ME, "eventType": 2, "eventId": made.id}))
    assert shown(one, "event.get")["entry"][0]["status"] == 0
    assert (await call(operation("event.list_type", **ME, eventType=4))).entry == []


async def test_a_fax_is_sent(office: Office) -> None:
    given = {**ME, "recipients": ["7778888"], "files": "Dear all"}
    (fax,) = await office.account.call(operation("fax.send", **given))
    assert fax.id == "261"
    sent = office.simulated.account.faxes[0]
    assert (sent["file"], sent["is"]) == ("file.txt", b"Dear all")


async def test_sums_and_records(office: Office) -> None:
    sums = await office.account.call(operation("cdr.stats", userId="@me"))
    assert [(row.type, row.total, row.answered) for row in sums.phoneCallStat] == [
        (0, 2, 1),
        (1, 1, 1),
    ]
    page = await office.account.call(operation("cdr.list", userId="@me", flow=8))
    assert isinstance(page.entry, dict)
    assert [record.views()[0].duration for record in page.entry.values()] == [0, 95]


@pytest.mark.parametrize("action", ["OnHold", "StartRecording", "Park"])
async def test_calls_are_controlled(office: Office, action: str) -> None:
    call = await office.simulated.ring("+12025550142", "+12025550110")
    given = {"userId": "@me", "extension": "@self", "phoneCallId": call.id, "action": action}
    (changed,) = await office.account.call(operation("call.control", **given))
    assert changed.id == call.id
    assert call.on_hold or call.recording or call.parked


async def test_hanging_up_all_leaves_other_extensions_alone(office: Office) -> None:
    ours = await office.simulated.ring("+12025550142", "+12025550110")
    other = await office.simulated.ring("+12025550142", "+12025550112")
    result = await office.account.call(operation("call.hang_up_all", **ME))
    assert [call.id for call in result] == [ours.id]
    assert (ours.state, other.state) == ("ended", "ringing")


# Settings


def test_the_guesses_are_those_of_the_table() -> None:
    guesses = {getattr(each, "guess", "") for each in SPEC.operations} - {""}
    assert guesses | {"create_event"} == set(GuessedPaths.model_fields)


async def test_guessed_paths_can_be_set() -> None:
    paths = {"queue_agents": "/uapi/extensions/{userId}/{extension}/queueAgent"}
    async with an_office({"paths": paths}) as office:
        with pytest.raises(ProviderRejected) as caught:
            await office.account.call(operation("agent.list", userId="@me", extension="0003*301"))
        assert caught.value.code == "request_not_implemented"
        assert office.requests[0].path == "/uapi/extensions/@me/0003*301/queueAgent"


@pytest.mark.parametrize(
    "paths",
    [
        {"update_event": "/uapi/extensions/{userId}/{extension}/phoneCallEvents"},
        {"queue_agent": "/uapi/extensions/{userId}/{extension}/queue/agents"},
        {"queue_agents": "uapi/{userId}/{extension}"},
        {"queue_agents": "/uapi/{userId}/{extension}/{agent}"},
    ],
)
def test_a_path_that_reaches_more_is_refused(paths: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="paths"):
        voipnow_settings(paths=paths)


async def test_the_api_may_stand_elsewhere() -> None:
    async with an_office({"api_path": "/pbx/uapi"}) as office:
        with pytest.raises(NotFound, match="at another address") as caught:
            await office.account.ping()
        assert "api_path" in caught.value.hint
        assert office.requests[0].path.startswith("/pbx/uapi/extensions/@me/@self/presence")
