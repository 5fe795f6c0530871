"""Every call of IOVOX that Switchboard knows, one file a noun.

`CallFlow.updateCallFlow` is as its document has it; the others are of the vendor's public pages and
of public clients, as the fact sheet marks them (part B).
"""

from __future__ import annotations

from typing import Any

from bot.providers.iovox.operations.base import IovoxOperation
from bot.providers.iovox.operations.call_flows import CALL_FLOWS
from bot.providers.iovox.operations.calls import CALLS
from bot.providers.iovox.operations.contacts import CONTACTS
from bot.providers.iovox.operations.links import LINKS
from bot.providers.iovox.operations.numbers import NUMBERS
from bot.providers.iovox.operations.rules import RULES
from bot.providers.iovox.operations.sounds import SOUNDS
from bot.providers.iovox.operations.texts import TEXTS

__all__ = ["OPERATIONS", "IovoxOperation"]

OPERATIONS: tuple[type[IovoxOperation[Any]], ...] = (
    *CALL_FLOWS,
    *CALLS,
    *LINKS,
    *NUMBERS,
    *CONTACTS,
    *RULES,
    *SOUNDS,
    *TEXTS,
)
