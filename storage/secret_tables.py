"""Tables of secret polls: who voted, and what was voted. Nothing in one leads to a row of the other.

Both are kept in the order of their keys, which are random, and not of their writing (SQLite: WITHOUT ROWID). Neither
has a time, a counter, a chat, or a network. What a database remembers beside its rows is `storage.compaction`'s.
"""

from sqlmodel import Field, SQLModel

from storage import poll_tables  # noqa: F401 - polls

_BY_KEY = {"sqlite_with_rowid": False}


class VoterRow(SQLModel, table=True):
    """A unit (see `BallotRow`) voted in a secret poll."""

    __tablename__ = "voter_register"
    __table_args__ = _BY_KEY
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    unit: str = Field(primary_key=True)


class SecretBallotRow(SQLModel, table=True):
    """A ballot of nobody. The number comes from the system's own randomness: it tells nothing, not even of its time."""

    __tablename__ = "secret_ballot"
    __table_args__ = _BY_KEY
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    number: str = Field(primary_key=True)
    # Bit n - 1 is option n.
    choices: int
    # Whether an organisation cast it: where persons and organisations vote, they are counted apart.
    organisation: bool
