"""The call history and faxes of the simulated API."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.demo.providers.voipnow.account import Account, Row
from bot.demo.providers.voipnow.envelope import bad

PARAMETERS = {
    "source", "destination", "startDate", "endDate", "saveStartDate", "saveEndDate",
    "disposition", "flow",
}  # fmt: skip
_WORDS = {
    "0": "answered",
    "1": "busy",
    "2": "failed",
    "3": "unanswered",
    "4": "unknown",
    "5": "unallowed",
}


def find(account: Account, query: Mapping[str, str]) -> dict[str, Row]:
    """The records that a query asks for, newest first, keyed by the call's id.

    Its dates are compared with when a call began, in UTC; which the real ones mean is doubtful.

    Raises:
        Refused: a parameter is malformed.
    """
    first, last = _time(query, "startDate"), _time(query, "endDate")
    found = {}
    for id_, record in reversed(account.records.items()):
        began = datetime.fromisoformat(record["published"])
        views = [view for view in record["phoneCallView"] if _fits(view, query)]
        if views and (first is None or began >= first) and (last is None or began <= last):
            found[id_] = record
    return found


def _fits(view: Row, query: Mapping[str, str]) -> bool:
    names = ("source", "destination", "disposition", "flow")
    return all(view.get(name) == query[name] for name in names if name in query)


def _time(query: Mapping[str, str], name: str) -> datetime | None:
    text = query.get(name)
    if text is None:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", text):
        raise bad("date_invalid", f"{name} is no time like 2024-10-05T00:00:00")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def sums(account: Account) -> dict[str, Any]:
    """How many calls came in and went out, by outcome."""
    rows = []
    for type_, flow in (("0", "8"), ("1", "4")):
        views = [
            view
            for record in account.records.values()
            for view in record["phoneCallView"]
            if view["flow"] == flow
        ]
        by_word = Counter(_WORDS[view["disposition"]] for view in views)
        counts = {word: str(by_word[word]) for word in _WORDS.values()}
        rows.append({"type": type_, "total": str(len(views)), **counts})
    return {"phoneCallStat": rows}


def send_fax(account: Account, extension: str, form: Mapping[str, Any]) -> list[Row]:
    """Sends a fax.

    Raises:
        Refused: the recipients or the file are none.
    """
    try:
        told = json.loads(str(form.get("request", "")))
        recipients = told["recipients"]
    except (ValueError, KeyError, TypeError):
        raise bad("fx_recipients_invalid", "request is no JSON with recipients") from None
    numbers = recipients if isinstance(recipients, list) else []
    if not numbers or not all(re.fullmatch(r"\+?\d+(\*\d+)?", str(one)) for one in numbers):
        raise bad("fx_recipients_invalid", "recipients is no list of numbers")
    file = form.get("files")
    if not isinstance(file, web.FileField) or not re.search(r"\.(jpg|tif|pdf|txt)$", file.filename):
        raise bad("fx_file_invalid", "files is no jpg, tif, pdf or txt file")
    id_ = str(len(account.faxes) + 261)
    content = file.file.read()
    account.faxes.append(
        {"id": id_, "of": extension, "recipients": numbers, "file": file.filename, "is": content}
    )
    return [{"id": id_, "uid": account.new_id("fax", 32), "recipients": numbers}]
