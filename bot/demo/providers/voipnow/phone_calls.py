"""Phone calls of the simulated API: starting, listing, doing something with them, hanging up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.demo.providers.voipnow.account import SELF, Account, Row
from bot.demo.providers.voipnow.calls import LOCAL, OUT, SimulatedCall
from bot.demo.providers.voipnow.envelope import bad

STARTS = ("simple", "callback", "conferenceInvite")

_ACTIONS: dict[str, tuple[str, ...]] = {
    "OnHold": (),
    "OffHold": (),
    "StartRecording": (),
    "StopRecording": (),
    "Park": (),
    "UnPark": ("sendCallTo",),
    "PickUp": ("sendCallTo",),
    "BargeIn": ("sendCallTo",),
    "Whisper": ("sendCallTo",),
    "Monitor": ("sendCallTo",),
    "Transfer": ("sendCallTo", "transferFromNumber"),
    "TransferToVoicemail": ("sendCallTo",),
}
_FIELDS = {
    "action", "sendCallTo", "transferFromNumber", "transferNumber", "callerId", "waitForPickup",
    "phoneCallViewId", "maxInParking", "private", "format",
}  # fmt: skip
_VIEW = {"source", "destination", "callerId", "callerDestination"}
_NUMBER = re.compile(r"\+?\d+(\*\d+)?")


async def start(account: Account, clock: Callable[[], datetime], body: Row) -> list[Row]:
    """Starts calls as the body says; the first destination of the first view counts.

    Raises:
        Refused: something is missing or malformed.
    """
    if body.keys() - {"extension", "phoneCallView", "nonce"}:
        raise bad("request_invalid", "a field is unknown")
    extension = account.find(str(body.get("extension", "")), "phone").number
    views = body.get("phoneCallView")
    if not isinstance(views, list) or not views:
        raise bad("phonecallview_invalid", "phoneCallView is no list of views")
    made = []
    for view in views:
        if not isinstance(view, dict) or view.keys() - _VIEW:
            raise bad("phonecallview_invalid", "a view has an unknown field")
        source, destination = _numbers(view, "source"), _numbers(view, "destination")
        call = SimulatedCall(
            account,
            clock,
            extension=extension,
            source=source[0],
            destination=destination[0],
            flow=LOCAL if destination[0] in account.extensions else OUT,
            nonce=str(body.get("nonce", "")),
        )
        await call.begin()
        made.append(call.shown())
    return made


def _numbers(view: Row, name: str) -> list[str]:
    numbers = view.get(name)
    if not isinstance(numbers, list) or not numbers:
        raise bad(f"{name}_invalid", f"{name} is no list of numbers")
    for number in numbers:
        if not isinstance(number, str) or not _NUMBER.fullmatch(number):
            raise bad(f"{name}_invalid", f"{number} is no number")
    return numbers


def chosen(account: Account, extension: str, words: list[str]) -> list[SimulatedCall]:
    """The calls that a path means: all of an extension, or one of them.

    Raises:
        Refused: there is no such extension, or no such call.
    """
    if extension != SELF:
        account.find(extension)
    calls = [call for call in account.calls.values() if extension in (SELF, call.extension)]
    if words:
        calls = [call for call in calls if call.id == words[0]]
        if not calls:
            raise bad("phonecall_id_invalid", "there is no such call")
    return calls


async def act(account: Account, call: SimulatedCall, body: Row) -> list[Row]:
    """Does something with a call.

    Raises:
        Refused: the action is none, or lacks what it needs.
    """
    if body.keys() - _FIELDS:
        raise bad("request_invalid", "a field is unknown")
    action = str(body.get("action", ""))
    if action not in _ACTIONS:
        raise bad("action_invalid", f"there is no action “{action}”")
    for name in _ACTIONS[action]:
        if not _NUMBER.fullmatch(str(body.get(name, ""))):
            raise bad(f"{name.lower()}_invalid", f"{name} is missing or is no number")
    match action:
        case "OnHold" | "OffHold":
            call.on_hold = action == "OnHold"
        case "StartRecording" | "StopRecording":
            call.recording = action == "StartRecording"
        case "Park" | "UnPark":
            call.parked = action == "Park"
        case "Transfer" | "TransferToVoicemail":
            parties = (call.source, call.destination, call.extension)
            if action == "Transfer" and body["transferFromNumber"] not in parties:
                raise bad("transferfromnumber_invalid", "who transfers is no party of the call")
            await call.transfer(_whole(account, str(body["sendCallTo"])))
        case _:
            # Somebody listens or talks along; the call itself stays what it is.
            account.find(_whole(account, str(body["sendCallTo"])), "phone")
    return [call.shown()]


def _whole(account: Account, number: str) -> str:
    """An extension's long number, where it was given short."""
    longer = [one for one in account.extensions if one.partition("*")[2] == number]
    return longer[0] if longer else number


async def hang_up(calls: list[SimulatedCall], query: dict[str, Any]) -> list[Row]:
    """Ends calls; with a number only those that somebody with this number is in."""
    number = query.get("phoneNumber")
    ended = [call for call in calls if number in (None, call.source, call.destination)]
    for call in ended:
        await call.hang_up(0)
    return [{"id": call.id} for call in ended]
