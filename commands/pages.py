"""Lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from bot.slack.blocks import Block, note, row
from bot.slack.declare import Button
from bot.slack.text import plural

T = TypeVar("T")


class Paged(Protocol):
    """What a page's button carries."""

    page: int

    def model_copy(self, *, update: dict[str, Any]) -> BaseModel:
        """The same for another page."""
        ...


def page_of(items: Sequence[T], page: int, size: int) -> Sequence[T]:
    """The items of one page, from 0."""
    return items[page * size : (page + 1) * size]


def turn(button: Button[Any], here: Paged, *, total: int, size: int, noun: str) -> list[Block]:
    """How many there are, and buttons to the pages beside this one."""
    last = max(0, (total - 1) // size)
    if last == 0:
        return [note(plural(total, noun))]
    buttons = [
        button(label, here.model_copy(update={"page": page}), tag=tag)
        for label, page, tag in (
            ("◀ Newer" if noun in ("missed call", "entry") else "◀ Back", here.page - 1, "back"),
            ("Older ▶" if noun in ("missed call", "entry") else "More ▶", here.page + 1, "more"),
        )
        if 0 <= page <= last
    ]
    return [note(f"{plural(total, noun)}, page {here.page + 1} of {last + 1}"), row(*buttons)]
