"""Slack's Web API as the bot uses it: one session, no silent retries, errors in our words.

slack_sdk's own retry of lost connections is off: it would post again what Slack may have taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import BotError
from bot.slack.blocks import Message

FINAL = frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "message_limit_exceeded",
        "invalid_auth", "account_inactive", "token_revoked", "missing_scope", "user_not_found",
        "invalid_blocks", "msg_too_long", "restricted_action", "cant_update_message",
    }
)  # fmt: skip
"""Answers of Slack that trying again does not change."""


class SlackTrouble(BotError):
    """Slack did not do it.

    Attributes:
        code: Slack's word, or why there was no answer.
        lost: no answer came, so it may have been done.
        retry_after: seconds that Slack asks us to wait.
    """

    default_hint = "Try again in a moment."

    def __init__(
        self, method: str, code: str, *, lost: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(f"Slack did not do {method}: {code}.")
        self.code, self.lost, self.retry_after = code, lost, retry_after

    @property
    def final(self) -> bool:
        """Whether trying again is useless."""
        return self.code in FINAL


class Gateway:
    """Calls to Slack."""

    def __init__(self, token: str, api_url: str, *, seconds: int = 10) -> None:
        self._token, self._api_url, self._seconds = token, api_url, seconds
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None

    @property
    def client(self) -> AsyncWebClient:
        """slack_sdk's client, on one shared session."""
        if self._client is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._seconds), trust_env=True
            )
            self._client = AsyncWebClient(
                token=self._token,
                base_url=self._api_url,
                session=self._session,
                timeout=self._seconds,
                retry_handlers=[],
            )
        return self._client

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """One method that does something; its arguments travel as JSON.

        Raises:
            SlackTrouble: refused, or not answered.
        """
        return (await self._called(method, json=arguments))[0]

    async def ask(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """One method that only tells something; Slack takes its arguments in the address alone.

        Raises:
            SlackTrouble: refused, or not answered.
        """
        return (await self._called(method, params=arguments, http_verb="GET"))[0]

    async def introduce(self) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """Who we are in Slack, and the headers that tell our scopes and Slack's time."""
        return await self._called("auth.test", json={})

    async def _called(self, method: str, **how: Any) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        try:
            answer = await self.client.api_call(method, **how)
        except SlackApiError as refused:
            response = refused.response
            wait = response.headers.get("Retry-After") if response.status_code == 429 else None
            code = "ratelimited" if wait else str(response.get("error") or response.status_code)
            raise SlackTrouble(
                method,
                code,
                lost=response.status_code >= 500,
                retry_after=float(wait) if wait else None,
            ) from None
        except (TimeoutError, aiohttp.ClientError, OSError) as cause:
            raise SlackTrouble(method, "no answer", lost=True) from cause
        return cast("Mapping[str, Any]", answer.data), answer.headers

    async def post(self, channel: str, message: Message) -> str:
        """Post a message; answers its ts."""
        answer = await self.call(
            "chat.postMessage",
            channel=channel,
            unfurl_links=False,
            unfurl_media=False,
            **message.payload(),
        )
        return str(answer["ts"])

    async def update(self, channel: str, ts: str, message: Message) -> None:
        """Replace a message."""
        await self.call("chat.update", channel=channel, ts=ts, **message.payload())

    async def whisper(self, channel: str, user: str, message: Message) -> None:
        """Say something to one person: where they are, or in their direct messages."""
        if not channel:
            await self.post(user, message)
            return
        try:
            await self.call("chat.postEphemeral", channel=channel, user=user, **message.payload())
        except SlackTrouble as trouble:
            if trouble.code not in ("channel_not_found", "user_not_in_channel", "not_in_channel"):
                raise
            await self.post(user, message)

    async def channel_of(self, id_: str) -> str:
        """The channel's id; for a person, that of their direct messages."""
        if not id_.startswith(("U", "W")):
            return id_
        answer = await self.call("conversations.open", users=id_)
        return str(answer["channel"]["id"])

    async def find(self, channel: str, event_type: str, key: str, since: float) -> str | None:
        """The ts of our message that carries this metadata, if it was posted after `since`."""
        answer = await self.ask(
            "conversations.history",
            channel=await self.channel_of(channel),
            oldest=f"{since:.6f}",
            include_all_metadata=True,
            limit=200,
        )
        for message in answer.get("messages", []):
            metadata = message.get("metadata") or {}
            found = metadata.get("event_type"), metadata.get("event_payload", {}).get("key")
            if found == (event_type, key):
                return str(message["ts"])
        return None

    async def respond(self, url: str, payload: Mapping[str, Any]) -> None:
        """Answer through a payload's response_url."""
        assert self.client.session is not None  # noqa: S101 - made together with the client
        try:
            async with self.client.session.post(url, json=payload) as response:
                if response.status >= 400:
                    raise SlackTrouble("response_url", str(response.status))
        except (TimeoutError, aiohttp.ClientError, OSError) as cause:
            raise SlackTrouble("response_url", "no answer", lost=True) from cause
