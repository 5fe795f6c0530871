"""IOVOX: call tracking by XML on port 444; its Call Flows are trees of rules."""

from __future__ import annotations

from bot.domain.telephony import Capability
from bot.providers.base import ProviderSpec, no, partly, unknown, yes
from bot.providers.iovox.answers import TITLE
from bot.providers.iovox.client import IovoxAccount
from bot.providers.iovox.events import HOOKS, news
from bot.providers.iovox.operations import OPERATIONS
from bot.providers.iovox.settings import IovoxSettings

SPEC = ProviderSpec(
    slug="iovox",
    title=TITLE,
    settings=IovoxSettings,
    connect=IovoxAccount,
    claims={
        Capability.NUMBERS: yes("with the call flow of the link that each belongs to"),
        Capability.NUMBER_ORDERS: no("numbers are bought by area, unseen; none are on offer"),
        Capability.ROUTING: partly(
            "a number's link is given another call flow; refused where the flow asks the link for "
            "values that it has not set"
        ),
        Capability.CALL_FLOWS: partly(
            "play, ring one number, and menu can be made and changed; every other rule is kept as "
            "it is; a flow keeps its name and has no extension"
        ),
        Capability.TIME_DIARIES: partly("time templates by label; only blocked numbers use them"),
        Capability.FORWARDING: no("a call flow's call rule forwards; there is no other way"),
        Capability.EXTENSIONS: partly("there are none; links stand for them when a call is placed"),
        Capability.HUNT_GROUPS: no("a call rule rings one contact; there are no groups"),
        Capability.QUEUES: no("there are no queues"),
        Capability.AGENTS: no("there are no queues, so nobody takes their calls"),
        Capability.LIVE_CALLS: no("its API tells of calls once they are over"),
        Capability.PLACE_CALL: partly("by the rules of a link, which stands for an extension"),
        Capability.CALL_HISTORY: yes("the time zone of its times is not documented: time_zone"),
        Capability.CALL_EVENTS: partly(
            "there are no web hooks; an httpRequest rule in a call flow calls the bot, with fields "
            "that its author writes"
        ),
        Capability.SUBSCRIPTIONS: no("its API has none; an httpRequest rule is part of a flow"),
        Capability.RECORDINGS: yes(),
        Capability.MAILBOXES: partly("there are none; messages are mailed to contacts"),
        Capability.VOICEMAIL: unknown(
            "how the call data mark a message is not documented, rule_result is tried; messages "
            "cannot be deleted"
        ),
        Capability.TEXTS: partly("the field names of past texts are presumed from the filters"),
        Capability.FAXES: no("there is no fax"),
        Capability.CONTACTS: yes("those whom calls can go to, by their business numbers"),
        Capability.BLOCKED_CALLERS: partly("a note cannot be kept with a number"),
        Capability.SOUNDS: partly("listed; sent up they are not"),
        Capability.REGISTRATIONS: no("there are no devices"),
        Capability.BALANCE: no("its API does not tell it"),
    },
    operations=OPERATIONS,
    hooks=HOOKS,
    news=news,
    where_to_paste="In the IOVOX portal, add an httpRequest rule to a call flow where nobody "
    "answered, by POST to {url}, with params that you name id, start, from and to, each with the "
    "variable that holds the call's id, its time, the caller and the number called, and verdict "
    "with the value missed.",
)

IovoxAccount.spec = SPEC
