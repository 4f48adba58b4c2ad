"""The tables. Nothing outside `storage` knows them. Instants are aware UTC; ids that the bot makes are random."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer, Text, text
from sqlmodel import Field, SQLModel

from bot.core.copies import State

# Every constraint has a name from the first migration on, so that any of them can be dropped later on SQLite too.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class PersonRow(SQLModel, table=True):
    """A human being."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    lang: str | None = None
    lang_chosen: bool = False
    welcomed: bool = False
    created_at: datetime


class AccountRow(SQLModel, table=True):
    """An account of a person on a network."""

    __tablename__ = "account"
    platform: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    seen_at: datetime


class RoleRow(SQLModel, table=True):
    """A role that a person was given (owners named in the config have theirs without a row)."""

    __tablename__ = "role"
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    role: int
    granted_at: datetime


class InviteRow(SQLModel, table=True):
    """A one-time code that gives a role to whoever sends it first. Only its digest is kept."""

    __tablename__ = "invite"
    code_hash: str = Field(primary_key=True)
    role: int
    expires_at: datetime
    used_at: datetime | None = None
    # None: made at the operator's command line.
    made_by: str | None = Field(default=None, foreign_key="person.id")


class ChatRow(SQLModel, table=True):
    """A conversation. `person_id` is the other side of a direct chat."""

    __tablename__ = "chat"
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    kind: str
    lang: str | None = None
    active: bool = True
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    seen_at: datetime
    # The network's name of a room, for those who moderate.
    title: str = ""


class ProcessedRow(SQLModel, table=True):
    """The key of an event that was handled."""

    __tablename__ = "processed_event"
    key: str = Field(primary_key=True)
    at: datetime = Field(index=True)


class CursorRow(SQLModel, table=True):
    """How far a platform has been read: Telegram's next offset, Matrix's `since`."""

    __tablename__ = "cursor"
    name: str = Field(primary_key=True)
    value: str


class OutboxRow(SQLModel, table=True):
    """Something to be delivered. `payload` is emptied when the row is done: no message text outlives its delivery."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_pending",
            "adapter",
            "priority",
            "seq",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_outbox_sending",
            "adapter",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        # One pending edit a copy of a card: a thousand refreshes are one row.
        Index(
            "ix_outbox_edit",
            "platform",
            "chat_id",
            "message_id",
            unique=True,
            sqlite_where=text("op = 'edit' AND state = 'pending'"),
            postgresql_where=text("op = 'edit' AND state = 'pending'"),
        ),
        Index("ix_outbox_done", "done_at"),
        # For what became of each copy of a card, and of what belongs to it.
        Index(
            "ix_outbox_card",
            "card_kind",
            "card_id",
            sqlite_where=text("card_kind IS NOT NULL"),
            postgresql_where=text("card_kind IS NOT NULL"),
        ),
        Index("ix_outbox_ref", "ref", sqlite_where=text("ref IS NOT NULL"), postgresql_where=text("ref IS NOT NULL")),
        Index(
            "ix_outbox_blob",
            "blob_id",
            sqlite_where=text("blob_id IS NOT NULL"),
            postgresql_where=text("blob_id IS NOT NULL"),
        ),
        # The console shows `seq` as the post's id, so a number is never given twice.
        {"sqlite_autoincrement": True},
    )
    seq: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    )
    id: str = Field(unique=True)
    adapter: str
    platform: str
    chat_id: str
    thread_id: str = ""
    # The account to write to where no direct chat with it is known yet (`chat_id` is empty then).
    account_id: str | None = None
    op: str
    priority: int
    lang: str
    payload: str = Field(default="", sa_column=Column(Text, nullable=False))
    reply_to: str | None = None
    message_id: str | None = None
    card_kind: str | None = None
    card_id: str | None = None
    # What it is about ("kind:id"), for those who are told when a direct message will never arrive, and for whoever
    # takes back or counts all that belongs to it.
    ref: str | None = None
    # The file that goes with it: its content, or ("kind:id") what it is made of when it is sent.
    blob_id: str | None = None
    file_ref: str | None = None
    # What it has in common with others that may be said in one message while they wait.
    topic: str | None = None
    state: str = State.PENDING
    attempts: int = 0
    parts: int = 0
    not_before: datetime
    created_at: datetime
    done_at: datetime | None = None
    reason: str | None = None
    # The reason's kind (`Why`), for reports to people.
    why: str | None = None


class PostRow(SQLModel, table=True):
    """A message of the bot's own."""

    __tablename__ = "post"
    __table_args__ = (
        Index(
            "ix_post_card",
            "card_kind",
            "card_id",
            sqlite_where=text("card_kind IS NOT NULL"),
            postgresql_where=text("card_kind IS NOT NULL"),
        ),
        Index("ix_post_ref", "ref", sqlite_where=text("ref IS NOT NULL"), postgresql_where=text("ref IS NOT NULL")),
    )
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    thread_id: str = ""
    lang: str
    actions: str = "[]"
    card_kind: str | None = None
    card_id: str | None = None
    # The card that this is a part of, or what it is about ("kind:id").
    ref: str | None = None
    # Of the row in the outbox that it came from: many posts have one instant, none has the number of another.
    seq: int = Field(sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), nullable=False))
    at: datetime = Field(index=True)
    edited_at: datetime


class DueRow(SQLModel, table=True):
    """A timer."""

    __tablename__ = "due"
    key: str = Field(primary_key=True)
    at: datetime = Field(index=True)
    name: str
    payload: str = Field(sa_column=Column(Text, nullable=False))
    # A new arming of the same key is a new event.
    arming: str = Field(index=True)


class PoisonRow(SQLModel, table=True):
    """An item that could not be read or handled, with every text left out."""

    __tablename__ = "poison"
    key: str = Field(primary_key=True)
    platform: str
    error: str
    shape: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(index=True)


class ParkedRow(SQLModel, table=True):
    """An encrypted event whose key hasn't come; still encrypted, as the network sent it."""

    __tablename__ = "parked_event"
    key: str = Field(primary_key=True)
    platform: str
    chat_id: str = Field(index=True)
    session_id: str = Field(index=True)
    source: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime


class QuestionRow(SQLModel, table=True):
    """A question that the documents didn't answer: kept while it may be passed on, and until it is answered."""

    __tablename__ = "question"
    id: str = Field(primary_key=True)
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    platform: str
    chat_id: str
    thread_id: str = ""
    lang: str
    words: str = Field(sa_column=Column(Text, nullable=False))
    state: str
    # How many of those whom it was passed on to may still get it.
    reaching: int = 0
    # How many of the nearest passages the person has seen and passed over.
    shown: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    at: datetime = Field(index=True)
