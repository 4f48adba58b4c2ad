"""The schema's version: made, raised and checked by Alembic's scripts inside the package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from storage.engine import take_ownership


class SchemaError(Exception):
    """The database and this version of the program don't fit; the message says what to do."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Bring the schema to this version, in one transaction.

    On SQLite foreign keys rest meanwhile, since its ALTER TABLE copies tables, and are checked after.

    Raises:
        SchemaError: the schema is newer than this version, or rows were left without the row they point to.
        DatabaseBusyError: a running bot owns the database.
    """
    with engine.connect().execution_options(write=True) as connection:
        take_ownership(connection)
        _refuse_newer(connection)
        connection.rollback()
        sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.cursor()
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                command.upgrade(_config(connection), "head")
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise SchemaError(
                        "The upgrade was undone: rows point to rows that are not there. Restore a backup."
                    )
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")
            raw.close()


def check(engine: Engine) -> None:
    """Refuse a schema that is not this version's.

    Raises:
        SchemaError: older, newer or somebody else's; the message names the command that helps.
    """
    with engine.connect() as connection:
        _refuse_newer(connection)
        current = MigrationContext.configure(connection).get_current_revision()
        head = ScriptDirectory.from_config(_config()).get_current_head()
        if current != head:
            raise SchemaError(
                f"The database's schema is {current or 'not there'}, this version needs {head}. "
                "Make a copy of the database, then run: obrady db upgrade"
            )


def is_empty(engine: Engine) -> bool:
    """Whether the database has no table yet, so that there is nothing to lose by making the schema."""
    with engine.connect() as connection:
        return not inspect(connection).get_table_names()


def _refuse_newer(connection: Connection) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise SchemaError(
            f"The database was made by a newer version of Obrady (schema {current}). "
            "Install that version again, or restore the copy from before its upgrade."
        )
