"""The state of the demo's Slack: people, channels and messages. No HTTP, no bot.

Everything is in memory. Whoever shows it subscribes to its changes.
"""

import itertools
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.demo.slack.elements import texts_of, with_names
from bot.demo.slack.refusal import SlackRefusal

Json = dict[str, Any]

HOME_TEAM = "T0DEMO"
OTHER_TEAM = "T0ELSEWHERE"


@dataclass(frozen=True)
class Person:
    """Somebody with an account.

    Attributes:
        name: the handle, typed after ``@``.
        is_restricted: a guest who sees only the channels they are in.
        is_ultra_restricted: a guest of a single channel; ``is_restricted`` holds too.
        deleted: deactivated.
        is_stranger: of another organisation, met in a shared channel.
        color: six hexadecimal digits.
    """

    id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    is_stranger: bool = False
    color: str = "4a154b"
    title: str = ""

    @property
    def is_guest(self) -> bool:
        """Whether the person is a guest of either kind."""
        return self.is_restricted or self.is_ultra_restricted

    @property
    def team_id(self) -> str:
        """The organisation the person belongs to."""
        return OTHER_TEAM if self.is_stranger else HOME_TEAM


@dataclass
class Channel:
    """A channel, or the direct messages between one person and the app (``im_with``)."""

    id: str
    name: str
    is_private: bool = False
    is_ext_shared: bool = False
    members: set[str] = field(default_factory=set)
    bot_is_member: bool = True
    is_archived: bool = False
    topic: str = ""
    im_with: str | None = None

    @property
    def payload_name(self) -> str:
        """The name that Slack's payloads give it: only a public channel's own."""
        if self.im_with:
            return "directmessage"
        return "privategroup" if self.is_private else self.name


@dataclass(frozen=True)
class App:
    """The one app installed in the workspace."""

    name: str
    bot_token: str
    app_token: str
    signing_secret: str
    command: str
    command_description: str
    command_hint: str
    scopes: Collection[str]
    app_id: str = "A0DEMO"
    bot_id: str = "B0BOT"
    user_id: str = "U0BOT"


@dataclass
class SharedFile:
    """A file: uploaded by the app in three steps, or by a person."""

    id: str
    name: str
    length: int
    user: str
    content: bytes | None = None
    title: str = ""
    mimetype: str = "application/octet-stream"
    channels: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Message:
    """A message; ``only_for`` makes it an ephemeral one that this person alone sees.

    Attributes:
        blocks: as posted, with the ids that Slack adds.
        earlier: the blocks it had before each update, oldest first.
        metadata: ``{"event_type", "event_payload"}`` or None.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    by_app: bool = False
    only_for: str | None = None
    metadata: Json | None = None
    files: list[SharedFile] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited_ts: str | None = None
    broadcast: bool = False
    earlier: list[list[Json]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Everything it says: its text and the text in its blocks, one piece a line."""
        return "\n".join(dict.fromkeys([self.text, *texts_of(self.blocks)])).strip()

    @property
    def is_reply(self) -> bool:
        """Whether it stands in somebody's thread."""
        return self.thread_ts not in (None, self.ts)


ChangeKind = Literal["message", "changed", "deleted", "views", "home", "state"]


@dataclass(frozen=True)
class Change:
    """Something became different.

    Attributes:
        kind: ``state`` when people or channels are not as they were.
        message: of ``message``, ``changed`` and ``deleted``.
        person: whose views or Home tab it is.
    """

    kind: ChangeKind
    message: Message | None = None
    person: str | None = None


class Workspace:
    """People, channels, messages and files of one Slack team.

    Attributes:
        origin: where the server is reached, e.g. ``http://127.0.0.1:8080``; empty before its start.
        refusals: all that the app was refused: (what, given, answer), where ``what`` is a method,
            ``response_url`` or ``acknowledgement``.
    """

    team_id = HOME_TEAM
    team_name = "Demo"
    team_domain = "demo"

    def __init__(
        self,
        *,
        people: Sequence[Person],
        channels: Sequence[Channel],
        usergroups: Mapping[str, Collection[str]],
        app: App,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.app = app
        self.clock = clock
        bot = Person(app.user_id, app.name.lower(), app.name, is_bot=True, color="e8912d")
        self.people = {person.id: person for person in [*people, bot]}
        self.channels = {channel.id: channel for channel in channels}
        self.usergroups = {group: sorted(members) for group, members in usergroups.items()}
        self.files: dict[str, SharedFile] = {}
        self.origin = ""
        self.refusals: list[tuple[str, Any, Json]] = []
        self._messages: dict[str, dict[str, Message]] = {}
        self._watchers: list[Callable[[Change], None]] = []
        self._last_microsecond = 0
        self._counter = itertools.count(1)
        for person in people:
            if not (person.is_bot or person.deleted or person.is_stranger):
                self.direct_messages(person.id)

    # -- identity and time ---------------------------------------------------------------------

    def fresh_ts(self) -> str:
        """A time stamp that no message has, in Slack's form: seconds and six digits."""
        now = int(self.clock() * 1_000_000)
        self._last_microsecond = max(now, self._last_microsecond + 1)
        return f"{self._last_microsecond // 1_000_000}.{self._last_microsecond % 1_000_000:06d}"

    def fresh_id(self, prefix: str) -> str:
        """An identifier that nothing has."""
        return f"{prefix}{next(self._counter):08X}"

    def fresh_names(self) -> Iterator[str]:
        """Names for blocks and elements that came without one."""
        while True:
            yield self.fresh_id("b").lower()

    # -- changes -------------------------------------------------------------------------------

    def subscribe(self, watcher: Callable[[Change], None]) -> Callable[[], None]:
        """Call ``watcher`` at every change; the answer ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def announce(self, change: Change) -> None:
        """Tell every watcher."""
        for watcher in list(self._watchers):
            watcher(change)

    # -- people and channels -------------------------------------------------------------------

    def direct_messages(self, user: str) -> Channel:
        """The direct messages between a person and the app, opened if need be."""
        channel_id = f"D{user[1:]}"
        if channel_id not in self.channels:
            members = {user, self.app.user_id}
            self.channels[channel_id] = Channel(
                channel_id, "", is_private=True, members=members, im_with=user
            )
            self.announce(Change("state"))
        return self.channels[channel_id]

    def sees(self, user: str, channel: Channel) -> bool:
        """Whether a person can look into a channel: as a member, or any public one if no guest."""
        person = self.people[user]
        if user in channel.members:
            return True
        return not (channel.is_private or person.is_guest or person.is_stranger)

    def channel_for_app(self, channel_id: str) -> Channel:
        """A channel by the id the app gave; a person's id means their direct messages.

        Raises:
            SlackRefusal: ``channel_not_found``, also for a private channel without the app.
        """
        if channel_id in self.people and channel_id != self.app.user_id:
            person = self.people[channel_id]
            if person.deleted or person.is_bot:
                raise SlackRefusal("channel_not_found")
            return self.direct_messages(channel_id)
        named = [c for c in self.channels.values() if channel_id == f"#{c.name}"]
        channel = named[0] if named else self.channels.get(channel_id)
        if channel is None or (channel.is_private and not channel.bot_is_member):
            raise SlackRefusal("channel_not_found")
        return channel

    def channel_to_write(self, channel_id: str) -> Channel:
        """A channel that the app may post in.

        Raises:
            SlackRefusal: ``channel_not_found``, ``is_archived`` or ``not_in_channel``.
        """
        channel = self.channel_for_app(channel_id)
        if channel.is_archived:
            raise SlackRefusal("is_archived")
        if not channel.bot_is_member:
            raise SlackRefusal("not_in_channel")
        return channel

    # -- messages ------------------------------------------------------------------------------

    def post(self, message: Message) -> Message:
        """Put a new message where it belongs."""
        message.blocks = with_names(message.blocks, self.fresh_names())
        self._messages.setdefault(message.channel, {})[message.ts] = message
        self.announce(Change("message", message))
        parent = self.find(message.channel, message.thread_ts) if message.is_reply else None
        if parent:
            self.announce(Change("changed", parent))
        return message

    def change(
        self,
        message: Message,
        *,
        text: str | None = None,
        blocks: list[Json] | None = None,
        metadata: Json | None = None,
    ) -> None:
        """Give a message other words, blocks or metadata; None keeps what it has."""
        if blocks is not None:
            message.earlier.append(message.blocks)
            message.blocks = with_names(blocks, self.fresh_names())
        if text is not None:
            message.text = text
        if metadata is not None:
            message.metadata = metadata or None
        message.edited_ts = self.fresh_ts()
        self.announce(Change("changed", message))

    def remove(self, message: Message) -> None:
        """Delete a message."""
        del self._messages[message.channel][message.ts]
        self.announce(Change("deleted", message))

    def touch(self, message: Message) -> None:
        """Say that something of a message changed, such as its reactions."""
        self.announce(Change("changed", message))

    def in_channel(self, channel: str) -> list[Message]:
        """All messages of a channel, oldest first, replies and ephemeral ones included."""
        return list(self._messages.get(channel, {}).values())

    def find(self, channel: str, ts: str | None, *, viewer: str | None = None) -> Message | None:
        """A message by its time stamp: public ones, and the viewer's own ephemeral ones."""
        message = self._messages.get(channel, {}).get(ts or "")
        return message if message and message.only_for in (None, viewer) else None

    def replies(self, message: Message) -> list[Message]:
        """The replies in a message's thread that everybody sees, oldest first."""
        return [
            other
            for other in self._messages.get(message.channel, {}).values()
            if other.thread_ts == message.ts and other is not message and other.only_for is None
        ]

    def seen_by(self, user: str, channel: str, thread_ts: str | None = None) -> list[Message]:
        """What a person sees in a channel, or in one thread with its parent, oldest first."""
        visible = [m for m in self.in_channel(channel) if m.only_for in (None, user)]
        if thread_ts is None:
            return [m for m in visible if not m.is_reply or m.broadcast]
        return [m for m in visible if thread_ts in (m.ts, m.thread_ts)]
