"""How the demo's Slack says no."""

from collections.abc import Sequence
from typing import Any


class SlackRefusal(Exception):
    """Slack refused, with one of the error words of its documentation.

    Attributes:
        error: the word, e.g. ``channel_not_found``.
        messages: what ``response_metadata.messages`` holds, one sentence a finding.
        extra: further fields of the answer, such as ``needed`` of ``missing_scope``.
    """

    def __init__(self, error: str, messages: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(error if not messages else f"{error}: {'; '.join(messages)}")
        self.error = error
        self.messages = list(messages)
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The JSON body of a Web API answer that carries this refusal."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
            if self.error == "invalid_blocks":
                body["errors"] = [message.removeprefix("[ERROR] ") for message in self.messages]
        return body
