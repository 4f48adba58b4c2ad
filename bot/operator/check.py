"""`obrady check`: what is wrong, and what to do about it."""

import importlib
import stat
from importlib.metadata import packages_distributions
from pathlib import Path

from bot.config import ConfigError, Settings, load
from bot.knowledge import Knowledge, Lexicon, SourceError
from bot.platforms.setup import Finding
from storage import schema
from storage.documents import revisions
from storage.engine import open_engine, sqlite_file
from storage.reading import open_for_reading

_OURS = ("bot", "handlers", "storage")


async def check(path: Path) -> list[Finding]:
    """Everything that can be looked at without running the bot, each fault with its cure."""
    findings = [*_packages()]
    try:
        settings = load(path)
    except ConfigError as error:
        return [*findings, *_documents(), Finding(False, "the config can't be used", str(error))]
    findings += [*_documents(settings.knowledge.glossary), *_stored(settings.database.url)]
    findings.append(Finding(True, f"{path} is read"))
    findings += [_database(settings), *_privacy(settings)]
    if not settings.owners():
        findings.append(Finding(True, "no owner is named in the config", "The one-time link of obrady init makes one."))
    networks = {name: table for name, table in settings.platforms.items() if name != "console"}
    if not networks:
        findings.append(Finding(False, "no network is configured", "Run: obrady init"))
    for name, table in networks.items():
        findings += await importlib.import_module(f"bot.platforms.{name}.setup").check(table)
    return findings


def _packages() -> list[Finding]:
    """The packages have common names: another distribution in the same environment could have overwritten them."""
    owners = packages_distributions()
    found = []
    for name in _OURS:
        others = sorted(set(owners.get(name, [])) - {"obrady"})
        if others:
            cure = f"Install obrady in an environment of its own (pipx, venv); {', '.join(others)} must not be in it."
            found.append(Finding(False, f"the package {name!r} also belongs to {', '.join(others)}", cure))
    return found or [Finding(True, "the installed packages are Obrady's own")]


def _documents(glossary: Path | None = None) -> list[Finding]:
    try:
        knowledge = Knowledge.shipped(Lexicon.shipped(glossary))
    except SourceError as error:
        return [Finding(False, "a document can't be read", str(error))]
    return [Finding(True, f"{len(knowledge.documents)} documents that ship are ready")]


def _database(settings: Settings) -> Finding:
    url = settings.database.url
    cure = "Check [database] url: the folder must be writable, the server must run, user and password must be right."
    try:
        engine = open_engine(url)
    except Exception as error:  # noqa: BLE001 - drivers raise what they like; the operator gets its kind and the cure
        return Finding(False, f"the database can't be opened ({type(error).__name__})", cure)
    try:
        if schema.is_empty(engine):
            return Finding(True, "the database is empty", "It is made at the first start.")
        schema.check(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except schema.SchemaError as error:
        return Finding(False, "the database is of another version", str(error))
    except Exception as error:  # noqa: BLE001 - see above
        return Finding(False, f"the database does not answer ({type(error).__name__})", cure)
    finally:
        engine.dispose()
    return Finding(True, "the database is of this version")


def _stored(url: str) -> list[Finding]:
    """The documents that were added, once there is a database that can be read."""
    try:
        with open_for_reading(url) as session:
            count = len(revisions(session))
    except Exception:  # noqa: BLE001 - what is wrong with the database is told beside this
        return []
    return [Finding(True, f"documents that were added to the database: {count}")] if count else []


def _privacy(settings: Settings) -> list[Finding]:
    """Who else on the machine can get at an SQLite database. Files that the bot made are its user's alone."""
    path = sqlite_file(settings.database.url)
    if path is None or not path.exists():
        return []
    files = [file for ending in ("", "-wal", "-shm", ".lock") if (file := path.with_name(path.name + ending)).exists()]
    open_ = [str(file) for file in files if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    folder = path.resolve().parent
    mode = folder.stat().st_mode
    found = []
    if open_:
        names = " ".join(open_)
        found.append(Finding(False, f"other users of this machine can get at {names}", f"Run: chmod 600 {names}"))
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        found.append(Finding(False, f"other users can replace files in {folder}", f"Run: chmod 700 {folder}"))
    elif mode & (stat.S_IRWXG | stat.S_IRWXO):
        found.append(Finding(True, f"other users can look into the folder {folder}", f"Better: chmod 700 {folder}"))
    return found
