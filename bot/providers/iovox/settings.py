"""The settings of an IOVOX account."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from bot.providers.account import AccountSettings

_Header = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]


def _one_line(secret: SecretStr) -> SecretStr:
    # Checked here, for the error of whoever builds the header would show the key.
    if not secret.get_secret_value().isprintable():
        raise ValueError("a secure key is one line of printable characters")
    return secret


class IovoxSettings(AccountSettings):
    """One account at IOVOX.

    Attributes:
        username: sent as the header username.
        secure_key: sent as the header secureKey; the sandbox has another than the live host.
        base_url: the sandbox is https://sandboxapi.iovox.com:444.
        time_zone: of the times in call data, which carry none.
        per_second: requests a second; the provider states no limit.
        seconds: time limit of one request.
    """

    provider: Literal["iovox"]
    username: _Header
    secure_key: Annotated[SecretStr, AfterValidator(_one_line)] = Field(min_length=1)
    base_url: str = "https://api.iovox.com:444"
    time_zone: str = "Europe/London"
    region: str = "GB"
    per_second: float = Field(5.0, gt=0)
    seconds: float = Field(20.0, gt=0)
