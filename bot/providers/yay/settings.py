"""The settings of a Yay.com account."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from bot.providers.account import AccountSettings
from bot.providers.yay.paths import GuessedPaths

_Header = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")]


def _one_line(secret: SecretStr) -> SecretStr:
    # Checked here, for the error of whoever builds the header would show the password.
    if not secret.get_secret_value().isprintable():
        raise ValueError("a password is one line of printable characters")
    return secret


class YaySettings(AccountSettings):
    """One account at Yay.com, or at a reseller's own host.

    Attributes:
        reseller: sent as X-Auth-Reseller.
        user: sent as X-Auth-User; often literally `admin`.
        password: sent as X-Auth-Password.
        acting_for: name of the sub-reseller for whom everything is done (X-Auth-For).
        base_url: white labels have their own.
        time_zone: of the times in web hooks and in the call history, which carry none.
        per_second: requests a second; the provider states no limit.
        seconds: time limit of one request.
        paths: of the calls whose path no document states.
    """

    provider: Literal["yay"]
    reseller: _Header
    user: _Header
    password: Annotated[SecretStr, AfterValidator(_one_line)] = Field(min_length=1)
    acting_for: _Header | None = None
    base_url: str = "https://api.yay.com"
    time_zone: str = "Europe/London"
    region: str = "GB"
    per_second: float = Field(5.0, gt=0)
    seconds: float = Field(10.0, gt=0)
    paths: GuessedPaths = GuessedPaths()
