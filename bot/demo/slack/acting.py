"""Being a person in the demo's Slack."""

from bot.demo.slack.clicks import Clicks
from bot.demo.slack.composer import Composer
from bot.demo.slack.forms import Forms


class Acting(Composer, Clicks, Forms):
    """All that people do; each deed tells the app and says how the app took it."""
