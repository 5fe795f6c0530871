"""Calls of the simulated VoipNow: who rings, what they tell the event addresses, how they end.

Nothing waits in real time: a call takes the seconds that it is told to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from bot.demo.providers.voipnow.hooks import deliver

if TYPE_CHECKING:
    from bot.demo.providers.voipnow.account import Account

State = Literal["ringing", "answered", "ended"]

DIAL_IN, DIAL_OUT, HANG_UP, ANSWERED_IN, ANSWERED_OUT = "0", "1", "2", "3", "4"
LOCAL, OUT, IN = "2", "4", "8"
_RINGS, _TALKS = "3", "5"
_DISPOSITIONS = {"ANSWER": "0", "BUSY": "1", "NOANSWER": "3", "CANCEL": "3"}


class NotNow(ValueError):
    """The call is not in a state in which that can be done."""


class SimulatedCall:
    """One call between an extension and somebody. Its attributes are for reading.

    Attributes:
        id: under which the API, the history and (as CallAPIID) the events tell of it.
        extension: ours.
        source: who calls: a number, `anonymous`, or an extension.
        destination: who is called.
        did: the public number that was dialled, for a call that came in.
        seconds: since it began.
        status: how it ended: ANSWER, BUSY, NOANSWER, CANCEL; empty before.
    """

    def __init__(
        self,
        account: Account,
        clock: Callable[[], datetime],
        *,
        extension: str,
        source: str,
        destination: str,
        flow: str,
        did: str = "",
        nonce: str = "",
    ) -> None:
        self.id = account.new_id("b817", 20)
        self.extension, self.source, self.destination = extension, source, destination
        self.flow, self.did, self.nonce = flow, did, nonce
        self.state: State = "ringing"
        self.started_at = clock()
        self.answered_at: datetime | None = None
        self.seconds = 0
        self.status = ""
        self.on_hold = self.recording = self.parked = False
        self._account = account

    async def begin(self) -> None:
        """Rings."""
        self._account.calls[self.id] = self
        if self.flow == OUT:
            await self._tell(DIAL_OUT, self.source, "CALLING")
        else:
            await self._tell(DIAL_IN, self.destination, "CALLING")

    async def answer(self, after: int = 5) -> None:
        """The other side takes the call after some seconds."""
        self._require("ringing")
        self.seconds += after
        self.state, self.answered_at = "answered", self.started_at + timedelta(seconds=self.seconds)
        if self.flow == OUT:
            await self._tell(ANSWERED_OUT, self.source, "CALLING")
        else:
            await self._tell(ANSWERED_IN, self.destination, "CALLING")

    async def hang_up(self, after: int = 20) -> None:
        """Somebody ends the call after some seconds; a caller who does so was not answered."""
        await self._end("ANSWER" if self.state == "answered" else "CANCEL", after)

    async def ring_out(self, after: int = 25) -> None:
        """Nobody takes the call."""
        self._require("ringing")
        await self._end("NOANSWER", after)

    async def be_busy(self) -> None:
        """Our side is busy."""
        self._require("ringing")
        await self._end("BUSY", 1)

    async def transfer(self, to: str) -> None:
        """Goes to another extension or number; our extension is out of it."""
        if to in self._account.extensions:
            self.extension = to
        if self.flow == OUT:
            self.source = to
        else:
            self.destination = to
        self._account.changed(self)

    async def _end(self, status: str, after: int) -> None:
        if self.state == "ended":
            raise NotNow("The call is over.")
        self.seconds += after
        self.state, self.status = "ended", status
        self._account.calls.pop(self.id, None)
        self._account.records[self.id] = self._record()
        await self._tell(HANG_UP, self.source if self.flow == OUT else self.destination, status)

    def _require(self, state: State) -> None:
        if self.state != state:
            raise NotNow(f"The call is {self.state}.")

    # What is told

    def shown(self) -> dict[str, Any]:
        """The call as the API lists it; numbers are text, empty fields are left out."""
        view = {
            "id": "01",
            "extension": self.extension,
            "source": self.source,
            "destination": self.destination,
            "flow": self.flow,
            "status": _TALKS if self.state == "answered" else _RINGS,
            "onHold": "1" if self.on_hold else "0",
            "recording": "1" if self.recording else "0",
            "parked": "1" if self.parked else "",
            "answered": self._answered(),
        }
        call = {
            "id": self.id,
            "nonce": self.nonce,
            "extension": self.extension,
            "ownerId": self._account.user_id,
            "ownerName": self._account.owner_name,
            "published": self.started_at.isoformat(),
            "answered": self._answered(),
            "phoneCallView": [{name: value for name, value in view.items() if value}],
        }
        return {name: value for name, value in call.items() if value}

    def _answered(self) -> str:
        return self.answered_at.isoformat() if self.answered_at else ""

    def _record(self) -> dict[str, Any]:
        talked = self.answered_at is not None
        view = {
            "source": self.source,
            "destination": self.destination,
            "duration": str(self.seconds if talked else 0),
            "flow": self.flow,
            "disposition": _DISPOSITIONS[self.status],
            "answered": self._answered(),
        }
        if self.flow == IN and self.did:
            # Who was called from outside dialled the public number.
            view["destination"] = self.did
        return {
            "published": self.started_at.isoformat(),
            "phoneCallView": [{name: value for name, value in view.items() if value}],
        }

    async def _tell(self, kind: str, extension: str, status: str) -> None:
        ours = extension in self._account.extensions
        fields = {
            "CallID": f"{int(self.started_at.timestamp())}.{self.id[-4:]}",
            "CallAPIID": self.id,
            "CallerIDNum": self.source,
            "CallerIDName": "",
            "CalledDID": self.did,
            "CalledExtension": "" if self.flow == OUT else self.destination,
            "CallStatus": status,
            "CallFlow": "OUT" if self.flow == OUT else "IN",
            "CallerExtension": "" if self.flow == IN else self.source,
            "CalledNumber": self.did or self.destination,
        }
        wanted = [
            event
            for event in self._account.events.values()
            if (event["of"], event["type"], event["status"]) == (extension, kind, "1")
        ]
        for event in wanted if ours else []:
            post = event["method"] == "1"
            sent = await deliver(kind, event["url"], fields, post=post)
            self._account.deliveries.append(sent)
        self._account.changed(self)
