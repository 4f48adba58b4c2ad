"""The table of what is to be forgotten soon, so that people are told before."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage import poll_tables  # noqa: F401 - polls


class VoteNoticeRow(SQLModel, table=True):
    """Those in charge were told that it will be forgotten who voted what in a poll."""

    __tablename__ = "vote_notice"
    poll_id: str = Field(primary_key=True, foreign_key="poll.id")
    told_at: datetime
    forgotten_at: datetime | None = None
