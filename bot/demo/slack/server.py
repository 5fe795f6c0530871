"""The demo's Slack: one object to start, to act in, and to read."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from aiohttp import web

from bot.demo.slack.acting import Acting
from bot.demo.slack.browser import Browser
from bot.demo.slack.delivery import Delivery
from bot.demo.slack.elements import texts_of
from bot.demo.slack.faults import Fault
from bot.demo.slack.guard import add_headers, guard, is_loopback
from bot.demo.slack.outcome import Outcome
from bot.demo.slack.sockets import Sockets
from bot.demo.slack.surfaces import Surfaces
from bot.demo.slack.telephone import Telephone
from bot.demo.slack.tickets import Tickets
from bot.demo.slack.web_api import WebApi
from bot.demo.slack.workspace import (
    App,
    Change,
    Channel,
    Message,
    Person,
    SharedFile,
    Workspace,
)

Json = dict[str, Any]
Found = TypeVar("Found")

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:write",
    "usergroups:read",
    "users:read",
)


class DemoSlack(Acting):
    """A strict look-alike of Slack for one app, with a page for several people to act in.

    It serves the Web API under ``api_url``, Socket Mode, response URLs and file uploads to the app,
    and a page to the browser. As ``Acting`` it lets a caller be any of the people.

    Attributes:
        calls: (method, arguments) of every call of the app to the Web API, in order; a POST to a
            response URL stands as ``response_url``.
        refusals: (what, given, answer) of what the app was refused for its own fault: a call, a
            POST to a response URL, the body of an ``acknowledgement``. A scripted fault is none.
    """

    def __init__(
        self,
        *,
        people: Sequence[Person],
        channels: Sequence[Channel],
        usergroups: Mapping[str, Collection[str]] | None = None,
        bot_token: str = "xoxb-demo",  # noqa: S107  # these open nothing but the demo
        app_token: str = "xapp-demo",  # noqa: S107
        signing_secret: str = "demo-signing-secret",  # noqa: S107
        app_name: str = "Switchboard",
        command: str = "/phone",
        command_description: str = "",
        command_hint: str = "",
        scopes: Collection[str] = SCOPES,
        clock: Callable[[], float] = time.time,
        telephone: Telephone | None = None,
        ack_seconds: float = 3.0,
        retry_delays: Sequence[float] = (0.0, 60.0, 300.0),
    ) -> None:
        app = App(
            name=app_name,
            bot_token=bot_token,
            app_token=app_token,
            signing_secret=signing_secret,
            command=command,
            command_description=command_description,
            command_hint=command_hint,
            scopes=scopes,
        )
        workspace = Workspace(
            people=people, channels=channels, usergroups=usergroups or {}, app=app, clock=clock
        )
        surfaces, tickets = Surfaces(workspace), Tickets(workspace)
        sockets = Sockets(workspace, self._something_changed)
        delivery = Delivery(
            workspace,
            sockets,
            self._something_changed,
            ack_seconds=ack_seconds,
            retry_delays=retry_delays,
        )
        super().__init__(workspace, surfaces, tickets, delivery)
        self._sockets = sockets
        self._api = WebApi(workspace, surfaces, tickets, sockets, self._something_changed)
        self._browser = Browser(workspace, surfaces, self, telephone)
        self._runner: web.AppRunner | None = None
        self._pulse = asyncio.Event()
        self.calls = self._api.calls
        self.refusals = workspace.refusals
        workspace.subscribe(self._changed)

    # -- running -------------------------------------------------------------------------------

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Serve on a loopback address; port 0 takes a free one.

        Raises:
            ValueError: the host is not a loopback address.
        """
        if not is_loopback(host):
            raise ValueError(
                f"The demo serves this machine only: {host} is not a loopback address. "
                "Use 127.0.0.1."
            )
        application = web.Application(middlewares=[guard], client_max_size=64 * 1024 * 1024)
        application.on_response_prepare.append(add_headers)
        application.add_routes([*self._api.routes(), *self._browser.routes()])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        self._workspace.origin = f"http://{shown}:{bound}"
        await self._delivery.start()

    async def close(self) -> None:
        """Stop serving, end all streams and connections."""
        await self._stop_background()
        self._browser.close_streams()
        await self._sockets.close()
        await self._delivery.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """Where the page is, without a slash at the end."""
        return self._workspace.origin

    @property
    def api_url(self) -> str:
        """The base URL of the Web API, with a slash at the end."""
        return f"{self._workspace.origin}/api/"

    @property
    def events_url(self) -> str | None:
        """Where signed deliveries go; None sends them over Socket Mode."""
        return self._delivery.events_url

    @events_url.setter
    def events_url(self, url: str | None) -> None:
        self._delivery.events_url = url

    @property
    def app(self) -> App:
        """The app: its ids, tokens and secret."""
        return self._workspace.app

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        return self._sockets.connected

    async def refresh_connections(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        await self._sockets.close()

    async def verify_url(self, challenge: str = "demo-challenge") -> Outcome:
        """Send ``url_verification`` to ``events_url``; ok when the challenge comes back."""
        payload = self._payloads.url_verification(challenge)
        outcome = await self._delivery.send("events_api", payload)
        body = outcome.body
        answer = body.get("challenge") if isinstance(body, dict) else body
        if outcome.ok and answer != challenge:
            return Outcome(ok=False, error="challenge_failed", status=outcome.status, body=body)
        return outcome

    # -- reading -------------------------------------------------------------------------------

    def messages(
        self, channel: str, who: str | None = None, thread_ts: str | None = None
    ) -> list[Message]:
        """What stands in a channel or thread, oldest first.

        Args:
            channel: channel id, or a person's id for their direct messages with the app.
            who: with this person's ephemeral messages; None gives what everybody sees.
            thread_ts: only this thread, with its parent.
        """
        place = self._workspace.channels.get(channel)
        if place is None:
            place = self._workspace.direct_messages(channel)
        return self._workspace.seen_by(who or "", place.id, thread_ts)

    def ephemerals(self, who: str, channel: str | None = None) -> list[Message]:
        """Ephemeral messages that a person was shown, oldest first."""
        channels = [channel] if channel else list(self._workspace.channels)
        found = [m for c in channels for m in self._workspace.in_channel(c) if m.only_for == who]
        return sorted(found, key=lambda message: message.ts)

    def views(self, who: str) -> list[Json]:
        """A person's open modals, the top one last, as Slack's view objects."""
        return self._surfaces.stack(who)

    def home(self, who: str) -> Json | None:
        """A person's Home tab as last published."""
        return self._surfaces.home(who)

    @property
    def files(self) -> list[SharedFile]:
        """All files whose content has arrived."""
        return [file for file in self._workspace.files.values() if file.content is not None]

    def channel(self, channel: str) -> Channel:
        """A channel by id; whoever changes its members and flags calls ``rearranged`` then."""
        return self._workspace.channels[channel]

    def rearranged(self) -> None:
        """Tell the pages that people or channels are not as they were."""
        self._workspace.announce(Change("state"))

    def subscribe(self, watcher: Callable[[Change], None]) -> Callable[[], None]:
        """Be told every change; the answer ends that."""
        return self._workspace.subscribe(watcher)

    async def wait_for(self, predicate: Callable[[], Found], *, seconds: float = 5.0) -> Found:
        """Wait until a predicate is true; it is asked again at every change, call and delivery.

        A predicate that raises LookupError is not true yet, so ``lambda: views("U0ANNA")[0]`` waits
        for a modal.

        Returns:
            What the predicate returned.

        Raises:
            TimeoutError: with all that stands in the workspace and the last calls.
        """
        try:
            async with asyncio.timeout(seconds):
                while True:
                    try:
                        if found := predicate():
                            return found
                    except LookupError:
                        pass  # what it looks for is not there yet
                    await self._pulse.wait()
        except TimeoutError:
            raise TimeoutError(f"still not so after {seconds} s\n{self.describe()}") from None

    def describe(self) -> str:
        """All that stands in the workspace, in words, for a failed test to print."""
        lines = []
        for channel in self._workspace.channels.values():
            for message in self._workspace.in_channel(channel.id):
                only = f" (only {message.only_for})" if message.only_for else ""
                thread = f" in {message.thread_ts}" if message.is_reply else ""
                words = message.words.replace("\n", " | ")
                place = channel.name or channel.id
                lines.append(f"#{place} {message.ts}{thread} {message.user}{only}: {words}")
        for person in self._workspace.people:
            for view in self.views(person):
                lines.append(f"modal of {person}: {' | '.join(texts_of(view))}")
            if home := self.home(person):
                lines.append(f"home of {person}: {' | '.join(texts_of(home))}")
        lines.extend(f"refused: {name} {answer}" for name, _, answer in self.refusals)
        lines.append("last calls: " + ", ".join(name for name, _ in self.calls[-10:]))
        return "\n".join(lines)

    # -- trouble -------------------------------------------------------------------------------

    def fail(
        self,
        method: str,
        error: str | None = "ratelimited",
        *,
        times: int = 1,
        retry_after: int | None = 1,
        status: int = 200,
        applies: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> None:
        """Let the next calls of a method fail before anything is done.

        Args:
            method: the method, ``response_url``, or ``*`` for each.
            error: Slack's word; None with a ``status`` of 500 or so answers no JSON at all.
            times: how many calls.
            retry_after: seconds in ``Retry-After``, which goes with ``ratelimited``.
            status: HTTP status; ``ratelimited`` is always 429.
            applies: looks at the arguments and says whether this call fails.
        """
        seconds = retry_after if error == "ratelimited" else None
        fault = Fault(method, error, status, seconds, times=times, applies=applies)
        self._api.faults.add(fault)

    def lose_answer(self, method: str, *, times: int = 1) -> None:
        """Let the next calls of a method be done, and their connection end without an answer."""
        self._api.faults.add(Fault(method, loses_answer=True, times=times))

    def hold(self, method: str, *, times: int = 1) -> asyncio.Event:
        """Let the next calls of a method wait until the event is set."""
        gate = asyncio.Event()
        self._api.faults.add(Fault(method, gate=gate, times=times))
        return gate

    def heal(self) -> None:
        """Forget all faults that are still to come."""
        self._api.faults.clear()

    def limit_pace(self, seconds: float | None = 1.0) -> None:
        """Take one posted message a channel in so many seconds; None takes any number."""
        self._api.pace.seconds = seconds

    def _something_changed(self) -> None:
        self._pulse.set()
        self._pulse = asyncio.Event()

    def _changed(self, _change: Change) -> None:
        self._something_changed()
