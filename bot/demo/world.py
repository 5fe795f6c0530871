"""The demo's world: a Slack and telephone accounts, all on loopback, and the bot's settings.

The bot learns of it by addresses alone; nothing in it knows that it runs in a demo.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from bot.demo.accounts import neighbours
from bot.demo.providers.yay import SimulatedYay, Telephone, seed
from bot.demo.slack import Channel, DemoSlack, Person
from bot.domain.errors import SetupError
from bot.slack.manifest import SCOPES

ACCOUNT = "london"
RESELLER, USER = "acme", "admin"

ADMIN, MANAGER = "U0ANNA", "U0BORIS"
AGENT, SECOND_AGENT, GUEST = "U0CLARA", "U0DEVI", "U0GUEST"
GENERAL, SALES, SUPPORT, APPROVALS, ADMINS = (
    "C0PHONES",
    "C0SALES",
    "C0SUPPORT",
    "C0APPROVE",
    "C0ADMIN",
)

PEOPLE = (
    Person(ADMIN, "anna", "Anna Holt", is_admin=True, color="8a4f7d", title="Admin"),
    Person(MANAGER, "boris", "Boris Lang", color="2f6f9f", title="Manager"),
    Person(AGENT, "clara", "Clara Moss", color="b0562f", title="Agent"),
    Person(SECOND_AGENT, "devi", "Devi Rao", color="3f7d4f", title="Agent"),
    Person(GUEST, "gil", "Gil Gast", is_restricted=True, color="777777"),
)


def channels() -> list[Channel]:
    """The channels, with everybody in those that concern them."""
    team = {ADMIN, MANAGER, AGENT, SECOND_AGENT}
    return [
        Channel(GENERAL, "phones", members=team | {GUEST}, topic="Begin with /phone help"),
        Channel(SALES, "sales", members=team, topic="Missed calls of the line Sales"),
        Channel(SUPPORT, "support", members=team, topic="Missed calls of the line Support"),
        Channel(APPROVALS, "phone-approvals", is_private=True, members={ADMIN, MANAGER}),
        Channel(ADMINS, "phone-admins", is_private=True, members={ADMIN}),
    ]


class World:
    """Everything around the bot."""

    def __init__(self, *, port: int, folder: Path) -> None:
        self._port, self._folder = port, folder
        self._password = token_urlsafe(16)
        self._bot_token, self._signing_secret = f"xoxb-{token_urlsafe(16)}", token_urlsafe(24)
        self.yay = SimulatedYay(
            account=seed.demo_company(datetime.now(UTC)),
            reseller=RESELLER,
            user=USER,
            password=self._password,
        )
        self.slack = DemoSlack(
            people=PEOPLE,
            channels=channels(),
            usergroups={"S0TELECOM": [MANAGER], "S0SUPPORT": [AGENT, SECOND_AGENT]},
            bot_token=self._bot_token,
            signing_secret=self._signing_secret,
            command_description="Call flows, numbers and missed calls",
            command_hint="help | flow list | numbers | missed",
            scopes=SCOPES,
            telephone=Telephone(self.yay, ACCOUNT),
        )
        self._hook_secret = token_urlsafe(24)
        self._neighbours = neighbours()

    @property
    def url(self) -> str:
        """The page."""
        return self.slack.url

    async def start(self) -> None:
        """Start everything; the port of the page is the one that people were told.

        Raises:
            SetupError: the port is taken.
        """
        await self.yay.start()
        for account in self._neighbours:
            await account.provider.start()
        try:
            await self.slack.start(port=self._port)
        except OSError as taken:
            raise SetupError(
                f"The demo cannot listen on port {self._port}: {taken.strerror}.",
                hint="Stop what uses the port, or choose another with --port.",
            ) from None

    async def close(self) -> None:
        """Stop everything."""
        await self.slack.close()
        await self.yay.close()
        for account in self._neighbours:
            await account.provider.close()

    def meet(self, bot_url: str) -> None:
        """Tell Slack and the provider where the bot is, as a person does in their dashboards."""
        self.slack.events_url = f"{bot_url}/slack/events"
        hooks = f"{bot_url}/hooks/{ACCOUNT}/{self._hook_secret}"
        self.yay.account.hooks = {kind: f"{hooks}/{kind}" for kind in ("call", "voicemail")}

    def settings(self) -> dict[str, Any]:
        """What `switchboard.toml` would hold."""
        return {
            "slack": {
                "bot_token": self._bot_token,
                "signing_secret": self._signing_secret,
                "api_url": self.slack.api_url,
            },
            "web": {"port": 0},
            "database": {"url": f"sqlite+aiosqlite:///{self._folder / 'demo.db'}"},
            "accounts": {
                ACCOUNT: {
                    "provider": "yay",
                    "reseller": RESELLER,
                    "user": USER,
                    "password": self._password,
                    "base_url": self.yay.url,
                    "webhook_secret": self._hook_secret,
                    "per_second": 50.0,
                    "paths": {"call_history": "/voip/call/history"},
                },
                **{
                    account.name: {**account.settings, "base_url": account.provider.url}
                    for account in self._neighbours
                },
            },
            "lines": [
                {"name": "Sales", "account": ACCOUNT, "number": seed.SALES, "channel": SALES},
                {"name": "Support", "account": ACCOUNT, "number": seed.SUPPORT, "channel": SUPPORT},
                {"name": "Manchester", "account": ACCOUNT, "number": seed.MANCHESTER},
                {"name": "Freephone", "account": ACCOUNT, "number": seed.FREEPHONE},
            ],
            "channels": {"default": GENERAL, "approvals": APPROVALS, "admin": ADMINS},
            "roles": {
                "admin": [ADMIN],
                "manager": ["S0TELECOM"],
                "agent": ["S0SUPPORT"],
                "viewer": ["*"],
            },
        }
