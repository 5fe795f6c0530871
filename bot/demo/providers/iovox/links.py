"""The interfaces Links and Voxnumbers."""

from __future__ import annotations

from typing import Any

from bot.demo.providers.iovox.account import Account, Link, Row
from bot.demo.providers.iovox.asked import (
    Answer,
    Asked,
    Listed,
    Nothing,
    inside,
    listing,
    many,
    truth,
    writing,
)
from bot.demo.providers.iovox.documents import Refused

_LINKS = {
    "nid": "node_id",
    "nn": "node_name",
    "nt": "node_type",
    "lid": "link_id",
    "ln": "link_name",
    "lt": "link_type",
    "vn": "voxnumber",
    "rn": "rule_name",
}
_NUMBERS = {
    "nid": "node_id",
    "nname": "node_name",
    "lid": "link_id",
    "lname": "link_name",
    "as": "assigned_status",
    "cs": "call_status",
    "vn": "voxnumber",
    "vnt": "voxnumber_type",
    "vnco": "voxnumber_country",
    "vnci": "voxnumber_city",
    "vnpd": "purchase_date",
    "cc": "country_code",
}
_ABOUT = ("link_name", "link_type", "link_date", "click_to_call", "node_id")
AUTOINCREMENT = "AUTOINCREMENT()"


def _get_links(asked: Asked) -> Answer:
    account = asked.account
    numbers = {row["link_id"]: number for number, row in account.numbers.items() if row["link_id"]}
    rows = [
        {**link.row, "voxnumber": numbers.get(id_), "rule_name": link.flow}
        for id_, link in account.links.items()
    ]
    for name in ("node_id", "node_type", "link_id", "link_type"):
        if wanted := asked.query.get(name):
            rows = [row for row in rows if row.get(name) == wanted]
    if "link_id" in asked.query and not rows:
        raise Refused("Link ID does not exist")
    return Listed(rows, _LINKS)


def _create_links(asked: Asked) -> Answer:
    items, account = asked.items("link"), asked.account
    wrong = [
        f"{name} {index} of {len(items)} Empty"
        for index, item in enumerate(items, start=1)
        for name in ("node_id", "link_id")
        if not item.get(name)
    ]
    wrong += [
        f"link_id {index} of {len(items)} already exists"
        for index, item in enumerate(items, start=1)
        if item.get("link_id") in account.links
    ]
    if wrong:
        raise Refused(*wrong)
    for item in items:
        id_ = str(next(account.ids)) if item["link_id"] == AUTOINCREMENT else item["link_id"]
        node = {"node_name": item["node_id"], "node_type": ""}
        account.links[id_] = Link(
            {"link_name": "", "link_type": "", **node, **item, "link_id": id_}
        )
    return Nothing(201)


def _update_links(asked: Asked) -> Answer:
    items = asked.items("link")
    links = _known(asked.account, [str(item.get("link_id", "")) for item in items])
    for link, item in zip(links, items, strict=True):
        link.row |= {name: item[name] for name in _ABOUT if name in item}
        if becomes := item.get("new_link_id"):
            old = link.row["link_id"]
            link.row["link_id"] = becomes
            asked.account.links = {
                (becomes if id_ == old else id_): one for id_, one in asked.account.links.items()
            }
            for number in asked.account.numbers.values():
                if number["link_id"] == old:
                    number["link_id"] = becomes
    return Nothing()


def _delete_links(asked: Asked) -> Answer:
    ids = asked.need("link_ids", "link_ids").split(",")
    _known(asked.account, ids)
    for id_ in ids:
        del asked.account.links[id_]
        _free(asked.account, id_)
    return Nothing()


def _attach_voxnumber(asked: Asked) -> Answer:
    items, account = asked.items("link"), asked.account
    _known(account, [str(item.get("link_id", "")) for item in items])
    chosen: list[tuple[str, str]] = []
    for index, item in enumerate(items, start=1):
        free = [
            number
            for number, row in account.numbers.items()
            if not row["link_id"] and _suits(number, row, item)
        ]
        if not free:
            raise Refused(f"No VoxNumber available for link {index} of {len(items)}")
        chosen.append((item["link_id"], free[0]))
    for id_, number in chosen:
        _free(account, id_)
        account.numbers[number] |= {"link_id": id_, "assigned_status": "ASSIGNED"}
    return Nothing()


def _suits(number: str, row: Row, item: Row) -> bool:
    match item.get("method"):
        case "BY VOXNUMBER":
            return number == item.get("full_voxnumber")
        case "BY AREA":
            return number.startswith(f"{item.get('voxnumber_idd')}{item.get('area_code')}")
        case "BY POSTCODE":
            return str(row["voxnumber_country"]).upper() == item.get("voxnumber_country")
        case _:
            raise Refused("method Invalid")


def _remove_voxnumber(asked: Asked) -> Answer:
    ids = [str(id_) for id_ in many(asked.body.get("link_id"))]
    if not ids:
        raise Refused("Request Empty")
    _known(asked.account, ids)
    for id_ in ids:
        _free(asked.account, id_)
    return Nothing()


def _free(account: Account, link: str) -> None:
    for number in account.numbers.values():
        if number["link_id"] == link:
            number |= {"link_id": None, "assigned_status": "UNASSIGNED"}


def _attach_rule_template(asked: Asked) -> Answer:
    body, account = asked.body, asked.account
    name = body.get("template_name") or ""
    if name not in account.flows:
        raise Refused("Template Name does not exist")
    links = _known(account, inside(body.get("link_ids"), "link_id"))
    overwrites = truth(body.get("overwrite_existing") or "FALSE", "overwrite_existing")
    if not overwrites and any(link.flow for link in links):
        raise Refused("Link already has a Template attached")
    rules = body.get("rules_variable")
    given: list[Any] = many(rules.get("rule") if isinstance(rules, dict) else None)
    wanted = {row["rule_id"]: row for row in account.flows[name].variables()}
    odd = [rule.get("rule_id") for rule in given if rule.get("rule_id") not in wanted]
    if odd:
        raise Refused(*(f"Rule ID {id_} does not exist in this Template" for id_ in odd))
    for link in links:
        link.flow = name
        link.values = {rule["rule_id"]: rule for rule in given}
    return Nothing()


def _remove_rule_template(asked: Asked) -> Answer:
    for link in _known(asked.account, inside(asked.body.get("link_ids"), "link_id")):
        link.flow, link.values = None, {}
    return Nothing()


def _known(account: Account, ids: list[str]) -> list[Link]:
    if not ids:
        raise Refused("link_ids Empty")
    wrong = [
        f"link_id {index} of {len(ids)} does not exist"
        for index, id_ in enumerate(ids, start=1)
        if id_ not in account.links
    ]
    if wrong:
        raise Refused(*wrong)
    return [account.links[id_] for id_ in ids]


def _get_voxnumbers(asked: Asked) -> Answer:
    links = asked.account.links
    rows = []
    for number, row in asked.account.numbers.items():
        link = links[row["link_id"]].row if row["link_id"] else {}
        about = {name: link.get(name) for name in ("node_id", "node_name", "link_name")}
        rows.append({**row, **about, "voxnumber": number})
    for name in (
        "voxnumber", "voxnumber_type", "voxnumber_country", "voxnumber_city", "assigned_status",
        "call_status", "node_id", "link_id",
    ):  # fmt: skip
        if wanted := asked.query.get(name):
            rows = [row for row in rows if row.get(name) == wanted]
    return Listed(rows, _NUMBERS)


def _set_call_status(asked: Asked) -> Answer:
    status, numbers = (
        asked.body.get("call_status"),
        inside(asked.body.get("voxnumbers"), "voxnumber"),
    )
    if status not in ("ON", "OFF"):
        raise Refused("call_status Invalid")
    wrong = [
        f"VoxNumber {index} of {len(numbers)} does not exist"
        for index, number in enumerate(numbers, start=1)
        if number not in asked.account.numbers
    ]
    if wrong or not numbers:
        raise Refused(*(wrong or ["Request Empty"]))
    for number in numbers:
        asked.account.numbers[number]["call_status"] = status
    return Nothing()


METHODS = {
    "Links.getLinks": listing(
        _get_links, "node_id", "node_type", "link_id", "link_type", "cat_ids[]"
    ),
    "Links.createLinks": writing("POST", _create_links),
    "Links.updateLinks": writing("PUT", _update_links),
    "Links.deleteLinks": writing("DELETE", _delete_links, "link_ids"),
    "Links.attachVoxnumberToLink": writing("PUT", _attach_voxnumber),
    "Links.removeVoxnumberFromLink": writing("PUT", _remove_voxnumber),
    "Links.attachRuleTemplateToLinks": writing("PUT", _attach_rule_template),
    "Links.removeRuleTemplateFromLinks": writing("PUT", _remove_rule_template),
    "Voxnumbers.getVoxnumbers": listing(
        _get_voxnumbers, "voxnumber", "voxnumber_type", "voxnumber_country", "voxnumber_city",
        "assigned_status", "call_status", "node_id", "link_id",
    ),
    "Voxnumbers.setCallStatus": writing("PUT", _set_call_status),
}  # fmt: skip
