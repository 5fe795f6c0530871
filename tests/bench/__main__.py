"""How fast `/phone help` is, beside a bare Bolt app on the same machine at the same time.

    python -m tests.bench            measure, and print a table
    python -m tests.bench --write    put it into the README as well

Both servers and the load run in processes of their own. The load goes to one and the other in turn,
several rounds, so that what else the machine does hits both alike.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import statistics
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.demo.world import ADMIN, GENERAL, World
from tests.bench.load import Load, Measured
from tests.processes import MODULE, ROOT, Installation

README = ROOT / "README.md"
MARKED = re.compile(r"(<!-- benchmark:begin -->\n).*?(<!-- benchmark:end -->)", re.DOTALL)

EXPECTED = {"ours": "/phone flow list", "bare": "ok"}
"""What stands in every answer of a server."""

Json = dict[str, Any]


@dataclass
class Tally:
    """All rounds of one server at one number of connections."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, measured: Measured) -> None:
        """One more round."""
        self.seconds += measured.seconds
        self.milliseconds += measured.milliseconds

    @property
    def per_second(self) -> float:
        """Requests a second."""
        return len(self.milliseconds) / self.seconds

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many per cent were answered."""
        return statistics.quantiles(self.milliseconds, n=100, method="inclusive")[percent - 1]


@dataclass(frozen=True)
class Row:
    """Both servers at one number of connections."""

    connections: int
    ours: Tally
    bare: Tally

    @property
    def ratio(self) -> float:
        """Our requests a second by the bare app's."""
        return self.ours.per_second / self.bare.per_second


@asynccontextmanager
async def servers(folder: Path, settings: Json) -> AsyncIterator[dict[str, str]]:
    """`switchboard run` and the bare app, each in its own process; gives where they listen."""
    installation = Installation(folder, os.environ | {"PYTHONPATH": str(ROOT)})
    installation.write(settings | {"log": {"format": "json"}})
    bare = (sys.executable, "-m", "tests.bench.bare")
    async with (
        installation.started("run", program=MODULE) as ours,
        installation.started(program=bare, stdin=json.dumps(settings)) as other,
    ):
        url = (await ours.logged("started"))["url"]
        await ours.logged("Slack is reached")
        yield {"ours": url, "bare": await other.printed()}


async def loaded(load: Load) -> Measured:
    """Put a load on a server, from a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.load", stdin=PIPE, stdout=PIPE, cwd=ROOT
    )
    out, _ = await process.communicate(json.dumps(asdict(load)).encode() + b"\n")
    if process.returncode:
        raise RuntimeError("the load was not answered rightly; see above")
    return Measured(**json.loads(out))


async def measure(connections: Sequence[int], *, rounds: int, each: int) -> list[Row]:
    """Measure both servers, in turn, at each number of connections.

    Args:
        each: how often each connection asks in a round.
    """
    with tempfile.TemporaryDirectory() as folder:
        world = World(port=0, folder=Path(folder))
        await world.start()
        settings = world.settings()
        secret = settings["slack"]["signing_secret"]
        rows = []
        try:
            async with servers(Path(folder), settings) as urls:
                for count in connections:
                    row = Row(count, Tally(), Tally())
                    for _ in range(rounds):
                        for name, tally in (("ours", row.ours), ("bare", row.bare)):
                            load = Load(
                                urls[name], secret, ADMIN, GENERAL, count, each, EXPECTED[name]
                            )
                            tally.add(await loaded(load))
                    rows.append(row)
        finally:
            await world.close()
        return rows


def table(rows: Sequence[Row]) -> str:
    """Everything that was measured, for a terminal."""
    head = ("connections", "our req/s", "bare req/s", "ratio", "our p50", "our p99", "bare p50",
            "bare p99")  # fmt: skip
    lines = [
        (
            str(row.connections),
            f"{row.ours.per_second:.0f}",
            f"{row.bare.per_second:.0f}",
            f"{row.ratio:.2f}",
            *(f"{t.percentile(p):.1f} ms" for t in (row.ours, row.bare) for p in (50, 99)),
        )
        for row in rows
    ]
    return "\n".join("  ".join(f"{cell:>11}" for cell in line) for line in (head, *lines))


def markdown(rows: Sequence[Row]) -> str:
    """What the README says of it."""
    lines = [
        "| connections | throughput, by the bare app's | p99 | p99 of the bare app |",
        "| ---: | ---: | ---: | ---: |",
        *(
            f"| {row.connections} | {row.ratio:.2f} | {row.ours.percentile(99):.1f} ms "
            f"| {row.bare.percentile(99):.1f} ms |"
            for row in rows
        ),
        "",
        f"Measured by `uv run python -m tests.bench --write` on {machine()}.",
    ]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """The machine in a few words."""
    cores = os.cpu_count() or 1
    return f"{cores} cores ({platform.machine()}), {platform.system()}, Python " + (
        platform.python_version()
    )


async def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--each", type=int, default=100, help="requests of a connection, a round")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    given = parser.parse_args()
    rows = await measure(given.connections, rounds=given.rounds, each=given.each)
    print(table(rows))
    print(machine())
    if given.write:
        text, times = MARKED.subn(
            lambda found: found[1] + markdown(rows) + found[2], README.read_text()
        )
        if not times:
            raise SystemExit("README.md: there is no place for the table between its two comments")
        README.write_text(text)


if __name__ == "__main__":
    asyncio.run(main())
