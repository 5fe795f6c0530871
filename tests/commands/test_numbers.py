"""numbers and number: lists, pages, needles, and what a number says of itself."""

from __future__ import annotations

import pytest

from bot.demo.providers.yay.seed import uuid_of
from tests.stories.lines import SALES
from tests.stories.team import Team


async def test_all_numbers_with_their_flows(team: Team) -> None:
    await team.vera.types("/phone numbers")
    team.vera.sees_privately(
        "<tel:+442079460000|+44 20 7946 0000>  *Sales*", "Sales menu", "Call Pete", "4 numbers"
    )


@pytest.mark.parametrize(
    ("needle", "found"),
    [
        ("sales", ["+44 20 7946 0000"]),
        ("7946", ["+44 20 7946 0000", "+44 20 7946 0001"]),
        ("020 7946", ["+44 20 7946 0000", "+44 20 7946 0001"]),
        ("0161", ["+44 161 496 0000"]),
        ("“Freephone”", ["+44 808 157 0000"]),
    ],
)
async def test_numbers_with_a_needle(team: Team, needle: str, found: list[str]) -> None:
    await team.vera.types(f"/phone numbers {needle}")
    answer = team.vera.sees_privately(*found).words
    assert answer.count("<tel:") == len(found)
    assert f"{len(found)} number{'s' * (len(found) > 1)}" in answer


async def test_no_number_matches(team: Team) -> None:
    await team.vera.types("/phone numbers zebra")
    team.vera.sees_privately("There are no numbers that match “zebra”.")


async def test_numbers_on_pages_keep_the_needle(team: Team) -> None:
    first = next(iter(team.yay.account.numbers.values()))
    for number in range(40):
        row = {
            **first,
            "uuid": f"n{number}",
            "name": f"Extra {number:02}",
            "number": f"20794620{number:02}",
        }
        team.yay.account.numbers[f"n{number}"] = row
    await team.vera.types("/phone numbers extra")
    shown = team.vera.sees_privately("40 numbers, page 1 of 3", "Extra 14")
    assert "Sales" not in shown.words.replace("Sales menu", "")
    await team.vera.presses(shown, "More ▶")
    shown = team.vera.sees_privately("page 2 of 3", "Extra 15", "Extra 29")
    await team.vera.presses(shown, "More ▶")
    team.vera.sees_privately("page 3 of 3", "Extra 39")


async def test_a_page_that_is_gone_is_the_last_one(team: Team) -> None:
    first = next(iter(team.yay.account.numbers.values()))
    extra = {f"n{n}": {**first, "uuid": f"n{n}", "number": f"20794620{n:02}"} for n in range(20)}
    team.yay.account.numbers.update(extra)
    await team.vera.types("/phone numbers")
    shown = team.vera.sees_privately("24 numbers, page 1 of 2")
    for uuid in extra:
        del team.yay.account.numbers[uuid]
    await team.vera.presses(shown, "More ▶")
    team.vera.sees_privately("Sales", "4 numbers")


async def test_one_number_says_everything(team: Team) -> None:
    await team.vera.types("/phone number 0808 157 0000")
    team.vera.sees_privately("Freephone", "Call Pete", "Office hours", "no line", "london")
    await team.vera.types("/phone number Sales")
    team.vera.sees_privately("*Line*\nSales", "*Time diary*\nnone")


async def test_a_number_without_a_flow(team: Team) -> None:
    line = team.yay.account.line(SALES)
    assert line is not None
    line["call_flow"] = None
    await team.vera.types("/phone number Sales")
    team.vera.sees_privately("none")
    await team.boris.types("/phone flow assign Sales Support")
    team.boris.sees_privately("Send +44 20 7946 0000 to the call flow Support")


async def test_a_number_that_nobody_has(team: Team) -> None:
    await team.vera.types("/phone number 020 7946 9999")
    team.vera.sees_privately("There is no number “020 7946 9999”.")
    await team.vera.types("/phone number Salse")
    team.vera.sees_privately("There is no number “Salse”.", "Did you mean “Sales”?")


async def test_two_numbers_of_one_name(team: Team) -> None:
    line = team.yay.account.line(SALES)
    assert line is not None
    line["name"] = "Support"
    await team.vera.types("/phone number Support")
    answer = team.vera.sees_privately("More than one number is called “Support”.", "Say one:")
    reference = f"london/{uuid_of('number', 'Sales')}"
    assert reference in answer.words
    await team.vera.types(f"/phone number {reference}")
    team.vera.sees_privately("+44 20 7946 0000")


async def test_two_flows_of_one_name(team: Team) -> None:
    held = team.flow("Manchester")
    assert held is not None
    held["name"] = "Support"
    await team.vera.types("/phone flow show Support")
    team.vera.sees_privately("More than one call flow is called “Support”.", held["uuid"])
