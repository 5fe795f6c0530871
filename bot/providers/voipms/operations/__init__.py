"""The 29 functions of the document "API DID Functions (continued)", and 52 that a bot needs."""

from __future__ import annotations

from bot.providers.voipms.operations.account import ACCOUNT
from bot.providers.voipms.operations.calls import CALLS
from bot.providers.voipms.operations.groups import GROUPS
from bot.providers.voipms.operations.numbers import NUMBERS
from bot.providers.voipms.operations.orders import ORDERS
from bot.providers.voipms.operations.queues import QUEUES
from bot.providers.voipms.operations.routes import ROUTES
from bot.providers.voipms.operations.sounds import SOUNDS
from bot.providers.voipms.operations.texts import TEXTS
from bot.providers.voipms.operations.voicemail import VOICEMAIL

OPERATIONS = (
    *NUMBERS,
    *ORDERS,
    *ROUTES,
    *GROUPS,
    *QUEUES,
    *SOUNDS,
    *TEXTS,
    *VOICEMAIL,
    *CALLS,
    *ACCOUNT,
)
