"""The interface Rules: variables of call flows, time templates, blocked numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.demo.providers.iovox.account import Row
from bot.demo.providers.iovox.asked import (
    Answer,
    Asked,
    Document,
    Listed,
    Nothing,
    inside,
    listing,
    many,
    reading,
    writing,
)
from bot.demo.providers.iovox.documents import Refused, element

_TIMES = {"l": "label", "n": "notes", "tf": "time_frames", "c": "created"}
_BLOCKED = {
    "no": "number",
    "op": "operator",
    "ioo": "in_or_out",
    "nn": "notes",
    "rules": "rules",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"[012]\d:[0-5]\d")
_DAYS = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"}
_NUMBER = re.compile(r"\d{1,15}|WITHHELD|\*")

Key = tuple[str, str, str]


def _get_variable_rules(asked: Asked) -> Answer:
    flow = asked.account.flows.get(asked.need("template_name", "Template Name"))
    if flow is None:
        raise Refused("Template Name does not exist")
    values: dict[str, Row] = {}
    if id_ := asked.query.get("link_id"):
        if id_ not in asked.account.links:
            raise Refused("Link ID Doesn't exist")
        link = asked.account.links[id_]
        values = link.values if link.flow == flow.name else {}
    rows = [{**row, **values.get(row["rule_id"], {})} for row in flow.variables()]
    return Document(element("response", {"rules": {"rule": rows}}))


# Time templates


def _get_time_templates(asked: Asked) -> Answer:
    wanted = asked.query.get("time_template_label")
    rows = [row for label, row in asked.account.times.items() if wanted in (None, label)]
    return Listed(rows, _TIMES)


def _create_time_templates(asked: Asked) -> Answer:
    items = asked.items("time_template")
    wrong = [said for item in items for said in _wrong_times(item.get("time_frames"))]
    wrong += ["label Empty" for item in items if not item.get("label")]
    wrong += ["label already exists" for i in items if i.get("label") in asked.account.times]
    if wrong:
        raise Refused(*dict.fromkeys(wrong))
    created = asked.now.strftime("%Y-%m-%d %H:%M:%S")
    for item in items:
        asked.account.times[item["label"]] = {"notes": "", **item, "created": created}
    return Nothing(201)


def _update_time_templates(asked: Asked) -> Answer:
    items, times = asked.items("time_template"), asked.account.times
    wrong = ["label does not exist" for item in items if item.get("label") not in times]
    wrong += [
        said
        for item in items
        if "time_frames" in item
        for said in _wrong_times(item["time_frames"])
    ]
    if wrong:
        raise Refused(*dict.fromkeys(wrong))
    for item in items:
        row = times.pop(item["label"])
        label = item.get("new_label") or item["label"]
        frames = item.get("time_frames", row["time_frames"])
        times[label] = {**row, "label": label, "time_frames": frames}
    return Nothing()


def _delete_time_templates(asked: Asked) -> Answer:
    labels = asked.need("time_template_labels", "time_template_labels").split(",")
    force = asked.truth("force")
    wrong = [
        f"time_template_label {index} of {len(labels)} does not exist"
        for index, label in enumerate(labels, start=1)
        if label not in asked.account.times
    ]
    users = [
        row["number"]
        for row in asked.account.blocked.values()
        for rule in many((row.get("rules") or {}).get("rule"))
        if rule.get("time_template") in labels
    ]
    if users and not force:
        wrong.append(
            "This time template is used by a blocking rule you can force the deletion by using "
            f"force as TRUE. Blocking rule numbers are {','.join(users)}"
        )
    if wrong:
        raise Refused(*wrong)
    for label in labels:
        del asked.account.times[label]
    return Nothing()


def _wrong_times(frames: Any) -> Iterator[str]:
    found = many(frames.get("time_frame") if isinstance(frames, dict) else None)
    if not found:
        yield "time_frames Empty"
    for frame in found:
        for name, form in (
            ("date_from", _DATE),
            ("date_to", _DATE),
            ("time_from", _CLOCK),
            ("time_to", _CLOCK),
        ):
            if not form.fullmatch(str(frame.get(name, ""))):
                yield f"{name} Invalid"
        if frame.get("recurrence") not in ("NONE", "MONTHLY", "YEARLY"):
            yield "recurrence Invalid"
        days = inside(frame.get("days"), "day")
        if not days or not set(days) <= _DAYS:
            yield "days Invalid"


# Blocked numbers


def _get_blocked_numbers(asked: Asked) -> Answer:
    rows = list(asked.account.blocked.values())
    for name in ("number", "operator", "in_or_out"):
        if wanted := asked.query.get(name):
            rows = [row for row in rows if row[name] == wanted]
    return Listed([_shown(row) for row in rows], _BLOCKED, "no_ASC")


def _shown(row: Row) -> Row:
    """Reads call the links of a rule otherwise than its creation."""
    rules: list[Row] = []
    for rule in many((row.get("rules") or {}).get("rule")):
        others = {name: value for name, value in rule.items() if name != "link_ids"}
        rules.append({"links": rule.get("link_ids"), **others})
    return {**row, "rules": {"rule": rules} if rules else None}


def _create_blocked_numbers(asked: Asked) -> Answer:
    items = asked.items("blocked_number")
    wrong = [said for item in items for said in _wrong_block(asked, item, "link_ids")]
    wrong += ["Blocked Number already exists" for i in items if _key(i) in asked.account.blocked]
    wrong += ["default Invalid" for i in items if i.get("default") not in ("BLOCK", "ALLOW")]
    if wrong:
        raise Refused(*dict.fromkeys(wrong))
    for item in items:
        asked.account.blocked[_key(item)] = {"notes": "", **item}
    return Nothing(201)


def _update_blocked_numbers(asked: Asked) -> Answer:
    items, blocked = asked.items("blocked_number"), asked.account.blocked
    wrong = [said for item in items for said in _wrong_block(asked, item, "links")]
    wrong += ["Blocked Number does not exist" for item in items if _key(item) not in blocked]
    for item in items:
        becomes = _key({**item, **_new(item)})
        if becomes != _key(item) and becomes in blocked and item.get("if_exist") != "OVERWRITE":
            wrong.append("New Blocked Number already exists")
    if wrong:
        raise Refused(*dict.fromkeys(wrong))
    for item in items:
        row = blocked.pop(_key(item))
        changed: Row = {name: item[name] for name in ("default", "rules") if name in item}
        merged = {**row, **changed, **_new(item)}
        blocked[_key(merged)] = merged
    return Nothing()


def _delete_blocked_numbers(asked: Asked) -> Answer:
    listed = asked.need("blocked_numbers", "Blocked Numbers").split(",")
    keys: list[Key] = []
    for index, one in enumerate(listed, start=1):
        number, _, rest = one.partition(";")
        way, _, operator = rest.partition(";")
        if (number, way, operator) not in asked.account.blocked:
            raise Refused(
                "Combination of Number, In Or Out and Operator in Blocked Number "
                f"{index} of {len(listed)} does not exist."
            )
        keys.append((number, way, operator))
    for key in keys:
        del asked.account.blocked[key]
    return Nothing()


def _key(item: Row) -> Key:
    return (item.get("number", ""), item.get("in_or_out", ""), item.get("operator", ""))


def _new(item: Row) -> Row:
    return {
        name: item[f"new_{name}"]
        for name in ("number", "in_or_out", "operator")
        if item.get(f"new_{name}")
    }


def _wrong_block(asked: Asked, item: Row, links: str) -> Iterator[str]:
    if not _NUMBER.fullmatch(str(item.get("number", ""))):
        yield "Number Invalid"
    if item.get("in_or_out") not in ("IN", "OUT"):
        yield "In Or Out Invalid"
    if item.get("operator") not in ("EQUALS", "STARTSWITH"):
        yield "Operator Invalid"
    rules = item.get("rules")
    for rule in many(rules.get("rule") if isinstance(rules, dict) else None):
        if any(id_ not in asked.account.links for id_ in inside(rule.get(links), "link_id")):
            yield "Link ID does not exist"
        if rule.get("time_template") and rule["time_template"] not in asked.account.times:
            yield "Time Template does not exist"
        if rule.get("blocking_type") not in ("BLOCK", "ALLOW"):
            yield "Blocking Type Invalid"


METHODS = {
    "Rules.getVariableRulesOfTemplate": reading(
        _get_variable_rules, "template_name", "link_id", "page", "limit", "output"
    ),
    "Rules.getTimeTemplates": listing(_get_time_templates, "time_template_label"),
    "Rules.createTimeTemplates": writing("POST", _create_time_templates),
    "Rules.updateTimeTemplates": writing("PUT", _update_time_templates),
    "Rules.deleteTimeTemplates": writing(
        "DELETE", _delete_time_templates, "time_template_labels", "force"
    ),
    "Rules.getBlockedNumbers": listing(_get_blocked_numbers, "number", "operator", "in_or_out"),
    "Rules.createBlockedNumbers": writing("POST", _create_blocked_numbers),
    "Rules.updateBlockedNumbers": writing("PUT", _update_blocked_numbers),
    "Rules.deleteBlockedNumbers": writing("DELETE", _delete_blocked_numbers, "blocked_numbers"),
}
