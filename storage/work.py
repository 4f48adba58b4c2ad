"""Slow work: asked for in a handler's transaction, done outside of any, its result handled in another."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.intents import Do
from storage.ids import new_id
from storage.upsert import insert_many
from storage.work_tables import WorkRow

EVENT = "work:"
"""How the keys of the events begin that bring results."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work to be done now; `attempts` counts this time."""

    key: str
    name: str
    payload: dict[str, Any]
    asking: str
    attempts: int


class Work:
    """Of one transaction. `asked`: something was asked for in it."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self.asked = False

    def ask(self, do: Do) -> None:
        """Have it done; work with the same key is replaced."""
        row = {
            "key": do.key,
            "name": do.work,
            "payload": json.dumps(do.payload, ensure_ascii=False),
            "asking": new_id(),
            "attempts": 0,
            "not_before": self._now,
        }
        insert_many(self._session, WorkRow, [row], update=["name", "payload", "asking", "attempts", "not_before"])
        self.asked = True

    def done(self, event_key: str) -> bool:
        """The result is handled. False: the work was asked for anew since."""
        asking = event_key.removeprefix(EVENT)
        result: Any = self._session.execute(delete(WorkRow).where(col(WorkRow.asking) == asking))
        return int(result.rowcount) > 0


def begin(session: Session, now: datetime, limit: int, busy: Collection[str]) -> list[Task]:
    """Take the next work, the oldest first, and count the attempt. `busy`: askings that are under way."""
    rows = session.scalars(
        select(WorkRow)
        .where(col(WorkRow.not_before) <= now, col(WorkRow.asking).not_in(busy))
        .order_by(col(WorkRow.not_before), col(WorkRow.key))
        .limit(limit)
    ).all()
    tasks = [Task(row.key, row.name, json.loads(row.payload), row.asking, row.attempts + 1) for row in rows]
    for row in rows:
        row.attempts += 1
    return tasks


def put_off(session: Session, asking: str, until: datetime) -> None:
    """Work that can't be done now waits."""
    session.execute(update(WorkRow).where(col(WorkRow.asking) == asking).values(not_before=until))


def give_back(session: Session, askings: Collection[str]) -> None:
    """Work that was cut off in good order wasn't tried."""
    session.execute(update(WorkRow).where(col(WorkRow.asking).in_(askings)).values(attempts=col(WorkRow.attempts) - 1))


def next_work(session: Session, busy: Collection[str]) -> datetime | None:
    """When the earliest work that is not under way may be begun."""
    found: datetime | None = session.scalar(
        select(func.min(WorkRow.not_before)).where(col(WorkRow.asking).not_in(busy))
    )
    return found
