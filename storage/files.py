"""Files that wait to be sent: kept from the handler's transaction until the last row that sends one is done."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists
from sqlmodel import Session, col

from bot.core.copies import State
from bot.core.files import File
from storage.file_tables import BlobRow
from storage.ids import new_id
from storage.tables import OutboxRow


class Files:
    """Of one transaction. One file for many chats is kept once."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._kept: dict[File, str] = {}

    def keep(self, file: File) -> str:
        """Its id, for the outbox."""
        if file not in self._kept:
            row = BlobRow(id=new_id(), name=file.name, mime=file.mime, content=file.content, at=self._now)
            self._session.add(row)
            self._session.flush()
            self._session.expunge(row)  # It isn't needed here any more, and it may be large.
            self._kept[file] = row.id
        return self._kept[file]


def read_file(session: Session, blob_id: str) -> File:
    """A file that was kept.

    Raises:
        KeyError: it is there no more.
    """
    row = session.get(BlobRow, blob_id)
    if row is None:
        raise KeyError(blob_id)
    return File(row.name, row.mime, row.content)


def release(session: Session, blob_ids: Collection[str] | None = None) -> None:
    """Drop those of the files (of all when None) that no row has still to send. What sends them must be flushed."""
    waits = exists().where(
        col(OutboxRow.blob_id) == col(BlobRow.id), col(OutboxRow.state).in_([State.PENDING, State.SENDING])
    )
    statement: Any = delete(BlobRow).where(~waits)
    if blob_ids is not None:
        statement = statement.where(col(BlobRow.id).in_(blob_ids))
    session.execute(statement)
