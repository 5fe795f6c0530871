"""An inbound call on its way through a call flow.

It follows what the fact sheet says of Yay's engine (A4), also where the document says otherwise:
`extension` rings 60 seconds without a `duration`, `busy` ignores its `duration`, `voicemail` takes
the first mailbox only, module names are compared in lower case, a walk longer than 1,000 modules
stops silently, and a key that does not exist drops the call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from bot.demo.providers.yay.calls import (
    NoSuchLine,
    Ringer,
    SimulatedCall,
    in_words,
    is_keys,
    ringer_of,
)
from bot.demo.providers.yay.diary import flow_while_closed, is_closed
from bot.demo.providers.yay.flow_rules import VOICEMAIL_OF_DIALLED

if TYPE_CHECKING:
    from bot.demo.providers.yay.account import Account

MAX_STEPS = 1_000
RING_SECONDS = 60
DIAL_SECONDS = 30
KEY_SECONDS = 10
BUSY_SECONDS = 3
SOUND_SECONDS = 3
PIN_TRIES = 3

Module = Mapping[str, Any]


class _Waits:
    """Said by a module where the call stays until somebody decides, or has ended."""


_WAITS: Final = _Waits()
_Next = str | _Waits | None


class InboundCall(SimulatedCall):
    """Somebody from outside calls a number of the account.

    Raises:
        NoSuchLine: the account has no such number.
    """

    def __init__(
        self, account: Account, clock: Callable[[], datetime], from_: str, to: str
    ) -> None:
        line = account.line(to)
        if line is None:
            raise NoSuchLine(f"{account.name} has no number {to}.")
        super().__init__(account, clock, from_=from_, to=to, line=str(line["name"]))
        self._number = line
        self._modules: Mapping[str, Module] = {}
        self._waiting_at: Module = {}
        self._no_answer: str | None = None
        self._ring_seconds = RING_SECONDS
        self._count = 0
        self._tries = 0
        self._visits: Mapping[str, Callable[[Module], _Next]] = {
            "start": self._start,
            "recording": self._recording,
            "musiconhold": self._music_on_hold,
            "calleridmatch": self._caller_id_match,
            "play": self._play,
            "extension": self._extension,
            "pressextension": self._menu,
            "dialbyextension": self._menu,
            "busy": self._busy,
            "voicemail": self._voicemail,
            "conference": self._conference,
            "trunk": self._trunk,
            "fax": self._fax,
            "outofhours": self._out_of_hours,
            "sleep": self._sleep,
            "callflow": self._other_flow,
            "diary": self._diary,
            "forwardcall": self._forward_call,
            "callqueue": self._queue,
        }

    # From the number into a flow

    def _come_in(self) -> None:
        caller = "somebody who withholds the number" if self._withheld else self.from_
        self._add(f"A call from {caller} to {self.line or self.to}")
        if self._number["trunk"]:
            self._trunk({"uuid": self._number["trunk"]})
            return
        flow = self._number["call_flow"]
        if diary := self._account.diaries.get(self._number["out_of_hours"] or ""):
            closed = flow_while_closed(diary, self._clock())
            if closed is not None:
                self._add(f"Closed by the time diary “{diary['name']}”")
                flow = closed
        self._walk(self._enter(flow))

    @property
    def _withheld(self) -> bool:
        return self.from_ in ("anonymous", "unavailable")

    def _enter(self, uuid: object) -> str | None:
        """Changes to a flow and gives the key of its start."""
        flow = self._account.flows.get(str(uuid))
        if flow is None:
            return None
        self._add(f"Enters the call flow “{flow['name']}”")
        self._modules = flow["flow"]
        starts = (key for key, one in self._modules.items() if one["module"].lower() == "start")
        return next(starts, None)

    def _walk(self, key: _Next) -> None:
        while not isinstance(key, _Waits):
            self._count += 1
            if key is None or self._count > MAX_STEPS:
                self._end("missed", "The line goes dead")
                return
            module = self._modules.get(key)
            if module is None:
                self._end("missed", "The flow leads to a step that does not exist: the call drops")
                return
            name = str(module["module"])
            visit = self._visits.get(name.lower())
            if visit is None:
                self._end("missed", f"Reaches “{name}”, which this simulation cannot follow")
                return
            key = visit(module)

    # Modules that a call passes

    def _start(self, module: Module) -> _Next:
        return _key(module, "next")

    def _recording(self, module: Module) -> _Next:
        self._recorded = True
        self._add("The call is recorded from here on")
        return _key(module, "next")

    def _music_on_hold(self, module: Module) -> _Next:
        self._add(f"Hold music is now {self._called(module.get('class'))}")
        return _key(module, "next")

    def _caller_id_match(self, module: Module) -> _Next:
        subject = self.from_.removeprefix("+")
        found = next((p for p in module.get("patterns", ()) if _matches(p, subject)), None)
        if found is None:
            self._add("The caller matches none of the patterns")
            return _key(module, "nomatch")
        self._add(f"The caller matches “{found}”")
        return _key(module, "match")

    def _play(self, module: Module) -> _Next:
        self.seconds += SOUND_SECONDS
        self._add(f"Plays {self._called(module.get('sound'))}")
        return _key(module, "next")

    def _out_of_hours(self, module: Module) -> _Next:
        way = "closed" if is_closed(module, self._clock()) else "open"
        self._add(f"The company is {way} now")
        return _key(module, way)

    def _sleep(self, module: Module) -> _Next:
        milliseconds = int(module.get("duration", 0))
        self.seconds += milliseconds // 1000
        self._add(f"Silence for {milliseconds / 1000:g} s")
        return _key(module, "next")

    def _other_flow(self, module: Module) -> _Next:
        return self._enter(module.get("callflow_uuid"))

    def _diary(self, module: Module) -> _Next:
        diary = self._account.diaries.get(str(module.get("diary")))
        closed = flow_while_closed(diary, self._clock()) if diary else None
        return self._enter(closed)

    # Modules where telephones ring

    def _extension(self, module: Module) -> _Next:
        no_answer = _key(module, "noanswer")
        return self._try(
            module,
            self._ringers(module.get("extensions", ())),
            int(module.get("duration", RING_SECONDS)),
            no_answer,
            _key(module, "unavailable") or no_answer,
        )

    def _forward_call(self, module: Module) -> _Next:
        number = str(module.get("number"))
        return self._try(module, [Ringer(number, "forward")], RING_SECONDS, None, None)

    def _queue(self, module: Module) -> _Next:
        queue = self._account.queue_groups.get(str(next(iter(module.get("groups", ())), "")))
        members = queue["members"] if queue else ()
        items = [{"type": "sipuser", "uuid": uuid} for uuid in members]
        timeout = _key(module, "timeout")
        seconds = int(module.get("queue_timeout", RING_SECONDS))
        idle = _key(module, "no_registered") or timeout
        return self._try(module, self._ringers(items), seconds, timeout, idle)

    def _try(
        self,
        module: Module,
        ringers: Sequence[Ringer],
        seconds: int,
        no_answer: str | None,
        unavailable: str | None,
    ) -> _Next:
        if not ringers:
            self._add("Nobody who could ring is online")
            return unavailable
        self._waiting_at, self._no_answer, self._ring_seconds = module, no_answer, seconds
        self._ring(ringers, seconds)
        if ringtone := module.get("ringtone"):
            self.says = f"{self.says}, with {self._called(ringtone)} to listen to"
        return _WAITS

    def _ringers(self, items: Sequence[Module]) -> list[Ringer]:
        return list(dict.fromkeys(ringer for item in items for ringer in self._ringers_of(item)))

    def _ringers_of(self, item: Module) -> Iterator[Ringer]:
        """The telephones behind one item of `extensions`; those without a device stay silent."""
        match item.get("type"):
            case "forward":
                yield Ringer(str(item["number"]), "forward")
            case "sipuser":
                uuid = str(item.get("uuid"))
                if uuid in self._account.users and self._account.online(uuid):
                    yield ringer_of(self._account.users[uuid])
            case "huntgroup":
                group = self._account.groups.get(str(item.get("uuid")))
                for uuid in group["members"] if group else ():
                    yield from self._ringers_of({"type": "sipuser", "uuid": uuid})
            case "trunk":
                yield Ringer(self._account.name_of(item.get("uuid")), "trunk")

    def _picked_up(self, ringer: Ringer) -> None:
        whisper = self._waiting_at.get("announcement")
        if whisper:
            self._add(f"{ringer.name} hears {self._called(whisper)} first")
        self._connect(ringer, f"{ringer.name} answers")

    # Modules where the caller presses something

    def _menu(self, module: Module) -> _Next:
        self._waiting_at, self.state = module, "menu"
        sound = f"Plays {self._called(module['sound'])} and waits" if "sound" in module else "Waits"
        if self._dials(module):
            users = self._account.users.values()
            self.digits = sorted(str(user["extension"]) for user in users)
            self._add(f"{sound} for an extension")
        else:
            self.digits = sorted(way for way in module.get("next", {}) if is_keys(way))
            self._add(f"{sound} for a key: {in_words(self.digits) or 'none is set'}")
        return _WAITS

    @staticmethod
    def _dials(module: Module) -> bool:
        return str(module["module"]).lower() == "dialbyextension"

    def _pressed(self, digits: str) -> None:
        module = self._waiting_at
        if str(module["module"]).lower() == "conference":
            self._pin(digits)
            return
        ways = module.get("next", {})
        if not self._dials(module):
            if digits in ways:
                self._walk(ways[digits])
                return
            if module.get("dial_by_extension") is not True:
                self._add("That key leads nowhere")
                self._walk(_key(ways, "invalid"))
                return
        self._walk(self._dial(module, digits))

    def _dial(self, module: Module, digits: str) -> _Next:
        """Rings the SIP user with an extension; hops of the dialled are in `next` of a menu."""
        ways = module.get("next", {})
        user = self._account.user_at(digits)
        if user is None:
            self._add(f"Nobody has extension {digits}")
            return _key(ways, "invalid")
        no_answer = _key(module if self._dials(module) else ways, "noanswer")
        if no_answer == VOICEMAIL_OF_DIALLED:
            mailbox = {"mailboxes": [user["personal_mailbox"]], "module": "voicemail"}
            self._modules = {**self._modules, VOICEMAIL_OF_DIALLED: mailbox}
        ringers = self._ringers([{"type": "sipuser", "uuid": user["uuid"]}])
        seconds = int(module.get("dial_duration", DIAL_SECONDS))
        return self._try(module, ringers, seconds, no_answer, no_answer)

    def _timed_out(self) -> None:
        module = self._waiting_at
        if self.state == "ringing":
            self.seconds += self._ring_seconds
            self._add("Nobody answers")
            self._walk(self._no_answer)
            return
        seconds = "wait_duration" if self._dials(module) else "duration"
        self.seconds += int(module.get(seconds, KEY_SECONDS))
        self._add("The caller presses nothing")
        ways = module.get("next", {})
        self._walk(_key(ways, "timeout"))

    # Modules where the call ends

    def _busy(self, _module: Module) -> _Next:
        self.seconds += BUSY_SECONDS
        self._end("busy", "Hears the busy tone")
        return _WAITS

    def _voicemail(self, module: Module) -> _Next:
        uuid = next(iter(module.get("mailboxes", ())), None)
        if uuid not in self._account.mailboxes:
            return None
        name = str(self._account.mailboxes[uuid]["name"])
        self.state, self.digits = "voicemail", []
        self._answered_by = Ringer(name, "voicemail")
        self._add(f"The mailbox “{name}” asks for a message after the tone")
        return _WAITS

    def _conference(self, module: Module) -> _Next:
        self._waiting_at = module
        if module.get("pin"):
            self.state, self.digits = "menu", []
            self._add("Asks for the PIN of the conference")
        else:
            self._join()
        return _WAITS

    def _pin(self, digits: str) -> None:
        self._tries += 1
        if digits == self._waiting_at.get("pin"):
            self._join()
        elif self._tries < PIN_TRIES:
            self._add("That PIN is wrong: asks for it again")
        else:
            self._walk(None)

    def _join(self) -> None:
        self._connect(Ringer("Conference", "conference"), "Joins the conference")

    def _trunk(self, module: Module) -> _Next:
        trunk = Ringer(self._account.name_of(module.get("uuid")), "trunk")
        self._waiting_at, self._no_answer, self._ring_seconds = module, None, RING_SECONDS
        self.state, self._ringing, self.digits = "ringing", [trunk], []
        self._add(f"Rings at the trunk “{trunk.name}”")
        return _WAITS

    def _fax(self, _module: Module) -> _Next:
        self._connect(Ringer("Fax", "fax"), "A fax machine answers")
        return _WAITS

    def _called(self, uuid: object) -> str:
        return f"“{self._account.name_of(uuid)}”"


def _key(owner: Module, field: str) -> str | None:
    key = owner.get(field)
    return key if isinstance(key, str) else None


def _matches(pattern: str, subject: str) -> bool:
    try:
        return re.search(pattern, subject) is not None
    except re.error:
        return False
