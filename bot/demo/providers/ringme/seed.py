"""The demo's company: four telephones, a queue, an IVR and a fax."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.demo.providers.ringme.account import Account, Extension, Row, Type
from bot.demo.providers.ringme.documented import table
from bot.demo.providers.ringme.envelope import File

PREFIX = "4406"
DOMAIN = "pbx.example"
MAIN, SUPPORT = "442079460180", "442079460190"

ANNA, BORIS, CLARA, DEVI = 101, 102, 103, 104
QUEUE, MENU, FAX = 200, 300, 400
"""Numbers of extensions; the ids begin with 21."""

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\xff\xfe"
PAGES = b"II*\x00\xff\xfe a fax"
_TIME = "%Y-%m-%d %H:%M:%S"


def id_of(number: int) -> int:
    """The id of an extension of the demo's company."""
    return 21000 + number


def demo_company(now: datetime) -> Account:
    """The company, with calls of yesterday."""
    account = Account()
    people: tuple[tuple[int, str, Type, str], ...] = (
        (ANNA, "Anna Holt", "phone", MAIN),
        (BORIS, "Boris Lang", "phone", MAIN),
        (CLARA, "Clara Moss", "phone", SUPPORT),
        (DEVI, "Devi Rao", "phone", SUPPORT),
        (QUEUE, "Support queue", "queue", SUPPORT),
        (MENU, "Main menu", "ivr", MAIN),
        (FAX, "Fax", "fax", "442079460199"),
    )
    for number, label, type_, ani in people:
        extension = _extension(account, number, label, type_, now)
        extension.ani = ani
        account.extensions[extension.id] = extension
    for number in (ANNA, CLARA, DEVI):
        _register(account.extensions[id_of(number)], online=number != DEVI)
    _support(account)
    _menu(account)
    _rules(account)
    _recordings(account, now)
    fax = account.extensions[id_of(FAX)]
    fax.files["fax-1"] = File("image/tiff", PAGES)
    return account


def _extension(account: Account, number: int, label: str, type_: Type, now: datetime) -> Extension:
    row: Row = {
        "id": id_of(number),
        "client_id": account.client_id,
        "extension_group_id": 31,
        "name": f"{PREFIX}*{number}",
        "domain": DOMAIN,
        "label": label,
        "caller_id_name": label,
        "type": type_,
        "status": "active",
        "create_date": (now - timedelta(days=400)).strftime(_TIME),
        "dial_rule_id": 1,
        "dial_rule_limit": 0,
        "ani_rfc3325": False,
        "message_did": None,
        "extra_params": None,
        "did_as_transfer_caller_id": None,
    }
    setup = _defaults(
        {"phone": "Phone", "queue": "Queue", "ivr": "Ivr", "fax": "FaxSettings"}[type_]
    )
    if type_ == "phone":
        setup |= {"label": label, "name": row["name"], "vm_enabled": number in (ANNA, CLARA)}
        setup |= {"auth_type": "digest", "conference_pin": "4711", "password": f"sip-{number}-8Kq"}
    extension = Extension(row, setup, _defaults("Conference"))
    extension.conference |= {"pin": "1234", "moderator_pin": "98765", "max_members": 10}
    extension.sounds = {
        51: {
            "id": 51,
            "title": "Greeting",
            "filename": "greeting.wav",
            "client_id": account.client_id,
            "dealer_id": None,
        }
    }
    extension.files["sound-51"] = File("audio/x-wav", WAV)
    extension.aliases = [
        {
            "id": 900 + number,
            "name": label.partition(" ")[0].lower(),
            "domain": {"id": 1, "name": DOMAIN},
            "extension_id": extension.id,
            "comment": None,
            "create_date": row["create_date"],
        }
    ]
    extension.chats = {"chat-1": [{"text": "See you at nine", "read": False}]}
    return extension


def _defaults(model: str) -> dict[str, Any]:
    return {field["name"]: field.get("default") for field in table().models[model]}


def _register(extension: Extension, *, online: bool) -> None:
    id_ = f"uloc-{extension.id:x}"
    extension.registrations[id_] = {
        "registration_id": id_,
        "device": "Yealink SIP-T46U 108.86.0.45",
        "real_address": "192.0.2.17:5060",
        "contact_address": f"sip:{extension.number}@192.0.2.17:5060",
        "expires": 3600 if online else 0,
    }


def _support(account: Account) -> None:
    queue = account.extensions[id_of(QUEUE)]
    queue.setup |= {"strategy": "round-robin", "sound_type": "music", "max_wait_time": 300}
    for number, status in ((CLARA, "available"), (DEVI, "logged_out")):
        owner = account.extensions[id_of(number)]
        agent: Row = {
            "id": account.next_id(),
            "extension_id": owner.id,
            "name": owner.row["label"],
            "status": status,
            "busy_delay_time": 10,
            "no_answer_delay_time": 10,
            "reject_delay_time": 10,
            "wrap_up_time": 5,
            "call_timeout": 60,
        }
        owner.agents[agent["id"]] = agent
        queue.local_agents[agent["id"]] = {"agent_id": agent["id"], "level": 1, "position": 1}


def _menu(account: Account) -> None:
    menu = account.extensions[id_of(MENU)]
    rules: list[Row] = [
        {"id": account.next_id(), "action": "play_sound", "sound": 51, "name": "Greet"},
        {
            "id": account.next_id(),
            "action": "transfer",
            "transfer_dst": f"{PREFIX}*{QUEUE}",
            "record_digits_max": 4,
            "name": "To support",
        },
    ]
    context: Row = {
        "id": account.next_id(),
        "name": "Welcome",
        "timeout": 5000,
        "inter_digit_timeout": 2000,
        "allow_any_dial": False,
        "digit_len": 1,
        "options": {
            digits: {"digits": digits, "rules": {rule["id"]: rule}, "order": [rule["id"]]}
            for digits, rule in zip(("start", "1"), rules, strict=True)
        },
    }
    menu.contexts[context["id"]] = context
    menu.setup["entry_context"] = context["id"]


def _rules(account: Account) -> None:
    anna = account.extensions[id_of(ANNA)]
    interval: Row = {
        "id": account.next_id(),
        "name": "Office hours",
        "timezone": "Europe/London",
        "conditions": [
            {"start_dow": 2, "end_dow": 6, "start_time": "09:00:00", "end_time": "17:30:00"}
        ],
        "extension_id": anna.id,
        "client_id": account.client_id,
    }
    anna.intervals[interval["id"]] = interval
    rules: tuple[Row, ...] = (
        {"type": "transfer", "name": "To my mobile", "transfer_dst": "+447700900123"},
        {"type": "voicemail", "name": "Voicemail", "call_status": "no_answer"},
    )
    for told in rules:
        rule = {**_defaults("IncomingRule"), "id": account.next_id(), **told}
        anna.rules[rule["id"]] = rule
        anna.order.append(rule["id"])


def _recordings(account: Account, now: datetime) -> None:
    for number, caller, hours, seconds in (
        (ANNA, "442079460018", 26, 95),
        (ANNA, "447700900456", 25, 31),
        (CLARA, "442079460018", 24, 240),
    ):
        extension = account.extensions[id_of(number)]
        began = now - timedelta(hours=hours)
        uuid = f"{extension.id}-{extension.id * hours:032X}"
        extension.recordings[uuid] = {
            **_defaults("Recording"),
            "record_uuid": uuid,
            "call_uuid": f"call-{hours}",
            "source_number": caller,
            "from_username": caller,
            "dest_number": extension.row["name"],
            "did_number": extension.ani,
            "to_username": extension.row["name"],
            "flow": "in",
            "result": "answered",
            "calls_result": "answered",
            "hangup_disposition": "caller_bye",
            "duration": seconds,
            "record_file_size": len(WAV),
            "extension_id": extension.id,
            "extension_name": extension.row["name"],
            "extension_type": "phone",
            "init_time_gmt": began.strftime(_TIME),
            "start_time_gmt": (began + timedelta(seconds=6)).strftime(_TIME),
            "hangup_time_gmt": (began + timedelta(seconds=6 + seconds)).strftime(_TIME),
        }
        extension.files[uuid] = File("audio/x-wav", WAV)
    voicemail = f"{id_of(ANNA)}-{77:032X}"
    account.extensions[id_of(ANNA)].voicemails.add(voicemail)
    account.extensions[id_of(ANNA)].files[voicemail] = File("audio/mpeg", b"ID3\x03\xff\xfb")
