"""A store on an empty database, one transaction at a time."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.core.refs import AccountRef
from storage.store import Store

T = TypeVar("T")
NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


class Box:
    """Each call of `do` is one committed transaction."""

    def __init__(self, engine: Engine, owners: frozenset[AccountRef] = frozenset()) -> None:
        self.engine = engine
        self.owners = owners
        self.now = NOW

    def do(self, job: Callable[[Store], T]) -> T:
        """Run the job with a fresh store, flush, commit."""
        with self.engine.connect().execution_options(write=True) as connection, Session(connection) as session:
            store = Store(session, self.now, self.owners)
            result = job(store)
            store.flush()
            session.commit()
            return result
