"""The elements of a Call Flow as typed values, and XML in both directions.

Names and attributes are those of the vendor's Call Flow pages. An element or attribute that they do
not know is kept where it stands, so that reading and writing loses nothing. A value that is `?` is
filled in for each Link, one that starts with `$_` by the call itself; therefore figures and truths
may be words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, TypeVar, get_args, get_type_hints
from xml.etree import ElementTree as ET

from bot.providers.iovox.xml import NoXml, parse, written

Truth = bool | str | None
Count = int | str | None
Words = str | None

VARIABLE = "?"
"""Stands where each Link has its own value."""

_TRUTHS = {"true": True, "false": False}
_FIGURE = re.compile(r"0|[1-9][0-9]{0,8}")
_ROOTS = ("callFlow", "request", "response")

E = TypeVar("E", bound="Element")


@dataclass(frozen=True, kw_only=True)
class Element:
    """Anything in a Call Flow.

    Attributes:
        children: in the order in which they stand.
        more: attributes that no page describes.
        text, tail: characters before the first child and after the element; mostly blanks.
    """

    tag: ClassVar[str] = ""

    children: tuple[Element, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    tail: str = field(default="", repr=False)

    @property
    def called(self) -> str:
        """The element's name."""
        return self.tag

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """The children of one kind."""
        return tuple(child for child in self.children if isinstance(child, kind))

    def first(self, kind: type[E]) -> E | None:
        """The first child of one kind."""
        return next(iter(self.all(kind)), None)


@dataclass(frozen=True, kw_only=True)
class UnknownElement(Element):
    """An element that no page describes; all its attributes are in `more`."""

    name: str

    @property
    def called(self) -> str:
        """The element's name."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class Rule(Element):
    """Something that happens to a call.

    Attributes:
        id: unique in its flow; values that a Link has set are found again by it.
        label: named in the analytics where a caller hangs up here.
    """

    id: Words = None
    label: Words = None


@dataclass(frozen=True, kw_only=True)
class SoundFile(Element):
    """A sound, by its label and group."""

    tag: ClassVar[str] = "soundFile"
    sound_label: Words = None
    sound_group: Words = None


@dataclass(frozen=True, kw_only=True)
class Play(Rule):
    """Plays sounds to the caller."""

    tag: ClassVar[str] = "play"


@dataclass(frozen=True, kw_only=True)
class CallerMessage(Element):
    """What the caller hears while a call is under way."""

    tag: ClassVar[str] = "callerMessage"


@dataclass(frozen=True, kw_only=True)
class CalledMessage(Element):
    """What the person called hears first: the whisper."""

    tag: ClassVar[str] = "calledMessage"


@dataclass(frozen=True, kw_only=True)
class EventHandlers(Element):
    """Where a call goes on, by what happened."""

    tag: ClassVar[str] = "eventHandlers"


@dataclass(frozen=True, kw_only=True)
class CallEvent(Element):
    """The rules after one of these results, which a pipe separates."""

    tag: ClassVar[str] = "callEvent"
    action: Words = None
    result: Words = None

    def results(self) -> set[str]:
        """ANSWERED, BUSY, REJECTED, NO_ANSWER, CANCELLED."""
        return {word.strip() for word in (self.result or "").split("|")}


@dataclass(frozen=True, kw_only=True)
class KeyEvent(Element):
    """The rules after these keys were pressed."""

    tag: ClassVar[str] = "keyEvent"
    action: Words = None
    keypress_sequence: Words = None


@dataclass(frozen=True, kw_only=True)
class Failure(Element):
    """The rules where no event matched."""

    tag: ClassVar[str] = "failure"
    id: Words = None
    label: Words = None
    attempts: Count = None


@dataclass(frozen=True, kw_only=True)
class Call(Rule):
    """Rings a Contact.

    Attributes:
        record: whether the call is recorded.
        send_call_alert: NONE, MISSED_CALLS, MISSED_CALLS_NO_WITHHELD, ALL_CALLS; by e-mail.
        timeout: seconds that it rings.
    """

    tag: ClassVar[str] = "call"
    destination_phone_number: Words = None
    destination_contact_id: Words = None
    destination_contact_name: Words = None
    record: Truth = None
    recording_label: Words = None
    record_call_notification_label: Words = None
    send_call_alert: Words = None
    timeout: Count = None


@dataclass(frozen=True, kw_only=True)
class MessageKeypress(Rule):
    """Lets the caller choose by keys; a `play` in it is what is said.

    Attributes:
        timeout: seconds to wait for a key.
    """

    tag: ClassVar[str] = "messageKeypress"
    capture_keypress: Truth = None
    timeout: Count = None


@dataclass(frozen=True, kw_only=True)
class KeypressFailureMessages(Element):
    """What is said after a wrong key, and after none."""

    tag: ClassVar[str] = "keypressFailureMessages"


@dataclass(frozen=True, kw_only=True)
class KeypressFailureMessage(Element):
    """One of them; the behaviour is onNoKeypress or onUnmatchedKeypress."""

    tag: ClassVar[str] = "keypressFailureMessage"
    behaviour: Words = None


@dataclass(frozen=True, kw_only=True)
class Voicemail(Rule):
    """Takes a message and mails it.

    Attributes:
        from_: sender of the mail.
        silence: seconds after which the message counts as finished.
        max_duration: seconds.
    """

    tag: ClassVar[str] = "voicemail"
    from_: Words = None
    from_name: Words = None
    subject: Words = None
    silence: Count = None
    max_duration: Count = None
    template_name: Words = None
    destination_email_address: Words = None
    destination_contact_id: Words = None


@dataclass(frozen=True, kw_only=True)
class VoicemailMessage(Element):
    """The greeting."""

    tag: ClassVar[str] = "voicemailMessage"


@dataclass(frozen=True, kw_only=True)
class CompletedMessage(Element):
    """The thanks."""

    tag: ClassVar[str] = "completedMessage"


@dataclass(frozen=True, kw_only=True)
class SendSms(Rule):
    """Sends a text to a Contact. The list of rules writes it sendSMS, its own page sendSms."""

    tag: ClassVar[str] = "sendSms"
    from_: Words = None
    message: Words = None
    destination_phone_number: Words = None
    destination_contact_id: Words = None
    destination_contact_name: Words = None
    send_sms_alert: Words = None
    sms_alert_destination_type: Words = None
    sms_alert_destination_behaviour: Words = None
    sms_alert_email_template_name: Words = None
    sms_alert_from: Words = None
    sms_alert_from_name: Words = None


@dataclass(frozen=True, kw_only=True)
class HttpRequest(Rule):
    """Calls an address in the middle of the call, by POST or GET."""

    tag: ClassVar[str] = "httpRequest"
    url: Words = None
    request_method: Words = None


@dataclass(frozen=True, kw_only=True)
class Params(Element):
    """What an HTTP request carries."""

    tag: ClassVar[str] = "params"


@dataclass(frozen=True, kw_only=True)
class Param(Element):
    """A name that the flow's author chose, and its value or variable."""

    tag: ClassVar[str] = "param"
    name: Words = None
    value: Words = None


@dataclass(frozen=True, kw_only=True)
class Flow(Element):
    """A Call Flow; its children are the rules, in the order in which they happen.

    Attributes:
        name: its identity; there is no other.
        new_name: what an update calls it from then on.
    """

    tag: ClassVar[str] = "callFlow"
    name: Words = None
    new_name: Words = None
    notes: Words = None


KNOWN: Mapping[str, type[Element]] = {
    kind.tag: kind
    for kind in (
        SoundFile, Play, CallerMessage, CalledMessage, EventHandlers, CallEvent, KeyEvent, Failure,
        Call, MessageKeypress, KeypressFailureMessages, KeypressFailureMessage, Voicemail,
        VoicemailMessage, CompletedMessage, SendSms, HttpRequest, Params, Param, Flow,
    )
}  # fmt: skip
"""The described elements by name."""


def _camel(name: str) -> str:
    head, *tail = name.rstrip("_").split("_")
    return head + "".join(word.capitalize() for word in tail)


def _attributes_of(kind: type[Element]) -> tuple[tuple[str, str, frozenset[type]], ...]:
    """A kind's attributes: the field, the name in XML, and what its values may be."""
    shared = {one.name for one in fields(Element)}
    hints = get_type_hints(kind)
    return tuple(
        (one.name, _camel(one.name), frozenset(get_args(hints[one.name])))
        for one in fields(kind)
        if one.name not in shared
    )


_ATTRIBUTES = {kind: _attributes_of(kind) for kind in KNOWN.values()}


def read_flow(text: str | bytes) -> Flow:
    """The Call Flow in a text: by itself, or in a request or a response.

    Raises:
        NoXml: the text is no XML, or holds no Call Flow, or one without a name.
    """
    root = parse(text)
    if root.tag not in _ROOTS:
        raise NoXml(f"the root is {root.tag}, where a callFlow (or a request with one) belongs")
    found = [root] if root.tag == "callFlow" else root.findall("callFlow")
    if len(found) != 1:
        raise NoXml(f"there {'is no callFlow' if not found else 'are several callFlows'} in it")
    flow = read(found[0])
    if not isinstance(flow, Flow) or not flow.name:
        raise NoXml("the callFlow has no name, by which IOVOX finds it")
    return replace(flow, tail="")


def write_flow(flow: Flow) -> str:
    """The Call Flow as XML, by itself."""
    root = to_xml(flow)
    root.tail = None
    return written(root)


def read(xml: ET.Element) -> Element:
    """An element as a typed value, with everything in it."""
    more = dict(xml.attrib)
    common: dict[str, Any] = {
        "children": tuple(read(child) for child in xml),
        "text": xml.text or "",
        "tail": xml.tail or "",
    }
    kind = KNOWN.get(xml.tag)
    if kind is None:
        return UnknownElement(name=xml.tag, more=more, **common)
    typed: dict[str, Any] = {
        name: _read_value(expected, more.pop(attribute))
        for name, attribute, expected in _ATTRIBUTES[kind]
        if attribute in more
    }
    return kind(more=more, **typed, **common)


def to_xml(element: Element) -> ET.Element:
    """A typed value as an element."""
    xml = ET.Element(element.called, dict(element.more))
    for name, attribute, _ in _ATTRIBUTES.get(type(element), ()):
        value = getattr(element, name)
        if value is not None:
            xml.set(attribute, str(value).lower() if isinstance(value, bool) else str(value))
    xml.text, xml.tail = element.text or None, element.tail or None
    xml.extend(to_xml(child) for child in element.children)
    return xml


def _read_value(expected: frozenset[type], value: str) -> bool | int | str:
    if bool in expected and value in _TRUTHS:
        return _TRUTHS[value]
    if int in expected and _FIGURE.fullmatch(value):
        return int(value)
    return value
