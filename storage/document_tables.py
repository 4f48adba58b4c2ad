"""The tables of documents that questions are answered from, and of files that are being added."""

from datetime import date as Day  # the fields are called `date`
from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class DocumentRow(SQLModel, table=True):
    """A document. Its passages are cut from the text whenever it is loaded."""

    __tablename__ = "document"
    id: str = Field(primary_key=True)
    title: str
    # Folded, so that a second version is known by its title.
    key: str = Field(index=True)
    # Its address, or "".
    source: str = Field(index=True)
    source_title: str
    date: Day
    valid_from: Day | None
    valid_to: Day | None
    lang: str
    area: str | None = Field(foreign_key="area.id")
    # "original", or "summary" for the federation's own words.
    kind: str
    # Of the file: "pdf", "docx", …
    format: str
    # SHA-256 of the file.
    digest: str
    # The file on the bot's machine, or "".
    path: str = Field(index=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    # JSON: where each page begins in the text.
    pages: str = Field(sa_column=Column(Text, nullable=False))
    # Who added it; nobody where the operator did.
    person_id: str | None = Field(foreign_key="person.id", index=True)
    # Rises with every change, so that a running bot sees that there was one.
    revision: int
    added_at: datetime
    changed_at: datetime


class DocumentDraftRow(SQLModel, table=True):
    """A file that somebody sent to the bot and that is not, or just now, among the documents."""

    __tablename__ = "document_draft"
    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    name: str
    state: str
    # One word, when it can't be read.
    error: str
    digest: str
    passages: int
    # JSON: what was read; empty before and after.
    parsed: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(index=True)
