"""Answers of VoIP.ms: success, nothing there, or the error that a status word amounts to.

The HTTP status is 200 for all three; another one, or a body that is no JSON, comes from something
in front of the service.
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
from bot.providers.voipms.codes import CodeClass, class_of
from bot.providers.voipms.operations.base import VoipmsOperation

TITLE = "VoIP.ms"

SUCCESS = "success"

QUIET_SECONDS = 60.0
"""How long nothing is sent after a refusal for too many calls a minute."""

_CLOUDFLARE = 520
"""From here on a status says that the service behind the proxy did not answer it."""

_TOO_FAST = "api_limit_exceeded"

_HINTS = {
    "api_not_enabled": "An admin enables the API in the VoIP.ms portal, under Main Menu, "
    "SOAP and REST API.",
    "ip_not_enabled": "An admin adds this machine's address to the list in the VoIP.ms portal, "
    "under Main Menu, SOAP and REST API; the operation getIP tells it.",
    "limit_reached": "No more texts go out today; VoIP.ms support can raise the limit of the day.",
    "sms_wait_message": "Try again in a minute.",
    "sms_failed": "Look at the sent texts before you send it again: it may have gone out.",
    "non_sufficient_funds": "Somebody adds funds to the account in the VoIP.ms portal.",
}


def result_of(operation: VoipmsOperation[Any], reply: Reply) -> dict[str, Any]:
    """The answer as an object; its status is success, or that there is nothing to list.

    Raises:
        ProviderError: the answer is a refusal, or none that can be read.
    """
    if reply.status == 200 and not reply.content.strip() and operation.silent:
        return {"status": SUCCESS}
    if reply.status >= 500:
        lost = ProviderUnreachable if operation.effect is Effect.READS else OutcomeUnknown
        raise lost(TITLE, operation.name, code=str(reply.status), reply=reply.kept)
    answer = _object(reply)
    status = answer.get("status")
    if not isinstance(status, str) or not status or not 200 <= reply.status < 300:
        raise _no_answer(operation, reply)
    if status == SUCCESS or status in operation.empty:
        return answer
    raise _refusal(operation, reply, status, answer.get("message"))


def unreadable(operation: VoipmsOperation[Any], reply: Reply) -> ProviderError:
    """The error for an answer in no agreed form; a write may nevertheless have been done."""
    error = ProviderGarbled if operation.effect is Effect.READS else OutcomeUnknown
    return error(TITLE, operation.name, code=str(reply.status), reply=reply.kept)


def pause(reply: Reply) -> float:
    """Seconds in which nothing is to be sent after this answer."""
    return QUIET_SECONDS if _object(reply).get("status") == _TOO_FAST else 0.0


def trouble(operation: str, reply: Reply) -> ProviderError | None:
    """The error for an answer to a read that says it may be asked again."""
    status = _object(reply).get("status")
    if reply.status >= _CLOUDFLARE:
        status = str(reply.status)
    elif not isinstance(status, str) or class_of(status) is not CodeClass.THEIR_SIDE:
        return None
    return ProviderUnreachable(TITLE, operation, code=status, reply=reply.kept)


def _object(reply: Reply) -> dict[str, Any]:
    try:
        body = reply.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _no_answer(operation: VoipmsOperation[Any], reply: Reply) -> ProviderError:
    """The error for what something in front of the service says."""
    if reply.status in (401, 403):
        return AuthFailed(TITLE, operation.name, code=str(reply.status), reply=reply.kept)
    if 400 <= reply.status < 500:
        words = f"status {reply.status}"
        return ProviderRejected(
            TITLE, operation.name, words=words, code=str(reply.status), reply=reply.kept
        )
    return unreadable(operation, reply)


def _refusal(
    operation: VoipmsOperation[Any], reply: Reply, status: str, message: Any
) -> ProviderError:
    name, kept, hint = operation.name, reply.kept, _HINTS.get(status)
    # The code is always told; the sentence where there is one.
    said = reply.without_secrets(message) if isinstance(message, str) else ""
    words = f"{said.strip().rstrip('.')} ({status})" if said.strip() else status
    match class_of(status):
        case CodeClass.ACCESS:
            return AuthFailed(TITLE, name, words=words, code=status, reply=kept, hint=hint)
        case CodeClass.PACE if status == _TOO_FAST:
            return RateLimited(TITLE, name, retry_after=QUIET_SECONDS, code=status)
        case CodeClass.THEIR_SIDE if operation.effect is Effect.READS:
            return ProviderUnreachable(TITLE, name, words=words, code=status, reply=kept)
        case CodeClass.NOT_THERE | CodeClass.EMPTY:
            return NotFound(TITLE, name, words=words, code=status, reply=kept)
        case _:
            return ProviderRejected(TITLE, name, words=words, code=status, reply=kept, hint=hint)
