"""Call Flow XML as typed rules: both ways without loss, for flows of any kind."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.providers.iovox import demo_company
from bot.providers.iovox.editing import changed_flow
from bot.providers.iovox.flows import to_flow
from bot.providers.iovox.rules import (
    KNOWN,
    Call,
    CalledMessage,
    CallEvent,
    EventHandlers,
    Flow,
    HttpRequest,
    KeyEvent,
    MessageKeypress,
    Param,
    Params,
    Play,
    Rule,
    SendSms,
    SoundFile,
    UnknownElement,
    Voicemail,
    read_flow,
    write_flow,
)
from bot.providers.iovox.xml import NoXml, parse
from tests.providers.iovox_office import NOW, UPDATE_EXAMPLE

DOCUMENTED = """<callFlow name="All" notes="n">
<play id="p" label="P"><soundFile soundLabel="?" soundGroup="g"/></play>
<call id="c" label="C" destinationPhoneNumber="?" destinationContactId="?"
  destinationContactName="?" record="true" recordingLabel="r" recordCallNotificationLabel="n"
  sendCallAlert="ALL_CALLS" timeout="30"><callerMessage/><calledMessage>
    <soundFile soundLabel="w"/></calledMessage>
  <eventHandlers><callEvent action="onMatchResult" result="BUSY|NO_ANSWER"><play id="b" label="B"/>
  </callEvent><failure><sendSms id="s" label="S" from="$_partnerName" message="m"
    destinationPhoneNumber="?" sendSmsAlert="NONE" smsAlertDestinationType="PRIMARY"
    smsAlertDestinationBehaviour="FIRST" smsAlertEmailTemplateName="t" smsAlertFrom="a"
    smsAlertFromName="b"/></failure></eventHandlers></call>
<messageKeypress id="m" label="M" captureKeypress="false" timeout="?"><play/>
  <eventHandlers><keyEvent action="onMatchKeypressSequence" keypressSequence="12"/>
  <failure id="f" label="F" attempts="3"><keypressFailureMessages><keypressFailureMessage
    behaviour="onNoKeypress"/></keypressFailureMessages></failure></eventHandlers></messageKeypress>
<voicemail id="v" label="V" from="f" fromName="n" subject="s" silence="2" maxDuration="300"
  templateName="t" destinationEmailAddress="?" destinationContactId="?"><voicemailMessage/>
  <completedMessage/></voicemail>
<httpRequest id="h" label="H" url="https://example.com" requestMethod="GET"><params>
  <param name="n" value="$_v"/></params></httpRequest>
</callFlow>"""

_NAME = st.from_regex(re.compile(r"[a-zA-Z_][a-zA-Z0-9_.-]{0,8}", re.ASCII), fullmatch=True)
_TEXT = st.text(
    st.one_of(
        st.sampled_from("?$|<>&\"'\r\n\t é"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=12,
)
_VALUE = st.one_of(
    _TEXT,
    st.sampled_from(["true", "false", "TRUE", "0", "7", "007", "-3", "?", "", "BUSY|REJECTED"]),
)
_ATTRIBUTE = st.one_of(
    _NAME.filter(lambda name: not name.lower().startswith("xml")),
    st.sampled_from(
        ["id", "label", "timeout", "record", "captureKeypress", "attempts", "from", "name", "value",
         "result", "keypressSequence", "destinationPhoneNumber", "soundLabel", "silence"]
    ),
)  # fmt: skip
_TAG = st.one_of(st.sampled_from(sorted(KNOWN)), _NAME)


def _element(tag: str, attributes: dict[str, str], text: str, children: list[ET.Element],
             tails: list[str]) -> ET.Element:  # fmt: skip
    made = ET.Element(tag, attributes)
    made.text = text or None
    for child, tail in zip(children, tails, strict=False):
        child.tail = tail or None
        made.append(child)
    return made


def _elements(inner: st.SearchStrategy[ET.Element]) -> st.SearchStrategy[ET.Element]:
    return st.builds(
        _element,
        _TAG,
        st.dictionaries(_ATTRIBUTE, _VALUE, max_size=4),
        _TEXT,
        st.lists(inner, max_size=4),
        st.lists(_TEXT, min_size=4, max_size=4),
    )


_LEAF = st.builds(_element, _TAG, st.dictionaries(_ATTRIBUTE, _VALUE, max_size=3), _TEXT,
                  st.just([]), st.just([]))  # fmt: skip
_ANY = st.recursive(_LEAF, _elements, max_leaves=12)


@st.composite
def flows_as_xml(draw: st.DrawFn) -> str:
    """A Call Flow with anything in it."""
    children = draw(st.lists(_ANY, max_size=5))
    tails = draw(st.lists(_TEXT, min_size=5, max_size=5))
    about = {"name": draw(_TEXT.filter(bool)), **draw(st.dictionaries(_ATTRIBUTE.filter(
        lambda name: name != "name"), _VALUE, max_size=3))}  # fmt: skip
    root = _element("callFlow", about, draw(_TEXT), children, tails)
    return ET.tostring(root, encoding="unicode").replace("\r", "&#13;")


@given(flows_as_xml())
def test_nothing_is_lost(xml: str) -> None:
    flow = read_flow(xml)
    written = write_flow(flow)
    assert read_flow(written) == flow
    assert ET.canonicalize(written) == ET.canonicalize(xml)


@given(flows_as_xml())
def test_any_flow_has_a_reading_and_an_unchanged_save_changes_nothing(xml: str) -> None:
    flow = read_flow(xml)
    shown = to_flow(flow)
    assert to_flow(read_flow(write_flow(flow))) == shown
    assert changed_flow(flow, shown, shown) == flow


@pytest.mark.parametrize(
    "xml",
    [DOCUMENTED, UPDATE_EXAMPLE]
    + [ET.tostring(flow.root, encoding="unicode") for flow in demo_company(NOW).flows.values()],
)
def test_documented_flows_survive(xml: str) -> None:
    flow = read_flow(xml)
    assert read_flow(write_flow(flow)) == flow
    root = parse(xml)
    inner = root if root.tag == "callFlow" else root[0]
    inner.tail = None
    assert ET.canonicalize(write_flow(flow)) == ET.canonicalize(ET.tostring(inner))


def test_every_documented_rule_is_typed() -> None:
    flow = read_flow(DOCUMENTED)
    play, call, menu, voicemail, http = flow.children
    assert isinstance(play, Play)
    assert play.all(SoundFile)[0].sound_label == "?"
    assert isinstance(call, Call)
    assert (call.record, call.timeout, call.send_call_alert) == (True, 30, "ALL_CALLS")
    said = call.first(CalledMessage)
    assert said is not None
    assert said.all(SoundFile)[0].sound_label == "w"
    handlers = call.first(EventHandlers)
    assert handlers is not None
    event, failure = handlers.children
    assert isinstance(event, CallEvent)
    assert event.results() == {"BUSY", "NO_ANSWER"}
    assert failure.all(SendSms)[0].sms_alert_from_name == "b"
    assert isinstance(menu, MessageKeypress)
    assert (menu.capture_keypress, menu.timeout) == (False, "?")
    keys = menu.all(EventHandlers)[0].all(KeyEvent)
    assert [key.keypress_sequence for key in keys] == ["12"]
    assert isinstance(voicemail, Voicemail)
    assert (voicemail.from_, voicemail.silence, voicemail.max_duration) == ("f", 2, 300)
    assert isinstance(http, HttpRequest)
    assert http.request_method == "GET"
    assert http.all(Params)[0].all(Param)[0].value == "$_v"

    def unknown(element: object) -> bool:
        return isinstance(element, UnknownElement) or (
            hasattr(element, "children") and any(map(unknown, element.children))
        )

    assert not unknown(flow)
    assert all(not rule.more for rule in flow.children if isinstance(rule, Rule))


def test_what_nobody_knows_is_kept_where_it_stands() -> None:
    xml = (
        '<callFlow name="a" colour="red"><zap id="z">x<y/>t</zap>'
        '<call id="c" record="yes" mood="1"><blink/></call></callFlow>'
    )
    flow = read_flow(xml)
    zap, call = flow.children
    assert isinstance(zap, UnknownElement)
    assert (zap.called, zap.more) == ("zap", {"id": "z"})
    assert isinstance(call, Call)
    assert (call.record, call.more) == ("yes", {"mood": "1"})
    assert ET.canonicalize(write_flow(flow)) == ET.canonicalize(xml)


@pytest.mark.parametrize("wrapped", ["request", "response"])
def test_a_flow_is_found_in_its_wrapping(wrapped: str) -> None:
    assert read_flow(f'<{wrapped}>\n<callFlow name="a"/>\n</{wrapped}>') == Flow(name="a")


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("", "no element found"),
        ("callFlow", "syntax error"),
        ('<callFlow name="a">', "no element found"),
        ("<callFlow name='a'/><callFlow name='b'/>", "junk after"),
        ("<request><callFlow name='a'/><callFlow name='b'/></request>", "several"),
        ("<request><smsFlow name='a'/></request>", "no callFlow"),
        ("<callFlow name=''/>", "has no name"),
        ("<!DOCTYPE x><callFlow name='a'/>", "not taken"),
        (b"<?xml version='1.0' encoding='klingon'?><callFlow name='a'/>", "encoding|read"),
        (b"<callFlow name='\xff'/>", "invalid token"),
        ("<callFlow name='\ud800'/>", "cannot be read"),
        ("<x>" * 100_000, "no element found"),
        ("<x>" * 100_000 + "</x>" * 100_000, "inside each other"),
    ],
)
def test_what_is_no_flow(xml: str | bytes, words: str) -> None:
    with pytest.raises(NoXml, match=words):
        read_flow(xml)


def test_a_bomb_does_not_go_off() -> None:
    bomb = (
        '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
        '<callFlow name="&c;"/>'
    )
    with pytest.raises(NoXml, match="entities are not taken"):
        read_flow(bomb)


def test_a_flow_of_one_s_own() -> None:
    flow = Flow(name="Mine", children=(Call(id="c", record=False, timeout=5),))
    assert write_flow(flow) == (
        '<callFlow name="Mine"><call id="c" record="false" timeout="5" /></callFlow>'
    )
