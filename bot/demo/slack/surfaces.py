"""Modals and Home tabs: each person's stack of views, and what the app may do to it."""

from dataclasses import dataclass
from typing import Any

from bot.demo.slack.blocks import check_view
from bot.demo.slack.elements import with_names
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.workspace import Change, Workspace

Json = dict[str, Any]

STACK_LIMIT = 3


@dataclass
class Shown:
    """A view on somebody's screen, or just closed there."""

    person: str
    view: Json


class Surfaces:
    """Everybody's modals and Home tabs."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stacks: dict[str, list[Json]] = {}
        self._homes: dict[str, Json] = {}

    def stack(self, person: str) -> list[Json]:
        """A person's open modals, the top one last."""
        return list(self._stacks.get(person, []))

    def home(self, person: str) -> Json | None:
        """A person's Home tab as last published."""
        return self._homes.get(person)

    def find(self, view_id: str | None, external_id: str | None = None) -> Shown:
        """An open modal, or a Home tab.

        Raises:
            SlackRefusal: ``view_not_found``, also when the person has closed it.
        """
        for person, stack in [*self._stacks.items(), *((p, [v]) for p, v in self._homes.items())]:
            for view in stack:
                if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                    return Shown(person, view)
        raise SlackRefusal("view_not_found")

    def open(self, person: str, view: Any) -> Json:
        """Show a modal, in place of whatever stack was open."""
        made = self._modal(view)
        made["root_view_id"] = made["id"]
        self._stacks[person] = [made]
        self._announce(person)
        return made

    def push(self, person: str, view: Any) -> Json:
        """Put a modal on top of the stack.

        Raises:
            SlackRefusal: ``push_limit_reached`` when three are open, or the view is no good.
        """
        stack = self._stacks.get(person, [])
        made = self._modal(view)
        if len(stack) >= STACK_LIMIT:
            raise SlackRefusal("push_limit_reached")
        made["previous_view_id"] = stack[-1]["id"] if stack else None
        made["root_view_id"] = stack[0]["id"] if stack else made["id"]
        self._stacks[person] = [*stack, made]
        self._announce(person)
        return made

    def update(self, shown: Shown, view: Any, hash_: str | None = None) -> Json:
        """Change an open modal.

        Raises:
            SlackRefusal: ``hash_conflict`` when it is not as the app last saw it, or the view is no
                good.
        """
        if hash_ and hash_ != shown.view["hash"]:
            raise SlackRefusal("hash_conflict")
        made = self._modal(view, replaces=shown.view)
        keep = ("id", "root_view_id", "previous_view_id")
        shown.view.update({**made, **{name: shown.view[name] for name in keep}})
        self._announce(shown.person)
        return shown.view

    def publish(self, person: str, view: Any, hash_: str | None = None) -> Json:
        """Publish a person's Home tab."""
        check_view(view, "home")
        current = self._homes.get(person)
        if hash_ and current and hash_ != current["hash"]:
            raise SlackRefusal("hash_conflict")
        made = self._complete(view)
        if current:
            made["id"] = current["id"]
        made["root_view_id"] = made["id"]
        self._homes[person] = made
        self._workspace.announce(Change("home", person=person))
        return made

    def close(self, person: str, view_id: str) -> None:
        """Take one modal, and those above it, from the screen."""
        stack = self._stacks.get(person, [])
        kept = [view["id"] for view in stack].index(view_id)
        self._stacks[person] = stack[:kept]
        self._announce(person)

    def clear(self, person: str) -> None:
        """Close all modals of a person."""
        self._stacks.pop(person, None)
        self._announce(person)

    def _announce(self, person: str) -> None:
        self._workspace.announce(Change("views", person=person))

    def _modal(self, view: Any, replaces: Json | None = None) -> Json:
        check_view(view, "modal")
        external = view.get("external_id")
        taken = [v for stack in self._stacks.values() for v in stack if v is not replaces]
        if external and any(v["external_id"] == external for v in taken):
            raise SlackRefusal("duplicate_external_id")
        made = self._complete(view)
        for name in ("submit", "close"):
            made[name] = view.get(name)
        made["title"] = view["title"]
        made["submit_disabled"] = view.get("submit_disabled", False)
        return made

    def _complete(self, view: Json) -> Json:
        app = self._workspace.app
        return {
            "id": self._workspace.fresh_id("V"),
            "team_id": self._workspace.team_id,
            "type": view["type"],
            "blocks": with_names(view["blocks"], self._workspace.fresh_names()),
            "private_metadata": view.get("private_metadata") or "",
            "callback_id": view.get("callback_id") or "",
            "state": {"values": {}},
            "hash": f"{self._workspace.fresh_ts()}.{self._workspace.fresh_id('h')}",
            "clear_on_close": view.get("clear_on_close", False),
            "notify_on_close": view.get("notify_on_close", False),
            "external_id": view.get("external_id") or "",
            "previous_view_id": None,
            "root_view_id": None,
            "app_id": app.app_id,
            "bot_id": app.bot_id,
            "app_installed_team_id": self._workspace.team_id,
        }
