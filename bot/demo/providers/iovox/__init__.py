"""A simulated IOVOX account: XML over HTTP, and a company whose adverts are tracked.

It imports nothing else of the bot, so that it can disagree with the bot's client.
"""

from bot.demo.providers.iovox.account import Account, CallFlow, Link, SeenRequest
from bot.demo.providers.iovox.api import METHODS, SimulatedIovox
from bot.demo.providers.iovox.seed import demo_company

__all__ = [
    "METHODS",
    "Account",
    "CallFlow",
    "Link",
    "SeenRequest",
    "SimulatedIovox",
    "demo_company",
]
