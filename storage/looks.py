"""When somebody last asked what is new. What is new is asked of those who know it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, select

from storage.desk_tables import LookRow
from storage.personal import Subject, listed
from storage.upsert import insert_many


class Looks:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush

    def last(self, person_id: str) -> datetime | None:
        """When the person last looked; None: never."""
        return self._session.scalar(select(LookRow.at).where(LookRow.person_id == person_id))

    def look(self, person_id: str) -> None:
        """The person looks now."""
        self._flush()
        insert_many(self._session, LookRow, [{"person_id": person_id, "at": self._now}], update=["at"])

    def personal(self, subject: Subject) -> dict[str, Any]:
        """When the person last looked."""
        query = select(LookRow.at).where(LookRow.person_id == subject.person_id)
        return {"last_look_at_news": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """It is forgotten."""
        self._session.execute(delete(LookRow).where(LookRow.person_id == subject.person_id))  # type: ignore[arg-type]
