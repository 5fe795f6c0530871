"""What differs between two flows."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.callflow import CallFlow, Play, Ring, Start, Step
from bot.flows.diff import differences, same
from tests.flows.strategies import flows, steps, with_step


@given(flow=flows)
def test_a_flow_does_not_differ_from_itself(flow: CallFlow) -> None:
    again = CallFlow.model_validate_json(flow.model_dump_json())
    assert differences(flow, again, {}) == []
    assert differences(flow, flow.draft(), {}) == []
    assert same(flow, again)


@given(flow=flows, data=st.data())
def test_the_order_in_which_steps_are_stored_means_nothing(
    flow: CallFlow, data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(flow.steps.items()))))
    assert differences(flow, flow.model_copy(update={"steps": shuffled}), {}) == []


@given(before=flows, after=flows)
def test_different_flows_differ(before: CallFlow, after: CallFlow) -> None:
    said = differences(before, after, {})
    assert (said == []) == (before.draft() == after.draft())
    assert len(set(said)) == len(said)
    assert same(before, after) == (before == after)


@given(flow=flows, data=st.data())
def test_one_step_more_is_one_sentence(flow: CallFlow, data: st.DataObject) -> None:
    more = with_step(flow, "added", data.draw(steps(list(flow.steps))))
    (said,) = differences(flow, more, {})
    assert " is new: " in said
    (said,) = differences(more, flow, {})
    assert " goes: " in said


@given(flow=flows, data=st.data())
def test_one_step_changed_is_one_sentence(flow: CallFlow, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(flow.steps)))
    changed = with_step(flow, key, data.draw(steps(list(flow.steps))))
    said = differences(flow, changed, {})
    assert len(said) == (flow.steps[key] != changed.steps[key])


@given(flow=flows)
def test_only_the_id_is_no_difference_to_a_reader(flow: CallFlow) -> None:
    other = flow.model_copy(update={"id": "another"})
    assert differences(flow, other, {}) == []
    assert not same(flow, other)


@given(flow=flows)
def test_a_hop_that_changes_is_told(flow: CallFlow) -> None:
    (said,) = differences(flow, with_step(flow, "start", Start()), {})
    assert "then" in said


def test_about_the_flow_itself() -> None:
    before = CallFlow(id="1", name="Main", extension=200, steps={}, show_name=None)
    after = CallFlow(id="1", name="Night", extension=201, steps={}, show_name=True)
    assert differences(before, after, {}) == [
        "Name: Main → Night",
        "Extension: 200 → 201",
        "Show the flow's name to who answers: not set → yes",
    ]


def test_sentences_come_in_reading_order() -> None:
    def chain(seconds: int) -> CallFlow:
        made: dict[str, Step] = {"start": Start(next="0")}
        made |= {
            str(number): Ring(seconds=seconds + number, no_answer=str(number + 1))
            for number in range(11)
        }
        return CallFlow(id="1", name="Main", extension=200, steps={**made, "11": Play()})

    said = differences(chain(10), chain(20), {})
    assert [words.partition(" (")[0] for words in said] == [f"Step {n}" for n in range(2, 13)]
