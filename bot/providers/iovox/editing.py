"""Edited steps back into the rules that the account holds.

Writing starts from the flow as IOVOX holds it and changes only what differs between two domain
flows: unknown elements and attributes survive, and no rule gets another id, by which links find the
values that they have set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.domain import callflow as domain
from bot.domain.callflow import FlowDraft, NumberTarget, Step, Target, UnknownStep
from bot.domain.errors import UsageError
from bot.flows.graph import start_keys
from bot.flows.words import names_of_steps
from bot.providers.iovox.flows import (
    E164,
    NO_ANSWER,
    UNANSWERED,
    Place,
    branches_of,
    places_of,
    rules_in,
    sound_of,
)
from bot.providers.iovox.rules import (
    VARIABLE,
    Call,
    CalledMessage,
    CallEvent,
    Element,
    EventHandlers,
    Failure,
    Flow,
    KeyEvent,
    MessageKeypress,
    Play,
    SoundFile,
)

E = TypeVar("E", bound=Element)

Rules = tuple[Element, ...]

_ONE_NUMBER = "must ring one outside number; IOVOX rings nothing else, and not several together"


def new_flow(draft: FlowDraft) -> Flow:
    """The rules of a flow that is not there yet.

    Raises:
        UsageError: IOVOX has no rule for a step, or the steps are no tree.
    """
    empty = Flow(name=draft.name)
    return _Writer(empty, FlowDraft(name=draft.name, extension=0, steps={}), draft).written()


def changed_flow(flow: Flow, before: FlowDraft, after: FlowDraft) -> Flow:
    """The flow with what differs between two domain flows changed.

    Raises:
        UsageError: IOVOX has no rule for a step, or the steps are no tree, or it has a new name.
    """
    if before.name != after.name:
        raise UsageError(
            "A call flow of IOVOX is found by its name alone, so it keeps it here.",
            hint="An admin renames it with CallFlow.updateCallFlow and newName.",
        )
    for name in ("extension", "show_name", "show_caller"):
        if getattr(before, name) != getattr(after, name):
            raise UsageError(
                f"A call flow of IOVOX has no {name.replace('_', ' ')}.",
                hint="Leave it as it is.",
            )
    return _Writer(flow, before, after).written()


class _Writer:
    """Goes through a flow as a caller can, and writes each step where it belongs."""

    def __init__(self, flow: Flow, before: FlowDraft, after: FlowDraft) -> None:
        self._flow, self._before, self._after = flow, before, after
        _, self._places = places_of(flow)
        self._names = names_of_steps(after)
        self._met: set[str] = set()

    def written(self) -> Flow:
        starts = start_keys(self._after)
        if len(starts) != 1:
            raise UsageError("A call flow has exactly one start.")
        start = self._after.steps[starts[0]]
        assert isinstance(start, domain.Start)  # noqa: S101 - that is what start_keys looks for
        children = self._rules(start.next)
        for key in self._after.steps:
            if key not in self._met and key not in starts:
                raise self._refused(
                    key, "is where no caller can get, and IOVOX has no place for it"
                )
        return replace(self._flow, children=children)

    def _rules(self, key: str | None) -> Rules:
        """The rule of a key, and those after it."""
        found: list[Element] = []
        while key is not None:
            if key not in self._after.steps:
                raise UsageError(f"A step of “{self._after.name}” leads to one that is not there.")
            if key in self._met:
                raise self._refused(key, "is reached in two ways; in IOVOX each step has one place")
            self._met.add(key)
            rule, key = self._rule(key, self._after.steps[key])
            found.append(rule)
        return tuple(found)

    def _rule(self, key: str, step: Step) -> tuple[Element, str | None]:
        """The rule of a step, and the key of the one after it."""
        place, was = self._places.get(key), self._before.steps.get(key)
        if isinstance(step, UnknownStep):
            if place is None or step != was:
                raise self._refused(key, "is a kind of step that Switchboard cannot make or change")
            return self._kept(place)
        if place is None or type(was) is not type(step):
            place, was = self._made(key, step)
        match place.rule, was, step:
            case Play() as play, domain.Play() as old, domain.Play() as new:
                if old.sound != new.sound:
                    if new.sound is None:
                        raise self._refused(key, "has no sound")
                    play = _saying(play, new.sound)
                return play, new.next
            case Call() as call, domain.Ring() as old_ring, domain.Ring() as new_ring:
                return self._call(key, place, call, old_ring, new_ring)
            case (
                MessageKeypress() as menu,
                domain.Menu() as old_menu,
                domain.Menu() as new_menu,
            ):
                return self._menu(key, place, menu, old_menu, new_menu), None
            case _ if was == step:
                return self._kept(place)
            case _:
                raise self._refused(key, "cannot be changed here; change it in the IOVOX portal")

    def _kept(self, place: Place) -> tuple[Element, str | None]:
        """A rule as it is, with the rules in it, which may have changed."""
        filled = {id(branch): self._filled(branch, first) for branch, first in place.branches}
        return _with_branches(place.rule, filled), place.then

    def _made(self, key: str, step: Step) -> tuple[Place, Step]:
        """A bare rule, and the step that it is, for the differences to be written into."""
        rule: Element
        was: Step
        match step:
            case domain.Play(sound=None):
                raise self._refused(key, "has no sound")
            case domain.Play():
                rule, was = Play(id=key, label=step.title), domain.Play()
            case domain.Ring(targets=()):
                raise self._refused(key, _ONE_NUMBER)
            case domain.Ring():
                rule = Call(id=key, label=step.title, record=False, send_call_alert="NONE")
                was = domain.Ring()
            case domain.Menu():
                rule, was = MessageKeypress(id=key, label=step.title), domain.Menu()
            case _:
                raise self._refused(key, "is a kind of step that IOVOX has no rule for")
        return Place(key, rule, None, ()), was

    # Calls

    def _call(
        self, key: str, place: Place, call: Call, was: domain.Ring, step: domain.Ring
    ) -> tuple[Element, str | None]:
        if was.targets != step.targets:
            call = self._ringing(key, call, step.targets)
        if was.seconds != step.seconds:
            call = replace(call, timeout=step.seconds)
        if was.whisper != step.whisper:
            said = call.first(CalledMessage)
            becomes = _saying(said or CalledMessage(), step.whisper) if step.whisper else None
            call = _exchanged(call, said, becomes)
        if step.ringtone is not None:
            raise self._refused(key, "cannot be given a ringtone, which IOVOX does not have")
        if place.then is not None and not place.taken:
            return call, step.no_answer
        return self._unanswered(place, call, step.no_answer), None

    def _ringing(self, key: str, call: Call, targets: Sequence[Target]) -> Call:
        match tuple(targets):
            case (NumberTarget(number=number),) if E164.fullmatch(number):
                contact = call.destination_contact_id or call.destination_contact_name
                if contact not in (None, "", VARIABLE):
                    raise self._refused(
                        key, f"rings contact {contact}; change the contact's number instead"
                    )
                return replace(call, destination_phone_number=number.removeprefix("+"))
            case _:
                raise self._refused(key, _ONE_NUMBER)

    def _unanswered(self, place: Place, call: Call, hop: str | None) -> Element:
        """The call with the rules of a call that nobody takes in their place."""
        rules = self._rules(hop)
        branch = next((branch for branch, _ in place.taken), None) or _free_branch(call)
        if branch is not None:
            return _with_branches(call, {id(branch): _holding(branch, rules)})
        if not rules:
            return call
        results = "|".join(sorted(UNANSWERED - {"CANCELLED"}))
        event = CallEvent(action="onMatchResult", result=results, children=rules)
        return _with_handler(call, event)

    # Menus

    def _menu(
        self, key: str, place: Place, menu: MessageKeypress, was: domain.Menu, step: domain.Menu
    ) -> Element:
        if was.prompt != step.prompt:
            said = menu.first(Play)
            bare = said or Play(id=f"{key}_prompt", label="Prompt")
            becomes = _saying(bare, step.prompt) if step.prompt else None
            menu = _exchanged(menu, said, becomes)
        if was.seconds != step.seconds:
            menu = replace(menu, timeout=step.seconds)
        if step.invalid != step.timeout:
            raise self._refused(key, "must go on the same way on a wrong key and on none")
        filled: dict[int, Element | None] = {}
        for digit, branch in _keys_of(place).items():
            if digit in step.choices:
                filled[id(branch)] = _holding(branch, self._rules(step.choices[digit]))
            elif digit in was.choices:
                filled[id(branch)] = None
        failed = _failure_of(place)
        if failed is not None:
            filled[id(failed)] = _holding(failed, self._rules(step.invalid))
        rule: Element = _with_branches(menu, filled)
        for digit, hop in step.choices.items():
            if digit in _keys_of(place):
                continue
            event = KeyEvent(
                action="onMatchKeypressSequence",
                keypress_sequence=digit,
                children=self._rules(hop),
            )
            rule = _with_handler(rule, event)
        if step.invalid is not None and failed is None:
            failure = Failure(
                id=f"{key}_failure", label="No such key", attempts=1,
                children=self._rules(step.invalid),
            )  # fmt: skip
            rule = _with_handler(rule, failure)
        return rule

    # Parts

    def _filled(self, branch: Element, first: str | None) -> Element:
        return branch if first is None else _holding(branch, self._rules(first))

    def _refused(self, key: str, why: str) -> UsageError:
        return UsageError(
            f"{self._names.get(key, key)} {why}.",
            hint="Nothing was sent. The IOVOX portal can do more than can be said here.",
        )


def _saying(element: E, sound: str) -> E:
    """An element with another sound in it."""
    group, label = sound_of(sound)
    held = element.first(SoundFile)
    becomes = replace(held or SoundFile(), sound_label=label, sound_group=group)
    return _exchanged(element, held, becomes)


def _free_branch(call: Call) -> Element | None:
    """Where the rules of an unanswered call go, if there is a place without rules for them."""
    for branch in branches_of(call):
        if isinstance(branch, CallEvent) and NO_ANSWER in branch.results() <= UNANSWERED:
            return branch
    return None


def _keys_of(place: Place) -> dict[str, Element]:
    """What holds the rules of each key; of two for one key the one that holds some."""
    taken = [branch for branch, _ in place.taken]
    every = [*taken, *(branch for branch, _ in place.branches)]
    found: dict[str, Element] = {}
    for branch in every:
        if isinstance(branch, KeyEvent) and branch.keypress_sequence:
            found.setdefault(branch.keypress_sequence, branch)
    return found


def _failure_of(place: Place) -> Element | None:
    """What holds the rules of a wrong key and of none."""
    every = [*(branch for branch, _ in place.taken), *(branch for branch, _ in place.branches)]
    return next((branch for branch in every if isinstance(branch, Failure)), None)


def _holding(branch: Element, rules: Rules) -> Element:
    """A branch with these rules in it; what else is in it stays before them."""
    held = rules_in(branch)
    if held == rules:
        return branch
    others = tuple(child for child in branch.children if child not in held)
    return replace(branch, children=(*others, *rules))


def _with_branches(rule: E, filled: dict[int, Element] | dict[int, Element | None]) -> E:
    """A rule with some of its branches exchanged, or taken away."""
    children: list[Element] = []
    for child in rule.children:
        if isinstance(child, EventHandlers):
            kept = [filled.get(id(branch), branch) for branch in child.children]
            children.append(_holding_all(child, kept))
        else:
            children.append(child)
    return replace(rule, children=tuple(children))


def _holding_all(handlers: EventHandlers, branches: Iterable[Element | None]) -> EventHandlers:
    return replace(handlers, children=tuple(branch for branch in branches if branch is not None))


def _with_handler(rule: E, branch: Element) -> E:
    """A rule with one more branch, before the failure, which stands last."""
    handlers = rule.first(EventHandlers)
    held = handlers.children if handlers else ()
    events = tuple(one for one in held if not isinstance(one, Failure))
    failures = tuple(one for one in held if isinstance(one, Failure))
    children = (*events, *failures, branch)
    if not isinstance(branch, Failure):
        children = (*events, branch, *failures)
    return _exchanged(rule, handlers, replace(handlers or EventHandlers(), children=children))


def _exchanged(element: E, held: Element | None, becomes: Element | None) -> E:
    """An element with a child exchanged, put in at the end, or taken away."""
    if held is None:
        added = () if becomes is None else (becomes,)
        return replace(element, children=(*element.children, *added))
    children = [becomes if child is held else child for child in element.children]
    return replace(element, children=tuple(child for child in children if child is not None))
