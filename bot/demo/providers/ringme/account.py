"""A simulated client of the PBX: its extensions, and what a test may look at or arrange.

Objects are kept with the fields that the API shows, by their id.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from bot.demo.providers.ringme.envelope import File, Refused, bad_request, not_found
from bot.demo.providers.ringme.faults import FaultKind, Faults
from bot.demo.providers.ringme.hooks import Delivery

Row = dict[str, Any]
Rows = dict[int, Row]
Type = Literal["phone", "queue", "ivr", "fax"]


class SeenRequest(NamedTuple):
    """A request as it came in.

    Attributes:
        path: escaped as it was, with the query string if there was one.
        headers: names in lower case; of the credentials only the scheme.
        body: the decoded JSON, the fields of a form, the text of anything else, or None.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Extension:
    """One extension with all that belongs to it.

    Attributes:
        row: what is told of the extension itself.
        setup: how an extension of its type is set up.
        order: ids of the incoming rules, first tried first.
        contexts: menus of an IVR; each has its `options`, by digits, each with `rules` and `order`.
        live: calls that are going on, by the id for call control.
        chats: messages by chat; each says whether it was read.
        recordings: rows by uuid; `files` has their content, as that of voicemails and faxes.
        meeting: a running conference; None where nobody confers.
    """

    row: Row
    setup: Row = field(default_factory=dict)
    conference: Row = field(default_factory=dict)
    ani: str = ""
    agents: Rows = field(default_factory=dict)
    events: Rows = field(default_factory=dict)
    rules: Rows = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    intervals: Rows = field(default_factory=dict)
    contexts: Rows = field(default_factory=dict)
    mail_alerts: Rows = field(default_factory=dict)
    users: Rows = field(default_factory=dict)
    local_agents: Rows = field(default_factory=dict)
    remote_agents: Rows = field(default_factory=dict)
    aliases: list[Row] = field(default_factory=list)
    sounds: Rows = field(default_factory=dict)
    registrations: dict[str, Row] = field(default_factory=dict)
    live: dict[str, Row] = field(default_factory=dict)
    chats: dict[str, list[Row]] = field(default_factory=dict)
    recordings: dict[str, Row] = field(default_factory=dict)
    voicemails: set[str] = field(default_factory=set)
    faxes: Rows = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    waiting: list[Row] = field(default_factory=list)
    meeting: Row | None = None

    @property
    def id(self) -> int:
        """Its number in paths."""
        return int(self.row["id"])

    @property
    def type(self) -> str:
        """What kind of extension it is."""
        return str(self.row["type"])

    @property
    def number(self) -> str:
        """How colleagues dial it: 101 out of prefix*101."""
        return str(self.row["name"]).rpartition("*")[2]

    def must_be(self, type_: Type) -> None:
        """Refuse what only another type of extension can do."""
        if self.type != type_:
            raise bad_request(f"Extension is not of type {type_}")


@dataclass
class Account:
    """Everything that one client of the PBX holds.

    Attributes:
        extensions: by id.
        slots: parked calls by slot.
        transcribed: calls whose words are written down, with the directions.
        requests: what came in over HTTP, in order.
        refusals: why requests were refused, in order.
        deliveries: web hooks that were sent, in order.
    """

    client_id: int = 7001
    extensions: dict[int, Extension] = field(default_factory=dict)
    slots: dict[int, str] = field(default_factory=dict)
    transcribed: dict[str, set[str]] = field(default_factory=dict)
    requests: list[SeenRequest] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(5001))

    def next_id(self) -> int:
        """An id that nothing has."""
        return next(self._ids)

    def extension(self, id_: str) -> Extension:
        """An extension by what stands in a path; `@me` needs another kind of user."""
        if id_ == "@me":
            raise Refused(403, "The user has no extension", "access_denied")
        if not id_.isdigit() or int(id_) not in self.extensions:
            raise not_found("Extension not found")
        return self.extensions[int(id_)]

    def at(self, number: str) -> Extension | None:
        """The extension with a number, dialled with or without its prefix."""
        wanted = number.partition("@")[0].rpartition("*")[2]
        return next((each for each in self.extensions.values() if each.number == wanted), None)

    def agent(self, id_: int) -> Row | None:
        """An agent of any extension."""
        held = (each.agents for each in self.extensions.values())
        return next((agents[id_] for agents in held if id_ in agents), None)

    # Faults

    def fail(self, where: str | None, kind: FaultKind, times: int = 1) -> None:
        """Makes the next requests to a call or a path (None: to any) go wrong.

        Args:
            where: a call's name, `POST /extension/{extension_id}/event/`, or the path as it is
                sent, without the query string; `POST /oauth/token` is one too.
            kind: `html` 200 with a page; `empty` 200 without a body; `slow` answers only after
                `release`; `lost` does the work and drops the connection; `refused` 403;
                `unauthorized` 401; `server_error` 500 with a page; `garbled` JSON of another form;
                `rate_limited` 429 with the time of the reset; `moved` a redirect.
            times: how many requests it strikes.
        """
        self.faults.plan(where, kind, times)

    def release(self) -> None:
        """Lets all slow answers go, and keeps later ones from waiting."""
        self.faults.released.set()
