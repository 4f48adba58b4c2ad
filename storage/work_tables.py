"""The table of slow work that waits or is under way."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class WorkRow(SQLModel, table=True):
    """Work that a handler asked for. It goes with the transaction in which its result is handled."""

    __tablename__ = "work"
    key: str = Field(primary_key=True)
    name: str
    payload: str = Field(sa_column=Column(Text, nullable=False))
    # Asking again under the same key is new work: the result of the old one is nobody's any more.
    asking: str = Field(unique=True)
    # How often it was begun, so that work which ends the process is not begun for ever.
    attempts: int = 0
    not_before: datetime = Field(index=True)
