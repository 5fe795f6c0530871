"""The interfaces Calls, Calling, SoundFiles and SMS."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.demo.providers.iovox.account import Row
from bot.demo.providers.iovox.asked import (
    Answer,
    Asked,
    Document,
    Listed,
    Nothing,
    Sound,
    listing,
    reading,
    writing,
)
from bot.demo.providers.iovox.documents import Refused, element

_CALLS = {
    "id": "id", "cs": "call_start", "ce": "call_end", "co": "call_origin",
    "coe": "call_origin_encoded", "col": "call_origin_location", "vn": "voxnumber",
    "cd": "call_destination", "detail": "detail", "ct": "call_time", "cts": "call_time_sec",
    "tt": "talk_time", "tts": "talk_time_sec", "ctype": "call_type", "call_res": "call_result",
    "rule_res": "rule_result", "nid": "node_id", "nname": "node_name", "ntype": "node_type",
    "lid": "link_id", "lname": "link_name", "ltype": "link_type", "has_rec": "has_recording",
    "es": "email_sent", "direction": "direction", "cat_id": "categories", "cat_lbl": "categories",
    "cat_v": "categories",
}  # fmt: skip
_FILTERS = {
    "id": "id",
    "node_id": "node_id",
    "node_type": "node_type",
    "link_id": "link_id",
    "link_type": "link_type",
    "ctype": "call_type",
    "call_res": "call_result",
    "rule_res": "rule_result",
    "call_origin": "call_origin",
    "call_origin_encoded": "call_origin_encoded",
    "voxnumber": "voxnumber",
    "call_dest": "call_destination",
    "direction": "direction",
    "detail": "detail",
}
_SOUNDS = {
    "sl": "sound_label",
    "sg": "sound_group",
    "cl": "content_length",
    "c": "created",
    "u": "updated",
    "n": "notes",
}
_TEXTS = ("sms_activity_id", "date", "origin", "voxnumber", "destination", "message", "direction")
_TEXT_FILTERS = (
    "sms_activity_id", "node_id", "node_type", "link_id", "link_type", "rule_result", "origin",
    "voxnumber", "destination", "direction",
)  # fmt: skip

_FORM = "%Y-%m-%d %H:%M:%S"
_DIALLED = re.compile(r"[1-9]\d{4,14}(,[\d*#,]*)?")
_SENDER = re.compile(r"[1-9]\d{4,14}|[A-Za-z0-9 .]{1,11}")


def _get_call_data(asked: Asked) -> Answer:
    if asked.query.get("dconst", "YESTERDAY") != "YESTERDAY":
        raise Refused("dconst Invalid")
    since, until = _times(asked)
    rows = [row for row in asked.account.calls if since <= row["call_start"] <= until]
    return Listed(_filtered(rows, asked, _FILTERS), _CALLS, "cs_DESC")


def _times(asked: Asked) -> tuple[str, str]:
    today = asked.now
    if "dconst" in asked.query:
        day = (today - timedelta(days=1)).strftime("%Y-%m-%d")
        return f"{day} 00:00:00", f"{day} 23:59:59"
    since = asked.query.get("sdt", today.strftime("%Y-%m-01"))
    until = asked.query.get("edt", today.strftime("%Y-%m-%d"))
    return _moment(since, "00:00:00", "sdt"), _moment(until, "23:59:59", "edt")


def _moment(word: str, rest: str, name: str) -> str:
    day, _, clock = word.partition(" ")
    text = f"{day} {clock}{rest[len(clock) :]}"
    try:
        return datetime.strptime(text, _FORM).strftime(_FORM)  # noqa: DTZ007 - wall clock
    except ValueError:
        raise Refused(f"{name} Invalid") from None


def _filtered(rows: list[Row], asked: Asked, filters: dict[str, str]) -> list[Row]:
    for parameter, name in filters.items():
        if wanted := asked.query.get(parameter):
            rows = [row for row in rows if row.get(name) == wanted]
    return rows


def _get_call_recording(asked: Asked) -> Answer:
    return _sound(asked.account.recordings, asked.need("id", "ID"), "Recording does not exist")


def _get_voicemail_recording(asked: Asked) -> Answer:
    return _sound(asked.account.messages, asked.need("id", "ID"), "Voicemail does not exist")


def _sound(held: dict[str, bytes], id_: str, wrong: str) -> Sound:
    if id_ not in held:
        raise Refused(wrong)
    return Sound(held[id_])


def _initiate_call(asked: Asked) -> Answer:
    body = asked.body
    link = asked.account.links.get(str(body.get("link_id", "")))
    if link is None:
        raise Refused("Link ID does not exist" if body.get("link_id") else "link_id Empty")
    if link.flow is None:
        raise Refused("Link has no Rules attached")
    variables = body.get("call_variables")
    variables = variables if isinstance(variables, dict) else {}
    destination = str(variables.get("call_destination", ""))
    if destination and not _DIALLED.fullmatch(destination):
        raise Refused("call_destination Invalid")
    asked.account.placed.append(body)
    return Nothing(201)


def _get_sound_files(asked: Asked) -> Answer:
    rows = _filtered(
        list(asked.account.sounds.values()),
        asked,
        {"sound_label": "sound_label", "sound_group": "sound_group"},
    )
    return Listed(rows, _SOUNDS)


def _get_sound_file_data(asked: Asked) -> Answer:
    label, group = asked.need("sound_label", "Sound Label"), asked.query.get("sound_group")
    for (of, called), content in asked.account.sound_data.items():
        if called == label and group in (None, of):
            return Sound(content)
    raise Refused("Sound File does not exist")


def _get_sms_data(asked: Asked) -> Answer:
    since, until = _times(asked)
    rows = [row for row in asked.account.texts if since <= row["date"] <= until]
    filters = {name: name for name in _TEXT_FILTERS}
    return Listed(_filtered(rows, asked, filters), {name: name for name in _TEXTS})


def _send_sms(asked: Asked) -> Answer:
    body = asked.body
    wrong = [f"{name} Empty" for name in ("origin", "destination", "message") if not body.get(name)]
    if body.get("origin") and not _SENDER.fullmatch(body["origin"]):
        wrong.append("origin Invalid")
    if body.get("destination") and not _DIALLED.fullmatch(body["destination"]):
        wrong.append("destination Invalid")
    if wrong:
        raise Refused(*wrong)
    id_ = str(next(asked.account.ids))
    asked.account.texts.append(
        {
            "sms_activity_id": id_,
            "date": asked.now.strftime(_FORM),
            "origin": body["origin"],
            "voxnumber": body["origin"] if body["origin"].isdigit() else "",
            "destination": body["destination"],
            "message": body["message"],
            "direction": "OUT",
        }
    )
    return Document(element("response", {"sms_activity_id": id_}), 201)


METHODS = {
    "Calls.getCallData": listing(_get_call_data, "sdt", "edt", "dconst", "cat_ids[]", *_FILTERS),
    "Calls.getCallRecording": reading(_get_call_recording, "id"),
    "Calls.getVoicemailRecording": reading(_get_voicemail_recording, "id"),
    "Calling.initiateCall": writing("POST", _initiate_call),
    "SoundFiles.getSoundFiles": listing(_get_sound_files, "sound_label", "sound_group"),
    "SoundFiles.getSoundFileData": reading(_get_sound_file_data, "sound_label", "sound_group"),
    "SMS.getSmsData": listing(_get_sms_data, "sdt", "edt", *_TEXT_FILTERS),
    "SMS.sendSms": writing("POST", _send_sms),
}
