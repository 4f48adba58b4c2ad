"""The table of files that wait to be sent."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class BlobRow(SQLModel, table=True):
    """A file that rows of the outbox send. It goes when the last of them is done."""

    __tablename__ = "blob"
    id: str = Field(primary_key=True)
    name: str
    mime: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: datetime
