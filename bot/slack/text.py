"""Words for Slack. A plain `str` is somebody's text and is escaped; `Md` is ours and is not.

`md("*{name}* rings", name=user_text)` escapes what is filled in, so that nobody has to remember.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bot.domain.numbers import Extension, Party, PhoneNumber

LONGEST_VALUE = 900
"""Characters of one value in a text of ours; Slack shows 3000 in a paragraph."""


class Md(str):
    """Slack's mrkdwn, ready to be shown."""

    __slots__ = ()


def escaped(text: object) -> Md:
    """Any value as text that Slack shows as it is."""
    if isinstance(text, Md):
        return text
    plain = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Md(plain)


def fitting(text: object, limit: int) -> Md:
    """Any value as text that takes at most `limit` characters in Slack, cut with an ellipsis."""
    shown = escaped(text)
    if len(shown) <= limit or isinstance(text, Md):
        return shown
    return Md(re.sub(r"&[a-z]*$", "", shown[: limit - 1]).rstrip() + "…")


def md(template: str, **values: Any) -> Md:
    """A template of ours with values of anybody's; each is cut where it is too long to read."""
    filled = {name: fitting(value, LONGEST_VALUE) for name, value in values.items()}
    return Md(template.format(**filled))


def joined(parts: list[Md] | list[str], glue: str = " ") -> Md:
    """Several pieces, each escaped if it has to be."""
    return Md(glue.join(escaped(part) for part in parts))


def user(id_: str) -> Md:
    """A person, as Slack shows people."""
    return Md(f"<@{id_}>")


def channel(id_: str) -> Md:
    """A channel, as Slack shows channels."""
    return Md(f"<#{id_}>")


def when(at: datetime, style: str = "{date_short_pretty} {time}") -> Md:
    """An instant in the reader's own time zone; the fallback says UTC."""
    return Md(f"<!date^{int(at.timestamp())}^{style}|{at:%Y-%m-%d %H:%M} UTC>")


def party(value: Party, region: str | None = None) -> Md:
    """A caller or a number; public numbers can be tapped to dial."""
    match value:
        case PhoneNumber(e164=e164):
            return Md(f"<tel:{e164}|{escaped(value.shown(region))}>")
        case Extension(digits=digits):
            return md("ext. {digits}", digits=digits)
        case other:
            return escaped(other)


def shortened(text: str, limit: int) -> str:
    """The text, cut with an ellipsis where it is too long for its place."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 call`, `2 calls`, `no calls`."""
    word = one if count == 1 else many or f"{one}s"
    return f"{count or 'no'} {word}"
