"""What people need to take part in a meeting. Told to organisers as sums alone."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.meetings import MeetingState
from storage.meeting_tables import MeetingRow, OccurrenceRow
from storage.personal import Subject, listed
from storage.sitting_tables import AccessNeedRow
from storage.upsert import insert_many


class Needs:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: rows here point to them.
    """

    def __init__(self, session: Session, flush: Callable[[], None]) -> None:
        self._session = session
        self._flush_people = flush

    def ask(self, meeting: str, person: str) -> bool:
        """Note that somebody is asked. False: they were asked before."""
        if self.of(meeting, person) is not None:
            return False
        self.put(meeting, person, ())
        return True

    def of(self, meeting: str, person: str) -> frozenset[str] | None:
        """What somebody needs; None: they were never asked."""
        row = self._session.get(AccessNeedRow, (meeting, person), populate_existing=True)
        return frozenset(row.needs.split()) if row else None

    def put(self, meeting: str, person: str, needs: Iterable[str]) -> None:
        """What somebody needs, in place of what they said before."""
        self._flush_people()
        row = {"meeting_id": meeting, "person_id": person, "needs": " ".join(sorted(needs))}
        insert_many(self._session, AccessNeedRow, [row], update=["needs"])

    def sums(self, meeting: str) -> dict[str, int]:
        """How many need what."""
        rows = self._session.scalars(select(AccessNeedRow.needs).where(AccessNeedRow.meeting_id == meeting))
        return dict(Counter(need for needs in rows for need in needs.split()))

    def forget(self, before: datetime) -> None:
        """Drop those of meetings that have nothing to come, nor had since an instant."""
        coming = select(OccurrenceRow.meeting_id).where(
            col(OccurrenceRow.starts_at) >= before, ~col(OccurrenceRow.cancelled)
        )
        open_ = select(MeetingRow.id).where(MeetingRow.state == MeetingState.OPEN, col(MeetingRow.id).in_(coming))
        self._session.execute(delete(AccessNeedRow).where(col(AccessNeedRow.meeting_id).not_in(open_)))

    def personal(self, subject: Subject) -> dict[str, Any]:
        """What the person said that they need, by meeting."""
        query = (
            select(MeetingRow.title, AccessNeedRow.needs)
            .join(MeetingRow, col(MeetingRow.id) == col(AccessNeedRow.meeting_id))
            .where(AccessNeedRow.person_id == subject.person_id)
        )
        return {"access_needs": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """Nothing of it stays."""
        self._session.execute(delete(AccessNeedRow).where(col(AccessNeedRow.person_id) == subject.person_id))
