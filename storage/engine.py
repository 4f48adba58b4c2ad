"""Connections: SQLite and PostgreSQL by URL alone, with the settings that keep votes.

Who needs a name of the database library outside `storage` takes it from here.
"""

import contextlib
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
)
from sqlmodel import Session, create_engine

__all__ = [
    "ArgumentError",
    "DatabaseBusyError",
    "OperationalError",
    "SQLAlchemyError",
    "Session",
    "make_url",
    "open_engine",
    "sqlite_file",
    "take_ownership",
    "unusable",
]

# Any fixed number: the key of the advisory lock that makes one process the owner of a PostgreSQL database.
_LOCK_KEY = 0x0B_0A_D9


class DatabaseBusyError(Exception):
    """Another process owns this database."""


def open_engine(url: str) -> Engine:
    """An engine for the URL (`sqlite:///path` or `postgresql://…`, which means psycopg).

    SQLite: WAL, synchronous=FULL, foreign keys, and no transaction of the driver's own: a connection with the execution
    option `write=True` begins with BEGIN IMMEDIATE, so that a read followed by a write can neither lose an update
    nor fail on upgrading its lock (measured: the driver's default loses 180 of 200 increments silently).

    A file that is not there is made readable by its owner alone, and so is a folder made for it.

    Errors don't show parameters: they may be what people wrote.
    """
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise ValueError("the database must be a file: one in memory would forget everything")
        if not parsed.database.startswith("file:"):  # SQLite's own kind of address
            _make_private(Path(parsed.database))
        engine = create_engine(parsed, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 5})
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    return create_engine(parsed, hide_parameters=True, pool_pre_ping=True)


def unusable(error: BaseException) -> bool:
    """Whether an error is the database's own (locked, full, gone) and no fault of what was to be written.

    A lock that can't be had back after a lost connection is one: the server may hold it for our own dead connection.
    """
    return isinstance(error, OperationalError | InterfaceError | InternalError | DatabaseBusyError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for another database."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _make_private(path: Path) -> None:
    # SQLite would make it with the umask's mode. Its -wal and -shm get the mode of the file.
    # What can't be made is left for SQLite to refuse: the command line knows its errors.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Any) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN DEFERRED")


def take_ownership(connection: Any) -> None:
    """On PostgreSQL: make this connection the owner of the database for as long as it lives.

    Raises:
        DatabaseBusyError: another process has it.
    """
    if connection.dialect.name != "postgresql":
        return
    # The lock is the session's: back in the pool the connection would keep it for nobody.
    connection.detach()
    if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_LOCK_KEY})").scalar():
        raise DatabaseBusyError
    connection.commit()
