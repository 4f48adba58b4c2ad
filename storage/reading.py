"""The database for commands beside a running bot: a view for who must not change it, and a way to write documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlmodel import Session

from storage.engine import open_engine
from storage.schema import SchemaError, check, is_empty, upgrade
from storage.store import Store


@contextmanager
def open_for_reading(url: str) -> Iterator[Session]:
    """A consistent view of a database that is there; the database itself refuses any write.

    Raises:
        SchemaError: there is no such SQLite file (none is made), or the schema is not this version's.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise SchemaError(f"There is no database at {parsed.database} yet. The bot makes it when it starts: obrady run")
    engine = open_engine(url)
    try:
        check(engine)
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA query_only=ON")
            else:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            with Session(connection) as session:
                yield session
    finally:
        engine.dispose()


@contextmanager
def open_for_documents(url: str, now: datetime) -> Iterator[Store]:
    """One short transaction that writes documents, also beside a running bot: it keeps nothing of them that this could
    make wrong, and looks for changes by itself (decision 0022).

    Raises:
        SchemaError: the schema is not this version's.
    """
    engine = open_engine(url)
    try:
        if is_empty(engine):
            upgrade(engine)
        check(engine)
        with engine.connect().execution_options(write=True) as connection, Session(connection) as session:
            store = Store(session, now)
            yield store
            store.flush()
            session.commit()
    finally:
        engine.dispose()
