"""Calls that were seen, from call detail records."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.voipnow.operations.history import CallRecord
from bot.providers.voipnow.parties import instant, is_extension, party, short
from bot.providers.voipnow.settings import VoipNowSettings

_FLOWS = {2: Direction.INTERNAL, 4: Direction.OUTBOUND, 8: Direction.INBOUND}
_ANSWERED = 0


def seen(settings: VoipNowSettings, key: str, record: CallRecord) -> CallSeen | None:
    """The call of a record; None where it has no id or no time, which nobody could place.

    A call that went on inside has several connections: it came in if one of them did, and was
    answered if one of them was, other than by a queue of the settings, which takes every call.

    Args:
        key: of the record in its page, which is the call's id.
    """
    views = record.views()
    at = instant(record.published, ZoneInfo(settings.time_zone))
    id_ = key or record.id
    if at is None or not isinstance(id_, str) or not id_:
        return None
    outside = next((view for view in views if view.flow in (4, 8)), views[0])
    direction = _FLOWS.get(outside.flow, Direction.INTERNAL)
    taken = [
        view
        for view in views
        if view.disposition == _ANSWERED and view.destination not in settings.queues
    ]
    answered = bool(taken)
    by = taken[-1].destination if taken else ""
    return CallSeen(
        id=id_,
        direction=direction,
        verdict=Verdict.ANSWERED if answered else Verdict.MISSED,
        caller=party(outside.source, settings.region),
        called=party(outside.destination, settings.region),
        started_at=at,
        answered_by=short(by) if isinstance(by, str) and is_extension(by) else "",
    )
