"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells by dialect."""

from collections.abc import Iterable, Mapping, Sequence
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
    table = table_of(model)
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(table)
    update = list(update)
    if update:
        key = [column.name for column in table.primary_key]
        statement = statement.on_conflict_do_update(
            index_elements=key, set_={name: statement.excluded[name] for name in update}
        )
    else:
        statement = statement.on_conflict_do_nothing()
    session.connection().execute(statement, list(rows))
