"""What the API says and reads: XML, or the JSON that comes of it, and errors.

Turned into JSON, one element stands for itself and several of a name are a list; all figures are
text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import defusedxml.ElementTree as Defused
from aiohttp import web
from defusedxml.common import DefusedXmlException

_XML = "text/xml"


class Refused(Exception):
    """The API would refuse this.

    Attributes:
        status: the HTTP status of the answer.
        words: one sentence for each thing that is wrong.
    """

    def __init__(self, *words: str, status: int = 400) -> None:
        self.status, self.words = status, words
        super().__init__(f"{status}: {'; '.join(words)}")


def read_request(raw: bytes) -> ET.Element:
    """The `request` element of a body.

    Raises:
        Refused: in the documented words.
    """
    if not raw.strip():
        raise Refused("XML Empty")
    try:
        root: ET.Element = Defused.fromstring(raw, forbid_dtd=True)
    except ET.ParseError as wrong:
        line, column = wrong.position
        what = str(wrong).partition(":")[0]
        raise Refused(f"XML parse error. {what} at line {line}, column {column}") from None
    except (DefusedXmlException, ValueError, LookupError):
        raise Refused("XML parse error. document type at line 1, column 1") from None
    if root.tag != "request" or not len(root):
        raise Refused("Request Empty")
    return root


def plain(element: ET.Element) -> Any:
    """An element as JSON says it."""
    if not len(element):
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for name in dict.fromkeys(child.tag for child in element):
        values = [plain(child) for child in element.findall(name)]
        found[name] = values[0] if len(values) == 1 else values
    return found


def element(name: str, value: Any) -> ET.Element:
    """A value as an element; an object's names become elements, a list repeats its element."""
    made = ET.Element(name)
    if isinstance(value, dict):
        for inner, item in value.items():
            for one in item if isinstance(item, list) else [item]:
                made.append(element(inner, one))
    elif value is not None:
        made.text = str(value)
    return made


def xml(root: ET.Element, status: int = 200) -> web.Response:
    """A document as an answer, without a charset, as the real one."""
    text = '<?xml version="1.0" encoding="utf-8"?>' + ET.tostring(root, encoding="unicode")
    return web.Response(body=text.encode(), status=status, headers={"Content-Type": _XML})


def as_json(value: Any) -> web.Response:
    """An object as an answer."""
    text = json.dumps({"response": value}, ensure_ascii=False)
    return web.Response(body=text.encode(), headers={"Content-Type": "application/json"})


def errors(status: int, words: Sequence[str], *, in_json: bool = False) -> web.Response:
    """A refusal: one error or several."""
    if in_json:
        found = [{"status": str(status), "value": said} for said in words]
        body = {"errors": {"error": found[0] if len(found) == 1 else found}}
        return web.json_response(body, status=int(status))
    root = ET.Element("errors")
    for said in words:
        ET.SubElement(root, "error", status=str(int(status))).text = said
    return xml(root, int(status))
