"""`switchboard run`, `migrate`, `replay`, `manifest` and `demo`, as an operator meets them."""

from __future__ import annotations

import json
import re
import signal
import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.providers.yay.seed import SALES
from bot.demo.world import SALES as SALES_CHANNEL
from bot.demo.world import World
from bot.slack.declare import Catalogue
from bot.slack.manifest import manifest
from commands import GROUPS
from tests.processes import MODULE, Installation


async def asked(url: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.json()


# The program itself


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_it_gets_ready_serves_and_ends_cleanly(
    installation: Installation, world: World, how: signal.Signals
) -> None:
    async with installation.started("run") as running:
        url = (await running.logged("started"))["url"]
        await running.logged("Slack is reached")
        assert await asked(f"{url}/readyz") == (200, {"ready": True, "reasons": []})
        assert await asked(f"{url}/healthz") == (200, {"alive": True})
        world.meet(url)
        outcome = await world.slack.say("U0ANNA", "C0PHONES", "/phone help")
        assert outcome.ok
        running.stop(how)
        ended = await running.ended()
    assert ended.code == 0
    assert "Traceback" not in ended.err
    assert ended.out == ""


async def test_it_waits_for_a_slack_that_is_down(
    bare: Installation, settings: dict[str, Any]
) -> None:
    settings["slack"]["api_url"] = "http://127.0.0.1:1/api/"
    bare.write(settings)
    async with bare.started("run") as running:
        url = (await running.logged("started"))["url"]
        await running.logged("Slack cannot be reached yet")
        assert await asked(f"{url}/readyz") == (
            503,
            {"ready": False, "reasons": ["Slack has not confirmed the bot token yet"]},
        )
        running.stop()
        assert (await running.ended()).code == 0


async def test_of_two_on_one_database_the_second_refuses(installation: Installation) -> None:
    async with installation.started("run") as first:
        await first.logged("started")
        second = await installation.run("run")
        assert second.code == 2
        assert second.sentence.startswith("Another Switchboard runs on this database.")


async def test_no_secret_is_logged(bare: Installation, settings: dict[str, Any]) -> None:
    settings["log"]["level"] = "debug"
    bare.write(settings)
    async with bare.started("run") as running:
        url = (await running.logged("started"))["url"]
        await running.logged("Slack is reached")
        secret = settings["accounts"]["london"]["webhook_secret"]
        async with aiohttp.ClientSession() as session:
            for path in (f"{secret}/call", f"{secret}/{'x' * 9000}", f"{secret}/%ff"):
                async with session.post(f"{url}/hooks/london/{path}", data=b"+442079460018"):
                    pass
        running.stop()
        ended = await running.ended()
    assert ended.code == 0
    assert "LineTooLong" in ended.err, "nothing was logged of the line that is too long"
    london = settings["accounts"]["london"]
    for word in (secret, london["password"], *settings["slack"].values(), "2079460018"):
        if not word.startswith("http"):
            assert word not in ended.err


# The database


async def test_migrating_twice(installation: Installation) -> None:
    first = await installation.run("migrate")
    assert (first.code, first.err) == (0, "")
    version = re.fullmatch(r"The database was brought from nothing to (\d{4})\.\n", first.out)
    assert version
    second = await installation.run("migrate")
    assert (second.code, second.out) == (
        0,
        f"The database is at the newest schema already ({version[1]}).\n",
    )


# A delivery again


@pytest.fixture
def by_hand(world: World, settings: dict[str, Any]) -> Any:
    """Posts a delivery to a running bot."""

    async def post(url: str, kind: str, body: bytes) -> int:
        secret = settings["accounts"]["london"]["webhook_secret"]
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{url}/hooks/london/{secret}/{kind}", data=body) as answer,
        ):
            return answer.status

    return post


async def test_a_stored_delivery_is_read_again(
    installation: Installation, world: World, by_hand: Any
) -> None:
    missed = {
        "uuid": "call-1",
        "call_type": "INBOUND",
        "from": "+447700900142",
        "to": SALES,
        "start": "2026-03-02 09:00:00",
        "duration": 12,
    }
    async with installation.started("run") as running:
        url = (await running.logged("started"))["url"]
        assert await by_hand(url, "call", b"no json") == 200
        assert await by_hand(url, "call", json.dumps(missed).encode()) == 200
        await world.slack.wait_for(lambda: world.slack.messages(SALES_CHANNEL))
        running.stop()
        assert (await running.ended()).code == 0

    again = await installation.run("replay", "2")
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("Delivery 2 was read")

    unreadable = await installation.run("replay", "1")
    assert unreadable.code == 1
    assert unreadable.sentence == "Delivery 1 is not understood: body: is no JSON."
    assert len(world.slack.messages(SALES_CHANNEL)) == 1


async def test_replaying_what_is_not_there(installation: Installation) -> None:
    ended = await installation.run("replay", "77")
    assert (ended.code, ended.sentence) == (1, "There is no delivery 77.")
    assert (await installation.run("replay", "all")).code == 2


# The manifest


@pytest.mark.parametrize("url", ["", "https://phones.example.com"])
async def test_the_manifest_is_the_declared_one(bare: Installation, url: str) -> None:
    ended = await bare.run("manifest", *(["--url", url] if url else []))
    assert (ended.code, ended.err) == (0, "")
    assert ended.json == manifest(Catalogue(GROUPS), url=url)
    assert ended.json["settings"]["socket_mode_enabled"] is not bool(url)


# The demo


async def test_the_demo_prints_its_address_and_leaves_nothing(
    bare: Installation, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    async with bare.started(
        "demo", "--port", "0", "--no-browser", TMPDIR=str(temporary)
    ) as running:
        line = await running.printed()
        url = line.removeprefix("Switchboard's demo is at ")
        assert url.startswith("http://127.0.0.1:")
        assert await running.printed() == "Ctrl-C ends it and leaves nothing."
        async with aiohttp.ClientSession() as session, session.get(url) as page:
            assert page.status == 200
        assert [folder.name[:17] for folder in temporary.iterdir()] == ["switchboard-demo-"]
        running.stop(signal.SIGINT)
        ended = await running.ended()
    assert (ended.code, ended.err) == (0, "")
    assert list(temporary.iterdir()) == []


async def test_a_demo_whose_port_is_taken(bare: Installation) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        ended = await bare.run("demo", "--port", str(port), "--no-browser")
    assert (ended.code, ended.out) == (2, "")
    assert ended.sentence.startswith(f"The demo cannot listen on port {port}: ")
    assert "--port" in ended.sentence


# Help


async def test_the_script_and_the_module_are_one(bare: Installation) -> None:
    script = await bare.run("--help")
    module = await bare.run("--help", program=MODULE)
    assert script == module
    assert script.code == 0
    for command in ("demo", "run", "check", "migrate", "manifest", "api", "replay"):
        assert f"\n  {command} " in script.out


async def test_the_version(bare: Installation) -> None:
    ended = await bare.run("--version")
    assert ended.code == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", ended.out)


@pytest.mark.parametrize("arguments", [["bogus"], ["run", "--bogus"], ["demo", "--port", "x"]])
async def test_wrong_usage(bare: Installation, arguments: list[str]) -> None:
    ended = await bare.run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err
    assert "Traceback" not in ended.err
