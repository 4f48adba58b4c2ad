"""Questions that the documents did not answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.core.copies import State, Why
from bot.core.refs import ChatRef
from storage.ids import new_id
from storage.personal import Subject, listed
from storage.tables import OutboxRow, PostRow, QuestionRow

CARD = "question"
"""The kind of their cards."""


class QuestionState(StrEnum):
    """Offered: the person may pass it on. Passed: a human has it, or is on the way to have it. Missed: it was to be
    passed on and reached nobody; it may be tried again. Helped: one of the nearest passages was the answer."""

    OFFERED = "offered"
    PASSED = "passed"
    MISSED = "missed"
    HELPED = "helped"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked. `shown`: how many of the nearest passages were passed over."""

    id: str
    person_id: str | None
    chat: ChatRef
    lang: str
    words: str
    state: QuestionState
    shown: int = 0


class Questions:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    def offer(self, person_id: str | None, chat: ChatRef, lang: str, words: str) -> str:
        """Keep a question that may be passed on. Returns its id."""
        id_ = new_id()[:16]
        self._session.add(
            QuestionRow(
                id=id_,
                person_id=person_id,
                platform=chat.platform,
                chat_id=chat.chat_id,
                thread_id=chat.thread_id,
                lang=lang,
                words=words,
                state=QuestionState.OFFERED,
                at=self._now,
            )
        )
        return id_

    def get(self, id_: str) -> Question | None:
        """A question by its id; None when it was forgotten."""
        row = self._session.get(QuestionRow, id_)
        if row is None:
            return None
        chat = ChatRef(row.platform, row.chat_id, row.thread_id)
        return Question(row.id, row.person_id, chat, row.lang, row.words, QuestionState(row.state), row.shown)

    def passed(self, id_: str, people: int) -> None:
        """It is on the way to so many people."""
        row = self._session.get(QuestionRow, id_)
        if row is not None:
            row.state, row.reaching = QuestionState.PASSED, people

    def look_on(self, id_: str, shown: int) -> None:
        """So many of the nearest passages were not the answer."""
        row = self._session.get(QuestionRow, id_)
        if row is not None:
            row.shown = shown

    def helped(self, id_: str) -> None:
        """The passage that is shown answers it."""
        row = self._session.get(QuestionRow, id_)
        if row is not None:
            row.state = QuestionState.HELPED

    def missed(self, id_: str) -> bool:
        """One of those people can't be reached. True: now nobody is left who may get it."""
        row = self._session.get(QuestionRow, id_)
        if row is None or row.state != QuestionState.PASSED:
            return False
        row.reaching -= 1
        if row.reaching <= 0:
            row.state = QuestionState.MISSED
        return row.reaching <= 0

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The questions that are kept."""
        query = (
            select(  # type: ignore[call-overload]
                QuestionRow.at,
                QuestionRow.platform,
                QuestionRow.chat_id,
                QuestionRow.lang,
                QuestionRow.words,
                QuestionRow.state,
            )
            .where(QuestionRow.person_id == subject.person_id)
            .order_by(QuestionRow.at, QuestionRow.id)
        )
        return {"questions": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """The questions go, also those on their way to somebody."""
        mine = list(self._session.scalars(select(QuestionRow.id).where(QuestionRow.person_id == subject.person_id)))
        self._session.execute(
            update(OutboxRow)
            .where(col(OutboxRow.ref).in_([f"{CARD}:{id_}" for id_ in mine]), col(OutboxRow.state) == State.PENDING)
            .values(
                state=State.CANCELLED, done_at=self._now, reason="its author was erased", why=Why.WITHDRAWN, payload=""
            )
        )
        self._session.execute(
            update(PostRow)
            .where(col(PostRow.card_kind) == CARD, col(PostRow.card_id).in_(mine))
            .values(card_kind=None, card_id=None)
        )
        self._session.execute(delete(QuestionRow).where(col(QuestionRow.id).in_(mine)))

    def forget(self, offered_before: datetime, any_before: datetime, limit: int) -> int:
        """Drop questions that nobody passed on and those whose time is over, at most `limit`. Returns how many.

        Their posts are cards no more: they show nothing that could change, and go when other posts go.
        """
        old = list(
            self._session.scalars(
                select(QuestionRow.id)
                .where(
                    (col(QuestionRow.at) < any_before)
                    | ((col(QuestionRow.state) != QuestionState.PASSED) & (col(QuestionRow.at) < offered_before))
                )
                .limit(limit)
            )
        )
        # By age too: a post may have been written down after its question was forgotten.
        over = col(PostRow.card_id).in_(old) | (col(PostRow.at) < any_before)
        self._session.execute(
            update(PostRow).where(col(PostRow.card_kind) == CARD, over).values(card_kind=None, card_id=None)
        )
        self._session.execute(delete(QuestionRow).where(col(QuestionRow.id).in_(old)))
        return len(old)
