"""What people typed becomes words, whatever their device made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.words import Word, plain, split, unescaped

SLACKS_OWN = st.sampled_from(
    ["<@U1|x>", "<#C1|y>", "<tel:+44|0", ">", "<", "|", "&lt;", '"', "“", "\u2019", "\u00a0", "—"]
)
ANYTHING = st.one_of(st.text(), st.lists(st.one_of(SLACKS_OWN, st.text(max_size=5))).map("".join))
BARE = st.text(st.characters(categories=["L", "N"]), min_size=1)


@given(ANYTHING)
def test_any_text_has_words(text: str) -> None:
    for word in split(text):
        assert isinstance(word, Word)
        assert word.quoted or word.mention or word.text
    assert isinstance(plain(text), str)


@given(st.lists(BARE))
def test_plain_words_are_kept_as_they_are(words: list[str]) -> None:
    assert [word.text for word in split(" ".join(words))] == words


@given(
    st.lists(
        st.text(
            st.characters(
                categories=["L", "N", "Zs"], exclude_characters="\u00a0\u2007\u202f\u2009\u200a"
            )
        ),
        max_size=4,
    )
)
def test_what_is_quoted_stays_one_word(words: list[str]) -> None:
    found = split(" ".join(f'"{word}"' for word in words))
    assert [(word.text, word.quoted) for word in found] == [(word, True) for word in words]


@given(ANYTHING)
def test_typography_is_undone_once_and_for_all(text: str) -> None:
    once = plain(text.replace("<", ""))
    assert plain(once) == once


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('flow show "Sales menu"', ["flow", "show", "Sales menu"]),
        ("flow show “Sales menu”", ["flow", "show", "Sales menu"]),
        ("flow show „Sales menu“", ["flow", "show", "Sales menu"]),
        ("flow show «Sales menu»", ["flow", "show", "Sales menu"]),
        ('flow show "Sales menu', ["flow", "show", "Sales menu"]),
        ("O’Brien O'Brien", ["O’Brien", "O'Brien"]),  # noqa: RUF001
        ("020–7946‑0000", ["020-7946-0000"]),  # noqa: RUF001
        ("—force −1", ["-force", "-1"]),  # noqa: RUF001
        ("020\u00a07946\u202f0000", ["020", "7946", "0000"]),
        ("a\u200bb \u200e502\u200f", ["ab", "502"]),
        ("<tel:+442079460000|020 7946 0000>", ["020", "7946", "0000"]),
        ("<tel:+442079460000>", ["+442079460000"]),
        ("<mailto:a@b.example|a@b.example>", ["a@b.example"]),
        (
            "<https://b.example|b.example> <https://b.example/x>",
            ["b.example", "https://b.example/x"],
        ),
        ("&lt;b&gt; &amp;amp;", ["<b>", "&amp;"]),
        ("   ", []),
        ('""', [""]),
    ],
)
def test_as_real_clients_send_it(typed: str, words: list[str]) -> None:
    assert [word.text for word in split(typed)] == words


def test_mentions_are_ids() -> None:
    person, channel, group = split("<@U012AB|anna> <#C012AB|sales> <!subteam^S012|@agents>")
    assert (person.text, person.mention) == ("U012AB", "@")
    assert (channel.text, channel.mention) == ("C012AB", "#")
    assert group.mention == "!"
    assert split("<@U012AB>")[0].text == "U012AB"


def test_what_a_person_typed_as_a_mention_is_none() -> None:
    """Slack escapes what people type, so only its own mentions arrive in angle brackets."""
    (word,) = split("&lt;@U012AB&gt;")
    assert (word.text, word.mention) == ("<@U012AB>", "")


@given(st.text())
def test_slacks_escapes_are_undone(text: str) -> None:
    sent = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert unescaped(sent) == text
