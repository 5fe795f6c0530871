"""Call flows in domain words, and back into the rules that the account holds."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.providers.iovox import SimulatedIovox
from bot.demo.providers.iovox.seed import ANNA, RAVI
from bot.domain.callflow import (
    Busy,
    CallFlow,
    Conference,
    ExtensionTarget,
    FlowDraft,
    Menu,
    NumberTarget,
    OtherTarget,
    Play,
    Ring,
    Start,
    Step,
    UnknownStep,
    Voicemail,
)
from bot.domain.errors import NotFound, OutcomeUnknown, ProviderRejected, TooLate, UsageError
from bot.providers.iovox.client import IovoxAccount
from bot.providers.iovox.editing import changed_flow, new_flow
from bot.providers.iovox.flows import START, to_flow
from bot.providers.iovox.rules import Element, Flow, read_flow
from tests.providers.iovox_office import connected, simulated

ODD = """<callFlow name="Odd" notes="n" theme="x">
<play id="hello" label="Hello"><soundFile soundLabel="Welcome" soundGroup="House" gain="3"/></play>
<wait id="w" seconds="3"><magic/></wait>
<call id="ring" label="Ring" destinationPhoneNumber="447700900611" record="true"
  recordingLabel="r" sendCallAlert="NONE" timeout="20" mood="good"><callerMessage><soundFile
  soundLabel="Closed"/></callerMessage><eventHandlers><callEvent action="onMatchResult"
  result="ANSWERED"/><callEvent action="onMatchResult" result="NO_ANSWER|BUSY"><messageKeypress
  id="menu" label="Menu" captureKeypress="true"><eventHandlers><keyEvent
  action="onMatchKeypressSequence" keypressSequence="1"><call id="one" label="One"
  destinationPhoneNumber="?" destinationContactId="?"/></keyEvent><failure id="f" label="F"
  attempts="3"><keypressFailureMessages><keypressFailureMessage behaviour="onNoKeypress"/>
  </keypressFailureMessages><httpRequest id="hook" label="Hook" url="https://example.com"/>
  <call id="last" label="Last" destinationContactId="anna"/></failure></eventHandlers>
  </messageKeypress></callEvent></eventHandlers></call>
</callFlow>"""


@pytest.fixture
async def iovox() -> AsyncIterator[SimulatedIovox]:
    async with simulated() as simulated_iovox:
        yield simulated_iovox


@pytest.fixture
async def tracking(iovox: SimulatedIovox) -> AsyncIterator[IovoxAccount]:
    async with connected(iovox.url) as account:
        yield account


def ids(element: Element) -> list[str]:
    """Every id in a flow, in order."""
    own = getattr(element, "id", None) or element.more.get("id")
    return [*([own] if own else []), *(id_ for child in element.children for id_ in ids(child))]


def with_steps(flow: CallFlow, **steps: Step | None) -> CallFlow:
    merged = {**flow.steps, **steps}
    return flow.model_copy(update={"steps": {k: step for k, step in merged.items() if step}})


def steps_of(rules: str) -> dict[str, Step]:
    return dict(to_flow(read_flow(f'<callFlow name="a">{rules}</callFlow>')).steps)


def ring(flow: CallFlow, key: str) -> Ring:
    step = flow.steps[key]
    assert isinstance(step, Ring)
    return step


# Reading


async def test_the_company_s_flow_in_domain_words(tracking: IovoxAccount) -> None:
    flow = await tracking.flow("Reception")
    note = flow.steps["note"]
    assert isinstance(note, UnknownStep)
    assert flow == CallFlow(
        id="Reception",
        name="Reception",
        steps={
            START: Start(next="welcome"),
            "welcome": Play(sound="House|Welcome", next="menu"),
            "menu": Menu(
                prompt="House|Choices",
                seconds=8,
                choices={"1": "sales", "2": "note"},
                invalid="anybody",
                timeout="anybody",
            ),
            "sales": Ring(targets=(NumberTarget(number=f"+{ANNA}"),), seconds=25, no_answer="box"),
            "box": Voicemail(mailboxes=("anna",)),
            "note": UnknownStep(
                name="httpRequest",
                leads_to=(("then", "repairs"),),
                fingerprint=note.fingerprint,
            ),
            "repairs": Ring(targets=(NumberTarget(number=f"+{RAVI}"),)),
            "anybody": Ring(targets=(NumberTarget(number=f"+{ANNA}"),)),
        },
    )


async def test_all_flows_and_those_that_are_not_shown(tracking: IovoxAccount) -> None:
    flows = {flow.name: flow for flow in await tracking.flows()}
    assert set(flows) == {"Call Agent", "Reception", "Bank holidays", "Default Call"}
    agent = ring(flows["Call Agent"], "call_1")
    assert agent.targets == (OtherTarget(words="whom each link says"),)
    assert agent.whisper == "Lead brought by IOVOX"
    assert ring(flows["Bank holidays"], "emergency").no_answer is None
    assert "does not show" in str(flows["Default Call"].steps["@hidden"])


@pytest.mark.parametrize(
    ("rules", "key", "ways"),
    [
        ('<play id="p"/>', "p", ()),
        ('<play id="p"><soundFile soundLabel="a"/><soundFile soundLabel="b"/></play>', "p", ()),
        ('<sendSms id="s"/><play id="n"/>', "s", (("then", "n"),)),
        ('<voicemail id="v"/><play id="n"/>', "v", (("then", "n"),)),
        ("<hologram/>", "hologram@1", ()),
        (
            (
                '<call id="c"><eventHandlers><callEvent result="BUSY"><play id="b"/></callEvent>'
                '<failure><play id="f"/></failure></eventHandlers></call><play id="n"/>'
            ),
            "c",
            (("busy", "b"), ("otherwise", "f"), ("then", "n")),
        ),
        (
            (
                '<call id="c"><eventHandlers><callEvent result="ANSWERED|NO_ANSWER"><play id="b"/>'
                "</callEvent></eventHandlers></call>"
            ),
            "c",
            (("answered, no answer", "b"),),
        ),
        (
            (
                '<messageKeypress id="m"><eventHandlers><keyEvent keypressSequence="12">'
                '<play id="b"/></keyEvent><teaEvent><play id="t"/></teaEvent></eventHandlers>'
                "</messageKeypress>"
            ),
            "m",
            (("key 12", "b"), ("teaEvent", "t")),
        ),
        (
            '<messageKeypress id="m" timeout="9999"><eventHandlers/></messageKeypress>',
            "m",
            (),
        ),
    ],
)
def test_what_has_no_step_is_unknown(
    rules: str, key: str, ways: tuple[tuple[str, str], ...]
) -> None:
    step = steps_of(rules)[key]
    assert isinstance(step, UnknownStep)
    assert step.leads_to == ways


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ('destinationPhoneNumber="?"', "whom each link says"),
        ('destinationPhoneNumber="447700900611" destinationContactId="?"', None),
        ('destinationPhoneNumber="$_x"', "whom the call says ($_x)"),
        ('destinationContactId="anna"', "contact anna"),
        ('destinationContactName="Anna" destinationContactId="a"', "contact Anna"),
        ('destinationPhoneNumber="12"', "12"),
        ("", "nobody"),
    ],
)
def test_who_rings(attributes: str, words: str | None) -> None:
    step = steps_of(f'<call id="c" {attributes}/>')["c"]
    assert isinstance(step, Ring)
    expected = OtherTarget(words=words) if words else NumberTarget(number="+447700900611")
    assert step.targets == (expected,)


def test_rules_that_share_an_id_or_have_none_get_keys() -> None:
    steps = steps_of('<play id="a"/><play id="a"/><play/><play id="play@1"/><wait id="@start"/>')
    assert list(steps) == [START, "a", "play@2", "play@3", "play@1", "wait@1"]


def test_a_change_inside_an_unknown_step_shows() -> None:
    first, second = (steps_of(f'<sendSms id="s" message="{m}"/>')["s"] for m in ("a", "b"))
    assert first != second


# Writing


async def test_saving_keeps_everything_that_nobody_changed(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    iovox.account.add_flow(ODD)
    before = await tracking.flow("Odd")
    held_ids = ids(read_flow(ODD))
    after = with_steps(
        before,
        hello=Play(sound="Closed", next="w"),
        ring=ring(before, "ring").model_copy(
            update={
                "targets": (NumberTarget(number="+442079460018"),),
                "seconds": 45,
                "whisper": "House|Welcome",
            }
        ),
        menu=Menu(choices={"1": "one", "*": "fresh"}, invalid="hook", timeout="hook", seconds=9),
        fresh=Ring(targets=(NumberTarget(number="+447700900612"),), no_answer="bye"),
        bye=Play(sound="House|Closed"),
    )
    await tracking.save_flow(after, expecting=before)

    expected = fromstring(ODD)
    sound = expected.find("play/soundFile")
    call = expected.find("call")
    menu = expected.find(".//messageKeypress")
    assert sound is not None
    assert call is not None
    assert menu is not None
    sound.set("soundLabel", "Closed")
    del sound.attrib["soundGroup"]
    call.attrib |= {"destinationPhoneNumber": "442079460018", "timeout": "45"}
    whisper = ET.SubElement(call, "calledMessage")
    ET.SubElement(whisper, "soundFile", soundLabel="Welcome", soundGroup="House")
    menu.set("timeout", "9")
    handlers = menu.find("eventHandlers")
    assert handlers is not None
    star = fromstring(
        '<keyEvent action="onMatchKeypressSequence" keypressSequence="*"><call id="fresh" '
        'label="Ring" destinationPhoneNumber="447700900612" record="false" sendCallAlert="NONE">'
        '<eventHandlers><callEvent action="onMatchResult" result="BUSY|NO_ANSWER|REJECTED"><play '
        'id="bye" label="Play a sound"><soundFile soundLabel="Closed" soundGroup="House"/></play>'
        "</callEvent></eventHandlers></call></keyEvent>"
    )
    handlers.insert(1, star)
    held = iovox.account.flows["Odd"].root
    assert stripped(held) == stripped(expected)
    assert [id_ for id_ in ids(read_flow(ET.tostring(held))) if id_ in held_ids] == held_ids
    assert (await tracking.flow("Odd")).steps == after.steps
    verbs = [request.verb for request in iovox.account.requests]
    assert verbs == ["GET", "GET", "PUT", "GET"]


def stripped(root: ET.Element) -> str:
    return ET.canonicalize(ET.tostring(root, encoding="unicode"), strip_text=True)


async def test_every_flow_of_the_company_can_be_saved_unchanged(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    for flow in await tracking.flows():
        if flow.name == "Default Call":
            continue
        before = ET.canonicalize(ET.tostring(iovox.account.flows[flow.id].root))
        await tracking.save_flow(flow, expecting=flow)
        assert ET.canonicalize(ET.tostring(iovox.account.flows[flow.id].root)) == before


async def test_links_keep_their_values_through_an_edit(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    before = await tracking.flow("Call Agent")
    rung = ring(before, "call_1")
    after = with_steps(
        before,
        hi=Play(sound="House|Welcome", next="call_1"),
        call_1=rung.model_copy(update={"seconds": 40}),
        **{START: Start(next="hi")},
    )
    await tracking.save_flow(after, expecting=before)
    values = iovox.account.links["marina-12"].values["call_1"]
    assert values["contact"] == {"contact_id": "anna", "phone_number": ANNA}


def edited(xml: str, **steps: Step | None) -> Flow:
    flow = read_flow(f'<callFlow name="a">{xml}</callFlow>')
    before = to_flow(flow)
    return changed_flow(flow, before, with_steps(before, **steps))


def shape(flow: Flow) -> str:
    def of(element: Element) -> str:
        own = getattr(element, "id", None) or getattr(element, "keypress_sequence", None)
        name = element.called + (f":{own}" if own else "")
        inner = " ".join(map(of, element.children))
        return f"{name}({inner})" if inner else name

    return " ".join(map(of, flow.children))


_SOUND = '<soundFile soundLabel="s"/>'
_RING = Ring(targets=(NumberTarget(number="+447700900612"),))


@pytest.mark.parametrize(
    ("xml", "steps", "becomes"),
    [
        pytest.param(
            f'<play id="a">{_SOUND}</play><play id="b">{_SOUND}</play>',
            {START: Start(next="b"), "b": Play(sound="s", next="a"), "a": Play(sound="s")},
            "play:b(soundFile) play:a(soundFile)",
            id="another order",
        ),
        pytest.param(
            f'<play id="a">{_SOUND}</play><play id="b">{_SOUND}</play>',
            {"a": Play(sound="s"), "b": None},
            "play:a(soundFile)",
            id="a step goes",
        ),
        pytest.param(
            '<call id="c"/><play id="n"/>',
            {"c": Ring(targets=(OtherTarget(words="nobody"),), no_answer="n")},
            "call:c play:n",
            id="after the call by order",
        ),
        pytest.param(
            '<call id="c"/><play id="n"/>',
            {"c": Ring(targets=(OtherTarget(words="nobody"),)), "n": None},
            "call:c",
            id="nothing after the call",
        ),
        pytest.param(
            '<call id="c"><eventHandlers><failure/><callEvent result="NO_ANSWER"/></eventHandlers>'
            "</call>",
            {
                "c": Ring(targets=(OtherTarget(words="nobody"),), no_answer="x"),
                "x": Play(sound="s"),
            },
            "call:c(eventHandlers(failure callEvent(play:x(soundFile))))",
            id="into a branch that is there",
        ),
        pytest.param(
            '<call id="c"><eventHandlers><failure><play id="x"/></failure></eventHandlers></call>',
            {"c": Ring(targets=(OtherTarget(words="nobody"),)), "x": None},
            "call:c(eventHandlers(failure))",
            id="a branch is emptied",
        ),
        pytest.param(
            '<play id="a"><soundFile soundLabel="s"/></play>',
            {"a": Ring(targets=_RING.targets)},
            "call:a",
            id="another kind under the same id",
        ),
        pytest.param(
            '<messageKeypress id="m"><eventHandlers><keyEvent keypressSequence="1"/><keyEvent '
            'keypressSequence="2"><play id="x"/></keyEvent></eventHandlers></messageKeypress>',
            {"m": Menu(choices={"1": "x"}, prompt="s")},
            "messageKeypress:m(eventHandlers(keyEvent:1(play:x)) play:m_prompt(soundFile))",
            id="a key moves",
        ),
        pytest.param(
            f'<messageKeypress id="m"><play id="p">{_SOUND}</play></messageKeypress>',
            {
                "m": Menu(choices={"#": "y"}, invalid="x", timeout="x"),
                "x": Play(sound="s"),
                "y": _RING,
            },
            "messageKeypress:m(eventHandlers(keyEvent:#(call:y) "
            "failure:m_failure(play:x(soundFile))))",
            id="a menu is filled",
        ),
    ],
)
def test_edits(xml: str, steps: dict[str, Step | None], becomes: str) -> None:
    assert shape(edited(xml, **steps)) == becomes


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ({"hello": Play(sound="House|Welcome", next=None)}, "where no caller can get"),
        ({"hello": Play(sound="House|Welcome", next="nowhere")}, "one that is not there"),
        ({"hello": Play(sound="House|Welcome", next="hello")}, "reached in two ways"),
        ({"hello": Play(next="w")}, "has no sound"),
        ({"hello": Busy()}, "has no rule for"),
        ({"hello": Conference()}, "has no rule for"),
        ({"w": UnknownStep(name="wait", leads_to=(("then", "ring"),))}, "cannot make or change"),
        ({"new": UnknownStep(name="wait")}, "where no caller can get"),
        ({"menu": Menu(choices={"1": "one"}, invalid="hook", timeout="one")}, "same way"),
        ({"last": _RING}, "rings contact anna"),
        ({"ring": Ring(targets=(ExtensionTarget(id="1"),), no_answer="menu")}, "one outside num"),
        ({"ring": Ring(targets=(*_RING.targets, *_RING.targets), no_answer="menu")}, "one outside"),
        ({"ring": Ring(targets=(NumberTarget(number="020"),), no_answer="menu")}, "one outside"),
        (
            {"ring": Ring(targets=_RING.targets, ringtone="s", no_answer="menu")},
            "cannot be given a ringtone",
        ),
        ({START: None}, "exactly one start"),
    ],
)
async def test_what_iovox_cannot_be_told(
    tracking: IovoxAccount, iovox: SimulatedIovox, steps: dict[str, Step | None], words: str
) -> None:
    iovox.account.add_flow(ODD)
    before = await tracking.flow("Odd")
    with pytest.raises(UsageError, match=words):
        await tracking.save_flow(with_steps(before, **steps), expecting=before)
    assert iovox.account.requests[-1].verb == "GET"


async def test_a_message_goes_where_it_goes(tracking: IovoxAccount) -> None:
    before = await tracking.flow("Reception")
    after = with_steps(before, box=Voicemail(mailboxes=("ravi",)))
    with pytest.raises(UsageError, match="cannot be changed here"):
        await tracking.save_flow(after, expecting=before)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Front desk"}, "found by its name alone"),
        ({"extension": 7}, "has no extension"),
        ({"show_name": True}, "has no show name"),
    ],
)
async def test_what_a_flow_does_not_have(
    tracking: IovoxAccount, changes: dict[str, object], words: str
) -> None:
    before = await tracking.flow("Reception")
    with pytest.raises(UsageError, match=words):
        await tracking.save_flow(before.model_copy(update=changes), expecting=before)


async def test_a_change_by_somebody_else_is_not_overwritten(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    seen = await tracking.flow("Reception")
    note = iovox.account.flows["Reception"].root.find(".//httpRequest")
    assert note is not None
    note.set("url", "https://elsewhere.example.com")
    after = with_steps(seen, welcome=Play(sound="House|Closed", next="menu"))
    with pytest.raises(TooLate, match="“Reception” was changed meanwhile"):
        await tracking.save_flow(after, expecting=seen)
    assert iovox.account.requests[-1].verb == "GET"


async def test_a_save_whose_answer_is_lost_is_not_repeated(
    tracking: IovoxAccount, iovox: SimulatedIovox
) -> None:
    before = await tracking.flow("Reception")
    after = with_steps(before, welcome=Play(sound="House|Closed", next="menu"))
    iovox.account.fail("CallFlow.updateCallFlow", "lost", times=9)
    with pytest.raises(OutcomeUnknown):
        await tracking.save_flow(after, expecting=before)
    assert [request.verb for request in iovox.account.requests] == ["GET", "GET", "PUT"]
    assert await tracking.flow("Reception") == after


async def test_creating(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    steps: dict[str, Step] = {
        "s": Start(next="hello"),
        "hello": Play(sound="House|Welcome", next="menu"),
        "menu": Menu(
            prompt="House|Choices",
            seconds=7,
            choices={"1": "a", "2": "b"},
            invalid="c",
            timeout="c",
        ),
        "a": Ring(targets=_RING.targets, seconds=20, whisper="House|Welcome", no_answer="d"),
        "b": Ring(targets=_RING.targets),
        "c": Play(sound="House|Closed"),
        "d": Play(sound="House|Closed"),
    }
    made = await tracking.create_flow(FlowDraft(name="New", steps=steps))
    assert iovox.account.refusals == []
    assert await tracking.flow("New") == made
    assert made.steps == {START: steps.pop("s"), **steps}


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ({"s": Start(next="b"), "b": Busy()}, "has no rule for"),
        ({"s": Start(next="u"), "u": UnknownStep(name="x")}, "cannot make"),
        ({"s": Start(next="p"), "p": Play(next=None)}, "has no sound"),
        ({"p": Play(sound="s")}, "exactly one start"),
        ({"s": Start(next="r"), "r": Ring()}, "one outside number"),
    ],
)
async def test_what_cannot_be_created_is_not_sent(
    tracking: IovoxAccount, iovox: SimulatedIovox, steps: dict[str, Step], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        await tracking.create_flow(FlowDraft(name="No", steps=steps))
    assert iovox.account.requests == []


async def test_a_name_that_is_taken(tracking: IovoxAccount) -> None:
    steps: dict[str, Step] = {"s": Start(next="p"), "p": Play(sound="House|Closed")}
    with pytest.raises(ProviderRejected, match="already exists"):
        await tracking.create_flow(FlowDraft(name="Reception", steps=steps))


async def test_deleting(tracking: IovoxAccount, iovox: SimulatedIovox) -> None:
    with pytest.raises(ProviderRejected, match="attached to a Link"):
        await tracking.delete_flow("Reception")
    await tracking.delete_flow("Bank holidays")
    assert "Bank holidays" not in iovox.account.flows
    with pytest.raises(NotFound):
        await tracking.delete_flow("Bank holidays")
    sent = len(iovox.account.requests)
    with pytest.raises(UsageError, match="pipe"):
        await tracking.delete_flow("Reception|Call Agent")
    assert len(iovox.account.requests) == sent


async def test_there_are_no_extensions(tracking: IovoxAccount) -> None:
    assert await tracking.next_flow_extension() is None


# Flows of any shape


@st.composite
def drafts(draw: st.DrawFn) -> FlowDraft:
    """A flow that IOVOX can be told: a tree of play, ring and menu."""
    steps: dict[str, Step] = {}
    numbers = itertools.count()

    def hop(depth: int) -> str | None:
        if depth > 3 or draw(st.booleans()):
            return None
        key = f"k{next(numbers)}"
        steps[key] = Start()
        kind = draw(st.integers(0, 2))
        sound = draw(st.sampled_from(["Welcome", "House|Welcome", "|a|b"]))
        seconds = draw(st.none() | st.integers(1, 3600))
        if kind == 0:
            steps[key] = Play(sound=sound, next=hop(depth + 1))
        elif kind == 1:
            steps[key] = Ring(
                targets=(NumberTarget(number="+447700900612"),),
                seconds=seconds,
                whisper=draw(st.sampled_from([None, sound])),
                no_answer=hop(depth + 1),
            )
        else:
            digits = draw(st.lists(st.sampled_from("0123456789*#"), unique=True, max_size=3))
            choices = {digit: leads for digit in digits if (leads := hop(depth + 1))}
            other = hop(depth + 1)
            steps[key] = Menu(
                prompt=draw(st.sampled_from([None, sound])),
                seconds=seconds,
                choices=choices,
                invalid=other,
                timeout=other,
            )
        return key

    first = hop(0)
    return FlowDraft(name="Any", steps={START: Start(next=first), **steps})


@given(drafts())
def test_what_is_written_is_read_back(draft: FlowDraft) -> None:
    assert to_flow(new_flow(draft)).draft() == draft


@given(drafts(), drafts())
def test_any_flow_becomes_any_other(first: FlowDraft, second: FlowDraft) -> None:
    held = new_flow(first)
    changed = changed_flow(held, to_flow(held), second)
    assert to_flow(changed).draft() == second
    assert len(set(ids(changed))) == len(ids(changed))
