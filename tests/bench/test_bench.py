"""The benchmark runs, and says what it measured. How fast we are is no test's business."""

from __future__ import annotations

from bot.domain.people import Role
from bot.slack.declare import Catalogue
from commands import GROUPS
from commands.general import overview
from tests.bench.__main__ import MARKED, README, Row, Tally, markdown, measure, table


async def test_it_measures_both_servers() -> None:
    rows = await measure([1, 3], rounds=1, each=5)
    assert [row.connections for row in rows] == [1, 3]
    for row in rows:
        for tally in (row.ours, row.bare):
            assert len(tally.milliseconds) == 5 * row.connections
            assert 0 < tally.percentile(50) <= tally.percentile(99)
            assert tally.per_second > 0
    _, *lines = table(rows).splitlines()
    assert [line.split()[0] for line in lines] == ["1", "3"]


def test_what_the_readme_says() -> None:
    ours, bare = Tally(2.0, [1.0, 3.0] * 200), Tally(4.0, [10.0] * 400)
    said = markdown([Row(64, ours, bare)])
    assert "| 64 | 2.00 | 3.0 ms | 10.0 ms |" in said
    assert MARKED.search(README.read_text())


def test_the_help_is_made_once_for_a_role() -> None:
    catalogue = Catalogue(GROUPS)
    assert overview(catalogue, Role.AGENT) is overview(catalogue, Role.AGENT)
    assert overview(catalogue, Role.AGENT) != overview(catalogue, Role.ADMIN)
