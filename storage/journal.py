"""What was read from the networks: keys of handled events, cursors, items set aside, encrypted events that wait."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func
from sqlmodel import Session, col, select

from bot.core.events import Poison
from storage.personal import Subject
from storage.tables import CursorRow, ParkedRow, PoisonRow, ProcessedRow
from storage.upsert import insert_many

# Made once, see `storage.sending`.
_HANDLED = select(ProcessedRow.key).where(col(ProcessedRow.key).in_(bindparam("b_keys", expanding=True)))


class Journal:
    """Of one transaction. Keys are collected and flushed set-wise."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._done: dict[str, None] = {}

    def handled(self, keys: Iterable[str]) -> set[str]:
        """Which of these keys were handled before."""
        return set(self._session.scalars(_HANDLED, {"b_keys": list(keys)}))

    def mark(self, key: str) -> None:
        """This event is handled."""
        self._done[key] = None

    def advance(self, name: str, value: str) -> None:
        """Move a cursor."""
        insert_many(self._session, CursorRow, [{"name": name, "value": value}], update=["value"])

    def set_aside(self, poison: Poison) -> None:
        """Keep the shape of an item that can't be read or handled, for the operator."""
        row = {
            "key": poison.key,
            "platform": poison.platform,
            "error": poison.error[:500],
            "shape": poison.shape[:4000],
            "at": self._now,
        }
        insert_many(self._session, PoisonRow, [row])

    def personal(self, subject: Subject) -> dict[str, Any]:
        """How many encrypted messages of the person's direct chats wait for a key."""
        here = subject.in_chats(ParkedRow.platform, ParkedRow.chat_id)
        waiting = self._session.scalar(select(func.count()).select_from(ParkedRow).where(here))
        return {"encrypted_messages_waiting": waiting or 0}

    def erase(self, subject: Subject) -> None:
        """Encrypted messages of the person's direct chats wait no longer."""
        self._session.execute(delete(ParkedRow).where(subject.in_chats(ParkedRow.platform, ParkedRow.chat_id)))

    def flush(self) -> None:
        """Write what was collected."""
        insert_many(self._session, ProcessedRow, [{"key": key, "at": self._now} for key in self._done])
        self._done = {}


def cursor(session: Session, name: str) -> str | None:
    """Where reading stopped; None on the first start."""
    row = session.get(CursorRow, name)
    return row.value if row else None


def forget_keys(session: Session, before: datetime, limit: int) -> int:
    """Drop keys of events older than any network repeats, at most `limit`. Returns how many."""
    old = select(ProcessedRow.key).where(col(ProcessedRow.at) < before).limit(limit)
    result: Any = session.execute(delete(ProcessedRow).where(col(ProcessedRow.key).in_(old)))
    return int(result.rowcount)


def forget_aside(session: Session, before: datetime, limit: int) -> int:
    """Drop items set aside, at most `limit`. Returns how many."""
    old = select(PoisonRow.key).where(col(PoisonRow.at) < before).limit(limit)
    result: Any = session.execute(delete(PoisonRow).where(col(PoisonRow.key).in_(old)))
    return int(result.rowcount)


def forget_parked(session: Session, before: datetime, limit: int) -> int:
    """Drop encrypted events that their network gave up on, or would have, had it been there. Returns how many."""
    old = select(ParkedRow.key).where(col(ParkedRow.at) < before).limit(limit)
    result: Any = session.execute(delete(ParkedRow).where(col(ParkedRow.key).in_(old)))
    return int(result.rowcount)


def park(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep encrypted events until their keys come (columns of `ParkedRow`)."""
    insert_many(session, ParkedRow, rows)


def parked(session: Session, platform: str, session_id: str | None = None) -> list[ParkedRow]:
    """Encrypted events that wait, all or those of one megolm session, the oldest first."""
    query = select(ParkedRow).where(ParkedRow.platform == platform).order_by(col(ParkedRow.at))
    if session_id is not None:
        query = query.where(ParkedRow.session_id == session_id)
    return list(session.scalars(query))


def unpark(session: Session, keys: Iterable[str]) -> None:
    """Forget events that were read at last, or waited too long."""
    session.execute(delete(ParkedRow).where(col(ParkedRow.key).in_(list(keys))))
