"""Timers: instants in UTC, computed by the rules in `core` before they come here."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from bot.core.events import TimerFired
from bot.core.intents import At
from storage.ids import new_id
from storage.tables import DueRow
from storage.upsert import insert_many

UNDELIVERED = "undelivered"
"""Name of the timers that tell of messages which will never arrive."""


class Due:
    """Timers of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._armed: dict[str, str] = {}
        self._touched: set[str] = set()
        self._gone: list[str] = []

    def prefetch(self, event_keys: Iterable[str]) -> None:
        """Read at once which of these fired timers are still armed."""
        armings = [key.removeprefix("timer:") for key in event_keys]
        if len(armings) > 1:
            rows = self._session.execute(select(DueRow.arming, DueRow.key).where(col(DueRow.arming).in_(armings)))
            self._armed = {row.arming: row.key for row in rows}

    def arm(self, timer: At) -> None:
        """Set a timer; one with the same key is replaced."""
        row = {
            "key": timer.key,
            "at": timer.when,
            "name": timer.name,
            "payload": json.dumps(timer.payload, ensure_ascii=False),
            "arming": new_id(),
        }
        self._touched.add(timer.key)
        insert_many(self._session, DueRow, [row], update=["at", "name", "payload", "arming"])

    def together(self, name: str) -> list[str]:
        """The keys (`name:…`) of the timers that fired in this batch and were not handled yet."""
        return [key for key in self._armed.values() if key.startswith(f"{name}:")]

    def cancel(self, key: str) -> None:
        """Forget a timer."""
        self._touched.add(key)
        self._session.execute(delete(DueRow).where(col(DueRow.key) == key))

    def exists(self, key: str) -> bool:
        """Whether a timer with this key is set."""
        self.flush()
        return self._session.get(DueRow, key, populate_existing=True) is not None

    def fired(self, event_key: str) -> bool:
        """The timer behind a `TimerFired` is done. False: it was cancelled or armed anew since it was taken."""
        arming = event_key.removeprefix("timer:")
        if arming in self._armed:
            if self._armed.pop(arming) in self._touched:
                return False
            self._gone.append(arming)
            return True
        result: Any = self._session.execute(delete(DueRow).where(col(DueRow.arming) == arming))
        return int(result.rowcount) > 0

    def flush(self) -> None:
        """Forget the timers that fired: by their arming, so that one that was armed anew stays."""
        if self._gone:
            self._session.execute(delete(DueRow).where(col(DueRow.arming).in_(self._gone)))
            self._gone = []


def undelivered(session: Session, rows: Sequence[tuple[str, str, str | None]], now: datetime) -> None:
    """Have it told that messages will never arrive: a timer that is due, so that it is told once, whatever crashes.

    Args:
        rows: of each its id in the outbox, what it was about, why.
    """
    due = Due(session)
    for id_, ref, reason in rows:
        due.arm(At(now, UNDELIVERED, f"{UNDELIVERED}:{id_}", {"ref": ref, "reason": reason or ""}))


def take(session: Session, now: datetime, limit: int) -> list[TimerFired]:
    """The timers whose time has come, the earliest first. They stay until their event is handled."""
    rows = session.scalars(
        select(DueRow).where(col(DueRow.at) <= now).order_by(col(DueRow.at), col(DueRow.key)).limit(limit)
    )
    return [
        TimerFired(key=f"timer:{row.arming}", at=now, name=row.name, payload=json.loads(row.payload), due=row.at)
        for row in rows
    ]


def next_due(session: Session) -> datetime | None:
    """When the earliest timer fires."""
    found: datetime | None = session.scalar(select(func.min(DueRow.at)))
    return found
