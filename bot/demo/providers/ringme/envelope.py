"""Answers of the simulated API: bare JSON, nothing, a file, or a refusal in words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, NamedTuple

from aiohttp import web


class Refused(Exception):
    """The API refuses this.

    Attributes:
        status: the HTTP status of the answer.
        message: the words in it.
        word: the machine's word in it, where there is one.
    """

    def __init__(self, status: int, message: str, word: str = "") -> None:
        self.status, self.message, self.word = status, message, word
        super().__init__(f"{status}: {message}")


class File(NamedTuple):
    """An answer that is a file."""

    content_type: str
    content: bytes


def bad_request(message: str) -> Refused:
    """A refusal with status 400."""
    return Refused(HTTPStatus.BAD_REQUEST, message)


def not_found(message: str = "Record not found") -> Refused:
    """A refusal with status 404."""
    return Refused(HTTPStatus.NOT_FOUND, message)


def answer(result: Any, status: int) -> web.Response:
    """What a call answers: 204 has no body."""
    if isinstance(result, File):
        return web.Response(body=result.content, content_type=result.content_type)
    if status == HTTPStatus.NO_CONTENT:
        return web.Response(status=status)
    return web.json_response(result, status=status)


def refusal(status: int, message: str, word: str = "") -> web.Response:
    """{"message": words, "status": word}, the word only where there is one."""
    return web.json_response(
        {"message": message, **({"status": word} if word else {})}, status=int(status)
    )
