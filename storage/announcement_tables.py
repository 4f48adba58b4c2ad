"""Tables of announcements."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from storage import tables  # noqa: F401 - persons, and the names of constraints


class AnnouncementRow(SQLModel, table=True):
    """An announcement; `words` is a JSON list of pairs of language and words."""

    __tablename__ = "announcement"
    __table_args__ = (Index("ix_announcement_same", "digest", "pressed_at"),)
    id: str = Field(primary_key=True)
    # What people call it by.
    number: int = Field(index=True)
    phase: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    target: str
    options: str
    digest: str
    author_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    sender_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    approver_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    # Where its card is.
    platform: str
    chat_id: str
    thread_id: str = ""
    made_at: datetime = Field(index=True)
    send_at: datetime | None = None
    pressed_at: datetime | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    corrected: bool = False
    asked_twice: bool = False
    round: int = 0
    round_kind: str
    round_at: datetime | None = None
    # Of those whose rows are gone.
    read_count: int = 0
    file_name: str = ""
    file_mime: str = ""
    file_error: str = ""


class AnnouncementFileRow(SQLModel, table=True):
    """The file that goes with an announcement."""

    __tablename__ = "announcement_file"
    announcement_id: str = Field(primary_key=True, foreign_key="announcement.id")
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class AnnouncementRoomRow(SQLModel, table=True):
    """A room that an announcement is for, with what became of it there. `old_chat_id`: its address at the writing."""

    __tablename__ = "announcement_room"
    __table_args__ = (Index("ix_announcement_room_chat", "platform", "chat_id"),)
    announcement_id: str = Field(primary_key=True, foreign_key="announcement.id")
    platform: str = Field(primary_key=True)
    old_chat_id: str = Field(primary_key=True)
    chat_id: str
    place: int
    outcome: str
    again: bool = False


class AnnouncementReadRow(SQLModel, table=True):
    """A person pressed "read". Only their number is told, and it outlives the rows."""

    __tablename__ = "announcement_read"
    announcement_id: str = Field(primary_key=True, foreign_key="announcement.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    at: datetime = Field(index=True)
