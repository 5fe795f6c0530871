"""What IOVOX refuses of a Call Flow, in its own words where they are documented."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from bot.demo.providers.iovox.account import VARIABLE, Account
from bot.demo.providers.iovox.documents import Refused

LONGEST_NAME = 100
"""How long a name may be is not documented; this is a guess."""

RULES = ("play", "call", "messageKeypress", "voicemail", "sendSms", "httpRequest")
_TITLES = {"play": "Play", "call": "Call", "messageKeypress": "MessageKeypress"}
_RESULTS = {"ANSWERED", "BUSY", "REJECTED", "NO_ANSWER", "CANCELLED"}


def the_flow(root: ET.Element) -> ET.Element:
    """The one `callFlow` of a request."""
    found = root.findall("callFlow")
    if len(found) != 1 or len(root) != 1:
        raise Refused("Request Empty")
    if not found[0].get("name"):
        raise Refused("CallFlow Name Empty")
    return found[0]


def check(account: Account, flow: ET.Element) -> None:
    """Refuses a flow that has no rules, or one in which something is wrong; says all of it."""
    if not len(flow):
        raise Refused("There are no Rules in this Template")
    wrong = list(dict.fromkeys(_wrong(account, flow)))
    if wrong:
        raise Refused(*wrong)


def _wrong(account: Account, flow: ET.Element) -> Iterator[str]:
    met: set[str] = set()
    for rule in _rules(flow):
        id_, title = rule.get("id"), _TITLES.get(rule.tag, rule.tag)
        if not id_:
            yield "Rule ID Empty"
        elif id_ in met:
            yield f"Rule ID Not Unique in {title} Rule"
        met.add(id_ or "")
        if not rule.get("label"):
            yield "Rule Label Empty"
        if rule.tag == "call":
            yield from _call(rule)
        if rule.tag == "play" and not rule.findall("soundFile"):
            yield "Message empty"
    for sound in flow.iter("soundFile"):
        label, group = sound.get("soundLabel"), sound.get("soundGroup", "")
        known = {found for _, found in account.sounds}
        there = (group, label) in account.sounds if group else label in known
        if label != VARIABLE and not there:
            yield "Sound File Does not exist in Play Rule"


def _rules(element: ET.Element) -> Iterator[ET.Element]:
    """All rules in it; the `play` of a menu is no rule of its own."""
    for child in element:
        if child.tag in RULES and not (element.tag == "messageKeypress" and child.tag == "play"):
            yield child
        yield from _rules(child)


def _call(rule: ET.Element) -> Iterator[str]:
    for name in ("destinationPhoneNumber", "destinationContactId"):
        if rule.get(name) == "":
            yield f"{name} Empty"
    number = rule.get("destinationPhoneNumber")
    named = rule.get("destinationContactId") or rule.get("destinationContactName")
    if number is None and not named:
        yield "destinationPhoneNumber Empty"
    if number and number != VARIABLE and not number.startswith("$_") and not number.isdigit():
        yield "destinationPhoneNumber Invalid"
    if rule.get("record", "false") not in ("true", "false"):
        yield "record Invalid"
    for event in rule.iter("callEvent"):
        if not set(event.get("result", "").split("|")) <= _RESULTS:
            yield "result Invalid"
