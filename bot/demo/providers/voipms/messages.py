"""Texts, voicemail, and what happened: call records, recorded calls, money."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from bot.demo.providers.voipms.account import Account, Call, Message, Sms
from bot.demo.providers.voipms.answers import ZONE, Answering, Given, Refused, Row, some, wall

STANDARD_OFFSET = Decimal(-5)
"""The `timezone` with which times are the service's own wall clock, in summer too."""

FOLDERS = ("INBOX", "Old", "Urgent", "Family", "Friends", "Work")


def _shifted(instant: datetime, given: Given) -> str:
    hours = Decimal(given["timezone"]) - STANDARD_OFFSET if given.get("timezone") else Decimal(0)
    return wall(instant + timedelta(hours=float(hours)))


def _within(instant: datetime, first: str, last: str) -> bool:
    """Days are the service's, whatever the shift."""
    day = wall(instant)[:10]
    return (not first or first <= day) and (not last or day <= last)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


# Texts


def _send(account: Account, given: Given, now: datetime) -> Sms:
    number = account.own_number(given["did"])
    if not int(number["sms_enabled"]):
        raise Refused("invalid_did", f"{given['did']} takes no texts")
    today = now.astimezone(ZONE).date()
    sent = account.texts_today.get(today, 0)
    if sent >= account.texts_a_day:
        raise Refused("limit_reached")
    account.texts_today[today] = sent + 1
    media = tuple(given[name] for name in ("media1", "media2", "media3") if given.get(name))
    text = Sms(next(account.ids), now, "0", given["did"], given["dst"][-10:], given["message"])
    return text._replace(media=media)


def _send_sms(account: Account, given: Given, now: datetime) -> Row:
    sms = _send(account, given, now)
    account.texts.append(sms)
    return {"sms": sms.id}


def _send_mms(account: Account, given: Given, now: datetime) -> Row:
    mms = _send(account, given, now)
    account.pictures.append(mms)
    return {"mms": mms.id}


def _listed(account: Account, given: Given, now: datetime, kind: str) -> Row:
    """Texts, newest first; only those of today unless days are given."""
    own, other = (account.texts, account.pictures)[:: 1 if kind == "sms" else -1]
    pool = [*own, *(other if given.get("all_messages") == "1" else [])]
    today = wall(now)[:10]
    first, last = given.get("from") or today, given.get("to") or today
    if given.get(kind):
        found = [sms for sms in own if str(sms.id) == given[kind]]
    else:
        found = [sms for sms in pool if _within(sms.at, first, last)]
    for name in ("type", "did", "contact"):
        if given.get(name):
            found = [sms for sms in found if getattr(sms, name) == given[name]]
    found = sorted(found, key=lambda sms: sms.at, reverse=True)[: int(given.get("limit") or 50)]
    rows = [_sms_row(sms, given, with_media=kind == "mms") for sms in found]
    return {"sms": some(rows, "no_sms")}


def _sms_row(sms: Sms, given: Given, *, with_media: bool) -> Row:
    row: Row = {
        "id": str(sms.id),
        "date": _shifted(sms.at, given),
        "type": sms.type,
        "did": sms.did,
        "contact": sms.contact,
        "message": sms.message,
        "carrier_status": "",
    }
    if with_media:
        slots = [*sms.media, "", "", ""][:3]
        row |= {f"col_media{index}": url for index, url in enumerate(slots, 1)}
        row["media"] = list(sms.media)
    return row


def _get_sms(account: Account, given: Given, now: datetime) -> Row:
    return _listed(account, given, now, "sms")


def _get_mms(account: Account, given: Given, now: datetime) -> Row:
    return _listed(account, given, now, "mms")


def _media(account: Account, given: Given, now: datetime) -> Row:
    del now
    mms = next((mms for mms in account.pictures if str(mms.id) == given.get("id")), None)
    if mms is None:
        raise Refused("invalid_id", given.get("id", ""))
    listed = given.get("media_as_array") == "1"
    media = list(mms.media) if listed else {str(i): url for i, url in enumerate(mms.media)}
    return {"id": mms.id, "date": wall(mms.at), "media": media}


def _delete(kind: str) -> Answering:
    def delete(account: Account, given: Given, now: datetime) -> Row:
        del now
        pool = account.texts if kind == "sms" else account.pictures
        found = next((sms for sms in pool if str(sms.id) == given["id"]), None)
        if found is None:
            raise Refused("invalid_sms", given["id"])
        pool.remove(found)
        return {}

    return delete


# Voicemail


def _mailbox(account: Account, given: Given) -> str:
    if given["mailbox"] not in account.mailboxes:
        raise Refused("invalid_mailbox", given["mailbox"])
    if given.get("folder") and given["folder"] not in FOLDERS:
        raise Refused("invalid_folder", given["folder"])
    return given["mailbox"]


def _held(account: Account, given: Given) -> tuple[list[Message], int]:
    """A folder, and the position of a message in it."""
    held = account.messages.get((_mailbox(account, given), given["folder"]), [])
    position = int(given["message_num"])
    if position >= len(held):
        raise Refused("message_not_found", f"{len(held)} are in the folder")
    return held, position


def _mailboxes(account: Account, given: Given, now: datetime) -> Row:
    del now
    wanted = given.get("mailbox", "")
    rows = []
    for id_, row in account.mailboxes.items():
        if wanted in ("", id_):
            inbox = account.messages.get((id_, "INBOX"), [])
            urgent = account.messages.get((id_, "Urgent"), [])
            rows.append({**row, "mailbox": id_, "new": len(inbox), "urgent": len(urgent)})
    return {"voicemails": some(rows, "no_mailbox")}


def _folders(account: Account, given: Given, now: datetime) -> Row:
    del account, now
    wanted = given.get("folder", "")
    return {
        "folders": [
            {"value": name, "description": name} for name in FOLDERS if wanted in ("", name)
        ]
    }


def _messages(account: Account, given: Given, now: datetime) -> Row:
    del now
    mailbox = _mailbox(account, given)
    rows = [
        {
            "mailbox": mailbox,
            "folder": folder,
            "message_num": str(position),
            "date": wall(message.at),
            "callerid": message.callerid,
            "duration": _clock(message.seconds),
            "urgent": "yes" if message.urgent else "no",
            "listened": "no" if folder == "INBOX" else "yes",
        }
        for folder in FOLDERS
        if given.get("folder") in (None, "", folder)
        for position, message in enumerate(account.messages.get((mailbox, folder), []))
        if _within(message.at, given.get("date_from", ""), given.get("date_to", ""))
    ]
    return {"messages": some(rows, "no_messages")}


def _file(account: Account, given: Given, now: datetime) -> Row:
    del now
    held, position = _held(account, given)
    data = base64.b64encode(held[position].sound).decode()
    place = {name: given[name] for name in ("mailbox", "folder", "message_num")}
    return {"message": {**place, "data": data}}


def _transcriptions(account: Account, given: Given, now: datetime) -> Row:
    rows = _messages(account, given, now)["messages"]
    names = ("date", "callerid", "duration", "folder")
    return {
        "messages": [
            {**{name: row[name] for name in names}, "result": "Hello, please call me back."}
            for row in rows
        ]
    }


def _mark(account: Account, given: Given, now: datetime) -> Row:
    """Move a message, whereby the others of both folders are numbered anew."""
    del now
    held, position = _held(account, given)
    target = "Old" if given["listened"] == "yes" else "INBOX"
    if given["folder"] != target:
        account.messages.setdefault((given["mailbox"], target), []).append(held.pop(position))
    return {}


def _delete_messages(account: Account, given: Given, now: datetime) -> Row:
    """Delete a message, a folder's, or without a folder everything in the mailbox."""
    del now
    mailbox = _mailbox(account, given)
    if given.get("folder") and given.get("message_num"):
        held, position = _held(account, given)
        del held[position]
        return {}
    for folder in FOLDERS:
        if given.get("folder") in (None, "", folder):
            account.messages.pop((mailbox, folder), None)
    return {}


def _mail(account: Account, given: Given, now: datetime) -> Row:
    del now
    _held(account, given)
    return {}


# What happened


def _call_row(call: Call, given: Given) -> Row:
    return {
        "date": _shifted(call.at, given),
        "callerid": call.callerid,
        "destination": call.destination,
        "description": call.description,
        "account": call.account,
        "disposition": call.disposition,
        "duration": _clock(call.seconds),
        "seconds": str(call.seconds),
        "rate": "0.00900000",
        "total": f"{call.total:.8f}",
        "uniqueid": call.uniqueid,
        "destination_type": "",
        "call_logs": "",
    }


def _cdr(account: Account, given: Given, now: datetime) -> Row:
    del now
    words = {"answered": "ANSWERED", "noanswer": "NO ANSWER", "busy": "BUSY", "failed": "FAILED"}
    wanted = {word for flag, word in words.items() if given.get(flag) == "1"}
    of = given.get("account", "all")
    rows = [
        _call_row(call, given)
        for call in sorted(account.calls, key=lambda call: call.at, reverse=True)
        if call.disposition in wanted
        and of in ("", "all", call.account)
        and _within(call.at, given["date_from"], given["date_to"])
    ]
    return {"cdr": some(rows, "no_cdr")}


def _recorded(account: Account, given: Given) -> list[Row]:
    if given["account"] not in ("all", account.number, *account.sub_accounts):
        raise Refused("invalid_account", given["account"])
    return [
        {
            "callrecording": call.uniqueid,
            "datetime": wall(call.at),
            "destination": call.destination,
            "type": "incoming" if "Inbound" in call.description else "outgoing",
            "subaccount": call.account,
            "duration": _clock(call.seconds),
        }
        for call in account.calls
        if call.recorded and given["account"] in ("all", call.account)
    ]


def _call_recordings(account: Account, given: Given, now: datetime) -> Row:
    del now
    kind = given.get("call_type") or "all"
    rows = [
        row
        for row in _recorded(account, given)
        if given["date_from"] <= row["datetime"][:10] <= given["date_to"]
        and kind in ("all", row["type"])
    ]
    start = int(given.get("start") or 0)
    length = int(given.get("length") or len(rows) or 1)
    return {"recordings": some(rows[start : start + length], "no_recording")}


def _call_recording(account: Account, given: Given, now: datetime) -> Row:
    del now
    rows = _recorded(account, given)
    row = next((row for row in rows if row["callrecording"] == given["callrecording"]), None)
    if row is None:
        raise Refused("invalid_callrecording", given["callrecording"])
    sound = f"the call {row['callrecording']}".encode()
    return {**row, "base64file": base64.b64encode(sound).decode()}


def _transactions(account: Account, given: Given, now: datetime) -> Row:
    del now
    rows = [
        {"date": wall(at), **row}
        for at, row in account.transactions
        if _within(at, given["date_from"], given["date_to"])
    ]
    return {"transactions": some(rows, "no_transactions")}


FUNCTIONS: Mapping[str, Answering] = {
    "sendSMS": _send_sms,
    "sendMMS": _send_mms,
    "getSMS": _get_sms,
    "getMMS": _get_mms,
    "getMediaMMS": _media,
    "deleteSMS": _delete("sms"),
    "deleteMMS": _delete("mms"),
    "getVoicemails": _mailboxes,
    "getVoicemailFolders": _folders,
    "getVoicemailMessages": _messages,
    "getVoicemailMessageFile": _file,
    "getVoicemailTranscriptions": _transcriptions,
    "markListenedVoicemailMessage": _mark,
    "delMessages": _delete_messages,
    "sendVoicemailEmail": _mail,
    "getCDR": _cdr,
    "getCallRecordings": _call_recordings,
    "getCallRecording": _call_recording,
    "getTransactionHistory": _transactions,
}
