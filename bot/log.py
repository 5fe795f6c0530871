"""Structured logs that mask numbers and never hold a secret."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, Literal

import structlog

from bot.domain.numbers import masked

_HOOK = re.compile(r"(/hooks/[^/\s]+/)[^/\s]+")
_SLACK_TOKEN = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+")
_UNTOUCHED = frozenset({"timestamp", "level", "logger", "error_id"})
_ID = re.compile(
    r"(?<![\w.+-])(\d{10}\.\d{6}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})(?![\w.-])",
    re.ASCII,
)
"""Slack's message times, and our own and the providers' identifiers: digits that are no number."""


def clean(text: str) -> str:
    """The text without hook secrets, Slack tokens and full telephone numbers."""
    text = _SLACK_TOKEN.sub("xox…", _HOOK.sub(r"\1…", text))
    # Split at the identifiers, every second part is one of them.
    parts = _ID.split(text)
    return "".join(part if place % 2 else masked(part) for place, part in enumerate(parts))


def configure(level: str, style: Literal["console", "json"]) -> None:
    """Set up logging for the process, our own lines and the libraries' alike."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _cleaned,
    ]
    render: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    to_stderr = logging.StreamHandler()
    to_stderr.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [to_stderr]
    root.setLevel(level.upper())
    for name in ("apscheduler", "httpx", "httpcore", "slack_bolt", "slack_sdk", "aiosqlite"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _cleaned(logger: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:
    del logger, name
    # A name that begins with _ is the formatter's own and is not shown.
    shown = {key for key in event if key not in _UNTOUCHED and not key.startswith("_")}
    return event | {key: _cleaned_value(event[key]) for key in shown}


def _cleaned_value(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case bool() | int() | float() | None:
            return value
        case dict():
            return {clean(str(key)): _cleaned_value(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_cleaned_value(inner) for inner in value]
        case _:
            return clean(str(value))
