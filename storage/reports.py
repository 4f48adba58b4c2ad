"""Messages that members reported."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.refs import CardRef, ChatRef
from storage.desk import Desk, drop_items
from storage.desk_tables import ReporterRow, ReportRow
from storage.ids import new_id
from storage.personal import Subject, listed
from storage.upsert import insert_many

CARD = "report"
"""The kind of their cards."""


@dataclass(frozen=True, slots=True)
class Report:
    """A reported message. `words` only where the network has no `link` to it, and until it is handled."""

    id: str
    chat: ChatRef
    message_id: str
    link: str
    words: str


class Reports:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime, desk: Desk, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._desk = desk
        self._flush = flush

    def add(self, person_id: str, chat: ChatRef, message_id: str, link: str, words: str) -> tuple[Report, bool]:
        """Somebody reports a message. While it waits for a moderator, further reports of it join the first; the flag is
        False when this person reported it before."""
        self._flush()
        rows = self._session.scalars(
            select(ReportRow).where(
                ReportRow.platform == chat.platform,
                ReportRow.chat_id == chat.chat_id,
                ReportRow.message_id == message_id,
            )
        )
        row = next((one for one in rows if self._desk.waits(CardRef(CARD, one.id))), None)
        if row is None:
            row = ReportRow(
                id=new_id()[:16],
                platform=chat.platform,
                chat_id=chat.chat_id,
                message_id=message_id,
                link=link,
                words=words,
                at=self._now,
            )
            self._session.add(row)
            self._session.flush()
        new = self._session.get(ReporterRow, (row.id, person_id)) is None
        insert_many(self._session, ReporterRow, [{"report_id": row.id, "person_id": person_id, "at": self._now}])
        return _report(row), new

    def get(self, id_: str) -> Report | None:
        """A report by its id; None when it was forgotten."""
        row = self._session.get(ReportRow, id_)
        return _report(row) if row else None

    def reporters(self, id_: str) -> list[str]:
        """Who reported it, the first one first."""
        return list(
            self._session.scalars(
                select(ReporterRow.person_id)
                .where(ReporterRow.report_id == id_)
                .order_by(col(ReporterRow.at), col(ReporterRow.person_id))
            )
        )

    def handled(self, id_: str) -> None:
        """Its words are needed no more."""
        row = self._session.get(ReportRow, id_)
        if row is not None:
            row.words = ""

    def forget(self, before: datetime, limit: int) -> int:
        """Drop reports of before an instant, handled or not, at most `limit`. Returns how many."""
        old = list(self._session.scalars(select(ReportRow.id).where(col(ReportRow.at) < before).limit(limit)))
        self._session.execute(delete(ReporterRow).where(col(ReporterRow.report_id).in_(old)))
        self._session.execute(delete(ReportRow).where(col(ReportRow.id).in_(old)))
        drop_items(self._session, CARD, old)
        return len(old)

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The messages that the person reported, by where they stand; what they say is others'."""
        query = (
            select(ReporterRow.at, ReportRow.platform, ReportRow.chat_id, ReportRow.message_id)
            .join(ReportRow, col(ReportRow.id) == col(ReporterRow.report_id))
            .where(ReporterRow.person_id == subject.person_id)
            .order_by(col(ReporterRow.at), col(ReportRow.id))
        )
        return {"reports": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """The reports stay, by nobody."""
        self._session.execute(delete(ReporterRow).where(col(ReporterRow.person_id) == subject.person_id))


def _report(row: ReportRow) -> Report:
    return Report(row.id, ChatRef(row.platform, row.chat_id), row.message_id, row.link, row.words)
