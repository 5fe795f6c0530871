"""A call in progress: what the caller hears, what somebody can do now, and how it ended.

Nothing waits in real time. A call counts its own seconds: letting it ring out adds the time it
would have rung, leaving a message the time the words take.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from bot.demo.providers.yay.history import CallRecord, CallType

if TYPE_CHECKING:
    from bot.demo.providers.yay.account import Account

State = Literal["ringing", "menu", "voicemail", "answered", "ended"]
Outcome = Literal["answered", "missed", "voicemail", "busy"]
Act = Literal["press", "answer", "ring_out", "hang_up", "leave_voicemail"]

RINGS_BEFORE_ANSWER = 5
TALK_SECONDS = 60
PRESS_SECONDS = 2
WORDS_A_SECOND = 2.5


class NotNow(ValueError):
    """The call is not in a state in which that can be done."""


class NoSuchLine(ValueError):
    """The account does not have the number that was dialled."""


@dataclass(frozen=True, slots=True)
class Ringer:
    """A telephone that rings.

    Attributes:
        type: as the web hooks name it: `sipuser`, `forward`, `trunk`.
        also: other words somebody may name it by: an extension, a user name, a UUID.
    """

    name: str
    type: str
    also: tuple[str, ...] = ()

    def is_called(self, words: str) -> bool:
        """Whether somebody means this telephone."""
        return words.strip().lower() in {name.lower() for name in (self.name, *self.also)}


def ringer_of(user: dict[str, object]) -> Ringer:
    """The telephone of a SIP user."""
    also = (str(user["extension"]), str(user["user_name"]), str(user["uuid"]))
    return Ringer(str(user["display_name"]), "sipuser", also)


def is_keys(words: str) -> bool:
    """Whether somebody can press this on a telephone."""
    return bool(words) and not set(words) - set("0123456789*#")


def in_words(names: Sequence[str]) -> str:
    """Names as a sentence joins them: "Pete Marsh, Anna Holt and Ravi Shah"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


class SimulatedCall(ABC):
    """One call. Its public attributes are for reading.

    Attributes:
        id: the UUID under which hooks and history tell of it.
        from_: E.164, `anonymous`, or an extension.
        to: E.164.
        line: the name of the number that was called, or of who places the call.
        says: what the caller hears now.
        steps: what has happened, in order.
        digits: what may be pressed that leads somewhere.
        outcome: None until it has ended.
        seconds: its length so far.
    """

    call_type: CallType = "inbound"

    def __init__(
        self,
        account: Account,
        clock: Callable[[], datetime],
        *,
        from_: str,
        to: str,
        line: str,
    ) -> None:
        self.id = str(uuid4())
        self.from_ = from_
        self.to = to
        self.line = line
        self.state: State = "ringing"
        self.says = ""
        self.steps: list[str] = []
        self.digits: list[str] = []
        self.outcome: Outcome | None = None
        self.seconds = 0
        self.started_at = clock()
        self._account = account
        self._clock = clock
        self._ringing: Sequence[Ringer] = ()
        self._answered_by: Ringer | None = None
        self._recorded = False
        self._cost = 0.0
        self._mailbox = ""
        self._transcription = ""
        self._told = False
        account.calls[self.id] = self

    @property
    def can(self) -> list[Act]:
        """What can be done now."""
        match self.state:
            case "ringing":
                return ["answer", "ring_out", "hang_up"]
            case "menu":
                return ["press", "ring_out", "hang_up"]
            case "voicemail":
                return ["leave_voicemail", "hang_up"]
            case "answered":
                return ["hang_up"]
            case "ended":
                return []

    async def begin(self) -> None:
        """Lets the call come in, up to the first point where somebody decides."""
        self._come_in()
        await self._tell()

    async def press(self, digit: str) -> None:
        """The caller presses a key, or several where an extension or a PIN is asked for.

        Raises:
            NotNow: nothing can be pressed now, or these are no keys of a telephone.
        """
        self._require("press")
        if not is_keys(digit):
            raise NotNow(f"“{digit}” cannot be pressed on a telephone.")
        self.seconds += PRESS_SECONDS
        self._add(f"The caller presses {digit}")
        self._pressed(digit)
        await self._tell()

    async def answer(self, by: str | None = None) -> None:
        """Somebody answers: whoever is named, or the first who rings.

        Raises:
            NotNow: nothing rings, or not there.
        """
        self._require("answer")
        ringer = next((r for r in self._ringing if by is None or r.is_called(by)), None)
        if ringer is None:
            raise NotNow(f"It does not ring at {by}.")
        self.seconds += RINGS_BEFORE_ANSWER
        self._picked_up(ringer)
        await self._tell()

    async def ring_out(self) -> None:
        """Nobody does anything until the time is up: nobody answers, or nothing is pressed.

        Raises:
            NotNow: the call waits for nothing.
        """
        self._require("ring_out")
        self._timed_out()
        await self._tell()

    async def hang_up(self) -> None:
        """The call is ended by whoever is in it; after an answer they have talked for a minute.

        Raises:
            NotNow: it has ended already.
        """
        self._require("hang_up")
        if self.state == "answered":
            self.seconds += TALK_SECONDS
            self._end("answered", "They hang up")
        else:
            self._end("missed", "The caller hangs up")
        await self._tell()

    async def leave_voicemail(self, text: str) -> None:
        """The caller leaves a message and hangs up.

        Raises:
            NotNow: no mailbox listens.
        """
        self._require("leave_voicemail")
        self.seconds += max(3, round(len(text.split()) / WORDS_A_SECOND))
        self._transcription = text
        self._mailbox = self._answered_by.name if self._answered_by else ""
        self._end("voicemail", f"The caller leaves a message: “{text}”")
        await self._tell()

    # What the kinds of calls differ in

    @abstractmethod
    def _come_in(self) -> None:
        """The first moves."""

    @abstractmethod
    def _pressed(self, digits: str) -> None:
        """What keys do in the state `menu`."""

    @abstractmethod
    def _timed_out(self) -> None:
        """What happens when nobody does anything."""

    @abstractmethod
    def _picked_up(self, ringer: Ringer) -> None:
        """What happens when a telephone is answered."""

    # Moves

    def _add(self, words: str) -> None:
        self.steps.append(words)
        self.says = words

    def _ring(self, ringers: Sequence[Ringer], seconds: int) -> None:
        self.state, self._ringing, self.digits = "ringing", ringers, []
        self._add(f"Rings {in_words([ringer.name for ringer in ringers])} for {seconds} s")

    def _connect(self, by: Ringer, words: str) -> None:
        self.state, self._answered_by, self.digits = "answered", by, []
        self._add(words)

    def _end(self, outcome: Outcome, words: str) -> None:
        self.state, self.outcome, self.digits = "ended", outcome, []
        if outcome in ("missed", "busy"):
            self._answered_by = None
        self._add(words)

    def _require(self, act: Act) -> None:
        if act not in self.can:
            raise NotNow(f"A call that is {self.state} cannot {act.replace('_', ' ')}.")

    async def _tell(self) -> None:
        self._account.changed(self)
        if self.state == "ended" and not self._told:
            self._told = True
            await self._account.call_ended(self._record())

    def _record(self) -> CallRecord:
        by = self._answered_by
        return CallRecord(
            uuid=self.id,
            call_type=self.call_type,
            from_=self.from_,
            from_type="number" if self.call_type == "inbound" else "sipuser",
            to=self.to,
            to_type="number",
            started_at=self.started_at,
            seconds=self.seconds,
            answered_by=by.name if by else "",
            answer_type=by.type if by else "",
            recorded=self._recorded and self.outcome == "answered",
            cost=self._cost,
            mailbox=self._mailbox,
            transcription=self._transcription,
        )
