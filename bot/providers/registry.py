"""All providers, in the order in which tables show them; each is imported when it is needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from bot.providers.account import AccountSettings
from bot.providers.base import Provider, ProviderSpec

SLUGS: tuple[str, ...] = ("yay", "voipms", "iovox", "voipnow", "ringme")


@cache
def spec(slug: str) -> ProviderSpec:
    """What is declared of a provider; `KeyError` if there is none of this name."""
    if slug not in SLUGS:
        raise KeyError(slug)
    declared: ProviderSpec = import_module(f"bot.providers.{slug}").SPEC
    return declared


def all_specs() -> tuple[ProviderSpec, ...]:
    """Every provider's declaration."""
    return tuple(map(spec, SLUGS))


def connect(settings: AccountSettings) -> Provider:
    """The client of one account."""
    return spec(settings.provider).connect(settings)
