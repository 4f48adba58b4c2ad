"""Tables of meetings while they are held and after: presence, marked lines, tasks, access needs, dates asked for."""

from datetime import datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage import meeting_tables, organisation_tables, poll_tables  # noqa: F401 - rows here point to theirs


class SittingRow(SQLModel, table=True):
    """A meeting that was begun, and its minutes' approval."""

    __tablename__ = "sitting"
    occurrence_id: str = Field(primary_key=True, foreign_key="occurrence.id")
    began_at: datetime = Field(index=True)
    begun_by: str | None = Field(default=None, foreign_key="person.id", index=True)
    ended_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str | None = Field(default=None, foreign_key="person.id", index=True)


class PresenceRow(SQLModel, table=True):
    """Somebody is there, for an organisation or not. Without a person it is a count."""

    __tablename__ = "presence"
    __table_args__ = (UniqueConstraint("occurrence_id", "person_id"),)
    id: str = Field(primary_key=True)
    occurrence_id: str = Field(foreign_key="occurrence.id")
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")


class SittingPollRow(SQLModel, table=True):
    """A poll that was opened while a meeting was held."""

    __tablename__ = "sitting_poll"
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    occurrence_id: str = Field(foreign_key="occurrence.id", index=True)


class MinuteRow(SQLModel, table=True):
    """A line that somebody marked for the minutes. `due` is a task's day (ISO), local."""

    __tablename__ = "minute"
    id: str = Field(primary_key=True)
    occurrence_id: str = Field(foreign_key="occurrence.id", index=True)
    seq: int
    kind: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    state: str
    author_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    # Whose task it is.
    owner_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    due: str | None = None
    done: bool = False
    at: datetime


class PresenceNoticeRow(SQLModel, table=True):
    """Those in charge were told that it will be forgotten who was at a meeting."""

    __tablename__ = "presence_notice"
    occurrence_id: str = Field(primary_key=True, foreign_key="occurrence.id")
    told_at: datetime


class AccessNeedRow(SQLModel, table=True):
    """What somebody needs at a meeting, or (empty) that they were asked. `needs` are words with blanks between."""

    __tablename__ = "access_need"
    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    needs: str = ""


class DateSearchRow(SQLModel, table=True):
    """A poll that asks for a date. `dates` is JSON: for each option the local start and the length in minutes."""

    __tablename__ = "date_search"
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    title: str = Field(sa_column=Column(Text, nullable=False))
    zone: str
    dates: str = Field(sa_column=Column(Text, nullable=False))
    meeting_id: str | None = Field(default=None, foreign_key="meeting.id")
