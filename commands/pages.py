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
    """The items of one page, from 0; the last page where the list has become shorter."""
    page = last_if_beyond(page, total=len(items), size=size)
    return items[page * size : (page + 1) * size]


def last_if_beyond(page: int, *, total: int, size: int) -> int:
    """The page, or the last one there is: lists become shorter while people look at them."""
    return min(page, max(0, (total - 1) // size))


def turn(
    button: Button[Any],
    here: Paged,
    *,
    total: int,
    size: int,
    noun: str,
    many: str = "",
    by_age: bool = False,
) -> list[Block]:
    """How many there are, and buttons to the pages beside this one.

    Args:
        many: the noun's plural, where it is not its singular with an s.
        by_age: the newest come first, and the buttons say so.
    """
    last = max(0, (total - 1) // size)
    if last == 0:
        return [note(plural(total, noun, many))]
    at = last_if_beyond(here.page, total=total, size=size)
    labels = ("◀ Newer", "Older ▶") if by_age else ("◀ Back", "More ▶")
    buttons = [
        button(label, here.model_copy(update={"page": page}), tag=tag)
        for label, page, tag in zip(labels, (at - 1, at + 1), ("back", "more"), strict=True)
        if 0 <= page <= last
    ]
    return [note(f"{plural(total, noun, many)}, page {at + 1} of {last + 1}"), row(*buttons)]
