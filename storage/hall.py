"""Hands that moderators counted in the hall: apart from ballots, and of nobody."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.hall_tables import HallCountRow
from storage.upsert import insert_many


def hands_of(session: Session, poll_id: str) -> tuple[int, ...]:
    """The hands for each option in order; empty where nobody counted."""
    query = select(HallCountRow.hands).where(HallCountRow.poll_id == poll_id).order_by(col(HallCountRow.number))
    return tuple(session.scalars(query))


def set_hands(session: Session, poll_id: str, hands: Sequence[int]) -> None:
    """Put a count in place of the one before; an empty one takes it away."""
    session.execute(delete(HallCountRow).where(col(HallCountRow.poll_id) == poll_id))
    rows = [{"poll_id": poll_id, "number": number, "hands": count} for number, count in enumerate(hands, 1)]
    insert_many(session, HallCountRow, rows)
