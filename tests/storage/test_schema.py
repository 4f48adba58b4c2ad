"""The schema: one upgrade makes what the tables say; what doesn't fit is refused with the command that helps."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from storage import schema, tables
from storage.engine import open_engine
from storage.writer import Writer


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def test_a_fresh_upgrade_makes_what_the_tables_say(engine: Engine) -> None:
    assert schema.is_empty(engine)
    schema.upgrade(engine)
    assert not schema.is_empty(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_an_upgrade_of_an_up_to_date_database_changes_nothing(engine: Engine) -> None:
    schema.upgrade(engine)
    with Session(engine) as session:
        session.add(tables.CursorRow(name="telegram", value="7"))
        session.commit()
    schema.upgrade(engine)
    schema.check(engine)
    with Session(engine) as session:
        assert session.scalars(select(tables.CursorRow.value)).all() == ["7"]


def test_an_empty_database_is_refused_with_the_command_that_helps(engine: Engine) -> None:
    with pytest.raises(schema.SchemaError, match="obrady db upgrade"):
        schema.check(engine)


def test_an_older_schema_is_refused_with_the_command_that_helps(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect().execution_options(write=True) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        connection.commit()
    with pytest.raises(schema.SchemaError, match="copy of the database, then run: obrady db upgrade"):
        schema.check(engine)


def test_a_newer_schema_is_refused_by_check_and_by_upgrade(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect().execution_options(write=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    for step in (schema.check, schema.upgrade):
        with pytest.raises(schema.SchemaError, match=r"newer version.*9999"):
            step(engine)


def test_every_constraint_has_a_name(engine: Engine) -> None:
    schema.upgrade(engine)
    found = inspect(engine)
    for table in found.get_table_names():
        if table == "alembic_version":
            continue
        keys = [*found.get_foreign_keys(table), *found.get_unique_constraints(table)]
        assert all(key["name"] for key in keys), table


def test_a_row_without_the_row_it_points_to_is_refused(engine: Engine) -> None:
    schema.upgrade(engine)
    now = "2026-12-01 17:00:00+00:00"
    orphan = text(f"INSERT INTO account VALUES ('memory', '1', 'nobody', '{now}')")  # noqa: S608
    with engine.connect().execution_options(write=True) as connection, pytest.raises(IntegrityError):
        connection.execute(orphan)


async def test_an_upgrade_leaves_the_database_free_for_its_owner(database_url: str) -> None:
    """The upgrade's own lock must not outlive it, even while its engine still holds connections."""
    upgrading, running = open_engine(database_url), open_engine(database_url)
    try:
        schema.upgrade(upgrading)
        writer = Writer(running)
        writer.start()
        writer.close()
    finally:
        upgrading.dispose()
        running.dispose()


def test_the_pages_of_an_sqlite_file_are_safe(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    # 2 is FULL: a commit is on the disk before it is acknowledged.
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="must be a file"):
        open_engine("sqlite://")
