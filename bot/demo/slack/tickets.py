"""What Slack hands out for a short while: trigger ids and response URLs."""

from dataclasses import dataclass

from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.workspace import Message, Workspace

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """Leave to open one modal in front of one person."""

    person: str
    made_at: float
    from_modal: bool
    used: bool = False


@dataclass
class ResponseUrl:
    """Leave to answer where something was asked, five times within half an hour.

    Attributes:
        original: the message whose element was used; None for a slash command.
    """

    person: str
    channel: str
    made_at: float
    original: Message | None
    uses: int = 0


class Tickets:
    """All trigger ids and response URLs that were given out."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def trigger(self, person: str, *, from_modal: bool = False) -> str:
        """A new trigger id."""
        now = self._workspace.clock()
        trigger_id = f"{int(now * 1000)}.{self._workspace.fresh_id('')}.{person.lower()}"
        self._triggers[trigger_id] = Trigger(person, now, from_modal)
        return trigger_id

    def look_at(self, trigger_id: str) -> Trigger:
        """A trigger that may still be used; ``used`` is for the caller to set.

        Raises:
            SlackRefusal: ``invalid_trigger_id``, ``exchanged_trigger_id`` (used before) or
                ``expired_trigger_id`` (older than three seconds).
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackRefusal("invalid_trigger_id")
        if trigger.used:
            raise SlackRefusal("exchanged_trigger_id")
        if self._workspace.clock() - trigger.made_at > TRIGGER_SECONDS:
            raise SlackRefusal("expired_trigger_id")
        return trigger

    def response_url(self, person: str, channel: str, original: Message | None = None) -> str:
        """A new response URL."""
        token = self._workspace.fresh_id("r").lower()
        kind = "actions" if original else "commands"
        self._urls[token] = ResponseUrl(person, channel, self._workspace.clock(), original)
        return f"{self._workspace.origin}/{kind}/{self._workspace.team_id}/{token}"

    def peek(self, url: str) -> ResponseUrl:
        """What stands behind a response URL, without using it."""
        return self._urls[url.rpartition("/")[2]]

    def use(self, token: str) -> ResponseUrl:
        """A response URL that may be used once more; counts the use.

        Raises:
            SlackRefusal: ``expired_url`` or ``used_url``.
        """
        url = self._urls.get(token)
        if url is None or self._workspace.clock() - url.made_at > RESPONSE_URL_SECONDS:
            raise SlackRefusal("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackRefusal("used_url")
        url.uses += 1
        return url
