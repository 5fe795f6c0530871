"""Who may do what: people, roles, rights, and an answer that says why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum


class Role(IntEnum):
    """What somebody is trusted with; each role may do what the ones below it may."""

    NOBODY = 0
    VIEWER = 1
    AGENT = 2
    OPERATOR = 3
    MANAGER = 4
    ADMIN = 5

    @property
    def title(self) -> str:
        """The role's name as the settings spell it."""
        return self.name.lower()


class Right(Enum):
    """One thing that may be done: its words for a refusal, and the least role that has it."""

    LOOK = ("look at lines, numbers and call flows", Role.VIEWER)
    SEE_CALLS = ("see missed calls", Role.AGENT)
    ANSWER_CALLS = ("claim, call back and close missed calls", Role.AGENT)
    EDIT_FLOWS = ("create and edit call flows", Role.MANAGER)
    ROUTE_NUMBERS = ("delete call flows and choose which one a number uses", Role.MANAGER)
    APPROVE = ("approve changes that others ask for", Role.MANAGER)
    CALL_OPERATIONS = ("use a provider's raw operations", Role.MANAGER)
    SEE_AUDIT = ("read the audit log", Role.MANAGER)
    SEE_HEALTH = ("see the health of accounts", Role.OPERATOR)

    def __init__(self, words: str, role: Role) -> None:
        self.words, self.role = words, role


class Standing(Enum):
    """What Slack says of an account, and why that keeps it out (nothing for a member)."""

    MEMBER = ""
    GUEST = "guests of the workspace cannot use the telephone system"
    STRANGER = "people of another organisation cannot use the telephone system"
    BOT = "bots cannot use the telephone system"
    DEACTIVATED = "this Slack account is deactivated"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the Slack workspace.

    Attributes:
        id: Slack user id, the only thing that roles are bound to.
        name: how colleagues call them.
        time_zone: IANA name from their Slack profile.
    """

    id: str
    name: str
    time_zone: str = "UTC"
    standing: Standing = Standing.MEMBER


@dataclass(frozen=True, slots=True)
class Grant:
    """The answer to "may this person do that": and because of what."""

    allowed: bool
    because: str
