"""A simulated Yay.com account: everything in it, and what a test may look at or arrange.

Objects are kept as the API shows them, by UUID. Field lists are those of the fact sheet (A4 to A6).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from uuid import uuid4

from bot.demo.providers.yay.envelope import Refused, bad_request, not_found
from bot.demo.providers.yay.faults import FaultKind, Faults
from bot.demo.providers.yay.flow_rules import Kind, check_flow
from bot.demo.providers.yay.history import CallRecord
from bot.demo.providers.yay.hooks import Delivery, HookKind, deliver

if TYPE_CHECKING:
    from bot.demo.providers.yay.calls import SimulatedCall

Row = dict[str, Any]
Rows = dict[str, Row]
ExtensionOf = Literal["flow", "group", "user", "mailbox-menu"]

_FIRST_EXTENSION: Mapping[ExtensionOf, int] = {
    "flow": 501,
    "group": 601,
    "mailbox-menu": 701,
    "user": 1001,
}
_FLOW_DEFAULTS = {"show_call_route_name": False, "show_original_caller_id": False}
_NUMBER_DEFAULTS: Row = {
    "name": "",
    "call_flow": None,
    "out_of_hours": None,
    "trunk": None,
    "emergency_address": None,
    "number_address": None,
    "can_invite_anonymously": False,
}
_NUMBER_FIXED = ("country_code", "number", "price_category", "required_address_type")


class SeenRequest(NamedTuple):
    """A request as it came in.

    Attributes:
        path: with the query string, if there was one.
        headers: names in lower case, without the password.
        body: the decoded JSON, the text where it is none, or None without a body.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Account:
    """Everything that one account holds.

    Attributes:
        name: the company's.
        balance: pounds.
        statuses: `online` or `offline` by the UUID of a SIP user.
        contacts: by the UUID of a phone book.
        history: ended calls, in the order in which they ended.
        hooks: where the web hooks "call" (Call Ended) and "voicemail" (Voicemail Notify) go.
        calls: calls of this run, by id.
        requests: what came in over HTTP, in order.
        refusals: why requests were refused, in order; the API itself does not tell.
        deliveries: hooks that were sent, in order.
    """

    name: str = "Acme"
    balance: float = 0.0
    flows: Rows = field(default_factory=dict)
    numbers: Rows = field(default_factory=dict)
    users: Rows = field(default_factory=dict)
    groups: Rows = field(default_factory=dict)
    queue_groups: Rows = field(default_factory=dict)
    sounds: Rows = field(default_factory=dict)
    playlists: Rows = field(default_factory=dict)
    mailboxes: Rows = field(default_factory=dict)
    diaries: Rows = field(default_factory=dict)
    caller_ids: Rows = field(default_factory=dict)
    departments: Rows = field(default_factory=dict)
    trunks: Rows = field(default_factory=dict)
    phone_books: Rows = field(default_factory=dict)
    contacts: dict[str, list[Row]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    history: list[CallRecord] = field(default_factory=list)
    hooks: dict[HookKind, str] = field(default_factory=dict)
    calls: dict[str, SimulatedCall] = field(default_factory=dict)
    requests: list[SeenRequest] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    watchers: list[Callable[[SimulatedCall], None]] = field(default_factory=list)

    def has(self, kind: Kind, uuid: str) -> bool:
        """Whether an object that a flow may point at exists."""
        return uuid in self._collection(kind)

    def _collection(self, kind: Kind) -> Rows:
        return {
            "sipuser": self.users,
            "huntgroup": self.groups,
            "sound": self.sounds,
            "playlist": self.playlists,
            "mailbox": self.mailboxes,
            "trunk": self.trunks,
        }[kind]

    # Call flows

    def add_flow(self, body: Row, on: date) -> Row:
        """Creates a call flow and gives what the API answers, which lacks `updated_on`.

        Raises:
            Refused: with status 400.
        """
        self._accept_flow(body)
        uuid, day = str(uuid4()), on.isoformat()
        flow = {**_FLOW_DEFAULTS, **body, "uuid": uuid, "created_on": day, "updated_on": day}
        self.flows[uuid] = flow
        return {name: value for name, value in flow.items() if name != "updated_on"}

    def replace_flow(self, uuid: str, body: Row, on: date) -> Row:
        """Replaces a call flow as a whole: what the body leaves out goes back to its default.

        Raises:
            Refused: with status 404 or 400.
        """
        old = self.find(self.flows, uuid)
        self._accept_flow(body, own=uuid)
        self.flows[uuid] = {
            **_FLOW_DEFAULTS,
            **body,
            "uuid": uuid,
            "created_on": old["created_on"],
            "updated_on": on.isoformat(),
        }
        return self.flows[uuid]

    def remove_flow(self, uuid: str) -> None:
        """Deletes a call flow; numbers that used it have none afterwards (a guess).

        Raises:
            Refused: with status 404.
        """
        self.find(self.flows, uuid)
        del self.flows[uuid]
        for number in self.numbers.values():
            if number["call_flow"] == uuid:
                number["call_flow"] = None

    def _accept_flow(self, body: Row, own: str | None = None) -> None:
        check_flow(body, self.has)
        if body["extension"] in self.extensions(except_flow=own):
            raise bad_request(f"extension {body['extension']} is taken")

    # Numbers and extensions

    def replace_number(self, uuid: str, body: Row, on: date) -> Row:
        """Replaces what may be changed of a phone number.

        The path, and that it replaces the whole like every PUT, are a guess of the fact sheet. What
        the account did not choose (the number itself) may be sent back but not changed.

        Raises:
            Refused: with status 404 or 400.
        """
        old = self.find(self.numbers, uuid)
        for name in ("uuid", "created_on", "updated_on"):
            if name in body:
                raise bad_request(f"{name} does not belong in the body")
        for name in _NUMBER_FIXED:
            if body.get(name, old[name]) != old[name]:
                raise bad_request(f"{name} cannot be changed")
        for name, kind in (("name", str), ("can_invite_anonymously", bool)):
            if not isinstance(body.get(name, _NUMBER_DEFAULTS[name]), kind):
                raise bad_request(f"{name} is of the wrong type")
        places = {"call_flow": self.flows, "out_of_hours": self.diaries, "trunk": self.trunks}
        for name, rows in places.items():
            there = body.get(name) is None or (isinstance(body[name], str) and body[name] in rows)
            if not there:
                raise bad_request(f"{name} points at nothing")
        changed = {name: body.get(name, default) for name, default in _NUMBER_DEFAULTS.items()}
        self.numbers[uuid] = {**old, **changed, "updated_on": on.isoformat()}
        return self.numbers[uuid]

    def extensions(self, except_flow: str | None = None) -> set[int]:
        """Every extension in use, those of users, groups, queues and flows."""
        return {
            *(user["extension"] for user in self.users.values()),
            *(group["extension_number"] for group in self.groups.values()),
            *(queue["extension_number"] for queue in self.queue_groups.values()),
            *(flow["extension"] for uuid, flow in self.flows.items() if uuid != except_flow),
        }

    def next_extension(self, kind: ExtensionOf) -> int:
        """The lowest free extension where this kind of object usually has its own."""
        taken = self.extensions()
        return next(n for n in itertools.count(_FIRST_EXTENSION[kind]) if n not in taken)

    @staticmethod
    def e164(number: Row) -> str:
        """A phone number of the account with a plus, put together from its two parts."""
        return f"+{number['country_code']}{number['number']}"

    def line(self, to: str) -> Row | None:
        """The phone number of the account that somebody dials, or None."""
        return next((row for row in self.numbers.values() if self.e164(row) == to), None)

    def user_at(self, extension: str) -> Row | None:
        """The SIP user with an extension, or None."""
        users = self.users.values()
        return next((user for user in users if str(user["extension"]) == extension), None)

    def online(self, uuid: str) -> bool:
        """Whether a SIP user has a device registered."""
        return self.statuses.get(uuid) == "online"

    @staticmethod
    def find(rows: Mapping[str, Row], uuid: str) -> Row:
        """An object by its UUID.

        Raises:
            Refused: with status 404.
        """
        if uuid not in rows:
            raise not_found(f"there is no {uuid}")
        return rows[uuid]

    def name_of(self, uuid: object) -> str:
        """What people call an object that a call meets, or a plain word where it is gone."""
        places: Iterable[Rows] = (
            self.sounds,
            self.playlists,
            self.mailboxes,
            self.groups,
            self.trunks,
            self.flows,
        )
        rows = (rows[uuid] for rows in places if isinstance(uuid, str) and uuid in rows)
        return next((str(row["name"]) for row in rows), "something that is gone")

    # Calls

    async def call_ended(self, record: CallRecord) -> None:
        """Puts a call into the history and tells the web hooks; a voicemail is told twice.

        Both events share the call's UUID. A delivery that fails is not repeated (unknown of the
        real one).
        """
        self.history.append(record)
        self.balance = round(self.balance - record.cost, 4)
        await self._tell("call", record.call_ended())
        if record.mailbox:
            await self._tell("voicemail", record.voicemail_notify())

    async def _tell(self, kind: HookKind, body: Row) -> None:
        if url := self.hooks.get(kind):
            self.deliveries.append(await deliver(kind, url, body))

    async def redeliver(self, uuid: str) -> Delivery:
        """Sends the last delivery about a call once more, byte for byte.

        Raises:
            LookupError: nothing was delivered about that call.
        """
        last = next((one for one in reversed(self.deliveries) if one.uuid == uuid), None)
        if last is None:
            raise LookupError(f"nothing was delivered about call {uuid}")
        again = await deliver(last.kind, last.url, last.body)
        self.deliveries.append(again)
        return again

    def changed(self, call: SimulatedCall) -> None:
        """Tells whoever watches the telephone that a call has moved on."""
        for watch in tuple(self.watchers):
            watch(call)

    # Faults

    def fail(
        self,
        path: str | None,
        kind: FaultKind,
        times: int = 1,
        *,
        method: str | None = None,
    ) -> None:
        """Makes the next requests to a path (None: to any) go wrong.

        Args:
            path: the exact path, without the query string.
            kind: `html` 200 with a page; `empty` 200 without a body; `slow` answers only after
                `release`; `lost` does the work and drops the connection; `refused` 403;
                `server_error` 500 with a page; `garbled` JSON without the envelope;
                `rate_limited` 429 with `Retry-After`.
            times: how many requests it strikes.
            method: only requests with this method.
        """
        self.faults.plan(path, kind, times, method)

    def release(self) -> None:
        """Lets all slow answers go, and keeps later ones from waiting."""
        self.faults.released.set()
