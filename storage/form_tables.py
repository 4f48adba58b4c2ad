"""The table of guided forms that people are filling in."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class FormRow(SQLModel, table=True):
    """An open form. A direct chat holds one at most."""

    __tablename__ = "form"
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    id: str
    person_id: str = Field(foreign_key="person.id", index=True)
    kind: str
    # What it is about.
    argument: str
    # The id of a step, or where else it stands.
    step: str
    # JSON by the id of the step.
    answers: str = Field(sa_column=Column(Text, nullable=False))
    # Counts the questions asked, so that an old button answers none that came after it.
    turn: int
    # Another form that was asked for meanwhile.
    wanted: str
    paused: bool
    touched_at: datetime = Field(index=True)
