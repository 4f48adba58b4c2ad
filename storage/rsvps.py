"""Who comes to an occurrence. Seats go by the order of the answers (`turn`), so there are never more than there are."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, text
from sqlmodel import Session, col, select

from bot.core.meetings import Answer, Answered, Attendance
from storage.meeting_tables import MeetingRow, OccurrenceRow, RsvpRow
from storage.personal import Subject, listed
from storage.upsert import insert_many


class Rsvps:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: answers point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush_people = flush

    def of(self, occurrence: str, person: str) -> Answer | None:
        """What a person answered, if anything."""
        found = self._session.scalar(
            select(RsvpRow.answer).where(RsvpRow.occurrence_id == occurrence, RsvpRow.person_id == person)
        )
        return Answer(found) if found else None

    def answer(self, occurrence: str, person: str, answer: Answer, platform: str, capacity: int | None) -> Answered:
        """Take an answer in place of the one before. The same answer again keeps its turn, and with it the seat."""
        self._flush_people()
        self._in_turn(occurrence)
        here = RsvpRow.occurrence_id == occurrence
        mine = self._session.execute(
            select(RsvpRow.answer, RsvpRow.turn).where(here, RsvpRow.person_id == person)
        ).first()
        if mine and mine.answer == answer:
            return Answered(answer, answer, self._place(occurrence, answer, mine.turn, capacity))
        had_seat = (
            mine is not None
            and mine.answer == Answer.YES
            and self._place(occurrence, Answer.YES, mine.turn, capacity) is None
        )
        turn = (self._session.scalar(select(func.max(RsvpRow.turn)).where(here)) or 0) + 1
        row = {
            "occurrence_id": occurrence,
            "person_id": person,
            "answer": answer,
            "turn": turn,
            "platform": platform,
            "at": self._now,
        }
        insert_many(self._session, RsvpRow, [row], update=["answer", "turn", "platform", "at"])
        return Answered(
            Answer(mine.answer) if mine else None,
            answer,
            self._place(occurrence, answer, turn, capacity),
            self._last_seated(occurrence, capacity) if had_seat and capacity else None,
        )

    def attendance(self, occurrence: str, capacity: int | None) -> Attendance:
        """How many answered what."""
        rows = self._session.execute(
            select(RsvpRow.answer, func.count()).where(RsvpRow.occurrence_id == occurrence).group_by(RsvpRow.answer)
        )
        counts: dict[str, int] = dict(iter(rows))
        yes, maybe, no = (counts.get(one, 0) for one in (Answer.YES, Answer.MAYBE, Answer.NO))
        return Attendance(yes, maybe, no, capacity)

    def seated(self, occurrence: str, capacity: int | None) -> list[str]:
        """Those with a seat, in the order of their answers."""
        return list(
            self._session.scalars(
                select(RsvpRow.person_id)
                .where(RsvpRow.occurrence_id == occurrence, RsvpRow.answer == Answer.YES)
                .order_by(col(RsvpRow.turn))
                .limit(capacity)
            )
        )

    def settle_link(self, old: str, new: str) -> None:
        """Two accounts turned out to be one person: of two answers the newer one stays."""
        turns: dict[str, dict[str, int]] = {}
        for row in self._session.execute(
            select(RsvpRow.occurrence_id, RsvpRow.person_id, RsvpRow.turn).where(col(RsvpRow.person_id).in_([old, new]))
        ):
            turns.setdefault(row.occurrence_id, {})[row.person_id] = row.turn
        for occurrence, by_person in turns.items():
            if len(by_person) == 2:
                older = old if by_person[old] < by_person[new] else new
                self._session.execute(
                    delete(RsvpRow).where(col(RsvpRow.occurrence_id) == occurrence, col(RsvpRow.person_id) == older)
                )

    def personal(self, subject: Subject) -> dict[str, Any]:
        """What the person answered, with the meeting's title and start."""
        query = (
            select(MeetingRow.title, OccurrenceRow.starts_at, RsvpRow.answer, RsvpRow.platform, RsvpRow.at)  # type: ignore[call-overload]
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(RsvpRow.occurrence_id))
            .join(MeetingRow, col(MeetingRow.id) == col(OccurrenceRow.meeting_id))
            .where(RsvpRow.person_id == subject.person_id)
            .order_by(OccurrenceRow.starts_at)
        )
        return {"meeting_answers": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """The person comes to nothing any more: the seats are free."""
        self._session.execute(delete(RsvpRow).where(col(RsvpRow.person_id) == subject.person_id))

    # --- rows ---

    def _in_turn(self, occurrence: str) -> None:
        """On PostgreSQL one transaction at a time answers for an occurrence; on SQLite one at a time writes at all."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:id))"), {"id": f"rsvp:{occurrence}"})

    def _place(self, occurrence: str, answer: Answer, turn: int, capacity: int | None) -> int | None:
        if answer is not Answer.YES or capacity is None:
            return None
        before = self._session.scalar(
            select(func.count()).where(
                RsvpRow.occurrence_id == occurrence, RsvpRow.answer == Answer.YES, col(RsvpRow.turn) < turn
            )
        )
        place = (before or 0) + 1 - capacity
        return place if place > 0 else None

    def _last_seated(self, occurrence: str, capacity: int) -> str | None:
        """Who has the last seat, if all are taken: when one was given back, this is who moved up."""
        return self._session.scalar(
            select(RsvpRow.person_id)
            .where(RsvpRow.occurrence_id == occurrence, RsvpRow.answer == Answer.YES)
            .order_by(col(RsvpRow.turn))
            .offset(capacity - 1)
            .limit(1)
        )
