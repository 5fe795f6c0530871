"""The command line. What a command needs is imported when it runs, so that `--help` is quick."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import sys
from collections.abc import Callable, Coroutine
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.domain.errors import BotError, OutcomeUnknown, ProviderError, SetupError, UsageError
from bot.domain.states import DeliveryState

if TYPE_CHECKING:
    from bot.settings import Settings

DONE, FAILED, WRONG_USAGE, UNKNOWN = 0, 1, 2, 3

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("switchboard-bot"))
        raise typer.Exit


@cli.callback()
def switchboard(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Switchboard: a team runs its telephony from Slack."""
    del version


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8080,
    *,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Run everything embedded: a small Slack in the browser, and a simulated account."""
    _run(lambda: _demo(port, browser=browser))


@cli.command()
def run() -> None:
    """Run the bot, from switchboard.toml and the environment."""
    _run(_bot)


@cli.command()
def check(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
) -> None:
    """Check settings, database, Slack, accounts and clock; exit 1 if anything is wrong."""
    _run(lambda: _check(as_json=as_json), as_json=as_json)


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    _run(_migrate)


@cli.command()
def replay(
    delivery_id: Annotated[int, typer.Argument(help="Id of a stored delivery, as logs name it.")],
) -> None:
    """Read one stored delivery of a provider again."""
    _run(lambda: _replay(delivery_id))


@cli.command()
def manifest(
    url: Annotated[
        str, typer.Option(help="Public address, for signed HTTP; without it: Socket Mode.")
    ] = "",
) -> None:
    """Print the Slack app manifest."""
    from bot.slack.declare import Catalogue
    from bot.slack.manifest import manifest as made
    from commands import GROUPS

    _print(made(Catalogue(GROUPS), url=url))


@cli.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
def api(
    context: typer.Context,
    account: Annotated[str, typer.Argument(help="Name of the account in the settings.")] = "",
    operation: Annotated[str, typer.Argument(help="As the provider names it, or its alias.")] = "",
    given: Annotated[list[str] | None, typer.Argument(help="key=value …")] = None,
    as_json: Annotated[
        str | None, typer.Option("--json", help="Parameters as JSON; - reads them from stdin.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Where raw bytes are written.")] = None,
    *,
    explain: Annotated[
        bool, typer.Option("--help", "-h", help="The operation's parameters.")
    ] = False,
) -> None:
    """Call one raw operation of a provider; without OPERATION, list them."""
    if not account:
        # Its --help is told by an operation; only without one it is the command's own.
        typer.echo(context.get_help(), err=not explain)
        raise typer.Exit(DONE if explain else WRONG_USAGE)

    async def work() -> int:
        from bot.api import call, describe, listing

        settings = _settings()
        if not operation:
            typer.echo(listing(settings, account))
        elif explain:
            typer.echo(describe(settings, account, operation))
        else:
            _print(await call(settings, account, operation, given or [], as_json, output))
        return DONE

    _run(work, as_json=True)


def main() -> None:
    """The console script."""
    cli(prog_name="switchboard")


async def _demo(port: int, *, browser: bool) -> int:
    import tempfile
    import webbrowser

    from bot.app import Program
    from bot.demo.world import World
    from bot.log import configure
    from bot.settings import parse
    from commands import GROUPS

    configure("warning", "console")
    stopped = _stopped()
    with tempfile.TemporaryDirectory(prefix="switchboard-demo-") as folder:
        world = World(port=port, folder=Path(folder))
        try:
            await world.start()
            program = Program(parse(world.settings()), GROUPS)
            try:
                await program.start()
                assert program.server is not None  # noqa: S101 - it has just been started
                world.meet(program.server.url)
                typer.echo(f"Switchboard's demo is at {world.url}")
                typer.echo("Ctrl-C ends it and leaves nothing.")
                if browser:
                    webbrowser.open(world.url)
                await stopped.wait()
            finally:
                await program.stop()
        finally:
            await world.close()
    return DONE


async def _bot() -> int:
    settings = _settings()
    stopped = _stopped()

    from bot.app import Program
    from bot.log import configure
    from commands import GROUPS

    configure(settings.log.level, settings.log.format)
    program = Program(settings, GROUPS)
    try:
        await program.database.reserve()
        await program.start()
        # What is there now stays for good; a look through all of it stops the bot for 100 ms.
        gc.freeze()
        await stopped.wait()
    finally:
        await program.stop()
    return DONE


async def _check(*, as_json: bool) -> int:
    from bot.doctor import examine

    findings = [finding async for finding in examine()]
    if as_json:
        _print({"ok": all(f.ok for f in findings), "findings": [f.as_dict() for f in findings]})
    else:
        for finding in findings:
            typer.echo(finding.line())
    return DONE if all(finding.ok for finding in findings) else FAILED


async def _replay(delivery: int) -> int:
    settings = _settings()

    from bot.app import Program
    from commands import GROUPS

    program = Program(settings, GROUPS)
    try:
        await program.database.migrate()
        reading = await program.services.intake.read(delivery)
    finally:
        await program.stop()
    if reading.state is not DeliveryState.DONE:
        sys.stderr.write(f"Delivery {delivery} is not understood: {reading.trouble}\n")
        return FAILED
    typer.echo(f"Delivery {delivery} was read; what it tells is in the database.")
    return DONE


async def _migrate() -> int:
    from bot.store.database import Database

    database = Database(_settings().database.url)
    try:
        before, after = await database.migrate()
    finally:
        await database.close()
    unchanged = f"The database is at the newest schema already ({after})."
    moved = f"The database was brought from {before or 'nothing'} to {after}."
    typer.echo(unchanged if before == after else moved)
    return DONE


def _settings() -> Settings:
    from bot.settings import load

    return load()


def _stopped() -> asyncio.Event:
    """Set once somebody wants us to stop, from now on and also while we still start."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _run(work: Callable[[], Coroutine[Any, Any, int]], *, as_json: bool = False) -> None:
    """Run a command to its exit code; every error is one sentence, never a traceback."""
    from bot.log import configure

    # What runs for long logs as the settings say; the others have stdout and their sentence.
    configure("error", "console")
    try:
        code = asyncio.run(work())
    except SetupError as wrong:
        code = _complain(wrong.user_message, wrong.hint, WRONG_USAGE, "setup", as_json=as_json)
    except BotError as wrong:
        code = _complain_of(wrong, as_json=as_json)
    raise typer.Exit(code)


def _complain_of(wrong: BotError, *, as_json: bool) -> int:
    details = {}
    if isinstance(wrong, ProviderError):
        names = ("provider", "operation", "code")
        details = {name: getattr(wrong, name) for name in names}
    code = FAILED
    if isinstance(wrong, OutcomeUnknown):
        code = UNKNOWN
    elif isinstance(wrong, UsageError):
        code = WRONG_USAGE
    return _complain(
        wrong.user_message, wrong.hint, code, wrong.kind, as_json=as_json, details=details
    )


def _complain(
    message: str,
    hint: str,
    code: int,
    kind: str,
    *,
    as_json: bool,
    details: dict[str, Any] | None = None,
) -> int:
    if as_json:
        nothing = {"provider": None, "operation": None, "code": None}
        error = {"kind": kind, "message": message, "hint": hint, **nothing, **(details or {})}
        sys.stderr.write(json.dumps({"error": error}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{message} {hint}".strip() + "\n")
    return code


if __name__ == "__main__":
    main()
