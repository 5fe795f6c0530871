"""XML in and out: read only through defusedxml, written with the standard library."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import defusedxml.ElementTree as Defused
from defusedxml.common import DefusedXmlException

from bot.domain.errors import UsageError

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

DEEPEST = 200
"""Elements inside each other; no call flow comes near, and what reads them goes down by itself."""


class NoXml(ValueError):
    """The text is no XML that can be taken; the sentence says where."""


def parse(text: str | bytes) -> ET.Element:
    """The root element.

    Raises:
        NoXml: not well-formed, with a DTD or an entity in it, or nested beyond reason.
    """
    try:
        root: ET.Element = Defused.fromstring(text, forbid_dtd=True)
    except ET.ParseError as wrong:
        raise NoXml(str(wrong)) from None
    except DefusedXmlException:
        raise NoXml("document types and entities are not taken") from None
    except (ValueError, LookupError):
        raise NoXml("its characters cannot be read") from None
    level, deep = [root], 0
    while level:
        deep += 1
        if deep > DEEPEST:
            raise NoXml(f"more than {DEEPEST} elements inside each other")
        level = [child for element in level for child in element]
    return root


def written(root: ET.Element) -> str:
    """The element as text.

    Raises:
        UsageError: a character in it has no place in XML.
    """
    # Left as it is, a carriage return would be read back as a line feed.
    text = ET.tostring(root, encoding="unicode").replace("\r", "&#13;")
    if odd := _NOT_IN_XML.search(text):
        raise UsageError(f"XML cannot carry the character U+{ord(odd.group()):04X}.")
    return text


def document(root: ET.Element) -> bytes:
    """The element as a document for a request's body."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written(root)}'.encode()


def request(values: Mapping[str, Any]) -> ET.Element:
    """The `request` element that says these values.

    An object's names become elements, a list repeats its element, nothing is an empty element.
    """
    root = ET.Element("request")
    for name, value in values.items():
        _put(root, name, value)
    return root


def _put(parent: ET.Element, name: str, value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _put(parent, name, item)
        return
    element = ET.SubElement(parent, name)
    if isinstance(value, dict):
        for inner, item in value.items():
            _put(element, inner, item)
    elif isinstance(value, bool):
        element.text = boolean(value)
    elif value is not None:
        element.text = str(value)


def boolean(value: bool) -> str:
    """As query strings and bodies have it; attributes of rules are lower case instead."""
    return "TRUE" if value else "FALSE"


def plain(element: ET.Element) -> Any:
    """The element as JSON would say it: text, or an object; elements of one name become a list.

    A list of one cannot be told from a single value: whoever reads knows where lists stand.
    """
    if not len(element) and not element.attrib:
        return (element.text or "").strip()
    found: dict[str, Any] = dict(element.attrib)
    if not len(element):
        found["value"] = (element.text or "").strip()
    met: set[str] = set()
    for child in element:
        value = plain(child)
        if child.tag not in met:
            found[child.tag] = value
            met.add(child.tag)
        elif isinstance(found[child.tag], _Repeated):
            found[child.tag].append(value)
        else:
            found[child.tag] = _Repeated([found[child.tag], value])
    return found


class _Repeated(list[Any]):
    """Values of one name; told apart from a value that is a list."""
