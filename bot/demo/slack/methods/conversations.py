"""``conversations.*``: what the app may know of channels and what was said there."""

from bot.demo.slack import shapes
from bot.demo.slack.methods.method import Call, Json, Method, one_page
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.workspace import Channel, Message


def _channel(call: Call, *, member: bool = False) -> Channel:
    channel = call.workspace.channel_for_app(call.arguments.text("channel") or "")
    if member and not channel.bot_is_member:
        raise SlackRefusal("not_in_channel")
    return channel


def _list(call: Call) -> Json:
    kinds = (call.arguments.text("types") or "public_channel").replace(" ", "").split(",")
    if not set(kinds) <= {"public_channel", "private_channel", "im", "mpim"}:
        raise SlackRefusal("invalid_types")
    found = []
    for channel in call.workspace.channels.values():
        kind = "private_channel" if channel.is_private else "public_channel"
        if channel.im_with:
            kind = "im"
        hidden = channel.is_private and not channel.bot_is_member
        archived = channel.is_archived and call.arguments.flag("exclude_archived")
        if kind in kinds and not hidden and not archived:
            found.append(shapes.channel(call.workspace, channel))
    return one_page(call, "channels", found)


def _info(call: Call) -> Json:
    return {"channel": shapes.channel(call.workspace, _channel(call))}


def _members(call: Call) -> Json:
    channel = _channel(call)
    bot = {call.workspace.app.user_id} if channel.bot_is_member else set()
    return one_page(call, "members", sorted(channel.members | bot))


def _open(call: Call) -> Json:
    users = (call.arguments.text("users") or "").split(",")
    if len(users) != 1:
        raise SlackRefusal("method_not_supported_for_channel_type")
    person = call.workspace.people.get(users[0])
    if person is None:
        raise SlackRefusal("user_not_found")
    if person.deleted:
        raise SlackRefusal("user_disabled")
    if person.is_bot:
        raise SlackRefusal("cannot_dm_bot")
    known = f"D{person.id[1:]}" in call.workspace.channels
    channel = call.workspace.direct_messages(person.id)
    if call.arguments.flag("return_im"):
        return {"channel": shapes.channel(call.workspace, channel), "already_open": known}
    return {"channel": {"id": channel.id}}


def _window(call: Call, found: list[Message]) -> list[Message]:
    oldest, latest = call.arguments.text("oldest"), call.arguments.text("latest")
    inclusive = call.arguments.flag("inclusive")

    def inside(message: Message) -> bool:
        after = _seconds(message.ts) - _seconds(oldest or "0")
        before = _seconds(latest) - _seconds(message.ts) if latest else 1
        return (after >= 0 and before >= 0) if inclusive else (after > 0 and before > 0)

    return [message for message in found if inside(message)]


def _seconds(ts: str) -> int:
    """A time stamp in microseconds: time stamps are compared exactly, never as floats."""
    whole, _, fraction = ts.partition(".")
    try:
        return int(whole) * 1_000_000 + int(fraction.ljust(6, "0")[:6] or 0)
    except ValueError:
        raise SlackRefusal("invalid_ts_oldest") from None


def _page_of_messages(call: Call, found: list[Message]) -> Json:
    with_metadata = call.arguments.flag("include_all_metadata")
    shown = [
        shapes.message(call.workspace, message, with_metadata=with_metadata) for message in found
    ]
    page = one_page(call, "messages", shown)
    more = bool(page["response_metadata"]["next_cursor"])
    if not more:
        del page["response_metadata"]
    return {**page, "has_more": more}


def _history(call: Call) -> Json:
    channel = _channel(call, member=True)
    public = [
        message
        for message in call.workspace.in_channel(channel.id)
        if message.only_for is None and (not message.is_reply or message.broadcast)
    ]
    return _page_of_messages(call, _window(call, public)[::-1])


def _replies(call: Call) -> Json:
    channel = _channel(call, member=True)
    parent = call.workspace.find(channel.id, call.arguments.text("ts"))
    if parent is None:
        raise SlackRefusal("thread_not_found")
    if parent.is_reply:
        return _page_of_messages(call, [parent])
    replies = _window(call, call.workspace.replies(parent))
    return _page_of_messages(call, [parent, *replies])


METHODS = {
    "conversations.list": Method(_list, scope="channels:read"),
    "conversations.info": Method(_info, scope="channels:read", required=("channel",)),
    "conversations.members": Method(_members, scope="channels:read", required=("channel",)),
    "conversations.open": Method(_open, scope="im:write", required=("users",)),
    "conversations.history": Method(_history, scope="channels:history", required=("channel",)),
    "conversations.replies": Method(_replies, scope="channels:history", required=("channel", "ts")),
}
