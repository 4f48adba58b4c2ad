"""Tables of votes in polls of the network's own. They are emptied a day after the poll's end; the ballots stay."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer
from sqlmodel import Field, SQLModel

import storage.poll_tables
import storage.tables  # noqa: F401 - names the constraints, and has the persons


def _turn(*, nullable: bool = False) -> "Column[int]":
    return Column(BigInteger().with_variant(Integer, "sqlite"), nullable=nullable)


class NativeVoteRow(SQLModel, table=True):
    """One choice as it came. All are kept: taking the newest back makes the one before count again."""

    __tablename__ = "native_vote"
    __table_args__ = (Index("ix_native_vote_poll", "poll_id", "person_id"),)
    platform: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    poll_id: str = Field(foreign_key="poll.id")
    person_id: str = Field(foreign_key="person.id", index=True)
    # The account: in one native poll only its newest choice counts.
    sender: str
    # The native poll's message.
    chat_id: str
    post: str
    # As in a ballot; 0 is spoilt.
    choices: int
    # When it was sent, by the network: which of two in one native poll is the newer one.
    sent_at: datetime
    # The place in the order of casting that a ballot would have got when it arrived.
    turn: int = Field(sa_column=_turn())


class NativeBallotRow(SQLModel, table=True):
    """A ballot that came from a native vote, and the one by another way that it stands in front of."""

    __tablename__ = "native_ballot"
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    unit: str = Field(primary_key=True)
    # Of the ballot: with another turn in it the ballot is a newer one, by another way.
    turn: int = Field(sa_column=_turn())
    other_choices: int | None = None
    other_platform: str | None = None
    other_chat_id: str | None = None
    other_turn: int | None = Field(default=None, sa_column=_turn(nullable=True))


class NativeEndRow(SQLModel, table=True):
    """A native poll that somebody else ended, while ours goes on."""

    __tablename__ = "native_end"
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    post: str = Field(primary_key=True)
    poll_id: str = Field(foreign_key="poll.id", index=True)
    # The message that ended it.
    id: str
    at: datetime
