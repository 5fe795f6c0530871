"""Recordings, voicemails, faxes and sounds: rows, files, and links to files."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime

from bot.demo.providers.ringme.account import Row
from bot.demo.providers.ringme.asked import Asked, Responders
from bot.demo.providers.ringme.envelope import File, bad_request, not_found
from bot.demo.providers.ringme.rows import page

RESPONDERS = Responders()
on = RESPONDERS.on

_TIME = "%Y-%m-%d %H:%M:%S"


@on("GET", "record/")
def _recordings(asked: Asked) -> list[Row]:
    rows = sorted(
        _between(asked),
        key=lambda row: str(row["init_time_gmt"]),
        reverse=asked.values.get("order", "desc") == "desc",
    )
    return page(rows, asked.values)


@on("GET", "record/stats/")
def _stats(asked: Asked) -> list[Row]:
    rows = _between(asked)
    size = sum(int(row["record_file_size"]) for row in rows)
    return [{"records_count": len(rows), "files_size": size}]


def _between(asked: Asked) -> list[Row]:
    start, end = (_time(asked, name) for name in ("start_datetime", "end_datetime"))
    month, year = (1, start.year + 1) if start.month == 12 else (start.month + 1, start.year)
    last = datetime(year, month, calendar.monthrange(year, month)[1], 23, 59, 59, tzinfo=UTC)
    if end > last:
        raise bad_request("end_datetime: is later than the last day of the next month")
    return [
        row
        for row in asked.extension.recordings.values()
        if start.strftime(_TIME) <= str(row["init_time_gmt"])[:19] <= end.strftime(_TIME)
    ]


def _time(asked: Asked, name: str) -> datetime:
    try:
        return datetime.strptime(asked.values[name], _TIME).replace(tzinfo=UTC)
    except ValueError:
        raise bad_request(f"{name}: must be YYYY-MM-DD HH:MM:SS") from None


def _recording(asked: Asked) -> File:
    uuid = asked.path["record_uuid"]
    if uuid not in asked.extension.recordings:
        raise not_found()
    return asked.extension.files[uuid]


def _voicemail(asked: Asked) -> File:
    uuid = asked.path["record_uuid"]
    if uuid not in asked.extension.voicemails:
        raise not_found()
    return asked.extension.files[uuid]


on("GET", "record/{record_uuid}")(_recording)
on("GET", "record/{record_uuid}/download/")(_recording)
on("GET", "voicemail/{record_uuid}")(_voicemail)


@on("GET", "record/{record_uuid}/storage_url/")
def _recording_url(asked: Asked) -> Row:
    _recording(asked)
    return {"record_url": _link(asked)}


@on("GET", "voicemail/{record_uuid}/storage_url/")
def _voicemail_url(asked: Asked) -> Row:
    _voicemail(asked)
    return {"record_url": _link(asked)}


def _link(asked: Asked) -> str:
    return f"{asked.origin}/storage/{asked.extension.id}/{asked.path['record_uuid']}"


@on("GET", "sound/{sound_id}/download/")
def _sound(asked: Asked) -> File:
    name = f"sound-{asked.path['sound_id']}"
    if asked.path["sound_id"] not in asked.extension.sounds:
        raise not_found()
    return asked.extension.files[name]


@on("GET", "fax/in/{fax_uuid}")
def _fax(asked: Asked) -> File:
    asked.extension.must_be("fax")
    file = asked.extension.files.get(asked.path["fax_uuid"])
    if file is None:
        raise not_found()
    return file


@on("POST", "fax/out/")
def _send_fax(asked: Asked) -> Row:
    asked.extension.must_be("fax")
    name, content = asked.values["file"]
    if not content:
        raise bad_request("file: is empty")
    row = {
        "id": asked.account.next_id(),
        "dst_num": asked.values["dst_num"],
        "status": "queued",
        "datetime": asked.now.strftime(_TIME),
        "file": (name, content),
    }
    asked.extension.faxes[row["id"]] = row
    return row


@on("PUT", "fax/out/{message_id}")
def _change_fax(asked: Asked) -> Row:
    asked.extension.must_be("fax")
    if asked.path["message_id"] not in asked.extension.faxes:
        raise not_found()
    row = asked.extension.faxes[asked.path["message_id"]]
    if asked.values["action"] == "cancel" and row["status"] != "queued":
        raise bad_request("The fax is not waiting any more")
    row["status"] = "canceled" if asked.values["action"] == "cancel" else "queued"
    return row
