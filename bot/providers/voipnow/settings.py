"""The settings of a VoipNow account."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from bot.providers.account import AccountSettings
from bot.providers.voipnow.paths import GuessedPaths
from bot.providers.voipnow.wire import OneExtension, UserId

_Word = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]


def _absolute(path: str) -> str:
    if not path.startswith("/"):
        raise ValueError("a path starts with /")
    return path.rstrip("/")


_Path = Annotated[str, AfterValidator(_absolute)]


class VoipNowSettings(AccountSettings):
    """One app on an operator's own VoipNow.

    The app is registered there as trusted. A certificate of the operator's own goes into the file
    that the environment's SSL_CERT_FILE names.

    Attributes:
        client_id: the app's key.
        client_secret: the app's secret; when it is made anew, every token dies.
        base_url: the operator's host. uapi.voipnow.com is only the name in the examples.
        user: whose extensions: @me, or a user's id.
        extensions: whose events are listed; none means all telephones of the user.
        queues: extensions of the queues that the bot looks after; no call lists them.
        api_path: what stands before every documented path.
        token_path: where tokens are given, on the same host.
        token_kind: sent as `type` when a token is asked for; the vendor's clients do so.
        redirect_uri: sent then too; the address of the token itself where it is left out.
        time_zone: of times that carry none, and of those that are asked for.
        per_second: requests a second; the provider states no limit.
        seconds: time limit of one request; the vendor's client waits as long.
        paths: what sources disagree on.
    """

    provider: Literal["voipnow"]
    client_id: _Word
    client_secret: SecretStr = Field(min_length=1)
    user: UserId = "@me"
    extensions: list[OneExtension] = Field(default_factory=list)
    queues: list[OneExtension] = Field(default_factory=list)
    api_path: _Path = "/uapi"
    token_path: _Path = "/oauth/token.php"  # noqa: S105 - an address
    token_kind: str = "unifiedapi"  # noqa: S105 - a word of the protocol
    redirect_uri: str = ""
    per_second: float = Field(5.0, gt=0)
    seconds: float = Field(30.0, gt=0)
    paths: GuessedPaths = GuessedPaths()
