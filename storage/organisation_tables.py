"""Tables of organisations and who belongs to them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage import tables  # noqa: F401 - persons, and the names of constraints


class OrganisationRow(SQLModel, table=True):
    """An organisation that somebody named. It is one of ours once a moderator confirmed a membership in it."""

    __tablename__ = "organisation"
    id: str = Field(primary_key=True)
    name: str
    # The name as people's typing is compared.
    key: str = Field(unique=True)
    created_at: datetime


class MembershipRow(SQLModel, table=True):
    """A person belongs to an organisation, or asks to. `state`: asked, confirmed, refused, ended."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id"),
        Index("ix_membership_state", "state", "asked_at"),
    )
    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    role: str
    state: str
    # What the person tells a moderator who wants to know whose request it is.
    number: int
    asked_at: datetime
    decided_by: str | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: datetime | None = None
