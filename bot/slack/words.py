"""The words that somebody typed after a slash command, whatever their device made of them.

Typographic quotes and dashes, non-breaking blanks, `<tel:…|…>`, `<@U…|name>` and `<#C…|name>` all
arrive from real Slack clients. An apostrophe is no quote: "O'Brien" is one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]")
_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2212]")
_BLANKS = re.compile("[\u00a0\u2007\u202f\u2009\u200a]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
_LINK = re.compile(
    r"<(?:tel:|mailto:|https?://)[^>|]*\|([^>]*)>|<(?:tel:|mailto:)([^>|]*)>|<(https?://[^>|]*)>"
)
_TOKEN = re.compile(r'([\w.\-]+=)"([^"]*)"|"([^"]*)"?|<([@#!])([^>|]*)(?:\|([^>]*))?>|(\S+)')


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        text: as it is meant; for a mention, the id.
        mention: `@` or `#` where it is a person or a channel.
        quoted: it stood in quotes, so it is one thing whatever is in it.
    """

    text: str
    mention: str = ""
    quoted: bool = False


def plain(text: str) -> str:
    """The text without what typography added."""
    for pattern, stands_for in (
        (_QUOTES, '"'),
        (_DASHES, "-"),
        (_BLANKS, " "),
        (_INVISIBLE, ""),
    ):
        text = pattern.sub(stands_for, text)
    return _LINK.sub(lambda found: found[1] or found[2] or found[3] or "", text)


def unescaped(text: str) -> str:
    """Slack's three escapes undone."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def split(text: str) -> list[Word]:
    """The words of a command."""
    words: list[Word] = []
    for key, value, quoted, sign, id_, _label, bare in _TOKEN.findall(plain(text)):
        if key:
            words.append(Word(unescaped(key + value)))
        elif sign:
            words.append(Word(id_, mention=sign))
        elif bare:
            words.append(Word(unescaped(bare)))
        else:
            words.append(Word(unescaped(quoted), quoted=True))
    return words
