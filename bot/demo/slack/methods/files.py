"""``files.*``: the three steps of an upload (the middle one is a plain POST to the upload URL)."""

import mimetypes
from typing import Any

from bot.demo.slack import shapes
from bot.demo.slack.methods.chat import blocks_of
from bot.demo.slack.methods.method import Call, Json, Method
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.workspace import Message, SharedFile


def _get_upload_url(call: Call) -> Json:
    name = call.arguments.text("filename") or ""
    length = call.arguments.text("length") or ""
    if not length.isdigit() or int(length) < 1:
        raise SlackRefusal(
            "invalid_arguments", ["[ERROR] must be greater than 0 [json-pointer:/length]"]
        )
    workspace = call.workspace
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = SharedFile(
        workspace.fresh_id("F"), name, int(length), workspace.app.user_id, mimetype=mimetype
    )
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.origin}/upload/v1/{file.id}", "file_id": file.id}


def _complete(call: Call) -> Json:
    arguments, workspace = call.arguments, call.workspace
    listed: Any = arguments.structure("files", "invalid_arguments")
    if not isinstance(listed, list) or not listed:
        raise SlackRefusal(
            "invalid_arguments", ["[ERROR] must provide an array [json-pointer:/files]"]
        )
    files = []
    for entry in listed:
        file = workspace.files.get(str(entry.get("id")) if isinstance(entry, dict) else "")
        if file is None or file.content is None:
            raise SlackRefusal("file_not_found")
        file.title = str(entry.get("title") or file.name)
        files.append(file)
    target = arguments.text("channel_id") or arguments.text("channels")
    if target:
        channel = workspace.channel_to_write(target)
        thread_ts = arguments.text("thread_ts")
        if thread_ts and workspace.find(channel.id, thread_ts) is None:
            raise SlackRefusal("thread_not_found")
        blocks = blocks_of(arguments)
        for file in files:
            file.channels.add(channel.id)
        workspace.post(
            Message(
                channel=channel.id,
                ts=workspace.fresh_ts(),
                user=workspace.app.user_id,
                text=arguments.text("initial_comment") or "",
                blocks=blocks or [],
                thread_ts=thread_ts,
                by_app=True,
                files=files,
            )
        )
    return {"files": [shapes.file(workspace, file) for file in files]}


METHODS = {
    "files.getUploadURLExternal": Method(
        _get_upload_url, scope="files:write", required=("filename", "length")
    ),
    "files.completeUploadExternal": Method(_complete, scope="files:write", required=("files",)),
}
