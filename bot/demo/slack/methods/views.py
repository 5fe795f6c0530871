"""``views.*``: modals and Home tabs."""

from typing import Any

from bot.demo.slack.blocks import check_view
from bot.demo.slack.methods.method import Call, Json, Method
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.tickets import Trigger


def _view(call: Call) -> Any:
    view = call.arguments.structure("view", "invalid_arguments")
    if view is None:
        raise SlackRefusal("invalid_arguments", ["[ERROR] missing required field: view"])
    return view


def _trigger(call: Call) -> Trigger:
    return call.tickets.look_at(call.arguments.text("trigger_id") or "")


def _open(call: Call) -> Json:
    view = _view(call)
    check_view(view, "modal")
    trigger = _trigger(call)
    shown = call.surfaces.open(trigger.person, view)
    trigger.used = True
    return {"view": shown}


def _push(call: Call) -> Json:
    view = _view(call)
    check_view(view, "modal")
    trigger = _trigger(call)
    if not trigger.from_modal:
        raise SlackRefusal("invalid_trigger_id")
    shown = call.surfaces.push(trigger.person, view)
    trigger.used = True
    return {"view": shown}


def _update(call: Call) -> Json:
    arguments = call.arguments
    view = _view(call)
    shown = call.surfaces.find(arguments.text("view_id"), arguments.text("external_id"))
    if shown.view["type"] != "modal":
        raise SlackRefusal("view_not_found")
    return {"view": call.surfaces.update(shown, view, arguments.text("hash"))}


def _publish(call: Call) -> Json:
    person = call.workspace.people.get(call.arguments.text("user_id") or "")
    if person is None:
        raise SlackRefusal("user_not_found")
    if person.deleted or person.is_bot or person.is_stranger:
        raise SlackRefusal("not_enabled")
    view = _view(call)
    return {"view": call.surfaces.publish(person.id, view, call.arguments.text("hash"))}


METHODS = {
    "views.open": Method(_open, required=("trigger_id",)),
    "views.push": Method(_push, required=("trigger_id",)),
    "views.update": Method(_update),
    "views.publish": Method(_publish, required=("user_id",)),
}
