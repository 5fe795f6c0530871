"""Answers of RingMe: the JSON in them, or the error that they amount to.

Success is 200, 201 or 204 with the object or the list itself; a refusal is
{"message": words, "status": word}, where the word may be missing. (Public pages of the vendor; the
document has neither status codes nor errors.)
"""

from __future__ import annotations

import json
from typing import Any, get_args, get_origin

from bot.domain.errors import (
    AuthFailed,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    ProviderGarbled,
    ProviderRejected,
    ProviderUnreachable,
    RateLimited,
)
from bot.providers.operations import Effect
from bot.providers.ringme.wire import Nothing, RingMeOperation, Wire
from bot.providers.transport import Reply

TITLE = "RingMe"

_NO_CONTENT = 204

_HINTS = {
    "app_access_type_deny": "The application may not do this: its access level is Call API, which "
    "covers no change of the configuration. An administrator of the PBX grants it the level All.",
    "user_access_type_deny": "The application acts for a user who may only read. An administrator "
    "of the PBX gives that user full access.",
    "access_denied": "The application's user has no right to this object. An administrator of the "
    "PBX checks whose extension it is.",
}
"""What to do about a refusal with status 403, by its word."""

_MOVED = (
    "An admin checks base_url and api_path of the account; nothing is sent to the other address."
)


def result_of(operation: RingMeOperation[Any], reply: Reply) -> Any:
    """What the call was to answer, as JSON.

    Raises:
        ProviderError: the answer is a refusal, or none that can be read.
    """
    refuse(operation, reply)
    if operation.answers is Any or operation.answers is Nothing:
        return _something(operation, reply)
    if reply.status == _NO_CONTENT and not reply.content:
        # Done, and nothing is told of it.
        return [] if get_origin(operation.answers) is list else {}
    answer = _json(operation, reply)
    if get_origin(operation.answers) is not list:
        if isinstance(answer, dict) and _known(operation.answers, answer):
            return answer
        raise unreadable(operation, reply)
    (model,) = get_args(operation.answers)
    rows = _rows(model, answer)
    if rows is None:
        raise unreadable(operation, reply)
    return rows


def refuse(operation: RingMeOperation[Any], reply: Reply) -> None:
    """Raise what a refusal amounts to; do nothing about an answer of success."""
    status = reply.status
    if 200 <= status < 300:
        return
    said = _object(reply)
    word, words = _text(said.get("status") or said.get("error")), _text(said.get("message"))
    code, words = word or str(status), _hidden(words or word or f"status {status}", reply)
    name, kept = operation.name, reply.kept
    if status < 200 or status >= 500:
        lost = ProviderUnreachable if operation.effect is Effect.READS else OutcomeUnknown
        raise lost(TITLE, name, code=code, reply=kept)
    if status < 400:
        words = f"status {status}, which leads to another address"
        raise ProviderRejected(TITLE, name, words=words, code=code, reply=kept, hint=_MOVED)
    if status == 429:
        raise RateLimited(TITLE, name, code=code)
    if status == 401 or word == "user_blocked":
        raise AuthFailed(TITLE, name, code=code, reply=kept)
    if status == 404:
        raise NotFound(TITLE, name, words=words, code=code, reply=kept)
    raise ProviderRejected(TITLE, name, words=words, code=code, reply=kept, hint=_HINTS.get(word))


def unreadable(operation: RingMeOperation[Any], reply: Reply) -> ProviderError:
    """The error for an answer in no agreed form; a write may nevertheless have been done."""
    error = ProviderGarbled if operation.effect is Effect.READS else OutcomeUnknown
    return error(TITLE, operation.name, code=str(reply.status), reply=reply.kept)


def _something(operation: RingMeOperation[Any], reply: Reply) -> Any:
    """An answer that no document describes: JSON, plain text, or nothing."""
    nothing: Any = {} if operation.answers is Nothing else None
    if not reply.content.strip():
        return nothing
    if operation.answers is Nothing:
        answer = _json(operation, reply)
        return answer if isinstance(answer, dict) else nothing
    if reply.headers.get("content-type", "").startswith("text/plain"):
        return reply.text
    return _json(operation, reply)


def _json(operation: RingMeOperation[Any], reply: Reply) -> Any:
    try:
        return reply.json()
    except (ValueError, RecursionError):
        raise unreadable(operation, reply) from None


def _rows(model: type[Wire], answer: Any) -> list[Any] | None:
    """The objects of a list: bare, beside the number of the page, or a single one alone."""
    if isinstance(answer, dict):
        lists = [value for value in answer.values() if isinstance(value, list)]
        if "page" in answer and len(lists) == 1:
            return _rows(model, lists[0])
        return [answer] if answer and _known(model, answer) else None
    if not isinstance(answer, list):
        return None
    readable = all(isinstance(row, dict) and _known(model, row) for row in answer)
    return answer if readable else None


def _known(model: type[Wire], answer: dict[str, Any]) -> bool:
    """Whether an object has a field that its document names; an empty one may have none."""
    return not answer or not set(model.model_fields).isdisjoint(answer)


def _object(reply: Reply) -> dict[str, Any]:
    try:
        body = reply.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _hidden(words: str, reply: Reply) -> str:
    for secret in reply.hidden:
        words = words.replace(secret, "***")
    return words
