"""Every call of the document over HTTP: as documented, and against a strict PBX."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from aiohttp import web

from bot.demo.providers.ringme import documented, id_of
from bot.domain.errors import NotFound, ProviderRejected, UsageError
from bot.domain.operations import Effect, Place
from bot.providers.operations import Blob, FileContent, Operation, wire_name
from bot.providers.ringme import SPEC
from bot.providers.ringme.wire import MASK, Nothing, RingMeOperation
from tests.providers.conftest import Scripted
from tests.providers.ringme_pbx import CLIENT, Pbx, first, operation, pbx

CALLS = [pytest.param(each, id=each.name) for each in SPEC.operations]
ENDPOINTS = {each.name: each for each in documented.table().endpoints}

ANNA, CLARA, QUEUE, MENU, FAX = 101, 103, 200, 300, 400
SAMPLES: dict[str, Any] = {
    "string": "a/b ü",
    "integer": 7,
    "boolean": True,
    "object": {"any": "thing"},
    "anything": "2026-07-15",
    "cascade_number": {"delay": 5, "number": "101"},
    "condition": {"start_dow": 2, "end_dow": 6},
    "interval_condition": {"start_dow": 2, "end_dow": 6},
    "voice_helper_rules": {"to_option": "1", "transcription": "sales"},
    "registration": {"registration_id": "uloc-1", "expires": 60},
    "call_mdl": {"call_api_id": "101-a:b", "called_extension": {"id": 7}},
    "context_model": {"whatever": 1},
    "file": FileContent(b"\x00\xff%PDF", "offer.pdf"),
}


@pytest.fixture
async def company() -> AsyncIterator[Pbx]:
    async with pbx() as made:
        yield made


def sample(field: Any) -> Any:
    kind = field["type"]
    if "one_of" in field:
        return field["one_of"][0]
    return [SAMPLES[kind.strip("[]")]] * 2 if kind.startswith("[") else SAMPLES[kind]


def all_of(each: type[Operation[Any]]) -> dict[str, Any]:
    """A value for every parameter."""
    return {field["name"]: sample(field) for field in ENDPOINTS[each.name].parameters}


def needed_of(each: type[Operation[Any]]) -> dict[str, Any]:
    fields = ENDPOINTS[each.name].parameters
    return {field["name"]: sample(field) for field in fields if field.get("required")}


def documented_answer(each: type[Operation[Any]]) -> Any:
    endpoint = ENDPOINTS[each.name]
    if not endpoint.model:
        return {"told": 1}
    row = {field["name"]: sample(field) for field in documented.table().models[endpoint.model]}
    return [row, {**row, "later": "field"}] if endpoint.answer == "many" else row


class Recorder(Scripted):
    """Gives a token, then one answer, and keeps what it was asked."""

    def __init__(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        super().__init__(status, body, headers)
        self.asked: Any = None
        self.raw = b""
        self.form: Any = None

    async def _respond(self, request: Any) -> Any:
        if request.path == "/oauth/token":
            return web.json_response({"access_token": "t0ken-1"})
        self.asked = request
        if request.content_type == "multipart/form-data":
            self.form = {
                name: (part.filename, part.content_type, part.file.read())
                if isinstance(part, web.FileField)
                else part
                for name, part in (await request.post()).items()
            }
        else:
            self.raw = await request.read()
        return await super()._respond(request)


@pytest.mark.parametrize("each", CALLS)
async def test_sent_as_documented_and_the_documented_answer_decodes(
    each: type[RingMeOperation[Any]],
) -> None:
    endpoint, answer = ENDPOINTS[each.name], documented_answer(each)
    body = json.dumps(answer).encode() if endpoint.answer != "file" else b"\x00\xff RIFF"
    kind = "application/json" if endpoint.answer != "file" else "audio/x-wav"
    server = Recorder(endpoint.status, body, {"Content-Type": kind})
    if endpoint.status == 204:
        server = Recorder(204, b"", {})
    await server.start()
    try:
        async with pbx(base_url=server.url) as made:
            result = await made.account.call(each.read(all_of(each)))
    finally:
        await server.close()

    given, asked = all_of(each), server.asked
    assert asked.method == endpoint.method
    path = endpoint.path
    for name in endpoint.placed("path"):
        path = path.replace(f"{{{name}}}", quote(str(given[name]), safe=""))
    assert asked.raw_path.partition("?")[0] == f"/api/ver1.0{path}"
    expected = []
    for name in endpoint.placed("query"):
        value = given[name]
        words = value if isinstance(value, list) else [value]
        expected += [(name, str(w).lower() if isinstance(w, bool) else str(w)) for w in words]
    assert parse_qsl(asked.query_string, keep_blank_values=True) == expected
    in_body = {name: given[name] for name in endpoint.placed("json")}
    if in_body:
        assert asked.content_type == "application/json"
        assert json.loads(server.raw) == {
            name: None if value == "None" else value for name, value in in_body.items()
        }
    elif endpoint.placed("form"):
        assert server.form["dst_num"] == given["dst_num"]
        assert server.form["file"] == ("offer.pdf", "application/pdf", given["file"].content)
    else:
        assert server.raw == b""
    basic = each.name.endswith("/download/") and "record" in each.name
    assert asked.headers["Authorization"].startswith("Basic " if basic else "Bearer t0ken-1")

    if endpoint.answer == "file":
        assert result == Blob("audio/x-wav", b"\x00\xff RIFF")
    elif endpoint.status == 204:
        assert isinstance(result, Nothing)
    else:
        shown = each.result.dump_python(result, mode="json", by_alias=True)
        masked = ("pin", "moderator_pin", "conference_pin", "replace_pin")
        rows = answer if isinstance(answer, list) else [answer]
        wanted = [{k: MASK if k in masked else v for k, v in row.items()} for row in rows]
        assert shown == (wanted if isinstance(answer, list) else wanted[0])


@pytest.mark.parametrize("each", CALLS)
def test_nothing_is_sent_that_was_not_given(each: type[RingMeOperation[Any]]) -> None:
    """Documented defaults are the server's business."""
    made = each.read(needed_of(each))
    sent = {**made.values(Place.PATH), **made.values(Place.QUERY), **made.values(Place.BODY)}
    assert {*sent, *made.files()} == set(needed_of(each))


@pytest.mark.parametrize("each", CALLS)
def test_wrong_parameters_are_refused_before_sending(each: type[RingMeOperation[Any]]) -> None:
    given = all_of(each)
    wrong: list[tuple[dict[str, Any], str]] = [({**given, "colour": "red"}, "colour")]
    for field in ENDPOINTS[each.name].parameters:
        name, kind = field["name"], field["type"]
        if field.get("required"):
            wrong.append(({k: v for k, v in given.items() if k != name}, name))
        if "one_of" in field:
            wrong.append(({**given, name: "purple"}, name))
        if field["in"] == "path" and kind == "string":
            wrong.append(({**given, name: ""}, name))
        bad = {"string": [], "integer": "seven", "boolean": "perhaps", "file": 5}.get(kind, "one")
        wrong.append(({**given, name: bad}, name))
        if kind == "integer":
            wrong += [({**given, name: True}, name), ({**given, name: 1.5}, name)]
    for values, named in wrong:
        with pytest.raises(UsageError) as caught:
            each.read(values)
        assert f"{named}: " in caught.value.user_message or f"{named}." in caught.value.user_message
        assert each.name in caught.value.user_message


@pytest.mark.parametrize("word", [".", ".."])
async def test_no_identifier_walks_out_of_its_path(company: Pbx, word: str) -> None:
    for each in SPEC.operations:
        for name, field in ENDPOINTS[each.name].placed("path").items():
            if field["type"] == "string":
                with pytest.raises(UsageError, match=name):
                    await company.account.call(each.read({**all_of(each), name: word}))
    assert company.simulated.account.requests == []


def arranged(company: Pbx) -> dict[str, dict[str, Any]]:
    """For every call that needs more than an extension: parameters that the company can take."""
    anna, clara = company.extension(ANNA), company.extension(CLARA)
    queue, menu = company.extension(QUEUE), company.extension(MENU)
    anna.live["101-aa:bb"] = {"call_api_id": "101-aa:bb", "caller_id_number": "442079460018"}
    anna.meeting = {"locked": False, "since": company.clock.now(), "members": [{"id": 1}]}
    anna.events[61] = {"id": 61, "url": "https://x", "event_type": "hangup", "method": "POST"}
    anna.mail_alerts[62] = {"id": 62, "mail": "a@example.com", "event_type": "call_failed_mail"}
    anna.users[63] = {"id": 63, "login": "anna", "name": "Anna", "email": "a@example.com"}
    queue.remote_agents[64] = {"agent_id": 64, "level": 1, "position": 1}
    menu.contexts[65] = {"id": 65, "name": "Later", "options": {}}
    company.simulated.account.extensions[id_of(FAX)].faxes[66] = {"id": 66, "status": "queued"}
    company.simulated.account.slots[3] = "101-aa:bb"
    context = first(menu.contexts)
    option = {"context_id": context, "option_digits": "1"}
    held = menu.contexts[context]["options"]["1"]
    rule = {**option, "rule_id": held["order"][0]}
    agent = {"agent_id": first(clara.agents)}
    call = {"call_api_id": "101-aa:bb"}
    period = {"start_datetime": "2026-07-01 00:00:00", "end_datetime": "2026-08-31 00:00:00"}
    recording = {"record_uuid": first(anna.recordings)}
    interval = {
        "name": "Lunch",
        "timezone": "Europe/London",
        "conditions": [{"start_time": "12:00:00", "end_time": "13:00:00"}],
    }
    user = {"login": "boris", "name": "Boris", "password": "p", "email": "b@example.com"}
    at = {"interval_id": first(anna.intervals)}
    below: dict[str, dict[str, Any]] = {
        "POST agent/": {"name": "Anna Holt"},
        "PUT agent/{agent_id}": {"on": CLARA, **agent, "status": "logged_out"},
        "GET agent/{agent_id}": {"on": CLARA, **agent},
        "DELETE agent/{agent_id}": {"on": CLARA, **agent, "remove_from_queues": "false"},
        "PUT ani/": {"ani_number": "442079460181"},
        "POST callback/": {"src_num": ["101"], "dst_num": "+442079460018"},
        "PUT chat/{chat_id}/messages/": {"chat_id": "chat-1", "read": "true"},
        "DELETE chat/{chat_id}/messages/": {"chat_id": "chat-1"},
        "PUT conference/": {"pin": "2222"},
        "PUT conference/status/": {"mute": True, "member_id": 1},
        "GET conference/status/": {"action": "count"},
        "PUT current_calls/{call_api_id}": {**call, "action": "hold"},
        "GET current_calls/{call_api_id}": call,
        "DELETE current_calls/{call_api_id}": call,
        "POST event/": {"url": "https://x/y", "event_type": "voicemail", "method": "GET"},
        "PUT event/{id}": {"id": 61, "method": "GET"},
        "GET event/{id}": {"id": 61},
        "DELETE event/{id}": {"id": 61},
        "PUT fax/": {"on": FAX, "fax_in_format": "pdf"},
        "GET fax/": {"on": FAX},
        "GET fax/in/{fax_uuid}": {"on": FAX, "fax_uuid": "fax-1"},
        "POST fax/out/": {"on": FAX, "dst_num": "+442079460018", "file": b"%PDF\xff"},
        "PUT fax/out/{message_id}": {"on": FAX, "message_id": 66, "action": "retry"},
        "POST incom_rule/": {"type": "hangup", "caller_id": "^44208", "interval": None},
        "PUT incom_rule/order/": {"rules_ids": anna.order[::-1]},
        "PUT incom_rule/{rule_id}": {"rule_id": anna.order[0], "enabled": False},
        "GET incom_rule/{rule_id}": {"rule_id": anna.order[0]},
        "DELETE incom_rule/{rule_id}": {"rule_id": anna.order[0]},
        "POST interval/": interval,
        "PUT interval/{interval_id}": {**at, **interval},
        "GET interval/{interval_id}": at,
        "DELETE interval/{interval_id}": at,
        "PUT ivr/": {"on": MENU, "lifetime": 600},
        "GET ivr/": {"on": MENU},
        "GET ivr/scheme/": {"on": MENU},
        "POST ivr/context/": {"on": MENU, "name": "Holiday"},
        "GET ivr/context/": {"on": MENU},
        "PUT ivr/context/{context_id}": {"on": MENU, "context_id": 65, "timeout": 1000},
        "GET ivr/context/{context_id}": {"on": MENU, "context_id": 65},
        "DELETE ivr/context/{context_id}": {"on": MENU, "context_id": 65},
        "POST ivr/context/{context_id}/options/": {
            "on": MENU,
            "context_id": context,
            "digits": "timeout",
        },
        "GET ivr/context/{context_id}/options/": {"on": MENU, "context_id": context},
    }
    options = "ivr/context/{context_id}/options/{option_digits}"
    below |= {
        f"DELETE {options}": {"on": MENU, **option},
        f"POST {options}/rules/": {"on": MENU, **option, "action": "hangup", "order_position": "0"},
        f"GET {options}/rules/": {"on": MENU, **option},
        f"PUT {options}/rules/order/": {"on": MENU, **option, "rules_ids": held["order"]},
        f"GET {options}/rules/order/": {"on": MENU, **option},
        f"PUT {options}/rules/{{rule_id}}": {"on": MENU, **rule, "sound_type": "None"},
        f"GET {options}/rules/{{rule_id}}": {"on": MENU, **rule},
        f"DELETE {options}/rules/{{rule_id}}": {"on": MENU, **rule},
        "POST mail_notification/": {"mail": "b@example.com", "event_type": "call_failed_mail"},
        "PUT mail_notification/{id}": {"id": 62, "mail": "c@example.com"},
        "GET mail_notification/{id}": {"id": 62},
        "DELETE mail_notification/{id}": {"id": 62},
        "PUT phone/": {"record_format": "None", "record_stereo": None, "password": "new"},
        "PUT queue/": {"on": QUEUE, "strategy": "random", "agent_hangup_action": "None"},
        "GET queue/": {"on": QUEUE},
        "GET queue/status/": {"on": QUEUE},
        "GET queue/status/agents/": {"on": QUEUE},
        "GET queue/status/members/": {"on": QUEUE},
        "GET record/": {**period, "order": "asc"},
        "GET record/stats/": period,
        "GET record/{record_uuid}": recording,
        "GET record/{record_uuid}/download/": recording,
        "GET record/{record_uuid}/storage_url/": recording,
        "DELETE registration/{registration_id}": {"registration_id": first(anna.registrations)},
        "GET sound/": {"id": [51], "page": 1},
        "GET sound/{sound_id}/download/": {"sound_id": 51},
        "PUT speech_to_text/{call_api_id}": {
            **call,
            "action": "start",
            "direction": "in",
            "url": "https://x/words",
        },
        "POST user/extension/": user,
        "GET user/extension/": {"login": ["anna"]},
        "PUT user/extension/{user_id}": {"user_id": 63, "access": "read_only"},
        "GET user/extension/{user_id}": {"user_id": 63},
        "DELETE user/extension/{user_id}": {"user_id": 63},
        "PUT valet_park/{call_api_id}": {**call, "action": "bridge", "slot": 3},
        "GET voicemail/{record_uuid}": {"record_uuid": next(iter(anna.voicemails))},
        "GET voicemail/{record_uuid}/storage_url/": {"record_uuid": next(iter(anna.voicemails))},
    }
    local, remote = first(queue.local_agents), first(queue.remote_agents)
    for kind, id_, new in (("local", local, local), ("remote", remote, 70)):
        there = f"queue/agents/{kind}/"
        below |= {
            f"POST {there}": {"on": QUEUE, "agent_id": new, "level": 2},
            f"GET {there}": {"on": QUEUE},
            f"PUT {there}{{agent_id}}": {"on": QUEUE, "agent_id": id_, "level": 3},
            f"GET {there}{{agent_id}}": {"on": QUEUE, "agent_id": id_},
            f"DELETE {there}{{agent_id}}": {"on": QUEUE, "agent_id": id_},
        }
    return below


@pytest.mark.parametrize("each", CALLS)
async def test_every_call_works_against_a_strict_pbx(
    company: Pbx, each: type[RingMeOperation[Any]]
) -> None:
    short = each.name.replace("/extension/{extension_id}/", "", 1)
    given = dict(arranged(company).get(short, {}))
    on = given.pop("on", ANNA)
    if short == "POST queue/agents/local/":
        del company.extension(QUEUE).local_agents[given["agent_id"]]
    if "extension_id" in ENDPOINTS[each.name].placed("path"):
        given["extension_id"] = str(id_of(on))
    result = await company.account.call(each.read(given))
    assert company.simulated.account.refusals == []
    assert len(company.sent) == 1
    if each.answers is not Any:
        assert result is not None
    if company.sent[0].method == "GET":
        assert each.effect is Effect.READS
    json.dumps(each.result.dump_python(result, mode="json", by_alias=True, warnings=False))


async def test_a_rule_is_changed_and_the_rest_of_it_stays(company: Pbx) -> None:
    anna = company.extension(ANNA)
    id_ = anna.order[0]
    where = {"extension_id": str(anna.id), "rule_id": id_}
    changed = await company.call("incoming_rule.update", **where, transfer_dst="+447700900999")
    assert changed.transfer_dst == "+447700900999"
    assert changed.name == "To my mobile"
    assert company.sent[-1].body == {"transfer_dst": "+447700900999"}


async def test_what_is_none_is_null_or_the_word(company: Pbx) -> None:
    given = {"extension_id": str(id_of(ANNA)), "record_format": "None"}
    await company.call("phone.update", **given)
    assert company.sent[-1].body == {"record_format": None}
    async with pbx(of={"none_as_word": True}, none_as_word=True) as other:
        await other.call("phone.update", **given, vm_mailto=None)
        assert other.sent[-1].body == {"record_format": "None", "vm_mailto": None}


async def test_identifiers_stay_one_segment(company: Pbx) -> None:
    with pytest.raises(NotFound):
        await company.call(
            "call.get", extension_id=str(id_of(ANNA)), call_api_id="101-a/b:c?d=@{X}"
        )
    assert company.sent[-1].path.endswith("/current_calls/101-a%2Fb%3Ac%3Fd%3D%40%7BX%7D")


async def test_words_of_a_refusal_are_shown(company: Pbx) -> None:
    with pytest.raises(ProviderRejected, match="not of type queue") as caught:
        await company.call("queue.get", extension_id=str(id_of(ANNA)))
    assert caught.value.code == "400"


async def test_secrets_are_masked(company: Pbx) -> None:
    extension = str(id_of(ANNA))
    conference = await company.call("conference.get", extension_id=extension)
    phone = await company.call("phone.get", extension_id=extension)
    assert (conference.pin, conference.moderator_pin) == (MASK, MASK)
    assert phone.conference_pin == MASK
    assert conference.max_members == 10
    for secret in ("1234", "98765", "4711"):
        assert f"'{secret}'" not in f"{conference!r} {phone!r}"


async def test_the_token_form(company: Pbx) -> None:
    await company.account.ping()
    form = company.simulated.account.requests[0].body
    assert {k: v for k, v in form.items() if k != "client_secret"} == {
        "grant_type": "client_credentials",
        "client_id": CLIENT,
        "scope": "all",
    }


async def test_an_answer_may_be_one_many_or_a_page() -> None:
    row = {"id": 1, "event_type": "hangup", "url": "https://x", "new": {"field": 1}}
    for body in (row, [row], {"page": 1, "per_page": 20, "event": [row]}):
        server = Recorder(200, json.dumps(body).encode(), {"Content-Type": "application/json"})
        await server.start()
        async with pbx(base_url=server.url) as made:
            (event,) = await made.call("event.list", extension_id="5")
        await server.close()
        assert event.event_type == "hangup"
        assert event.model_dump() == row


async def test_calls_of_other_providers_are_not_sent(company: Pbx) -> None:
    class Foreign(Operation[dict[str, Any]], call="GET /elsewhere"):
        """Gets something else."""

    with pytest.raises(TypeError):
        await company.account.call(Foreign())


def test_a_file_comes_as_bytes_text_or_json() -> None:
    name = "fax.send"
    given = {"extension_id": "5", "dst_num": "+44"}
    for value in (b"abc", "abc", FileContent(b"abc"), {"base64": "YWJj"}):
        made = operation(name, **given, file=value)
        assert made.files() == {"file": FileContent(b"abc")}
        assert made.values(Place.BODY) == {"dst_num": "+44"}
    named = operation(name, **given, file={"base64": "YWJj", "name": "a.pdf"})
    assert named.files()["file"].name == "a.pdf"
    for wrong in (b"", "", {"base64": "!"}, {"name": "a.pdf"}, 5):
        with pytest.raises(UsageError, match="file: "):
            operation(name, **given, file=wrong)
    assert [wire_name(n, f) for n, f in type(made).model_fields.items()] == [
        "extension_id",
        "dst_num",
        "file",
    ]
