"""Numbers: any usual spelling in, one spelling out, and short in logs."""

import re

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.errors import UsageError
from bot.domain.numbers import (
    Extension,
    Party,
    PhoneNumber,
    ShortCode,
    SipName,
    Withheld,
    masked,
    read_party,
    write_party,
)

REGIONS = ["GB", "DE", "FR", "IT", "US", "AU", "SE"]
LONDON = PhoneNumber("+442079460000")


@st.composite
def numbers(draw: st.DrawFn) -> PhoneNumber:
    """Real-looking numbers: an example of a country with its last digits changed."""
    number = phonenumbers.example_number(draw(st.sampled_from(REGIONS)))
    assert number is not None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return PhoneNumber(e164[:-3] + draw(st.text("0123456789", min_size=3, max_size=3)))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("+442079460000", None),
        ("+44 20 7946 0000", None),
        ("+44 (0)20 7946 0000", None),
        ("+44(0)20-7946-0000", None),
        ("+44/20/79460000", None),
        ("  +44 20 7946 0000\n", None),
        ("tel:+442079460000", None),
        ("tel:+44-20-7946-0000", None),
        ("+44\u00a020\u00a07946\u00a00000", None),
        ("+44\u202f20\u202f7946\u202f0000", None),
        ("+44\u201120\u20137946\u20140000", None),
        ("+44\u201020\u22127946 0000", None),
        ("\u202a+44 20 7946 0000\u202c", None),
        ("020 7946 0000", "GB"),
        ("020/79460000", "GB"),
        ("(020) 7946 0000", "GB"),
        ("020.7946.0000", "GB"),
        ("(0)20 7946 0000", "GB"),
        ("00 44 20 7946 0000", "GB"),
        ("00442079460000", "DE"),
        ("011 44 20 7946 0000", "US"),
        ("+44 20 7946 0000", "DE"),
    ],
)
def test_usual_spellings(text: str, region: str | None) -> None:
    assert PhoneNumber.parse(text, region) == LONDON


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("", None),
        ("sales", "GB"),
        ("020 7946 0000", None),
        ("+44", None),
        ("12", "GB"),
        ("7946 0000", "GB"),
        ("555 1234", "US"),
        ("110", "DE"),
        ("+999 1234567", None),
        ("+4420794600001234567", None),
    ],
)
def test_what_is_no_number(text: str, region: str | None) -> None:
    with pytest.raises(UsageError) as refused:
        PhoneNumber.parse(text, region)
    assert f"“{text}”" in refused.value.user_message
    assert "+44" in refused.value.hint


def test_a_leading_zero_that_belongs_to_the_number_stays() -> None:
    assert PhoneNumber.parse("06 698 12345", "IT").e164 == "+390669812345"


@given(number=numbers(), region=st.sampled_from(REGIONS))
def test_what_is_shown_is_read_back(number: PhoneNumber, region: str) -> None:
    assert PhoneNumber.parse(number.shown(region), region) == number
    assert PhoneNumber.parse(str(number)) == number


def test_at_home_numbers_read_as_they_do_there() -> None:
    assert LONDON.region == "GB"
    assert LONDON.shown("GB") == "020 7946 0000"
    assert LONDON.shown("DE") == str(LONDON) == "+44 20 7946 0000"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (None, Withheld()),
        ("", Withheld()),
        ("  ", Withheld()),
        ("Anonymous", Withheld()),
        ("UNAVAILABLE", Withheld()),
        ("101", Extension("101")),
        ("999999", Extension("999999")),
        ("7", ShortCode("7")),
        ("*50", ShortCode("*50")),
        ("0800", ShortCode("0800")),
        ("7946 0000", ShortCode("7946 0000")),
        ("020 7946 0000", LONDON),
        ("00442079460000", LONDON),
        ("+442079460000", LONDON),
        ("anna", SipName("anna")),
        ("anna.b-c@pbx.example.com", SipName("anna.b-c@pbx.example.com")),
        ("?!", ShortCode("?!")),
    ],
)
def test_what_stands_where_a_number_could(text: str | None, party: Party) -> None:
    assert read_party(text, "GB") == party


@given(text=st.text(), region=st.none() | st.sampled_from(REGIONS))
def test_whatever_stands_there_is_no_error(text: str, region: str | None) -> None:
    assert str(read_party(text, region)) or text.strip() == ""


texts = st.one_of(
    st.text(),
    st.text("+0123456789 ()-/.*#\u00a0\u2013"),
    st.sampled_from(["tel:+442079460000", "Anonymous", "anna@pbx", "(0)", "++44", "+1 (0)"]),
    numbers().map(lambda number: number.e164),
)


@given(text=texts, region=st.none() | st.sampled_from(REGIONS))
@example(text="(0)(0)101", region="GB")
def test_what_the_store_keeps_is_read_back(text: str, region: str | None) -> None:
    party = read_party(text, region)
    assert read_party(write_party(party)) == party


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("call from +442079460018 to 101", "call from …018 to 101"),
        ("020 7946 0018", "…018"),
        ("(020) 7946-0018.", "(…018."),
        ("101 and 102", "101 and 102"),
        ("", ""),
    ],
)
def test_logs_show_the_end_of_a_number(text: str, short: str) -> None:
    assert masked(text) == short


@given(number=numbers(), region=st.none() | st.sampled_from(REGIONS))
def test_no_number_is_left_in_a_log(number: PhoneNumber, region: str | None) -> None:
    for spelling in (number.e164, number.shown(region), number.e164.removeprefix("+")):
        told = masked(f"from {spelling}, twice: {spelling}")
        assert sum(character.isdigit() for character in told) <= 6 + spelling.startswith("(") * 2


@given(text=st.one_of(st.text(), st.text("0123456789 +()-x")))
def test_no_long_run_of_digits_is_left(text: str) -> None:
    assert re.search(r"\d{7}", masked(text)) is None
