"""A call from outside to an extension, and the web hooks that tell of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from bot.demo.providers.ringme.account import Account, Extension
from bot.demo.providers.ringme.hooks import deliver

MICROSECOND = timedelta(microseconds=1)


class SimulatedCall:
    """A call from outside: it rings at once, and is then answered or not.

    Args:
        from_: E.164 with a plus, or `anonymous`.
        to: the number of an extension.

    Attributes:
        id: of the whole call.
        outcome: `answered` or `missed` once it is over.
    """

    def __init__(
        self, account: Account, clock: Callable[[], datetime], from_: str, to: str
    ) -> None:
        extension = account.at(to)
        if extension is None:
            raise LookupError(f"there is no extension {to}")
        self.id = uuid4().hex
        self.outcome: str | None = None
        self._account, self._clock, self._from = account, clock, from_.removeprefix("+")
        self._extension: Extension = extension
        self._api_id = f"{extension.number}-{uuid4().hex}"
        self._began = clock()
        self._answered: datetime | None = None

    async def begin(self) -> None:
        """It rings."""
        row = self._extension.row
        self._extension.live[self._api_id] = {
            "call_api_id": self._api_id,
            "called_number": row["name"],
            "called_did": self._extension.ani,
            "caller_id_number": self._from,
            "caller_id_name": self._from,
            "call_flow": "in",
            "extension_id": self._extension.id,
            "init_time_gmt": self._began.strftime("%Y-%m-%d %H:%M:%S,%f"),
            "answer_time_gmt": None,
            "real_call": True,
        }
        await self._tell("dial-in", {"CallStatus": "CALLING"})

    async def answer(self) -> None:
        """Somebody takes it."""
        self._answered = self._clock()
        if self._api_id in self._extension.live:
            answered = self._answered.strftime("%Y-%m-%d %H:%M:%S,%f")
            self._extension.live[self._api_id]["answer_time_gmt"] = answered
        await self._tell("answer", {"CallStatus": "ANSWER"})

    async def hang_up(self, status: str = "") -> None:
        """It ends.

        Args:
            status: the provider's word; the usual one unless told.
        """
        self._extension.live.pop(self._api_id, None)
        self.outcome = "answered" if self._answered else "missed"
        ended = self._clock()
        usual = "ANSWER" if self._answered else "CANCEL"
        fields = {
            "CallStatus": status or usual,
            "Duration": str((ended - self._began) // MICROSECOND),
        }
        if self._answered:
            fields["BridgedDuration"] = str((ended - self._answered) // MICROSECOND)
        if self._extension.type in ("queue", "ivr"):
            fields["Bridged"] = "yes" if self._answered else "no"
        await self._tell("hangup", fields)

    async def _tell(self, event: str, fields: dict[str, str]) -> None:
        row = self._extension.row
        at = self._clock()
        common = {
            "EventType": event,
            "CallID": self.id,
            "SubCallID": f"{self.id}-1",
            "CallAPIID": self._api_id,
            "CallerIDNum": self._from,
            "CallerIDName": self._from,
            "CalledDID": self._extension.ani,
            "CalledNumber": self._extension.number,
            "CalledExtension": f"{row['name']}@{row['domain']}",
            "CalledExtensionID": str(self._extension.id),
            "CallFlow": "in",
            "EventTime": str(int(at.timestamp()) * 1_000_000 + at.microsecond),
        }
        for hook in list(self._extension.events.values()):
            if hook["event_type"] == event:
                self._account.deliveries.append(await deliver(hook, event, {**common, **fields}))
