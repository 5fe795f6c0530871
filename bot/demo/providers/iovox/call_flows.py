"""The interface CallFlow."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from bot.demo.providers.iovox.account import CallFlow
from bot.demo.providers.iovox.asked import (
    Answer,
    Asked,
    Document,
    Listed,
    Nothing,
    listing,
    reading,
    writing,
)
from bot.demo.providers.iovox.documents import Refused
from bot.demo.providers.iovox.flow_rules import LONGEST_NAME, check, the_flow

_NAMES = {
    "tna": "template_name",
    "tno": "template_notes",
    "tt": "template_type",
    "c": "created",
    "a": "advanced",
}


def _get_call_flows(asked: Asked) -> Answer:
    kind = asked.query.get("template_type", "ALL")
    if kind not in ("DEFAULT", "CUSTOM", "ALL"):
        raise Refused("Template Type Invalid")
    if asked.query.get("advanced", "YES") != "YES":
        raise Refused("Advanced Invalid")
    name = asked.query.get("template_name")
    rows = [
        {
            "template_name": flow.name,
            "template_notes": flow.root.get("notes", ""),
            "template_type": flow.kind,
            "created": flow.created,
            "advanced": "YES",
        }
        for flow in asked.account.flows.values()
        if kind in ("ALL", flow.kind) and name in (None, flow.name)
    ]
    return Listed(rows, _NAMES, "c_DESC")


def _get_call_flow(asked: Asked) -> Answer:
    flow = asked.account.flows.get(asked.need("call_flow", "Call Flow"))
    # IOVOX's own templates are listed, but not shown (a guess).
    if flow is None or flow.kind == "DEFAULT":
        raise Refused("Call Flow Doesn't exist")
    root = ET.Element("response")
    root.append(flow.root)
    return Document(root, xml_only=True)


def _create_call_flow(asked: Asked) -> Answer:
    root = the_flow(asked.root)
    name = root.get("name", "")
    if name in asked.account.flows:
        raise Refused("CallFlow Name already exists")
    if len(name) > LONGEST_NAME:
        raise Refused("CallFlow Name too long")
    check(asked.account, root)
    created = asked.now.strftime("%Y-%m-%d %H:%M:%S")
    asked.account.flows[name] = CallFlow(root, created=created)
    return Nothing(201)


def _update_call_flow(asked: Asked) -> Answer:
    root = the_flow(asked.root)
    name, becomes = root.get("name", ""), root.get("newName", "")
    if not len(root):
        raise Refused("There are no Rules in this Template")
    if name not in asked.account.flows:
        raise Refused("CallFlow Name does not exist")
    if becomes and becomes != name and becomes in asked.account.flows:
        raise Refused("New CallFlow Name already exists")
    if len(becomes) > LONGEST_NAME:
        raise Refused("New CallFlow Name too long")
    check(asked.account, root)
    asked.account.replace_flow(name, root)
    return Nothing()


def _delete_call_flows(asked: Asked) -> Answer:
    names = asked.need("call_flows", "call_flows").split("|")
    account, detach = asked.account, asked.truth("detach_from_links")
    wrong = [
        f"Call Flow {index} of {len(names)} does not exist"
        for index, name in enumerate(names, start=1)
        if name not in account.flows
    ]
    used = {link.flow for link in account.links.values()}
    if not detach:
        wrong += [
            f"Call Flow {index} of {len(names)} is attached to a Link"
            for index, name in enumerate(names, start=1)
            if name in used
        ]
    if wrong:
        raise Refused(*wrong)
    for name in names:
        del account.flows[name]
        for link in account.links.values():
            if link.flow == name:
                link.flow, link.values = None, {}
    return Nothing()


METHODS = {
    "CallFlow.getCallFlows": listing(_get_call_flows, "template_name", "template_type", "advanced"),
    "CallFlow.getCallFlow": reading(_get_call_flow, "call_flow"),
    "CallFlow.createCallFlow": writing("POST", _create_call_flow),
    "CallFlow.updateCallFlow": writing("PUT", _update_call_flow),
    "CallFlow.deleteCallFlows": writing(
        "DELETE", _delete_call_flows, "call_flows", "detach_from_links"
    ),
}
