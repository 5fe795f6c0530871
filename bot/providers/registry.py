"""All providers, in the order in which tables show them."""

from __future__ import annotations

from bot.providers.base import ProviderSpec
from bot.providers.yay import SPEC as YAY

PROVIDERS: tuple[ProviderSpec, ...] = (YAY,)

BY_SLUG = {spec.slug: spec for spec in PROVIDERS}
