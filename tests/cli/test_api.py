"""`switchboard api`: raw operations of a provider, from a shell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.demo.providers.yay.account import Account
from bot.demo.providers.yay.seed_flows import CALL_PETE, CONFERENCE_PIN
from bot.demo.world import World
from bot.providers.yay.wire import MASK
from tests.processes import Ended, Installation

BUSY = {"s": {"module": "start", "next": "b"}, "b": {"module": "busy"}}
SIX = (
    "GET /voip/flow",
    "GET /voip/flow/{uuid}",
    "POST /voip/flow",
    "PUT /voip/flow/{uuid}",
    "DELETE /voip/flow/{uuid}",
    "GET /voip/next-extension/flow",
)


@pytest.fixture
def account(world: World) -> Account:
    return world.yay.account


def secrets(settings: dict[str, Any]) -> list[str]:
    london = settings["accounts"]["london"]
    return [
        london["password"],
        london["webhook_secret"],
        settings["slack"]["bot_token"],
        settings["slack"]["signing_secret"],
    ]


def refused(ended: Ended, account: Account) -> dict[str, Any]:
    """The error of wrong usage, which sends nothing."""
    assert ended.code == 2
    assert account.requests == []
    error = ended.error
    assert set(error) == {"kind", "message", "hint", "provider", "operation", "code"}
    assert error["kind"] in ("usage_error", "setup")
    return error


# Looking


async def test_the_flows_of_an_account_are_printed(
    installation: Installation, account: Account
) -> None:
    ended = await installation.run("api", "london", "GET /voip/flow")
    assert (ended.code, ended.err) == (0, "")
    names = {flow["uuid"]: flow["name"] for flow in ended.json}
    assert names == {uuid: flow["name"] for uuid, flow in account.flows.items()}


async def test_an_alias_and_spare_blanks_are_understood(
    installation: Installation, account: Account
) -> None:
    by_alias = await installation.run("api", "london", "flow.get", f"uuid={CALL_PETE}")
    by_name = await installation.run(
        "api", "london", " get  /voip/flow/{uuid} ", f"uuid={CALL_PETE}"
    )
    assert by_alias.json == by_name.json
    assert by_alias.json["flow"] == account.flows[CALL_PETE]["flow"]


async def test_without_an_operation_all_are_listed(installation: Installation) -> None:
    ended = await installation.run("api", "london")
    assert ended.code == 0
    lines = ended.out.splitlines()
    for name in SIX:
        assert [line for line in lines if line.startswith(f"{name}  ")], name
    assert "Gets all active call flows of the account." in ended.out


@pytest.mark.parametrize("flag", ["--help", "-h"])
async def test_an_operation_is_described(
    installation: Installation, account: Account, flag: str
) -> None:
    ended = await installation.run("api", "london", "PUT /voip/flow/{uuid}", flag)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == "PUT /voip/flow/{uuid}  (flow.update)"
    assert "Effect: changes" in ended.out
    assert "  uuid  string, path, required  the call flow to replace" in ended.out
    assert "  show_call_route_name  boolean or null, body, optional" in ended.out
    assert account.requests == []


async def test_its_own_help_needs_no_settings(bare: Installation) -> None:
    ended = await bare.run("api", "--help")
    assert ended.code == 0
    assert "--json" in ended.out
    assert (await bare.run("api")).code == 2


# The six operations, one after the other


async def test_a_flow_is_created_read_replaced_and_deleted(
    installation: Installation, account: Account, tmp_path: Path
) -> None:
    free = await installation.run("api", "london", SIX[5])
    extension = free.json["next_extension"]
    flow = {"name": "From a shell", "extension": extension, "flow": BUSY}

    made = await installation.run("api", "london", SIX[2], "--json", "-", stdin=json.dumps(flow))
    assert made.code == 0
    uuid = made.json["uuid"]
    assert account.flows[uuid]["name"] == "From a shell"

    read = await installation.run("api", "london", SIX[1], f"uuid={uuid}")
    assert read.json["flow"] == BUSY

    name = tmp_path / "name.txt"
    name.write_text("Renamed from a file", encoding="utf-8")
    put = await installation.run(
        *("api", "london", SIX[3], f"uuid={uuid}", f"extension={extension}"),
        *(f"name=@{name}", "show_call_route_name=true", "--json", json.dumps({"flow": BUSY})),
    )
    assert put.code == 0
    assert account.flows[uuid]["name"] == "Renamed from a file"
    assert account.flows[uuid]["show_call_route_name"] is True
    assert account.requests[-1].body["extension"] == extension

    gone = await installation.run("api", "london", SIX[4], f"uuid={uuid}")
    assert (gone.code, uuid in account.flows) == (0, False)
    assert "From a shell" not in (await installation.run("api", "london", SIX[0])).out


# Wrong usage: exit 2, and nothing sent


async def test_an_unknown_operation_names_the_nearest(
    installation: Installation, account: Account
) -> None:
    error = refused(await installation.run("api", "london", "GET /voip/flows"), account)
    assert error["message"] == "There is no operation “GET /voip/flows”."
    assert error["hint"] == "Did you mean “GET /voip/flow”?"


async def test_an_unknown_account_names_the_nearest(
    installation: Installation, account: Account
) -> None:
    error = refused(await installation.run("api", "lodnon", "GET /voip/flow"), account)
    assert error["hint"] == "Did you mean london?"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((SIX[1], f"uuid={CALL_PETE}", "colour=red"), "colour: there is no such parameter"),
        ((SIX[1],), "uuid: is required"),
        ((SIX[1], "uuid="), "uuid: must not be empty"),
        ((SIX[1], "uuid=.."), "“..” is no identifier"),
        ((SIX[1], "uuid"), "“uuid” is not key=value."),
        ((SIX[1], "uuid=@nowhere.txt"), "Cannot read nowhere.txt: No such file or directory."),
        ((SIX[2], "--json", "{"), "--json is not valid JSON"),
        ((SIX[2], "--json", "[]"), "--json takes an object"),
        ((SIX[2], "--json", "[" * 100_000), "--json is not valid JSON"),
        ((SIX[2], "name=x", "extension=many", "flow={}"), "extension: input should be a"),
        ((SIX[2], "name=x", "extension=true", "flow={}"), "extension: input should be a"),
        ((SIX[2], "name=x", "extension=550", "flow=busy"), "flow: is a map; give it through"),
        ((SIX[2], "--json", '{"name": "", "extension": 1, "flow": {}}'), "must not be empty"),
        ((SIX[0], "--jsn", "{}"), "“--jsn” is not key=value."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_wrong_parameters_send_nothing(
    installation: Installation, account: Account, arguments: tuple[str, ...], words: str
) -> None:
    error = refused(await installation.run("api", "london", *arguments), account)
    assert words in error["message"]


async def test_bytes_that_are_no_text_are_refused(
    installation: Installation, account: Account
) -> None:
    (installation.folder / "fax.tif").write_bytes(b"\xff\xfe\x00")
    error = refused(await installation.run("api", "london", SIX[1], "uuid=@fax.tif"), account)
    assert error["message"] == "Cannot read fax.tif: it is not text."


# The provider says no, or nothing


async def test_a_refusal_of_the_provider_exits_1(installation: Installation) -> None:
    ended = await installation.run("api", "london", SIX[1], "uuid=nowhere")
    assert ended.code == 1
    assert ended.error == {
        "kind": "not_found",
        "message": "Yay.com has no such object.",
        "hint": "It may have been deleted elsewhere; list again to see what is there now.",
        "provider": "Yay.com",
        "operation": "GET /voip/flow/{uuid}",
        "code": "404",
    }


async def test_a_lost_write_exits_3_and_is_sent_once(
    installation: Installation, account: Account
) -> None:
    account.fail(f"/voip/flow/{CALL_PETE}", "lost")
    ended = await installation.run("api", "london", SIX[4], f"uuid={CALL_PETE}")
    assert ended.code == 3
    assert ended.error["kind"] == "outcome_unknown"
    assert [request.method for request in account.requests] == ["DELETE"]


@pytest.mark.parametrize("fault", ["html", "empty", "garbled"])
async def test_an_answer_that_is_none_exits_1(
    installation: Installation, account: Account, fault: Any
) -> None:
    account.fail("/voip/flow", fault, times=9)
    ended = await installation.run("api", "london", SIX[0])
    assert ended.code == 1
    assert ended.error["provider"] == "Yay.com"
    assert ended.error["kind"] == "provider_garbled"


async def test_a_provider_that_is_not_there_exits_1(
    bare: Installation, settings: dict[str, Any]
) -> None:
    settings["accounts"]["london"]["base_url"] = "http://127.0.0.1:1"
    bare.write(settings)
    ended = await bare.run("api", "london", SIX[0])
    assert (ended.code, ended.error["kind"]) == (1, "provider_unreachable")


# Secrets


async def test_pins_and_passwords_are_not_printed(
    installation: Installation, account: Account, settings: dict[str, Any]
) -> None:
    said = [
        await installation.run("api", "london", SIX[0]),
        await installation.run("api", "london", "GET /voip/user"),
        await installation.run("api", "london", "--help"),
        await installation.run("api", "london", "GET /voip/usr"),
    ]
    passwords = [user["user_password"] for user in account.users.values()]
    assert passwords
    for ended in said:
        for secret in [*passwords, *secrets(settings)]:
            assert secret not in ended.out + ended.err
    pins = [
        module["pin"]
        for flow in said[0].json
        for module in flow["flow"].values()
        if module.get("pin")
    ]
    assert pins == [MASK]
    assert CONFERENCE_PIN not in said[0].out


async def test_a_wrong_password_is_not_repeated(
    bare: Installation, settings: dict[str, Any]
) -> None:
    settings["accounts"]["london"]["password"] = "wr0ng-s3cret"
    bare.write(settings)
    ended = await bare.run("api", "london", SIX[0])
    assert (ended.code, ended.error["kind"]) == (1, "auth_failed")
    assert "wr0ng-s3cret" not in ended.out + ended.err


async def test_settings_that_are_wrong_are_told_as_json_here(bare: Installation) -> None:
    ended = await bare.run("api", "london", SIX[0])
    assert ended.code == 2
    assert ended.error["kind"] == "setup"
    assert "switchboard.toml" in ended.error["message"]
