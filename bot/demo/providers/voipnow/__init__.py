"""A simulated VoipNow: UnifiedAPI over HTTP, tokens that end, calls, and event addresses called.

It imports nothing else of the bot, so that it can disagree with the bot's client.
"""

from bot.demo.providers.voipnow.account import Account, Extension, SeenRequest
from bot.demo.providers.voipnow.api import NoSuchLine, SimulatedVoipNow
from bot.demo.providers.voipnow.calls import NotNow, SimulatedCall
from bot.demo.providers.voipnow.hooks import Delivery
from bot.demo.providers.voipnow.seed import demo_company

__all__ = [
    "Account",
    "Delivery",
    "Extension",
    "NoSuchLine",
    "NotNow",
    "SeenRequest",
    "SimulatedCall",
    "SimulatedVoipNow",
    "demo_company",
]
