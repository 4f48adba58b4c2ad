"""A person's data as a whole: each repository tells what it holds of somebody, and lets go of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, col

from bot.core.refs import AccountRef, ChatRef

ERASED = "erased"
"""In the log of acts, in place of somebody who was erased."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as tables know them: by id, by accounts, and by the conversations that they alone have with the bot."""

    person_id: str
    accounts: tuple[AccountRef, ...]
    chats: tuple[ChatRef, ...]

    def in_chats(self, platform: Any, chat_id: Any) -> ColumnElement[bool]:
        """The condition that a row is about one of those conversations."""
        return tuple_(col(platform), col(chat_id)).in_([(chat.platform, chat.chat_id) for chat in self.chats])

    def in_accounts(self, platform: Any, user_id: Any) -> ColumnElement[bool]:
        """The condition that a row is about one of the accounts."""
        return tuple_(col(platform), col(user_id)).in_([(one.platform, one.user_id) for one in self.accounts])


class Part(Protocol):
    """A repository with rows about people. `Store.parts` lists them all; a test finds tables that none covers."""

    def personal(self, subject: Subject) -> dict[str, Any]:
        """What it holds of a person, by names of sections, ready for JSON (`docs/privacy.md` describes them)."""
        ...

    def erase(self, subject: Subject) -> None:
        """Let go of a person: rows about them go, rows that others need name nobody. Everything collected is written
        before."""
        ...


def listed(session: Session, query: Any) -> list[dict[str, Any]]:
    """The rows of a query as JSON objects, by the names of its columns."""
    return [_plain(row) for row in session.execute(query).mappings()]


def _plain(row: Iterable[Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in dict(row).items()}
