"""Objects of an extension that are added, changed and deleted alike, and single settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from bot.demo.providers.ringme.account import Extension, Row, Rows, Type
from bot.demo.providers.ringme.asked import Asked, Responders
from bot.demo.providers.ringme.documented import table
from bot.demo.providers.ringme.envelope import bad_request, not_found

RESPONDERS = Responders()
on = RESPONDERS.on

Check = Callable[[Asked, Row], None]


def one_of(rows: Mapping[Any, Row], id_: Any) -> Row:
    """An object by its id; 404 where there is none."""
    if id_ not in rows:
        raise not_found()
    return rows[id_]


def defaults_of(asked_for: str) -> Row:
    """What the document says that a call's missing parameters are."""
    return next(each for each in table().endpoints if each.name == asked_for).defaults()


def _collection(
    where: str,
    id_: str,
    rows: Callable[[Extension], Rows],
    check: Check = lambda _, __: None,
    *,
    key: str = "id",
    replaces: bool = False,
) -> None:
    """Five calls of a collection.

    Args:
        where: its path below the extension.
        id_: the name of an object's id in the path.
        check: refuses a row that cannot be.
        key: the field that holds the id; one that is given by whoever adds it is no `id`.
        replaces: whether a change replaces the whole object.
    """
    created = f"POST /extension/{{extension_id}}/{where}"

    @on("POST", where)
    def add(asked: Asked) -> Row:
        row = {**defaults_of(created), **asked.values, "extension_id": asked.extension.id}
        check(asked, row)
        row.setdefault(key, asked.account.next_id())
        if row[key] in rows(asked.extension):
            raise bad_request("Record already exists")
        rows(asked.extension)[row[key]] = row
        return row

    @on("GET", where)
    def all_(asked: Asked) -> list[Row]:
        return list(rows(asked.extension).values())

    @on("GET", f"{where}{{{id_}}}")
    def one(asked: Asked) -> Row:
        return one_of(rows(asked.extension), asked.path[id_])

    @on("PUT", f"{where}{{{id_}}}")
    def change(asked: Asked) -> Row:
        row = one_of(rows(asked.extension), asked.path[id_])
        kept = {name: row[name] for name in ("extension_id", key)} if replaces else row
        changed = {**kept, **asked.values}
        check(asked, changed)
        rows(asked.extension)[asked.path[id_]] = changed
        return changed

    @on("DELETE", f"{where}{{{id_}}}")
    def delete(asked: Asked) -> None:
        one_of(rows(asked.extension), asked.path[id_])
        del rows(asked.extension)[asked.path[id_]]


def _setup(where: str, type_: Type | None, read: Callable[[Extension], Row]) -> None:
    """Two calls of a single object: read it, change the fields that are given.

    Whether a default that the document states for a change is applied to a field that is left out
    is not known; here it is not.
    """

    @on("GET", where)
    def get(asked: Asked) -> Row:
        if type_ is not None:
            asked.extension.must_be(type_)
        return read(asked.extension)

    @on("PUT", where)
    def change(asked: Asked) -> Row:
        if type_ is not None:
            asked.extension.must_be(type_)
        read(asked.extension).update(asked.values)
        return read(asked.extension)


# What an object has to be


def _a_hook(_: Asked, row: Row) -> None:
    if not re.fullmatch(r"https?://\S+", str(row["url"])):
        raise bad_request("url: is no address")


def _a_mail(_: Asked, row: Row) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", str(row["mail"])):
        raise bad_request("mail: is no address")


def _a_name(_: Asked, row: Row) -> None:
    if not row["name"]:
        raise bad_request("name: must not be empty")


def _a_user(asked: Asked, row: Row) -> None:
    _a_name(asked, row)
    everybody = (user for each in asked.account.extensions.values() for user in each.users.values())
    if any(user["login"] == row["login"] and user.get("id") != row.get("id") for user in everybody):
        raise bad_request("login: is taken")


def _an_interval(asked: Asked, row: Row) -> None:
    limits = {"dow": (0, 7), "mday": (1, 31)}
    for condition in row["conditions"]:
        for part in ("datetime", "time", "dow", "mday"):
            start, end = condition.get(f"start_{part}"), condition.get(f"end_{part}")
            if (start is None) != (end is None):
                raise bad_request(f"conditions: start_{part} and end_{part} go together")
            if start is None:
                continue
            low, high = limits.get(part, (start, end))
            if part in limits and not (low <= start <= high and low <= end <= high):
                raise bad_request(f"conditions: {part} is out of range")
            if part != "dow" and start > end:
                raise bad_request(f"conditions: start_{part} is after end_{part}")
        if not 1 <= (condition.get("month") or 1) <= 12:
            raise bad_request("conditions: month is out of range")
    row["client_id"] = asked.account.client_id


def _a_queue_agent(asked: Asked, row: Row) -> None:
    asked.extension.must_be("queue")
    if asked.account.agent(row["agent_id"]) is None:
        raise not_found("Agent not found")


def _a_remote_agent(asked: Asked, _: Row) -> None:
    asked.extension.must_be("queue")


_collection("agent/", "agent_id", lambda each: each.agents, _a_name)
_collection("event/", "id", lambda each: each.events, _a_hook)
_collection("interval/", "interval_id", lambda each: each.intervals, _an_interval, replaces=True)
_collection("mail_notification/", "id", lambda each: each.mail_alerts, _a_mail)
_collection("user/extension/", "user_id", lambda each: each.users, _a_user)
_collection(
    "queue/agents/local/",
    "agent_id",
    lambda each: each.local_agents,
    _a_queue_agent,
    key="agent_id",
)
_collection(
    "queue/agents/remote/",
    "agent_id",
    lambda each: each.remote_agents,
    _a_remote_agent,
    key="agent_id",
)
for _type in get_args(Type):
    _setup(f"{_type}/", _type, lambda each: each.setup)
_setup("conference/", None, lambda each: each.conference)


@on("DELETE", "agent/{agent_id}")
def _delete_agent(asked: Asked) -> None:
    """Gone from the queues too, unless told otherwise."""
    one_of(asked.extension.agents, asked.path["agent_id"])
    del asked.extension.agents[asked.path["agent_id"]]
    if asked.values.get("remove_from_queues", True):
        for each in asked.account.extensions.values():
            each.local_agents.pop(asked.path["agent_id"], None)


@on("DELETE", "event/")
def _delete_events(asked: Asked) -> None:
    asked.extension.events.clear()


@on("GET", "user/extension/")
def _users(asked: Asked) -> list[Row]:
    return filtered(list(asked.extension.users.values()), asked.values)


@on("GET", "ani/")
def _ani(asked: Asked) -> Row:
    return {"default": asked.extension.ani}


@on("PUT", "ani/")
def _set_ani(asked: Asked) -> Row:
    asked.extension.ani = asked.values["ani_number"]
    return {"default": asked.extension.ani}


@on("GET", "extension/")
def _extension(asked: Asked) -> Row:
    return asked.extension.row


@on("GET", "alias/")
def _aliases(asked: Asked) -> list[Row]:
    return page(filtered(asked.extension.aliases, asked.values), asked.values)


@on("GET", "sound/")
def _sounds(asked: Asked) -> list[Row]:
    return page(filtered(list(asked.extension.sounds.values()), asked.values), asked.values)


@on("PUT", "chat/{chat_id}/messages/")
def _mark_chat(asked: Asked) -> Row:
    messages = one_of_chats(asked)
    for message in messages:
        message["read"] = asked.values.get("read", message["read"])
    read = all(message["read"] for message in messages)
    return {"id": asked.path["chat_id"], "read": read}


@on("DELETE", "chat/{chat_id}/messages/")
def _delete_chat(asked: Asked) -> None:
    one_of_chats(asked).clear()


def one_of_chats(asked: Asked) -> list[Row]:
    """A chat's messages; 404 where there is no such chat."""
    if asked.path["chat_id"] not in asked.extension.chats:
        raise not_found()
    return asked.extension.chats[asked.path["chat_id"]]


# Incoming rules, which have an order


@on("GET", "incom_rule/")
def _rules(asked: Asked) -> list[Row]:
    return [asked.extension.rules[id_] for id_ in asked.extension.order]


@on("POST", "incom_rule/")
def _add_rule(asked: Asked) -> Row:
    created = defaults_of("POST /extension/{extension_id}/incom_rule/")
    row = {**created, **asked.values, "id": asked.account.next_id()}
    _a_rule(asked, row)
    asked.extension.rules[row["id"]] = row
    asked.extension.order.append(row["id"])
    return row


@on("GET", "incom_rule/{rule_id}")
def _rule(asked: Asked) -> Row:
    return one_of(asked.extension.rules, asked.path["rule_id"])


@on("PUT", "incom_rule/{rule_id}")
def _change_rule(asked: Asked) -> Row:
    changed = {**one_of(asked.extension.rules, asked.path["rule_id"]), **asked.values}
    _a_rule(asked, changed)
    asked.extension.rules[asked.path["rule_id"]] = changed
    return changed


@on("DELETE", "incom_rule/{rule_id}")
def _delete_rule(asked: Asked) -> None:
    one_of(asked.extension.rules, asked.path["rule_id"])
    del asked.extension.rules[asked.path["rule_id"]]
    asked.extension.order.remove(asked.path["rule_id"])


@on("GET", "incom_rule/order/")
def _order(asked: Asked) -> Row:
    return {"rules_ids": asked.extension.order}


@on("PUT", "incom_rule/order/")
def _reorder(asked: Asked) -> Row:
    asked.extension.order[:] = permuted(asked.extension.order, asked.values["rules_ids"])
    return {"rules_ids": asked.extension.order}


def _a_rule(asked: Asked, row: Row) -> None:
    interval = row.get("interval")
    if interval is not None and interval not in asked.extension.intervals:
        raise bad_request("interval: there is no such interval")
    try:
        re.compile(row.get("caller_id") or "")
    except re.error:
        raise bad_request("caller_id: is no pattern") from None


def permuted(held: list[int], wanted: list[int]) -> list[int]:
    """Another order of the same ids; anything else is refused."""
    if sorted(held) != sorted(wanted):
        raise bad_request("rules_ids: all rules are to be named, each once")
    return list(wanted)


def filtered(rows: list[Row], values: Row) -> list[Row]:
    """The rows whose fields are among the words of each list that is given."""
    lists = {name: wanted for name, wanted in values.items() if isinstance(wanted, list)}
    return [row for row in rows if all(row.get(name) in lists[name] for name in lists)]


def page(rows: list[Row], values: Row, most: int = 50) -> list[Row]:
    """A page of rows; how many it holds at most is not documented."""
    number, size = values.get("page", 1), min(values.get("per_page", most), most)
    if number < 1 or size < 1:
        raise bad_request("page, per_page: begin with 1")
    return rows[(number - 1) * size : number * size]
