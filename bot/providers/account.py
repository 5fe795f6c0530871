"""The settings that an account has at any provider."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from phonenumbers import SUPPORTED_REGIONS
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator


class AccountSettings(BaseModel):
    """Settings that every provider's account has; a provider adds its own.

    Attributes:
        base_url: the provider's origin; the documented path follows it.
        time_zone: IANA zone of times that the provider writes without one.
        region: ISO country whose national numbers are understood.
        webhook_secret: in the address of deliveries; several while one is being replaced.
        poll_minutes: how often the call history is read; 0 switches it off.
    """

    model_config = ConfigDict(extra="forbid")

    provider: str
    base_url: str
    time_zone: str = "UTC"
    region: str = "GB"
    webhook_secret: SecretStr | list[SecretStr] | None = None
    poll_minutes: int = Field(5, ge=0, le=1440)

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError("is no time zone; write one like Europe/London") from None
        return name

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+(/\S*)?", url):
            raise ValueError("is no address; write it like https://api.example.com")
        return url

    @field_validator("region")
    @classmethod
    def _is_a_country(cls, code: str) -> str:
        if code not in SUPPORTED_REGIONS:
            raise ValueError("is no country; write its two letters, like GB")
        return code

    @field_validator("webhook_secret")
    @classmethod
    def _fits_an_address(
        cls, given: SecretStr | list[SecretStr] | None
    ) -> SecretStr | list[SecretStr] | None:
        for secret in given if isinstance(given, list) else [given] if given else []:
            if not re.fullmatch(r"[\w.~-]{8,}", secret.get_secret_value(), re.ASCII):
                raise ValueError("stands in an address: 8 or more letters, digits, - _ . ~")
        return given

    def secrets(self) -> list[str]:
        """The accepted webhook secrets."""
        given = self.webhook_secret
        listed = given if isinstance(given, list) else [given] if given else []
        return [secret.get_secret_value() for secret in listed]
