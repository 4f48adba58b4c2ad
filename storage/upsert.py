"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells by dialect."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def insert_many(
    session: Session,
    model: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    *,
    update: Iterable[str] = (),
) -> None:
    """Insert rows in one `executemany`. Where the primary key is there already the columns in `update` are replaced, or
    the row is left as it is when there are none.
    """
    if not rows:
        return
    statement = _insert(model, session.get_bind().dialect.name, tuple(update))
    session.connection().execute(statement, list(rows))


# Made once: a message alone in its transaction is ten statements, and making them takes as long as running them.
@cache
def _insert(model: type[SQLModel], dialect: str, update: tuple[str, ...]) -> Any:
    table = table_of(model)
    statement: Any = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    if not update:
        return statement.on_conflict_do_nothing()
    key = [column.name for column in table.primary_key]
    return statement.on_conflict_do_update(index_elements=key, set_={name: statement.excluded[name] for name in update})
