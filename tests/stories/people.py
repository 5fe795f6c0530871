"""What people do and see: they type, press, fill in, search, and read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.demo.slack.elements import elements_of, options_of, texts_of
from bot.demo.slack.outcome import Outcome
from bot.demo.slack.workspace import Message

if TYPE_CHECKING:
    from tests.stories.team import Team

Json = dict[str, Any]


class Card:
    """A message of the bot that stands in a channel.

    Attributes:
        seen: its blocks when it was found; an old click presses what stood there then.
    """

    def __init__(self, team: Team, channel: str, ts: str) -> None:
        self._team, self.channel, self.ts = team, channel, ts

    @property
    def message(self) -> Message:
        everything = self._team.slack.messages(self.channel)
        return next(message for message in everything if message.ts == self.ts)

    @property
    def says(self) -> str:
        """All its words, as they are now."""
        return self.message.words

    @property
    def buttons(self) -> list[str]:
        """Labels of its buttons, from left to right."""
        return [label_of(element) for _, element in elements_of(self.message.blocks)]

    async def becomes(self, words: str) -> None:
        """Wait until it says something new."""
        await self._team.sees(lambda: words in self.says)


class Room:
    """A channel, as everybody sees it."""

    def __init__(self, team: Team, id_: str) -> None:
        self._team, self.id = team, id_

    async def shows(self, words: str) -> Card:
        """Wait until a message says this; the newest one."""
        return await self._team.sees(lambda: self._having(words)[-1])

    @property
    def cards(self) -> list[Card]:
        """The bot's messages, oldest first."""
        messages = self._team.slack.messages(self.id)
        return [Card(self._team, self.id, m.ts) for m in messages if m.by_app]

    def _having(self, words: str) -> list[Card]:
        return [card for card in self.cards if words in card.says]


class Member:
    """Somebody with a Slack account."""

    def __init__(self, team: Team, id_: str, name: str) -> None:
        self._team, self.id, self.name = team, id_, name

    # -- doing --

    async def types(self, text: str, channel: str = "#phones") -> Outcome:
        """Type into a channel, and wait for the answer."""
        outcome = await self._team.slack.say(self.id, self._team.channel(channel).id, text)
        await self._team.program.background.settled()
        return outcome

    async def presses(
        self,
        where: Card | Message,
        label: str,
        *,
        value: str | None = None,
        stale: bool = False,
        wait: bool = True,
    ) -> Outcome:
        """Press a button of a message, and wait for all that comes of it.

        Args:
            value: part of what the button carries, where several have the label.
            stale: this person still sees what the message was before.
            wait: False only waits until Slack has its acknowledgement.
        """
        message = where if isinstance(where, Message) else where.message
        seen = [message.blocks, *(reversed(message.earlier) if stale else ())]
        action = next(
            chosen for blocks in seen if (chosen := _button(blocks, label, value)) is not None
        )
        outcome = await self._team.slack.click(
            self.id, action, channel=message.channel, ts=message.ts, stale=stale
        )
        if wait:
            await self._team.program.background.settled()
        return outcome

    async def presses_at_home(self, label: str) -> Outcome:
        """Press the first button with this label in the App Home."""
        home = self.home
        action = _button(home["blocks"], label, None)
        assert action is not None, f"no {label} in {list(texts_of(home['blocks']))}"
        outcome = await self._team.slack.click(self.id, action, view_id=home["id"])
        await self._team.program.background.settled()
        return outcome

    async def opens_home(self) -> str:
        """Look at the App Home; all that stands there."""
        await self._team.slack.open_home(self.id)
        await self._team.program.background.settled()
        return self.home_says

    async def fills_in(self, entries: Mapping[str, Any] | None = None) -> Outcome:
        """Fill in the open form by its labels, and send it.

        What a menu offers is named by its words; in a menu that searches they are typed, and the
        first suggestion is taken. None empties a field.
        """
        view = self.window
        values: Json = {}
        for label, entry in (entries or {}).items():
            block, element = _field(view, label)
            chosen = await self._chosen(view, element, entry)
            values[block["block_id"]] = {element["action_id"]: chosen}
        outcome = await self._team.slack.submit(self.id, view["id"], values)
        await self._team.program.background.settled()
        return outcome

    async def searches(self, label: str, typed: str) -> list[str]:
        """Type into a field of the open form that searches; what it suggests."""
        _, element = _field(self.window, label)
        return [option["text"]["text"] for option in await self._suggested(element, typed)]

    async def _suggested(self, element: Json, typed: str) -> list[Json]:
        return await self._team.slack.suggest(
            self.id, action_id=element["action_id"], value=typed, view_id=self.window["id"]
        )

    async def _chosen(self, view: Json, element: Json, entry: Any) -> Any:
        del view
        if isinstance(entry, (list, tuple)):
            return [await self._chosen({}, element, one) for one in entry]
        if entry is None:
            return None
        if "external" in element["type"]:
            return (await self._suggested(element, str(entry)))[0]
        offered = {option["text"]["text"]: option["value"] for option in options_of(element)}
        return offered[entry] if offered else entry

    # -- seeing --

    @property
    def answers(self) -> list[Message]:
        """What only this person was shown, oldest first."""
        return self._team.slack.ephemerals(self.id)

    def sees_privately(self, *words: str) -> Message:
        """The newest answer to this person says all of this."""
        newest = self.answers[-1]
        for part in words:
            assert part in newest.words, f"{part!r} is not in: {newest.words}"
        return newest

    async def is_told(self, words: str) -> Card:
        """Wait for a direct message."""
        messages = self._team.slack.messages
        found = await self._team.sees(
            lambda: [m for m in messages(self.id) if m.by_app and words in m.words][-1]
        )
        return Card(self._team, found.channel, found.ts)

    @property
    def window(self) -> Json:
        """The form on top of this person's screen."""
        views = self._team.slack.views(self.id)
        assert views, (
            f"{self.name} has no form open; last read: {[m.words for m in self.answers][-1:]}"
        )
        return views[-1]

    @property
    def window_says(self) -> str:
        """Its title, its labels, hints and paragraphs."""
        view = self.window
        words = [view["title"]["text"], *texts_of(view["blocks"])]
        return "\n".join(words)

    @property
    def has_window(self) -> bool:
        return bool(self._team.slack.views(self.id))

    @property
    def home(self) -> Json:
        """The App Home as last shown."""
        home = self._team.slack.home(self.id)
        assert home is not None, f"{self.name} was never shown a Home"
        return home

    @property
    def home_says(self) -> str:
        return "\n".join(texts_of(self.home["blocks"]))

    def labels(self) -> list[str]:
        """The fields of the open form, in order."""
        return [b["label"]["text"] for b in self.window["blocks"] if b["type"] == "input"]

    def offered(self, label: str) -> list[str]:
        """What a menu of the open form offers."""
        _, element = _field(self.window, label)
        return [option["text"]["text"] for option in options_of(element)]

    def filled(self, label: str) -> Any:
        """What stands in a field before anybody touches it, in words."""
        _, element = _field(self.window, label)
        option = element.get("initial_option")
        options = element.get("initial_options")
        if options is not None:
            return [one["text"]["text"] for one in options]
        return option["text"]["text"] if option else element.get("initial_value")


def errors_of(outcome: Outcome) -> Json:
    """The sentences beside a refused form's fields, by field."""
    assert not outcome.ok, "the form was taken"
    errors: Json = outcome.body["errors"]
    return errors


def label_of(element: Json) -> str:
    return str(element["text"]["text"]) if "text" in element else ""


def _button(blocks: list[Json], label: str, value: str | None) -> Json | None:
    for block, element in elements_of(blocks):
        fits = value is None or value in element.get("value", "")
        if label_of(element) == label and fits:
            return {
                "action_id": element["action_id"],
                "block_id": block["block_id"],
                "value": element.get("value"),
            }
    return None


def _field(view: Json, label: str) -> tuple[Json, Json]:
    for block, element in elements_of(view["blocks"]):
        if block["type"] == "input" and block["label"]["text"] == label:
            return block, element
    labels = [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]
    raise AssertionError(f"there is no field {label!r}; there are {labels}")
