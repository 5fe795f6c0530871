"""The settings of a VoIP.ms account."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from bot.providers.account import AccountSettings


def _one_line(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().isprintable():
        raise ValueError("a password is one line of printable characters")
    return secret


class VoipmsSettings(AccountSettings):
    """One account at VoIP.ms.

    Attributes:
        username: the account's mail address, sent as api_username.
        password: the API's own password, set in the portal; sent as api_password.
        time_zone: in which answers are read. Public sources say it is the wall clock of New York,
            whatever `utc_offset` is sent.
        utc_offset: hours sent as `timezone` where call records must have one. Sources disagree
            whether it follows daylight saving; -5 all year is what two clients of real accounts do.
        per_second: calls a second; the limit a minute is not published.
        seconds: time limit of one call.
        texts_at_once: rows that a reading of texts asks for; without, it would be 50.
    """

    provider: Literal["voipms"]
    username: Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00-\x1f\x7f]+$")] = (
        Field(repr=False)
    )
    password: Annotated[SecretStr, AfterValidator(_one_line)] = Field(min_length=1)
    base_url: str = "https://voip.ms"
    time_zone: str = "America/New_York"
    utc_offset: Annotated[Decimal, Field(ge=-12, le=13)] = Decimal(-5)
    region: str = "CA"
    per_second: float = Field(4.0, gt=0)
    seconds: float = Field(20.0, gt=0)
    texts_at_once: int = Field(5_000, ge=1)
