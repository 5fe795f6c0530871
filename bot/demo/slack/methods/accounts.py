"""``auth.test``, ``bots.info``, ``api.test`` and ``apps.connections.open``."""

from bot.demo.slack.methods.method import Call, Json, Method
from bot.demo.slack.refusal import SlackRefusal


def _auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"{workspace.origin}/",
        "team": workspace.team_name,
        "user": workspace.app.name.lower(),
        "team_id": workspace.team_id,
        "user_id": workspace.app.user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def _bots_info(call: Call) -> Json:
    app = call.workspace.app
    if call.arguments.text("bot") not in (None, app.bot_id):
        raise SlackRefusal("bot_not_found")
    return {
        "bot": {
            "id": app.bot_id,
            "deleted": False,
            "name": app.name,
            "updated": 1_700_000_000,
            "app_id": app.app_id,
            "user_id": app.user_id,
            "icons": {},
        }
    }


def _api_test(call: Call) -> Json:
    if error := call.arguments.text("error"):
        raise SlackRefusal(error, args=call.arguments.given)
    return {"args": call.arguments.given}


def _connections_open(call: Call) -> Json:
    return {"url": call.sockets.invite()}


METHODS = {
    "api.test": Method(_api_test, caller="anybody"),
    "auth.test": Method(_auth_test),
    "bots.info": Method(_bots_info, scope="users:read"),
    "apps.connections.open": Method(_connections_open, caller="app"),
}
