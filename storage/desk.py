"""The desk: what waits for a moderator. Each item is a card of its own kind; here stands whether it still waits."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.refs import CardRef
from storage.desk_tables import DeskItemRow
from storage.organisation_tables import MembershipRow
from storage.personal import Subject, listed
from storage.tables import PostRow

MEMBERSHIP = "membership"
"""The kind of card of a request for a membership: its id is that of the membership."""


class Desk:
    """Of one transaction.

    Args:
        flush: writes the people who were collected: rows here point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush

    def open(self, card: CardRef) -> bool:
        """It waits from now on. False: it did before."""
        row = self._session.get(DeskItemRow, (card.kind, card.id))
        if row is None:
            self._session.add(DeskItemRow(card_kind=card.kind, card_id=card.id, opened_at=self._now))
            self._session.flush()
            return True
        if row.closed_at is None:
            return False
        row.opened_at, row.closed_at, row.closed_by, row.outcome = self._now, None, None, None
        return True

    def waits(self, card: CardRef) -> bool:
        """Whether nobody has handled it yet."""
        row = self._session.get(DeskItemRow, (card.kind, card.id))
        return row is not None and row.closed_at is None

    def close(self, card: CardRef, by: str | None, outcome: str) -> bool:
        """It is handled. False: it was before, or nobody was ever asked. The first one wins, by the database."""
        self._flush()
        self._session.flush()
        result: Any = self._session.execute(
            update(DeskItemRow)
            .where(
                col(DeskItemRow.card_kind) == card.kind,
                col(DeskItemRow.card_id) == card.id,
                col(DeskItemRow.closed_at).is_(None),
            )
            .values(closed_at=self._now, closed_by=by, outcome=outcome)
        )
        return int(result.rowcount) > 0

    def outcome(self, card: CardRef) -> str | None:
        """How it was handled; None while it waits."""
        row = self._session.get(DeskItemRow, (card.kind, card.id))
        return row.outcome if row else None

    def waiting(self, limit: int | None = None) -> list[CardRef]:
        """What waits, the oldest first."""
        rows = self._session.execute(
            select(DeskItemRow.card_kind, DeskItemRow.card_id)
            .where(col(DeskItemRow.closed_at).is_(None))
            .order_by(col(DeskItemRow.opened_at), col(DeskItemRow.card_kind), col(DeskItemRow.card_id))
            .limit(limit)
        )
        return [CardRef(kind, id_) for kind, id_ in rows]

    def drop(self, kind: str, ids: Iterable[str]) -> None:
        """What these were about is forgotten: nobody has to see to it any more."""
        drop_items(self._session, kind, list(ids))

    def forget(self, before: datetime, limit: int) -> int:
        """Drop what was handled before an instant, at most `limit`. Returns how many."""
        old = self._session.execute(
            select(DeskItemRow.card_kind, DeskItemRow.card_id).where(col(DeskItemRow.closed_at) < before).limit(limit)
        ).all()
        for kind in {kind for kind, _ in old}:
            drop_items(self._session, kind, [id_ for one, id_ in old if one == kind])
        return len(old)

    def personal(self, subject: Subject) -> dict[str, Any]:
        """What the person handled."""
        query = (
            select(DeskItemRow.card_kind, DeskItemRow.closed_at, DeskItemRow.outcome)
            .where(DeskItemRow.closed_by == subject.person_id)
            .order_by(col(DeskItemRow.closed_at), col(DeskItemRow.card_id))
        )
        return {"handled": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """What the person handled stays handled; what they wait for themselves goes."""
        mine = list(self._session.scalars(select(MembershipRow.id).where(MembershipRow.person_id == subject.person_id)))
        drop_items(self._session, MEMBERSHIP, mine)
        self._session.execute(
            update(DeskItemRow).where(col(DeskItemRow.closed_by) == subject.person_id).values(closed_by=None)
        )


def drop_items(session: Session, kind: str, ids: list[str]) -> None:
    """These wait no more, and their posts are cards no more: they go when other posts go."""
    session.flush()
    session.execute(delete(DeskItemRow).where(col(DeskItemRow.card_kind) == kind, col(DeskItemRow.card_id).in_(ids)))
    no_cards(session, kind, ids)


def no_cards(session: Session, kind: str, ids: list[str]) -> None:
    """Posts of these cards show nothing that could change: they go when other posts go."""
    session.execute(
        update(PostRow)
        .where(col(PostRow.card_kind) == kind, col(PostRow.card_id).in_(ids))
        .values(card_kind=None, card_id=None)
    )


def waiting_by_kind(session: Session) -> Counter[str]:
    """How much waits, by kind of card."""
    rows = session.execute(
        select(DeskItemRow.card_kind, func.count())
        .where(col(DeskItemRow.closed_at).is_(None))
        .group_by(DeskItemRow.card_kind)
    )
    return Counter({kind: int(count) for kind, count in rows})
