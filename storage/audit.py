"""The log of acts: who did what on what, and when. Never how somebody voted, never what somebody wrote."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from storage.linking_tables import AuditRow
from storage.upsert import table_of


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `person_id` did it (None: the bot, or somebody who is forgotten); `detail` is a JSON object."""

    at: datetime
    person_id: str | None
    act: str
    subject: str
    detail: str


class Audit:
    """Of one transaction. Notes are collected and written set-wise."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._rows: list[dict[str, Any]] = []

    def note(self, actor_person_id: str | None, act: str, subject: str = "", **detail: str | int | bool | None) -> None:
        """Remember an act.

        Args:
            actor_person_id: who did it; None where the network named nobody, or the bot did it by itself.
            act: what was done, as a fixed word such as "role-granted".
            subject: the id of the person, poll, room or thing that it was done to.
            detail: what else an auditor has to know, small: roles, networks, numbers.
        """
        self._rows.append(
            {
                "at": self._now,
                "person_id": actor_person_id,
                "act": act,
                "subject": subject,
                "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
            }
        )

    def merge(self, old: str, new: str) -> None:
        """Two persons are one: what was done to the one was done to the other."""
        self.flush()
        self._session.execute(update(AuditRow).where(col(AuditRow.subject) == old).values(subject=new))

    def flush(self) -> None:
        """Write what was collected. People must be written before."""
        if self._rows:
            self._session.connection().execute(insert(table_of(AuditRow)), self._rows)
            self._rows = []


def acts(session: Session, since: datetime | None = None) -> Iterator[Act]:
    """Every act from an instant on, in the order in which they were done."""
    query = select(AuditRow).order_by(col(AuditRow.seq))
    if since is not None:
        query = query.where(AuditRow.at >= since)
    for row in session.scalars(query.execution_options(yield_per=1_000)):
        yield Act(row.at, row.person_id, row.act, row.subject, row.detail)
