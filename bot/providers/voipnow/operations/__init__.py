"""Every call of VoipNow's UnifiedAPI that is known: the documented deletion first."""

from bot.providers.voipnow.operations.calls import CALL_CALLS
from bot.providers.voipnow.operations.events import EVENT_CALLS
from bot.providers.voipnow.operations.extensions import EXTENSION_CALLS
from bot.providers.voipnow.operations.history import HISTORY_CALLS

OPERATIONS = (*EVENT_CALLS, *CALL_CALLS, *EXTENSION_CALLS, *HISTORY_CALLS)
