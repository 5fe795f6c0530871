"""Block Kit through slack_sdk's classes, which know Slack's limits: too long fails in a test.

A `Message` is what a person reads: blocks, and the plain text that phones and screen readers get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from slack_sdk.models import blocks as slack_blocks
from slack_sdk.models.blocks import (
    ActionsBlock,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.slack.text import Md, escaped, fitting, joined, shortened

Block = slack_blocks.Block
ButtonElement = slack_blocks.ButtonElement

MOST_TEXT = 4000
"""Characters of a message's plain text that Slack takes when the message is updated."""

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}


@dataclass(frozen=True, slots=True)
class Confirm:
    """Asks once more before a button does something."""

    title: str
    text: str
    yes: str
    danger: bool = False

    def element(self) -> ConfirmObject:
        """As Block Kit has it."""
        return ConfirmObject(
            title=self.title,
            text=fitting(self.text, 300),
            confirm=self.yes,
            deny="Cancel",
            style="danger" if self.danger else None,
        )


@dataclass(frozen=True)
class Message:
    """Something to read.

    Attributes:
        text: the same in one plain line.
        metadata: event type and payload by which the bot finds its own message again.
    """

    text: str
    blocks: Sequence[Block] = ()
    metadata: Mapping[str, Any] | None = field(default=None)

    def payload(self) -> dict[str, Any]:
        """For Slack's Web API; checks every limit."""
        return dict(self._payload)

    @cached_property
    def _payload(self) -> dict[str, Any]:
        """Made once, since the checks cost more than all else that an answer costs."""
        if len(self.blocks) > MOST_BLOCKS["message"]:
            raise ValueError(f"{len(self.blocks)} blocks do not fit into a message")
        body: dict[str, Any] = {"text": fitting(self.text, MOST_TEXT)}
        if self.blocks:
            body["blocks"] = [block.to_dict() for block in self.blocks]
        if self.metadata:
            body["metadata"] = self.metadata
        return body


def heading(text: str) -> Block:
    """A title."""
    return HeaderBlock(text=PlainTextObject(text=shortened(text, 150), emoji=True))


def say(text: str, accessory: InteractiveElement | None = None) -> Block:
    """A paragraph, with a control at its right."""
    return SectionBlock(text=_mrkdwn(text, 3000), accessory=accessory)


def facts(pairs: Iterable[tuple[str, str]]) -> Block:
    """Up to ten facts in two columns."""
    return SectionBlock(
        fields=[
            _mrkdwn(Md(f"*{fitting(name, 150)}*\n{fitting(value, 1800)}"), 2000)
            for name, value in pairs
        ]
    )


def note(*texts: str) -> Block:
    """Small print."""
    return ContextBlock(elements=[_mrkdwn(text, 2000) for text in texts])


def divider() -> Block:
    """A line."""
    return DividerBlock()


def row(*elements: InteractiveElement) -> Block:
    """Buttons and menus side by side."""
    return ActionsBlock(elements=list(elements))


def button(
    label: str,
    action_id: str,
    *,
    value: str = "",
    style: str | None = None,
    confirm: Confirm | None = None,
    url: str | None = None,
) -> ButtonElement:
    """A button; its id and value come from a declaration."""
    return ButtonElement(
        text=PlainTextObject(text=shortened(label, 75), emoji=True),
        action_id=action_id,
        value=value or None,
        style=style,
        confirm=confirm.element() if confirm else None,
        url=url,
    )


def bullets(lines: Iterable[str]) -> Md:
    """Lines with bullets."""
    return joined([Md(f"• {escaped(line)}") for line in lines], "\n")


def sections(lines: Iterable[str], limit: int = 2900) -> list[Block]:
    """Lines of text in as few paragraphs as hold them."""
    blocks: list[Block] = []
    page: list[Md] = []
    size = 0
    for line in (fitting(text, limit) for text in lines):
        if page and size + len(line) + 1 > limit:
            blocks.append(say(joined(page, "\n")))
            page, size = [], 0
        page.append(line)
        size += len(line) + 1
    if page:
        blocks.append(say(joined(page, "\n")))
    return blocks


def _mrkdwn(text: str, limit: int) -> MarkdownTextObject:
    shown = escaped(text)
    if len(shown) > limit:
        raise ValueError(f"a text of {len(shown)} characters does not fit where {limit} do")
    return MarkdownTextObject(text=shown)
