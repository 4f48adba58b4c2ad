"""After a secret poll: what the database remembers beside its rows is made to go.

SQLite keeps the order of writing in its log and deleted rows in free pages; PostgreSQL keeps with each row the number
of the transaction that wrote it, the same for a voter and their ballot. So both tables are written anew, in the order
of their keys and with new numbers of ballots, and then the file is.
"""

import time
from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import Engine, delete, insert
from sqlmodel import Session, col, select

from bot.core.intents import At
from storage.due import Due
from storage.secret_ballots import new_number
from storage.secret_tables import SecretBallotRow, VoterRow
from storage.upsert import table_of

log = structlog.get_logger(__name__)

COMPACT = "compact"
"""Name of the timers that ask for it: they are done by `engine.clockwork` outside of any transaction."""
LONG_SECONDS = 5.0
"""Nothing else is written meanwhile; longer than this is worth a warning."""


class NotCompactedError(Exception):
    """Somebody reads the old state and doesn't end. Try again later."""


def ask(session: Session, poll_id: str, now: datetime) -> None:
    """Have it done as soon as this transaction is committed, or after the next start."""
    Due(session).arm(At(now, COMPACT, f"{COMPACT}:{poll_id}", {"poll": poll_id}))


def compact(engine: Engine, poll_ids: Iterable[str]) -> None:
    """Write the ballots of these polls anew, then the file. To be run where nobody else writes; repeating it does no
    harm.

    Raises:
        NotCompactedError: the log could not be emptied.
        SQLAlchemyError: the database's own errors: no space, away.
    """
    began = time.monotonic()
    with engine.connect().execution_options(write=True) as connection, Session(connection) as session:
        for poll_id in sorted(set(poll_ids)):
            _write_anew(session, poll_id)
        session.commit()
    if engine.dialect.name == "sqlite":
        _vacuum_sqlite(engine)
    else:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for model in (VoterRow, SecretBallotRow):
                connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table_of(model).name}")
    took = round(time.monotonic() - began, 2)
    (log.warning if took > LONG_SECONDS else log.info)("database compacted", seconds=took)


def _write_anew(session: Session, poll_id: str) -> None:
    voters = session.scalars(select(VoterRow.unit).where(VoterRow.poll_id == poll_id)).all()
    ballots = session.execute(
        select(SecretBallotRow.choices, SecretBallotRow.organisation).where(SecretBallotRow.poll_id == poll_id)
    ).all()
    for table, column in ((VoterRow, VoterRow.poll_id), (SecretBallotRow, SecretBallotRow.poll_id)):
        session.execute(delete(table).where(col(column) == poll_id))
    if voters:
        session.connection().execute(
            insert(table_of(VoterRow)), [{"poll_id": poll_id, "unit": unit} for unit in sorted(voters)]
        )
    if ballots:
        rows = [
            {"poll_id": poll_id, "number": new_number(), "choices": choices, "organisation": organisation}
            for choices, organisation in ballots
        ]
        session.connection().execute(insert(table_of(SecretBallotRow)), sorted(rows, key=lambda row: row["number"]))


def _vacuum_sqlite(engine: Engine) -> None:
    with engine.connect() as connection:
        # The driver opens no transaction of its own here (see `storage.engine`), and VACUUM takes none.
        cursor = connection.connection.cursor()
        try:
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            cursor.close()
    if busy:
        raise NotCompactedError("the log is still being read")
