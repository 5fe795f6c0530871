"""A call flow as readable steps: "2. Ring Sales for 25 s; if nobody answers, go to 3"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.callflow import (
    VOICEMAIL_OF_DIALLED,
    Busy,
    Conference,
    DialExtension,
    ExtensionTarget,
    FlowDraft,
    GroupTarget,
    HoldMusic,
    MatchCaller,
    Menu,
    NumberTarget,
    Play,
    Ring,
    Step,
    Target,
    Trunk,
    UnknownStep,
    Voicemail,
)
from bot.flows.graph import reading_order

Names = Mapping[str, str]
"""Names of a telephone system's objects by id; an id without a name is shown shortened."""


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step for a reader.

    Attributes:
        number: from 1, in reading order.
        does: what happens here.
        ways: each way out, and the number of the step it leads to (or what else happens).
    """

    key: str
    number: int
    does: str
    ways: tuple[tuple[str, str], ...]


def steps_in_words(flow: FlowDraft, names: Names) -> list[StepWords]:
    """The flow's steps in reading order."""
    order = reading_order(flow)
    number = {key: index for index, key in enumerate(order, start=1)}

    def leads(hop: str | None) -> str:
        if hop == VOICEMAIL_OF_DIALLED:
            return "voicemail of the person dialled"
        return f"step {number[hop]}" if hop in number else "the call ends" if not hop else "nowhere"

    return [
        StepWords(
            key,
            number[key],
            does(flow.steps[key], names),
            tuple((way, leads(hop)) for way, hop in flow.steps[key].hops()),
        )
        for key in order
    ]


def names_of_steps(flow: FlowDraft) -> dict[str, str]:
    """A short name for each step: its number and its kind."""
    order = enumerate(reading_order(flow), start=1)
    return {key: f"Step {number} ({flow.steps[key].title.lower()})" for number, key in order}


def flow_called(flow: FlowDraft) -> str:
    """A flow by name, with its extension where it has one: `Sales (extension 501)`."""
    return flow.name if flow.extension is None else f"{flow.name} (extension {flow.extension})"


def does(step: Step, names: Names) -> str:
    """What one step does, in words."""

    def called(id_: str | None) -> str:
        return names.get(id_ or "", f"…{(id_ or '')[-6:]}") if id_ else "none"

    match step:
        case HoldMusic(playlist=playlist):
            return f"Set hold music to {called(playlist)}"
        case MatchCaller(patterns=patterns):
            return f"Match the caller against {_either(patterns)}"
        case Play(sound=sound):
            return f"Play {called(sound)}"
        case Ring():
            return _ring(step, called)
        case Menu(prompt=prompt, seconds=seconds):
            said = f"Menu: play {called(prompt)}" if prompt else "Menu"
            return f"{said}, wait {seconds or 10} s for a key"
        case DialExtension(wait_seconds=wait, ring_seconds=ring):
            return f"Let the caller dial an extension ({wait or 10} s), ring it for {ring or 30} s"
        case Busy(seconds=seconds):
            return f"Busy tone for {seconds or 3} s, then hang up"
        case Voicemail(mailboxes=mailboxes):
            return f"Take a message for {_either([called(box) for box in mailboxes], 'and')}"
        case Conference(has_pin=has_pin):
            return "Conference room, with a PIN" if has_pin else "Conference room, no PIN"
        case Trunk(trunk=trunk):
            return f"Send the call to trunk {called(trunk)}"
        case UnknownStep(name=name):
            return f"“{name}” (kept as it is)"
        case _:
            return step.title


def _ring(step: Ring, called: Callable[[str | None], str]) -> str:
    rings = _either([target_in_words(target, called) for target in step.targets], "and")
    words = f"Ring {rings} for {step.seconds or 30} s"
    extras = [
        *([f"whisper {called(step.whisper)}"] if step.whisper else []),
        *([f"ringtone {called(step.ringtone)}"] if step.ringtone else []),
    ]
    return f"{words} ({', '.join(extras)})" if extras else words


def target_in_words(target: Target, called: Callable[[str | None], str]) -> str:
    """Who rings, by name."""
    match target:
        case ExtensionTarget(id=id_) | GroupTarget(id=id_):
            return called(id_)
        case NumberTarget(number=number):
            return number
        case other:
            return other.words


def _either(words: list[str] | tuple[str, ...], joint: str = "or") -> str:
    listed = list(words)
    if len(listed) < 2:
        return listed[0] if listed else "nobody"
    return f"{', '.join(listed[:-1])} {joint} {listed[-1]}"
