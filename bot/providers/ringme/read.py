"""RingMe's objects in domain words."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.records import Agent, Forwarding, LiveCall, Presence, Recording, Registration
from bot.domain.telephony import Kind, Named
from bot.providers.ringme.events import number_in, party
from bot.providers.ringme.operations import agents, calls, incoming_rules, recordings
from bot.providers.ringme.operations.extensions import Extension, RegistrationState
from bot.providers.ringme.times import read_time


def named(
    kind: Kind,
    id_: str,
    record: Extension,
    *,
    online: bool | None = None,
    members: tuple[str, ...] = (),
) -> Named:
    """An extension, or what is behind it, by its label where it has one."""
    number = number_in(record.name or "")
    return Named(
        kind,
        id_,
        record.label or record.caller_id_name or number or id_,
        extension=number or None,
        online=online,
        members=members,
    )


def devices(state: RegistrationState) -> Iterator[Registration]:
    """The devices of an extension; where none is registered, those that were."""
    extension = str(state.extension_id)
    online = bool(state.registered)
    if not state.registrations:
        yield Registration(extension, online)
    for device in state.registrations:
        yield Registration(extension, online, device.device or "", device.real_address or "")


def agent(extension: str, record: agents.Agent, queues: tuple[str, ...]) -> Agent:
    """An agent; its status is a word or, by the document, an object."""
    word = record.status
    if isinstance(word, dict):
        word = next((value for value in word.values() if isinstance(value, str)), "")
    available = word == "available"
    return Agent(
        f"{extension}/{record.id}",
        record.name or str(record.id),
        Presence.AVAILABLE if available else Presence.LOGGED_OUT,
        extension=extension,
        queues=queues,
    )


def live_call(extension: str, record: calls.CurrentCall, region: str) -> LiveCall:
    """A call that is going on."""
    return LiveCall(
        f"{extension}/{record.call_api_id}",
        caller=party(record.caller_id_number or "", region),
        called=party(record.called_did or record.called_number or "", region),
        extension=extension,
        answered=bool(record.answer_time_gmt),
        since=read_time(record.init_time_gmt),
    )


def forwarding(extension: str, rule: incoming_rules.IncomingRule, region: str) -> Forwarding:
    """A rule of transfer; of several destinations the first is told."""
    first, *_ = [*(rule.transfer_dst or "").split(), ""]
    on = rule.enabled and first
    return Forwarding(
        f"{extension}/{rule.id}",
        rule.name or f"rule {rule.id}",
        party(first, region) if on else None,
    )


def recording(extension: str, record: recordings.Recording, region: str) -> Recording | None:
    """A recorded call; None where it has no id or no time."""
    started = read_time(record.init_time_gmt or record.start_time_gmt)
    if not record.record_uuid or started is None:
        return None
    return Recording(
        f"{extension}/{record.record_uuid}",
        caller=party(record.source_number or record.from_username or "", region),
        called=party(record.did_number or record.dest_number or record.to_username or "", region),
        started_at=started,
        seconds=record.duration,
    )
