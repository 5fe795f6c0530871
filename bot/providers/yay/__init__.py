"""Yay.com: JSON over HTTP, three headers for credentials, call flows documented in full."""

from __future__ import annotations

from bot.domain.telephony import Capability
from bot.providers.base import ProviderSpec, no, partly, unknown, yes
from bot.providers.yay.client import YayAccount
from bot.providers.yay.envelope import TITLE
from bot.providers.yay.events import HOOKS, news
from bot.providers.yay.neighbours import NEIGHBOURS
from bot.providers.yay.operations import DOCUMENTED
from bot.providers.yay.settings import YaySettings

SPEC = ProviderSpec(
    slug="yay",
    title=TITLE,
    settings=YaySettings,
    connect=YayAccount,
    claims={
        Capability.CALL_FLOWS: yes("documented in full; modules it does not name are kept as is"),
        Capability.NUMBERS: yes("read where public clients read them"),
        Capability.ROUTING: partly(
            "the path that changes a number is a guess (paths.update_number); "
            "call flows only, trunks and time diaries are left alone"
        ),
        Capability.EXTENSIONS: yes("read only; what its words for online are is not documented"),
        Capability.HUNT_GROUPS: partly("listed with their members, not edited"),
        Capability.QUEUES: partly("listed with their members, not edited"),
        Capability.MAILBOXES: partly("listed; nothing is known of reading their messages"),
        Capability.SOUNDS: partly("listed; nothing is known of uploading one"),
        Capability.TIME_DIARIES: partly("listed by name; the form of their elements is unknown"),
        Capability.PLACE_CALL: unknown(
            "public sources disagree on the path; tried is paths.outbound_call"
        ),
        Capability.CALL_HISTORY: unknown(
            "documented without its path; works once paths.call_history is set"
        ),
        Capability.CALL_EVENTS: partly(
            "web hooks set up in the dashboard, unsigned; their fields are those that public "
            "receivers read"
        ),
        Capability.BALANCE: yes("a figure without its currency"),
        Capability.NUMBER_ORDERS: no("there are pages of it, but no path is known"),
        Capability.FORWARDING: no("a call flow's ring step forwards; there is no other way"),
        Capability.AGENTS: no("no call is known that reads or sets who takes calls of a queue"),
        Capability.LIVE_CALLS: no("nothing is known of calls that are going on"),
        Capability.RECORDINGS: no("the history says which calls have one, not how to fetch it"),
        Capability.VOICEMAIL: no("nothing is known of reading a mailbox's messages"),
        Capability.TEXTS: no("texts go out in campaigns only, as far as is documented"),
        Capability.FAXES: no("no path is known of fax messages"),
        Capability.CONTACTS: no("how the contacts of a phone book are answered is unknown"),
        Capability.BLOCKED_CALLERS: no("a call flow can match callers; there is no list"),
        Capability.SUBSCRIPTIONS: no("web hooks are set up in the dashboard"),
        Capability.REGISTRATIONS: yes("whether each SIP user is online"),
    },
    operations=(*DOCUMENTED, *NEIGHBOURS),
    hooks=HOOKS,
    news=news,
    where_to_paste="Add two web hooks in the Yay.com dashboard, Call Ended and Voicemail Notify, "
    "each as JSON by POST to {url}; the last word of the address is call for the first and "
    "voicemail for the second.",
)

YayAccount.spec = SPEC
