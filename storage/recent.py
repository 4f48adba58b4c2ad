"""The last question of a person in a chat that was answered: kept some minutes, for one that goes on from it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.refs import ChatRef
from storage.answer_tables import RecentQuestionRow
from storage.personal import Subject, listed
from storage.upsert import insert_many

LIFETIME = timedelta(minutes=10)
"""How long a question may be gone on from."""


class Recent:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime, write_people: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._write_people = write_people

    def put(self, person_id: str, chat: ChatRef, words: str) -> None:
        """This was asked and answered, instead of what was before."""
        self._write_people()
        key = {
            "person_id": person_id,
            "platform": chat.platform,
            "chat_id": chat.chat_id,
            "thread_id": chat.thread_id,
        }
        row = key | {"words": words, "at": self._now}
        insert_many(self._session, RecentQuestionRow, [row], update=("words", "at"))

    def get(self, person_id: str, chat: ChatRef) -> str | None:
        """What the person asked here last; None when it was too long ago."""
        return self._session.scalar(
            select(RecentQuestionRow.words).where(
                RecentQuestionRow.person_id == person_id,
                RecentQuestionRow.platform == chat.platform,
                RecentQuestionRow.chat_id == chat.chat_id,
                RecentQuestionRow.thread_id == chat.thread_id,
                col(RecentQuestionRow.at) > self._now - LIFETIME,
            )
        )

    def forget(self) -> None:
        """Drop what can't be gone on from any more."""
        self._session.execute(delete(RecentQuestionRow).where(col(RecentQuestionRow.at) <= self._now - LIFETIME))

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The questions that are kept."""
        query = (
            select(RecentQuestionRow.at, RecentQuestionRow.platform, RecentQuestionRow.chat_id, RecentQuestionRow.words)
            .where(RecentQuestionRow.person_id == subject.person_id)
            .order_by(col(RecentQuestionRow.at))
        )
        return {"recent_questions": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """They go."""
        self._session.execute(delete(RecentQuestionRow).where(col(RecentQuestionRow.person_id) == subject.person_id))
