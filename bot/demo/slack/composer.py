"""What people type into a channel: messages, slash commands, and files they share."""

import mimetypes
from typing import Any

from bot.demo.slack import shapes
from bot.demo.slack.escaping import as_sent
from bot.demo.slack.outcome import Outcome
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.replies import show_reply
from bot.demo.slack.stage import Stage, failed, refused
from bot.demo.slack.workspace import Channel, Message, Person, SharedFile

Json = dict[str, Any]


class Composer(Stage):
    """People who type."""

    async def say(self, who: str, channel: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Type into a channel: a message, or a slash command when it starts with ``/``."""
        try:
            person = self._active(who)
            place = self._place(person, channel)
            if text.startswith("/"):
                return await self._command(person, place, text, thread_ts)
            self._say(person, place, text, thread_ts)
        except SlackRefusal as refusal:
            return refused(refusal)
        return Outcome(ok=True)

    async def _command(
        self, person: Person, channel: Channel, typed: str, thread_ts: str | None
    ) -> Outcome:
        name, *rest = typed.split(maxsplit=1)
        app = self._workspace.app
        if person.is_bot:
            raise SlackRefusal("is_bot")
        if thread_ts:
            return failed("not_in_thread", f"{name} is not supported in threads. Sorry!")
        if person.id not in channel.members:
            raise SlackRefusal("not_in_channel")
        if name != app.command or person.is_stranger:
            return failed("unknown_command", f"{name} is not a valid command.")
        response_url = self._tickets.response_url(person.id, channel.id)
        payload = self._payloads.slash_command(
            person,
            channel,
            as_sent(self._workspace, "".join(rest).strip()),
            response_url=response_url,
            trigger_id=self._tickets.trigger(person.id),
        )
        outcome = await self._delivery.send("slash_commands", payload)
        if not outcome.ok:
            return failed(outcome.error or "", _failure(name, outcome.error), outcome)
        try:
            if outcome.body is not None:
                self._show_answer(person, channel, typed, response_url, outcome.body)
        except SlackRefusal as refusal:
            return self._bad_answer(refusal, outcome, _failure(name, refusal.error))
        return outcome

    def _show_answer(
        self, person: Person, channel: Channel, typed: str, response_url: str, body: Any
    ) -> None:
        workspace = self._workspace
        url = self._tickets.peek(response_url)
        if isinstance(body, dict) and body.get("response_type") == "in_channel":
            text = as_sent(workspace, typed)
            workspace.post(Message(channel.id, workspace.fresh_ts(), person.id, text))
        says = not isinstance(body, dict) or any(
            body.get(name) for name in ("text", "blocks", "attachments")
        )
        if says:
            show_reply(workspace, url, body)

    async def upload(
        self,
        who: str,
        channel: str,
        name: str,
        content: bytes,
        thread_ts: str | None = None,
    ) -> Outcome:
        """Share a file in a channel."""
        try:
            person = self._active(who)
            place = self._place(person, channel)
            self._share(person, place, name, content, thread_ts)
        except SlackRefusal as refusal:
            return refused(refusal)
        return Outcome(ok=True)

    def attach(self, who: str, name: str, content: bytes) -> SharedFile:
        """Put a file into a form, which sends it along; nobody else sees it."""
        file = self._file(who, name, content)
        self._workspace.files[file.id] = file
        return file

    def _share(
        self, person: Person, channel: Channel, name: str, content: bytes, thread_ts: str | None
    ) -> None:
        file = self._file(person.id, name, content)
        file.channels.add(channel.id)
        self._say(person, channel, "", thread_ts, file)
        self._workspace.files[file.id] = file

    def _file(self, who: str, name: str, content: bytes) -> SharedFile:
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        id_ = self._workspace.fresh_id("F")
        return SharedFile(id_, name, len(content), who, content, mimetype=mimetype)

    def _say(
        self,
        person: Person,
        channel: Channel,
        text: str,
        thread_ts: str | None,
        file: SharedFile | None = None,
    ) -> None:
        if not (text.strip() or file):
            raise SlackRefusal("no_text")
        if person.id not in channel.members:
            raise SlackRefusal("not_in_channel")
        workspace = self._workspace
        message = Message(
            channel.id,
            workspace.fresh_ts(),
            person.id,
            as_sent(workspace, text),
            thread_ts=thread_ts,
            files=[file] if file else [],
        )
        workspace.post(message)
        event: Json = {
            "type": "message",
            "user": person.id,
            "text": message.text,
            "ts": message.ts,
            "channel": channel.id,
            "event_ts": message.ts,
            "team": person.team_id,
        }
        if thread_ts:
            event["thread_ts"] = thread_ts
        if file:
            event |= {"subtype": "file_share", "files": [shapes.file(workspace, file)]}
        if channel.im_with:
            self.in_background(self.deliver_event({**event, "channel_type": "im"}))
        elif f"<@{workspace.app.user_id}" in message.text and channel.bot_is_member:
            self.in_background(self.deliver_event({**event, "type": "app_mention"}))


def _failure(command: str, error: str | None) -> str:
    return f'{command} failed with the error "{error}"'
