"""The envelope that every answer of the Yay.com API wears, and the refusals that go into one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from aiohttp import web


class Refused(Exception):
    """The API would refuse this.

    Attributes:
        status: the HTTP status of the answer.
        reason: why, for whoever reads a failing test; the API itself never tells.
    """

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(f"{status}: {reason}")


def bad_request(reason: str) -> Refused:
    """A refusal with status 400."""
    return Refused(HTTPStatus.BAD_REQUEST, reason)


def not_found(reason: str) -> Refused:
    """A refusal with status 404."""
    return Refused(HTTPStatus.NOT_FOUND, reason)


def answer(result: Any, status: int = HTTPStatus.OK) -> web.Response:
    """A result in its envelope."""
    return web.json_response(
        {"result": result, "status_code": int(status), "status_message": HTTPStatus(status).phrase},
        status=int(status),
    )


def no_content() -> web.Response:
    """The answer to a DELETE: the document prints an envelope, but HTTP 204 has no body."""
    return web.Response(status=HTTPStatus.NO_CONTENT)


def refusal(status: int, headers: dict[str, str] | None = None) -> web.Response:
    """An error in its envelope; the documented result of every error is an empty object."""
    response = answer({}, status)
    response.headers.update(headers or {})
    return response
