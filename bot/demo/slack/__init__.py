"""A strict look-alike of Slack: the demo's stage, and what the story tests run against.

It knows the app only as Slack would: by its tokens, its signing secret and one slash command.
"""

from bot.demo.slack.outcome import Outcome
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.server import DemoSlack
from bot.demo.slack.telephone import Telephone
from bot.demo.slack.workspace import Channel, Message, Person

__all__ = ["Channel", "DemoSlack", "Message", "Outcome", "Person", "SlackRefusal", "Telephone"]
