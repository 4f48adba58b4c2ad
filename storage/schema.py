"""The schema's version: made and raised by Alembic's scripts inside the package, and checked.

Alembic is loaded by an upgrade alone: a bot that runs does without its 10 MB.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.engine import take_ownership

_MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaError(Exception):
    """The database and this version of the program don't fit; the message says what to do."""


def upgrade(engine: Engine) -> None:
    """Bring the schema to this version, in one transaction.

    On SQLite foreign keys rest meanwhile, since its ALTER TABLE copies tables, and are checked after.

    Raises:
        SchemaError: the schema is newer than this version, or rows were left without the row they point to.
        DatabaseBusyError: a running bot owns the database.
    """
    from alembic import command
    from alembic.config import Config

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
                config = Config()
                config.set_main_option("script_location", str(_MIGRATIONS))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
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
        current, head = _refuse_newer(connection), version()
        if current != head:
            raise SchemaError(
                f"The database's schema is {current or 'not there'}, this version needs {head}. "
                "Make a copy of the database, then run: obrady db upgrade"
            )


def version() -> str:
    """The schema that this version of the program needs."""
    return max(_known())


def is_empty(engine: Engine) -> bool:
    """Whether the database has no table yet, so that there is nothing to lose by making the schema."""
    with engine.connect() as connection:
        return not inspect(connection).get_table_names()


def _known() -> set[str]:
    """The revisions of this version: the scripts' names begin with them, and they rise."""
    return {script.stem.partition("_")[0] for script in (_MIGRATIONS / "versions").glob("[0-9]*.py")}


def _refuse_newer(connection: Connection) -> str | None:
    """The database's revision; None when it has none."""
    current = None
    if inspect(connection).has_table("alembic_version"):
        current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if current is not None and current not in _known():
        raise SchemaError(
            f"The database was made by a newer version of Obrady (schema {current}). "
            "Install that version again, or restore the copy from before its upgrade."
        )
    return current
