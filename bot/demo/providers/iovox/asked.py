"""A request that has come through the gate, and the kinds of answers to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from bot.demo.providers.iovox.account import Account, Row
from bot.demo.providers.iovox.documents import Refused, plain

_PAGED = ("page", "limit", "order", "req_fields", "output")


@dataclass(frozen=True)
class Asked:
    """What a method is asked.

    Attributes:
        now: on the account's wall clock.
        query: without v and method; only `cat_ids[]` may repeat.
        most: results a page, at most and where no limit is asked for.
        root: the `request` element of a POST or a PUT.
    """

    account: Account
    now: datetime
    query: Mapping[str, str]
    most: int
    root: ET.Element = field(default_factory=lambda: ET.Element("request"))

    @property
    def body(self) -> Row:
        """The body as an object."""
        value = plain(self.root)
        return value if isinstance(value, dict) else {}

    def items(self, name: str) -> list[Row]:
        """The elements of one name in the body; there must be one at least."""
        found = many(self.body.get(name))
        if not found or not all(isinstance(item, dict) for item in found):
            raise Refused("Request Empty")
        return found

    def need(self, name: str, title: str) -> str:
        """A parameter of the query that must be there."""
        value = self.query.get(name, "")
        if not value:
            raise Refused(f"{title} Empty")
        return value

    def truth(self, name: str) -> bool:
        """TRUE or FALSE, which is what is not said."""
        return truth(self.query.get(name, "FALSE"), name)


@dataclass(frozen=True)
class Listed:
    """A list, to be cut and ordered as was asked.

    Attributes:
        names: the long name of each short one.
    """

    rows: Sequence[Row]
    names: Mapping[str, str]
    order: str = ""


@dataclass(frozen=True)
class Document:
    """A document in full; `xml_only` where JSON is not to be had."""

    root: ET.Element
    status: int = 200
    xml_only: bool = False


@dataclass(frozen=True)
class Sound:
    """MP3."""

    content: bytes


@dataclass(frozen=True)
class Nothing:
    """Success without a word."""

    status: int = 204


Answer = Listed | Document | Sound | Nothing
Act = Callable[[Asked], Answer]


@dataclass(frozen=True)
class Method:
    """One method of an interface: its HTTP verb, what it does, and the query it takes."""

    verb: str
    act: Act
    query: frozenset[str]


def listing(act: Act, *query: str) -> Method:
    """A list read with GET."""
    return Method("GET", act, frozenset({*_PAGED, *query}))


def reading(act: Act, *query: str) -> Method:
    """Something else that is read with GET."""
    return Method("GET", act, frozenset(query))


def writing(verb: str, act: Act, *query: str) -> Method:
    """A change."""
    return Method(verb, act, frozenset(query))


def many(value: Any) -> list[Any]:
    """One or several or none, as a list."""
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]


def inside(value: Any, name: str) -> list[str]:
    """The texts of one name inside an element."""
    return [str(one) for one in many(value.get(name) if isinstance(value, dict) else None)]


def truth(word: str, name: str) -> bool:
    """TRUE or FALSE.

    Raises:
        Refused: it is neither, and nothing in lower case is.
    """
    if word not in ("TRUE", "FALSE"):
        raise Refused(f"{name} Invalid")
    return word == "TRUE"


def page(asked: Asked, listed: Listed) -> Row:
    """The part of a list that was asked for, as an object."""
    number = _figure(asked.query.get("page", "1"), "Page Number not an integer")
    limit = _figure(asked.query.get("limit", str(asked.most)), "Limit not an integer")
    if not 1 <= limit <= asked.most:
        raise Refused(f"Limit must be between 1 and {asked.most}")
    rows = _ordered(listed, asked.query.get("order", listed.order))
    wanted = asked.query.get("req_fields", "")
    fields = [code.strip() for code in wanted.split(",")] if wanted else list(listed.names)
    odd = [code for code in fields if code not in listed.names]
    if odd:
        raise Refused(f"Required Fields Invalid: {','.join(odd)}")
    shown = rows[(number - 1) * limit : number * limit]
    names = [listed.names[code] for code in fields]
    return {
        "current_page": str(number),
        "total_pages": str(max(1, -(-len(rows) // limit))),
        "total_results": str(len(rows)),
        "results": {"result": [{name: row.get(name) for name in names} for row in shown]},
    }


def _figure(word: str, wrong: str) -> int:
    if not word.isascii() or not word.isdigit():
        raise Refused(wrong)
    return max(1, int(word))


def _ordered(listed: Listed, order: str) -> list[Row]:
    if not order:
        return list(listed.rows)
    code, _, way = order.rpartition("_")
    if way not in ("ASC", "DESC"):
        raise Refused("Order Direction Invalid")
    if code not in listed.names:
        raise Refused("Order Field Invalid")
    name = listed.names[code]
    return sorted(listed.rows, key=lambda row: str(row.get(name) or ""), reverse=way == "DESC")
