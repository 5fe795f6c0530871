"""What people press and choose in messages, modals and Home tabs."""

from collections.abc import Mapping
from typing import Any

from bot.demo.slack.blocks import check_options
from bot.demo.slack.elements import STATELESS, VALUE_FIELD, elements_of, state_values, value_of
from bot.demo.slack.outcome import Outcome
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.stage import TROUBLE, Stage, failed, refused
from bot.demo.slack.workspace import Channel, Message, Person

Json = dict[str, Any]


class Clicks(Stage):
    """People who click."""

    async def click(
        self,
        who: str,
        action: Json,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        state: Mapping[str, Mapping[str, Any]] | None = None,
        stale: bool = False,
    ) -> Outcome:
        """Press a button or choose from a menu, in a message or in a view.

        Args:
            who: user id.
            action: says which element by ``action_id``, if that is not enough by ``block_id`` or a
                button's ``value`` as well; and what was chosen, in Slack's form, or for short in
                ``chosen`` (see ``elements.value_of``).
            channel: where the message is.
            ts: which message; the newest with such an element when None.
            view_id: the modal or Home tab, in place of a message.
            state: what stands in other elements: block id, action id, value.
            stale: the person still sees what the message was before its updates.
        """
        try:
            person = self._clicking(who)
            if view_id is not None:
                return await self._click_in_view(person, view_id, action, state or {})
            place = self._place(person, channel or "")
            message, blocks = self._seen_with(person, place, ts, action, stale=stale)
            block, element = _the_element(blocks, action)
            values = _values(blocks, block, element, action, state or {})
            payload = self._payloads.block_actions(
                person,
                self._payloads.in_message(place, message),
                self._acted(block, element, action),
                trigger_id=self._tickets.trigger(person.id),
                values=values,
                response_url=self._tickets.response_url(person.id, place.id, message),
            )
        except SlackRefusal as refusal:
            return refused(refusal)
        except (LookupError, ValueError) as error:
            return failed("no_such_element", str(error.args[0]))
        return await self._interact(payload)

    async def _click_in_view(
        self,
        person: Person,
        view_id: str,
        action: Json,
        state: Mapping[str, Mapping[str, Any]],
    ) -> Outcome:
        view = self._own_view(person, view_id).view
        block, element = _the_element(view["blocks"], action)
        payload = self._payloads.block_actions(
            person,
            self._payloads.in_view(view),
            self._acted(block, element, action),
            trigger_id=self._tickets.trigger(person.id, from_modal=view["type"] == "modal"),
            values=_values(view["blocks"], block, element, action, state),
            response_url=None,
        )
        return await self._interact(payload)

    def _seen_with(
        self, person: Person, channel: Channel, ts: str | None, action: Json, *, stale: bool
    ) -> tuple[Message, list[Json]]:
        """The newest message with the element that is meant, and its blocks as they are seen."""
        seen = [
            message
            for message in self._workspace.in_channel(channel.id)
            if message.only_for in (None, person.id) and ts in (None, message.ts)
        ]
        if not seen:
            raise SlackRefusal("message_not_found")
        for message in reversed(seen):
            for blocks in [message.blocks, *(reversed(message.earlier) if stale else ())]:
                if _matching(blocks, action):
                    return message, blocks
        return seen[-1], [block for message in seen for block in message.blocks]

    def _acted(self, block: Json, element: Json, action: Json) -> Json:
        kind = element["type"]
        acted: Json = {
            "type": kind,
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "action_ts": self._workspace.fresh_ts(),
        }
        if kind == "button":
            shown = ("text", "value", "style", "url")
            return acted | {name: element[name] for name in shown if name in element}
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise LookupError(f"{element['action_id']} is sent with its form, not by itself")
        if "placeholder" in element:
            acted["placeholder"] = element["placeholder"]
        return {**acted, **value_of(element, _chosen(element, action))}

    async def suggest(
        self,
        who: str,
        *,
        action_id: str,
        value: str,
        block_id: str | None = None,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
    ) -> list[Json]:
        """Type into a menu whose options the app supplies; the answer is what it offers.

        Returns:
            The options, or the option groups if the app answered with groups.

        Raises:
            SlackRefusal: there is no such menu, the app did not answer or answered badly.
        """
        person = self._clicking(who)
        action = {"action_id": action_id} | ({"block_id": block_id} if block_id else {})
        try:
            if view_id is not None:
                view = self._own_view(person, view_id).view
                block, _ = _the_element(view["blocks"], action)
                place = self._payloads.in_view(view)
            else:
                where = self._place(person, channel or "")
                message, blocks = self._seen_with(person, where, ts, action, stale=False)
                block, _ = _the_element(blocks, action)
                place = self._payloads.in_message(where, message)
        except LookupError as error:
            raise SlackRefusal("no_such_element", [str(error.args[0])]) from None
        payload = self._payloads.block_suggestion(
            person, place, action_id=action_id, block_id=block["block_id"], value=value
        )
        outcome = await self._delivery.send("interactive", payload)
        if not outcome.ok:
            raise SlackRefusal(outcome.error or "")
        try:
            check_options(outcome.body)
        except SlackRefusal as refusal:
            self._bad_answer(refusal, outcome, TROUBLE)
            raise
        options: list[Json] = outcome.body.get("options", outcome.body.get("option_groups"))
        return options


def _matching(blocks: list[Json], action: Json) -> list[tuple[Json, Json]]:
    wanted = {name: action[name] for name in ("action_id", "block_id") if name in action}
    found = [
        (block, element)
        for block, element in elements_of(blocks)
        if all({**block, **element}.get(name) == value for name, value in wanted.items())
    ]
    if "value" in action and all(element["type"] == "button" for _, element in found):
        return [(b, e) for b, e in found if e.get("value", "") == (action["value"] or "")]
    return found


def _the_element(blocks: list[Json], action: Json) -> tuple[Json, Json]:
    """The one element that an action means, with its block."""
    found = _matching(blocks, action)
    if len(found) == 1:
        return found[0]
    here = [
        " ".join(str(part) for part in (b["block_id"], e["action_id"], e.get("value")) if part)
        for b, e in elements_of(blocks)
    ]
    many = "more than one" if found else "no"
    raise LookupError(f"there is {many} element {action}; there are: {'; '.join(here) or 'none'}")


def _chosen(element: Json, action: Json) -> Any:
    if "chosen" in action:
        return action["chosen"]
    return {"type": element["type"], **action}


def _values(
    blocks: list[Json],
    block: Json,
    element: Json,
    action: Json,
    state: Mapping[str, Mapping[str, Any]],
) -> Json:
    """``state.values`` after the click: the rest as given, the chosen as chosen."""
    given = {block_id: dict(actions) for block_id, actions in state.items()}
    named = VALUE_FIELD[element["type"]] in action or "chosen" in action
    if element["type"] not in STATELESS and named:
        chosen = _chosen(element, action)
        given.setdefault(block["block_id"], {})[element["action_id"]] = chosen
    return state_values(blocks, given)
