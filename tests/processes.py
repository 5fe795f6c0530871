"""The console script as an operator runs it: a process of its own, in a folder with settings."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCRIPT = (str(Path(sys.executable).with_name("switchboard")),)
MODULE = (sys.executable, "-m", "bot")
ROOT = Path(__file__).parents[1]
PATIENCE = 30.0
"""Seconds after which a process that does not get on fails its test; nothing waits that long."""


def toml(value: Any, *, top: bool = True) -> str:
    """A tree of plain values as TOML."""
    if isinstance(value, Mapping):
        pairs = [f"{json.dumps(key)} = {toml(inner, top=False)}" for key, inner in value.items()]
        return "\n".join(pairs) if top else f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml(inner, top=False) for inner in value)}]"
    # TOML's strings, numbers and truths are JSON's.
    return json.dumps(value)


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error of `--json`, alone on stderr."""
        assert self.out == ""
        (line,) = self.err.splitlines()
        (name, error), *more = json.loads(line).items()
        assert (name, more) == ("error", [])
        return dict(error)

    @property
    def sentence(self) -> str:
        """The one line on stderr that a person reads."""
        (line,) = self.err.splitlines()
        assert "Traceback" not in line
        return line


@dataclass
class Running:
    """A process that runs; what it logs (as JSON) can be waited for."""

    process: asyncio.subprocess.Process
    lines: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    async def logged(self, event: str) -> dict[str, Any]:
        """The first line of the log with this event."""
        for line in self.lines:
            if line["event"] == event:
                return line
        while line := await self._line():
            self.lines.append(line)
            if line["event"] == event:
                return line
        raise AssertionError(f"it ended before it logged {event!r}:\n" + "\n".join(self.raw))

    async def _line(self) -> dict[str, Any]:
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            text = (await self.process.stderr.readline()).decode()
        if not text:
            return {}
        self.raw.append(text.rstrip())
        try:
            line: dict[str, Any] = json.loads(text)
        except ValueError:
            line = {"event": text.rstrip()}
        return line

    async def printed(self) -> str:
        """The next line on stdout."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            return (await self.process.stdout.readline()).decode().rstrip()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)

    async def ended(self) -> Ended:
        async with asyncio.timeout(PATIENCE):
            out, err = await self.process.communicate()
        code = self.process.returncode
        assert code is not None
        return Ended(code, out.decode(), "\n".join([*self.raw, err.decode()]).strip())

    async def kill(self) -> None:
        """End it at this instant, as a power cut would."""
        self.process.kill()
        await self.process.wait()


@dataclass
class Installation:
    """A folder in which the console script runs.

    Attributes:
        environment: variables of the process; nothing of ours is inherited.
    """

    folder: Path
    environment: dict[str, str]

    @property
    def file(self) -> Path:
        return self.folder / "switchboard.toml"

    def write(self, settings: Mapping[str, Any] | str) -> None:
        text = settings if isinstance(settings, str) else toml(settings)
        self.file.write_text(text, encoding="utf-8")

    async def run(
        self,
        *arguments: str,
        stdin: str | None = None,
        program: Sequence[str] = SCRIPT,
        **variables: str,
    ) -> Ended:
        """Run to the end."""
        async with self.started(*arguments, stdin=stdin, program=program, **variables) as running:
            return await running.ended()

    @asynccontextmanager
    async def started(
        self,
        *arguments: str,
        stdin: str | None = None,
        program: Sequence[str] = SCRIPT,
        **variables: str,
    ) -> AsyncIterator[Running]:
        """Start; what still runs when the block ends is killed."""
        process = await asyncio.create_subprocess_exec(
            *program,
            *arguments,
            cwd=self.folder,
            env={**self.environment, **variables},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None
        if stdin is not None:
            process.stdin.write(stdin.encode())
        process.stdin.close()
        running = Running(process)
        try:
            yield running
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


def environment(bytecode: Path) -> dict[str, str]:
    """The variables of a process: the least that it needs.

    Args:
        bytecode: where compiled modules are kept, so that only the first process compiles them.
    """
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(bytecode),
        "PYTHONWARNINGS": "error",
        "LANG": "C.UTF-8",
    }
