"""What is wrong with a call flow, before a provider is asked.

The Yay.com document and its fact sheet (A4) are the source of the rules: exactly one start, fax
stands alone, a dangling key drops the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.domain.callflow import (
    VOICEMAIL_OF_DIALLED,
    DialExtension,
    Fax,
    FlowDraft,
    HoldMusic,
    MatchCaller,
    Menu,
    NumberTarget,
    Play,
    Record,
    Ring,
    Start,
    UnknownStep,
    Voicemail,
)
from bot.flows.graph import reachable, reading_order, start_keys
from bot.flows.words import names_of_steps

_DIGIT = re.compile(r"[0-9*#]")
_E164 = re.compile(r"\+?[1-9]\d{5,14}")


class Severity(Enum):
    """Whether a finding stops the flow from being sent."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend in a flow.

    Attributes:
        step: key of the step, or None for the whole flow.
    """

    severity: Severity
    words: str
    step: str | None = None


def check(flow: FlowDraft) -> list[Finding]:
    """Everything that is wrong with a flow, errors first, in reading order."""
    found = [*_shape(flow), *_steps(flow), *_unreachable(flow)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that stop a flow from being sent."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _error(words: str, step: str | None = None) -> Finding:
    return Finding(Severity.ERROR, words, step)


def _shape(flow: FlowDraft) -> Iterator[Finding]:
    starts = start_keys(flow)
    if len(starts) != 1:
        count = "none" if not starts else str(len(starts))
        yield _error(f"A flow needs exactly one start; this one has {count}.")
    kinds = [type(step) for step in flow.steps.values()]
    if Fax in kinds and any(kind not in (Fax, Start) for kind in kinds):
        yield _error("A fax step must be the only one after the start, or faxes fail.")


def _steps(flow: FlowDraft) -> Iterator[Finding]:
    names = names_of_steps(flow)
    for key in reading_order(flow):
        step, name = flow.steps[key], names[key]
        yield from _dangling(flow, name, key)
        match step:
            case Start(next=None):
                yield _error("The start leads nowhere: every call would end at once.", key)
            case Record(next=None):
                yield _error(f"{name}: nothing follows.", key)
            case Play(sound=None):
                yield _error(f"{name}: a sound is missing.", key)
            case HoldMusic(playlist=None):
                yield _error(f"{name}: a playlist is missing.", key)
            case HoldMusic(next=None):
                yield _error(f"{name}: nothing follows.", key)
            case Ring(targets=targets):
                yield from _targets(name, key, targets)
            case MatchCaller(patterns=patterns, match=match, no_match=no_match):
                yield from _patterns(name, key, patterns)
                if match is None or no_match is None:
                    yield _error(f"{name}: both ways out must lead to a step.", key)
            case Menu(choices=choices):
                yield from _menu(name, key, choices)
            case Voicemail(mailboxes=()):
                yield _error(f"{name}: no mailbox takes the message.", key)
            case UnknownStep(name=word):
                yield Finding(
                    Severity.WARNING,
                    f"{name}: “{word}” is a kind of step that Switchboard does not know; "
                    "it is kept as it is.",
                    key,
                )


def _dangling(flow: FlowDraft, name: str, key: str) -> Iterator[Finding]:
    for way, hop in flow.steps[key].hops():
        if hop is None or hop in flow.steps:
            continue
        if hop == VOICEMAIL_OF_DIALLED and isinstance(flow.steps[key], DialExtension):
            continue
        yield _error(f"{name}: “{way}” leads to a step that does not exist.", key)


def _targets(name: str, key: str, targets: Iterable[object]) -> Iterator[Finding]:
    listed = list(targets)
    if not listed:
        yield _error(f"{name}: nobody rings.", key)
    for target in listed:
        if isinstance(target, NumberTarget) and not _E164.fullmatch(target.number):
            yield _error(f"{name}: “{target.number}” is not an international number (+44…).", key)


def _patterns(name: str, key: str, patterns: Iterable[str]) -> Iterator[Finding]:
    listed = list(patterns)
    if not listed:
        yield _error(f"{name}: there is no pattern to match.", key)
    for pattern in listed:
        try:
            re.compile(pattern)
        except re.error as wrong:
            yield _error(f"{name}: “{pattern}” is not a regular expression: {wrong}.", key)


def _menu(name: str, key: str, choices: dict[str, str]) -> Iterator[Finding]:
    if not choices:
        yield Finding(Severity.WARNING, f"{name}: no key leads anywhere.", key)
    for digit in choices:
        if not _DIGIT.fullmatch(digit):
            yield _error(f"{name}: “{digit}” is not a key of a telephone.", key)


def _unreachable(flow: FlowDraft) -> Iterator[Finding]:
    met, names = set(reachable(flow)), names_of_steps(flow)
    for key in flow.steps:
        if key not in met and not isinstance(flow.steps[key], Start):
            yield Finding(Severity.WARNING, f"{names[key]}: no caller can get here.", key)
