"""Meetings while they are held: begun and ended, who is there, the polls opened meanwhile; forgotten in time."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, update
from sqlmodel import Session, col, select

from bot.core.poll_terms import ORGANISATION, Unit
from bot.core.polls import Poll
from bot.core.refs import ChatRef
from bot.core.sittings import Present, Sitting
from storage.ids import new_id
from storage.meeting_tables import MeetingRoomRow, MeetingRow, OccurrenceRow, RsvpRow
from storage.organisation_tables import OrganisationRow
from storage.personal import Subject, listed
from storage.poll_tables import BallotRow
from storage.secret_tables import VoterRow
from storage.sitting_tables import MinuteRow, PresenceNoticeRow, PresenceRow, SittingPollRow, SittingRow
from storage.upsert import insert_many


class Sittings:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: rows here point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush_people = flush

    # --- begun and ended ---

    def begin(self, occurrence: str, by: str | None) -> bool:
        """Begin a meeting. False: it was begun before."""
        if self.get(occurrence):
            return False
        self._flush_people()
        insert_many(self._session, SittingRow, [{"occurrence_id": occurrence, "began_at": self._now, "begun_by": by}])
        return True

    def end(self, occurrence: str) -> None:
        """It is over."""
        self._set(occurrence, ended_at=self._now)

    def approve(self, occurrence: str, by: str | None) -> None:
        """Its minutes are as they are to be."""
        self._set(occurrence, approved_at=self._now, approved_by=by)

    def get(self, occurrence: str) -> Sitting | None:
        """A meeting that was begun."""
        row = self._session.get(SittingRow, occurrence, populate_existing=True)
        return _sitting(row) if row else None

    def running(self, rooms: Iterable[ChatRef] | None = None) -> list[Sitting]:
        """What is held now, the latest first; in any of these rooms, if they are named."""
        query = select(SittingRow).where(col(SittingRow.ended_at).is_(None))
        return self._of_rooms(query, rooms, None)

    def last(self, rooms: Iterable[ChatRef] | None, limit: int) -> list[Sitting]:
        """What was begun last, the latest first."""
        return self._of_rooms(select(SittingRow), rooms, limit)

    # --- presence ---

    def arrive(self, occurrence: str, person: str, organisation: str | None) -> bool:
        """Somebody is there, for an organisation or as a person. False: that was known."""
        self._flush_people()
        here = (col(PresenceRow.occurrence_id) == occurrence, col(PresenceRow.person_id) == person)
        known = self._session.execute(select(PresenceRow.organisation_id).where(*here)).first()
        if known and known.organisation_id == organisation:
            return False
        if known:
            self._session.execute(update(PresenceRow).where(*here).values(organisation_id=organisation))
            return True
        row = {"id": new_id(), "occurrence_id": occurrence, "person_id": person, "organisation_id": organisation}
        insert_many(self._session, PresenceRow, [row])
        return True

    def present(self, occurrence: str) -> Present:
        """How many are there, and for which organisations."""
        here = PresenceRow.occurrence_id == occurrence
        people = self._session.scalar(select(func.count()).select_from(PresenceRow).where(here)) or 0
        names = self._session.scalars(
            select(OrganisationRow.name)
            .where(col(OrganisationRow.id).in_(select(PresenceRow.organisation_id).where(here)))
            .order_by(col(OrganisationRow.key))
        )
        return Present(people, tuple(names))

    # --- polls of it ---

    def bind(self, poll: str, occurrence: str) -> None:
        """A poll was opened while it is held."""
        insert_many(self._session, SittingPollRow, [{"poll_id": poll, "occurrence_id": occurrence}])

    def polls(self, occurrence: str) -> list[str]:
        """The polls opened while it was held."""
        return list(
            self._session.scalars(select(SittingPollRow.poll_id).where(SittingPollRow.occurrence_id == occurrence))
        )

    def turnout(self, poll: Poll) -> tuple[int, int] | None:
        """How many of those present voted, and how many are present: organisations where those vote, else people.
        None: it was not opened during a meeting."""
        bound = select(SittingPollRow.occurrence_id).where(SittingPollRow.poll_id == poll.id)
        occurrence = self._session.scalar(bound)
        if occurrence is None:
            return None
        here = col(PresenceRow.occurrence_id) == occurrence
        if poll.draft.unit is Unit.ORGANISATION:
            there = select(PresenceRow.organisation_id).where(here, col(PresenceRow.organisation_id).is_not(None))
            units = {f"{ORGANISATION}{one}" for one in self._session.scalars(there)}
        else:
            units = {one or "" for one in self._session.scalars(select(PresenceRow.person_id).where(here))}
        table: Any = VoterRow if poll.draft.secret else BallotRow
        voted = set(self._session.scalars(select(table.unit).where(table.poll_id == poll.id)))
        count = self._session.scalar(select(func.count()).select_from(PresenceRow).where(here)) or 0
        return len(units & voted), len(units) if poll.draft.unit is Unit.ORGANISATION else count

    # --- persons ---

    def settle_link(self, old: str, new: str) -> None:
        """Two accounts turned out to be one person, who is there once: for the organisation, if one of them is."""
        mine = col(PresenceRow.person_id).in_([old, new])
        rows: dict[str, dict[str | None, str | None]] = {}
        for row in self._session.execute(
            select(PresenceRow.occurrence_id, PresenceRow.person_id, PresenceRow.organisation_id).where(mine)
        ):
            rows.setdefault(row.occurrence_id, {})[row.person_id] = row.organisation_id
        for occurrence, found in rows.items():
            if len(found) == 2:
                less = old if found[old] is None or found[new] is not None else new
                here = (col(PresenceRow.occurrence_id) == occurrence, col(PresenceRow.person_id) == less)
                self._session.execute(delete(PresenceRow).where(*here))

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The meetings where the person was, and those that they began, or whose minutes they approved."""
        me = subject.person_id
        title: Any = select(MeetingRow.title, SittingRow.began_at, OrganisationRow.name.label("organisation"))  # type: ignore[attr-defined]
        was = (
            title.select_from(PresenceRow)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(PresenceRow.occurrence_id))
            .join(MeetingRow, col(MeetingRow.id) == col(OccurrenceRow.meeting_id))
            .outerjoin(SittingRow, col(SittingRow.occurrence_id) == col(OccurrenceRow.id))
            .outerjoin(OrganisationRow, col(OrganisationRow.id) == col(PresenceRow.organisation_id))
            .where(PresenceRow.person_id == me)
        )
        led = select(SittingRow.occurrence_id, SittingRow.began_at, SittingRow.ended_at, SittingRow.approved_at)
        return {
            "presence": listed(self._session, was),
            "meetings_begun": listed(self._session, led.where(SittingRow.begun_by == me)),
            "minutes_approved": listed(self._session, led.where(SittingRow.approved_by == me)),
        }

    def erase(self, subject: Subject) -> None:
        """The person counts where they were; nobody knows that it was them."""
        me = subject.person_id
        self._session.execute(update(PresenceRow).where(col(PresenceRow.person_id) == me).values(person_id=None))
        self._session.execute(update(SittingRow).where(col(SittingRow.begun_by) == me).values(begun_by=None))
        self._session.execute(update(SittingRow).where(col(SittingRow.approved_by) == me).values(approved_by=None))

    # --- when its time is over ---

    def to_be_told(self, before: datetime) -> list[datetime]:
        """When the meetings were of which it will be forgotten who was there and nobody was told, in order."""
        query = select(OccurrenceRow.starts_at).where(self._named(before), ~self._notice())
        return list(self._session.scalars(query.order_by(col(OccurrenceRow.starts_at))))

    def told(self, before: datetime) -> None:
        """Those in charge were told of all these."""
        ids = self._session.scalars(select(OccurrenceRow.id).where(self._named(before), ~self._notice())).all()
        rows = [{"occurrence_id": id_, "told_at": self._now} for id_ in ids]
        insert_many(self._session, PresenceNoticeRow, rows)

    def forget(self, before: datetime, told_before: datetime, limit: int) -> int:
        """Forget who was, came or spoke at meetings before an instant, if those in charge were told long enough ago: at
        most `limit` meetings. Counts, organisations and minutes stay. Returns how many."""
        told = self._notice(col(PresenceNoticeRow.told_at) <= told_before)
        query = select(OccurrenceRow.id).where(self._named(before), told)
        ids = self._session.scalars(query.limit(limit)).all()
        self._session.execute(delete(RsvpRow).where(col(RsvpRow.occurrence_id).in_(ids)))
        there = col(PresenceRow.occurrence_id).in_(ids)
        self._session.execute(update(PresenceRow).where(there).values(person_id=None))
        lines = col(MinuteRow.occurrence_id).in_(ids)
        self._session.execute(update(MinuteRow).where(lines).values(author_id=None, owner_id=None))
        held = col(SittingRow.occurrence_id).in_(ids)
        self._session.execute(update(SittingRow).where(held).values(begun_by=None, approved_by=None))
        return len(ids)

    def _named(self, before: datetime) -> Any:
        """The condition that an occurrence was before an instant and somebody's rows about it are left."""
        id_ = col(OccurrenceRow.id)
        was = exists().where(col(PresenceRow.occurrence_id) == id_, col(PresenceRow.person_id).is_not(None))
        came = exists().where(col(RsvpRow.occurrence_id) == id_)
        wrote = exists().where(
            col(MinuteRow.occurrence_id) == id_,
            col(MinuteRow.author_id).is_not(None) | col(MinuteRow.owner_id).is_not(None),
        )
        return (col(OccurrenceRow.starts_at) <= before) & (was | came | wrote)

    def _notice(self, *conditions: Any) -> Any:
        return exists().where(col(PresenceNoticeRow.occurrence_id) == col(OccurrenceRow.id), *conditions)

    # --- rows ---

    def _of_rooms(self, query: Any, rooms: Iterable[ChatRef] | None, limit: int | None) -> list[Sitting]:
        if rooms is not None:
            shown: Any = False
            for room in rooms:
                here = (MeetingRoomRow.platform == room.platform) & (MeetingRoomRow.chat_id == room.chat_id)
                shown = here | shown if shown is not False else here
            if shown is False:
                return []
            meetings = select(MeetingRoomRow.meeting_id).where(shown)
            of_them = select(OccurrenceRow.id).where(col(OccurrenceRow.meeting_id).in_(meetings))
            query = query.where(col(SittingRow.occurrence_id).in_(of_them))
        query = query.order_by(col(SittingRow.began_at).desc(), col(SittingRow.occurrence_id)).limit(limit)
        return [_sitting(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def _set(self, occurrence: str, **values: Any) -> None:
        self._session.execute(update(SittingRow).where(col(SittingRow.occurrence_id) == occurrence).values(**values))


def _sitting(row: SittingRow) -> Sitting:
    return Sitting(row.occurrence_id, row.began_at, row.ended_at, row.approved_at)
