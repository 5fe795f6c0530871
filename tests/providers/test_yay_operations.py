"""The documented calls over HTTP, as `switchboard api` sends them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.demo.providers.yay import SimulatedYay
from bot.domain.errors import NotFound, ProviderRejected, Unsupported, UsageError
from bot.providers.operations import Effect, Operation, Place, find
from bot.providers.yay import SPEC
from bot.providers.yay.client import YayAccount
from bot.providers.yay.operations import CreateFlow, UpdateFlow
from bot.providers.yay.paths import GuessedPaths
from tests.providers.conftest import Connect

PETE = "31347d42-00bd-44a5-9b5c-20dc4197a2f6"
NOBODY = "00000000-0000-4000-8000-000000000000"


def operation(name: str, /, **given: Any) -> Operation[Any]:
    found = find(SPEC.operations, name)
    assert found is not None
    return found.read(given)


def shown(result: Any, name: str) -> Any:
    """A result as the command line prints it."""
    found = find(SPEC.operations, name)
    assert found is not None
    return json.loads(found.result.dump_json(result))


def body_of(flow: dict[str, Any], **changes: Any) -> dict[str, Any]:
    fixed = ("uuid", "created_on", "updated_on")
    return {name: value for name, value in flow.items() if name not in fixed} | changes


async def test_lists_flows(account: YayAccount, yay: SimulatedYay) -> None:
    flows = shown(await account.call(operation("GET /voip/flow")), "GET /voip/flow")
    assert [flow["name"] for flow in flows] == [f["name"] for f in yay.account.flows.values()]


async def test_gets_a_flow_as_it_is(account: YayAccount, call_pete: dict[str, Any]) -> None:
    name = "GET /voip/flow/{uuid}"
    flow = shown(await account.call(operation(name, uuid=PETE)), name)
    assert flow["flow"] == call_pete["flow"]
    assert flow["name"] == "Call Pete"


async def test_creates_a_flow(account: YayAccount, yay: SimulatedYay, call_pete: Any) -> None:
    body = body_of(call_pete, name="Call Pete again", extension="588")
    made = await account.call(operation("POST /voip/flow", **body))
    assert made.updated_on is None  # the document's answer to a creation lacks it
    assert yay.account.flows[made.uuid]["extension"] == 588
    assert yay.account.flows[made.uuid]["flow"] == call_pete["flow"]


async def test_replaces_a_flow(account: YayAccount, yay: SimulatedYay, call_pete: Any) -> None:
    body = body_of(call_pete, name="Ring Pete")
    del body["show_call_route_name"]
    await account.call(operation("PUT /voip/flow/{uuid}", uuid=PETE, **body))
    assert yay.account.flows[PETE]["name"] == "Ring Pete"
    assert yay.account.flows[PETE]["show_call_route_name"] is False
    assert "uuid" not in yay.account.requests[-1].body


async def test_deletes_a_flow(account: YayAccount, yay: SimulatedYay) -> None:
    name = "DELETE /voip/flow/{uuid}"
    result = await account.call(operation(name, uuid=PETE))
    assert shown(result, name) == {}
    assert PETE not in yay.account.flows


async def test_asks_for_the_next_extension(account: YayAccount, yay: SimulatedYay) -> None:
    result = await account.call(operation("flow.next_extension"))
    assert result.next_extension == yay.account.next_extension("flow")


async def test_next_extension_may_be_empty_as_documented(connect: Connect) -> None:
    simulated = SimulatedYay(password="p", next_extension_as_documented=True)
    await simulated.start()
    try:
        account = connect(simulated.url, password="p")
        assert await account.next_flow_extension() is None
    finally:
        await simulated.close()


@pytest.mark.parametrize(
    "name", ["GET /voip/flow/{uuid}", "PUT /voip/flow/{uuid}", "DELETE /voip/flow/{uuid}"]
)
async def test_a_flow_that_is_not_there(
    account: YayAccount, call_pete: dict[str, Any], name: str
) -> None:
    given = body_of(call_pete) if name.startswith("PUT") else {}
    with pytest.raises(NotFound) as caught:
        await account.call(operation(name, uuid=NOBODY, **given))
    assert caught.value.code == "404"
    assert caught.value.operation == name


@pytest.mark.parametrize("name", ["POST /voip/flow", "PUT /voip/flow/{uuid}"])
async def test_what_the_provider_refuses(
    account: YayAccount, yay: SimulatedYay, call_pete: dict[str, Any], name: str
) -> None:
    taken = body_of(call_pete, extension=1001)
    given = {"uuid": PETE, **taken} if name.startswith("PUT") else taken
    with pytest.raises(ProviderRejected, match="Bad Request") as caught:
        await account.call(operation(name, **given))
    assert caught.value.code == "400"
    assert len(yay.account.requests) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"extension": True}, "extension: input should be a whole number"),
        ({"extension": "sales"}, "extension: "),
        ({"extension": 1.5}, "extension: "),
        ({"show_call_route_name": "perhaps"}, "show_call_route_name: "),
        ({"name": 7}, "name: input should be a valid string"),
        ({"name": ""}, "name: must not be empty"),
        ({"flow": '{"s": {"module": "fax"}}'}, "flow: is a map; give it through --json"),
        ({"flow": {"s": {"module": "start", "next": 5}}}, "flow.s.start.next: "),
        ({"flow": {"c": {"module": "conference", "pin": "12345"}}}, "flow.c: the pin .*digits"),
        ({"flow": {"c": {"module": "conference", "pin": "•••"}}}, "flow.c: the pin .*digits"),
        (
            {
                "flow": {
                    "e": {
                        "module": "extension",
                        "extensions": [{"type": "forward", "number": "020 7946 0000"}],
                    }
                }
            },
            "flow.e: “020 7946 0000” is not a number in E.164",
        ),
        ({"flow_name": "x"}, "flow_name: there is no such parameter"),
        ({"colour": "red"}, "colour: there is no such parameter"),
    ],
)
def test_refused_before_anything_is_sent(
    call_pete: dict[str, Any], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        CreateFlow.read(body_of(call_pete) | changes)


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        UpdateFlow.read({})
    for name in ("uuid", "extension", "flow", "name"):
        assert f"{name}: is required" in caught.value.user_message


def test_words_of_a_command_line_arrive_as_declared(call_pete: dict[str, Any]) -> None:
    typed = CreateFlow.read(
        {
            "extension": "501",
            "name": "501",
            "flow": call_pete["flow"],
            "show_call_route_name": "true",
            "show_original_caller_id": "no",
        }
    )
    assert typed.values(Place.BODY) == {
        "extension": 501,
        "name": "501",
        "flow": call_pete["flow"],
        "show_call_route_name": True,
        "show_original_caller_id": False,
    }


@pytest.mark.parametrize("uuid", [".", "..", ""])
async def test_no_identifier_walks_out_of_its_path(
    account: YayAccount, yay: SimulatedYay, uuid: str
) -> None:
    with pytest.raises(UsageError):
        await account.delete_flow(uuid)
    assert yay.account.requests == []


async def test_an_identifier_stays_one_segment(account: YayAccount, yay: SimulatedYay) -> None:
    with pytest.raises(NotFound):
        await account.flow("a/../../voip/user?x=1")
    assert yay.account.requests[-1].path == "/voip/flow/a%2F..%2F..%2Fvoip%2Fuser%3Fx%3D1"


def test_every_call_can_be_listed() -> None:
    names = [each.name for each in SPEC.operations]
    aliases = [each.alias for each in SPEC.operations]
    assert len({*names, *aliases}) == 2 * len(names)
    for each in SPEC.operations:
        assert each.purpose()
        for parameter in each.parameters():
            assert json.dumps(parameter.schema)
            assert parameter.description or parameter.schema


def test_effects() -> None:
    assert {each.name: each.effect for each in SPEC.operations if each.method != "GET"} == {
        "POST /voip/flow": Effect.CHANGES,
        "PUT /voip/flow/{uuid}": Effect.CHANGES,
        "DELETE /voip/flow/{uuid}": Effect.CANNOT_BE_UNDONE,
        "PUT /voip/number/{uuid}": Effect.REROUTES,
        "POST /voip/call": Effect.COSTS_MONEY,
    }


async def test_every_read_is_answered(account: YayAccount, yay: SimulatedYay) -> None:
    held = yay.account
    ids = {
        "GET /voip/flow/{uuid}": next(iter(held.flows)),
        "GET /voip/sound/{uuid}": next(iter(held.sounds)),
        "GET /voip/mailbox/{uuid}": next(iter(held.mailboxes)),
        "GET /voip/phone-book/{uuid}": next(iter(held.phone_books)),
    }
    for each in SPEC.operations:
        if each.method != "GET" or each.guess:  # type: ignore[attr-defined]
            continue
        given = {"uuid": ids[each.name]} if each.name in ids else {}
        assert await account.call(each.read(given)) is not None
    assert held.refusals == []


async def test_no_secret_is_shown(account: YayAccount, yay: SimulatedYay) -> None:
    held = yay.account
    secrets = {
        *(user["user_password"] for user in held.users.values()),
        *(box["password"] for box in held.mailboxes.values()),
        *(
            module["pin"]
            for flow in held.flows.values()
            for module in flow["flow"].values()
            if "pin" in module
        ),
    }
    assert len(secrets) > 2
    for name in ("user.list", "mailbox.list", "flow.list"):
        result = await account.call(operation(name))
        printed = json.dumps(shown(result, name), ensure_ascii=False)
        assert "•••" in printed
        assert not [secret for secret in secrets if f'"{secret}"' in printed]
        assert not [secret for secret in secrets if secret in repr(result)]


def test_the_guesses_are_those_of_the_table() -> None:
    guesses = {each.guess for each in SPEC.operations}  # type: ignore[attr-defined]
    assert guesses - {""} == set(GuessedPaths.model_fields)


@pytest.mark.parametrize(
    ("name", "given", "setting"),
    [
        (
            "call.history",
            {"start": "2026-07-01T9:00:00", "end": "2026-07-01T9:00:00"},
            "call_history",
        ),
        ("call.place", {"destination": "+442079460000"}, "outbound_call"),
        ("number.update", {"uuid": NOBODY}, "update_number"),
    ],
)
async def test_a_call_without_a_path_is_refused_before_it_is_sent(
    connect: Connect, yay: SimulatedYay, name: str, given: dict[str, Any], setting: str
) -> None:
    account = connect(yay.url, paths={setting: ""})
    with pytest.raises(Unsupported, match=f"paths.{setting}"):
        await account.call(operation(name, **given))
    assert yay.account.requests == []


async def test_a_wrong_guess_says_that_it_is_one(connect: Connect, yay: SimulatedYay) -> None:
    account = connect(yay.url, paths={"outbound_call": "/calls/outbound"})
    with pytest.raises(NotFound, match="which is a guess") as caught:
        await account.call(operation("call.place", destination="+442079460000"))
    assert "paths.outbound_call" in caught.value.hint
    assert yay.account.requests[-1].path == "/calls/outbound"


async def test_calls_of_other_providers_are_not_sent(account: YayAccount) -> None:
    class Foreign(Operation[dict[str, Any]], call="GET /elsewhere"):
        """Gets something else."""

    with pytest.raises(TypeError):
        await account.call(Foreign())
