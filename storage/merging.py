"""Two persons turn out to be one: what points to the one is made to point to the other, in every table."""

from collections.abc import Iterator

from sqlalchemy import Column, Table, UniqueConstraint, delete, exists, update
from sqlmodel import Session, SQLModel

from storage.tables import PersonRow
from storage.upsert import table_of


def references() -> Iterator[tuple[Table, "Column[str]"]]:
    """Every column that points to a person."""
    person = table_of(PersonRow).c.id
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            if any(key.column is person for key in column.foreign_keys):
                yield table, column


def move_references(session: Session, old: str, new: str) -> None:
    """Give `new` all that belongs to `old`. Where only one of two rows can stay (both follow an area) `new`'s does.

    A table that has to choose by more than that does so before this is called.
    """
    connection = session.connection()
    for table, column in references():
        for others in _keys(table, column):
            twin = table.alias()
            same = [twin.c[other.name] == other for other in others]
            connection.execute(delete(table).where(column == old, exists().where(twin.c[column.name] == new, *same)))
        connection.execute(update(table).where(column == old).values({column.name: new}))
    # Rows that the session has read name the old person.
    session.expire_all()


def _keys(table: Table, column: "Column[str]") -> Iterator[list["Column[str]"]]:
    """The other columns of each key of the table that this column is in."""
    keys = [list(table.primary_key.columns)]
    keys += [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys += [list(index.columns) for index in table.indexes if index.unique and not _partial(index.dialect_kwargs)]
    for key in keys:
        if any(one is column for one in key):
            yield [one for one in key if one is not column]


def _partial(options: object) -> bool:
    return any(name.endswith("_where") and value is not None for name, value in dict(options).items())  # type: ignore[call-overload]
