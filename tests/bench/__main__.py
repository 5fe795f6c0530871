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
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.demo.world import World
from tests.bench.load import Load, Measured

ROOT = Path(__file__).parents[2]
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
async def server(name: str, settings: Json) -> AsyncIterator[str]:
    """One of the servers in its own process; gives where it listens."""
    process = await _python("-m", "tests.bench.servers", name)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(settings).encode() + b"\n")
    url = (await process.stdout.readline()).decode().strip()
    if not url:
        raise RuntimeError(f"the server {name} did not start")
    try:
        yield url
    finally:
        process.terminate()
        await process.communicate()


async def loaded(load: Load) -> Measured:
    """Put a load on a server."""
    process = await _python("-m", "tests.bench.load")
    out, _ = await process.communicate(json.dumps(asdict(load)).encode() + b"\n")
    if process.returncode:
        raise RuntimeError("the load was not answered rightly; see above")
    return Measured(**json.loads(out))


async def _python(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=PIPE, stdout=PIPE, cwd=ROOT
    )


async def measure(connections: Sequence[int], *, rounds: int, requests: int) -> list[Row]:
    """Measure both servers, in turn, at each number of connections."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        world = World(port=0, folder=Path(folder))
        await world.start()
        stack.push_async_callback(world.close)
        settings = world.settings()
        urls = {name: await stack.enter_async_context(server(name, settings)) for name in EXPECTED}
        secret = settings["slack"]["signing_secret"]
        rows = []
        for count in connections:
            tallies = {name: Tally() for name in EXPECTED}
            for _ in range(rounds):
                for name, tally in tallies.items():
                    load = Load(urls[name], secret, count, requests, EXPECTED[name])
                    tally.add(await loaded(load))
            rows.append(Row(count, tallies["ours"], tallies["bare"]))
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
        "| connections | requests a second, by those of a bare Bolt app | p99 | p99 of the bare app |",
        "| ---: | ---: | ---: | ---: |",
        *(
            f"| {row.connections} | {row.ratio:.2f} | {row.ours.percentile(99):.1f} ms "
            f"| {row.bare.percentile(99):.1f} ms |"
            for row in rows
        ),
        "",
        f"Measured by `uv run python -m tests.bench` on {machine()}.",
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
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=1500, help="a round and server")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    given = parser.parse_args()
    rows = await measure(given.connections, rounds=given.rounds, requests=given.requests)
    print(table(rows))
    print(machine())
    if given.write:
        text, times = MARKED.subn(
            lambda found: found[1] + markdown(rows) + found[2], README.read_text()
        )
        if not times:
            raise SystemExit("README.md: there is no place between bench comments")
        README.write_text(text)


if __name__ == "__main__":
    asyncio.run(main())
