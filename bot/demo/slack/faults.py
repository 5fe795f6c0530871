"""Scripted trouble: what a test wants the Web API to do badly, and for how often."""

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass
class Fault:
    """What goes wrong with the next calls of a method.

    Attributes:
        method: the method, or ``*`` for each.
        error: Slack's word to refuse with, before anything is done; None lets it be done.
        status: HTTP status; 429 goes with ``ratelimited``.
        retry_after: seconds in the ``Retry-After`` header.
        loses_answer: it is done, and the connection ends without an answer.
        gate: the call waits until this is set before it is done.
        times: how often yet.
        applies: looks at the arguments; None means to every call.
    """

    method: str
    error: str | None = None
    status: int = 200
    retry_after: int | None = None
    loses_answer: bool = False
    gate: asyncio.Event | None = None
    times: int = 1
    applies: Callable[[Mapping[str, Any]], bool] | None = None


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Script one more."""
        self._coming.append(fault)

    def take(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        """The fault that meets this call, counted down; None when all goes well."""
        for fault in self._coming:
            fits = fault.method in ("*", method)
            if fits and (fault.applies is None or fault.applies(arguments)):
                fault.times -= 1
                if fault.times <= 0:
                    self._coming.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """All goes well from now on."""
        self._coming.clear()


class Pace:
    """Slack's limit of about one posted message a second and channel.

    Attributes:
        seconds: between two messages to a channel; None sets no limit.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next_at: dict[str, float] = {}
        self.seconds: float | None = None

    def wait_for(self, channel: str) -> int:
        """Whole seconds until the channel takes a message; 0 takes it and counts it."""
        if self.seconds is None:
            return 0
        now = self._clock()
        left = self._next_at.get(channel, now) - now
        if left > 0:
            return math.ceil(left)
        self._next_at[channel] = now + self.seconds
        return 0
