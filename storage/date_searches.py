"""Polls that ask for a date, and the meeting that one of the dates became."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.meeting_rows import length_of, minutes_of, wall_out
from storage.poll_tables import BallotRow
from storage.sitting_tables import DateSearchRow
from storage.upsert import insert_many


@dataclass(frozen=True, slots=True)
class DateSearch:
    """Dates that are asked for: the local start and the length behind each option. `meeting`: what came of it."""

    poll: str
    title: str
    zone: ZoneInfo
    dates: tuple[tuple[datetime, timedelta | None], ...]
    meeting: str | None = None


class DateSearches:
    """Of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, search: DateSearch) -> None:
        """Keep what a poll's options are."""
        dates = json.dumps([[wall_out(wall), minutes_of(length)] for wall, length in search.dates])
        row = {"poll_id": search.poll, "title": search.title, "zone": search.zone.key, "dates": dates}
        insert_many(self._session, DateSearchRow, [row])

    def get(self, poll: str) -> DateSearch | None:
        """The dates of a poll that asks for one."""
        row = self._session.get(DateSearchRow, poll, populate_existing=True)
        if row is None:
            return None
        dates = tuple((datetime.fromisoformat(wall), length_of(minutes)) for wall, minutes in json.loads(row.dates))
        return DateSearch(row.poll_id, row.title, ZoneInfo(row.zone), dates, row.meeting_id)

    def settle(self, poll: str, meeting: str) -> None:
        """One of the dates is a meeting now."""
        self._session.execute(
            update(DateSearchRow).where(col(DateSearchRow.poll_id) == poll).values(meeting_id=meeting)
        )

    def choosers(self, poll: str, number: int) -> list[tuple[str, str]]:
        """The persons who chose an option, each with the network where they did."""
        rows = self._session.execute(
            select(BallotRow.unit, BallotRow.choices, BallotRow.platform, BallotRow.chat_id)
            .where(BallotRow.poll_id == poll)
            .order_by(col(BallotRow.turn))
        )
        # A ballot without a chat is nobody's any more.
        return [(row.unit, row.platform) for row in rows if row.choices >> (number - 1) & 1 and row.chat_id]
