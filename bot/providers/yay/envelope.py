"""Answers of Yay.com: the envelope opened, or the error that it amounts to.

{"result": …, "status_code": 200, "status_message": "OK"}
"""

from __future__ import annotations

from typing import Any

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
from bot.providers.transport import Reply
from bot.providers.yay.operations import YayOperation

TITLE = "Yay.com"

_REFUSALS: dict[int, type[ProviderError]] = {401: AuthFailed, 403: AuthFailed, 404: NotFound}
_NO_CREDIT = 402
_NO_CONTENT = 204


def result_of(operation: YayOperation[Any], reply: Reply) -> Any:
    """What stands in the envelope.

    Raises:
        ProviderError: the answer is a refusal, or none that can be read.
    """
    envelope = _envelope(reply)
    status = _status(reply, envelope)
    if status >= 400:
        raise _refusal(operation, reply, status, str(envelope.get("status_message") or ""))
    if reply.status == _NO_CONTENT and not reply.content:
        # The document prints an envelope for 204, but HTTP allows no body there.
        return {}
    if not 200 <= status < 300 or "result" not in envelope:
        raise unreadable(operation, reply)
    return envelope["result"]


def unreadable(operation: YayOperation[Any], reply: Reply) -> ProviderError:
    """The error for an answer in no agreed form; a write may nevertheless have been done."""
    error = ProviderGarbled if operation.effect is Effect.READS else OutcomeUnknown
    return error(TITLE, operation.name, code=str(reply.status), reply=reply.kept)


def _envelope(reply: Reply) -> dict[str, Any]:
    try:
        body = reply.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _status(reply: Reply, envelope: dict[str, Any]) -> int:
    """The status; whether the envelope's may differ from HTTP's is unknown, the worse counts."""
    said = envelope.get("status_code")
    return max(reply.status, said) if isinstance(said, int) else reply.status


def _refusal(operation: YayOperation[Any], reply: Reply, status: int, words: str) -> ProviderError:
    code, kept = str(status), reply.kept
    if status >= 500:
        lost = ProviderUnreachable if operation.effect is Effect.READS else OutcomeUnknown
        return lost(TITLE, operation.name, code=code, reply=kept)
    if status == 429:
        return RateLimited(TITLE, operation.name, code=code)
    if operation.guess and status in (404, 405):
        return NotFound(
            TITLE,
            operation.name,
            words="or the path of this call, which is a guess, is another one",
            code=code,
            reply=kept,
            hint=f"An admin asks Yay.com for the path and sets paths.{operation.guess} "
            "of the account.",
        )
    if status == _NO_CREDIT:
        words = "no credit on the account"
    kind = _REFUSALS.get(status, ProviderRejected)
    said = "" if kind is not ProviderRejected else words or f"status {code}"
    return kind(TITLE, operation.name, words=said, code=code, reply=kept)
