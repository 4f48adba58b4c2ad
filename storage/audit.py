"""The log of acts: who did what on what, and when. Never how somebody voted, never what somebody wrote."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from storage.linking_tables import AuditRow
from storage.personal import ERASED, Subject, listed
from storage.upsert import table_of


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `person_id` did it (None: the bot; `ERASED`: somebody who is forgotten); `detail` is a JSON object."""

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
            actor_person_id: who did it; None where the network named nobody, or the bot did it by itself; `ERASED` for
                the last act of somebody who is gone by it.
            act: what was done, as a fixed word such as "role-granted".
            subject: the id of the person, poll, room or thing that it was done to.
            detail: what else an auditor has to know, small: roles, networks, numbers.
        """
        self._rows.append(
            {
                "at": self._now,
                "person_id": None if actor_person_id == ERASED else actor_person_id,
                "erased": actor_person_id == ERASED,
                "act": act,
                "subject": subject,
                "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
            }
        )

    def merge(self, old: str, new: str) -> None:
        """Two persons are one: what was done to the one was done to the other."""
        self.flush()
        self._session.execute(update(AuditRow).where(col(AuditRow.subject) == old).values(subject=new))

    def personal(self, subject: Subject) -> dict[str, Any]:
        """What the person did, and what was done to them; who did the latter is theirs to tell."""
        columns = select(AuditRow.at, AuditRow.act, AuditRow.subject, AuditRow.detail).order_by(col(AuditRow.seq))
        by_others = col(AuditRow.person_id).is_(None) | (col(AuditRow.person_id) != subject.person_id)
        done_to = (col(AuditRow.subject) == subject.person_id) & by_others
        return {
            "acts": listed(self._session, columns.where(AuditRow.person_id == subject.person_id)),
            "acts_on_you": [
                {"at": act["at"], "act": act["act"], "detail": act["detail"]}
                for act in listed(self._session, columns.where(done_to))
            ],
        }

    def erase(self, subject: Subject) -> None:
        """The acts stay, done by nobody who could be named, on nobody."""
        mine, on_me = col(AuditRow.person_id) == subject.person_id, col(AuditRow.subject) == subject.person_id
        self._session.execute(update(AuditRow).where(mine).values(person_id=None, erased=True))
        self._session.execute(update(AuditRow).where(on_me).values(subject=ERASED))

    def forget(self, before: datetime, limit: int) -> int:
        """Drop acts that were done before an instant, at most `limit`. Returns how many."""
        old = select(AuditRow.seq).where(col(AuditRow.at) < before).limit(limit)
        result: Any = self._session.execute(delete(AuditRow).where(col(AuditRow.seq).in_(old)))
        return int(result.rowcount)

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
        yield Act(row.at, ERASED if row.erased else row.person_id, row.act, row.subject, row.detail)
