"""Tables of meetings. Local times are ISO text without a zone: what the clocks on the wall show."""

from datetime import datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

import storage.room_tables
import storage.tables  # noqa: F401 - names the constraints, and has the persons


class MeetingRow(SQLModel, table=True):
    """A meeting, once or a series."""

    __tablename__ = "meeting"
    id: str = Field(primary_key=True)
    title: str = Field(sa_column=Column(Text, nullable=False))
    place: str = Field(default="", sa_column=Column(Text, nullable=False))
    area_id: str | None = Field(default=None, foreign_key="area.id")
    # Who leads it, what it is about, how the place is reached.
    chair: str = Field(default="", sa_column=Column(Text, nullable=False))
    agenda: str = Field(default="", sa_column=Column(Text, nullable=False))
    access: str = Field(default="", sa_column=Column(Text, nullable=False))
    # How many have to be there.
    quorum_people: int | None = None
    quorum_organisations: int | None = None
    # The ids of organisations, with spaces between.
    invited: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    # Wall time + zone + RRULE: instants are computed from them, and again when the zone's rules change.
    first: str
    minutes: int | None = None
    zone: str
    rule: str | None = None
    capacity: int | None = None
    # Minutes before the start, as "10080 1440 120".
    reminders: str = ""
    state: str = Field(index=True)
    organiser_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    platform: str
    chat_id: str
    thread_id: str = ""
    sequence: int = 0
    created_at: datetime


class MeetingRoomRow(SQLModel, table=True):
    """A room that a meeting is shown in."""

    __tablename__ = "meeting_room"
    __table_args__ = (Index("ix_meeting_room_chat", "platform", "chat_id"),)
    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id")
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    thread_id: str = ""
    place: int


class OccurrenceRow(SQLModel, table=True):
    """One time that a meeting takes place. `planned` is what the rule says and never changes."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("meeting_id", "planned"),)
    id: str = Field(primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id")
    planned: str
    wall: str
    minutes: int | None = None
    starts_at: datetime = Field(index=True)
    cancelled: bool = False
    announced: bool = False


class RsvpRow(SQLModel, table=True):
    """Whether a person comes. No two answers of one occurrence have the same turn: the order of the seats."""

    __tablename__ = "rsvp"
    __table_args__ = (UniqueConstraint("occurrence_id", "turn"),)
    occurrence_id: str = Field(primary_key=True, foreign_key="occurrence.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    answer: str
    turn: int
    platform: str
    at: datetime


class ReminderRow(SQLModel, table=True):
    """What came of a reminder. One row for each, so each is accounted for once."""

    __tablename__ = "reminder"
    occurrence_id: str = Field(primary_key=True, foreign_key="occurrence.id")
    minutes: int = Field(primary_key=True)
    fate: str
    at: datetime
    # How many were written to in their direct chat, and how many of them could not be.
    told: int = 0
    unreached: int = 0


class MeetingChangeRow(SQLModel, table=True):
    """A change that a moderator sees before it is made. `sequence`: of the meeting when it was proposed."""

    __tablename__ = "meeting_change"
    id: str = Field(primary_key=True)
    occurrence_id: str = Field(foreign_key="occurrence.id", index=True)
    act: str
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    minutes: int | None = None
    sequence: int
    author_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    done: bool = False
    at: datetime = Field(index=True)
