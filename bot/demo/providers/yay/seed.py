"""Harbour & Finch, the company of the demo: lettings in London and Manchester.

Its numbers are of the ranges that Ofcom keeps for drama, so that nobody's telephone rings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from bot.demo.providers.yay.account import Account, Row, Rows
from bot.demo.providers.yay.history import CallRecord
from bot.demo.providers.yay.seed_flows import CALL_PETE, SINCE, demo_flows

PETE = "92b0aca6-12aa-480c-a7b7-a31df403418c"
"""The SIP user whom the document's flow "Call Pete" rings."""

SALES, SUPPORT = "+442079460000", "+442079460001"
MANCHESTER, FREEPHONE = "+441614960000", "+448081570000"

_NAMES = UUID("5a1f0c3e-8c5e-4c56-9f2a-6f6b0d6d2f10")
_PEOPLE = (
    ("Pete Marsh", True),
    ("Anna Holt", True),
    ("Ravi Shah", True),
    ("Grace Okafor", True),
    ("Tom Byrne", False),
    ("Lucy Finch", True),
    ("Omar Aziz", False),
    ("Mei Harbour", True),
)
_CUSTOMERS = (
    ("Clara", "Reid", "", "+447700900142"),
    ("Daniel", "Osei", "Osei Joinery", "+447700900367"),
    ("Priya", "Nair", "", "+447700900518"),
    ("", "", "Northgate Cleaning", "+441614960777"),
    ("Hugh", "Langton", "Langton Surveyors", "+442079460958"),
)
_FLAGS_ON = (
    "allow_direct_calls", "allow_multi_device", "can_auto_deploy", "can_be_picked_up",
    "can_pickup", "chat_enabled", "show_missed_calls", "use_default_playlist", "use_direct_calls",
)  # fmt: skip
_FLAGS_OFF = (
    "call_encryption", "call_recording", "can_barge", "can_be_barged", "can_be_listened",
    "can_be_whispered", "can_invite_anonymously", "can_listen", "can_whisper", "mobile_dnd",
    "mobile_dnd_allow_internal", "mute_chat_notifications", "restrict_caller_id",
    "restrict_outbound", "use_mailbox_on_transfer",
)  # fmt: skip


def uuid_of(kind: str, name: str) -> str:
    """The UUID of a seeded object, the same in every run: `uuid_of("sipuser", "Anna Holt")`.

    Args:
        kind: `sipuser`, `group`, `queue`, `mailbox`, `sound`, `playlist`, `diary`, `flow`,
            `number`, `trunk`, `caller id`, `department`, `phone book` or `call`.
        name: as the API shows it.
    """
    documented = {("sipuser", "Pete Marsh"): PETE, ("flow", "Call Pete"): CALL_PETE}
    return documented.get((kind, name)) or str(uuid5(_NAMES, f"{kind}/{name}"))


def demo_company(now: datetime) -> Account:
    """A fresh account of Harbour & Finch, with calls of the two days before an aware instant."""
    account = Account(name="Harbour & Finch", balance=84.2)
    account.sounds = _named("sound", _sounds())
    account.playlists = _named("playlist", [{"name": "Harbour Sounds"}, {"name": "Quiet Piano"}])
    account.mailboxes = _named("mailbox", [_mailbox("Sales"), _mailbox("Support")])
    account.caller_ids = _named("caller id", [{"name": SALES, "cli_display": SALES}])
    account.users = _by_uuid(_user(i, name) for i, (name, _) in enumerate(_PEOPLE))
    account.statuses = {
        uuid_of("sipuser", name): "online" if online else "offline" for name, online in _PEOPLE
    }
    account.groups = _named(
        "group",
        [
            _members("Sales", 601, "Anna Holt", "Grace Okafor", "Tom Byrne"),
            _members("Support", 602, "Ravi Shah", "Lucy Finch", "Omar Aziz"),
        ],
    )
    account.queue_groups = _named("queue", [_queue()])
    account.departments = _named("department", _departments())
    account.trunks = _named("trunk", [{"name": "Manchester office"}])
    account.flows = _by_uuid(demo_flows(uuid_of))
    account.diaries = _named("diary", [_diary()])
    account.numbers = _named("number", _numbers())
    account.phone_books = _named("phone book", [{"name": "Customers"}])
    account.contacts = {uuid_of("phone book", "Customers"): [_contact(*one) for one in _CUSTOMERS]}
    account.history = _past_calls(now)
    return account


def _by_uuid(rows: Iterable[Row]) -> Rows:
    return {row["uuid"]: row for row in rows}


def _named(kind: str, rows: Iterable[Row]) -> Rows:
    """Rows with the UUID and the dates that every object has."""
    return _by_uuid({**row, "uuid": uuid_of(kind, row["name"]), **SINCE} for row in rows)


def _sounds() -> list[Row]:
    titles = (
        ("Welcome to Harbour & Finch", "welcome.mp3"),
        ("One for sales, two for support", "menu.mp3"),
        ("Sales call", "whisper_sales.mp3"),
        ("You have joined the conference", "joined.mp3"),
        ("Mailbox greeting", "greeting.mp3"),
    )
    return [
        {"name": name, "file_name": file_name, "audio_type": 1, "tag": "", "shared": False}
        for name, file_name in titles
    ]


def _mailbox(name: str) -> Row:
    return {
        "name": name,
        "password": "4821",
        "greeting": uuid_of("sound", "Mailbox greeting"),
        "beep": True,
        "play_caller_id": False,
        "play_timestamp": True,
        "transcribe": True,
        "email_recipients": [],
    }


def _user(place: int, name: str) -> Row:
    caller_id = uuid_of("caller id", SALES)
    return {
        "uuid": uuid_of("sipuser", name),
        "user_name": f"hf{1001 + place}",
        "user_password": f"sip-secret-{1001 + place}",
        "display_name": name,
        "extension": 1001 + place,
        "country_code": "GB",
        "timezone": "Europe/London",
        "caller_id": caller_id,
        "emergency_caller_id": caller_id,
        "hold_playlist": uuid_of("playlist", "Harbour Sounds"),
        "personal_mailbox": uuid_of("mailbox", "Sales" if place % 2 else "Support"),
        "related_product": uuid_of("product", name),
        "ring_duration": 10,
        "transfer_backup_extension": 1002,
        "type": 9,
        "allowed_caller_ids": [caller_id],
        **dict.fromkeys(_FLAGS_ON, True),
        **dict.fromkeys(_FLAGS_OFF, False),
        **SINCE,
    }


def _members(name: str, extension: int, *people: str) -> Row:
    members = [uuid_of("sipuser", person) for person in people]
    return {"name": name, "extension_number": extension, "members": members}


def _queue() -> Row:
    return {
        **_members("Viewings", 801, "Anna Holt", "Mei Harbour"),
        "strategy": "ringall",
        "duration": 120,
        "ring_timeout": 20,
        "ring_progressively": False,
        "answer_wait": 5,
        "no_answer_wait": 10,
        "reject_wait": 10,
        "max_no_answer": 3,
    }


def _departments() -> list[Row]:
    def department(name: str, description: str, *people: str) -> Row:
        users = [uuid_of("sipuser", person) for person in people]
        return {"name": name, "description": description, "users": users}

    return [
        department("London", "Sales and the front desk", "Pete Marsh", "Anna Holt", "Grace Okafor"),
        department("Manchester", "Property care", "Ravi Shah", "Lucy Finch", "Omar Aziz"),
    ]


def _diary() -> Row:
    closed = uuid_of("flow", "After hours")
    return {
        "name": "Office hours",
        "timezone": "Europe/London",
        "elements": [
            {"call_flow": closed, "closed_time": "17:30-9:00,mon-fri,*,*"},
            {"call_flow": closed, "closed_time": "*,sat-sun,*,*"},
        ],
        "exceptions": [
            {
                "call_flow": closed,
                "start_date": "2026-12-24",
                "start_time": "12:00:00",
                "end_date": "2026-12-28",
                "end_time": "23:59:59",
            }
        ],
    }


def _numbers() -> list[Row]:
    def number(name: str, e164: str, flow: str, diary: str | None = None) -> Row:
        return {
            "name": name,
            "country_code": "44",
            "number": e164.removeprefix("+44"),
            "call_flow": flow,
            "out_of_hours": diary,
            "trunk": None,
            "emergency_address": None,
            "number_address": None,
            "price_category": 1,
            "required_address_type": 0,
            "can_invite_anonymously": False,
        }

    return [
        number("Sales", SALES, uuid_of("flow", "Sales menu")),
        number("Support", SUPPORT, uuid_of("flow", "Support")),
        number("Manchester", MANCHESTER, uuid_of("flow", "Manchester")),
        number(
            "Freephone", FREEPHONE, uuid_of("flow", "Call Pete"), uuid_of("diary", "Office hours")
        ),
    ]


def _contact(first_name: str, last_name: str, company_name: str, phone_number: str) -> Row:
    return {
        "uuid": uuid_of("contact", phone_number),
        "first_name": first_name,
        "last_name": last_name,
        "company_name": company_name,
        "phone_number": phone_number,
    }


def _past_calls(now: datetime) -> list[CallRecord]:
    def call(minutes_ago: int, caller: str, to: str, seconds: int, by: str = "") -> CallRecord:
        return CallRecord(
            uuid=uuid_of("call", str(minutes_ago)),
            call_type="inbound",
            from_=caller,
            from_type="number",
            to=to,
            to_type="number",
            started_at=now - timedelta(minutes=minutes_ago),
            seconds=seconds,
            answered_by=by,
            answer_type="sipuser" if by else "",
            recorded=bool(by) and to == SALES,
        )

    return [
        call(2860, "+447700900142", SALES, 214, "Anna Holt"),
        call(2745, "+447700900367", SUPPORT, 95, "Ravi Shah"),
        call(1730, "anonymous", SALES, 41),
        call(1490, "+441614960777", MANCHESTER, 67, "Lucy Finch"),
        CallRecord(
            uuid=uuid_of("call", "1415"),
            call_type="outbound",
            from_="1002",
            from_type="sipuser",
            to="+447700900142",
            to_type="number",
            started_at=now - timedelta(minutes=1415),
            seconds=183,
            answered_by="+447700900142",
            answer_type="number",
            cost=0.012,
        ),
        call(190, "+447700900518", SUPPORT, 29),
    ]
