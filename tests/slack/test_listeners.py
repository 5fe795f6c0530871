"""What comes in must be signed, fresh and readable; both entrances give the same answers."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.clock import FakeClock
from tests.databases import Server, SqliteServer
from tests.stories.lines import CUSTOMER, SIGNING_SECRET, SUPPORT
from tests.stories.team import Team, working


@pytest.fixture
def server(sqlite: SqliteServer) -> Server:
    """What concerns Slack is the same on each kind of database."""
    return sqlite


def signed(body: bytes, timestamp: str, secret: str = SIGNING_SECRET) -> dict[str, str]:
    base = b"v0:" + timestamp.encode() + b":" + body
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature,
    }


async def sent(team: Team, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    assert team.slack.events_url is not None
    async with (
        aiohttp.ClientSession() as session,
        session.post(team.slack.events_url, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


def command(team: Team, text: str) -> bytes:
    return urlencode(
        {
            "command": "/phone", "text": text, "user_id": "U0BORIS", "channel_id": "C0PHONES",
            "team_id": "T0DEMO", "response_url": f"{team.slack.url}/commands/T/none",
            "trigger_id": "1.2.3", "token": "x",
        }
    ).encode()  # fmt: skip


def now(team: Team, seconds: int = 0) -> str:
    return str(int(team.clock.now().timestamp()) + seconds)


async def test_a_signed_delivery_is_answered(team: Team) -> None:
    body = command(team, "help")
    status, text = await sent(team, body, signed(body, now(team)))
    assert status == 200
    assert "ephemeral" in text


@pytest.mark.parametrize("seconds", [-301, 301, -86400])
async def test_an_old_or_future_timestamp_is_refused(team: Team, seconds: int) -> None:
    body = command(team, "flow delete Support")
    status, _ = await sent(team, body, signed(body, now(team, seconds)))
    assert status == 401
    assert await team.audit.story() == []


@pytest.mark.parametrize("timestamp", ["", "soon", "1e9", "-5", "١٢٣", "9" * 40, "1772442000.5"])
async def test_a_timestamp_that_is_no_number_is_refused_and_not_an_error(
    team: Team, timestamp: str
) -> None:
    body = command(team, "flow delete Support")
    headers = signed(body, timestamp)
    status, _ = await sent(team, body, headers)
    assert status == 401
    assert await team.audit.story() == []


async def test_a_wrong_signature_is_refused(team: Team) -> None:
    body = command(team, "flow delete Support")
    good = signed(body, now(team))
    for headers in (
        signed(body, now(team), "another secret"),
        {**good, "X-Slack-Signature": ""},
        {**good, "X-Slack-Signature": good["X-Slack-Signature"][:-1]},
        {name: value for name, value in good.items() if name != "X-Slack-Signature"},
        {**good, "X-Slack-Request-Timestamp": now(team, 1)},
    ):
        assert (await sent(team, body, headers))[0] == 401
    assert (await sent(team, body + b"&x=1", good))[0] == 401
    assert (await sent(team, b"\xff\xfe", good))[0] == 401
    assert await team.audit.story() == []
    assert team.slack.messages("C0APPROVE") == []


@pytest.mark.parametrize(
    "body",
    [b"", b"payload=", b"payload=%7B", b"payload=null", b"\xff\xfe", b"command=/other&text=x"],
)
async def test_signed_nonsense_does_nothing(team: Team, body: bytes) -> None:
    status, _ = await sent(team, body, signed(body, now(team)))
    assert status < 500
    assert await team.audit.story() == []


async def test_a_tel_link_that_slack_made(team: Team) -> None:
    body = command(team, "number <tel:+442079460001|020 7946 0001>")
    _, text = await sent(team, body, signed(body, now(team)))
    assert "+44 20 7946 0001" in text


async def test_slack_proves_that_the_address_is_ours(team: Team) -> None:
    assert (await team.slack.verify_url()).ok


async def test_slack_that_is_down_at_the_start_fails_no_delivery(
    clock: FakeClock, database_url: str
) -> None:
    async with working(Team(clock, database_url), start=False) as team:
        team.slack.fail("auth.test", None, status=503, times=50)
        await team.begins()
        await team.vera.types("/phone help")
        team.vera.sees_privately("Switchboard")
        assert await team.program.not_ready() == ["Slack has not confirmed the bot token yet"]
        team.slack.heal()
        await team.rings_out(CUSTOMER, SUPPORT)
        await team.channel("#support").shows("Missed call")


async def test_slack_that_is_slow_at_the_start_holds_nothing_up(
    clock: FakeClock, database_url: str
) -> None:
    async with working(Team(clock, database_url), start=False) as team:
        gate = team.slack.hold("auth.test")
        await team.begins()
        await team.vera.types("/phone help")
        team.vera.sees_privately("Switchboard")
        gate.set()


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket mode"])
async def test_one_day_over_both_entrances(
    clock: FakeClock, database_url: str, socket_mode: bool
) -> None:
    async with working(Team(clock, database_url, socket_mode=socket_mode)) as team:
        await team.vera.types("/phone help")
        team.vera.sees_privately("`/phone flow list`")
        await team.boris.types("/phone flow show")
        assert await team.boris.searches("Flow", "sup") == ["Support (503)"]
        outcome = await team.boris.fills_in({})
        assert outcome.body["errors"]
        await team.boris.fills_in({"Flow": "sup"})
        shown = team.boris.sees_privately("Call flow Support")
        await team.boris.presses(shown, "Delete")
        card = await team.channel("#phone-approvals").shows("Support")
        await team.mona.presses(card, "Deny")
        await card.becomes("denied it")
        assert "You are *agent* here" in await team.clara.opens_home()
        await team.eve.presses(card, "Approve", stale=True)
        team.eve.sees_privately("people of another organisation")
        assert await team.program.not_ready() == []


async def test_socket_mode_connects_anew(clock: FakeClock, database_url: str) -> None:
    async with working(Team(clock, database_url, socket_mode=True)) as team:
        await team.slack.refresh_connections()
        async with asyncio.timeout(5):
            # Whoever meets the moment between two connections tries again.
            while not (await team.vera.types("/phone help")).ok:  # noqa: ASYNC110
                await asyncio.sleep(0)
        team.vera.sees_privately("Switchboard")


async def test_in_socket_mode_nobody_listens_on_the_events_path(
    clock: FakeClock, database_url: str
) -> None:
    async with working(Team(clock, database_url, socket_mode=True)) as team:
        assert team.program.server is not None
        team.slack.events_url = f"{team.program.server.url}/slack/events"
        body = command(team, "help")
        assert (await sent(team, body, signed(body, now(team))))[0] == 404
