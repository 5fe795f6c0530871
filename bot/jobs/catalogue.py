"""Every scheduled job."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.services.services import Services


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done again and again.

    A run that was missed is not made up for: each of these reads from where it stopped.

    Attributes:
        every: how often; runs fall on whole multiples of it.
    """

    name: str
    purpose: str
    every: timedelta
    work: Callable[[], Awaitable[object]]


def catalogue(services: Services) -> list[Job]:
    """All jobs of this program."""
    return [
        Job(
            "expire changes",
            "ends changes that nobody decided",
            timedelta(minutes=1),
            services.changes.expire,
        ),
        *(
            Job(
                f"poll {account.name}",
                "reads the call history",
                timedelta(minutes=account.poll_minutes),
                partial(services.polls.run, account.name),
            )
            for account in services.polls.polled()
        ),
    ]
