"""Meetings, their occurrences and the changes that wait for a confirmation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import dropwhile
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.meetings import AHEAD, Meeting, MeetingState, Occurrence, Plan
from bot.core.refs import ChatRef
from bot.core.wall import instant
from bot.core.when.recurrence import occurrences
from storage.ids import new_id
from storage.meeting_rows import (
    insert_meeting,
    insert_occurrences,
    insert_rooms,
    length_of,
    minutes_of,
    occurrences_by_id,
    plan_values,
    read_meetings,
    read_occurrences,
    wall_out,
)
from storage.meeting_tables import MeetingChangeRow, MeetingRoomRow, MeetingRow, OccurrenceRow
from storage.personal import Subject, listed
from storage.upsert import insert_many

_LONG_AGO = timedelta(days=14)
"""How long a meeting may last: what began before that is over."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that somebody sees before it is made."""

    id: str
    occurrence: str
    act: str
    words: str
    length: timedelta | None
    sequence: int
    author: str | None
    done: bool = False


class Meetings:
    """Of one transaction: what an earlier event of a batch did, a later one sees.

    Args:
        flush: writes the people that were collected: meetings point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush_people = flush
        self._meetings: dict[str, Meeting | None] = {}
        self._occurrences: dict[str, Occurrence | None] = {}

    # --- meetings ---

    def draft(
        self, plan: Plan, zone: ZoneInfo, organiser: str | None, chat: ChatRef, rooms: Sequence[ChatRef]
    ) -> Meeting:
        """A meeting that nobody sees yet."""
        self._flush_people()
        meeting = Meeting(
            id=new_id()[:16],
            plan=plan,
            zone=zone,
            state=MeetingState.DRAFT,
            organiser=organiser,
            chat=chat,
            rooms=tuple(rooms),
            created_at=self._now,
        )
        insert_meeting(self._session, meeting)
        self._meetings[meeting.id] = meeting
        return meeting

    def rewrite(self, meeting: Meeting, plan: Plan, rooms: Sequence[ChatRef]) -> Meeting:
        """Give a draft another plan and other rooms."""
        changed = replace(meeting, plan=plan, rooms=tuple(rooms))
        self._session.execute(update(MeetingRow).where(col(MeetingRow.id) == meeting.id).values(**plan_values(plan)))
        self._session.execute(delete(MeetingRoomRow).where(col(MeetingRoomRow.meeting_id) == meeting.id))
        insert_rooms(self._session, changed)
        self._meetings[meeting.id] = changed
        return changed

    def get(self, id_: str) -> Meeting | None:
        """A meeting by its id."""
        if id_ not in self._meetings:
            self._meetings[id_] = None
            self._remember(read_meetings(self._session, [id_]))
        return self._meetings[id_]

    def open(self, meeting: Meeting) -> list[Occurrence]:
        """Let people see it. Returns its occurrences, as far ahead as they are made."""
        self._set(meeting, state=MeetingState.OPEN)
        return self.extend(replace(meeting, state=MeetingState.OPEN))

    def drop(self, meeting: Meeting) -> None:
        """A draft that is not wanted, or a meeting that takes place no more."""
        self._set(meeting, state=MeetingState.CANCELLED, sequence=meeting.sequence + 1)

    def change(self, meeting: Meeting, plan: Plan) -> Meeting:
        """Give it another plan: a change that calendars hear of."""
        self._session.execute(
            update(MeetingRow)
            .where(col(MeetingRow.id) == meeting.id)
            .values(**plan_values(plan), sequence=meeting.sequence + 1)
        )
        changed = replace(meeting, plan=plan, sequence=meeting.sequence + 1)
        self._meetings[meeting.id] = changed
        return changed

    def open_ones(self, after: str, limit: int) -> list[Meeting]:
        """Open meetings with an id behind this one, in the order of their ids."""
        ids = self._session.scalars(
            select(MeetingRow.id)
            .where(MeetingRow.state == MeetingState.OPEN, col(MeetingRow.id) > after)
            .order_by(col(MeetingRow.id))
            .limit(limit)
        ).all()
        return self._remember(sorted(read_meetings(self._session, ids), key=lambda one: one.id))

    # --- occurrences ---

    def occurrence(self, id_: str) -> Occurrence | None:
        """An occurrence by its id."""
        if id_ not in self._occurrences:
            self._occurrences[id_] = None
            self._keep(occurrences_by_id(self._session, [id_]))
        return self._occurrences[id_]

    def both(self, occurrence_id: str) -> tuple[Meeting, Occurrence] | None:
        """An occurrence with its meeting."""
        occurrence = self.occurrence(occurrence_id)
        meeting = self.get(occurrence.meeting) if occurrence else None
        return (meeting, occurrence) if meeting and occurrence else None

    def expect(self, ids: Iterable[str]) -> list[ChatRef]:
        """Read at once these occurrences with their meetings. Returns the rooms they are shown in."""
        found = self._keep(occurrences_by_id(self._session, set(ids)))
        self._remember(read_meetings(self._session, {one.meeting for one in found} - self._meetings.keys()))
        return [room for one in found if (meeting := self._meetings[one.meeting]) for room in meeting.rooms]

    def known(self, id_: str) -> bool:
        """Whether this occurrence was read before."""
        return id_ in self._occurrences

    def of_meeting(self, meeting: Meeting) -> list[Occurrence]:
        """Its occurrences, the earliest first."""
        return self._keep(read_occurrences(self._session, OccurrenceRow.meeting_id == meeting.id))

    def extend(self, meeting: Meeting) -> list[Occurrence]:
        """Make the occurrences of a series that come near, and at least the next one. Returns the new ones."""
        last = self._session.scalar(
            select(func.max(OccurrenceRow.planned)).where(OccurrenceRow.meeting_id == meeting.id)
        )
        first, rule, zone = meeting.plan.first, meeting.plan.rule, meeting.zone
        walls: Iterable[datetime] = occurrences(rule, first) if rule else [first]
        if last is not None:
            known = datetime.fromisoformat(last)
            walls = dropwhile(lambda wall: wall <= known, walls)
            ahead = instant(known, zone) > self._now
        else:
            ahead = False
        made: list[Occurrence] = []
        for wall in walls:
            starts_at = instant(wall, zone)
            if ahead and starts_at > self._now + AHEAD:
                break
            ahead = ahead or starts_at > self._now
            made.append(
                Occurrence(
                    id=new_id()[:16],
                    meeting=meeting.id,
                    planned=wall,
                    wall=wall,
                    length=meeting.plan.length,
                    starts_at=starts_at,
                )
            )
        insert_occurrences(self._session, made)
        return self._keep(made)

    def put(self, occurrence: Occurrence) -> None:
        """Write an occurrence that changed."""
        self._session.execute(
            update(OccurrenceRow)
            .where(col(OccurrenceRow.id) == occurrence.id)
            .values(
                wall=wall_out(occurrence.wall),
                minutes=minutes_of(occurrence.length),
                starts_at=occurrence.starts_at,
                cancelled=occurrence.cancelled,
                announced=occurrence.announced,
            )
        )
        self._occurrences[occurrence.id] = occurrence

    def replan(self, occurrences: Sequence[Occurrence]) -> None:
        """Write occurrences for which the rule of their series has another hour now."""
        for one in occurrences:
            here = col(OccurrenceRow.id) == one.id
            self._session.execute(update(OccurrenceRow).where(here).values(planned=wall_out(one.planned)))
            self.put(one)

    def upcoming(self, chat: ChatRef | None, limit: int) -> list[tuple[Meeting, Occurrence]]:
        """What is not over, in a room or anywhere, the earliest first; of a series the next one."""
        shown = select(MeetingRow.id).where(MeetingRow.state == MeetingState.OPEN)
        if chat is not None:
            here = select(MeetingRoomRow.meeting_id).where(
                MeetingRoomRow.platform == chat.platform, MeetingRoomRow.chat_id == chat.chat_id
            )
            shown = shown.where(col(MeetingRow.id).in_(here))
        found = read_occurrences(
            self._session,
            col(OccurrenceRow.meeting_id).in_(shown),
            ~col(OccurrenceRow.cancelled),
            col(OccurrenceRow.starts_at) > self._now - _LONG_AGO,
        )
        nearest: dict[str, Occurrence] = {}
        for one in found:
            if one.over_at > self._now:
                nearest.setdefault(one.meeting, one)
        chosen = self._keep(list(nearest.values())[:limit])
        by_id = {one.id: one for one in self._remember(read_meetings(self._session, nearest))}
        return [(by_id[one.meeting], one) for one in chosen]

    # --- changes that wait ---

    def propose(self, occurrence: Occurrence, act: str, words: str, length: timedelta | None, by: str | None) -> Change:
        """Keep a change until it is confirmed."""
        self._flush_people()
        meeting = self.get(occurrence.meeting)
        sequence = meeting.sequence if meeting else 0
        change = Change(new_id()[:16], occurrence.id, act, words, length, sequence, by)
        row = {
            "id": change.id,
            "occurrence_id": change.occurrence,
            "act": act,
            "words": words,
            "minutes": minutes_of(length),
            "sequence": sequence,
            "author_id": by,
            "done": False,
            "at": self._now,
        }
        insert_many(self._session, MeetingChangeRow, [row])
        return change

    def proposed(self, id_: str) -> Change | None:
        """A change by its id."""
        row = self._session.get(MeetingChangeRow, id_, populate_existing=True)
        if row is None:
            return None
        length = length_of(row.minutes)
        return Change(row.id, row.occurrence_id, row.act, row.words, length, row.sequence, row.author_id, row.done)

    def settle(self, change: Change) -> None:
        """It was made, or dropped: it can't be made again."""
        self._session.execute(update(MeetingChangeRow).where(col(MeetingChangeRow.id) == change.id).values(done=True))

    # --- elsewhere changed ---

    def moved(self, old: ChatRef, new: ChatRef) -> None:
        """A room goes on under another id."""
        here = (col(MeetingRoomRow.platform) == old.platform, col(MeetingRoomRow.chat_id) == old.chat_id)
        there = select(MeetingRoomRow.meeting_id).where(
            MeetingRoomRow.platform == new.platform, MeetingRoomRow.chat_id == new.chat_id
        )
        self._session.execute(delete(MeetingRoomRow).where(*here, col(MeetingRoomRow.meeting_id).in_(there)))
        self._session.execute(update(MeetingRoomRow).where(*here).values(platform=new.platform, chat_id=new.chat_id))
        self._meetings.clear()

    def forget_drafts(self, before: datetime, changes_before: datetime, limit: int) -> int:
        """Drop drafts that nobody opened, and old changes, at most `limit` of each. Returns how many."""
        old = self._session.scalars(
            select(MeetingRow.id)
            .where(MeetingRow.state == MeetingState.DRAFT, col(MeetingRow.created_at) < before)
            .limit(limit)
        ).all()
        self._session.execute(delete(MeetingRoomRow).where(col(MeetingRoomRow.meeting_id).in_(old)))
        self._session.execute(delete(MeetingRow).where(col(MeetingRow.id).in_(old)))
        changes = select(MeetingChangeRow.id).where(col(MeetingChangeRow.at) < changes_before).limit(limit)
        result: Any = self._session.execute(delete(MeetingChangeRow).where(col(MeetingChangeRow.id).in_(changes)))
        return max(len(old), int(result.rowcount))

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The meetings that the person made, and the changes of the last weeks that they proposed."""
        made = select(  # type: ignore[call-overload]
            MeetingRow.id, MeetingRow.title, MeetingRow.first, MeetingRow.state, MeetingRow.created_at
        )
        changes = select(MeetingChangeRow.act, MeetingChangeRow.words, MeetingChangeRow.at)
        return {
            "meetings_made": listed(self._session, made.where(MeetingRow.organiser_id == subject.person_id)),
            "meeting_changes": listed(self._session, changes.where(MeetingChangeRow.author_id == subject.person_id)),
        }

    def erase(self, subject: Subject) -> None:
        """Meetings go on without an organiser, and not as made in a conversation that is the person's own."""
        mine = col(MeetingRow.organiser_id) == subject.person_id
        self._session.execute(update(MeetingRow).where(mine).values(organiser_id=None))
        in_direct = subject.in_chats(MeetingRow.platform, MeetingRow.chat_id)
        self._session.execute(update(MeetingRow).where(in_direct).values(chat_id="", thread_id=""))
        here = subject.in_chats(MeetingRoomRow.platform, MeetingRoomRow.chat_id)
        self._session.execute(delete(MeetingRoomRow).where(here))
        author = col(MeetingChangeRow.author_id) == subject.person_id
        self._session.execute(update(MeetingChangeRow).where(author).values(author_id=None))
        self._meetings.clear()

    def _set(self, meeting: Meeting, **values: Any) -> None:
        self._session.execute(update(MeetingRow).where(col(MeetingRow.id) == meeting.id).values(**values))
        self._meetings[meeting.id] = replace(meeting, **values)

    def _remember(self, found: list[Meeting]) -> list[Meeting]:
        self._meetings.update({one.id: one for one in found})
        return found

    def _keep(self, found: list[Occurrence]) -> list[Occurrence]:
        self._occurrences.update({one.id: one for one in found})
        return found
