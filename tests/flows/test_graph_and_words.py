"""Reading order, and each step in words."""

from hypothesis import given

from bot.domain.callflow import (
    VOICEMAIL_OF_DIALLED,
    CallFlow,
    DialExtension,
    ExtensionTarget,
    GroupTarget,
    Menu,
    NumberTarget,
    Play,
    Ring,
    Start,
    Step,
    Voicemail,
)
from bot.flows.graph import reachable, reading_order
from bot.flows.words import does, names_of_steps, steps_in_words
from tests.flows.strategies import flows, without_step

NAMES = {"anna": "Anna", "sales": "Sales", "hello": "Welcome"}


def _small(**steps: Step) -> CallFlow:
    return CallFlow(id="1", name="Main", extension=200, steps=steps)


@given(flow=flows)
def test_reading_order_is_all_keys_once(flow: CallFlow) -> None:
    order = reading_order(flow)
    assert sorted(order) == sorted(flow.steps)
    assert order[0] == "start"


@given(flow=flows)
def test_what_is_reached_is_read_first_and_closed_under_hops(flow: CallFlow) -> None:
    met = reachable(flow)
    assert reading_order(flow)[: len(met)] == met
    for key in met:
        assert {hop for _, hop in flow.steps[key].hops() if hop in flow.steps} <= set(met)


@given(flow=flows)
def test_a_flow_without_a_start_still_has_an_order(flow: CallFlow) -> None:
    headless = without_step(flow, "start")
    assert reachable(headless) == []
    assert reading_order(headless) == list(headless.steps)


def test_a_circle_is_walked_once() -> None:
    flow = _small(
        start=Start(next="a"), a=Play(next="b"), b=Menu(choices={"1": "a", "2": "b"}, timeout="a")
    )
    assert reachable(flow) == ["start", "a", "b"]
    assert [step.number for step in steps_in_words(flow, {})] == [1, 2, 3]


def test_choices_stand_beside_each_other() -> None:
    flow = _small(
        start=Start(next="menu"),
        deep=Play(),
        two=Play(),
        one=Play(next="deep"),
        menu=Menu(choices={"2": "two", "1": "one"}),
    )
    assert reading_order(flow) == ["start", "menu", "one", "two", "deep"]


@given(flow=flows)
def test_every_step_gets_words(flow: CallFlow) -> None:
    told = steps_in_words(flow, NAMES)
    assert [step.key for step in told] == reading_order(flow)
    assert [step.number for step in told] == list(range(1, len(flow.steps) + 1))
    leads = {f"step {step.number}" for step in told} | {
        "the call ends",
        "voicemail of the person dialled",
    }
    for step in told:
        assert step.does.strip()
        assert len(step.ways) == len(list(flow.steps[step.key].hops()))
        assert all(way and where in leads for way, where in step.ways)


@given(flow=flows)
def test_short_names_differ(flow: CallFlow) -> None:
    names = names_of_steps(flow)
    assert names.keys() == flow.steps.keys()
    assert len(set(names.values())) == len(names)


def test_words_for_people() -> None:
    ring = Ring(
        targets=(
            ExtensionTarget(id="anna"),
            GroupTarget(id="sales"),
            NumberTarget(number="+442079460018"),
        ),
        seconds=25,
        whisper="hello",
    )
    flow = _small(start=Start(next="ring"), ring=ring)
    _, told = steps_in_words(flow, NAMES)
    assert told.does == "Ring Anna, Sales and +442079460018 for 25 s (whisper Welcome)"
    assert told.ways == (("if nobody answers", "the call ends"),)
    assert does(Voicemail(mailboxes=("b7d1-no-name-known",)), {}).endswith("…-known")


def test_where_a_hop_leads() -> None:
    step = DialExtension(invalid="gone", timeout="start", no_answer=VOICEMAIL_OF_DIALLED)
    flow = _small(start=Start(next="dial"), dial=step)
    assert dict(steps_in_words(flow, {})[1].ways) == {
        "on a wrong extension": "nowhere",
        "on no key": "step 1",
        "if nobody answers": "voicemail of the person dialled",
    }
