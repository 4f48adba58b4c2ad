"""Tables of the questions that wait for a person's answer, and of who wants to know."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage import tables  # noqa: F401 - persons, and the names of constraints


class QueuedRow(SQLModel, table=True):
    """A question. `key` is what questions that ask the same have in common; while one is open it is the only one."""

    __tablename__ = "queued_question"
    __table_args__ = (Index("ix_queued_question_state_key", "state", "key"),)
    id: str = Field(primary_key=True)
    key: str = Field(sa_column=Column(Text, nullable=False))
    words: str = Field(sa_column=Column(Text, nullable=False))
    lang: str
    platform: str
    # Asked in a direct chat; put forward for a meeting.
    direct: bool
    meeting: bool
    state: str
    at: datetime = Field(index=True)
    answer: str = Field(default="", sa_column=Column(Text, nullable=False))
    answered_at: datetime | None = None
    answered_by: str | None = Field(default=None, foreign_key="person.id", index=True)
    # How many were to get the answer, and how many of them can't be reached.
    told: int = 0
    unreached: int = 0


class WantsRow(SQLModel, table=True):
    """A person wants to know: asked it, or joined those who did."""

    __tablename__ = "wants_answer"
    question_id: str = Field(primary_key=True, foreign_key="queued_question.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    asked: bool
    at: datetime
