"""``users.*`` and ``usergroups.*``."""

from bot.demo.slack import shapes
from bot.demo.slack.methods.method import Call, Json, Method, one_page
from bot.demo.slack.refusal import SlackRefusal


def _users_info(call: Call) -> Json:
    person = call.workspace.people.get(call.arguments.text("user") or "")
    if person is None:
        raise SlackRefusal("user_not_found")
    return {"user": shapes.user(call.workspace, person)}


def _users_list(call: Call) -> Json:
    home = [p for p in call.workspace.people.values() if not p.is_stranger]
    members = [shapes.user(call.workspace, person) for person in home]
    return {**one_page(call, "members", members), "cache_ts": int(call.workspace.clock())}


def _usergroups_list(call: Call) -> Json:
    with_users = call.arguments.flag("include_users")
    groups: list[Json] = []
    for group, members in call.workspace.usergroups.items():
        shape: Json = {
            "id": group,
            "team_id": call.workspace.team_id,
            "is_usergroup": True,
            "name": group,
            "handle": group.lower(),
            "description": "",
            "date_delete": 0,
            "user_count": len(members),
        }
        groups.append({**shape, "users": members} if with_users else shape)
    return {"usergroups": groups}


def _usergroups_users(call: Call) -> Json:
    members = call.workspace.usergroups.get(call.arguments.text("usergroup") or "")
    if members is None:
        raise SlackRefusal("no_such_subteam")
    people = call.workspace.people
    active = [user for user in members if user in people and not people[user].deleted]
    if call.arguments.flag("include_disabled"):
        active = members
    return {"users": active}


METHODS = {
    "users.info": Method(_users_info, scope="users:read", required=("user",)),
    "users.list": Method(_users_list, scope="users:read"),
    "usergroups.list": Method(_usergroups_list, scope="usergroups:read"),
    "usergroups.users.list": Method(
        _usergroups_users, scope="usergroups:read", required=("usergroup",)
    ),
}
