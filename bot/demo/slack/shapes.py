"""People, channels, messages and files in the form in which Slack's API shows them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.slack.workspace import Channel, Message, Person, SharedFile, Workspace

Json = dict[str, Any]


def user(workspace: Workspace, person: Person) -> Json:
    """A user object, as ``users.info`` gives it."""
    zone = ZoneInfo(person.tz)
    offset = datetime.fromtimestamp(workspace.clock(), zone).utcoffset()
    profile = {
        "title": person.title,
        "phone": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "team": person.team_id,
    }
    if person.is_bot:
        profile |= {"api_app_id": workspace.app.app_id, "bot_id": workspace.app.bot_id}
    shape: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.real_name,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if person.is_stranger:
        shape["is_stranger"] = True
    if person.deleted:
        return shape
    return {
        **shape,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_email_confirmed": True,
    }


def channel(workspace: Workspace, place: Channel) -> Json:
    """A conversation object, as ``conversations.info`` gives it."""
    common: Json = {
        "id": place.id,
        "created": 1_700_000_000,
        "is_archived": place.is_archived,
        "context_team_id": workspace.team_id,
    }
    if place.im_with:
        return {**common, "is_im": True, "user": place.im_with, "is_user_deleted": False}
    return {
        **common,
        "name": place.name,
        "name_normalized": place.name,
        "is_channel": not place.is_private,
        "is_group": place.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": place.is_private,
        "is_general": False,
        "is_shared": place.is_ext_shared,
        "is_ext_shared": place.is_ext_shared,
        "is_org_shared": False,
        "is_member": place.bot_is_member,
        "num_members": len(place.members) + place.bot_is_member,
        "topic": {"value": place.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def message(workspace: Workspace, said: Message, *, with_metadata: bool = False) -> Json:
    """A message object, as ``conversations.history`` and payloads give it."""
    shape: Json = {"type": "message", "user": said.user, "text": said.text, "ts": said.ts}
    if said.by_app:
        app = workspace.app
        shape |= {"bot_id": app.bot_id, "app_id": app.app_id, "team": workspace.team_id}
    if said.blocks:
        shape["blocks"] = said.blocks
    if said.attachments:
        shape["attachments"] = said.attachments
    if said.files:
        shape["files"] = [file(workspace, one) for one in said.files]
    if said.reactions:
        shape["reactions"] = [
            {"name": name, "users": users, "count": len(users)}
            for name, users in said.reactions.items()
        ]
    if said.edited_ts:
        shape["edited"] = {"user": said.user, "ts": said.edited_ts}
    if with_metadata and said.metadata:
        shape["metadata"] = said.metadata
    shape |= _thread(workspace, said)
    return shape


def _thread(workspace: Workspace, said: Message) -> Json:
    if said.is_reply:
        return {"thread_ts": said.thread_ts}
    replies = workspace.replies(said)
    if not replies:
        return {}
    return {
        "thread_ts": said.ts,
        "reply_count": len(replies),
        "reply_users": sorted({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
    }


def file(workspace: Workspace, shared: SharedFile) -> Json:
    """A file object."""
    return {
        "id": shared.id,
        "name": shared.name,
        "title": shared.title or shared.name,
        "mimetype": shared.mimetype,
        "size": shared.length,
        "user": shared.user,
        "channels": sorted(shared.channels),
        "url_private": f"{workspace.origin}/files/{shared.id}",
        "url_private_download": f"{workspace.origin}/files/{shared.id}",
    }
