"""What Slack sends to an app, in shape."""

from collections.abc import Mapping
from typing import Any

from bot.demo.slack import shapes
from bot.demo.slack.workspace import Channel, Message, Person, Workspace

Json = dict[str, Any]

VERIFICATION_TOKEN = "demo-verification-token"  # noqa: S105  # no secret: nobody checks it


class Payloads:
    """Builds payloads for one workspace and its app."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def slash_command(
        self, person: Person, channel: Channel, text: str, *, response_url: str, trigger_id: str
    ) -> dict[str, str]:
        """The form fields of a slash command."""
        workspace = self._workspace
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": person.team_id,
            "team_domain": workspace.team_domain,
            "channel_id": channel.id,
            "channel_name": channel.payload_name,
            "user_id": person.id,
            "user_name": person.name,
            "command": workspace.app.command,
            "text": text,
            "api_app_id": workspace.app.app_id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": trigger_id,
        }

    def block_actions(
        self,
        person: Person,
        place: Json,
        action: Json,
        *,
        trigger_id: str,
        values: Json,
        response_url: str | None,
    ) -> Json:
        """A click, or a choice; ``place`` is of ``in_message`` or ``in_view``."""
        payload = {
            "type": "block_actions",
            **self._common(person),
            **place,
            "trigger_id": trigger_id,
            "actions": [action],
        }
        if "view" in place:
            payload["view"] = {**place["view"], "state": {"values": values}}
        else:
            payload["state"] = {"values": values}
        if response_url:
            payload["response_url"] = response_url
        return payload

    def block_suggestion(
        self, person: Person, place: Json, *, action_id: str, block_id: str, value: str
    ) -> Json:
        """What was typed into a menu whose options the app supplies."""
        return {
            "type": "block_suggestion",
            **self._common(person),
            **place,
            "action_id": action_id,
            "block_id": block_id,
            "value": value,
        }

    def view_submission(self, person: Person, view: Json, values: Json, trigger_id: str) -> Json:
        """A modal that was sent."""
        return {
            "type": "view_submission",
            **self._common(person),
            "trigger_id": trigger_id,
            "view": {**view, "state": {"values": values}},
            "response_urls": [],
        }

    def view_closed(self, person: Person, view: Json, *, is_cleared: bool) -> Json:
        """A modal that was closed without being sent."""
        return {
            "type": "view_closed",
            **self._common(person),
            "view": view,
            "is_cleared": is_cleared,
        }

    def in_message(self, channel: Channel, message: Message) -> Json:
        """Where an element stands: a message. Of an ephemeral one Slack tells only the place."""
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        }
        if message.is_reply:
            container["thread_ts"] = message.thread_ts
        place: Json = {
            "container": container,
            "channel": {"id": channel.id, "name": channel.payload_name},
        }
        if message.only_for is None:
            place["message"] = shapes.message(self._workspace, message, with_metadata=True)
        return place

    def in_view(self, view: Json) -> Json:
        """Where an element stands: a modal or Home tab."""
        return {"container": {"type": "view", "view_id": view["id"]}, "view": view}

    def event_callback(self, event: Mapping[str, Any], *, is_shared: bool = False) -> Json:
        """An event of the Events API."""
        workspace = self._workspace
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": workspace.app.app_id,
            "event": dict(event),
            "type": "event_callback",
            "event_id": workspace.fresh_id("Ev"),
            "event_time": int(workspace.clock()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": workspace.app.user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": is_shared,
            "event_context": workspace.fresh_id("4-"),
        }

    def url_verification(self, challenge: str) -> Json:
        """What Slack asks of a request URL before it uses it."""
        return {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}

    def _common(self, person: Person) -> Json:
        workspace = self._workspace
        return {
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
            "api_app_id": workspace.app.app_id,
            "token": VERIFICATION_TOKEN,
            "team": {"id": workspace.team_id, "domain": workspace.team_domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }
