"""A simulated VoIP.ms account: its API over HTTP, callbacks for texts, and a company in it.

It imports nothing else of the bot, so that it can disagree with the bot's client.
"""

from bot.demo.providers.voipms.account import Account, Call, Message, SeenRequest, Sms
from bot.demo.providers.voipms.answers import Refused
from bot.demo.providers.voipms.api import SimulatedVoipms
from bot.demo.providers.voipms.hooks import Delivery
from bot.demo.providers.voipms.seed import demo_company

__all__ = [
    "Account",
    "Call",
    "Delivery",
    "Message",
    "Refused",
    "SeenRequest",
    "SimulatedVoipms",
    "Sms",
    "demo_company",
]
