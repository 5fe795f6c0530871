"""A simulated VoipNow account: everything in it, and what a test may look at or arrange."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bot.demo.providers.voipnow.envelope import Refused, bad
from bot.demo.providers.voipnow.faults import FaultKind, Faults

if TYPE_CHECKING:
    from bot.demo.providers.voipnow.calls import SimulatedCall
    from bot.demo.providers.voipnow.hooks import Delivery

Row = dict[str, Any]

SELF = "@self"


class SeenRequest(NamedTuple):
    """A request as it came in.

    Attributes:
        path: as it was written, with the query string, if there was one.
        headers: names in lower case, without the token.
        body: the decoded JSON, the fields of a form without secrets, or None.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Extension:
    """An extension.

    Attributes:
        number: with the organization's: 0003*210.
        did: its public number, if it has one.
        device: what is registered; empty for nothing.
    """

    number: str
    name: str
    kind: Literal["phone", "queue", "ivr", "conference"] = "phone"
    did: str = ""
    device: str = ""


@dataclass
class Account:
    """Everything that one account holds.

    Attributes:
        user_id: of the user on whose behalf the app acts.
        events: phone call events by id; each row has its extension under `of`.
        agents: of each queue: agent number and status (0 logged out, 1 online, 2 paused).
        calls: calls that are going on, by id.
        records: call detail records by the call's id, newest last.
        faxes: faxes that were sent.
        requests: what came in over HTTP, in order.
        refusals: why requests were refused, in order.
        deliveries: requests to event addresses, in order.
    """

    user_id: str = "12"
    owner_name: str = "Harbour & Finch"
    extensions: dict[str, Extension] = field(default_factory=dict)
    events: dict[str, Row] = field(default_factory=dict)
    agents: dict[str, dict[str, int]] = field(default_factory=dict)
    calls: dict[str, SimulatedCall] = field(default_factory=dict)
    records: dict[str, Row] = field(default_factory=dict)
    faxes: list[Row] = field(default_factory=list)
    requests: list[SeenRequest] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    watchers: list[Callable[[SimulatedCall], None]] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_id(self, prefix: str, length: int) -> str:
        """An id that was not used before: letters and digits."""
        return f"{prefix}{next(self._ids):0{length - len(prefix)}d}"

    def add(self, extension: Extension) -> None:
        """Adds an extension."""
        self.extensions[extension.number] = extension

    def find(self, number: str, *kinds: str) -> Extension:
        """An extension by its number.

        Raises:
            Refused: there is none, or it is of another kind.
        """
        found = self.extensions.get(number)
        if found is None or (kinds and found.kind not in kinds):
            raise bad("extension_invalid", f"{number} is no extension that this call takes")
        return found

    def line(self, did: str) -> Extension | None:
        """The extension with a public number."""
        return next((one for one in self.extensions.values() if did and one.did == did), None)

    def check_user(self, user: str) -> None:
        """Refuses a user that is not the account's.

        Raises:
            Refused: with `user_invalid`.
        """
        if user not in ("@me", "@viewer", "@owner", self.user_id):
            raise bad("user_invalid", f"{user} is no user")

    def add_event(
        self,
        of: str,
        kind: int,
        url: str,
        at: datetime,
        *,
        method: int = 1,
        status: int = 1,
        note: str = "",
    ) -> str:
        """Adds a phone call event; answers its id."""
        id_ = self.new_id("Evt", 30)
        self.events[id_] = {
            "of": of,
            "type": str(kind),
            "id": id_,
            "url": url,
            "method": str(method),
            "status": str(status),
            "note": note,
            "modified": at.isoformat(),
        }
        return id_

    def changed(self, call: SimulatedCall) -> None:
        """Tells whoever watches the telephone that a call has moved on."""
        for watch in tuple(self.watchers):
            watch(call)

    def fail(self, where: str | None, kind: FaultKind, times: int = 1) -> None:
        """Makes the next requests go wrong.

        Args:
            where: a path as it is written in the request, without the query; `METHOD path`; or None
                for any but the one for tokens.
            kind: `html` 200 with a page; `empty` 200 without a body; `garbled` other JSON; `slow`
                answers only after `release`; `lost` does the work and drops the connection;
                `unauthorized` 401; `denied` 400 with pce_access_denied; `server_error` 500;
                `not_implemented` 501; `rate_limited` 429 with `Retry-After`.
            times: how many requests it strikes.
        """
        self.faults.plan(where, kind, times)

    def release(self) -> None:
        """Lets all slow answers go, and keeps later ones from waiting."""
        self.faults.released.set()
