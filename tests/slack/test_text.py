"""Somebody's words are shown as they are: nothing in them can mention, link or break a template."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import Extension, PhoneNumber, Withheld
from bot.slack.blocks import Confirm, Message, bullets, facts, heading, note, say, sections
from bot.slack.text import Md, escaped, fitting, joined, md, party, plural, shortened, user, when

NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            ["<!channel>", "<@U0ANNA>", "<https://evil.example|x>", "&", "<", ">", "*", "_", "`"]
        ),
        st.sampled_from(["{", "}", "{0}", "{name}", "{{", "%s", "&lt;", "&amp;", "|", "\n"]),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)

MARKUP = re.compile("[<>]")
ESCAPES = re.compile("&(?!amp;|lt;|gt;)")


def is_harmless(shown: str) -> bool:
    return not MARKUP.search(shown) and not ESCAPES.search(shown)


@given(NASTY)
def test_no_mention_and_no_link_comes_out_of_a_value(text: str) -> None:
    assert is_harmless(escaped(text))
    assert is_harmless(md("*{name}* rings", name=text))
    assert is_harmless(joined([text, text]))
    assert is_harmless(bullets([text]))


@given(NASTY, st.integers(1, 60))
def test_a_value_that_is_cut_stays_harmless_and_fits(text: str, limit: int) -> None:
    shown = fitting(text, limit)
    assert len(shown) <= limit
    assert is_harmless(shown)


@given(NASTY, NASTY)
def test_braces_in_values_are_no_template(one: str, other: str) -> None:
    shown = md("{one}|{other}", one=one, other=other)
    assert shown == f"{escaped(one)}|{escaped(other)}"


@given(st.text(min_size=3000, max_size=3500, alphabet="a&<"))
def test_long_values_fit_wherever_they_are_shown(text: str) -> None:
    say(md("*{a}* to {b} and {c}", a=text, b=text, c=text))
    note(md("{a}", a=text))
    facts([(text, text), ("Name", text)])
    heading(text)
    Confirm("Sure?", text, "Yes").element().to_dict()
    for block in sections([text, text]):
        assert len(block.to_dict()["text"]["text"]) <= 3000


@given(NASTY)
def test_what_a_message_sends_is_harmless_everywhere(text: str) -> None:
    body = Message(text, [say(text or "-"), facts([("Name", text)]), note(text or "-")]).payload()
    assert is_harmless(body["text"])
    for block in body["blocks"]:
        texts = [block.get("text"), *block.get("fields", []), *block.get("elements", [])]
        assert all(is_harmless(one["text"]) for one in texts if one)
    confirm = Confirm("Sure?", text or "-", "Yes").element().to_dict()
    assert is_harmless(confirm["text"]["text"])


def test_our_own_markup_stays() -> None:
    assert md("{who} & co", who=user("U1")) == "<@U1> & co"
    assert escaped(Md("<@U1>")) == "<@U1>"
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert when(at) == "<!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>"


def test_parties() -> None:
    number = PhoneNumber("+442079460000")
    assert party(number) == "<tel:+442079460000|+44 20 7946 0000>"
    assert party(number, "GB") == "<tel:+442079460000|020 7946 0000>"
    assert party(Extension("101")) == "ext. 101"
    assert party(Withheld()) == "withheld number"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no calls"), (1, "1 call"), (2, "2 calls"), (1000, "1000 calls")]
)
def test_plural(count: int, words: str) -> None:
    assert plural(count, "call") == words


def test_irregular_plurals_are_given() -> None:
    assert plural(2, "entry", "entries") == "2 entries"


def test_shortened() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"
    assert shortened("a bcd", 3) == "a…"
