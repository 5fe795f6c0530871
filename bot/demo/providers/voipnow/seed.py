"""The demo's company on VoipNow: an office of nine telephones, a queue and a menu.

Its numbers are of the ranges that are kept for drama, so that nobody's telephone rings.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.demo.providers.voipnow.account import Account, Extension

RECEPTION, SERVICE = "0003*210", "0003*301"
RECEPTION_NUMBER, SERVICE_NUMBER = "+12025550110", "+12025550111"

_PHONES = (
    ("0003*210", "Reception", RECEPTION_NUMBER, "Yealink T46S 66.86.0.15"),
    ("0003*211", "Nora Blake", "+12025550112", "Zoiper rv2.10.19"),
    ("0003*212", "Sam Ortiz", "", "Grandstream GXP2170"),
    ("0003*213", "Workshop", "", ""),
)
_PAST = (
    (26 * 60, "+12025550142", RECEPTION_NUMBER, "8", "0", 95),
    (25 * 60, "0003*211", "+12025550177", "4", "0", 240),
    (5 * 60, "0003*212", "0003*210", "2", "3", 0),
    (90, "+12025550163", SERVICE_NUMBER, "8", "3", 0),
)
"""Minutes ago, source, destination, flow, disposition, seconds."""


def demo_company(now: datetime) -> Account:
    """A fresh account, with calls of the day before an aware instant."""
    account = Account()
    for number, name, did, device in _PHONES:
        account.add(Extension(number, name, did=did, device=device))
    account.add(Extension(SERVICE, "Service", "queue", SERVICE_NUMBER))
    account.add(Extension("0003*401", "Welcome", "ivr"))
    account.agents[SERVICE] = {"0003*210": 1, "0003*211": 2, "0003*212": 0}
    for minutes, source, destination, flow, disposition, seconds in _PAST:
        began = now - timedelta(minutes=minutes)
        view: dict[str, Any] = {
            "source": source,
            "destination": destination,
            "duration": str(seconds),
            "flow": flow,
            "disposition": disposition,
        }
        if disposition == "0":
            view["answered"] = (began + timedelta(seconds=6)).isoformat()
        account.records[account.new_id("a417", 20)] = {
            "published": began.isoformat(),
            "phoneCallView": [view],
        }
    return account
