"""A provider's raw answer for a reader: a table where it is one, JSON where it is short."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.blocks import Block, say
from bot.slack.text import Md, escaped, shortened

MOST_TEXT = 2_800
MOST_ROWS, MOST_COLUMNS = 25, 5
WIDEST = 28


def shown(result: Any) -> list[Block] | None:
    """The answer as blocks; None where it is too much for a message."""
    rows = _rows(result)
    text = _table(rows) if rows else json.dumps(result, indent=2, ensure_ascii=False)
    if len(escaped(text)) > MOST_TEXT:
        return None
    return [say(Md(f"```{escaped(text) or ' '}```"))]


def _rows(result: Any) -> list[Mapping[str, Any]]:
    """The rows of an answer that is a list of flat objects, few enough to read."""
    if not isinstance(result, list) or not 0 < len(result) <= MOST_ROWS:
        return []
    rows: list[Mapping[str, Any]] = [row for row in result if isinstance(row, dict)]
    flat = all(not isinstance(value, dict | list) for row in rows for value in row.values())
    narrow = len({key for row in rows for key in row}) <= MOST_COLUMNS
    return rows if len(rows) == len(result) and flat and narrow else []


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    names = list(dict.fromkeys(key for row in rows for key in row))
    cells = [names, *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _cell(value: Any) -> str:
    return "" if value is None else shortened(str(value), WIDEST)
