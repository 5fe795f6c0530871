"""Call flows in domain words: IOVOX's rules as steps.

Rules happen one after the other, and what happens after a result or a key is nested in the rule; so
a flow is a tree, and each step has one place. A rule that the domain has no step for, or not with
everything in it, is an unknown step, and stays as it is. `editing.py` goes the other way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from bot.domain import callflow as domain
from bot.domain.callflow import CallFlow, NumberTarget, OtherTarget, Step, Target, UnknownStep
from bot.providers.iovox.rules import (
    VARIABLE,
    Call,
    CalledMessage,
    CallEvent,
    Count,
    Element,
    EventHandlers,
    Failure,
    Flow,
    KeyEvent,
    KeypressFailureMessages,
    MessageKeypress,
    Play,
    SoundFile,
    Voicemail,
    to_xml,
)
from bot.providers.iovox.xml import written

START = "@start"
"""Key of the start, for which IOVOX has no element."""

NO_ANSWER = "NO_ANSWER"
UNANSWERED = frozenset({"BUSY", "REJECTED", NO_ANSWER, "CANCELLED"})

E164 = re.compile(r"\+?[1-9][0-9]{5,14}")
_KEY = re.compile(r"[0-9*#]")


@dataclass(frozen=True, slots=True)
class Place:
    """A rule where it stands.

    Attributes:
        then: key of the rule after it.
        branches: the elements in it that hold rules for a result or a key, each with the key of its
            first rule.
    """

    key: str
    rule: Element
    then: str | None
    branches: tuple[tuple[Element, str | None], ...]

    @property
    def taken(self) -> list[tuple[Element, str]]:
        """The branches that hold rules."""
        return [(branch, key) for branch, key in self.branches if key is not None]


def to_flow(flow: Flow) -> CallFlow:
    """The flow in domain words; this never fails."""
    first, places = places_of(flow)
    steps: dict[str, Step] = {START: domain.Start(next=first)}
    steps |= {key: _step(place) for key, place in places.items()}
    name = flow.name or ""
    return CallFlow(id=name, name=name, steps=steps)


def places_of(flow: Flow) -> tuple[str | None, dict[str, Place]]:
    """The key of the first rule, and every rule by its key: its id, or a made-up one."""
    keys = _Keys(flow)
    places: dict[str, Place] = {}

    def level(rules: Sequence[Element]) -> str | None:
        named = [keys.of(rule) for rule in rules]
        for index, (key, rule) in enumerate(zip(named, rules, strict=True)):
            then = named[index + 1] if index + 1 < len(named) else None
            # Its place is kept first, so that steps stand in the order of the document.
            places[key] = Place(key, rule, then, ())
            found = tuple((branch, level(rules_in(branch))) for branch in branches_of(rule))
            places[key] = Place(key, rule, then, found)
        return named[0] if named else None

    return level(flow.children), places


def branches_of(rule: Element) -> Iterator[Element]:
    """What in a rule holds rules for a result or a key."""
    if isinstance(rule, Call | MessageKeypress):
        for handlers in rule.all(EventHandlers):
            yield from handlers.children


def rules_in(branch: Element) -> tuple[Element, ...]:
    """The rules of a branch."""
    return tuple(one for one in branch.children if not isinstance(one, KeypressFailureMessages))


def sound_id(sound: SoundFile) -> str | None:
    """`group|label`, or the label where there is no group."""
    label, group = sound.sound_label, sound.sound_group
    if label is None:
        return None
    return f"{group or ''}|{label}" if group or "|" in label else label


def sound_of(id_: str) -> tuple[str | None, str]:
    """Group and label of such an id."""
    group, pipe, label = id_.partition("|")
    return (group or None, label) if pipe else (None, id_)


class _Keys:
    """Keys for rules that cannot be named by their id: those without, and copies of one id."""

    def __init__(self, flow: Flow) -> None:
        self._ids = {START, *_ids(flow)}
        self._given: set[str] = {START}

    def of(self, rule: Element) -> str:
        key = _id(rule) or ""
        count = 1
        while not key or key in self._given:
            key = f"{rule.called}@{count}"
            count += 1
            if key in self._ids:
                key = ""
        self._given.add(key)
        return key


def _ids(element: Element) -> Iterator[str]:
    for child in element.children:
        yield _id(child) or ""
        yield from _ids(child)


def _id(rule: Element) -> str | None:
    return getattr(rule, "id", None) or rule.more.get("id")


# Steps


def _step(place: Place) -> Step:
    step: Step | None = None
    try:
        match place.rule:
            case Play() as rule:
                step = _play(rule, place)
            case Call() as rule:
                step = _ring(rule, place)
            case MessageKeypress() as rule:
                step = _menu(rule, place)
            case Voicemail() as rule if place.then is None:
                box = rule.destination_contact_id or rule.destination_email_address
                step = domain.Voicemail(mailboxes=(box,) if box else ())
    except ValidationError:
        step = None
    return step or _unknown(place)


def _play(rule: Play, place: Place) -> Step | None:
    sounds = rule.all(SoundFile)
    if len(sounds) != 1:
        return None
    return domain.Play(sound=sound_id(sounds[0]), next=place.then)


def _ring(rule: Call, place: Place) -> Step | None:
    whispers = [sound for said in rule.all(CalledMessage) for sound in said.all(SoundFile)]
    if len(whispers) > 1:
        return None
    match place.taken:
        case []:
            no_answer = place.then
        case [(branch, key)] if place.then is None and _is_no_answer(branch, place):
            no_answer = key
        case _:
            return None
    return domain.Ring(
        targets=(_target(rule),),
        seconds=_seconds(rule.timeout),
        whisper=sound_id(whispers[0]) if whispers else None,
        no_answer=no_answer,
    )


def _is_no_answer(branch: Element, place: Place) -> bool:
    """Whether a caller gets to this branch when nobody answers, and not after an answer."""
    if isinstance(branch, CallEvent):
        return NO_ANSWER in branch.results() <= UNANSWERED
    others = [one.results() for one, _ in place.branches if isinstance(one, CallEvent)]
    return isinstance(branch, Failure) and not any(NO_ANSWER in results for results in others)


def _target(rule: Call) -> Target:
    number = rule.destination_phone_number
    contact = rule.destination_contact_name or rule.destination_contact_id
    if number and E164.fullmatch(number):
        return NumberTarget(number=f"+{number.removeprefix('+')}")
    if VARIABLE in (number, contact):
        return OtherTarget(words="whom each link says")
    if number and number.startswith("$"):
        return OtherTarget(words=f"whom the call says ({number})")
    return OtherTarget(words=f"contact {contact}" if contact else number or "nobody")


def _menu(rule: MessageKeypress, place: Place) -> Step | None:
    prompts = [sound for play in rule.all(Play) for sound in play.all(SoundFile)]
    if len(prompts) > 1 or place.then is not None:
        return None
    choices: dict[str, str] = {}
    failures: list[str] = []
    for branch, key in place.taken:
        match branch:
            case KeyEvent(keypress_sequence=str(digit)) if _KEY.fullmatch(digit):
                if digit in choices:
                    return None
                choices[digit] = key
            case Failure():
                failures.append(key)
            case _:
                return None
    if len(failures) > 1:
        return None
    failure = failures[0] if failures else None
    return domain.Menu(
        prompt=sound_id(prompts[0]) if prompts else None,
        seconds=_seconds(rule.timeout),
        choices=choices,
        invalid=failure,
        timeout=failure,
    )


def _seconds(timeout: Count) -> int | None:
    return timeout if isinstance(timeout, int) else None


def _unknown(place: Place) -> UnknownStep:
    ways = [(_way(branch), key) for branch, key in place.taken]
    if place.then is not None:
        ways.append(("then", place.then))
    return UnknownStep(
        name=place.rule.called,
        leads_to=tuple(ways),
        fingerprint=_fingerprint(place.rule),
    )


def _way(branch: Element) -> str:
    match branch:
        case CallEvent(result=str(result)):
            return result.lower().replace("|", ", ").replace("_", " ")
        case KeyEvent(keypress_sequence=str(keys)):
            return f"key {keys}"
        case Failure():
            return "otherwise"
        case _:
            return branch.called


def _fingerprint(rule: Element) -> str:
    """Tells two versions of a rule apart; the rules in it have fingerprints of their own."""

    def bare(element: Element, inner: Mapping[int, Element]) -> Element:
        children = tuple(inner.get(id(child), child) for child in element.children)
        return replace(element, children=children)

    emptied: dict[int, Element] = {}
    if isinstance(rule, Call | MessageKeypress):
        for handlers in rule.all(EventHandlers):
            cleared = {
                id(branch): replace(
                    branch, children=branch.all(KeypressFailureMessages), text="", tail=""
                )
                for branch in handlers.children
            }
            emptied[id(handlers)] = bare(handlers, cleared)
    text = written(to_xml(replace(bare(rule, emptied), tail="")))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
