"""Reads across accounts: one that is down is named, and a word finds what somebody means."""

from __future__ import annotations

import pytest

from bot.demo.providers.yay import SimulatedYay
from bot.demo.providers.yay.seed import SALES
from bot.demo.providers.yay.seed_flows import CALL_PETE
from bot.domain.errors import NotThere
from bot.domain.telephony import Kind
from bot.services.accounts import Accounts
from bot.services.inventory import MEMORY, Inventory
from tests.clock import FakeClock


@pytest.fixture
def both(accounts: Accounts, clock: FakeClock) -> Inventory:
    """The account that works, and the one with the wrong password."""
    return Inventory(accounts, clock)


def reads(yay: SimulatedYay, path: str) -> int:
    return [request.path for request in yay.account.requests].count(path)


# An account that is down


async def test_an_account_that_does_not_answer_is_named_beside_what_was_found(
    both: Inventory,
) -> None:
    found = await both.flows()
    assert {held.account for held in found.items} == {"london"}
    assert len(found.items) == 6
    assert found.unreachable == ["paris: Yay.com refused the credentials."]


async def test_with_nothing_to_look_in_that_is_what_it_says(
    accounts: Accounts, clock: FakeClock
) -> None:
    inventory = Inventory(Accounts([accounts.get("paris")]), clock)
    with pytest.raises(NotThere, match="No call flow can be looked up now") as refused:
        await inventory.flow("Sales menu")
    assert refused.value.hint == "paris: Yay.com refused the credentials."


# What somebody means


@pytest.mark.parametrize("text", ["Call Pete", "call pete", "501", f"london/{CALL_PETE}"])
async def test_a_flow_by_name_extension_or_id(inventory: Inventory, text: str) -> None:
    held = await inventory.flow(text)
    assert (held.account, held.value.id, held.value.name) == ("london", CALL_PETE, "Call Pete")


@pytest.mark.parametrize(
    "text", [SALES, "020 7946 0000", "+44 (0)20 7946 0000", "tel:+442079460000", "sales"]
)
async def test_a_number_in_any_spelling_or_by_name(inventory: Inventory, text: str) -> None:
    assert str((await inventory.number(text)).value.party) == "+44 20 7946 0000"


async def test_a_near_miss_is_suggested(inventory: Inventory) -> None:
    with pytest.raises(NotThere) as refused:
        await inventory.flow("Cal Pete")
    assert refused.value.user_message == "There is no call flow “Cal Pete”."
    assert refused.value.hint == "Did you mean “Call Pete”?"
    with pytest.raises(NotThere) as strange:
        await inventory.flow("zzz")
    assert strange.value.hint == ""


async def test_an_ambiguous_name_lists_what_to_say(inventory: Inventory, yay: SimulatedYay) -> None:
    flows = yay.account.flows
    twin = next(uuid for uuid, flow in flows.items() if flow["name"] == "Support")
    flows[twin]["name"] = "Call Pete"
    with pytest.raises(NotThere, match="More than one call flow is called “Call Pete”") as refused:
        await inventory.flow("Call Pete")
    assert f"london/{CALL_PETE}" in refused.value.hint
    assert f"london/{twin}" in refused.value.hint
    assert (await inventory.flow(f"london/{twin}")).value.id == twin


async def test_a_flow_is_read_anew(inventory: Inventory, yay: SimulatedYay) -> None:
    await inventory.search_flows("")
    yay.account.flows[CALL_PETE]["show_call_route_name"] = False
    held = await inventory.flow("Call Pete")
    assert reads(yay, f"/voip/flow/{CALL_PETE}") == 1
    assert held.value.name == "Call Pete"


@pytest.mark.parametrize(
    ("needle", "names"),
    [
        ("", {"Sales", "Support", "Manchester", "Freephone"}),
        ("sal", {"Sales"}),
        ("7946", {"Sales", "Support"}),
        ("020 7946 0001", {"Support"}),
        ("nothing", set()),
    ],
)
async def test_numbers_by_a_part_of_name_or_digits(
    inventory: Inventory, needle: str, names: set[str]
) -> None:
    found = await inventory.numbers(needle)
    assert {held.value.name for held in found.items} == names


# Names and searching


async def test_names_of_everything_that_flows_point_at(inventory: Inventory) -> None:
    names = await inventory.names("london")
    assert {"Pete Marsh", "Sales", "Harbour Sounds", "Office hours"} <= set(names.values())


async def test_what_cannot_be_read_has_no_names(inventory: Inventory, yay: SimulatedYay) -> None:
    yay.account.fail("/voip/sound", "refused", times=9)
    names = await inventory.names("london")
    assert "Pete Marsh" in names.values()
    assert "Welcome to Harbour & Finch" not in names.values()


async def test_searching_remembers_for_a_while(
    inventory: Inventory, yay: SimulatedYay, clock: FakeClock
) -> None:
    for typed in ("", "p", "pe", "pete"):
        found = await inventory.search("london", [Kind.EXTENSION], typed)
    assert [item.name for item in found] == ["Pete Marsh"]
    assert reads(yay, "/voip/user") == 1
    clock.forward(seconds=MEMORY.total_seconds() + 1)
    await inventory.search("london", [Kind.EXTENSION], "pete")
    assert reads(yay, "/voip/user") == 2


async def test_after_a_change_searching_looks_anew(inventory: Inventory, yay: SimulatedYay) -> None:
    assert [held.value.name for held in await inventory.search_flows("pete")] == ["Call Pete"]
    yay.account.flows[CALL_PETE]["name"] = "Call Peter"
    assert [held.value.name for held in await inventory.search_flows("peter")] == []
    inventory.forget()
    assert [held.value.name for held in await inventory.search_flows("peter")] == ["Call Peter"]


async def test_an_unknown_account(inventory: Inventory) -> None:
    with pytest.raises(NotThere) as refused:
        await inventory.search("lodnon", [Kind.SOUND], "")
    assert refused.value.hint == "Did you mean london?"
    with pytest.raises(NotThere) as strange:
        await inventory.search("zzz", [Kind.SOUND], "")
    assert strange.value.hint == "There are: london."
