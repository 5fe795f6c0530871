"""A simulated IOVOX account: everything in it, and what a test may look at or arrange.

Rows have the long names of the API's answers. What is said of IOVOX is from the fact sheet (B1 to
B5) and the document of updateCallFlow.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from bot.demo.providers.iovox.documents import Refused
from bot.demo.providers.iovox.faults import FaultKind, Faults

Row = dict[str, Any]
Rows = dict[str, Row]

VARIABLE = "?"


class SeenRequest(NamedTuple):
    """A request as it came in.

    Attributes:
        name: `Interface.method`.
        headers: with their names as they were spelled, without the secure key's value.
    """

    verb: str
    name: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


@dataclass
class CallFlow:
    """A Call Flow; `root` is its `callFlow` element."""

    root: ET.Element
    kind: str = "CUSTOM"
    created: str = "2026-01-05 09:00:00"

    @property
    def name(self) -> str:
        """Its identity."""
        return self.root.get("name", "")

    def ids(self) -> set[str]:
        """Ids of all its rules."""
        return {rule.get("id", "") for rule in self.root.iter()} - {""}

    def variables(self) -> list[Row]:
        """The rules that leave something to each link, as the API lists them."""
        return [row for rule in self.root.iter() if (row := _variable(rule)) is not None]


@dataclass
class Link:
    """Where a number, a call flow and its values come together.

    Attributes:
        values: what the link has set, by rule id.
    """

    row: Row
    flow: str | None = None
    values: Rows = field(default_factory=dict)


@dataclass
class Account:
    """Everything that one account holds.

    Attributes:
        recordings: MP3 by the id of a call, of messages that callers left too.
        placed: what was given to initiateCall, in order.
        requests: what came in over HTTP, in order.
        refusals: why requests were refused, in order.
    """

    flows: dict[str, CallFlow] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    numbers: Rows = field(default_factory=dict)
    contacts: Rows = field(default_factory=dict)
    times: Rows = field(default_factory=dict)
    blocked: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    sounds: dict[tuple[str, str], Row] = field(default_factory=dict)
    sound_data: dict[tuple[str, str], bytes] = field(default_factory=dict)
    calls: list[Row] = field(default_factory=list)
    recordings: dict[str, bytes] = field(default_factory=dict)
    messages: dict[str, bytes] = field(default_factory=dict)
    texts: list[Row] = field(default_factory=list)
    placed: list[Row] = field(default_factory=list)
    requests: list[SeenRequest] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    ids: itertools.count[int] = field(default_factory=lambda: itertools.count(9001))

    def add_flow(self, xml: str, kind: str = "CUSTOM") -> CallFlow:
        """Puts a Call Flow into the account, as somebody's portal may have made it."""
        flow = CallFlow(ET.fromstring(xml), kind)  # noqa: S314 - our own text
        self.flows[flow.name] = flow
        return flow

    def replace_flow(self, name: str, root: ET.Element) -> None:
        """Lets every link of a flow use the new one; values stay by rule id."""
        held = self.flows.pop(name)
        becomes = root.attrib.pop("newName", None) or name
        root.set("name", becomes)
        flow = CallFlow(root, held.kind, held.created)
        self.flows[becomes] = flow
        variables = {row["rule_id"] for row in flow.variables()}
        for link in self.links.values():
            if link.flow == name:
                link.flow = becomes
                link.values = {id_: row for id_, row in link.values.items() if id_ in variables}

    def fail(self, name: str | None, kind: FaultKind, times: int = 1) -> None:
        """Makes the next requests for a method (None: for any) go wrong.

        Args:
            name: `Interface.method`.
            kind: `html` 200 with a page; `empty` 200 without a body; `slow` answers only after
                `release`; `lost` does the work and drops the connection; `refused` 403;
                `server_error` 500; `garbled` XML that is no response; `rate_limited` 429 with
                `Retry-After`.
            times: how many requests it strikes.
        """
        self.faults.plan(name, kind, times)

    def release(self) -> None:
        """Lets all slow answers go, and keeps later ones from waiting."""
        self.faults.released.set()


def _variable(rule: ET.Element) -> Row | None:
    base = {"rule_id": rule.get("id", ""), "rule_type": rule.tag, "rule_label": rule.get("label")}
    if rule.tag == "call" and VARIABLE in (
        rule.get("destinationPhoneNumber"),
        rule.get("destinationContactId"),
    ):
        return {**base, "contact": {"contact_id": VARIABLE, "phone_number": VARIABLE}}
    sounds = [sound for sound in rule.findall("soundFile") if sound.get("soundLabel") == VARIABLE]
    if rule.tag == "play" and sounds and rule.get("id"):
        blanks = [f"{VARIABLE}|{VARIABLE}" for _ in sounds]
        return {**base, "sound_files": {"sound_file": blanks}}
    return None
