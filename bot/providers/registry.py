"""All providers, in the order in which tables show them."""

from __future__ import annotations

from bot.providers.base import AccountSettings, Provider, ProviderSpec
from bot.providers.yay import SPEC as YAY

PROVIDERS: tuple[ProviderSpec, ...] = (YAY,)

BY_SLUG = {spec.slug: spec for spec in PROVIDERS}


def connect(settings: AccountSettings) -> Provider:
    """The client of one account."""
    return BY_SLUG[settings.provider].connect(settings)
