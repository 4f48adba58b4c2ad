"""Who said that they read an announcement. Only their number is told, and it outlives the rows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from storage.announcement_tables import AnnouncementReadRow, AnnouncementRow
from storage.upsert import insert_many


class Readers:
    """Of one transaction; arguments as those of `Announcements`."""

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush

    def add(self, id_: str, person_id: str) -> bool:
        """A person read it. False: they said so before."""
        if self._session.get(AnnouncementReadRow, (id_, person_id)) is not None:
            return False
        self._flush()
        row = {"announcement_id": id_, "person_id": person_id, "at": self._now}
        insert_many(self._session, AnnouncementReadRow, [row])
        return True

    def count(self, id_: str) -> int:
        """How many persons said that they read it."""
        known = self._session.scalar(
            select(func.count()).select_from(AnnouncementReadRow).where(AnnouncementReadRow.announcement_id == id_)
        )
        row = self._session.get(AnnouncementRow, id_)
        return int(known or 0) + (row.read_count if row else 0)

    def become_a_number(self, which: Any, limit: int | None = None) -> int:
        """Of these rows, at most `limit`, no more is kept than how many there were. Returns that."""
        rows = self._session.execute(
            select(AnnouncementReadRow.announcement_id, AnnouncementReadRow.person_id).where(which).limit(limit)
        ).all()
        for id_, person_id in rows:
            self._session.execute(
                update(AnnouncementRow)
                .where(col(AnnouncementRow.id) == id_)
                .values(read_count=AnnouncementRow.read_count + 1)
                .execution_options(synchronize_session=False)
            )
            self._session.execute(
                delete(AnnouncementReadRow).where(
                    col(AnnouncementReadRow.announcement_id) == id_, col(AnnouncementReadRow.person_id) == person_id
                )
            )
        return len(rows)
