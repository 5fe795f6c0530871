"""Answers of VoipNow: 200 with a body, 204 with none, or the error that its words amount to.

{"error": {"code": "pce_id_invalid", "message": "…"}}
"""

from __future__ import annotations

import re
from typing import Any

from bot.domain.errors import (
    AuthFailed,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    ProviderGarbled,
    ProviderRejected,
    ProviderUnreachable,
)
from bot.providers.operations import Effect
from bot.providers.transport import Reply
from bot.providers.voipnow.wire import VoipNowOperation

TITLE = "VoipNow"

_NO_CONTENT = 204

_NOT_THERE = re.compile(r"(extension|user|\w+_id)_invalid")
"""Words for an object that does not exist, as pce_id_invalid; all of them come with 400."""

_NO_CREDENTIALS = frozenset({"access_denied", "access_denided", "invalid_client", "invalid_token"})
"""Words for a token that is not accepted; one page misspells its own."""

_HINTS = {
    "pce_access_denied": "An admin lets the app's user manage phone call events in VoipNow.",
    "request_not_implemented": "This version of VoipNow does not know the call.",
    "fx_file_invalid": "A fax is a jpg, tif, pdf or txt file.",
}


def result_of(operation: VoipNowOperation[Any], reply: Reply) -> Any:
    """The body of a good answer, or what stands for an answer without one.

    Raises:
        ProviderError: the answer is a refusal, or none that can be read.
    """
    if reply.status == _NO_CONTENT:
        return operation.nothing
    try:
        body = reply.json()
    except (ValueError, RecursionError):
        body = None
    error = body.get("error") if isinstance(body, dict) else None
    if reply.status >= 400 or error:
        raise _refusal(operation, reply, error)
    if not 200 <= reply.status < 300 or not isinstance(body, dict | list):
        raise unreadable(operation, reply)
    return body


def unreadable(operation: VoipNowOperation[Any], reply: Reply) -> ProviderError:
    """The error for an answer in no agreed form; a write may nevertheless have been done."""
    error = ProviderGarbled if operation.effect is Effect.READS else OutcomeUnknown
    return error(TITLE, operation.name, code=str(reply.status), reply=reply.kept)


def _refusal(operation: VoipNowOperation[Any], reply: Reply, error: Any) -> ProviderError:
    told = error if isinstance(error, dict) else {"code": error}
    word = told["code"] if isinstance(told.get("code"), str) else ""
    said = told["message"] if isinstance(told.get("message"), str) else ""
    status, code, kept = reply.status, word or str(reply.status), reply.kept
    name = operation.name
    if status >= 500 and status != 501:
        lost = ProviderUnreachable if operation.effect is Effect.READS else OutcomeUnknown
        return lost(TITLE, name, code=code, reply=kept)
    if status in (401, 403) or word in _NO_CREDENTIALS:
        return AuthFailed(TITLE, name, code=code, reply=kept)
    if _NOT_THERE.fullmatch(word):
        return NotFound(TITLE, name, words=said or word, code=code, reply=kept)
    if not word and status in (404, 405):
        return _no_such_address(operation, code, kept)
    words = said or word or f"status {status}"
    return ProviderRejected(TITLE, name, words=words, code=code, reply=kept, hint=_HINTS.get(word))


def _no_such_address(operation: VoipNowOperation[Any], code: str, kept: str) -> ProviderError:
    setting = f"paths.{operation.guess}" if operation.guess else "base_url and api_path"
    return NotFound(
        TITLE,
        operation.name,
        words="or its UnifiedAPI is at another address",
        code=code,
        reply=kept,
        hint=f"An admin looks at {setting} of the account.",
    )
