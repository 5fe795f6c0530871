"""A simulated RingMe client: API over HTTP, telephones, web hooks, and a company in it.

It imports nothing else of the bot, so that it can disagree with the bot's client.
"""

from bot.demo.providers.ringme.account import Account, Extension, SeenRequest
from bot.demo.providers.ringme.api import SimulatedRingMe
from bot.demo.providers.ringme.calls import SimulatedCall
from bot.demo.providers.ringme.seed import demo_company, id_of

__all__ = [
    "Account",
    "Extension",
    "SeenRequest",
    "SimulatedCall",
    "SimulatedRingMe",
    "demo_company",
    "id_of",
]
