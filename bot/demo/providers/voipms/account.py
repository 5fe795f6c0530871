"""A simulated VoIP.ms account: everything in it, and what a test may look at or arrange.

Records are kept as the API shows them, by id. All values are text, as most of them were seen.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from bot.demo.providers.voipms.answers import Refused, Row
from bot.demo.providers.voipms.faults import FaultKind, Faults
from bot.demo.providers.voipms.hooks import Delivery

Rows = dict[str, Row]

_ROUTED = {
    "fwd": "forwardings",
    "grp": "ring_groups",
    "ivr": "ivrs",
    "recording": "recordings",
    "queue": "queues",
    "cb": "callbacks",
    "tc": "time_conditions",
    "disa": "disas",
    "sip": "sip_uris",
    "vm": "mailboxes",
    "account": "sub_accounts",
}


class SeenRequest(NamedTuple):
    """A request as it came in.

    Attributes:
        verb: GET or POST.
        method: the function; empty where none was named.
        given: its parameters, without the credentials.
    """

    verb: str
    method: str
    given: dict[str, str]


class Message(NamedTuple):
    """A voicemail message.

    Attributes:
        sound: its content, the same in every format.
    """

    at: datetime
    callerid: str
    seconds: int
    sound: bytes
    urgent: bool = False


class Call(NamedTuple):
    """A finished call as the call records show it.

    Attributes:
        description: the only hint at its direction.
        recorded: whether its sound was kept.
    """

    at: datetime
    callerid: str
    destination: str
    description: str
    account: str
    disposition: str
    seconds: int
    total: Decimal
    uniqueid: str
    recorded: bool = False


class Sms(NamedTuple):
    """A text, or a message with pictures.

    Attributes:
        type: 1 came in, 0 went out.
    """

    id: int
    at: datetime
    type: str
    did: str
    contact: str
    message: str
    media: tuple[str, ...] = ()


@dataclass
class Account:
    """What one account holds.

    Attributes:
        number: of the main account.
        numbers: by number, in the form of getDIDsInfo.
        registered: sub accounts that a telephone is registered for, with its address.
        messages: voicemail messages by mailbox and folder, oldest first.
        offers: numbers that can be ordered, each in the form of the search named by `search`.
        texts_today: how many texts went out on which day.
        texts_a_day: after so many, `limit_reached`.
        api_enabled: the switch of the portal.
        address_allowed: whether the caller's address is on the list of the portal.
        requests: everything that came in, in order.
        refusals: what was refused and why, for whoever reads a failing test.
        deliveries: callbacks that were sent, in order.
    """

    number: str = "100001"
    balance: Decimal = Decimal(0)
    numbers: Rows = field(default_factory=dict)
    sub_accounts: Rows = field(default_factory=dict)
    registered: dict[str, str] = field(default_factory=dict)
    forwardings: Rows = field(default_factory=dict)
    time_conditions: Rows = field(default_factory=dict)
    ring_groups: Rows = field(default_factory=dict)
    queues: Rows = field(default_factory=dict)
    members: Rows = field(default_factory=dict)
    ivrs: Rows = field(default_factory=dict)
    filters: Rows = field(default_factory=dict)
    callbacks: Rows = field(default_factory=dict)
    disas: Rows = field(default_factory=dict)
    sip_uris: Rows = field(default_factory=dict)
    phonebook: Rows = field(default_factory=dict)
    recordings: Rows = field(default_factory=dict)
    mailboxes: Rows = field(default_factory=dict)
    servers: Rows = field(default_factory=dict)
    messages: dict[tuple[str, str], list[Message]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    texts: list[Sms] = field(default_factory=list)
    pictures: list[Sms] = field(default_factory=list)
    transactions: list[tuple[datetime, Row]] = field(default_factory=list)
    offers: list[tuple[str, Row]] = field(default_factory=list)
    texts_today: dict[date, int] = field(default_factory=dict)
    texts_a_day: int = 100
    api_enabled: bool = True
    address_allowed: bool = True
    requests: list[SeenRequest] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(60_000))

    def own_number(self, did: str) -> Row:
        """A number of the account.

        Raises:
            Refused: it is none.
        """
        if did not in self.numbers:
            raise Refused("invalid_did", f"{did} is none of the account's")
        return self.numbers[did]

    def check_routing(self, routing: str) -> None:
        """See that what a routing names exists.

        Raises:
            Refused: it does not.
        """
        header, _, record = routing.partition(":")
        table = _ROUTED.get(header)
        if table is None or (header == "account" and record == self.number):
            return
        if record not in getattr(self, table):
            raise Refused("invalid_destination", f"there is no {routing}")

    def fail(self, operation: str | None, kind: FaultKind, times: int = 1) -> None:
        """Make the next calls of a function (None: of any) go wrong.

        Args:
            operation: the function's name.
            kind: `html` 200 with a page; `unavailable` 503 with a page; `proxy` 522 with a line
                of text; `server_error` 500 with an error of SOAP; `empty` 200 without a body;
                `garbled` JSON without a status; `slow` answers only after `release`; `lost` does
                the work and drops the connection; `refused` the address is not on the list;
                `rate_limited` too many calls a minute; `maintenance` the function is being
                worked on.
            times: how many calls it strikes.
        """
        self.faults.plan(operation, kind, times)

    def release(self) -> None:
        """Let all slow answers go, and keep later ones from waiting."""
        self.faults.released.set()
