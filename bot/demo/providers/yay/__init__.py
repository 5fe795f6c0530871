"""A simulated Yay.com account: API over HTTP, telephone network, web hooks, and a company in it.

It imports nothing else of the bot, so that it can disagree with the bot's client.
"""

from bot.demo.providers.yay.account import Account, SeenRequest
from bot.demo.providers.yay.api import SimulatedYay
from bot.demo.providers.yay.calls import NoSuchLine, NotNow, SimulatedCall
from bot.demo.providers.yay.seed import demo_company
from bot.demo.providers.yay.telephone import Telephone

__all__ = [
    "Account",
    "NoSuchLine",
    "NotNow",
    "SeenRequest",
    "SimulatedCall",
    "SimulatedYay",
    "Telephone",
    "demo_company",
]
