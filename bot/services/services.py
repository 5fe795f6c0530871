"""All services of the program, for whoever is handed them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.clock import Clock
from bot.domain.lines import Lines
from bot.services.accounts import Accounts
from bot.services.background import Background
from bot.services.calls import Calls
from bot.services.changes import Changes
from bot.services.health import Checkup
from bot.services.intake import Intake
from bot.services.inventory import Inventory
from bot.services.permissions import Permissions
from bot.services.polls import Polls
from bot.services.record import Record


@dataclass(frozen=True, slots=True)
class Services:
    """What the bot can do."""

    accounts: Accounts
    background: Background
    calls: Calls
    changes: Changes
    checkup: Checkup
    clock: Clock
    intake: Intake
    inventory: Inventory
    lines: Lines
    permissions: Permissions
    polls: Polls
    record: Record
