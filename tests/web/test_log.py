"""Logs: numbers masked, secrets gone, identifiers and times still of use."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.log import clean
from tests.processes import ROOT

SECRET = "s3cret-of-the-hook"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("call from +442079460018 to 101", "call from …018 to 101"),
        ("020 7946 0018", "…018"),
        ("(020) 7946-0018", "(…018"),
        ("2079460018.mp3", "…018.mp3"),
        ("extension 1001, 12 s, 401", "extension 1001, 12 s, 401"),
        ("ts 1795224112.279619", "ts 1795224112.279619"),
        ("31347d42-00bd-44a5-9b5c-20dc4197a2f6", "31347d42-00bd-44a5-9b5c-20dc4197a2f6"),
        ("error 0123456789abcdef0123456789abcdef", "error 0123456789abcdef0123456789abcdef"),
        ("442079460018.279619", "…018.279619"),
        ("\0001\0 020 7946 0018", "\0001\0 …018"),
        (f"POST /hooks/london/{SECRET}/call", "POST /hooks/london/…/call"),
        (f"reading b'/hooks/london/{SECRET}/xx'", "reading b'/hooks/london/…/xx'"),
        ("xoxb-1234-abcd and xapp-1-A0", "xox… and xox…"),
        ("xoxe.xoxp-1-abcd", "xoxe.xox…"),
        ("", ""),
    ],
)
def test_what_is_left_of_a_line(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


NUMBERS = st.from_regex(r"\+?[0-9][0-9 ()\-]{5,14}[0-9]", fullmatch=True)
PIECES = st.one_of(
    st.text(max_size=12),
    NUMBERS,
    st.uuids().map(str),
    st.from_regex(r"[0-9]{10}\.[0-9]{6}", fullmatch=True),
    st.from_regex(r"xox[bp]-[0-9A-Za-z-]{4,20}", fullmatch=True),
    st.just(f"/hooks/london/{SECRET}/call"),
    st.sampled_from(["\0", "…", "-", "+", ".", "(", " ", "/"]),
)
ID = re.compile(
    r"\d{10}\.\d{6}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}"
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_whatever_stands_in_a_line(text: str) -> None:
    cleaned = clean(text)
    assert not re.search(r"\d{7}", ID.sub(" ", cleaned))
    assert SECRET not in cleaned
    assert not re.search(r"xox[bp]-[0-9A-Za-z]", cleaned)
    assert clean(cleaned) == cleaned


SCRIPT = """
import logging, structlog
from bot.log import configure
configure({level!r}, {style!r})
log = structlog.get_logger("bot.test")
library = logging.getLogger("aiohttp.server")
{lines}
"""


def logged(lines: str, *, level: str = "debug", style: str = "json") -> list[Any]:
    """What a process of its own writes to stderr; nothing goes to stdout."""
    script = SCRIPT.format(level=level, style=style, lines=lines)
    done = subprocess.run(  # noqa: S603 (our own script)
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    lines_ = done.stderr.splitlines()
    return [json.loads(line) for line in lines_] if style == "json" else lines_


def test_our_lines_and_a_librarys_are_cleaned_alike() -> None:
    ours, theirs = logged(
        f"""
log.info("rang %s", "+442079460018", number="020 7946 0018", count=12345678, ok=True,
         path="/hooks/london/{SECRET}/call")
library.warning("Error handling %s from %s", "/hooks/london/{SECRET}/call", "+442079460018")
"""
    )
    assert ours["event"] == "rang …018"
    assert (ours["number"], ours["count"], ours["ok"]) == ("…018", 12345678, True)
    assert ours["path"] == "/hooks/london/…/call"
    assert (ours["level"], ours["logger"]) == ("info", "bot.test")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", ours["timestamp"])
    assert theirs["event"] == "Error handling /hooks/london/…/call from …018"


def test_what_is_inside_of_values_is_cleaned_too() -> None:
    (line,) = logged(
        f"""
log.info("x", headers={{"path": "/hooks/a/{SECRET}/b", "+442079460018": ["xoxb-1-2"]}},
         error=ValueError("+442079460018"), body=b"/hooks/a/{SECRET}/b", nothing=None,
         many=("020 7946 0018",))
"""
    )
    assert line["headers"] == {"path": "/hooks/a/…/b", "…018": ["xox…"]}
    assert (line["error"], line["nothing"], line["many"]) == ("…018", None, ["…018"])
    assert SECRET not in json.dumps(line)


def test_the_text_of_exceptions_is_cleaned() -> None:
    ours, theirs = logged(
        f"""
for name in (log, library):
    try:
        raise ValueError("/hooks/london/{SECRET}/call +442079460018 xoxb-1-2")
    except ValueError as error:
        name.error("broke", exc_info=error)
"""
    )
    for line in (ours, theirs):
        shown = json.dumps(line, ensure_ascii=False)
        assert "Traceback" in line["exception"]
        assert "ValueError: /hooks/london/…/call …018 xox…" in line["exception"]
        assert SECRET not in shown.replace(f'"/hooks/london/{SECRET}', "")


def test_the_console_is_cleaned_as_well() -> None:
    lines = logged(f'log.warning("/hooks/a/{SECRET}/b", who="+442079460018")', style="console")
    shown = "\n".join(lines)
    assert "/hooks/a/…/b" in shown
    assert "…018" in shown
    assert SECRET not in shown


def test_libraries_that_say_secrets_say_no_more_than_warnings() -> None:
    (line,) = logged(
        """
for name in ("httpx", "httpcore", "slack_bolt", "slack_sdk", "apscheduler", "aiosqlite"):
    logging.getLogger(name).info("headers and bodies")
    logging.getLogger(f"{name}.inner").debug("headers and bodies")
logging.getLogger("httpx").warning("of interest")
"""
    )
    assert line["event"] == "of interest"


def test_what_is_below_the_level_is_not_written() -> None:
    (line,) = logged('log.info("no"); log.warning("yes")', level="warning")
    assert line["event"] == "yes"
