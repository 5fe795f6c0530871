"""The types of parameters, as the documents state them: checked before anything is sent."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from bot.providers.operations import FileContent

SMS_BYTES, MMS_BYTES = 160, 2048
"""The longest text. The document says characters, a public client measured bytes of UTF-8; in
bytes both hold."""

LONGEST_RANGE = 92
"""Days between two dates that one call may span."""

NEW = "new"
"""Stands where the id of a record would, so that a record is made."""

_ID = re.compile(r"\d+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def as_word(value: Any) -> Any:
    """A whole number as text, for ids and enumerations that look like one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _record_id(value: Any) -> str:
    word = str(as_word(value)).strip()
    if word == NEW or _ID.fullmatch(word):
        return word
    raise ValueError("is the id of the record to change, or the word new to make one")


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("is no day like 2026-03-29")


def _at_most(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > limit:
            raise ValueError(f"has {size} bytes, and {limit} is the most")
        return text

    return AfterValidator(check)


def _base64(value: Any) -> str:
    if isinstance(value, str):
        return _decodable(value)
    content = value.content if isinstance(value, FileContent) else value
    if not isinstance(content, bytes) or not content:
        raise ValueError("is a file: key=@PATH, or its content in base64")
    try:
        return _decodable(content.decode("ascii"))
    except ValueError:
        # A file as it is, rather than one that was encoded by hand.
        return base64.b64encode(content).decode()


def _decodable(text: str) -> str:
    plain = "".join(text.split())
    try:
        content = base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content:
        raise ValueError("is no content of a file in base64")
    return plain


def like(pattern: str, words: str) -> AfterValidator:
    """Text of a form, in ASCII; `words` say what is wrong with any other."""
    form = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise ValueError(words)
        return text

    return AfterValidator(check)


def _or(word: str, low: int, high: int, step: int = 1) -> AfterValidator:
    """A number within limits, or a word in its place."""

    def check(text: str) -> str:
        fits = _ID.fullmatch(text) and low <= int(text) <= high and int(text) % step == 0
        if not fits and text != word:
            steps = f" in steps of {step}" if step > 1 else ""
            raise ValueError(f"is {low} to {high}{steps}, or {word}")
        return text

    return AfterValidator(check)


def _places(value: Any) -> Any:
    # A number of JSON would become a long binary fraction.
    return str(value) if isinstance(value, float) else value


def _no_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("decimal_type", "input should be a number")
    return _places(value)


Word = Annotated[str, BeforeValidator(as_word)]
"""Text that may be empty, which is how a value is taken away."""

Given = Annotated[str, StringConstraints(min_length=1), BeforeValidator(as_word)]
"""Text that is not empty."""

Digits3 = Annotated[str, like(r"\d{3}", "is three digits, like 001")]

Did = Annotated[Word, like(r"\d{10,15}", "is no number; write its digits, like 5145550123")]
"""A number of the account, digits only."""

Dialled = Annotated[
    Word, like(r"\d{7,20}", "is no number; write its digits, abroad like 011442079460000")
]
"""A number as it is dialled from there, digits only: abroad it begins with 011."""

NorthAmerican = Annotated[
    Word, like(r"1?[2-9]\d{9}", "is no number of the United States or Canada; write ten digits")
]
"""Ten digits; texts go to the United States and Canada only."""

Email = Annotated[str, like(r"[^@\s]+@[^@\s]+", "is no mail address")]

WebAddress = Annotated[str, like(r"https?://\S+", "is no address like https://example.com")]
"""Begins with http:// or https://."""

Switch = Annotated[bool, PlainSerializer(lambda on: "1" if on else "0", return_type=str)]
"""Yes or no; travels as 1 or 0."""

Rehearsal = Annotated[
    bool, PlainSerializer(lambda on: "true" if on else None, return_type=str | None)
]
"""Only tried out. False is not sent at all, for whatever is sent might count as true."""


def _yes_or_no(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_yes_or_no)]
YesNoStrict = Annotated[Literal["yes", "no", "strict"], BeforeValidator(_yes_or_no)]
YesNoOnce = Annotated[Literal["yes", "no", "once"], BeforeValidator(_yes_or_no)]

Day = Annotated[date, BeforeValidator(_day)]
"""A date like 2026-03-29."""

Offset = Annotated[Decimal, BeforeValidator(_no_truth), Field(ge=-12, le=13)]
"""Hours that times are shifted by."""

Amount = Annotated[Decimal, BeforeValidator(_no_truth), Field(ge=0)]
"""Money, without its currency."""

Pause = Annotated[
    Decimal, BeforeValidator(_no_truth), Field(ge=0, le=10, multiple_of=Decimal("0.5"))
]
"""Seconds, in halves."""

RecordId = Annotated[
    str, BeforeValidator(_record_id), PlainSerializer(lambda id_: None if id_ == NEW else id_)
]
"""The id of a record that is changed, or `new`.

Where the provider reads a missing id as "make one", a lost id would make a second record instead of
changing the first. So it is required here, and making one is said.
"""

SmsWords = Annotated[Given, _at_most(SMS_BYTES)]
MmsWords = Annotated[Given, _at_most(MMS_BYTES)]

Base64 = Annotated[str, BeforeValidator(_base64)]
"""A file's content in base64; a file that is given as bytes is encoded."""

Delay = Annotated[Word, _or("none", 1, 15)]
Wait = Annotated[Word, _or("unlimited", 30, 1200, 30)]
Callers = Annotated[Word, _or("unlimited", 1, 60)]
RetryAfter = Annotated[Word, _or("none", 5, 60)]
WrapUp = Annotated[Word, _or("none", 1, 60)]
Every = Annotated[Word, _or("none", 15, 1200, 15)]

BillingType = Annotated[Literal["1", "2"], BeforeValidator(as_word)]
"""1 by the minute, 2 flat."""


def in_order(start: date, end: date) -> None:
    """Refuse a range that the provider would.

    Raises:
        ValueError: it ends before it begins, or is too long.
    """
    if end < start:
        raise ValueError("is before the first day")
    if (end - start).days > LONGEST_RANGE:
        raise ValueError(f"is more than {LONGEST_RANGE} days after the first")
