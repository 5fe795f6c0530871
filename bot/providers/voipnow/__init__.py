"""4PSA VoipNow: UnifiedAPI of an operator's own host, OAuth 2, phone call events."""

from __future__ import annotations

from bot.domain.telephony import Capability
from bot.providers.base import ProviderSpec, no, partly, yes
from bot.providers.voipnow.client import VoipNowAccount
from bot.providers.voipnow.envelope import TITLE
from bot.providers.voipnow.events import HOOKS, news
from bot.providers.voipnow.operations import OPERATIONS
from bot.providers.voipnow.settings import VoipNowSettings

_ELSEWHERE = "it is set up in the control panel or by SystemAPI, which is another interface"

SPEC = ProviderSpec(
    slug="voipnow",
    title=TITLE,
    settings=VoipNowSettings,
    connect=VoipNowAccount,
    claims={
        Capability.SUBSCRIPTIONS: yes(
            "phone call events, each of one extension and one type; deleting is documented in full"
        ),
        Capability.CALL_EVENTS: partly(
            "unsigned, and without type or time: the type is in the address, the time that of "
            "arrival. Their CallAPIID is taken for the id in the call history; if calls are shown "
            "twice, set poll_minutes to 0"
        ),
        Capability.CALL_HISTORY: partly(
            "the dates asked for are documented as those of the answer; whether they find calls "
            "that nobody took is unknown, and a call that a menu took counts as answered"
        ),
        Capability.PLACE_CALL: yes("rings the extension, which is charged, then the destination"),
        Capability.LIVE_CALLS: yes("of all the user's extensions"),
        Capability.AGENTS: partly("of the queues named in the settings, for no call lists queues"),
        Capability.QUEUES: partly("those named in the settings, with their agents"),
        Capability.EXTENSIONS: partly("telephones by number, with their presence; no names"),
        Capability.REGISTRATIONS: yes("every device of every telephone"),
        Capability.FAXES: no("the call fax.send sends one; faxes cannot be listed or fetched"),
        Capability.RECORDINGS: no(
            "a live call can be recorded (call.control), but no call lists or fetches recordings"
        ),
        Capability.VOICEMAIL: no("a live call can be sent there (call.control), nothing be read"),
        Capability.TEXTS: no("UnifiedAPI has no text messages"),
        Capability.NUMBERS: no(_ELSEWHERE),
        Capability.NUMBER_ORDERS: no(_ELSEWHERE),
        Capability.ROUTING: no(_ELSEWHERE),
        Capability.CALL_FLOWS: no(_ELSEWHERE),
        Capability.TIME_DIARIES: no(_ELSEWHERE),
        Capability.FORWARDING: no(_ELSEWHERE),
        Capability.HUNT_GROUPS: no(_ELSEWHERE),
        Capability.MAILBOXES: no(_ELSEWHERE),
        Capability.SOUNDS: no(_ELSEWHERE),
        Capability.CONTACTS: no("UnifiedAPI has no contacts"),
        Capability.BLOCKED_CALLERS: no("UnifiedAPI has no list of callers"),
        Capability.BALANCE: no("UnifiedAPI tells of no money"),
    },
    operations=OPERATIONS,
    hooks=HOOKS,
    news=news,
    where_to_paste="Give every extension in question a Call Event of type Hangup in VoipNow, by "
    "POST to {url}; the last word of the address is the type's number: 2 for Hangup, 3 for the "
    "answer of an incoming call, 0 and 1 for Dial-In and Dial-Out, 4 for the answer of an outgoing "
    "call.",
)

VoipNowAccount.spec = SPEC
