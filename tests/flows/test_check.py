"""The check: silent about sound flows, and to the point about each way to break one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.callflow import (
    VOICEMAIL_OF_DIALLED,
    Busy,
    CallFlow,
    DialExtension,
    Fax,
    HoldMusic,
    MatchCaller,
    Menu,
    NumberTarget,
    Play,
    Record,
    Ring,
    Start,
    Step,
    UnknownStep,
    Voicemail,
)
from bot.flows.check import Finding, Severity, check, errors
from tests.flows.strategies import flows, flows_without_fax, with_step, without_step


def _errors(flow: CallFlow) -> list[Finding]:
    return errors(check(flow))


def _small(**steps: Step) -> CallFlow:
    made = {"start": Start(next="first"), **steps}
    return CallFlow(id="1", name="Main", extension=200, steps=made)


def _match(*patterns: str) -> MatchCaller:
    return MatchCaller(patterns=patterns, match="first", no_match="first")


@given(flow=flows)
def test_a_sound_flow_has_no_errors(flow: CallFlow) -> None:
    assert _errors(flow) == []


@given(flow=flows)
def test_findings_name_steps_that_are_there(flow: CallFlow) -> None:
    assert {finding.step for finding in check(flow)} - {None} <= flow.steps.keys()


@given(flow=flows)
def test_without_a_start(flow: CallFlow) -> None:
    words = [finding.words for finding in _errors(without_step(flow, "start"))]
    assert any("exactly one start; this one has none" in said for said in words)


@given(flow=flows)
def test_with_a_second_start(flow: CallFlow) -> None:
    (found,) = _errors(with_step(flow, "again", Start(next="start")))
    assert "exactly one start; this one has 2" in found.words


@given(flow=flows)
def test_a_start_that_leads_nowhere(flow: CallFlow) -> None:
    found = [finding for finding in _errors(with_step(flow, "start", Start())) if finding.step]
    assert [finding.step for finding in found] == ["start"]
    assert "every call would end at once" in found[0].words


@given(flow=flows, data=st.data())
def test_a_hop_to_a_step_that_is_gone(flow: CallFlow, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted(flow.steps.keys() - {"start"})))
    broken = without_step(flow, gone)
    leading = {
        (key, way) for key, step in broken.steps.items() for way, hop in step.hops() if hop == gone
    }
    found = _errors(broken)
    assert {finding.step for finding in found} == {key for key, _ in leading}
    assert len(found) == sum(
        hop == gone for step in broken.steps.values() for _, hop in step.hops()
    )
    for _, way in leading:
        assert any(f"“{way}” leads to a step that does not exist" in f.words for f in found)


@given(flow=flows_without_fax())
def test_a_fax_beside_other_steps(flow: CallFlow) -> None:
    (found,) = _errors(with_step(flow, "fax", Fax()))
    assert "fax" in found.words


@given(flow=flows_without_fax())
def test_a_ring_that_rings_nobody(flow: CallFlow) -> None:
    (found,) = _errors(with_step(flow, "added", Ring()))
    assert (found.step, "nobody rings" in found.words) == ("added", True)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (_match("^+44"), "“^+44” is not a regular expression"),
        (_match("("), "“(” is not a regular expression"),
        (_match(), "no pattern to match"),
        (MatchCaller(patterns=(".",), match="first"), "both ways out must lead to a step"),
        (MatchCaller(patterns=(".",), no_match="first"), "both ways out must lead to a step"),
        (Record(), "nothing follows"),
        (Play(next="first"), "a sound is missing"),
        (HoldMusic(playlist="jazz"), "nothing follows"),
        (HoldMusic(next="first"), "a playlist is missing"),
        (Ring(targets=(NumberTarget(number="020 7946 0018"),)), "“020 7946 0018” is not an"),
        (Ring(targets=(NumberTarget(number="+44"),)), "“+44” is not an international number"),
        (Menu(choices={"A": "first"}), "“A” is not a key of a telephone"),
        (Menu(choices={"12": "first"}), "“12” is not a key of a telephone"),
        (Menu(choices={"1": "nowhere"}), "“key 1” leads to a step that does not exist"),
        (Voicemail(), "no mailbox takes the message"),
        (Record(next=VOICEMAIL_OF_DIALLED), "“then” leads to a step that does not exist"),
    ],
)
def test_a_step_that_cannot_work(step: Step, words: str) -> None:
    (found,) = _errors(_small(first=step))
    assert found.step == "first"
    assert words in found.words
    assert found.words.startswith("Step 2 (")


@pytest.mark.parametrize(
    ("flow", "step"),
    [
        (_small(first=Busy(), island=Busy()), "island"),
        (_small(first=UnknownStep(name="ai_agent")), "first"),
        (_small(first=Menu()), "first"),
    ],
)
def test_what_is_odd_is_a_warning(flow: CallFlow, step: str) -> None:
    (found,) = check(flow)
    assert (found.severity, found.step) == (Severity.WARNING, step)


def test_who_was_dialled_may_have_a_mailbox() -> None:
    assert check(_small(first=DialExtension(no_answer=VOICEMAIL_OF_DIALLED))) == []


def test_steps_that_lead_round_in_a_circle_are_no_error() -> None:
    assert check(_small(first=Record(next="second"), second=Record(next="first"))) == []
