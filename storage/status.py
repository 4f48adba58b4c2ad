"""How the bot is doing, read from the database: counts and ages, nothing that people wrote."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.core.copies import State
from bot.core.refs import adapter_of
from storage.desk import waiting_by_kind
from storage.room_tables import RoomRow
from storage.schema import version
from storage.sending import backlog
from storage.tables import AccountRow, DueRow, OutboxRow

DAY = timedelta(days=1)
LATE = timedelta(minutes=1)
"""A timer that should have fired so long ago is late."""
_LOST = (State.FAILED, State.UNCERTAIN, State.EXPIRED)


def status(session: Session, now: datetime) -> dict[str, Any]:
    """Everything as JSON: ages in seconds, sizes in bytes."""
    late, oldest = session.execute(select(func.count(), func.min(DueRow.at)).where(col(DueRow.at) < now - LATE)).one()
    return {
        "schema": version(),
        "database_bytes": _size(session),
        "networks": _networks(session, now),
        "failed_last_day": _failed(session, now),
        "rooms": {
            state: int(count)
            for state, count in session.execute(
                select(RoomRow.state, func.count()).group_by(RoomRow.state).order_by(RoomRow.state)
            )
        },
        "desk": dict(sorted(waiting_by_kind(session).items())),
        "timers_late": {"count": int(late), "oldest_s": _age(oldest, now)},
    }


def _networks(session: Session, now: datetime) -> dict[str, dict[str, Any]]:
    """Of each adapter: when somebody was last heard there (to the hour), when something was last sent, what waits."""
    found: dict[str, dict[str, Any]] = {}

    def of(adapter: str) -> dict[str, Any]:
        return found.setdefault(adapter, {"heard_s_ago": None, "sent_s_ago": None, "waiting": 0, "oldest_s": None})

    heard = session.execute(select(AccountRow.platform, func.max(AccountRow.seen_at)).group_by(AccountRow.platform))
    for platform, at in heard:
        one, age = of(adapter_of(platform)), _age(at, now)
        one["heard_s_ago"] = age if one["heard_s_ago"] is None else min(one["heard_s_ago"], age)
    sent = session.execute(
        select(OutboxRow.adapter, func.max(OutboxRow.done_at))
        .where(OutboxRow.state == State.SENT)
        .group_by(OutboxRow.adapter)
    )
    for adapter, at in sent:
        of(adapter)["sent_s_ago"] = _age(at, now)
    for adapter, (count, oldest) in backlog(session).items():
        of(adapter).update(waiting=count, oldest_s=_age(oldest, now))
    return dict(sorted(found.items()))


def _failed(session: Session, now: datetime) -> dict[str, dict[str, int]]:
    """By adapter and reason: what was given up in the last day. A reason without a name is the row's state."""
    rows = session.execute(
        select(OutboxRow.adapter, func.coalesce(OutboxRow.why, OutboxRow.state), func.count())
        .where(col(OutboxRow.state).in_(_LOST), col(OutboxRow.done_at) > now - DAY)
        .group_by(OutboxRow.adapter, func.coalesce(OutboxRow.why, OutboxRow.state))
    )
    found: dict[str, dict[str, int]] = {}
    for adapter, why, count in sorted(tuple(row) for row in rows):
        found.setdefault(adapter, {})[why] = int(count)
    return found


def _size(session: Session) -> int | None:
    """With SQLite its log counts too."""
    bind = session.get_bind()
    if bind.dialect.name != "sqlite":
        return int(session.scalar(select(func.pg_database_size(func.current_database()))) or 0)
    path = Path(bind.engine.url.database or "")
    return sum(file.stat().st_size for file in (path, Path(f"{path}-wal")) if file.is_file())


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else round((now - at).total_seconds(), 1)
