"""News of calls: the two web hooks, and items of the call history.

No document describes the hooks. The fields are those which public receivers read (fact sheet A7);
times in them are wall clock times without a zone, the account's. Items of the history (A5) have a
few names of their own and come out the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from bot.domain.errors import DeliveryRefused
from bot.domain.numbers import Party, ShortCode, read_party
from bot.domain.telephony import CallSeen, Direction, Verdict
from bot.providers.base import Delivered
from bot.providers.yay.settings import YaySettings

CALL, VOICEMAIL = "call", "voicemail"
HOOKS = (CALL, VOICEMAIL)
"""Kinds of deliveries: Call Ended, Voicemail Notify."""

_MACHINES = frozenset({"voicemail", "mailbox"})
"""Values of `answer_type` with which nobody answered."""

_YES_OR_NO = {"yes": True, "no": False}


def _lower(value: Any) -> Any:
    # Lower case in queries, upper case in answers.
    return value.lower() if isinstance(value, str) else value


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def _truth(value: Any) -> Any:
    return _YES_OR_NO.get(value, value) if isinstance(value, str) else value


def _moment(value: Any) -> Any:
    """2019-10-18 9:58:35, with a T or a blank; with an offset where there is one."""
    if not isinstance(value, str):
        raise ValueError("is no time")  # noqa: TRY004 - pydantic reports a ValueError with its path
    text = value.strip().replace("T", " ")
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S%z"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is the account's
        except ValueError:
            continue
    raise ValueError("is no time like 2019-10-18 09:58:35")


_Words = Annotated[str | None, BeforeValidator(_as_text)]
_Word = Annotated[_Words, BeforeValidator(_lower)]
_Length = Annotated[int | None, Field(ge=0), BeforeValidator(_none_if_empty)]
_Time = Annotated[datetime, BeforeValidator(_moment)]


class _Call(BaseModel):
    """What both tellings of a call have; other fields are of no use to us."""

    uuid: str = Field(min_length=1, validation_alias=AliasChoices("uuid", "child_uuid"))
    call_type: Annotated[Direction, BeforeValidator(_lower)]
    caller: _Words = Field(alias="from")
    called: _Words = Field(alias="to")
    answered_by: _Words = None
    answer_type: _Word = None
    disposition: _Word = None

    def somebody_answered(self) -> bool:
        """Whether the call was taken, by no mailbox, as far as the fields tell."""
        if self.answer_type in _MACHINES:
            return False
        if {"answered_by", "answer_type"} & self.model_fields_set:
            return bool(self.answered_by or self.answer_type)
        # Asked last, because a menu that plays may count as an answer there.
        return self.disposition == "answered"


class _Ended(_Call):
    start: _Time
    end: Annotated[_Time | None, BeforeValidator(_none_if_empty)] = None
    duration: _Length = None
    billsec: _Length = None

    def rang_before_answer(self) -> int | None:
        """Seconds, where the talk is told apart from the whole."""
        if self.duration is None or self.billsec is None or self.billsec > self.duration:
            return None
        return self.duration - self.billsec


class _Item(_Call):
    call_start_time: int
    call_duration: _Length = None
    answered: Annotated[bool | None, BeforeValidator(_truth)] = None


_C = TypeVar("_C", bound=_Call)


def news(settings: YaySettings, delivered: Delivered) -> Iterator[CallSeen]:
    """The calls that a delivery tells of; none for a kind that is not known.

    Raises:
        DeliveryRefused: the delivery cannot be read; the sentence names the place.
    """
    if delivered.kind not in HOOKS:
        return
    try:
        body = json.loads(delivered.body)
    except (ValueError, RecursionError):
        raise DeliveryRefused("body: is no JSON.") from None
    ended = _read(_Ended, body, "")
    zone = ZoneInfo(settings.time_zone)
    start = _instant(ended.start, zone)
    if delivered.kind == VOICEMAIL:
        # The length has the message in it, so nothing tells how long it rang.
        yield _seen(ended, settings, Verdict.VOICEMAIL, start, None)
    elif ended.somebody_answered():
        yield _seen(ended, settings, Verdict.ANSWERED, start, ended.rang_before_answer())
    else:
        length = ended.duration
        if length is None and ended.end is not None:
            length = max(0, int((_instant(ended.end, zone) - start).total_seconds()))
        yield _seen(ended, settings, Verdict.MISSED, start, length)


def history(settings: YaySettings, items: Iterable[Any]) -> Iterator[CallSeen]:
    """The calls that items of the call history tell of.

    Raises:
        DeliveryRefused: an item cannot be read; the sentence names the place.
    """
    for index, row in enumerate(items):
        item = _read(_Item, row, f"result.{index}")
        answered = item.somebody_answered() if item.answered is None else item.answered
        yield _seen(
            item,
            settings,
            Verdict.ANSWERED if answered else Verdict.MISSED,
            datetime.fromtimestamp(item.call_start_time, UTC),
            None if answered else item.call_duration,
        )


def _seen(
    call: _Call, settings: YaySettings, verdict: Verdict, start: datetime, waited: int | None
) -> CallSeen:
    return CallSeen(
        id=call.uuid,
        direction=call.call_type,
        verdict=verdict,
        caller=_party(call.caller, settings.region),
        called=_party(call.called, settings.region),
        started_at=start,
        waited=waited,
        answered_by=(call.answered_by or "") if verdict is Verdict.ANSWERED else "",
    )


def _party(text: str | None, region: str) -> Party:
    """A number may come in E.164 without its plus."""
    party = read_party(text, region)
    if isinstance(party, ShortCode) and party.digits.isdigit() and len(party.digits) > 7:
        return read_party(f"+{party.digits}", region)
    return party


def _instant(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _read(model: type[_C], value: Any, place: str) -> _C:
    try:
        return model.model_validate(value)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        path = ".".join([*([place] if place else []), *(str(part) for part in first["loc"])])
        words = {"missing": "missing", "model_type": "is no object"}
        said = words.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise DeliveryRefused(f"{path or 'body'}: {said}.") from None
