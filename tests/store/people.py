"""People and rows that the store's tests share."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bot.domain.numbers import PhoneNumber
from bot.domain.people import Person
from bot.domain.states import ChangeState
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.store.tables import ChangeRow

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANNA, BEN = Person("U0ANNA", "Anna"), Person("U0BEN", "Ben")
CROWD = [Person(f"U0CROWD{number}", f"Colleague {number}") for number in range(50)]


def seen(
    call: str | None = None,
    verdict: Verdict = Verdict.MISSED,
    *,
    at: datetime = NOON,
    answered_by: str = "",
) -> CallSeen:
    """News of an inbound call."""
    return CallSeen(
        id=call or uuid4().hex,
        direction=Direction.INBOUND,
        verdict=verdict,
        caller=PhoneNumber("+442079460018"),
        called=PhoneNumber("+442079460000"),
        started_at=at,
        waited=12,
        answered_by=answered_by,
    )


def change(
    state: ChangeState = ChangeState.WAITING,
    *,
    asked_at: datetime = NOON,
    expires_after: timedelta | None = timedelta(hours=24),
) -> ChangeRow:
    """A change that Anna asks for."""
    return ChangeRow(
        account="london",
        action={"kind": "route_number", "number": "7"},
        summary="Route +44 20 7946 0000 to Main",
        details=["Flow: Night → Main"],
        state=state,
        asked_by=ANNA.id,
        asked_name=ANNA.name,
        asked_at=asked_at,
        expires_at=asked_at + expires_after if expires_after else None,
    )
