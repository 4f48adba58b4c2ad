"""Tables of polls. A ballot's key makes a person count once, whatever happens."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer, Text, text
from sqlmodel import Field, SQLModel

from storage import organisation_tables, room_tables  # noqa: F401 - polls point to areas and organisations


class PollRow(SQLModel, table=True):
    """A poll. It is never deleted by its end: closed and withdrawn are states."""

    __tablename__ = "poll"
    __table_args__ = (
        Index(
            "ix_poll_running",
            "opened_at",
            sqlite_where=text("state IN ('open', 'closing')"),
            postgresql_where=text("state IN ('open', 'closing')"),
        ),
    )
    id: str = Field(primary_key=True)
    question: str = Field(sa_column=Column(Text, nullable=False))
    kind: str
    least: int
    most: int
    state: str
    opener_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    # Where it was opened.
    platform: str
    chat_id: str
    thread_id: str = ""
    # Which of two polls is the newer one, where two have the same instant.
    seq: int = Field(index=True)
    opened_at: datetime
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    # Who closed it by hand.
    closed_by: str | None = Field(default=None, foreign_key="person.id", index=True)
    closings: int = 0
    secret: bool = False
    unit: str = "person"
    members: bool = False
    hidden: bool = False
    # One of the two, or none. A part is "1/2".
    quorum_count: int | None = None
    quorum_part: str | None = None
    threshold_part: str | None = None
    threshold_base: str | None = None
    area_id: str | None = Field(default=None, foreign_key="area.id", index=True)
    # How many might vote when it was closed, where that is known: a published result doesn't change with members.
    entitled_people: int | None = None
    entitled_organisations: int | None = None


class PollOptionRow(SQLModel, table=True):
    """An option. `words` is JSON: a string as it was typed, or an object of languages."""

    __tablename__ = "poll_option"
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    number: int = Field(primary_key=True)
    words: str = Field(sa_column=Column(Text, nullable=False))


class PollRoomRow(SQLModel, table=True):
    """A room that a poll is shown in."""

    __tablename__ = "poll_room"
    __table_args__ = (Index("ix_poll_room_chat", "platform", "chat_id"),)
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    thread_id: str = ""
    # The order in which the audience named it.
    place: int


class BallotRow(SQLModel, table=True):
    """An open ballot. The unit is a person's id, or an organisation's behind `org:`; a person who is erased leaves a
    number that is nobody's."""

    __tablename__ = "ballot"
    __table_args__ = (Index("ix_ballot_turn", "poll_id", "turn"), Index("ix_ballot_unit", "unit"))
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    unit: str = Field(primary_key=True)
    # Bit n - 1 is option n.
    choices: int
    # Where it was cast.
    platform: str
    chat_id: str
    # Counts up within the poll: which of two ballots is the newer one, where two have the same instant.
    turn: int = Field(sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), nullable=False))
    at: datetime


class OrganisationVoteRow(SQLModel, table=True):
    """Who cast an organisation's open ballot last, so that they are told when another delegate changes it."""

    __tablename__ = "organisation_vote"
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    organisation_id: str = Field(primary_key=True, foreign_key="organisation.id")
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
