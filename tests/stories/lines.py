"""The settings that stories run with."""

from __future__ import annotations

from typing import Any

from bot.demo.providers.yay.seed import FREEPHONE, MANCHESTER, SALES, SUPPORT

ACCOUNT = "london"
PASSWORD, HOOK_SECRET = "yay-password", "hook-secret-of-the-stories"
SIGNING_SECRET = "signing-secret-of-the-stories"

CUSTOMER, OTHER_CUSTOMER = "+447700900142", "+447700900367"
"""Numbers that call."""

__all__ = ["FREEPHONE", "MANCHESTER", "SALES", "SUPPORT"]


def settings_of(slack: dict[str, str], database_url: str, yay_url: str) -> dict[str, Any]:
    return {
        "slack": slack,
        "web": {"port": 0},
        "database": {"url": database_url},
        "accounts": {
            ACCOUNT: {
                "provider": "yay",
                "reseller": "acme",
                "user": "admin",
                "password": PASSWORD,
                "base_url": yay_url,
                "webhook_secret": HOOK_SECRET,
                "per_second": 1000.0,
                "poll_minutes": 0,
                "paths": {"call_history": "/voip/call/history"},
            }
        },
        "lines": [
            {"name": "Sales", "account": ACCOUNT, "number": SALES, "channel": "C0SALES"},
            {"name": "Support", "account": ACCOUNT, "number": SUPPORT, "channel": "C0SUPPORT"},
            {"name": "Manchester", "account": ACCOUNT, "number": MANCHESTER},
        ],
        "channels": {"default": "C0PHONES", "approvals": "C0APPROVE", "admin": "C0ADMIN"},
        "roles": {
            "admin": ["U0ANNA"],
            "manager": ["S0TELECOM"],
            "operator": ["U0OLGA"],
            "agent": ["S0AGENTS"],
            "viewer": ["*"],
        },
    }
