"""The settings of a RingMe account."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, StringConstraints

from bot.providers.account import AccountSettings

_Word = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]


def _absolute(path: str) -> str:
    if path and not path.startswith("/"):
        raise ValueError("a path starts with /")
    return path.rstrip("/")


def _as_text(value: object) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole else value


_Path = Annotated[str, AfterValidator(_absolute)]
_ExtensionId = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]


class RingMeSettings(AccountSettings):
    """One application at an operator's RingMe.

    Attributes:
        client_id: of the application, which acts as the user who made it.
        client_secret: of the application.
        base_url: the operator's host of the API, https://apiproxy.telphin.ru for one.
        api_path: what stands before every documented path.
        token_path: where tokens are given, on the same host.
        scope: asked for with the token; `call_api` is the other word in use.
        extensions: ids of the extensions that the bot looks after; no documented call lists them.
        download_login: for recordings by HTTP Basic, which takes no token.
        download_password: for the same; without both, the application's own credentials.
        none_as_word: write None where the document's enumerations name it, instead of null.
        durations: the unit of durations in web hooks, on which sources disagree.
        per_second: requests a second; what is stated is a number of requests an hour.
        seconds: time limit of one request.
    """

    provider: Literal["ringme"]
    client_id: _Word
    client_secret: SecretStr = Field(min_length=1)
    api_path: _Path = "/api/ver1.0"
    token_path: _Path = "/oauth/token"  # noqa: S105 - an address
    scope: str = "all"
    extensions: list[_ExtensionId] = Field(default_factory=list)
    download_login: str = ""
    download_password: SecretStr = SecretStr("")
    none_as_word: bool = False
    durations: Literal["microseconds", "seconds"] = "microseconds"
    per_second: float = Field(5.0, gt=0)
    seconds: float = Field(10.0, gt=0)
