"""IVRs: menus, their options, and the rules of each option."""

from __future__ import annotations

import re
from typing import Any

from bot.demo.providers.ringme.account import Row
from bot.demo.providers.ringme.asked import Asked, Responders
from bot.demo.providers.ringme.documented import shaped
from bot.demo.providers.ringme.envelope import bad_request, not_found
from bot.demo.providers.ringme.rows import defaults_of, one_of, permuted

RESPONDERS = Responders()
on = RESPONDERS.on

_CONTEXT = "ivr/context/{context_id}"
_OPTION = f"{_CONTEXT}/options/{{option_digits}}"
_RULE = f"{_OPTION}/rules/{{rule_id}}"
_DIGITS = re.compile(r"[\d*#]{1,10}|start|timeout|invalid")


@on("POST", "ivr/context/")
def _add_context(asked: Asked) -> Row:
    asked.extension.must_be("ivr")
    created = defaults_of("POST /extension/{extension_id}/ivr/context/")
    row = {**created, **asked.values, "id": asked.account.next_id(), "options": {}}
    asked.extension.contexts[row["id"]] = row
    return row


@on("GET", "ivr/context/")
def _contexts(asked: Asked) -> list[Row]:
    asked.extension.must_be("ivr")
    return list(asked.extension.contexts.values())


@on("GET", _CONTEXT)
def _context(asked: Asked) -> Row:
    return one_of(asked.extension.contexts, asked.path["context_id"])


@on("PUT", _CONTEXT)
def _change_context(asked: Asked) -> Row:
    row = one_of(asked.extension.contexts, asked.path["context_id"])
    row.update(asked.values)
    return row


@on("DELETE", _CONTEXT)
def _delete_context(asked: Asked) -> None:
    _context(asked)
    if asked.extension.setup.get("entry_context") == asked.path["context_id"]:
        raise bad_request("The IVR begins with this context")
    del asked.extension.contexts[asked.path["context_id"]]


@on("POST", f"{_CONTEXT}/options/")
def _add_option(asked: Asked) -> Row:
    digits = asked.values["digits"]
    if not _DIGITS.fullmatch(digits):
        raise bad_request("digits: are digits, or start, timeout or invalid")
    if digits in _context(asked)["options"]:
        raise bad_request("Record already exists")
    _context(asked)["options"][digits] = {"digits": digits, "rules": {}, "order": []}
    return {"digits": digits}


@on("GET", f"{_CONTEXT}/options/")
def _options(asked: Asked) -> list[Row]:
    return list(_context(asked)["options"].values())


@on("DELETE", _OPTION)
def _delete_option(asked: Asked) -> None:
    _option(asked)
    del _context(asked)["options"][asked.path["option_digits"]]


@on("POST", f"{_OPTION}/rules/")
def _add_rule(asked: Asked) -> Row:
    option = _option(asked)
    created = defaults_of(f"POST /extension/{{extension_id}}/{_OPTION}/rules/")
    values = {**created, **asked.values}
    position = values.pop("order_position", None)
    if position is not None and not str(position).isdigit():
        raise bad_request("order_position: is no position")
    row = {**values, "id": asked.account.next_id()}
    option["rules"][row["id"]] = row
    option["order"].insert(len(option["order"]) if position is None else int(position), row["id"])
    return _shown(row)


@on("GET", f"{_OPTION}/rules/")
def _rules(asked: Asked) -> list[Row]:
    option = _option(asked)
    return [_shown(option["rules"][id_]) for id_ in option["order"]]


@on("GET", f"{_OPTION}/rules/order/")
def _order(asked: Asked) -> Row:
    return {"rules_ids": _option(asked)["order"]}


@on("PUT", f"{_OPTION}/rules/order/")
def _reorder(asked: Asked) -> Row:
    option = _option(asked)
    option["order"][:] = permuted(option["order"], asked.values["rules_ids"])
    return {"rules_ids": option["order"]}


@on("GET", _RULE)
def _rule(asked: Asked) -> Row:
    return _shown(one_of(_option(asked)["rules"], asked.path["rule_id"]))


@on("PUT", _RULE)
def _change_rule(asked: Asked) -> Row:
    row = one_of(_option(asked)["rules"], asked.path["rule_id"])
    row.update(asked.values)
    return _shown(row)


@on("DELETE", _RULE)
def _delete_rule(asked: Asked) -> None:
    option = _option(asked)
    one_of(option["rules"], asked.path["rule_id"])
    del option["rules"][asked.path["rule_id"]]
    option["order"].remove(asked.path["rule_id"])


@on("GET", "ivr/scheme/")
def _scheme(asked: Asked) -> Row:
    asked.extension.must_be("ivr")
    contexts = [
        {
            **shaped("Context", context),
            "options": [
                {
                    "digits": option["digits"],
                    "rules": [_shown(option["rules"][id_]) for id_ in option["order"]],
                }
                for option in context["options"].values()
            ],
        }
        for context in asked.extension.contexts.values()
    ]
    return {**asked.extension.setup, "contexts": contexts}


def _option(asked: Asked) -> Any:
    options = _context(asked)["options"]
    if asked.path["option_digits"] not in options:
        raise not_found()
    return options[asked.path["option_digits"]]


def _shown(row: Row) -> Row:
    """A rule as it is read: two numbers are text there, by the document."""
    texts = ("record_digits_max", "voice_helper_digits_max")
    changed = {name: str(row[name]) for name in texts if row.get(name) is not None}
    return {**shaped("IvrRule", row), **changed}
