"""Builds the program from its settings. Importing this does nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import structlog

from bot.domain.clock import Clock, SystemClock
from bot.domain.lines import Line, Lines
from bot.domain.numbers import Extension, PhoneNumber
from bot.jobs.beat import Beat
from bot.jobs.catalogue import catalogue as job_catalogue
from bot.metrics import Metrics
from bot.providers.account import AccountSettings
from bot.providers.base import Delivered, Provider
from bot.providers.registry import connect, spec
from bot.services.accounts import Account, Accounts
from bot.services.background import Background, Bell
from bot.services.calls import Calls
from bot.services.changes import Changes
from bot.services.health import Checkup
from bot.services.intake import Intake
from bot.services.inventory import Inventory
from bot.services.permissions import Permissions
from bot.services.polls import Polls
from bot.services.record import Record
from bot.services.services import Services
from bot.settings import Settings
from bot.slack.cards import Sender
from bot.slack.declare import Catalogue, CommandGroup
from bot.slack.directory import SlackDirectory
from bot.slack.dispatch import Dispatch
from bot.slack.gateway import Gateway, SlackTrouble
from bot.slack.listeners import HttpEntrance, Identity, SocketEntrance, bolt
from bot.store.database import Database
from bot.web import Server, application

log = structlog.get_logger(__name__)

FIRST_RETRY, LONGEST_RETRY = 0.5, 30.0
"""Seconds between tries to reach Slack after a start."""


def account(name: str, settings: AccountSettings, provider: Provider) -> Account:
    """An account as services know it."""
    declared = spec(settings.provider)
    return Account(
        name=name,
        telephony=provider,
        region=settings.region,
        hooks=declared.hooks,
        secrets=tuple(settings.secrets()),
        news=lambda *delivery: declared.news(settings, Delivered(*delivery)),
        where_to_paste=declared.where_to_paste,
        poll_minutes=settings.poll_minutes,
    )


def lines(settings: Settings) -> Lines:
    """The configured lines."""
    return Lines(
        Line(
            line.name,
            line.account,
            PhoneNumber(line.number) if line.number else Extension(line.extension or ""),
            line.channel or "",
        )
        for line in settings.lines
    )


class Program:
    """The bot: everything it is made of, started and stopped in order."""

    def __init__(
        self, settings: Settings, groups: Iterable[CommandGroup], clock: Clock | None = None
    ) -> None:
        slack, clock = settings.needed_slack(), clock or SystemClock()
        self._settings, self._slack = settings, slack
        self.catalogue = Catalogue(groups)
        self.background, bell = Background(), Bell()
        self.database = Database(settings.database.url)
        self._providers = {name: connect(s) for name, s in settings.accounts.items()}
        accounts = Accounts(
            account(name, settings.accounts[name], provider)
            for name, provider in self._providers.items()
        )
        self.gateway = Gateway(slack.bot_token.get_secret_value(), slack.api_url)
        self.directory = SlackDirectory(self.gateway, clock)
        permissions = Permissions(settings.roles.by_role(), self.directory)
        inventory = Inventory(accounts, clock)
        known_lines = lines(settings)
        calls = Calls(
            self.database,
            permissions,
            known_lines,
            bell,
            clock,
            default_channel=settings.channels.default,
        )
        self.services = Services(
            accounts=accounts,
            background=self.background,
            calls=calls,
            changes=Changes(
                self.database,
                accounts,
                permissions,
                inventory,
                self.background,
                bell,
                clock,
                approvals=settings.channels.approvals or settings.channels.default,
            ),
            checkup=Checkup(self.database, accounts, clock),
            clock=clock,
            intake=Intake(self.database, accounts, calls, self.background, bell, clock),
            inventory=inventory,
            lines=known_lines,
            permissions=permissions,
            polls=Polls(self.database, accounts, calls, bell, clock),
            record=Record(self.database),
        )
        self.sender = Sender(
            self.database, self.gateway, self.catalogue.cards, self.services, bell, clock
        )
        self.beat = Beat(job_catalogue(self.services), self.database, clock)
        self._metrics = Metrics(
            self.services, {name: provider.outcomes for name, provider in self._providers.items()}
        )
        self._clock = clock
        self._identity = Identity(self.gateway, slack.bot_token.get_secret_value())
        self._socket: SocketEntrance | None = None
        self._slack_ready = False
        self._loops: list[asyncio.Task[None]] = []
        self.server: Server | None = None

    async def start(self) -> None:
        """Start everything; returns when deliveries are accepted.

        Raises:
            SetupError: the database or the address cannot be used.
        """
        await self.database.migrate()
        dispatch = Dispatch(self.services, self.catalogue, self.directory, self.gateway)
        app = bolt(dispatch, self._identity, self.gateway)
        http: HttpEntrance | None = None
        if self._slack.app_token is None:
            http = HttpEntrance(app, self._slack.signing_secret.get_secret_value(), self._clock)
        else:
            token = self._slack.app_token.get_secret_value()
            self._socket = SocketEntrance(app, token, self.gateway)
        web = self._settings.web
        self.server = await Server.start(
            application(
                self.services.intake, self.not_ready, self._metrics, http.answer if http else None
            ),
            web.host,
            web.port,
        )
        self._loops = [
            asyncio.create_task(self._reach_slack(), name="reach Slack"),
            asyncio.create_task(self.sender.run(), name="sender"),
        ]
        self.beat.start()
        await self.services.intake.recover()
        await self.services.changes.recover()
        log.info("started", url=self.server.url, socket_mode=self._socket is not None)

    async def stop(self) -> None:
        """Stop in the order in which nothing accepted is lost."""
        self.beat.stop()
        if self._socket is not None:
            await self._socket.close()
        if self.server is not None:
            await self.server.stop()
        await self.background.drain()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        for provider in self._providers.values():
            await provider.close()
        await self.gateway.close()
        await self.database.close()

    async def not_ready(self) -> list[str]:
        """Why the program is not ready."""
        reasons = []
        try:
            if not await self.database.is_current():
                reasons.append("the database has another schema; run `switchboard migrate`")
        except Exception as error:  # noqa: BLE001 - any trouble of the database is the answer
            reasons.append(f"the database does not answer ({type(error).__name__})")
        if not self._slack_ready:
            reasons.append("Slack has not confirmed the bot token yet")
        if self._socket is not None and not self._socket.connected:
            reasons.append("Socket Mode is not connected")
        if not self.beat.running:
            reasons.append("the clock does not run")
        return reasons

    async def _reach_slack(self) -> None:
        """Learn who we are and connect; Slack may be down while we start."""
        wait = FIRST_RETRY
        while not self._slack_ready:
            try:
                await self._identity.learn()
                self.directory.team = self._identity.team_id
                if self._socket is not None:
                    await self._socket.open()
                self._slack_ready = True
                log.info("Slack is reached", team=self._identity.team_id)
            except (SlackTrouble, OSError, TimeoutError) as trouble:
                log.warning("Slack cannot be reached yet", why=str(trouble))
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_RETRY)
