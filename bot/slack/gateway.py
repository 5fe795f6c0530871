"""Slack's Web API as the bot uses it: one session, no silent retries, errors in our words.

slack_sdk's own retry of lost connections is off: it would post again what Slack may have taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import BotError
from bot.slack.blocks import Message

FINAL = frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "message_limit_exceeded",
        "invalid_auth", "account_inactive", "token_revoked", "missing_scope", "user_not_found",
        "invalid_blocks", "msg_too_long", "restricted_action", "cant_update_message",
        "message_not_found", "edit_window_closed",
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
            raise _trouble(method, refused.response) from None
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

    async def upload(self, user: str, name: str, content: bytes) -> None:
        """Put a file into a person's direct messages, in Slack's three steps."""
        channel = await self.channel_of(user)
        told = await self.ask("files.getUploadURLExternal", filename=name, length=len(content))
        await self._send("the upload", str(told["upload_url"]), data=content)
        files = [{"id": told["file_id"], "title": name}]
        await self.call("files.completeUploadExternal", files=files, channel_id=channel)

    async def respond(self, url: str, payload: Mapping[str, Any]) -> None:
        """Answer through a payload's response_url."""
        await self._send("response_url", url, json=payload)

    async def _send(self, what: str, url: str, **body: Any) -> None:
        """POST to an address that Slack gave us."""
        assert self.client.session is not None  # noqa: S101 - made together with the client
        try:
            async with self.client.session.post(url, **body) as response:
                if response.status >= 400:
                    raise SlackTrouble(what, str(response.status))
        except (TimeoutError, aiohttp.ClientError, OSError) as cause:
            raise SlackTrouble(what, "no answer", lost=True) from cause


def _trouble(method: str, response: AsyncSlackResponse | aiohttp.ClientResponse) -> SlackTrouble:
    """What went wrong; a body that is no JSON comes as text, or as aiohttp's own response."""
    if isinstance(response, aiohttp.ClientResponse):
        status, word = response.status, ""
    else:
        told = response.data if isinstance(response.data, dict) else {}
        status, word = response.status_code, str(told.get("error") or "")
    wait = response.headers.get("Retry-After") if status == 429 else None
    return SlackTrouble(
        method,
        "ratelimited" if wait else word or f"HTTP {status}",
        lost=not word and status != 429,
        retry_after=float(wait) if wait else None,
    )
