"""The telephone of the demo: lets a visitor call the simulated company and act for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.demo.providers.yay.api import SimulatedYay
from bot.demo.providers.yay.calls import NotNow, SimulatedCall

Call = dict[str, Any]
"""A call as the demo's page shows it."""


def shown(call: SimulatedCall) -> Call:
    """A call in the form that the demo's page reads."""
    return {
        "id": call.id,
        "from": call.from_,
        "to": call.to,
        "line": call.line,
        "state": call.state,
        "says": call.says,
        "steps": list(call.steps),
        "can": list(call.can),
        "digits": list(call.digits),
        "outcome": call.outcome,
    }


class Telephone:
    """Calls into one simulated account.

    Args:
        yay: where the calls go.
        account: what the bot calls the account.
    """

    def __init__(self, yay: SimulatedYay, account: str = "yay") -> None:
        self._yay = yay
        self._account = account

    def callers(self) -> list[dict[str, Any]]:
        """Who may call: everybody in the phone books, and somebody who withholds the number."""
        contacts = [one for book in self._yay.account.contacts.values() for one in book]
        known = [{"number": str(one["phone_number"]), "name": _name(one)} for one in contacts]
        return [*known, {"number": "anonymous", "name": "Number withheld"}]

    def lines(self) -> list[dict[str, Any]]:
        """The numbers that can be called, and the name of the call flow behind each."""
        account = self._yay.account
        return [
            {
                "account": self._account,
                "number": account.e164(number),
                "name": str(number["name"]),
                "flow": str(account.flows.get(number["call_flow"] or "", {}).get("name", "")),
            }
            for number in account.numbers.values()
        ]

    async def ring(self, from_: str, to: str) -> Call:
        """Starts a call.

        Raises:
            NoSuchLine: the account has no such number.
        """
        return shown(await self._yay.ring(from_, to))

    async def act(self, call_id: str, do: Mapping[str, Any]) -> Call:
        """Does something in a call.

        Args:
            call_id: of the call.
            do: `do` is `press` (with `digit`), `answer` (may have `by`), `ring_out`, `hang_up` or
                `leave_voicemail` (with `text`).

        Raises:
            LookupError: there is no such call.
            NotNow: it cannot do that now.
        """
        call = self._yay.account.calls.get(call_id)
        if call is None:
            raise LookupError(f"there is no call {call_id}")
        match do.get("do"):
            case "press":
                await call.press(str(do.get("digit", "")))
            case "answer":
                await call.answer(str(do["by"]) if do.get("by") else None)
            case "ring_out":
                await call.ring_out()
            case "hang_up":
                await call.hang_up()
            case "leave_voicemail":
                await call.leave_voicemail(str(do.get("text", "")))
            case unknown:
                raise NotNow(f"Nobody can {unknown} in a call.")
        return shown(call)

    def subscribe(self, watcher: Callable[[Call], None]) -> Callable[[], None]:
        """Tells a watcher of every call that moves on, also of those the API places.

        Returns:
            What ends the subscription.
        """
        watchers = self._yay.account.watchers

        def watch(call: SimulatedCall) -> None:
            watcher(shown(call))

        watchers.append(watch)
        return lambda: watchers.remove(watch)


def _name(contact: Mapping[str, Any]) -> str:
    person = f"{contact['first_name']} {contact['last_name']}".strip()
    company = contact["company_name"]
    return f"{person}, {company}" if person and company else person or str(company)
