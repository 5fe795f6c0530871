"""Harbour & Finch again, here as lettings whose adverts are tracked: each property has a number.

Its numbers are of the ranges that Ofcom keeps for drama, so that nobody's telephone rings.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.providers.iovox.account import Account, Link, Row

MARINA, QUAYSIDE, CASTLE = "442079460301", "442079460302", "441614960303"
SPARE = "448081570304"
ANNA, RAVI = "447700900611", "447700900612"

AGENT, RECEPTION, HOLIDAYS = "Call Agent", "Reception", "Bank holidays"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 16

_LONDON = ZoneInfo("Europe/London")
_FORM = "%Y-%m-%d %H:%M:%S"
_FLOWS = (
    f"""<callFlow name="{AGENT}" notes="Rings the agent of the property.">
    <call id="call_1" label="Call" destinationPhoneNumber="?" destinationContactId="?"
        record="true" sendCallAlert="MISSED_CALLS">
        <calledMessage><soundFile soundLabel="Lead brought by IOVOX"/></calledMessage>
    </call>
</callFlow>""",
    f"""<callFlow name="{RECEPTION}" notes="">
    <play id="welcome" label="Welcome"><soundFile soundLabel="Welcome" soundGroup="House"/></play>
    <messageKeypress id="menu" label="Menu" captureKeypress="true" timeout="8">
        <play id="menu_prompt" label="Choices"><soundFile soundLabel="Choices" soundGroup="House"/>
        </play>
        <eventHandlers>
            <keyEvent action="onMatchKeypressSequence" keypressSequence="1">
                <call id="sales" label="Sales" destinationPhoneNumber="{ANNA}" record="false"
                    sendCallAlert="NONE" timeout="25">
                    <eventHandlers>
                        <callEvent action="onMatchResult" result="BUSY|NO_ANSWER|REJECTED">
                            <voicemail id="box" label="Message" from="noreply@example.com"
                                fromName="Harbour &amp; Finch" subject="A message" silence="3"
                                maxDuration="180" templateName="message"
                                destinationEmailAddress="anna@example.com"
                                destinationContactId="anna">
                                <voicemailMessage>
                                    <soundFile soundLabel="Leave a message" soundGroup="House"/>
                                </voicemailMessage>
                            </voicemail>
                        </callEvent>
                    </eventHandlers>
                </call>
            </keyEvent>
            <keyEvent action="onMatchKeypressSequence" keypressSequence="2">
                <httpRequest id="note" label="Tell the CRM" url="https://crm.example.com/lead"
                    requestMethod="POST">
                    <params><param name="from" value="$_callerNumber"/></params>
                </httpRequest>
                <call id="repairs" label="Repairs" destinationPhoneNumber="{RAVI}" record="false"
                    sendCallAlert="NONE"/>
            </keyEvent>
            <failure id="no_key" label="No key" attempts="2">
                <keypressFailureMessages>
                    <keypressFailureMessage behaviour="onNoKeypress">
                        <soundFile soundLabel="Choices" soundGroup="House"/>
                    </keypressFailureMessage>
                </keypressFailureMessages>
                <call id="anybody" label="Anybody" destinationPhoneNumber="{ANNA}" record="false"
                    sendCallAlert="NONE"/>
            </failure>
        </eventHandlers>
    </messageKeypress>
</callFlow>""",
    f"""<callFlow name="{HOLIDAYS}" notes="Closed.">
    <play id="closed" label="Closed"><soundFile soundLabel="Closed" soundGroup="House"/></play>
    <call id="emergency" label="Emergency" destinationPhoneNumber="{RAVI}" record="false"
        sendCallAlert="ALL_CALLS"/>
</callFlow>""",
)
_SOUNDS = (
    ("", "Lead brought by IOVOX"),
    ("House", "Welcome"),
    ("House", "Choices"),
    ("House", "Closed"),
    ("House", "Leave a message"),
)


def demo_company(now: datetime) -> Account:
    """A fresh account, with calls of the two days before an aware instant."""
    account = Account()
    for text in _FLOWS:
        account.add_flow(text)
    account.add_flow(
        '<callFlow name="Default Call" notes=""><call id="1" label="Call" '
        'destinationPhoneNumber="?" destinationContactId="?" record="false" '
        'sendCallAlert="NONE"/></callFlow>',
        "DEFAULT",
    )
    account.contacts = {row["contact_id"]: row for row in _contacts()}
    _add_link(account, "marina-12", "Marina Wharf 12", MARINA, AGENT)
    _add_link(account, "quayside-3", "Quayside 3", QUAYSIDE, AGENT)
    _add_link(account, "office", "Manchester office", CASTLE, RECEPTION)
    account.links["marina-12"].values = _rings("anna", ANNA)
    account.links["quayside-3"].values = _rings("ravi", RAVI)
    account.numbers[SPARE] = _number(SPARE, None)
    account.sounds = {
        (group, label): {
            "sound_label": label,
            "sound_group": group,
            "content_length": str(len(MP3)),
            "created": "2026-01-05 09:00:00",
            "updated": "2026-01-05 09:00:00",
            "notes": "",
        }
        for group, label in _SOUNDS
    }
    account.sound_data = dict.fromkeys(account.sounds, MP3)
    account.times = {"Weekends": _weekends()}
    blocked = {
        "number": "447700900999",
        "in_or_out": "IN",
        "operator": "EQUALS",
        "default": "BLOCK",
        "notes": "Nuisance calls",
    }
    account.blocked = {("447700900999", "IN", "EQUALS"): blocked}
    account.calls = _past_calls(now.astimezone(_LONDON))
    account.recordings = {"call-1": MP3}
    account.messages = {"call-3": MP3}
    account.texts = [_text(now.astimezone(_LONDON))]
    return account


def _add_link(account: Account, id_: str, name: str, number: str, flow: str) -> None:
    row = {
        "node_id": "lettings",
        "node_name": "Lettings",
        "node_type": "Department",
        "link_id": id_,
        "link_name": name,
        "link_type": "Property",
    }
    account.links[id_] = Link(row, flow)
    account.numbers[number] = _number(number, id_)


def _number(number: str, link: str | None) -> Row:
    return {
        "link_id": link,
        "assigned_status": "ASSIGNED" if link else "UNASSIGNED",
        "call_status": "ON",
        "voxnumber_type": "NATIONAL" if number.startswith("44808") else "LOCAL",
        "voxnumber_country": "United Kingdom",
        "voxnumber_city": "Manchester" if number.startswith("44161") else "London",
        "purchase_date": "2026-01-05",
        "country_code": "44",
    }


def _rings(contact: str, number: str) -> dict[str, Row]:
    return {
        "call_1": {
            "rule_id": "call_1",
            "rule_type": "call",
            "rule_label": "Call",
            "contact": {"contact_id": contact, "phone_number": number},
        }
    }


def _contacts() -> list[Row]:
    return [
        {
            "contact_id": id_,
            "display_name": name,
            "first_name": name.partition(" ")[0],
            "last_name": name.partition(" ")[2],
            "company": "Harbour & Finch",
            "email": f"{id_}@example.com",
            "business_phone": phone,
            "assigned_status": "ASSIGNED",
        }
        for id_, name, phone in (("anna", "Anna Holt", ANNA), ("ravi", "Ravi Shah", RAVI))
    ]


def _weekends() -> Row:
    frame = {
        "date_from": "2026-01-01",
        "date_to": "2026-12-31",
        "recurrence": "YEARLY",
        "time_from": "00:00",
        "time_to": "23:59",
        "days": {"day": ["SAT", "SUN"]},
    }
    return {
        "label": "Weekends",
        "notes": "",
        "created": "2026-01-05 09:00:00",
        "time_frames": {"time_frame": [frame]},
    }


def _past_calls(now: datetime) -> list[Row]:
    return [
        _call("call-1", now - timedelta(hours=30), "447700900142", MARINA, "ANSWERED", 95, 80),
        _call("call-2", now - timedelta(hours=5), "447700900367", QUAYSIDE, "NO_ANSWER", 31, 0),
        _call(
            "call-3", now - timedelta(hours=3), "WITHHELD", CASTLE, "ANSWERED", 40, 18, "Voicemail"
        ),
        _call("call-4", now - timedelta(minutes=20), "447700900142", CASTLE, "BUSY", 12, 0),
    ]


def _call(
    id_: str,
    at: datetime,
    origin: str,
    voxnumber: str,
    result: str,
    total: int,
    talk: int,
    rule: str = "Call",
) -> Row:
    link = {MARINA: "marina-12", QUAYSIDE: "quayside-3", CASTLE: "office"}[voxnumber]
    return {
        "id": id_,
        "call_start": at.strftime(_FORM),
        "call_end": (at + timedelta(seconds=total)).strftime(_FORM),
        "call_origin": origin,
        "call_origin_location": "United Kingdom",
        "voxnumber": voxnumber,
        "call_destination": ANNA if voxnumber == MARINA else RAVI,
        "call_time_sec": str(total),
        "call_time": str(timedelta(seconds=total)).zfill(8),
        "talk_time_sec": str(talk),
        "talk_time": str(timedelta(seconds=talk)).zfill(8),
        "call_type": "DIRECT",
        "call_result": result,
        "rule_result": rule,
        "node_id": "lettings",
        "node_name": "Lettings",
        "link_id": link,
        "link_name": link,
        "has_recording": "1" if id_ == "call-1" else "0",
        "email_sent": "0",
        "direction": "IN",
    }


def _text(now: datetime) -> Row:
    return {
        "sms_activity_id": "text-1",
        "date": (now - timedelta(hours=2)).strftime(_FORM),
        "origin": "447700900142",
        "voxnumber": MARINA,
        "destination": MARINA,
        "message": "Is the flat still free?",
        "direction": "IN",
    }
