"""Tables of linking accounts, and the log of acts."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer, Text, false
from sqlmodel import Field, SQLModel

import storage.tables  # noqa: F401 - names the constraints, and has the persons


class LinkCodeRow(SQLModel, table=True):
    """A code that waits to be typed on another account: one a person, of which only the digest is kept."""

    __tablename__ = "link_code"
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    code_hash: str = Field(unique=True)
    # The account it was asked for from, and the direct chat where it is told what came of it.
    platform: str
    user_id: str
    chat_id: str
    thread_id: str = ""
    expires_at: datetime = Field(index=True)


class LinkTryRow(SQLModel, table=True):
    """A wrong code that a person typed."""

    __tablename__ = "link_try"
    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    at: datetime = Field(index=True)


class AuditRow(SQLModel, table=True):
    """An act: who did what on what. Never how somebody voted, never what somebody wrote."""

    __tablename__ = "audit"
    seq: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    )
    at: datetime = Field(index=True)
    # None: the bot by itself, or somebody who was erased.
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    erased: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    act: str
    subject: str = Field(default="", index=True)
    detail: str = Field(default="{}", sa_column=Column(Text, nullable=False))
