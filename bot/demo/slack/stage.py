"""The ground that people's deeds stand on: who they are, where they may be, how the app is told."""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

from bot.demo.slack.delivery import Delivery
from bot.demo.slack.outcome import Outcome
from bot.demo.slack.payloads import Payloads
from bot.demo.slack.refusal import SlackRefusal
from bot.demo.slack.surfaces import Shown, Surfaces
from bot.demo.slack.tickets import Tickets
from bot.demo.slack.workspace import Channel, Person, Workspace

Json = dict[str, Any]

TROUBLE = "We had some trouble connecting. Try again?"
REFUSED_WORDS = {
    "account_inactive": "This account has been deactivated.",
    "is_bot": "A bot does not type commands or press buttons.",
    "channel_not_found": "There is no such channel here for this person.",
    "not_in_channel": "Join the channel first.",
    "no_text": "There is nothing to send.",
    "view_not_found": "The form is no longer open.",
    "message_not_found": "The message is no longer there.",
}


class Stage:
    """One workspace with its app, for people to act in."""

    def __init__(
        self, workspace: Workspace, surfaces: Surfaces, tickets: Tickets, delivery: Delivery
    ) -> None:
        self._workspace = workspace
        self._surfaces = surfaces
        self._tickets = tickets
        self._delivery = delivery
        self._payloads = Payloads(workspace)
        self._background: set[asyncio.Task[Outcome]] = set()

    async def deliver_event(self, event: Mapping[str, Any]) -> Outcome:
        """Send an event of the Events API, up to three times more until it is acknowledged."""
        channel = self._workspace.channels.get(str(event.get("channel")))
        shared = bool(channel and channel.is_ext_shared)
        return await self._delivery.send_event(
            self._payloads.event_callback(event, is_shared=shared)
        )

    async def _interact(self, payload: Json) -> Outcome:
        outcome = await self._delivery.send("interactive", payload)
        if outcome.ok:
            return outcome
        return failed(outcome.error or "", TROUBLE, outcome)

    def _bad_answer(self, refusal: SlackRefusal, outcome: Outcome, words: str) -> Outcome:
        """What the person sees when the app acknowledged with something Slack cannot use."""
        self._workspace.refusals.append(("acknowledgement", outcome.body, refusal.answer()))
        return Outcome(
            ok=False,
            error=refusal.error,
            status=outcome.status,
            body=refusal.messages,
            words=words,
        )

    def _active(self, who: str) -> Person:
        person = self._workspace.people[who]
        if person.deleted:
            raise SlackRefusal("account_inactive")
        return person

    def _clicking(self, who: str) -> Person:
        person = self._active(who)
        if person.is_bot:
            raise SlackRefusal("is_bot")
        return person

    def _place(self, person: Person, channel: str) -> Channel:
        place = self._workspace.channels.get(channel)
        if channel == self._workspace.app.user_id:
            place = self._workspace.direct_messages(person.id)
        if place is None or not self._workspace.sees(person.id, place):
            raise SlackRefusal("channel_not_found")
        return place

    def _own_view(self, person: Person, view_id: str) -> Shown:
        shown = self._surfaces.find(view_id)
        if shown.person != person.id:
            raise SlackRefusal("view_not_found")
        return shown

    def in_background(self, deed: Coroutine[Any, Any, Outcome]) -> None:
        """Begin something that nobody waits for; closing the Slack ends it."""
        task = asyncio.create_task(deed)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _stop_background(self) -> None:
        tasks = list(self._background)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def failed(error: str, words: str, outcome: Outcome | None = None) -> Outcome:
    """An outcome that is not ok, with the status and body of the app's answer if there was one."""
    status, body = (outcome.status, outcome.body) if outcome else (None, None)
    return Outcome(ok=False, error=error, status=status, body=body, words=words)


def refused(refusal: SlackRefusal) -> Outcome:
    """An outcome that says in words what Slack's client would not let the person do."""
    return failed(refusal.error, REFUSED_WORDS.get(refusal.error, str(refusal)))
