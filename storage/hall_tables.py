"""Tables of the hall: hands that were counted there, and the addresses of its screens."""

from datetime import datetime

from sqlmodel import Field, SQLModel

import storage.poll_tables
import storage.room_tables  # noqa: F401 - polls and audiences, which these point to


class HallCountRow(SQLModel, table=True):
    """Hands for one option of a poll, as a moderator counted them last. No row: nobody counted."""

    __tablename__ = "hall_count"
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    number: int = Field(primary_key=True)
    hands: int


class ScreenRow(SQLModel, table=True):
    """The address of an audience's screen. The token is kept, since moderators are shown the address again; a visitor's
    is looked up by digest, so that no index on the disk or in the cache answers faster to a better guess."""

    __tablename__ = "screen"
    audience_id: str = Field(primary_key=True, foreign_key="audience.id")
    token: str
    digest: str = Field(unique=True)
    made_at: datetime
