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
_IDS = re.compile(r"\d{10}\.\d{6}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}")


def clean(text: str) -> str:
    """The text without hook secrets, Slack tokens and full telephone numbers."""
    kept: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\0{len(kept) - 1}\0"

    text = _SLACK_TOKEN.sub("xox…", _HOOK.sub(r"\1…", text))
    text = masked(_IDS.sub(put_aside, text))
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)


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
    return {
        key: clean(value) if isinstance(value, str) and key not in _UNTOUCHED else value
        for key, value in event.items()
    }
