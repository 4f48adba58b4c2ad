"""Tables of answers that moderators prepared, and of the last question of a person that was answered."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from storage import tables  # noqa: F401 - persons, and the names of constraints


class CuratedRow(SQLModel, table=True):
    """An answer prepared by a moderator. Without words: the documents don't say it."""

    __tablename__ = "curated_answer"
    id: str = Field(primary_key=True)
    words: str = Field(sa_column=Column(Text, nullable=False))
    # What it stands on, in the moderator's words, or "".
    source: str = Field(sa_column=Column(Text, nullable=False))
    # The last day on which it is given.
    until: date | None
    person_id: str | None = Field(foreign_key="person.id", index=True)
    at: datetime


class CuratedVariantRow(SQLModel, table=True):
    """One way to ask what it answers."""

    __tablename__ = "curated_variant"
    answer_id: str = Field(primary_key=True, foreign_key="curated_answer.id")
    number: int = Field(primary_key=True)
    lang: str
    words: str = Field(sa_column=Column(Text, nullable=False))


class RecentQuestionRow(SQLModel, table=True):
    """What a person asked last in a chat and was answered, for a question that goes on from it."""

    __tablename__ = "recent_question"
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    thread_id: str = Field(primary_key=True)
    words: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(index=True)
