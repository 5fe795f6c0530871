"""The callback for texts: what is delivered, and what is read from it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import pytest

from bot.demo.providers.voipms import SimulatedVoipms
from bot.demo.providers.voipms.seed import MONTREAL
from bot.domain.errors import DeliveryRefused
from bot.domain.numbers import PhoneNumber, Withheld
from bot.domain.records import Text
from bot.domain.telephony import Direction
from bot.providers.base import Delivered
from bot.providers.voipms.events import PLACEHOLDERS, news
from tests.providers.conftest import Answering
from tests.providers.voipms_office import NOW, simulated, voipms_settings

SETTINGS = voipms_settings()
OURS, JANE = PhoneNumber(f"+1{MONTREAL}"), PhoneNumber("+14505550118")


@pytest.fixture
async def voipms() -> AsyncIterator[SimulatedVoipms]:
    async with simulated() as running:
        running.account.numbers[MONTREAL] |= {
            "sms_url_callback_enabled": "1",
            "sms_url_callback_retry": "1",
        }
        yield running


def read(query: str, kind: str = "sms") -> list[Text]:
    return list(news(SETTINGS, Delivered(kind, query.encode())))


async def test_what_is_delivered_is_read(voipms: SimulatedVoipms, answering: Answering) -> None:
    server = await answering(200, b"ok")
    url = f"{server.url}/hooks/montreal/secret/sms?{PLACEHOLDERS}"
    voipms.account.numbers[MONTREAL]["sms_url_callback"] = url
    words = "Hi & bye; 50% off + más? #1 \U0001f600\nsecond line"
    delivery = await voipms.text("4505550118", MONTREAL, words)
    assert delivery is not None
    assert delivery.accepted
    assert await voipms.repeat() == []
    [text] = read(urlsplit(delivery.url).query)
    assert text == Text(f"sms-{delivery.sms}", Direction.INBOUND, OURS, JANE, words, NOW)


@pytest.mark.parametrize(("status", "body"), [(200, b"OK"), (200, b"ok\n"), (500, b"ok")])
async def test_another_answer_than_ok_brings_it_again(
    voipms: SimulatedVoipms, answering: Answering, status: int, body: bytes
) -> None:
    server = await answering(status, body)
    voipms.account.numbers[MONTREAL]["sms_url_callback"] = f"{server.url}/sms?{PLACEHOLDERS}"
    first = await voipms.text("4505550118", MONTREAL, "Hello")
    assert first is not None
    assert not first.accepted
    [again] = await voipms.repeat()
    assert again.url == first.url
    assert server.requests == 2
    assert read(urlsplit(again.url).query) == read(urlsplit(first.url).query)


def test_words_that_nobody_encoded() -> None:
    query = f"from=4505550118&to={MONTREAL}&message=Tea&id=7 & milk&id=9&date=2026-07-01 09:30:00"
    [text] = read(query)
    assert (text.id, text.words, text.at) == ("sms-9", "Tea&id=7 & milk", NOW)


def test_other_orders_and_fewer_names() -> None:
    [text] = read(f"to=1{MONTREAL}&message=Hi+there&from=%2B14505550118")
    assert (text.ours, text.theirs, text.words) == (OURS, JANE, "Hi there")
    [again] = read(f"to=1{MONTREAL}&message=Hi+there&from=%2B14505550118")
    [other] = read(f"to=1{MONTREAL}&message=Hi+you&from=%2B14505550118")
    assert text.id == again.id != other.id


def test_placeholders_that_were_not_filled_in() -> None:
    [text] = read(f"from=4505550118&to={MONTREAL}&message=Hi&id={{ID}}&date={{TIMESTAMP}}")
    assert text.id not in ("sms-{ID}", "sms-")
    with pytest.raises(DeliveryRefused, match="to: missing"):
        read("from=4505550118&to={TO}&message=Hi")


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("2026-07-01+09%3A30%3A00", NOW),
        ("2026-01-01 09:30:00", datetime(2026, 1, 1, 14, 30, tzinfo=UTC)),
        ("2026-07-01T09:30:00", NOW),
        (str(int(NOW.timestamp())), NOW),
    ],
)
def test_when_it_came(date: str, at: datetime) -> None:
    [text] = read(f"from=4505550118&to={MONTREAL}&message=Hi&id=1&date={date}")
    assert text.at == at


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "from: missing"),
        ("from=1", "to: missing"),
        (f"from=1&to={MONTREAL}", "message: missing"),
        ("from=1&to=&message=x", "to: is no number"),
    ],
)
def test_what_cannot_be_read(query: str, words: str) -> None:
    with pytest.raises(DeliveryRefused, match=words):
        read(query)


def test_odd_deliveries_are_read_or_refused() -> None:
    [text] = read(f"from=&to={MONTREAL}&message=&id=1&date=")
    assert (text.theirs, text.words) == (Withheld(), "")
    [text] = read(f"from=12345&to={MONTREAL}&message={quote('Ваш код 1')}&id=1&date=x")
    assert text.words == "Ваш код 1"
    assert list(news(SETTINGS, Delivered("sms", b"from=1&to=5145550123&message=\xff")))


def test_other_kinds_tell_nothing() -> None:
    assert read("from=1&to=2&message=x", kind="call") == []
