"""How quickly the bot starts, and how much memory it holds: `python -m tests.bench.start`.

Each figure is of a process of its own, with modules compiled already, as from the second start on.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp

from bot.demo.world import World
from tests.processes import Installation, Running, environment

ROUNDS = 5
ENOUGH = 0.005
"""Seconds between two looks at whether it is ready."""


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="switchboard-bench-") as folder:
        world = World(port=0, folder=Path(folder))
        await world.start()
        settings = world.settings() | {"log": {"format": "json"}}
        installation = Installation(Path(folder), environment(Path(folder) / "bytecode"))
        installation.write(settings)
        try:
            await _run(installation)  # compiles the modules, makes the database
            starts = [await _run(installation) for _ in range(ROUNDS)]
            pages = [await _demo(installation) for _ in range(ROUNDS)]
        finally:
            await world.close()
    seconds, processor, memory = zip(*starts, strict=True)
    _print("switchboard run to /readyz", seconds, "s", 1.5)
    _print("  processor time in that", processor, "s", 1.5)
    _print("memory when it is idle", memory, "MiB", 120)
    _print("switchboard demo to its page", pages, "s", 3)


async def _run(installation: Installation) -> tuple[float, float, float]:
    """Seconds until it is ready, seconds of processor time in them, MiB that it then holds."""
    began = time.perf_counter()
    async with installation.started("run") as running:
        url = (await running.logged("started"))["url"]
        await _until(f"{url}/readyz")
        seconds = time.perf_counter() - began
        processor, memory = _processor(running), _memory(running)
        running.stop()
        await running.ended()
    return seconds, processor, memory


async def _demo(installation: Installation) -> float:
    """Seconds until the page and what it shows can be read."""
    began = time.perf_counter()
    async with installation.started("demo", "--port", "0", "--no-browser") as running:
        url = (await running.printed()).rpartition(" ")[2]
        await _until(url)
        seconds = time.perf_counter() - began
        running.stop()
        await running.ended()
    return seconds


async def _until(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(url) as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(ENOUGH)


def _processor(running: Running) -> float:
    fields = Path(f"/proc/{running.process.pid}/stat").read_text(encoding="utf-8").split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _memory(running: Running) -> float:
    status = Path(f"/proc/{running.process.pid}/status").read_text(encoding="ascii")
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kib) / 1024


def _print(what: str, figures: Sequence[float], unit: str, most: float) -> None:
    figure = statistics.median(figures)
    spread = f"{min(figures):.2f} to {max(figures):.2f}"
    print(f"{what:<30} {figure:7.2f} {unit:<4} ({spread}; at most {most:g})")


if __name__ == "__main__":
    asyncio.run(main())
