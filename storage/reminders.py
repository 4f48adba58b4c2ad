"""What came of reminders, and who is to be reminded: read at once for the timers that fire together."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.core.meetings import Answer
from bot.core.reminders import Fate
from storage.meeting_tables import ReminderRow, RsvpRow
from storage.organisation_tables import MembershipRow
from storage.organisations import MembershipState, Standing
from storage.room_tables import FollowRow
from storage.upsert import insert_many

_COMING = (Answer.YES, Answer.MAYBE)


class Reminders:
    """Of one transaction. What is recorded is written set-wise."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._recorded: list[dict[str, Any]] = []
        self._people: dict[str, list[str]] = {}

    def expect(self, occurrences: Iterable[str]) -> list[str]:
        """Read at once who comes to these. Returns them."""
        wanted = [one for one in occurrences if one not in self._people]
        if not wanted:
            return []
        self._people.update({one: [] for one in wanted})
        found = []
        for occurrence, person in self._session.execute(
            select(RsvpRow.occurrence_id, RsvpRow.person_id)
            .where(col(RsvpRow.occurrence_id).in_(wanted), col(RsvpRow.answer).in_(_COMING))
            .order_by(col(RsvpRow.person_id))
        ):
            self._people[occurrence].append(person)
            found.append(person)
        return found

    def coming(self, occurrence: str, after: str, limit: int) -> list[str]:
        """Those who said yes or maybe, behind this one in the order of their ids."""
        self.expect([occurrence])
        return [person for person in self._people[occurrence] if person > after][:limit]

    def undecided(self, occurrence: str, area: str, after: str, limit: int) -> list[str]:
        """Those who follow an area and have not answered, behind this one in the order of their ids."""
        answered = select(RsvpRow.person_id).where(RsvpRow.occurrence_id == occurrence)
        follow = select(FollowRow.person_id).where(
            FollowRow.area_id == area, col(FollowRow.person_id) > after, col(FollowRow.person_id).not_in(answered)
        )
        return list(self._session.scalars(follow.order_by(col(FollowRow.person_id)).limit(limit)))

    def invited(self, occurrence: str, organisations: Iterable[str], after: str, limit: int) -> list[str]:
        """Those who speak for organisations and have not said that they come or may come, behind this one in the order
        of their ids."""
        coming = select(RsvpRow.person_id).where(RsvpRow.occurrence_id == occurrence, col(RsvpRow.answer).in_(_COMING))
        speaking = select(MembershipRow.person_id).where(
            col(MembershipRow.organisation_id).in_(list(organisations)),
            MembershipRow.state == MembershipState.CONFIRMED,
            col(MembershipRow.role).in_([Standing.DELEGATE, Standing.DEPUTY]),
            col(MembershipRow.person_id) > after,
            col(MembershipRow.person_id).not_in(coming),
        )
        return list(self._session.scalars(speaking.distinct().order_by(col(MembershipRow.person_id)).limit(limit)))

    def record(self, occurrence: str, minutes: int, fate: Fate, told: int = 0) -> None:
        """What came of a reminder. The first record of it stays."""
        self._recorded.append(
            {
                "occurrence_id": occurrence,
                "minutes": minutes,
                "fate": fate,
                "at": self._now,
                "told": told,
                "unreached": 0,
            }
        )

    def fates(self, occurrence: str) -> dict[int, Fate]:
        """What came of the reminders of an occurrence, by their minutes."""
        self.flush()
        rows = self._session.execute(
            select(ReminderRow.minutes, ReminderRow.fate).where(ReminderRow.occurrence_id == occurrence)
        )
        return {minutes: Fate(fate) for minutes, fate in rows}

    def missed(self, occurrence: str, minutes: int) -> int:
        """One more person could not be written to. Returns how many."""
        self.flush()
        here = (col(ReminderRow.occurrence_id) == occurrence, col(ReminderRow.minutes) == minutes)
        self._session.execute(update(ReminderRow).where(*here).values(unreached=col(ReminderRow.unreached) + 1))
        return self.unreached(occurrence, minutes)

    def unreached(self, occurrence: str, minutes: int) -> int:
        """How many could not be written to."""
        here = (col(ReminderRow.occurrence_id) == occurrence, col(ReminderRow.minutes) == minutes)
        return self._session.scalar(select(ReminderRow.unreached).where(*here)) or 0

    def flush(self) -> None:
        """Write what was recorded."""
        insert_many(self._session, ReminderRow, self._recorded)
        self._recorded = []
