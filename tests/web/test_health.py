"""What an operator's machines ask: alive, ready and why not, and figures."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot.app import Program
from bot.demo.world import ACCOUNT, World
from bot.domain.states import ChangeState
from bot.settings import parse
from commands import GROUPS
from tests.databases import PostgresServer
from tests.web.conftest import Outside, hook

READY = {"ready": True, "reasons": []}


async def ready(outside: Outside) -> tuple[int, Any]:
    answer = await outside.get("/readyz")
    return answer.status, json.loads(answer.text)


async def figures(outside: Outside) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every sample by its name and labels."""
    answer = await outside.get("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def named(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


async def identified(outside: Outside, world: World) -> None:
    """Waits until the program knows who it is in Slack."""
    await world.slack.wait_for(lambda: outside.program.directory.team)


# Alive, and ready


async def test_it_is_alive_and_ready(outside: Outside, world: World) -> None:
    alive = await outside.get("/healthz")
    assert (alive.status, json.loads(alive.text)) == (200, {"alive": True})
    await identified(outside, world)
    assert await ready(outside) == (200, READY)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_they_are_only_read(outside: Outside, path: str) -> None:
    assert (await outside.post(path)).status == 405


async def test_without_slack_it_serves_and_is_not_ready(settings: dict[str, Any]) -> None:
    settings["slack"]["api_url"] = "http://127.0.0.1:1/api/"
    program = Program(parse(settings), GROUPS)
    await program.start()
    assert program.server is not None
    async with aiohttp.ClientSession() as session:
        outside = Outside(session, program.server.url, program)
        assert (await outside.get("/healthz")).status == 200
        status, told = await ready(outside)
        assert (await outside.post(hook())).status == 200
    await program.stop()
    assert (status, told["reasons"]) == (503, ["Slack has not confirmed the bot token yet"])


async def test_a_schema_that_is_another_is_a_reason(outside: Outside, world: World) -> None:
    await identified(outside, world)
    async with outside.program.database.write() as session:
        await (await session.connection()).execute(
            text("UPDATE alembic_version SET version_num = '9999'")
        )
    status, told = await ready(outside)
    assert status == 503
    assert told["reasons"] == ["the database has another schema; run `switchboard migrate`"]


async def test_a_clock_that_stands_is_a_reason(outside: Outside, world: World) -> None:
    await identified(outside, world)
    outside.program.beat.stop()
    assert await ready(outside) == (503, {"ready": False, "reasons": ["the clock does not run"]})


@pytest.mark.postgres
async def test_a_database_that_is_gone_is_a_reason_and_figures_go_on(
    postgres: PostgresServer, world: World
) -> None:
    url = await postgres.migrated()
    settings = world.settings()
    settings["database"]["url"] = url
    settings["accounts"][ACCOUNT]["poll_minutes"] = 0
    program = Program(parse(settings), GROUPS)
    await program.start()
    assert program.server is not None
    async with aiohttp.ClientSession() as session:
        outside = Outside(session, program.server.url, program)
        await identified(outside, world)
        assert await ready(outside) == (200, READY)
        await postgres.remove(url)
        status, told = await ready(outside)
        measured = await figures(outside)
        secret = settings["accounts"][ACCOUNT]["webhook_secret"]
        refused = await outside.post(hook(secret=secret))
    await program.stop()
    assert status == 503
    (reason,) = told["reasons"]
    assert reason.startswith("the database does not answer (")
    assert not [name for name, _ in measured if name == "switchboard_cards"]
    assert [name for name, _ in measured if name == "switchboard_build_info"]
    assert refused.status == 500  # not kept, so the provider has to send it again


# Figures


async def test_at_first_everything_is_there_and_nothing_counted(outside: Outside) -> None:
    measured = await figures(outside)
    for account in (ACCOUNT, "paris"):
        for kind in ("call", "voicemail", "other"):
            name = "switchboard_deliveries_accepted_total"
            assert measured[named(name, account=account, kind=kind)] == 0
    for state in ChangeState:
        assert measured[named("switchboard_changes", state=state.value)] == 0
    assert measured[named("switchboard_cards", state="waiting")] == 0
    assert measured[named("switchboard_cards", state="refused")] == 0
    (build,) = [labels for name, labels in measured if name == "switchboard_build_info"]
    assert {name for name, _ in build} == {"version", "python"}
    assert [name for name, _ in measured if name == "process_resident_memory_bytes"]


async def test_deliveries_are_counted_by_account_and_kind(outside: Outside) -> None:
    for _ in range(2):
        await outside.post(hook(), b"{")
    await outside.post(hook("dial-in"), b"x")
    await outside.post(hook(secret="wrong"), b"x")
    await outside.stored()
    measured = await figures(outside)
    accepted = "switchboard_deliveries_accepted_total"
    assert measured[named(accepted, account=ACCOUNT, kind="call")] == 2
    assert measured[named(accepted, account=ACCOUNT, kind="other")] == 1
    assert measured[named("switchboard_deliveries", state="unreadable")] == 1
    assert measured[named("switchboard_deliveries", state="unknown_kind")] == 1
    assert measured[named("switchboard_deliveries", state="new")] == 0


async def test_requests_to_providers_are_counted_by_how_they_ended(
    outside: Outside, world: World
) -> None:
    services = outside.program.services
    world.yay.account.fail("/voip/flow/x", "lost")
    telephony = services.accounts.get(ACCOUNT).telephony
    await telephony.flows()
    for path in ("x", "nowhere"):
        with pytest.raises(Exception, match=r"Yay\.com"):
            await telephony.delete_flow(path)
    measured = await figures(outside)

    def count(outcome: str) -> float:
        labels = {"account": ACCOUNT, "provider": "Yay.com", "outcome": outcome}
        return measured[named("switchboard_provider_requests_total", **labels)]

    assert (count("answered"), count("outcome_unknown"), count("refused")) == (1, 1, 1)


async def test_two_programs_do_not_share_figures(
    outside: Outside, settings: dict[str, Any]
) -> None:
    await outside.post(hook())
    other = Program(parse(settings), GROUPS)
    await other.start()
    assert other.server is not None
    measured = await figures(Outside(outside.session, other.server.url, other))
    await other.stop()
    name = "switchboard_deliveries_accepted_total"
    assert measured[named(name, account=ACCOUNT, kind="call")] == 0


async def test_nothing_in_the_figures_is_secret(outside: Outside, settings: dict[str, Any]) -> None:
    answer = await outside.get("/metrics")
    for word in ("new-hook-secret", settings["accounts"][ACCOUNT]["password"], "+44"):
        assert word not in answer.text
