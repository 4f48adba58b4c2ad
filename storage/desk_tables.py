"""Tables of what waits for a moderator, of reported messages, and of when somebody last looked at what is new."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage import tables  # noqa: F401 - persons, and the names of constraints


class DeskItemRow(SQLModel, table=True):
    """A card that waits, or waited, for a moderator. `card_id` is the thing's own id."""

    __tablename__ = "desk_item"
    __table_args__ = (Index("ix_desk_item_closed_at_opened_at", "closed_at", "opened_at"),)
    card_kind: str = Field(primary_key=True)
    card_id: str = Field(primary_key=True)
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = Field(default=None, foreign_key="person.id", index=True)
    outcome: str | None = None


class ReportRow(SQLModel, table=True):
    """A message in a room that members want a moderator to look at. `words` go when it is handled."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_message", "platform", "chat_id", "message_id"),)
    id: str = Field(primary_key=True)
    platform: str
    chat_id: str
    message_id: str
    link: str = ""
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    at: datetime = Field(index=True)


class ReporterRow(SQLModel, table=True):
    """Somebody who reported it."""

    __tablename__ = "reporter"
    report_id: str = Field(primary_key=True, foreign_key="report.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    at: datetime


class LookRow(SQLModel, table=True):
    """When a person last asked what is new."""

    __tablename__ = "last_look"
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    at: datetime
