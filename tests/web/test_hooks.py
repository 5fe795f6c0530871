"""Deliveries of providers over HTTP: what is ours is kept and answered 200, whatever it says."""

from __future__ import annotations

import asyncio
import gzip
import json
from io import BytesIO

import pytest

from bot.demo.providers.yay.seed import SALES
from bot.demo.world import SALES as SALES_CHANNEL
from bot.demo.world import World
from bot.domain.states import DeliveryState
from bot.web import LARGEST_BODY
from tests.web.conftest import NEW, OLD, Outside, hook

MISSED = {
    "uuid": "call-1",
    "call_type": "INBOUND",
    "from": "+447700900142",
    "to": SALES,
    "start": "2026-03-02 09:00:00",
    "duration": 12,
}


async def test_a_delivery_is_stored_and_becomes_a_card(outside: Outside, world: World) -> None:
    answer = await outside.post(hook(), json.dumps(MISSED).encode())
    assert (answer.status, answer.text) == (200, "ok")
    (row,) = await outside.stored()
    assert (row.account, row.kind, row.state) == ("london", "call", DeliveryState.DONE)
    assert json.loads(row.body) == MISSED
    card = await world.slack.wait_for(lambda: world.slack.messages(SALES_CHANNEL)[0])
    assert "+44 7700 900142" in card.words


@pytest.mark.parametrize("secret", [NEW, OLD])
async def test_while_a_secret_is_replaced_both_count(outside: Outside, secret: str) -> None:
    assert (await outside.post(hook(secret=secret))).status == 200
    assert len(await outside.stored()) == 1


@pytest.mark.parametrize(
    "path",
    [
        hook(secret="wrong"),
        hook(secret=NEW.upper()),
        hook(secret=f"{NEW}%20"),
        hook(secret="%00"),
        hook(secret="%FF"),
        hook(account="atlantis"),
        hook(account="paris"),
        hook(account="LONDON"),
        hook(account=f"london%2F{NEW}", secret="x"),
        f"/hooks/london/{NEW}",
        f"/hooks/london/{NEW}/",
        f"/hooks/london/{NEW}/call/",
        f"/hooks/london/{NEW}/call/more",
        f"/hooks//{NEW}/call",
        "/hooks/london//call",
        f"//hooks/london/{NEW}/call",
        f"/hooks/london/{NEW}/a%2Fb",
        f"/hooks/london/{NEW}/%00",
        f"/hooks/london/{NEW}/%FF",
        f"/hooks/london/{NEW}/{'k' * 65}",
        f"/HOOKS/london/{NEW}/call",
        "/nowhere",
    ],
)
async def test_what_is_not_ours_is_not_found_and_learns_nothing(
    outside: Outside, path: str
) -> None:
    answer = await outside.post(path, json.dumps(MISSED).encode())
    nowhere = await outside.post("/nothing/of/the/kind")
    assert (answer.status, answer.text) == (404, nowhere.text)
    assert {name for name in answer.headers if name != "Date"} == {
        name for name in nowhere.headers if name != "Date"
    }
    assert await outside.stored() == []


async def test_a_get_keeps_its_query_as_it_was_written(outside: Outside) -> None:
    query = "from=%2B447700900142&text=a%26b%3Dc&x=%FF&y=a+b"
    assert (await outside.get(f"{hook('dial-in')}?{query}")).status == 200
    (row,) = await outside.stored()
    assert row.body.decode() == query
    assert row.state is DeliveryState.UNKNOWN_KIND


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"\xff\xfe\x00",
        "текст".encode("utf-16"),
        bytes(range(256)),
        b'{"uuid": "\\ud800"}',
        json.dumps({**MISSED, "uuid": "\0"}).encode(),
        json.dumps({**MISSED, "duration": 10**40}).encode(),
        b"x" * LARGEST_BODY,
    ],
    ids=lambda body: repr(body[:12]),
)
async def test_whatever_it_says_it_is_stored(outside: Outside, body: bytes) -> None:
    answer = await outside.post(hook(), body, headers={"Content-Type": "application/json"})
    assert (answer.status, answer.text) == (200, "ok")
    (row,) = await outside.stored()
    assert row.body == body
    assert row.state in (DeliveryState.UNREADABLE, DeliveryState.DONE)


@pytest.mark.parametrize(
    "content_type", ["", "text/html; charset=klingon", "multipart/form-data", "application/\xff"]
)
async def test_whatever_it_says_it_is(outside: Outside, content_type: str) -> None:
    answer = await outside.post(hook(), b"{}", headers={"Content-Type": content_type})
    assert answer.status == 200
    assert len(await outside.stored()) == 1


async def test_a_body_that_is_too_large_is_refused(outside: Outside) -> None:
    answer = await outside.post(hook(), BytesIO(b"x" * (LARGEST_BODY + 1)))
    assert answer.status == 413
    assert NEW not in answer.text
    bomb = gzip.compress(b"x" * (LARGEST_BODY * 20))
    answer = await outside.post(hook(), bomb, headers={"Content-Encoding": "gzip"})
    assert answer.status == 413
    assert await outside.stored() == []


async def test_a_body_that_is_not_compressed_as_it_says_is_refused(outside: Outside) -> None:
    answer = await outside.post(hook(), b"{}", headers={"Content-Encoding": "gzip"})
    assert answer.status == 400
    assert await outside.stored() == []


async def test_the_same_again_is_counted(outside: Outside) -> None:
    await asyncio.gather(*(outside.post(hook(), b"{}") for _ in range(8)))
    (row,) = await outside.stored()
    assert row.times == 8


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused(outside: Outside, method: str) -> None:
    answer = await outside.send(method, hook())
    assert answer.status == 405
    assert await outside.stored() == []


async def test_a_line_that_is_too_long(outside: Outside) -> None:
    answer = await outside.get(hook("k" * 20_000))
    assert answer.status == 400
    assert await outside.stored() == []


async def raw(outside: Outside, request: bytes) -> bytes:
    """The first line of the answer to bytes that no client would send."""
    host, port = outside.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request)
    await writer.drain()
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return line


@pytest.mark.parametrize(
    "head",
    [
        b"GET /../hooks/london/SECRET/call HTTP/1.1\r\nHost: x",
        b"POST /hooks/london/SECRET/call HTTP/1.1\r\nHost: x\r\nContent-Length: -1",
        b"POST /hooks/london/SECRET/x HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        b"BREW /hooks/london/SECRET/call HTTP/1.1\r\nHost: x",
        b"POST /hooks/london/SECRET/call HTTP/9.9\r\nHost: x",
        b"POST /hooks/lon don/SECRET/call HTTP/1.1\r\nHost: x",
        b"\x16\x03\x01\x02\x00\x01\x00",
    ],
    ids=range(7),
)
async def test_what_is_no_http_does_no_harm(outside: Outside, head: bytes) -> None:
    line = await raw(outside, head.replace(b"SECRET", NEW.encode()) + b"\r\n\r\n")
    assert line.split()[1] in (b"400", b"404")
    assert (await outside.get("/healthz")).status == 200
    assert await outside.stored() == []


async def test_headers_in_a_wrong_encoding_are_kept(outside: Outside) -> None:
    request = (
        f"POST {hook()} HTTP/1.1\r\nHost: x\r\nX-Strange: ".encode()
        + b"\xff\xfe\r\nContent-Length: 2\r\n\r\n{}"
    )
    assert b"200" in await raw(outside, request)
    (row,) = await outside.stored()
    assert "x-strange" in row.headers


def test_the_largest_body_is_one_mebibyte() -> None:
    assert LARGEST_BODY == 2**20
