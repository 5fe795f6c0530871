"""VoIP.ms: one address for over 200 functions, answers that say everything in a status word."""

from __future__ import annotations

from bot.domain.telephony import Capability
from bot.providers.base import ProviderSpec, no, partly, yes
from bot.providers.voipms.client import VoipmsAccount
from bot.providers.voipms.envelope import TITLE
from bot.providers.voipms.events import HOOKS, news
from bot.providers.voipms.operations import OPERATIONS
from bot.providers.voipms.settings import VoipmsSettings

SPEC = ProviderSpec(
    slug="voipms",
    title=TITLE,
    settings=VoipmsSettings,
    connect=VoipmsAccount,
    claims={
        Capability.NUMBERS: yes(),
        Capability.NUMBER_ORDERS: partly(
            "Canada and the United States; toll-free numbers are ordered, with a rehearsal first; "
            "the order of local numbers is in no document"
        ),
        Capability.ROUTING: yes(
            "to sub accounts, ring groups, queues, menus, time conditions, mailboxes, recordings, "
            "forwardings, SIP addresses and system words"
        ),
        Capability.CALL_FLOWS: no(
            "calls go from number to time condition, group or menu; no object holds the whole"
        ),
        Capability.TIME_DIARIES: partly(
            "time conditions are listed, and set as raw operations; in which time zone they are is "
            "not documented"
        ),
        Capability.FORWARDING: partly("a forwarding's number is changed; it has no off switch"),
        Capability.EXTENSIONS: yes("sub accounts"),
        Capability.HUNT_GROUPS: partly("ring groups are listed, and set as raw operations"),
        Capability.QUEUES: partly("listed with their members, and set as raw operations"),
        Capability.AGENTS: partly(
            "static members of queues, who count as available; nothing logs them in or out"
        ),
        Capability.LIVE_CALLS: no("no function tells of calls that are going on"),
        Capability.PLACE_CALL: no("no function places a call"),
        Capability.CALL_HISTORY: partly(
            "polled; which way a call went is told by words of its description, and a voicemail by "
            "a message that the same caller left in time"
        ),
        Capability.CALL_EVENTS: partly(
            "texts only, by callback; calls are told by their history, which is polled"
        ),
        Capability.SUBSCRIPTIONS: partly("the callback for texts, of each number"),
        Capability.RECORDINGS: yes("of incoming calls only the number that was called is told"),
        Capability.MAILBOXES: yes(),
        Capability.VOICEMAIL: yes(),
        Capability.TEXTS: partly(
            "United States and Canada, at most 160 bytes and usually 100 a day; "
            "pictures are raw operations"
        ),
        Capability.FAXES: no("its functions for faxes are in no document of ours"),
        Capability.CONTACTS: yes("the phone book"),
        Capability.BLOCKED_CALLERS: partly(
            "single callers are blocked on all numbers; lifting it is done in the portal"
        ),
        Capability.SOUNDS: partly("listed; recordings are made as raw operations"),
        Capability.REGISTRATIONS: yes("one call for each sub account"),
        Capability.BALANCE: yes("a figure without its currency"),
    },
    operations=OPERATIONS,
    hooks=HOOKS,
    news=news,
    where_to_paste="In the VoIP.ms portal, enable SMS for the number with its URL callback and "
    "retry, and paste {url}, whose last word is sms. Behind it go a question mark and from, to, "
    "message, id and date, each with its placeholder: FROM, TO, MESSAGE, ID and TIMESTAMP in "
    "braces.",
)

VoipmsAccount.spec = SPEC
