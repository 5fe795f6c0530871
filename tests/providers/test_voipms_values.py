"""Routings, members, choices and time rules: strings there, values here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.providers.voipms.codes import CLASSES, CodeClass, class_of
from bot.providers.voipms.hours import COLUMNS, WEEKDAYS, TimeRule, TimeRules
from bot.providers.voipms.routing import (
    HEADERS,
    MEMBER_HEADERS,
    SYSTEM,
    Choice,
    Choices,
    Member,
    Members,
    Routing,
)

RECORDS = st.text("abcXYZ0189_@.:-", min_size=1, max_size=20)
ROUTINGS = st.one_of(
    st.builds(
        Routing,
        st.sampled_from([header for header in HEADERS if header not in ("sys", "none")]),
        RECORDS,
    ),
    st.builds(Routing, st.just("sys"), st.sampled_from(SYSTEM)),
    st.just(Routing("none")),
)
MEMBERS = st.one_of(
    st.builds(Member, st.builds(Routing, st.sampled_from(MEMBER_HEADERS), RECORDS)),
    st.builds(
        Member,
        st.builds(Routing, st.sampled_from(MEMBER_HEADERS), RECORDS),
        st.integers(1, 60),
        st.booleans(),
    ),
)
RULES = st.builds(
    TimeRule,
    st.sampled_from(WEEKDAYS),
    st.sampled_from(WEEKDAYS),
    st.tuples(st.integers(0, 23), st.integers(0, 59)),
    st.tuples(st.integers(0, 23), st.integers(0, 59)),
)


@given(ROUTINGS)
def test_a_routing_reads_back(routing: Routing) -> None:
    assert Routing.parse(str(routing)) == routing


@given(st.lists(MEMBERS, min_size=1, max_size=8))
def test_members_read_back(each: list[Member]) -> None:
    members = Members(tuple(each))
    assert Members.parse(str(members)) == members


@given(st.dictionaries(st.text("0123456789*#ti", min_size=1, max_size=2), ROUTINGS, min_size=1))
def test_choices_read_back(each: dict[str, Routing]) -> None:
    choices = Choices(tuple(Choice(key, to) for key, to in each.items()))
    assert Choices.parse(str(choices)) == choices


@given(st.lists(RULES, min_size=1, max_size=12))
def test_rules_make_lists_of_one_length(each: list[TimeRule]) -> None:
    rules = TimeRules(tuple(each))
    columns = rules.columns()
    assert tuple(columns) == COLUMNS
    assert {len(column.split(";")) for column in columns.values()} == {len(each)}
    assert TimeRules.of(columns) == rules


def test_the_documented_lists() -> None:
    lists = {
        "starthour": "8;8",
        "startminute": "0;0",
        "endhour": "16;12",
        "endminute": "0;0",
        "weekdaystart": "mon;sat",
        "weekdayend": "fri;sat",
    }
    rules = TimeRules.of(lists)
    assert rules.each == (
        TimeRule("mon", "fri", (8, 0), (16, 0)),
        TimeRule("sat", "sat", (8, 0), (12, 0)),
    )
    assert rules.columns() == lists


@pytest.mark.parametrize("name", COLUMNS)
def test_lists_of_unequal_length_are_no_rules(name: str) -> None:
    lists = TimeRules((TimeRule("mon", "fri", (8, 0), (16, 0)),) * 2).columns()
    for wrong in (lists[name].split(";")[0], f"{lists[name]};{lists[name]}"):
        with pytest.raises(ValueError, match="unequal"):
            TimeRules.of({**lists, name: wrong})
    with pytest.raises(ValueError, match=f"{name} is missing"):
        TimeRules.of({key: value for key, value in lists.items() if key != name})


@pytest.mark.parametrize(
    ("text", "header", "record"),
    [
        ("account:100001_VoIP", "account", "100001_VoIP"),
        ("fwd:1026", "fwd", "1026"),
        ("none:", "none", ""),
        ("sys:echo", "sys", "echo"),
        ("sip:5552223333@sip.voip.ms:5060", "sip", "5552223333@sip.voip.ms:5060"),
    ],
)
def test_documented_routings(text: str, header: str, record: str) -> None:
    routing = Routing.parse(text)
    assert (routing.header, routing.record, str(routing)) == (header, record, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("15555", "is no routing"),
        ("none", "is no routing"),
        ("", "is no routing"),
        ("fax:1", "“fax” is no header"),
        ("FWD:1", "“FWD” is no header"),
        ("fwd:", "the id of one record"),
        ("fwd:1;fwd:2", "the id of one record"),
        ("fwd:1 2", "the id of one record"),
        ("sys:coffee", "one of hangup"),
        ("none:1", "nothing follows"),
    ],
)
def test_what_is_no_routing(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Routing.parse(text)
    assert Routing.seen(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "vm:101",
        "account:1,25",
        "account:1,0,0",
        "account:1,61,0",
        "account:1,25,2",
        "account:1,25,0,0",
        "account:1;;fwd:2",
        "account:1,soon,0",
    ],
)
def test_what_are_no_members(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Members.parse(text)


@pytest.mark.parametrize("text", ["", "1", "1=", "=fwd:1", "1=fwd:1;1=fwd:2", "1=fwd:1;;2=fwd:2"])
def test_what_are_no_choices(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Choices.parse(text)


def test_two_spellings_of_a_member_are_the_same() -> None:
    bare, full = Members.parse("account:100001;account:100001,25,0").each
    assert bare != full
    assert bare.effective() == full.effective() == full
    assert str(Choices.parse("1=sip:5096 ; 2=fwd:20222")) == "1=sip:5096;2=fwd:20222"


def test_the_table_of_codes() -> None:
    assert len(CLASSES) == 480
    empty = [code for code, kind in CLASSES.items() if kind is CodeClass.EMPTY]
    assert len(empty) == 32
    for failure in ("no_callstatus", "no_base64file", "no_change_billingtype", "no_provision"):
        assert class_of(failure) not in (CodeClass.EMPTY, None)
    assert {"Invalid_threshold", "Unable_to_purchase"} <= set(CLASSES)
    assert class_of("invalid_threshold") is class_of("Invalid_threshold") is CodeClass.INVALID
    assert class_of("no_subaccount") is None
