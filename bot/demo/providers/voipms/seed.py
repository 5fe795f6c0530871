"""Harbour & Finch in Montreal: the company of the demo, with its account at VoIP.ms.

Its numbers end in 555-01xx, which North America keeps for fiction.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from decimal import Decimal

from bot.demo.providers.voipms.account import Account, Call, Message, Rows, Sms
from bot.demo.providers.voipms.numbers import number

MAIN = "100001"
OFFICE, MOBILE, WAREHOUSE = f"{MAIN}_VoIP", f"{MAIN}_Mobile", f"{MAIN}_Dock"
MONTREAL, TORONTO, TOLL_FREE = "5145550123", "4165550142", "8775550166"
ON_CALL, HEAD_OFFICE = "15555", "19183"
OFFICE_HOURS, RECEPTION, MENU, SUPPORT = "1830", "4768", "4636", "4764"
MAILBOX, SALES_MAILBOX = "101", "102"

_SUB_ACCOUNT_EMPTY = (
    "ip callerid_number canada_routing international_route ip_restriction pop_restriction "
    "internal_voicemail reseller_client reseller_package transcription_locale "
    "transcription_redaction transcription_summary transcription_sentiment transcription_email "
    "parking_lot internal_cnam tfcarrier default_e911 call_pickup_behavior"
)
_SUB_ACCOUNT_ZERO = (
    "lock_international enable_ip_restriction enable_pop_restriction send_bye record_calls "
    "transcribe enable_internal_cnam"
)


def demo_company(now: datetime) -> Account:
    """The company as it is when the demo starts.

    Args:
        now: aware; calls, texts and messages lie before it.
    """
    account = Account(number=MAIN, balance=Decimal("48.37250"))
    account.servers = _servers()
    account.sub_accounts = {
        OFFICE: _sub_account(1, OFFICE, "Reception telephone", "101"),
        MOBILE: _sub_account(2, MOBILE, "Marie's mobile", "102"),
        WAREHOUSE: _sub_account(3, WAREHOUSE, "Warehouse", "103"),
    }
    account.registered = {OFFICE: "203.0.113.20", MOBILE: "198.51.100.7"}
    account.numbers = {
        MONTREAL: number(
            MONTREAL,
            now,
            description="Montreal office",
            routing=f"tc:{OFFICE_HOURS}",
            failover_noanswer=f"vm:{MAILBOX}",
            voicemail=MAILBOX,
            cnam="1",
            port_out_pin="4821",
            sms_enabled="1",
        ),
        TORONTO: number(
            TORONTO, now, description="Toronto", routing=f"account:{MOBILE}", sms_enabled="1"
        ),
        TOLL_FREE: number(
            TOLL_FREE, now, description="Toll free", routing=f"ivr:{MENU}", sms_available="0"
        ),
    }
    _destinations(account)
    _mailboxes(account, now)
    _history(account, now)
    _offers(account)
    return account


def _servers() -> Rows:
    places = (("5", "Montreal 1", "CA", "yes"), ("3", "New York 1", "US", "no"))
    return {
        pop: {
            "server_name": name,
            "server_shortname": name.replace(" ", "")[:9],
            "server_hostname": f"{name.lower().replace(' ', '')}.voip.ms",
            "server_ip": f"192.0.2.{pop}",
            "server_country": country,
            "server_pop": pop,
            "server_recommended": recommended,
        }
        for pop, name, country, recommended in places
    }


def _sub_account(id_: int, account: str, description: str, extension: str) -> dict[str, str]:
    return {
        "id": str(id_),
        "account": account,
        "username": account.partition("_")[2],
        "description": description,
        "protocol": "1",
        "auth_type": "1",
        "password": f"sip-secret-{id_}",
        "device_type": "2",
        "music_on_hold": "default",
        "language": "en",
        "allowed_codecs": "ulaw;g729",
        "dtmf_mode": "auto",
        "nat": "yes",
        "sip_traffic": "0",
        "max_expiry": "3600",
        "rtp_timeout": "60",
        "rtp_hold_timeout": "600",
        "internal_extension": extension,
        "internal_dialtime": "60",
        "reseller_nextbilling": "0000-00-00",
        **dict.fromkeys(_SUB_ACCOUNT_EMPTY.split(), ""),
        **dict.fromkeys(_SUB_ACCOUNT_ZERO.split(), "0"),
    }


def _destinations(account: Account) -> None:
    account.forwardings = {
        id_: {
            "forwarding": id_,
            "phone_number": phone,
            "callerid_override": "-1",
            "description": description,
            "dtmf_digits": "",
            "pause": "0.0",
            "diversion_header": "1",
        }
        for id_, phone, description in (
            (ON_CALL, "4385550107", "On-call mobile"),
            (HEAD_OFFICE, "011442079460000", "Head office in London"),
        )
    }
    account.time_conditions = {
        OFFICE_HOURS: {
            "timecondition": OFFICE_HOURS,
            "name": "Office hours",
            "routing_match": f"grp:{RECEPTION}",
            "routing_nomatch": f"fwd:{ON_CALL}",
            "starthour": "8;9",
            "startminute": "30;0",
            "endhour": "17;12",
            "endminute": "0;30",
            "weekdaystart": "mon;sat",
            "weekdayend": "fri;sat",
        }
    }
    account.ring_groups = {
        RECEPTION: {
            "ring_group": RECEPTION,
            "name": "Reception",
            "caller_announcement": "",
            "music_on_hold": "default",
            "language": "en",
            "members": f"account:{OFFICE},25,0;account:{MOBILE},15,1",
            "voicemail": MAILBOX,
        }
    }
    account.recordings = {
        "7567": {
            "recording": "7567",
            "value": "7567",
            "description": "welcome",
            "data": base64.b64encode(b"Welcome to Harbour & Finch").decode(),
        }
    }
    queue = {
        "queue": SUPPORT,
        "queue_name": "Support",
        "queue_number": "301",
        "queue_language": "en",
        "queue_password": "2468",
        "priority_weight": "1",
        "report_hold_time_agent": "no",
        "member_delay": "none",
        "music_on_hold": "jazz",
        "maximum_wait_time": "unlimited",
        "maximum_callers": "10",
        "join_when_empty": "no",
        "leave_when_empty": "yes",
        "ring_strategy": "rrmemory",
        "ring_inuse": "no",
        "agent_ring_timeout": "20",
        "retry_timer": "5",
        "wrapup_time": "10",
        "fail_over_routing_timeout": f"vm:{MAILBOX}",
    }
    rest = (
        "callerid_prefix join_announcement agent_announcement voice_announcement "
        "frequency_announcement announce_position_frecuency announce_round_seconds "
        "if_announce_position_enabled_report_estimated_hold_time thankyou_for_your_patience "
        "fail_over_routing_full fail_over_routing_join_empty fail_over_routing_leave_empty "
        "fail_over_routing_join_unavail fail_over_routing_leave_unavail"
    )
    account.queues = {SUPPORT: {**dict.fromkeys(rest.split(), ""), **queue}}
    account.members = {
        "619": {
            "member": "619",
            "queue_number": SUPPORT,
            "name": "Reception telephone",
            "account": f"SIP/{OFFICE}",
            "priority": "0",
        },
        "620": {
            "member": "620",
            "queue_number": SUPPORT,
            "name": "Warehouse",
            "account": f"SIP/{WAREHOUSE}",
            "priority": "1",
        },
    }
    account.ivrs = {
        MENU: {
            "ivr": MENU,
            "name": "Welcome",
            "recording": "7567",
            "timeout": "10",
            "language": "en",
            "voicemailsetup": "1",
            "choices": f"1=grp:{RECEPTION};2=queue:{SUPPORT};0=fwd:{ON_CALL}",
        }
    }
    account.sip_uris = {
        "5096": {
            "sipuri": "5096",
            "uri": "5552223333@sip.example.com",
            "description": "Door",
            "callerid_override": "-1",
            "callerid_e164": "0",
        }
    }
    account.phonebook = {
        id_: {
            "phonebook": id_,
            "speed_dial": speed,
            "name": name,
            "number": phone,
            "callerid": "",
            "note": "",
            "group": "",
            "group_name": "",
        }
        for id_, speed, name, phone in (
            ("32207", "*7501", "Jane Tremblay", "4505550118"),
            ("32208", "", "Northgate Cleaning", "5145550177"),
        )
    }
    account.filters = {
        "18915": {
            "filtering": "18915",
            "callerid": "9025550199",
            "did": "all",
            "routing": "sys:noservice",
            "failover_unreachable": "",
            "failover_busy": "",
            "failover_noanswer": "",
            "note": "Sells windows",
        }
    }


def _mailboxes(account: Account, now: datetime) -> None:
    empty = (
        "play_instructions unavailable_message_recording transcription_locale "
        "transcription_redaction transcription_sentiment transcription_summary "
        "transcription_format transcription_delay"
    )
    account.mailboxes = {
        id_: {
            "name": name,
            "password": pin,
            "skip_password": "0",
            "email": "",
            "attach_message": "no",
            "delete_message": "no",
            "say_time": "yes",
            "timezone": "America/Montreal",
            "say_callerid": "yes",
            "language": "en",
            "email_attachment_format": "wav49",
            "transcription": "no",
            **dict.fromkeys(empty.split(), ""),
        }
        for id_, name, pin in ((MAILBOX, "Reception", "7391"), (SALES_MAILBOX, "Sales", "5120"))
    }
    jane, clean = '"Jane Tremblay" <4505550118>', '"Northgate Cleaning" <5145550177>'
    account.messages = {
        (MAILBOX, "INBOX"): [
            Message(now - timedelta(hours=20), jane, 14, b"Jane asks for a call"),
            Message(now - timedelta(hours=3), clean, 31, b"The cleaners come at six"),
        ],
        (MAILBOX, "Old"): [Message(now - timedelta(days=3), jane, 9, b"Jane says hello")],
    }


def _history(account: Account, now: datetime) -> None:
    inbound = "Inbound DID"
    rows = (
        (26, '"Jane Tremblay" <4505550118>', MONTREAL, inbound, MAIN, "ANSWERED", 184, True),
        (22, '"Anonymous" <anonymous>', TORONTO, inbound, MAIN, "NO ANSWER", 32, False),
        (20, '"Jane Tremblay" <4505550118>', MONTREAL, inbound, MAIN, "ANSWERED", 41, False),
        (5, '"Reception" <5145550123>', "5145550177", "Canada", OFFICE, "ANSWERED", 65, True),
        (4, '"Marie" <102>', "101", "Internal", MOBILE, "ANSWERED", 20, False),
        (2, '"Osei Joinery" <9025550134>', MONTREAL, inbound, MAIN, "BUSY", 0, False),
    )
    account.calls = [
        Call(
            now - timedelta(hours=hours) - timedelta(seconds=seconds),
            callerid,
            destination,
            description,
            of,
            disposition,
            seconds,
            Decimal("0.009"),
            f"{1_751_000_000 + index}",
            recorded,
        )
        for index, (
            hours,
            callerid,
            destination,
            description,
            of,
            disposition,
            seconds,
            recorded,
        ) in enumerate(rows)
    ]
    account.texts = [
        Sms(5853, now - timedelta(hours=6), "1", MONTREAL, "4505550118", "Are you open on Friday?"),
        Sms(5854, now - timedelta(hours=5), "0", MONTREAL, "4505550118", "Yes, until 17:00."),
    ]
    account.pictures = [
        Sms(
            5854,
            now - timedelta(hours=4),
            "1",
            TORONTO,
            "9025550134",
            "The door",
            ("https://media.example.com/door.jpg",),
        )
    ]
    paid = {"uniqueid": "000001", "type": "Payment", "description": "Card", "ammount": "50.00"}
    account.transactions = [(now - timedelta(days=4), paid)]


def _offers(account: Account) -> None:
    plans = {
        "perminute_monthly": "0.85",
        "perminute_minute": "0.0090",
        "perminute_setup": "0.40",
        "flat_monthly": "4.25",
        "flat_minute": "0.00",
        "flat_setup": "0.40",
    }
    quebec = {"ratecenter": "Montreal", "province": "QC", "province_description": "QUEBEC"}
    florida = {"ratecenter": "MIAMI", "state": "FL", "state_description": "FLORIDA"}
    toll_free = {"monthly": "1.49", "minute": "0.0320", "setup": "0.00"}
    american = {
        "monthly": "0.99",
        "minute_usa": "0.019",
        "minute_canada": "0.08",
        "minute_puertorico": "0.095",
        "minute_alaska": "0.17",
        "setup": "0",
    }
    vanity = {
        "monthly_american": "0.99",
        "monthly_canadian": "1.49",
        "minute_american_usa": "0.019",
        "minute_american_canada": "0.08",
        "minute_canadian": "0.032",
        "setup_american": "15",
        "setup_canadian": "30",
    }
    account.offers = [
        ("searchDIDsCAN", {"did": "5145550150", **quebec, **plans}),
        ("searchDIDsCAN", {"did": "5145550151", **quebec, **plans}),
        ("searchDIDsUSA", {"did": "7865550152", **florida, **plans}),
        ("searchTollFreeCanUS", {"did": "8775550153", **toll_free}),
        ("searchTollFreeCanUS", {"did": "8885550154", **toll_free}),
        ("searchTollFreeUSA", {"did": "8885550155", **american}),
        ("searchVanity", {"did": "8775554646", **vanity}),
    ]
