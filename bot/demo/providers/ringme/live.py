"""What goes on now: calls, conferences, queues, registered devices."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from bot.demo.providers.ringme.account import Account, Extension, Row
from bot.demo.providers.ringme.asked import Asked, Responders
from bot.demo.providers.ringme.envelope import Refused, bad_request, not_found

RESPONDERS = Responders()
on = RESPONDERS.on

_NEEDS_PLACE = ("transfer", "attended_transfer")


@on("POST", "callback/")
def _place_call(asked: Asked) -> Row:
    sources = asked.values["src_num"]
    if not sources or not all(sources) or not asked.values["dst_num"]:
        raise bad_request("src_num, dst_num: must not be empty")
    first = asked.account.at(sources[0])
    if first is None:
        raise bad_request("src_num: there is no such extension")
    call = f"{first.number}-{uuid4().hex}"
    began = asked.now.strftime("%Y-%m-%d %H:%M:%S,%f")
    first.live[call] = {
        "call_api_id": call,
        "called_number": asked.values["dst_num"],
        "caller_id_number": asked.values.get("caller_id_number", first.number),
        "caller_id_name": asked.values.get("caller_id_name", first.row["label"]),
        "call_flow": "out",
        "callback_id": call,
        "extension_id": first.id,
        "init_time_gmt": began,
        "answer_time_gmt": None,
        "real_call": True,
    }
    return {"call_api_id": call, "call_id": call}


@on("GET", "current_calls/")
def _calls(asked: Asked) -> Row:
    asked.extension.must_be("phone")
    calls = [{**row, **_parties(asked.account, row)} for row in asked.extension.live.values()]
    return {"call_list": calls}


@on("GET", "current_calls/{call_api_id}")
def _call(asked: Asked) -> Row:
    asked.extension.must_be("phone")
    if asked.path["call_api_id"] not in asked.extension.live:
        raise not_found("Call not found")
    return asked.extension.live[asked.path["call_api_id"]]


@on("PUT", "current_calls/{call_api_id}")
def _control(asked: Asked) -> Row:
    call, action = _call(asked), asked.values["action"]
    if action in _NEEDS_PLACE and not asked.values.get("send_dst"):
        raise bad_request("send_dst: is required")
    call["last_action"] = action
    if action in _NEEDS_PLACE:
        del asked.extension.live[asked.path["call_api_id"]]
        to = asked.account.at(asked.values["send_dst"])
        if to is not None:
            to.live[call["call_api_id"]] = {**call, "extension_id": to.id}
    return {}


@on("DELETE", "current_calls/{call_api_id}")
def _hang_up(asked: Asked) -> None:
    _call(asked)
    del asked.extension.live[asked.path["call_api_id"]]


def _parties(account: Account, row: Row) -> Row:
    """Who of ours is in a call, as lists tell it."""
    found = {
        "called_extension": account.at(str(row.get("called_number", ""))),
        "caller_extension": account.at(str(row.get("caller_id_number", ""))),
    }
    return {name: _reference(each) for name, each in found.items() if each is not None}


def _reference(extension: Extension) -> Row:
    row = extension.row
    return {name: row[name] for name in ("id", "type", "name", "client_id", "extension_group_id")}


@on("PUT", "speech_to_text/{call_api_id}")
def _transcribe(asked: Asked) -> Row:
    _call(asked)
    directions = asked.account.transcribed.setdefault(asked.path["call_api_id"], set())
    if asked.values["action"] == "start":
        if not asked.values.get("url"):
            raise bad_request("url: is required")
        directions.add(asked.values["direction"])
    else:
        directions.discard(asked.values["direction"])
    return {}


@on("PUT", "valet_park/{call_api_id}")
def _park(asked: Asked) -> Row:
    slots, call = asked.account.slots, asked.path["call_api_id"]
    if asked.values["action"] == "slots":
        return {"slots": sorted(slots)}
    slot = asked.values.get("slot")
    if asked.values["action"] == "park":
        _call(asked)
        slot = slot if slot is not None else max([0, *slots]) + 1
        if slot in slots:
            raise bad_request("slot: is taken")
        slots[slot] = call
    elif slots.get(slot or 0) != call:
        raise not_found("The call is not parked there")
    else:
        del slots[slot or 0]
    return {"slot": slot}


# Conferences


@on("GET", "conference/status/")
def _ask_conference(asked: Asked) -> Any:
    meeting = _meeting(asked)
    members = meeting["members"]
    told = {
        "show_members": members,
        "is_locked": meeting["locked"],
        "max_members": asked.extension.conference.get("max_members"),
        "count": len(members),
        "run_time": int((asked.now - meeting["since"]).total_seconds()),
    }
    return {"result": told[asked.values["action"]]}


@on("PUT", "conference/status/")
def _control_conference(asked: Asked) -> Row:
    meeting, values = _meeting(asked), asked.values
    meeting["locked"] = values.get("lock", meeting["locked"])
    member = values.get("member_id")
    known = [each for each in meeting["members"] if each["id"] == member]
    if member is not None and not known:
        raise not_found("Member not found")
    for each in known:
        each |= {name: values[name] for name in ("mute", "deaf") if name in values}
    if "play_file" in values and values["play_file"] not in asked.extension.sounds:
        raise bad_request("play_file: there is no such sound")
    return {}


def _meeting(asked: Asked) -> Row:
    if asked.extension.meeting is None:
        raise not_found("Conference is not running")
    return asked.extension.meeting


# Queues


@on("GET", "queue/status/")
def _queue(asked: Asked) -> Row:
    asked.extension.must_be("queue")
    states = [row["state"] for row in asked.extension.waiting]
    return {
        "answered_members": states.count("Answered"),
        "waiting_members": states.count("Waiting"),
        "trying_members": states.count("Trying"),
    }


@on("GET", "queue/status/agents/")
def _queue_agents(asked: Asked) -> list[Row]:
    asked.extension.must_be("queue")
    found = []
    for id_ in asked.extension.local_agents:
        agent = asked.account.agent(id_)
        if agent is not None:
            owner = asked.account.extensions[agent["extension_id"]]
            found.append(
                {
                    "status": agent["status"],
                    "name_fs": f"{id_}@default",
                    "name": agent["name"],
                    "extension_name": owner.row["name"],
                    "call_duration": 0,
                    "state": "In a queue call" if owner.live else "Waiting",
                }
            )
    return found


@on("GET", "queue/status/members/")
def _queue_members(asked: Asked) -> list[Row]:
    asked.extension.must_be("queue")
    return asked.extension.waiting


# Registered devices


def registrations_of(extension: Extension) -> Row:
    """Who is registered; where nobody is, who was."""
    devices = list(extension.registrations.values())
    online = [device for device in devices if device["expires"] > 0]
    return {
        "extension_id": extension.id,
        "registered": bool(online),
        "registrations": online or devices,
    }


def _all_registrations(asked: Asked) -> list[Row]:
    wanted = asked.values.get("extension_id", list(asked.account.extensions))
    unknown = [id_ for id_ in wanted if id_ not in asked.account.extensions]
    if unknown:
        raise Refused(403, "Access denied", "access_denied")
    return [registrations_of(asked.account.extensions[id_]) for id_ in wanted]


RESPONDERS.by_name["GET /extension/registration/"] = _all_registrations


@on("GET", "registration/")
def _registrations(asked: Asked) -> Row:
    return registrations_of(asked.extension)


@on("DELETE", "registration/")
def _drop_all(asked: Asked) -> None:
    asked.extension.registrations.clear()


@on("DELETE", "registration/{registration_id}")
def _drop(asked: Asked) -> None:
    if asked.extension.registrations.pop(asked.path["registration_id"], None) is None:
        raise not_found()
