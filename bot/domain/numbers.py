"""Telephone numbers and the other things that stand where a number could.

A caller is a number, an extension, a short code, a SIP name, or withheld: five types, so that no
code guesses from a string which one it has. Numbers are E.164; how they read depends on the line's
country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult

from bot.domain.errors import UsageError

_TYPOGRAPHY = str.maketrans("\u2013\u2014\u2011\u00a0\u202f", "---  ")
_EXTENSION = re.compile(r"\d{2,6}")
_SIP_NAME = re.compile(r"[A-Za-z][\w.\-]*(@[\w.\-]+)?")
_WITHHELD = frozenset(
    {"", "anonymous", "unavailable", "withheld", "private", "restricted", "unknown", "blocked"}
)


@dataclass(frozen=True, slots=True, order=True)
class PhoneNumber:
    """A public number in E.164: `+442079460000`."""

    e164: str

    @classmethod
    def parse(cls, text: str, region: str | None = None) -> PhoneNumber:
        """Read a number in any usual spelling.

        Args:
            text: `+44 (0)20 7946 0000`, `020/79460000`, `tel:+44…`
            region: ISO country whose national form is understood without `+`

        Raises:
            UsageError: it is no number, or none without a country.
        """
        plain = text.translate(_TYPOGRAPHY).strip().removeprefix("tel:").replace("/", " ")
        plain = plain.replace("(0)", "")
        try:
            # Letters would be read as the keys that they stand on: "999 or so" is no number.
            number = None if re.search(r"[^\W\d_]", plain) else phonenumbers.parse(plain, region)
        except phonenumbers.NumberParseException:
            number = None
        # What only works within its own town (or is 110) has no spelling with a country.
        possible = number and phonenumbers.is_possible_number_with_reason(number)
        if number is None or possible != ValidationResult.IS_POSSIBLE:
            raise UsageError(
                f"“{text}” is not a telephone number.",
                hint="Write it with its country, like +44 20 7946 0000.",
            )
        return cls(phonenumbers.format_number(number, PhoneNumberFormat.E164))

    @property
    def region(self) -> str | None:
        """ISO country of the number, where the numbering plan tells."""
        return phonenumbers.region_code_for_number(phonenumbers.parse(self.e164))

    def shown(self, region: str | None = None) -> str:
        """How people of `region` write it: national form at home, international elsewhere."""
        number = phonenumbers.parse(self.e164)
        at_home = region is not None and self.region == region
        style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, style)

    def __str__(self) -> str:
        return self.shown()


@dataclass(frozen=True, slots=True)
class Extension:
    """A short internal number of one telephone system."""

    digits: str

    def __str__(self) -> str:
        return f"ext. {self.digits}"


@dataclass(frozen=True, slots=True)
class ShortCode:
    """A number too short or too special to be dialled from abroad: 999, *50."""

    digits: str

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True)
class SipName:
    """A caller that is a SIP user's name."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Withheld:
    """A caller who does not show a number. Two withheld callers are never the same caller."""

    def __str__(self) -> str:
        return "withheld number"


Party = PhoneNumber | Extension | ShortCode | SipName | Withheld


def read_party(text: str | None, region: str | None = None) -> Party:
    """What stands in a provider's "from" or "to"; never an error, for the call did happen."""
    word = (text or "").translate(_TYPOGRAPHY).strip()
    if word.lower() in _WITHHELD:
        return Withheld()
    if _EXTENSION.fullmatch(word) and not word.startswith("0"):
        return Extension(word)
    if _SIP_NAME.fullmatch(word):
        return SipName(word)
    try:
        return PhoneNumber.parse(word, region)
    except UsageError:
        return ShortCode(word)


def write_party(party: Party) -> str:
    """A spelling that `read_party` reads back to the same value; what the store keeps."""
    match party:
        case PhoneNumber(e164=value) | Extension(digits=value) | ShortCode(digits=value):
            return value
        case SipName(name=value):
            return value
        case Withheld():
            return ""


def masked(text: str) -> str:
    """The text with every long run of digits shortened to its last three: for logs.

    >>> masked("call from +442079460018 to 101")
    'call from …018 to 101'
    """
    return re.sub(r"\+?\d[\d ()\-]{5,}\d", lambda found: "…" + found.group()[-3:], text)
