"""The command line. Each error is one line that names cause and cure; exit code 1 is ours, 2 is a wrong call."""

import asyncio
import contextlib
import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer

from bot.app import App
from bot.asking import print_answer
from bot.config import ConfigError, Settings, example, load
from bot.core.when import Clock
from bot.engine.clock import SystemClock, VirtualClock
from bot.engine.lock import AlreadyRunningError, Locks
from bot.knowledge import SourceError
from bot.knowledge.evaluation import SetError
from bot.logs import set_up
from bot.operator import knowledge
from bot.operator.check import check as start_check
from bot.operator.documents import DocumentError
from bot.operator.export import export_audit
from bot.operator.export_poll import NoSuchPollError, export_poll, list_polls
from bot.operator.init import Terminal, invite_owner
from bot.operator.init import init as start_init
from bot.operator.options import CONFIG, ConfigOption
from bot.operator.status import show_status
from bot.platforms.console import Console
from bot.platforms.console.adapter import instant
from bot.platforms.console.lines import lines
from bot.platforms.console.script import Script
from bot.platforms.console.settings import Settings as ConsoleSettings
from bot.platforms.console.terminal import Terminal as Talk
from bot.platforms.console.terminal import to_stdout
from bot.platforms.port import FatalError
from storage import schema
from storage.engine import DatabaseBusyError, SQLAlchemyError, open_engine

log = structlog.get_logger(__name__)

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Obrady: the bot of NGO members."
)
db = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(db, name="db")
app.add_typer(knowledge.commands, name="knowledge")
export = typer.Typer(no_args_is_help=True, help="What the database holds, as files.")
app.add_typer(export, name="export")


class ExportForm(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSON = "json"


_KNOWN_ERRORS = (
    DocumentError,
    *(ConfigError, SetError, SourceError, FatalError, AlreadyRunningError, NoSuchPollError),
    schema.SchemaError,
)


def main() -> None:
    """Run the command line; known errors are one line on stderr."""
    try:
        app()
    except _KNOWN_ERRORS as error:
        sys.exit(f"obrady: {error}")
    except SQLAlchemyError as error:
        # The driver's own first line says what is wrong; the statement behind it may hold what people wrote.
        cause = str(getattr(error, "orig", error)).strip().split("\n")[0]
        sys.exit(f"obrady: the database can't be used: {cause}. Check [database] url in the config.")


@app.command()
def demo() -> None:
    """Talk to the bot in this terminal: no token, no server, no config. You are the owner."""
    with tempfile.TemporaryDirectory(prefix="obrady-demo-") as folder:
        settings = _settings(None, folder, ["ty"])
        set_up("ERROR", [])
        _prepare(settings)
        terminal = Talk(to_stdout, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ)
        clock = SystemClock()

        async def talk(console: Console, running: App) -> None:
            await terminal.run(console, running, clock, lines())

        _console(settings, clock, terminal.show, talk)


@app.command()
def console(
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines in and out, for programs.")] = False,
    owner: Annotated[list[str] | None, typer.Option(help="Make this name an owner (repeatable).")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="A settings file; without it the database is thrown away.")
    ] = None,
) -> None:
    """The bot on the embedded network, on the database of the config or on one that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="obrady-console-") as folder:
        settings = _settings(config, folder, owner or [])
        set_up(settings.logs.level, settings.secrets(), json=settings.logs.json_lines)
        _prepare(settings)
        if as_json:
            first, source = sys.stdin.readline(), sys.stdin
            clock = _clock_of(first)

            async def script(console: Console, running: App) -> None:
                await Script(console, running, clock, _print_json).run(_all_lines(first, lines(source)))

            _console(settings, clock, _print_json, script)
        else:
            terminal = Talk(to_stdout, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ)

            async def talk(console: Console, running: App) -> None:
                await terminal.run(console, running, SystemClock(), lines())

            _console(settings, SystemClock(), terminal.show, talk)


@app.command()
def run(config: ConfigOption = CONFIG) -> None:
    """Run the bot on the networks of the config until it is told to end (SIGTERM or Ctrl-C)."""
    settings = load(config)
    set_up(settings.logs.level, settings.secrets(), json=settings.logs.json_lines)
    if not set(settings.platforms) - {"console"}:
        raise ConfigError(f"{config} names no network. Run: obrady init, or see what obrady config prints.")
    _prepare(settings)

    async def serve() -> None:
        running, locks = App(settings), Locks()
        _end_on_signals(running)
        networks = running.platforms(locks)
        _spare_the_collector()
        try:
            await running.run(networks, locks)
        finally:
            locks.release()

    # The writer thread gives the interpreter's lock away at each step of SQLite and waits this long to get it back from
    # a busy event loop: with Python's 5 ms a burst takes a third longer (make bench).
    sys.setswitchinterval(0.0005)
    asyncio.run(serve())


def _spare_the_collector() -> None:
    """What is loaded by now stays to the end: a full search for garbage would walk through it, some 100 ms each time.

    What comes after is mostly freed without the collector, so it may look less often (make bench: a burst goes out half
    as fast again).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@app.command()
def init(
    config: ConfigOption = CONFIG,
    force: Annotated[bool, typer.Option("--force", help="Write over a config that is there.")] = False,
) -> None:
    """Set the bot up: accounts are asked for and checked, the config is written, the owner's one-time link is shown."""
    asyncio.run(start_init(config, Terminal(), force=force))


@app.command()
def invite(config: ConfigOption = CONFIG) -> None:
    """Show a new one-time link that makes whoever opens it first an owner. The bot must not be running."""
    asyncio.run(invite_owner(config, Terminal()))


@app.command()
def check(config: ConfigOption = CONFIG) -> None:
    """Look at everything that can be wrong and name each fault with its cure. Exit code 1 when there is one."""
    findings = asyncio.run(start_check(config))
    for finding in findings:
        typer.echo(f"{'ok' if finding.ok else 'NO'}  {finding.what}")
        if finding.cure:
            typer.echo(f"    → {finding.cure}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@app.command()
def status(
    config: ConfigOption = CONFIG,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show how the bot is doing, whether it runs or not: networks, what waits, failures, rooms, the desk."""
    show_status(config, sys.stdout, as_json=as_json)


@app.command("config")
def show_config() -> None:
    """Print an example config in which every setting is explained."""
    typer.echo(example(), nl=False)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What a member would ask.")],
    as_json: Annotated[bool, typer.Option("--json", help="The answer as one JSON object.")] = False,
    lang: Annotated[str | None, typer.Option(help="pl, en or uk; told from the question when left out.")] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="Also from the documents and prepared answers in its database, by its settings."),
    ] = None,
) -> None:
    """Answer a question from the documents that ship, without a network."""
    print_answer(question, lang, load(config), stored=config is not None, as_json=as_json)


@db.command("upgrade")
def db_upgrade(config: ConfigOption = CONFIG) -> None:
    """Bring the database to this version's schema."""
    settings = load(config)
    locks = Locks()
    locks.database(settings.database.url)
    engine = open_engine(settings.database.url)
    try:
        schema.upgrade(engine)
    except DatabaseBusyError:
        raise AlreadyRunningError("A running Obrady is using this database. Stop it first.") from None
    finally:
        engine.dispose()
        locks.release()
    typer.echo("The database is up to date.")


@export.command("audit")
def export_audit_log(
    config: ConfigOption = CONFIG,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day to be in it.")] = None,
) -> None:
    """Print the log of acts as CSV: who did what on what, and when; never how somebody voted."""
    export_audit(config, since.date() if since else None, sys.stdout)


@export.command("poll")
def export_one_poll(
    poll: Annotated[str | None, typer.Argument(help="Its id; without one all polls are listed.")] = None,
    form: Annotated[ExportForm, typer.Option("--format", help="csv or json.")] = ExportForm.CSV,
    config: ConfigOption = CONFIG,
) -> None:
    """Print the counts of a poll, or the list of polls; never how somebody voted."""
    if poll is None:
        list_polls(config, sys.stdout)
        return
    export_poll(config, poll, form.value, sys.stdout)


def _settings(config: Path | None, folder: str, owners: Sequence[str]) -> Settings:
    settings = load(config)
    if config is None:
        settings.database.url = f"sqlite:///{folder}/obrady.db"
    settings.people.owners += [f"console:{name}" for name in owners]
    return settings


def _prepare(settings: Settings) -> None:
    """Make the schema where there is nothing yet."""
    engine = open_engine(settings.database.url)
    try:
        if schema.is_empty(engine):
            schema.upgrade(engine)
    finally:
        engine.dispose()


def _console(
    settings: Settings,
    clock: Clock,
    show: Callable[[dict[str, Any]], None],
    talk: Callable[[Console, App], Any],
) -> None:
    async def run() -> None:
        table = settings.platforms.get("console")
        adapter = Console(show, table.files if isinstance(table, ConsoleSettings) else None)
        running = App(settings, clock)
        _end_on_signals(running)
        await running.run([adapter], Locks(), lambda: talk(adapter, running))

    asyncio.run(run())


def _clock_of(first: str) -> Clock:
    """Virtual where the first line is a "clock", else the machine's."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        request = json.loads(first)
        if isinstance(request, dict) and request.get("op") == "clock":
            at: datetime = instant(str(request["at"]))
            return VirtualClock(at)
    return SystemClock()


async def _all_lines(first: str, rest: AsyncIterator[str]) -> AsyncIterator[str]:
    yield first
    async for line in rest:
        yield line


def _print_json(shown: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _end_on_signals(running: App) -> None:
    """The first SIGTERM or Ctrl-C drains; the second ends at once."""
    loop = asyncio.get_running_loop()

    def end() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        log.info("ending: what is committed goes out first")
        running.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
