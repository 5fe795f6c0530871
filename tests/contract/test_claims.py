"""Every provider claims every capability, and its code agrees with what it claims."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime

import pytest

from bot.domain.callflow import CallFlow, FlowDraft
from bot.domain.errors import Unsupported
from bot.domain.numbers import PhoneNumber
from bot.domain.records import Presence, Subscription
from bot.domain.telephony import Capability, Destination, Kind, Support
from bot.providers.base import CALLS, OF_KIND, Provider, ProviderSpec
from bot.providers.registry import all_specs
from bot.providers.registry import spec as spec_of

_NOW = datetime(2026, 7, 1, tzinfo=UTC)
_NUMBER = PhoneNumber("+442079460000")
_FLOW = CallFlow(id="f", name="f", extension=1, steps={})
ARGUMENTS: dict[str, tuple[object, ...]] = {
    "route_number": ("n", Destination(Kind.CALL_FLOW, "f")),
    "search_numbers": ("GB", ""),
    "order_number": ("o",),
    "set_forwarding": ("f", None),
    "set_presence": ("a", Presence.PAUSED),
    "hang_up": ("c",),
    "transfer": ("c", "101"),
    "recordings": (_NOW, _NOW),
    "recording": ("r",),
    "voicemail": ("m", "v"),
    "delete_voicemail": ("m", "v"),
    "texts": (_NOW, _NOW),
    "send_text": (_NUMBER, _NUMBER, "hello"),
    "faxes": (_NOW, _NOW),
    "fax": ("f",),
    "block_caller": (_NUMBER, ""),
    "unblock_caller": ("b",),
    "subscribe": ("call", "https://phones.example.com"),
    "unsubscribe": (Subscription("s", "call", "https://phones.example.com"),),
    "flow": ("f",),
    "create_flow": (FlowDraft(name="f", extension=1, steps={}),),
    "save_flow": (_FLOW,),
    "delete_flow": ("f",),
    "call_history": (_NOW, _NOW),
    "place_call": ("e", _NUMBER),
}

NAMED: dict[str, dict[str, object]] = {
    "save_flow": {"expecting": _FLOW},
    "order_number": {"rehearse": True},
}

SETTINGS: dict[str, dict[str, object]] = {
    "yay": {"reseller": "acme", "user": "admin", "password": "p"},
    "voipms": {"username": "anna@example.com", "password": "p"},
    "iovox": {"username": "acme", "secure_key": "k"},
    "voipnow": {"client_id": "c", "client_secret": "s"},
    "ringme": {"client_id": "c", "client_secret": "s"},
}
"""What an account needs besides its address, by the provider's slug."""

CLAIMS = [
    pytest.param(spec, capability, id=f"{spec.slug}-{capability.value}")
    for spec in all_specs()
    for capability in Capability
]


def an_account(spec: ProviderSpec) -> Provider:
    """An account at an address where nobody listens: whatever is sent fails in another way."""
    given = {"provider": spec.slug, "base_url": "http://127.0.0.1:9", **SETTINGS[spec.slug]}
    return spec.connect(spec.settings.model_validate(given))


def a_bare_provider(spec: ProviderSpec) -> Provider:
    """A provider that overrides nothing."""

    class Bare(Provider):
        pass

    Bare.spec = spec
    return Bare()


@pytest.mark.parametrize("spec", all_specs(), ids=lambda spec: spec.slug)
def test_a_spec_is_complete(spec: ProviderSpec) -> None:
    assert set(spec.claims) == set(Capability)
    assert spec_of(spec.slug) is spec
    assert "{url}" in spec.where_to_paste or not spec.hooks
    names = [name for each in spec.operations for name in (each.name, each.alias) if name]
    assert len(names) == len({name.casefold() for name in names})
    for claim in spec.claims.values():
        assert claim.note or claim.support is Support.YES
        assert not claim.note.endswith(".")


def test_every_capability_has_its_methods() -> None:
    assert set(CALLS) == set(Capability)


@pytest.mark.parametrize(("spec", "capability"), CLAIMS)
def test_what_is_claimed_is_written(spec: ProviderSpec, capability: Capability) -> None:
    connected = spec.connect
    assert inspect.isclass(connected)
    assert issubclass(connected, Provider)
    assert connected.spec is spec
    for method in CALLS[capability]:
        written = getattr(connected, method) is not getattr(Provider, method)
        # Listing objects is one method for several capabilities; it refuses by kind.
        if spec.claims[capability].usable or method != "objects":
            assert written is spec.claims[capability].usable, method
    if capability is Capability.CALL_EVENTS:
        assert bool(spec.hooks) is spec.claims[capability].usable


@pytest.mark.parametrize(("spec", "capability"), CLAIMS)
async def test_what_is_not_there_is_refused_before_anything_is_sent(
    spec: ProviderSpec, capability: Capability
) -> None:
    claim = spec.claims[capability]
    provider = a_bare_provider(spec) if claim.usable else an_account(spec)
    for method in CALLS[capability]:
        kinds = [kind for kind, of in OF_KIND.items() if of is capability]
        given = (kinds[0],) if method == "objects" else ARGUMENTS.get(method, ())
        more = NAMED.get(method, {})
        with pytest.raises(Unsupported) as caught:
            await getattr(provider, method)(*given, **more)
        assert caught.value.provider == spec.title
        assert caught.value.capability == capability.value
        assert caught.value.note == claim.note
    await provider.close()
