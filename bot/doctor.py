"""`switchboard check`: everything that an installation needs, one finding each."""

from __future__ import annotations

import zoneinfo
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.domain.errors import BotError, SetupError
from bot.providers.registry import connect
from bot.settings import Settings, SlackSettings, load
from bot.slack.gateway import Gateway, SlackTrouble
from bot.slack.manifest import SCOPES
from bot.slack.text import plural
from bot.store.database import Database

MOST_SKEW = 60.0
"""Seconds by which our clock may differ; Slack refuses signatures older than five minutes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    ok: bool
    words: str
    hint: str = ""

    def line(self) -> str:
        """For a terminal."""
        return f"{'ok  ' if self.ok else 'FAIL'}  {self.subject}: {self.words} {self.hint}".rstrip()

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


async def examine() -> AsyncIterator[Finding]:
    """Look at everything; one trouble does not hide another."""
    try:
        settings = load()
    except SetupError as wrong:
        yield Finding("settings", False, wrong.user_message, wrong.hint)
        return
    counted = f"{plural(len(settings.accounts), 'account')}, {plural(len(settings.lines), 'line')}"
    yield Finding("settings", True, counted)
    yield await _database(settings)
    yield _zones(settings)
    async for finding in _slack(settings):
        yield finding
    for name in settings.accounts:
        yield await _account(settings, name)
    yield _deliveries(settings)


async def _database(settings: Settings) -> Finding:
    try:
        database = Database(settings.database.url)
        try:
            await database.ping()
            current = await database.is_current()
        finally:
            await database.close()
    except SetupError as wrong:
        return Finding("database", False, wrong.user_message, wrong.hint)
    if not current:
        return Finding("database", True, "answers; `run` or `migrate` will bring its schema up.")
    return Finding("database", True, "answers, and its schema is the newest")


def _zones(settings: Settings) -> Finding:
    for name, account in settings.accounts.items():
        try:
            zoneinfo.ZoneInfo(account.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            words = f"accounts.{name}.time_zone: there is no time zone {account.time_zone}."
            return Finding("time zones", False, words, "Use an IANA name, like Europe/London.")
    return Finding("time zones", True, "known")


async def _slack(settings: Settings) -> AsyncIterator[Finding]:
    try:
        slack = settings.needed_slack()
    except SetupError as wrong:
        yield Finding("slack", False, wrong.user_message, wrong.hint)
        return
    gateway = Gateway(slack.bot_token.get_secret_value(), slack.api_url)
    try:
        told, headers = await gateway.introduce()
    except SlackTrouble as trouble:
        hint = "Install the app, and take its bot token."
        if trouble.lost:
            hint = "Look at slack.api_url and HTTPS_PROXY; slack_sdk does not obey NO_PROXY."
        yield Finding("slack", False, f"slack.bot_token: {trouble.user_message}", hint)
        return
    else:
        seats = [await _channel(gateway, *named) for named in _channels(settings)]
    finally:
        await gateway.close()
    yield Finding("slack", True, f"the bot is {told['user']} in {told['team']}")
    granted = set(headers.get("x-oauth-scopes", "").replace(" ", "").split(","))
    missing = sorted(set(SCOPES) - granted)
    hint = "Update the app's manifest (`switchboard manifest`) and install it again."
    if missing:
        yield Finding("slack scopes", False, f"missing: {', '.join(missing)}.", hint)
    else:
        yield Finding("slack scopes", True, "all there")
    yield _clock(headers.get("Date", ""))
    yield await _entrance(slack)
    for seat in seats:
        yield seat


async def _entrance(slack: SlackSettings) -> Finding:
    if slack.app_token is None:
        return Finding("slack deliveries", True, "by signed HTTP on /slack/events")
    gateway = Gateway(slack.app_token.get_secret_value(), slack.api_url)
    try:
        await gateway.call("apps.connections.open")
    except SlackTrouble as trouble:
        words = f"slack.app_token: {trouble.user_message}"
        hint = "Make an app-level token with the scope connections:write."
        return Finding("slack deliveries", False, words, hint)
    finally:
        await gateway.close()
    return Finding("slack deliveries", True, "by Socket Mode")


def _channels(settings: Settings) -> list[tuple[str, str]]:
    """Every channel that the settings name, and the key that names it."""
    named = [(f"channels.{key}", id_) for key, id_ in settings.channels.model_dump().items()]
    named += [(f"line {line.name}", line.channel) for line in settings.lines if line.channel]
    return named


async def _channel(gateway: Gateway, key: str, id_: str) -> Finding:
    if not id_:
        return Finding(key, False, "is not set.", "Set it to a channel's id, like C0123456789.")
    try:
        told = await gateway.ask("conversations.info", channel=id_)
    except SlackTrouble as trouble:
        return Finding(key, False, f"{id_}: {trouble.user_message}", "Invite the bot there.")
    channel = told["channel"]
    if not channel.get("is_member") and channel.get("is_private"):
        return Finding(key, False, f"the bot is not in {id_}.", "Invite it there.")
    return Finding(key, True, f"#{channel.get('name', id_)}")


def _clock(date: str) -> Finding:
    try:
        skew = abs((datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds())
    except (TypeError, ValueError):
        return Finding("clock", True, "Slack told no time to compare with")
    if skew > MOST_SKEW:
        return Finding("clock", False, f"differs from Slack's by {skew:.0f} s.", "Set up NTP.")
    return Finding("clock", True, "agrees with Slack's")


async def _account(settings: Settings, name: str) -> Finding:
    provider = connect(settings.accounts[name])
    try:
        await provider.ping()
    except BotError as trouble:
        return Finding(f"account {name}", False, trouble.user_message, trouble.hint)
    finally:
        await provider.close()
    return Finding(f"account {name}", True, f"{provider.title} answers")


def _deliveries(settings: Settings) -> Finding:
    hooked = [name for name, account in settings.accounts.items() if account.secrets()]
    if not hooked:
        return Finding("web hooks", True, "none are set up; call histories are polled")
    if not settings.web.public_url:
        words = "web.public_url is not set, so no provider can call back."
        hint = "Set it to the address that reaches this machine."
        return Finding("web hooks", False, words, hint)
    return Finding("web hooks", True, f"at {settings.web.public_url}/hooks/…")
