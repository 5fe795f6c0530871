"""The demo's telephone, as its page needs it; the simulated accounts stand behind it."""

from collections.abc import Callable
from typing import Any, Protocol

Json = dict[str, Any]


class Telephone(Protocol):
    """Somebody outside who can ring one of the lines.

    A call is a JSON object: ``id``, ``from``, ``to``, ``line``, ``state`` (``ringing``, ``menu``,
    ``voicemail``, ``answered`` or ``ended``), ``says`` (what the caller hears, in words), ``steps``
    (sentences), ``can`` (which of the deeds of ``act`` are possible), ``digits`` (which keys lead
    somewhere) and ``outcome`` (``answered``, ``missed``, ``voicemail``, ``busy`` or None).
    """

    def callers(self) -> list[Json]:
        """Who may ring: ``number`` and ``name`` of each."""

    def lines(self) -> list[Json]:
        """What can be rung: ``account``, ``number``, ``name`` and ``flow`` of each."""

    async def ring(self, from_: str, to: str) -> Json:
        """Begin a call and say what it is now.

        Args:
            from_: the caller's number in E.164, or ``anonymous``.
            to: the line's number in E.164.

        Raises:
            ValueError: with a sentence, when there is no such line.
        """

    async def act(self, call_id: str, do: Json) -> Json:
        """Go on with a call, for instance by ``{"do": "press", "digit": "1"}``.

        Raises:
            LookupError: there is no such call.
            ValueError: with a sentence, when that cannot be done now.
        """

    def subscribe(self, watcher: Callable[[Json], None]) -> Callable[[], None]:
        """Be told every call that changes; the answer ends that."""
