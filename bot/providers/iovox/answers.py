"""Answers of IOVOX: the result in them, or the error that they amount to.

A list is XML or JSON, whichever was asked for; an error is XML even then, as documented, but JSON
has been seen; a call that only does something answers with nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

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
from bot.providers.iovox.operations import IovoxOperation
from bot.providers.iovox.operations.call_flows import GetCallFlow
from bot.providers.iovox.rules import read_flow, write_flow
from bot.providers.iovox.wire import without_secrets
from bot.providers.iovox.xml import NoXml, parse, plain
from bot.providers.operations import Blob, Effect
from bot.providers.transport import Reply

TITLE = "IOVOX"

SOUND = "audio/mpeg"
"""What all sound is, whatever the answer calls itself."""

_REFUSALS: dict[int, type[ProviderError]] = {401: AuthFailed, 403: AuthFailed, 404: NotFound}
_NOT_THERE = re.compile(r"\b(does not|doesn.?t) exist\b", re.IGNORECASE)
_LONGEST = 500
_HINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), hint)
    for words, hint in (
        (r"name already exists", "Choose another name; names are unique in the account."),
        (r"name too long", "Shorten the name."),
        (r"no rules in this template", "Put at least one rule into the call flow."),
        (r"xml parse error", "Mend the XML at the place that is named."),
        (r"attached to a link", "Detach it first, or send detach_from_links=true."),
        (r"api version", "Send v=3, or leave it out."),
        (r"not unique", "Give each rule an id of its own."),
    )
)


def result_of(operation: IovoxOperation[Any], reply: Reply) -> Any:
    """What was answered, as JSON values; sound as a blob.

    Raises:
        ProviderError: the answer is a refusal, or none that can be read.
    """
    body = (
        None
        if operation.answers is Blob and reply.status < 400 and _is_sound(reply)
        else _decoded(reply)
    )
    refusals = list(_errors(body))
    if reply.status >= 400 or refusals:
        raise _refusal(operation, reply, refusals)
    if not 200 <= reply.status < 300:
        raise unreadable(operation, reply)
    if operation.answers is Blob:
        if body is not None or not reply.content:
            raise unreadable(operation, reply)
        return Blob(SOUND, reply.content)
    if not reply.content.strip() and operation.effect is not Effect.READS:
        return {}
    if isinstance(operation, GetCallFlow):
        return _call_flow(operation, reply)
    response = plain(body) if isinstance(body, ET.Element) else body
    if isinstance(body, dict):
        response = body.get("response", body)
    elif not isinstance(body, ET.Element) or body.tag != "response":
        raise unreadable(operation, reply)
    if response == "" and operation.effect is not Effect.READS:
        response = {}
    return without_secrets(response)


def unreadable(operation: IovoxOperation[Any], reply: Reply) -> ProviderError:
    """The error for an answer in no agreed form; a write may nevertheless have been done."""
    error = ProviderGarbled if operation.effect is Effect.READS else OutcomeUnknown
    return error(TITLE, operation.name, code=str(reply.status), reply=reply.kept)


def _call_flow(operation: GetCallFlow, reply: Reply) -> dict[str, str]:
    try:
        return {"callFlow": write_flow(read_flow(reply.content))}
    except NoXml:
        raise unreadable(operation, reply) from None


def _is_sound(reply: Reply) -> bool:
    """Whether it is no document; the type is not documented, so what it is not decides."""
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    documents = kind.startswith("text/") or kind.endswith(("xml", "json"))
    return bool(reply.content) and not documents and reply.content.lstrip()[:1] not in (b"<", b"{")


def _decoded(reply: Reply) -> ET.Element | dict[str, Any] | str:
    """The root element, the JSON object, or an empty word for anything else."""
    start = reply.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        try:
            return parse(reply.content.strip())
        except NoXml:
            return ""
    if start == b"{":
        try:
            body = reply.json()
        except (ValueError, RecursionError):
            return ""
        return body if isinstance(body, dict) else ""
    return ""


# Refusals


def _errors(body: ET.Element | dict[str, Any] | str | None) -> Iterator[tuple[int, str]]:
    """Each error's status (0 where none is told) and words."""
    if isinstance(body, ET.Element):
        if body.tag in ("errors", "error") or body.find("errors") is not None:
            for error in body.iter("error"):
                yield _status(error.get("status")), " ".join("".join(error.itertext()).split())
    elif isinstance(body, dict):
        inner = body.get("response")
        for where in (body, inner if isinstance(inner, dict) else {}):
            yield from _json_errors(where.get("errors", where.get("error")))


def _json_errors(value: Any) -> Iterator[tuple[int, str]]:
    match value:
        case str() if value:
            yield 0, value
        case list():
            for item in value:
                yield from _json_errors(item)
        case {"error": inner} if not isinstance(inner, str):
            yield from _json_errors(inner)
        case dict() if value:
            yield _status(_status_in(value)), _words_in(value)


def _status_in(error: Mapping[str, Any]) -> Any:
    attributes = error.get("@attributes")
    held = attributes if isinstance(attributes, dict) else error
    return held.get("status", held.get("@status"))


def _words_in(error: Mapping[str, Any]) -> str:
    names = ("error", "message", "value", "@value", "#text", "$", "content", "0")
    return next((str(error[name]) for name in names if name in error), "")


def _status(said: Any) -> int:
    text = str(said)
    return int(text) if text.isascii() and text.isdigit() and len(text) == 3 else 0


def _refusal(
    operation: IovoxOperation[Any], reply: Reply, refusals: list[tuple[int, str]]
) -> ProviderError:
    statuses = [status for status, _ in refusals if status]
    # An error in an answer that says 200 counts; what credentials lack explains all others.
    status = 401 if 401 in statuses else reply.status
    if status < 400:
        status = statuses[0] if statuses else 400
    code, kept, words = str(status), reply.kept, _said(reply, refusals)
    if status >= 500:
        lost = ProviderUnreachable if operation.effect is Effect.READS else OutcomeUnknown
        return lost(TITLE, operation.name, words=words, code=code, reply=kept)
    if status == 429:
        return RateLimited(TITLE, operation.name, code=code)
    kind = _REFUSALS.get(status, ProviderRejected)
    if kind is ProviderRejected and _NOT_THERE.search(words):
        kind = NotFound
    if kind is ProviderRejected and not words:
        words = f"status {code}"
    hint = next((hint for pattern, hint in _HINTS if pattern.search(words)), None)
    return kind(TITLE, operation.name, words=words, code=code, reply=kept, hint=hint)


def _said(reply: Reply, refusals: list[tuple[int, str]]) -> str:
    words = "; ".join(said.rstrip(".") for _, said in refusals if said)[:_LONGEST]
    for secret in reply.hidden:
        words = words.replace(secret, "***")
    return words
