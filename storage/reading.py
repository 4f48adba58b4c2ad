"""A view of the database for who must not change it: exports and the like, also beside a running bot."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlmodel import Session

from storage.engine import open_engine
from storage.schema import SchemaError, check


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
