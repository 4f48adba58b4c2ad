"""`obrady init`: from nothing to a bot that knows its owner."""

import importlib
import os
import secrets
import sys
from collections.abc import Mapping
from datetime import timedelta
from getpass import getpass
from pathlib import Path
from typing import Any

import segno

from bot.config import ConfigError, load
from bot.core.people import Role
from bot.engine.clock import SystemClock
from bot.engine.lock import Locks
from bot.platforms.settings import names, settings_of
from bot.platforms.setup import Prompt, WayIn
from storage import schema
from storage.engine import open_engine
from storage.store import Store
from storage.writer import Writer

CODE_LIFETIME = timedelta(hours=24)
# No 0, O, 1, I or L: the code may have to be read aloud.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Terminal:
    """Asks in the terminal; what is secret is not shown while it is typed."""

    def ask(self, question: str, *, secret: bool = False) -> str:
        """One line; empty at the end of the input."""
        try:
            if secret and sys.stdin.isatty():
                return getpass(f"{question}: ")
            return input(f"{question}: ")
        except EOFError:
            return ""

    def tell(self, words: str) -> None:
        """Print."""
        sys.stdout.write(words + "\n")


async def init(path: Path, prompt: Prompt, *, force: bool = False) -> None:
    """Ask for the networks' accounts, check them, write the config readable by its owner alone, make the database, and
    show how the first owner gets in.

    Raises:
        ConfigError: there is a config already, or no network was given.
        AlreadyRunningError: a running bot uses the database.
    """
    if path.exists() and not force:  # noqa: ASYNC240 - nothing else runs yet
        raise ConfigError(f"{path} is there already. Edit it, or write a new one with: obrady init --force")
    tables: dict[str, dict[str, Any]] = {}
    for name in names():
        if name != "console":
            table = await importlib.import_module(f"bot.platforms.{name}.setup").interview(prompt)
            if table is not None:
                tables[name] = table
    if not tables:
        raise ConfigError("Without a network there is nothing to set up. To try the bot alone: obrady demo")
    _write(path, tables)
    prompt.tell(f"\nWritten: {path} (only you can read it).")
    await invite_owner(path, prompt)


async def invite_owner(path: Path, prompt: Prompt) -> None:
    """Make a one-time code and show the ways to use it."""
    settings = load(path)
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    locks = Locks()
    locks.database(settings.database.url)
    engine = open_engine(settings.database.url)
    writer = Writer(engine)
    try:
        if schema.is_empty(engine):
            schema.upgrade(engine)
        schema.check(engine)
        writer.start()
        now = SystemClock().now()
        await writer.run(lambda session: Store(session, now).people.invite(code, Role.OWNER, now + CODE_LIFETIME))
    finally:
        writer.close()
        engine.dispose()
        locks.release()
    prompt.tell("\nWho opens one of these first, within 24 hours, becomes the owner. Start the bot: obrady run")
    for name, table in settings.platforms.items():
        if name != "console":
            way: WayIn = await importlib.import_module(f"bot.platforms.{name}.setup").way_in(table, code)
            prompt.tell(f"\n{way.words}\n{way.link}\n")
            prompt.tell(_qr(way.link))


def _qr(link: str) -> str:
    """The link as a picture of half blocks."""
    matrix = [list(row) for row in segno.make(link, error="l").matrix_iter(border=2)]
    if len(matrix) % 2:
        matrix.append([0] * len(matrix[0]))
    blocks = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    return "\n".join(
        "".join(blocks[bool(upper), bool(lower)] for upper, lower in zip(matrix[i], matrix[i + 1], strict=True))
        for i in range(0, len(matrix), 2)
    )


def _write(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    for name, table in tables.items():
        settings_of(name).model_validate(table)
    lines = ["# Written by obrady init. Every key is explained by: obrady config", ""]
    for name, table in tables.items():
        lines.append(f"[platforms.{name}]")
        lines += [f"{key} = {_toml(value)}" for key, value in table.items()]
        lines.append("")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    # The file is never readable by others, not even for a moment.
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    temporary.replace(path)


def _toml(value: Any) -> str:
    """A string or a list of strings as TOML (a JSON string of printable characters is a TOML basic string)."""
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if not isinstance(value, str) or not value.isprintable():
        raise ConfigError("A value has characters that don't belong there (a line break?). Copy it again.")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
