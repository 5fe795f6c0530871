"""What came of something a person did."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """How the app answered a person's doing, as the person's client learns it.

    Attributes:
        ok: Slack took it and the app acknowledged in time.
        error: Slack's word for what went wrong, e.g. ``operation_timeout``; None when ok.
        status: HTTP status of the app's answer; 200 for an acknowledged socket envelope; None when
            there was no answer.
        body: what the app answered with: decoded JSON, a string, or None. For a refused form
            ``{"errors": {block_id: sentence}}``.
        words: the sentence that the person is shown; empty when ok.
    """

    ok: bool
    error: str | None = None
    status: int | None = None
    body: Any = None
    words: str = ""
