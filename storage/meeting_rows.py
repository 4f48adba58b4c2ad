"""Meetings as rows: written, and read with their rooms."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.core.meetings import Meeting, MeetingState, Occurrence, Plan
from bot.core.refs import ChatRef
from bot.core.when.recurrence import read_rule
from storage.meeting_tables import MeetingRoomRow, MeetingRow, OccurrenceRow
from storage.upsert import insert_many


def plan_values(plan: Plan) -> dict[str, Any]:
    """The columns of a plan."""
    return {
        "title": plan.title,
        "place": plan.place,
        "area_id": plan.area,
        "chair": plan.chair,
        "agenda": plan.agenda,
        "access": plan.access,
        "quorum_people": plan.quorum_people,
        "quorum_organisations": plan.quorum_organisations,
        "first": wall_out(plan.first),
        "minutes": minutes_of(plan.length),
        "rule": plan.rule.text() if plan.rule else None,
        "capacity": plan.capacity,
        "reminders": " ".join(map(str, plan.reminders)),
    }


def insert_meeting(session: Session, meeting: Meeting) -> None:
    """A new meeting, with its rooms."""
    chat = meeting.chat
    row = {
        "id": meeting.id,
        **plan_values(meeting.plan),
        "zone": meeting.zone.key,
        "state": meeting.state,
        "organiser_id": meeting.organiser,
        "platform": chat.platform,
        "chat_id": chat.chat_id,
        "thread_id": chat.thread_id,
        "sequence": meeting.sequence,
        "created_at": meeting.created_at,
    }
    insert_many(session, MeetingRow, [row])
    insert_rooms(session, meeting)


def insert_rooms(session: Session, meeting: Meeting) -> None:
    """The rooms of a meeting that has none yet."""
    rooms = [
        {
            "meeting_id": meeting.id,
            "platform": room.platform,
            "chat_id": room.chat_id,
            "thread_id": room.thread_id,
            "place": place,
        }
        for place, room in enumerate(meeting.rooms)
    ]
    insert_many(session, MeetingRoomRow, rooms)


def insert_occurrences(session: Session, occurrences: Sequence[Occurrence]) -> None:
    """New ones."""
    insert_many(
        session,
        OccurrenceRow,
        [
            {
                "id": one.id,
                "meeting_id": one.meeting,
                "planned": wall_out(one.planned),
                "wall": wall_out(one.wall),
                "minutes": minutes_of(one.length),
                "starts_at": one.starts_at,
                "cancelled": one.cancelled,
                "announced": one.announced,
            }
            for one in occurrences
        ],
    )


def read_meetings(session: Session, ids: Iterable[str]) -> list[Meeting]:
    """Meetings with their rooms, in two queries."""
    ids = list(ids)
    rooms: dict[str, list[ChatRef]] = {}
    for room in session.execute(
        select(MeetingRoomRow.meeting_id, MeetingRoomRow.platform, MeetingRoomRow.chat_id, MeetingRoomRow.thread_id)
        .where(col(MeetingRoomRow.meeting_id).in_(ids))
        .order_by(col(MeetingRoomRow.place))
    ):
        rooms.setdefault(room.meeting_id, []).append(ChatRef(room.platform, room.chat_id, room.thread_id))
    # Changes go past the session's objects, so that they are read anew.
    query = select(MeetingRow).where(col(MeetingRow.id).in_(ids)).execution_options(populate_existing=True)
    return [_meeting(row, rooms.get(row.id, [])) for row in session.scalars(query)]


def read_occurrences(session: Session, *conditions: Any, limit: int | None = None) -> list[Occurrence]:
    """Occurrences that meet the conditions, the earliest first."""
    order = (col(OccurrenceRow.starts_at), col(OccurrenceRow.id))
    query = select(OccurrenceRow).where(*conditions).order_by(*order).limit(limit)
    return [_occurrence(row) for row in session.scalars(query.execution_options(populate_existing=True))]


def wall_out(wall: datetime) -> str:
    """A local time as text."""
    return wall.isoformat(timespec="minutes")


def minutes_of(length: timedelta | None) -> int | None:
    """A length in minutes."""
    return int(length.total_seconds()) // 60 if length is not None else None


def length_of(minutes: int | None) -> timedelta | None:
    """The inverse of `minutes_of`."""
    return timedelta(minutes=minutes) if minutes is not None else None


def _meeting(row: MeetingRow, rooms: Sequence[ChatRef]) -> Meeting:
    return Meeting(
        id=row.id,
        plan=Plan(
            title=row.title,
            first=datetime.fromisoformat(row.first),
            length=length_of(row.minutes),
            rule=read_rule(row.rule) if row.rule else None,
            place=row.place,
            area=row.area_id,
            chair=row.chair,
            agenda=row.agenda,
            access=row.access,
            quorum_people=row.quorum_people,
            quorum_organisations=row.quorum_organisations,
            capacity=row.capacity,
            reminders=tuple(map(int, row.reminders.split())),
        ),
        zone=ZoneInfo(row.zone),
        state=MeetingState(row.state),
        organiser=row.organiser_id,
        chat=ChatRef(row.platform, row.chat_id, row.thread_id),
        rooms=tuple(rooms),
        created_at=row.created_at,
        sequence=row.sequence,
    )


def _occurrence(row: OccurrenceRow) -> Occurrence:
    return Occurrence(
        id=row.id,
        meeting=row.meeting_id,
        planned=datetime.fromisoformat(row.planned),
        wall=datetime.fromisoformat(row.wall),
        length=length_of(row.minutes),
        starts_at=row.starts_at,
        cancelled=row.cancelled,
        announced=row.announced,
    )
