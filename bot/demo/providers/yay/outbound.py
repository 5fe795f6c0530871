"""Outbound calls (click to call): the caller's own telephone rings first, then the destination.

The body is that of the fact sheet (A5): `destination`, and `user_uuid` or `targets`; optional are
`display_name` and `caller_id`. Unlike the path it is told alike by several clients.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.demo.providers.yay.calls import Ringer, SimulatedCall, in_words, ringer_of
from bot.demo.providers.yay.envelope import bad_request
from bot.demo.providers.yay.history import CallType

if TYPE_CHECKING:
    from bot.demo.providers.yay.account import Account

RING_SECONDS = 60
COST = 0.012
"""Pounds that an answered call to a public number costs."""

_E164 = re.compile(r"\+?[1-9][0-9]{6,14}")


class OutboundCall(SimulatedCall):
    """A call that somebody of the company places."""

    call_type: CallType = "outbound"

    def __init__(
        self,
        account: Account,
        clock: Callable[[], datetime],
        own: Sequence[Ringer],
        to: Ringer,
    ) -> None:
        names = in_words([ringer.name for ringer in own])
        extension = own[0].also[0] if own else ""
        super().__init__(account, clock, from_=extension, to=to.name, line=names)
        self._own = own
        self._destination = to
        self._caller: Ringer | None = None
        if to.type == "internal":
            self.call_type = "internal"

    def _come_in(self) -> None:
        if self._own:
            self._ring(self._own, RING_SECONDS)
        else:
            self._end("missed", "Nobody who could place the call is online")

    def _picked_up(self, ringer: Ringer) -> None:
        if self._caller is None:
            self._caller = ringer
            self.from_ = ringer.also[0]
            self._add(f"{ringer.name} answers")
            self._ring([self._destination], RING_SECONDS)
        else:
            self._cost = COST if ringer.type == "number" else 0.0
            self._connect(ringer, f"{ringer.name} answers")

    def _pressed(self, digits: str) -> None:
        raise AssertionError(f"an outbound call has no menu to press {digits} in")

    def _timed_out(self) -> None:
        self.seconds += RING_SECONDS
        self._end("missed", "Nobody answers")


async def place_call(
    account: Account, clock: Callable[[], datetime], body: Mapping[str, Any]
) -> OutboundCall:
    """Places a call as the API is asked to.

    Raises:
        Refused: with status 400.
    """
    for name in ("display_name", "caller_id"):
        if not isinstance(body.get(name, ""), str):
            raise bad_request(f"{name} is no string")
    if body.get("caller_id") and body["caller_id"] not in account.caller_ids:
        raise bad_request("caller_id points at nothing")
    call = OutboundCall(account, clock, _own(account, body), _destination(account, body))
    await call.begin()
    return call


def _destination(account: Account, body: Mapping[str, Any]) -> Ringer:
    to = body.get("destination")
    if not isinstance(to, str) or not to:
        raise bad_request("destination is missing or is no string")
    if to in {str(extension) for extension in account.extensions()}:
        return Ringer(to, "internal")
    if not _E164.fullmatch(to):
        raise bad_request("destination is neither E.164 nor an extension of the account")
    return Ringer(to, "number")


def _own(account: Account, body: Mapping[str, Any]) -> list[Ringer]:
    targets = body.get("targets", [])
    if not isinstance(targets, list):
        raise bad_request("targets is no list")
    if "user_uuid" in body:
        targets = [{"type": "sipuser", "uuid": body["user_uuid"]}, *targets]
    if not targets:
        raise bad_request("neither user_uuid nor targets says who calls")
    uuids: dict[str, None] = {}
    for target in targets:
        kind = target.get("type") if isinstance(target, dict) else None
        uuid = str(target.get("uuid")) if isinstance(target, dict) else ""
        if kind == "sipuser" and uuid in account.users:
            uuids[uuid] = None
        elif kind == "huntgroup" and uuid in account.groups:
            uuids.update(dict.fromkeys(account.groups[uuid]["members"]))
        else:
            raise bad_request("a target points at nothing")
    return [ringer_of(account.users[uuid]) for uuid in uuids if account.online(uuid)]
