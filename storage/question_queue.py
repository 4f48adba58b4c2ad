"""Questions that wait for a person's answer: who asked them, who else wants to know, what was answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.queue import key_of
from storage.desk import drop_items, no_cards
from storage.ids import new_id
from storage.personal import Subject, listed
from storage.queue_tables import QueuedRow, WantsRow
from storage.upsert import insert_many

CARD, DESK_CARD = "queued", "queue-desk"
"""The kinds of their cards: for everybody, and for moderators."""


class QueueState(StrEnum):
    """Of a question. Dropped: a moderator closed it without an answer. Withdrawn: by the only one who had asked it."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Queued:
    """A question with how many people want to know. `words` are empty once it is withdrawn."""

    id: str
    words: str
    lang: str
    platform: str
    direct: bool
    meeting: bool
    state: QueueState
    people: int
    told: int = 0
    unreached: int = 0

    @property
    def open(self) -> bool:
        """Whether it still waits."""
        return self.state is QueueState.OPEN


class QuestionQueue:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush

    def ask(
        self, words: str, lang: str, person_id: str | None, platform: str, *, direct: bool, meeting: bool
    ) -> Queued:
        """Somebody wants an answer. Where an open question asks the same, they join it."""
        key = key_of(words)
        row = self._session.scalars(
            select(QueuedRow).where(QueuedRow.state == QueueState.OPEN, QueuedRow.key == key)
        ).first()
        if row is None:
            row = QueuedRow(
                id=new_id()[:16],
                key=key,
                words=words,
                lang=lang,
                platform=platform,
                direct=direct,
                meeting=meeting,
                state=QueueState.OPEN,
                at=self._now,
            )
            self._session.add(row)
        row.meeting = row.meeting or meeting
        self._session.flush()
        if person_id:
            self._want(row.id, person_id, asked=True)
        return self._queued(row)

    def get(self, id_: str) -> Queued | None:
        """A question by its id; None when it was forgotten."""
        row = self._session.get(QueuedRow, id_)
        return self._queued(row) if row else None

    def join(self, id_: str, person_id: str) -> bool:
        """This person wants to know too. False: they are among those already."""
        if self._session.get(WantsRow, (id_, person_id)) is not None:
            return False
        self._want(id_, person_id, asked=False)
        return True

    def open_ones(self, limit: int) -> list[Queued]:
        """What waits: first what most people want to know, then the oldest."""
        wanted = select(func.count()).where(WantsRow.question_id == QueuedRow.id).scalar_subquery()
        rows = self._session.scalars(
            select(QueuedRow)
            .where(QueuedRow.state == QueueState.OPEN)
            .order_by(wanted.desc(), col(QueuedRow.at), col(QueuedRow.id))
            .limit(limit)
        )
        return [self._queued(row) for row in rows]

    def asked_by(self, person_id: str) -> list[Queued]:
        """The open questions that a person asked, the oldest first."""
        rows = self._session.scalars(
            select(QueuedRow)
            .join(WantsRow, col(WantsRow.question_id) == col(QueuedRow.id))
            .where(WantsRow.person_id == person_id, col(WantsRow.asked), QueuedRow.state == QueueState.OPEN)
            .order_by(col(QueuedRow.at), col(QueuedRow.id))
        )
        return [self._queued(row) for row in rows]

    def withdraw(self, id_: str, person_id: str) -> Queued | None:
        """This person asks it no more. Where nobody else asks it, it is gone; else the others still wait.

        Returns the question as it is now; None when it is not open, or not theirs.
        """
        row = self._session.get(QueuedRow, id_)
        mine = self._session.get(WantsRow, (id_, person_id))
        if row is None or row.state != QueueState.OPEN or mine is None or not mine.asked:
            return None
        self._session.delete(mine)
        self._session.flush()
        if not self._asked(id_):
            self._session.execute(delete(WantsRow).where(col(WantsRow.question_id) == id_))
            row.state, row.words, row.key = QueueState.WITHDRAWN, "", ""
        return self._queued(row)

    def settle(self, id_: str, by: str | None, answer: str | None) -> list[str] | None:
        """Answer it, or close it without an answer: once. Returns who is to be told; None when it was settled
        before."""
        self._flush()
        self._session.flush()
        state = QueueState.DROPPED if answer is None else QueueState.ANSWERED
        people = list(
            self._session.scalars(
                select(WantsRow.person_id)
                .where(WantsRow.question_id == id_)
                .order_by(col(WantsRow.at), col(WantsRow.person_id))
            )
        )
        result: Any = self._session.execute(
            update(QueuedRow)
            .where(col(QueuedRow.id) == id_, col(QueuedRow.state) == QueueState.OPEN)
            .values(state=state, answer=answer or "", answered_at=self._now, answered_by=by, told=len(people))
        )
        return people if int(result.rowcount) else None

    def missed(self, id_: str) -> bool:
        """One of those who were to get the answer can't be reached. False: the question was forgotten."""
        row = self._session.get(QueuedRow, id_)
        if row is not None:
            row.unreached += 1
        return row is not None

    def answered_for(self, person_id: str, since: datetime, limit: int) -> list[Queued]:
        """The questions of a person's interest that were answered since an instant, the newest first."""
        rows = self._session.scalars(
            select(QueuedRow)
            .join(WantsRow, col(WantsRow.question_id) == col(QueuedRow.id))
            .where(
                WantsRow.person_id == person_id,
                QueuedRow.state == QueueState.ANSWERED,
                col(QueuedRow.answered_at) > since,
            )
            .order_by(col(QueuedRow.answered_at).desc(), col(QueuedRow.id))
            .limit(limit)
        )
        return [self._queued(row) for row in rows]

    def settle_link(self, old: str, new: str) -> None:
        """Before two persons become one: where either asked a question, the one asked it."""
        self._session.flush()
        asked = select(WantsRow.question_id).where(WantsRow.person_id == old, col(WantsRow.asked))
        self._session.execute(
            update(WantsRow)
            .where(col(WantsRow.person_id) == new, col(WantsRow.question_id).in_(asked))
            .values(asked=True)
        )

    def forget(self, before: datetime, limit: int) -> int:
        """Drop questions that were asked before an instant, answered or not, at most `limit`. Returns how many."""
        old = list(self._session.scalars(select(QueuedRow.id).where(col(QueuedRow.at) < before).limit(limit)))
        self._drop(old)
        return len(old)

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The questions that the person asked, with their answers; those that they joined, and those they answered."""
        wanted = (
            select(  # type: ignore[call-overload]
                WantsRow.asked, WantsRow.at, QueuedRow.words, QueuedRow.state, QueuedRow.answer
            )
            .join(QueuedRow, col(QueuedRow.id) == col(WantsRow.question_id))
            .where(WantsRow.person_id == subject.person_id)
            .order_by(col(WantsRow.at), col(QueuedRow.id))
        )
        settled = (
            select(QueuedRow.words, QueuedRow.state, QueuedRow.answer, QueuedRow.answered_at)
            .where(QueuedRow.answered_by == subject.person_id)
            .order_by(col(QueuedRow.answered_at), col(QueuedRow.id))
        )
        return {
            "questions_for_people": listed(self._session, wanted),
            "questions_answered": listed(self._session, settled),
        }

    def erase(self, subject: Subject) -> None:
        """What the person asked goes, unless another one asked the same. Answers that they gave stay, by nobody."""
        me = subject.person_id
        asked = list(
            self._session.scalars(select(WantsRow.question_id).where(WantsRow.person_id == me, col(WantsRow.asked)))
        )
        self._session.execute(delete(WantsRow).where(col(WantsRow.person_id) == me))
        self._drop([id_ for id_ in asked if not self._asked(id_)])
        self._session.execute(update(QueuedRow).where(col(QueuedRow.answered_by) == me).values(answered_by=None))

    def _asked(self, id_: str) -> bool:
        query = select(WantsRow.person_id).where(WantsRow.question_id == id_, col(WantsRow.asked)).limit(1)
        return self._session.scalars(query).first() is not None

    def _want(self, id_: str, person_id: str, *, asked: bool) -> None:
        self._flush()
        row = {"question_id": id_, "person_id": person_id, "asked": asked, "at": self._now}
        insert_many(self._session, WantsRow, [row], update=["asked"] if asked else [])

    def _drop(self, ids: list[str]) -> None:
        self._session.execute(delete(WantsRow).where(col(WantsRow.question_id).in_(ids)))
        self._session.execute(delete(QueuedRow).where(col(QueuedRow.id).in_(ids)))
        drop_items(self._session, DESK_CARD, ids)
        no_cards(self._session, CARD, ids)

    def _queued(self, row: QueuedRow) -> Queued:
        people = self._session.scalar(select(func.count()).where(WantsRow.question_id == row.id))
        return Queued(
            id=row.id,
            words=row.words,
            lang=row.lang,
            platform=row.platform,
            direct=row.direct,
            meeting=row.meeting,
            state=QueueState(row.state),
            people=people or 0,
            told=row.told,
            unreached=row.unreached,
        )
