"""A team that works with the bot, in words that stories are told in.

`await team.boris.types("/phone flow delete Call Pete")` is a signed delivery to a real program that
serves on loopback; `card = await team.channel("#phone-approvals").shows("Delete")` waits for what
the program posts; `await team.anna.presses(card, "Approve")` clicks as she would. Slack, the
provider and the program share one clock, which stands until it is moved.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp
import structlog

from bot.app import Program
from bot.demo.providers.yay import SimulatedYay
from bot.demo.slack import Channel, DemoSlack, Person
from bot.domain import people
from bot.domain.states import ChangeState
from bot.settings import parse
from bot.slack.declare import CommandGroup
from bot.store import cards, changes, deliveries
from bot.store.database import Database
from commands import GROUPS
from tests.clock import FakeClock
from tests.stories.audit import Audit
from tests.stories.lines import (
    ACCOUNT,
    HOOK_SECRET,
    PASSWORD,
    SIGNING_SECRET,
    settings_of,
)
from tests.stories.people import Member, Room

T = TypeVar("T")
Json = dict[str, Any]

BOT_TOKEN, APP_TOKEN = "xoxb-story", "xapp-story"

PEOPLE = (
    Person("U0ANNA", "anna", "Anna Holt", is_admin=True),
    Person("U0BORIS", "boris", "Boris Lang"),
    Person("U0MONA", "mona", "Mona Diaz"),
    Person("U0OLGA", "olga", "Olga Petrov"),
    Person("U0CLARA", "clara", "Clara Reid"),
    Person("U0DEVI", "devi", "Devi Rao"),
    Person("U0VERA", "vera", "Vera Blum"),
    Person("U0GIL", "gil", "Gil Gast", is_restricted=True),
    Person("U0EVE", "eve", "Eve Other", is_stranger=True),
    Person("U0DORA", "dora", "Dora Gone", deleted=True),
    Person("U0ROBO", "robo", "Robo", is_bot=True),
)
"""An admin, two managers, an operator, two agents, a viewer, and four who are kept out."""

MONA = people.Person("U0MONA", "mona")

EVERYBODY = {person.id for person in PEOPLE}


def channels() -> list[Channel]:
    return [
        Channel("C0PHONES", "phones", is_ext_shared=True, members=set(EVERYBODY)),
        Channel("C0SALES", "sales", members=set(EVERYBODY)),
        Channel("C0SUPPORT", "support", members=set(EVERYBODY)),
        Channel("C0APPROVE", "phone-approvals", is_private=True, members=set(EVERYBODY)),
        Channel("C0ADMIN", "phone-admins", is_private=True, members={"U0ANNA"}),
        Channel("C0AWAY", "away", members=set(EVERYBODY), bot_is_member=False, is_private=True),
    ]


class Team:
    """Everybody, their Slack, their telephone account, and the bot between them.

    Attributes:
        slack, yay: the two worlds around the bot.
        program: the bot; `restarts` and `is_killed` put another one in its place.
        expected: events of error-level log lines that a story provokes on purpose.
    """

    def __init__(
        self,
        clock: FakeClock,
        database_url: str,
        *,
        groups: Sequence[CommandGroup] = GROUPS,
        socket_mode: bool = False,
        **slack: Any,
    ) -> None:
        self.clock = clock
        self.yay = SimulatedYay(password=PASSWORD, clock=clock.now)
        self.slack = DemoSlack(
            people=PEOPLE,
            channels=channels(),
            usergroups={"S0TELECOM": ["U0BORIS", "U0MONA"], "S0AGENTS": ["U0CLARA", "U0DEVI"]},
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
            signing_secret=SIGNING_SECRET,
            clock=lambda: clock.now().timestamp(),
            retry_delays=(0.0, 0.0, 0.0),
            **slack,
        )
        self.socket_mode, self.groups = socket_mode, groups
        self.expected: list[str] = []
        self.logged: list[Any] = []
        self._database_url = database_url
        self._program: Program | None = None
        self.anna, self.boris, self.mona, self.olga = self._members("anna", "boris", "mona", "olga")
        self.clara, self.devi, self.vera, self.gil = self._members("clara", "devi", "vera", "gil")
        self.eve, self.dora, self.robo = self._members("eve", "dora", "robo")

    def _members(self, *names: str) -> list[Member]:
        by_name = {person.name: person for person in PEOPLE}
        return [Member(self, by_name[name].id, by_name[name].real_name) for name in names]

    @property
    def program(self) -> Program:
        assert self._program is not None
        return self._program

    @property
    def audit(self) -> Audit:
        """What the audit log tells."""
        return Audit(self.program.database)

    def channel(self, name: str) -> Room:
        """A channel by its name, like `#support`."""
        return Room(self, next(one.id for one in channels() if f"#{one.name}" == name))

    # -- running --

    def settings(self, **more: Any) -> Json:
        """What the settings file would hold."""
        slack = {
            "bot_token": BOT_TOKEN,
            "signing_secret": SIGNING_SECRET,
            "api_url": self.slack.api_url,
        }
        if self.socket_mode:
            slack["app_token"] = APP_TOKEN
        return settings_of(slack, self._database_url, self.yay.url) | more

    async def begins(self, **settings: Any) -> None:
        """Start a program, and tell Slack and the provider where it is."""
        self._program = Program(parse(self.settings(**settings)), self.groups, self.clock)
        await self._program.start()
        assert self._program.server is not None
        url = self._program.server.url
        if not self.socket_mode:
            self.slack.events_url = f"{url}/slack/events"
        hooks = f"{url}/hooks/{ACCOUNT}/{HOOK_SECRET}"
        self.yay.account.hooks = {kind: f"{hooks}/{kind}" for kind in ("call", "voicemail")}
        if self.socket_mode:
            await self.slack.wait_for(lambda: self.slack.connections)

    async def restarts(self) -> None:
        """The program ends as it should, and another begins on the same database."""
        await self.program.stop()
        await self.begins()

    async def is_killed(self) -> None:
        """The program ends at once: nothing is drained, nothing is said."""
        program = self.program
        await program.background.drain(0)
        await program.stop()

    async def accepts_but_dies(self, kind: str, body: bytes) -> None:
        """What a program leaves that is killed right after it accepted a delivery."""
        database = Database(self._database_url)
        async with database.write() as session:
            await deliveries.keep(
                session,
                account=ACCOUNT,
                kind=kind,
                headers={"content-type": "application/json"},
                body=body,
                address="127.0.0.1",
                at=self.clock.now(),
            )
        await database.close()

    async def changes_state(self, state: ChangeState) -> None:
        """What a program leaves that is killed when a change had come so far."""
        database = Database(self._database_url)
        async with database.write() as session:
            (row,) = await changes.in_state(session, ChangeState.WAITING)
            await changes.decide(session, row.id, ChangeState.READY, MONA, self.clock.now())
            if state is ChangeState.APPLYING:
                await changes.begin(session, row.id, "a program that was killed")
        await database.close()

    async def ends(self) -> None:
        if self._program is not None:
            await self._program.stop()

    # -- waiting --

    async def settles(self) -> None:
        """Until no work is under way and Slack has the newest state of every card."""
        async with asyncio.timeout(10):
            await self.program.background.settled()
            while await self._behind():  # noqa: ASYNC110 - each round is a query, not a pause
                await asyncio.sleep(0)
            await self.program.background.settled()

    async def hears(self, event: str) -> None:
        """Until the program has logged something."""
        async with asyncio.timeout(5):
            while event not in {line["event"] for line in self.logged}:  # noqa: ASYNC110
                await asyncio.sleep(0)

    async def sees(self, look: Callable[[], T]) -> T:
        """Wait until Slack shows something."""
        return await self.slack.wait_for(look)

    async def _behind(self) -> int:
        async with self.program.database.read() as session:
            waiting, _ = await cards.count_behind(session)
        return waiting

    # -- the telephone --

    async def rings_out(self, from_: str, to: str) -> str:
        """Somebody calls a line, nobody answers, and they hang up before the mailbox."""
        call = await self.yay.ring(from_, to)
        await call.hang_up()
        await self.program.background.settled()
        return call.id

    async def is_told_by_the_provider(self, kind: str, body: Json | bytes) -> None:
        """A delivery as the provider would send it; kept, then read."""
        url = next(url for name, url in self.yay.account.hooks.items() if name == kind)
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(url, data=sent) as answer,
        ):
            assert answer.status == 200
        await self.program.background.settled()

    def sent(self, method: str, path: str = "") -> list[Any]:
        """Requests of a kind that the provider got, as (path, body)."""
        return [
            (one.path, one.body)
            for one in self.yay.account.requests
            if one.method == method and one.path.startswith(path)
        ]

    def flow(self, name: str) -> Json | None:
        """A call flow as the provider holds it."""
        return next((f for f in self.yay.account.flows.values() if f["name"] == name), None)

    def module(self, flow: str, name: str) -> Json:
        """One module of a call flow, by its key."""
        held = self.flow(flow)
        assert held is not None
        found: Json = held["flow"][name]
        return found

    # -- the end --

    def has_nothing_to_complain_of(self) -> None:
        """Slack refused nothing, and no error stands in the log that a story did not expect."""
        assert self.slack.refusals == []
        errors = [line for line in self.logged if line["log_level"] in ("error", "critical")]
        unexpected = [line for line in errors if line["event"] not in self.expected]
        assert unexpected == [], unexpected
        assert {line["event"] for line in errors} == set(self.expected)


@asynccontextmanager
async def working(team: Team, *, start: bool = True) -> AsyncIterator[Team]:
    """A team at work, whose day ends without complaint."""
    with structlog.testing.capture_logs() as logged:
        team.logged = logged
        await team.yay.start()
        await team.slack.start()
        try:
            if start:
                await team.begins()
            yield team
            await team.program.background.settled()
        finally:
            await team.ends()
            await team.slack.close()
            await team.yay.close()
        team.has_nothing_to_complain_of()
