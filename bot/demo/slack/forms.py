"""What people do with modals and the Home tab."""

from collections.abc import Mapping
from typing import Any

from bot.demo.slack.elements import complaints, state_values
from bot.demo.slack.outcome import Outcome
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.stage import TROUBLE, Stage, failed, refused
from bot.demo.slack.surfaces import Shown

Json = dict[str, Any]


class Forms(Stage):
    """People who fill in forms."""

    async def submit(
        self, who: str, view_id: str, values: Mapping[str, Mapping[str, Any]] | None = None
    ) -> Outcome:
        """Send a modal. What is not in ``values`` keeps what it began with.

        Args:
            who: user id.
            view_id: the modal.
            values: block id, action id, value: Slack's form or the short one of
                ``elements.value_of``.

        Returns:
            Not ok with ``{"errors": {block_id: sentence}}`` in the body when the form is refused,
            be it by Slack's client (a required field is empty) or by the app.
        """
        try:
            person = self._clicking(who)
            shown = self._own_view(person, view_id)
            filled = state_values(shown.view["blocks"], values or {})
        except SlackRefusal as refusal:
            return refused(refusal)
        except ValueError as error:
            return failed("no_such_element", str(error))
        if found := complaints(shown.view["blocks"], filled):
            return Outcome(ok=False, error="invalid_input", body={"errors": found})
        inputs = {block["block_id"] for block in shown.view["blocks"] if block["type"] == "input"}
        trigger = self._tickets.trigger(person.id, from_modal=True)
        payload = self._payloads.view_submission(person, shown.view, filled, trigger)
        outcome = await self._delivery.send("interactive", payload)
        if not outcome.ok:
            return failed(outcome.error or "", TROUBLE, outcome)
        try:
            return self._answered(shown, inputs, outcome)
        except SlackRefusal as refusal:
            return self._bad_answer(refusal, outcome, TROUBLE)

    def _answered(self, shown: Shown, inputs: set[str], outcome: Outcome) -> Outcome:
        body = outcome.body
        if not body:
            if shown.view in self._surfaces.stack(shown.person):
                self._surfaces.close(shown.person, shown.view["id"])
            return outcome
        answer = body.get("response_action") if isinstance(body, dict) else None
        if answer == "errors":
            errors = body.get("errors")
            if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
                raise SlackRefusal("invalid_errors", [f"errors for {errors}, inputs are {inputs}"])
            return Outcome(ok=False, error="invalid_input", status=outcome.status, body=body)
        if answer == "update":
            self._surfaces.update(shown, body.get("view"))
        elif answer == "push":
            self._surfaces.push(shown.person, body.get("view"))
        elif answer == "clear":
            self._surfaces.clear(shown.person)
        else:
            raise SlackRefusal("invalid_response_action")
        return outcome

    async def dismiss(self, who: str, view_id: str, clear: bool = False) -> Outcome:
        """Close a modal with its Close button, or the whole stack with its cross (``clear``)."""
        try:
            person = self._clicking(who)
            shown = self._own_view(person, view_id)
        except SlackRefusal as refusal:
            return refused(refusal)
        stack = self._surfaces.stack(person.id)
        closed = stack[::-1] if clear or shown.view["clear_on_close"] else [shown.view]
        if len(closed) == len(stack):
            self._surfaces.clear(person.id)
        else:
            self._surfaces.close(person.id, view_id)
        for view in closed:
            if view["notify_on_close"]:
                payload = self._payloads.view_closed(person, view, is_cleared=clear)
                outcome = await self._delivery.send("interactive", payload)
                if not outcome.ok:
                    return failed(outcome.error or "", TROUBLE, outcome)
        return Outcome(ok=True)

    async def open_home(self, who: str) -> Outcome:
        """Look at the app's Home tab."""
        try:
            person = self._clicking(who)
        except SlackRefusal as refusal:
            return refused(refusal)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self._workspace.direct_messages(person.id).id,
            "tab": "home",
            "event_ts": self._workspace.fresh_ts(),
        }
        if view := self._surfaces.home(person.id):
            event["view"] = view
        return await self.deliver_event(event)
