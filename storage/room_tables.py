"""Tables of rooms, the audiences they belong to, thematic areas and who follows them."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage import tables  # noqa: F401 - persons, and the names of constraints


class AudienceRow(SQLModel, table=True):
    """Rooms that hear the same things. The default one is made with the schema and has no name of its own."""

    __tablename__ = "audience"
    id: str = Field(primary_key=True)
    name: str
    # The name as people's typing is compared.
    key: str = Field(unique=True)
    created_at: datetime | None = None


class RoomRow(SQLModel, table=True):
    """A room that a moderator brought the bot to or spoke to it in. `state`: offered, claimed, left."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("platform", "chat_id"),)
    id: str = Field(primary_key=True)
    platform: str
    chat_id: str
    state: str
    audience_id: str = Field(foreign_key="audience.id", index=True)
    polls_by: str
    claimed_by: str | None = Field(default=None, foreign_key="person.id", index=True)
    claimed_at: datetime | None = None


class AreaRow(SQLModel, table=True):
    """A thematic area. A retired one is offered no more; what refers to it still does."""

    __tablename__ = "area"
    id: str = Field(primary_key=True)
    position: int
    retired: bool = False


class AreaNameRow(SQLModel, table=True):
    """An area's name in a language; no two areas share one."""

    __tablename__ = "area_name"
    __table_args__ = (UniqueConstraint("lang", "key"),)
    area_id: str = Field(primary_key=True, foreign_key="area.id")
    lang: str = Field(primary_key=True)
    name: str
    key: str


class RoomAreaRow(SQLModel, table=True):
    """What a room is about."""

    __tablename__ = "room_area"
    room_id: str = Field(primary_key=True, foreign_key="room.id")
    area_id: str = Field(primary_key=True, foreign_key="area.id")


class FollowRow(SQLModel, table=True):
    """A person follows an area. Nobody but the person is shown this."""

    __tablename__ = "follow"
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    area_id: str = Field(primary_key=True, foreign_key="area.id")
