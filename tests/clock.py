"""A clock that moves only when it is told to."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning."""


class FakeClock:
    """Satisfies `bot.domain.clock.Clock`."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def forward(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Let time pass; answers with the new now."""
        self._at += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self._at
