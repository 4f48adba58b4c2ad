"""Lines that were marked for the minutes of a meeting, and its tasks."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.sittings import Kind, Line, LineState
from storage.ids import new_id
from storage.meeting_tables import MeetingRow, OccurrenceRow
from storage.personal import Subject, listed
from storage.sitting_tables import MinuteRow
from storage.upsert import insert_many


class Minutes:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: rows here point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush_people = flush

    def mark(
        self,
        occurrence: str,
        kind: Kind,
        words: str,
        author: str | None,
        *,
        accepted: bool,
        owner: str | None = None,
        due: date | None = None,
    ) -> Line:
        """Keep a line: for good, or until a moderator decides."""
        self._flush_people()
        last = self._session.scalar(select(func.max(MinuteRow.seq)).where(MinuteRow.occurrence_id == occurrence))
        state = LineState.ACCEPTED if accepted else LineState.PROPOSED
        line = Line(new_id()[:16], occurrence, (last or 0) + 1, kind, words, state, author, owner, due)
        row = {
            "id": line.id,
            "occurrence_id": occurrence,
            "seq": line.number,
            "kind": kind,
            "words": words,
            "state": state,
            "author_id": author,
            "owner_id": owner,
            "due": due.isoformat() if due else None,
            "done": False,
            "at": self._now,
        }
        insert_many(self._session, MinuteRow, [row])
        return line

    def get(self, id_: str) -> Line | None:
        """A line by its id."""
        row = self._session.get(MinuteRow, id_, populate_existing=True)
        return _line(row) if row else None

    def of(self, occurrence: str, state: LineState = LineState.ACCEPTED) -> list[Line]:
        """The lines of a meeting in one state, in the order in which they were marked."""
        return self._list(MinuteRow.occurrence_id == occurrence, MinuteRow.state == state)

    def numbered(self, occurrence: str, number: int) -> Line | None:
        """The accepted line with this number."""
        here = (MinuteRow.occurrence_id == occurrence, MinuteRow.seq == number)
        return next(iter(self._list(*here, MinuteRow.state == LineState.ACCEPTED)), None)

    def tasks(self, owner: str | None = None, *, limit: int) -> list[Line]:
        """Tasks that are not done, of a person or anybody's; those with a day first."""
        mine = (MinuteRow.owner_id == owner,) if owner else ()
        kinds = (MinuteRow.kind == Kind.TASK, MinuteRow.state == LineState.ACCEPTED, ~col(MinuteRow.done))
        order = (col(MinuteRow.due).is_(None), col(MinuteRow.due), col(MinuteRow.at), col(MinuteRow.seq))
        return self._list(*mine, *kinds, order=order, limit=limit)

    def decide(self, line: Line, state: LineState) -> None:
        """Accept or refuse what was proposed."""
        self._set(line.id, state=state)

    def reword(self, line: Line, words: str) -> None:
        """Give it other words."""
        self._set(line.id, words=words)

    def drop(self, line: Line) -> None:
        """It is no line of the minutes any more."""
        self._session.execute(delete(MinuteRow).where(col(MinuteRow.id) == line.id))

    def take(self, line: Line, owner: str) -> None:
        """Somebody does this task."""
        self._flush_people()
        self._set(line.id, owner_id=owner)

    def finish(self, line: Line) -> None:
        """A task is done."""
        self._set(line.id, done=True)

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The lines that the person marked, and their tasks."""
        me = subject.person_id
        query: Any = (
            select(MeetingRow.title, MinuteRow.kind, MinuteRow.words, MinuteRow.state, MinuteRow.due, MinuteRow.done)  # type: ignore[call-overload]
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(MinuteRow.occurrence_id))
            .join(MeetingRow, col(MeetingRow.id) == col(OccurrenceRow.meeting_id))
            .order_by(col(MinuteRow.at), col(MinuteRow.seq))
        )
        return {
            "minutes_marked": listed(self._session, query.where(MinuteRow.author_id == me)),
            "tasks": listed(self._session, query.where(MinuteRow.owner_id == me)),
        }

    def erase(self, subject: Subject) -> None:
        """Minutes stay, without who marked a line or has a task; what nobody accepted goes."""
        me = subject.person_id
        mine = col(MinuteRow.author_id) == me
        self._session.execute(delete(MinuteRow).where(mine, col(MinuteRow.state) != LineState.ACCEPTED))
        self._session.execute(update(MinuteRow).where(mine).values(author_id=None))
        self._session.execute(update(MinuteRow).where(col(MinuteRow.owner_id) == me).values(owner_id=None))

    def _list(self, *conditions: Any, order: tuple[Any, ...] = (), limit: int | None = None) -> list[Line]:
        query = select(MinuteRow).where(*conditions).order_by(*(order or (col(MinuteRow.seq),))).limit(limit)
        return [_line(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def _set(self, id_: str, **values: Any) -> None:
        self._session.execute(update(MinuteRow).where(col(MinuteRow.id) == id_).values(**values))


def _line(row: MinuteRow) -> Line:
    return Line(
        row.id,
        row.occurrence_id,
        row.seq,
        Kind(row.kind),
        row.words,
        LineState(row.state),
        row.author_id,
        row.owner_id,
        date.fromisoformat(row.due) if row.due else None,
        row.done,
    )
