"""Answers of UnifiedAPI: JSON with 200, nothing with 204, an error as code and message."""

from __future__ import annotations

from typing import Any

from aiohttp import web


class Refused(Exception):
    """The API would refuse this.

    Attributes:
        code: the word in the answer.
        message: the sentence in the answer; it says why, for whoever reads a failing test.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status, self.code, self.message = status, code, message
        super().__init__(f"{status} {code}: {message}")


def bad(code: str, message: str) -> Refused:
    """A refusal with status 400, which the documents use for almost everything."""
    return Refused(400, code, message)


def answer(result: Any) -> web.Response:
    """The result, or 204 where there is none."""
    if result in ([], {}, None):
        return web.Response(status=204)
    return web.json_response(result)


def refusal(refused: Refused) -> web.Response:
    """An error as its code and message."""
    error = {"code": refused.code, "message": refused.message}
    return web.json_response({"error": error}, status=refused.status)


def page(rows: list[dict[str, Any]] | dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
    """A page of a collection as the query asks for it; numbers are text, as the examples print.

    Raises:
        Refused: a parameter of the page is malformed.
    """
    count, start = _whole(query, "count", 20, 1), _whole(query, "startIndex", 0, 0)
    shown: Any
    if isinstance(rows, dict):
        shown = dict(list(rows.items())[start : start + count])
    else:
        shown = rows[start : start + count]
        if fields := query.get("fields"):
            wanted = fields.split(",")
            shown = [{n: v for n, v in row.items() if n in wanted} for row in shown]
    if not shown:
        return {}
    return {
        "entry": shown,
        "startIndex": str(start),
        "itemsPerPage": str(count),
        "totalResults": str(len(rows)),
        "filtered": "false",
        "sorted": "true",
    }


def _whole(query: dict[str, str], name: str, default: int, least: int) -> int:
    text = query.get(name, str(default))
    if not text.isdigit() or not least <= int(text) <= 5000:
        raise bad("request_invalid", f"{name} is no number from {least} to 5000")
    return int(text)
