"""Phone call events of the simulated API, deletion exactly as it is documented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.demo.providers.voipnow.account import SELF, Account, Row
from bot.demo.providers.voipnow.envelope import bad

TYPES = ("0", "1", "2", "3", "4")
_KINDS = ("phone", "queue", "ivr", "conference")
_FIELDS = {"type", "url", "method", "status", "note"}


def of(account: Account, extension: str) -> str:
    """The extension, which is never @self.

    Raises:
        Refused: with `extension_invalid`.
    """
    if extension == SELF:
        raise bad("extension_invalid", "extension cannot be set to @self")
    return account.find(extension, *_KINDS).number


def chosen(account: Account, extension: str, words: list[str]) -> list[Row]:
    """The events that a path means: all of an extension, those of a type, or one.

    Raises:
        Refused: the type or the id is none.
    """
    rows = [row for row in account.events.values() if row["of"] == extension]
    if not words:
        return rows
    if words[0] not in TYPES:
        raise bad("pce_type_invalid", f"{words[0]} is no type")
    rows = [row for row in rows if row["type"] == words[0]]
    if len(words) == 1:
        return rows
    rows = [row for row in rows if row["id"] == words[1]]
    if not rows:
        raise bad("pce_id_invalid", "eventId must reference an existing phone call event")
    return rows


def shown(row: Row) -> Row:
    """An event as it is listed; empty fields are left out."""
    link = f"/uapi/extensions/@me/{row['of']}/phoneCallEvents/{row['type']}/{row['id']}"
    return {
        **{name: value for name, value in row.items() if name != "of" and value},
        "links": {"self": link},
    }


def create(
    account: Account, extension: str, in_path: str | None, body: Row, at: datetime
) -> list[Row]:
    """Adds an event, its type in the path or in the body.

    Raises:
        Refused: something is missing or malformed.
    """
    told = _checked(body, allowed=_FIELDS - {"type"} if in_path else _FIELDS)
    kind = in_path or told.get("type", "")
    if kind not in TYPES:
        raise bad("pcet_type_invalid", f"type is “{kind}”")
    if "url" not in told:
        raise bad("pce_url_invalid", "url is missing")
    id_ = account.add_event(
        extension,
        int(kind),
        told["url"],
        at,
        method=int(told.get("method", "0")),
        status=int(told.get("status", "1")),
        note=told.get("note", ""),
    )
    return [{"id": id_}]


def update(row: Row, body: Row, at: datetime) -> list[Row]:
    """Changes an event.

    Raises:
        Refused: something is malformed.
    """
    row.update(_checked(body, allowed=_FIELDS - {"type"}), modified=at.isoformat())
    return [{"id": row["id"]}]


def delete(account: Account, rows: list[Row]) -> list[Row]:
    """Deletes events; the answer names each, and is empty where there was none."""
    for row in rows:
        del account.events[row["id"]]
    return [{"id": row["id"]} for row in rows]


def _checked(body: Mapping[str, Any], allowed: set[str]) -> dict[str, str]:
    """The body's fields, which are text as in the examples."""
    for name, value in body.items():
        if name not in allowed:
            raise bad("request_invalid", f"{name} is no field of an event here")
        if not isinstance(value, str):
            raise bad(f"pce_{name}_invalid", f"{name} is no text")
    for name in ("method", "status"):
        if body.get(name, "0") not in ("0", "1"):
            raise bad(f"pce_{name}_invalid", f"{name} is neither 0 nor 1")
    if not re.fullmatch(r"https?://[!-~]+", body.get("url", "http://x")):
        raise bad("pce_url_invalid", "url is no address in RFC 3986")
    return dict(body)
