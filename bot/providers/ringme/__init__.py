"""RingMe: the hosted PBX that operators sell under their own names, Telphin among them."""

from __future__ import annotations

from bot.domain.telephony import Capability
from bot.providers.base import ProviderSpec, no, partly
from bot.providers.ringme.client import RingMeAccount
from bot.providers.ringme.envelope import TITLE
from bot.providers.ringme.events import HOOKS, news
from bot.providers.ringme.operations import DOCUMENTED
from bot.providers.ringme.settings import RingMeSettings

_ONE_BY_ONE = "at the extensions that the settings name"
_LEVEL = "the application needs the access level All"

SPEC = ProviderSpec(
    slug="ringme",
    title=TITLE,
    settings=RingMeSettings,
    connect=RingMeAccount,
    claims={
        Capability.NUMBERS: no("the document is about extensions; numbers belong to the client"),
        Capability.NUMBER_ORDERS: no("nothing is known of ordering a number"),
        Capability.ROUTING: no("where a number's calls go is set at the client, not documented"),
        Capability.CALL_FLOWS: no(
            "an IVR is menus, options and rules of its own; its raw calls are all there"
        ),
        Capability.TIME_DIARIES: partly(f"intervals are listed {_ONE_BY_ONE}, not edited"),
        Capability.FORWARDING: partly(
            f"the rules of transfer that are there, {_ONE_BY_ONE}; one destination each; {_LEVEL}"
        ),
        Capability.EXTENSIONS: partly("those that the settings name; read only"),
        Capability.HUNT_GROUPS: no("a queue with the strategy ring-all is what comes near"),
        Capability.QUEUES: partly(f"listed with the ids of their agents, {_ONE_BY_ONE}"),
        Capability.AGENTS: partly(f"logged in and out, no pause, {_ONE_BY_ONE}; {_LEVEL}"),
        Capability.LIVE_CALLS: partly(f"{_ONE_BY_ONE}, of type phone"),
        Capability.PLACE_CALL: partly("from an extension whose id is known"),
        Capability.CALL_HISTORY: no("this version of the document has recorded calls only"),
        Capability.CALL_EVENTS: partly(
            "unsigned web hooks for calls and texts, of each extension; their fields are of public "
            "pages"
        ),
        Capability.SUBSCRIPTIONS: partly(_ONE_BY_ONE),
        Capability.RECORDINGS: partly(_ONE_BY_ONE),
        Capability.MAILBOXES: partly(f"phones that take voicemails, {_ONE_BY_ONE}"),
        Capability.VOICEMAIL: no("a message is fetched by its uuid, and nothing lists the uuids"),
        Capability.TEXTS: no("a chat can be marked or deleted, not read or written"),
        Capability.FAXES: no("a fax is sent and fetched by raw calls, and nothing lists them"),
        Capability.CONTACTS: no("nothing is known of contacts"),
        Capability.BLOCKED_CALLERS: no("each extension has rules of its own; there is no list"),
        Capability.SOUNDS: partly(f"listed {_ONE_BY_ONE}"),
        Capability.REGISTRATIONS: partly(_ONE_BY_ONE),
        Capability.BALANCE: no("nothing is known of money"),
    },
    operations=DOCUMENTED,
    hooks=HOOKS,
    news=news,
    where_to_paste="Subscribe the events answer and hangup at each extension, by POST to {url}; "
    "the last word of the address is the event.",
)

RingMeAccount.spec = SPEC
