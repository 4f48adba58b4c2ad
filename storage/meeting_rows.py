"""Meetings as rows: written, and read with their rooms."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import Session, col

from bot.core.meetings import Meeting, MeetingState, Occurrence, Plan
from bot.core.refs import ChatRef
from bot.core.when.recurrence import read_rule
from storage.meeting_tables import MeetingRoomRow, MeetingRow, OccurrenceRow
from storage.upsert import insert_many, table_of

_IDS: Any = bindparam("b_ids", expanding=True)
# Made once, see `storage.sending`: a card is rendered for each copy that is sent.
_MEETINGS = table_of(MeetingRow).select().where(col(MeetingRow.id).in_(_IDS))
_ROOMS = (
    table_of(MeetingRoomRow)
    .select()
    .where(col(MeetingRoomRow.meeting_id).in_(_IDS))
    .order_by(col(MeetingRoomRow.place))
)
_OCCURRENCES = table_of(OccurrenceRow).select().order_by(col(OccurrenceRow.starts_at), col(OccurrenceRow.id))
_NAMED = _OCCURRENCES.where(col(OccurrenceRow.id).in_(_IDS))


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
        "invited": " ".join(plan.invited),
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
    wanted, connection = {"b_ids": list(ids)}, session.connection()
    rooms: dict[str, list[ChatRef]] = {}
    for room in connection.execute(_ROOMS, wanted).all():
        rooms.setdefault(room.meeting_id, []).append(ChatRef(room.platform, room.chat_id, room.thread_id))
    return [_meeting(row, rooms.get(row.id, [])) for row in connection.execute(_MEETINGS, wanted).all()]


def read_occurrences(session: Session, *conditions: Any, limit: int | None = None) -> list[Occurrence]:
    """Occurrences that meet the conditions, the earliest first."""
    return [_occurrence(row) for row in session.connection().execute(_OCCURRENCES.where(*conditions).limit(limit))]


def occurrences_by_id(session: Session, ids: Iterable[str]) -> list[Occurrence]:
    """These occurrences, the earliest first."""
    return [_occurrence(row) for row in session.connection().execute(_NAMED, {"b_ids": list(ids)}).all()]


def wall_out(wall: datetime) -> str:
    """A local time as text."""
    return wall.isoformat(timespec="minutes")


def minutes_of(length: timedelta | None) -> int | None:
    """A length in minutes."""
    return int(length.total_seconds()) // 60 if length is not None else None


def length_of(minutes: int | None) -> timedelta | None:
    """The inverse of `minutes_of`."""
    return timedelta(minutes=minutes) if minutes is not None else None


def _meeting(row: Any, rooms: Sequence[ChatRef]) -> Meeting:
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
            invited=tuple(row.invited.split()),
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


def _occurrence(row: Any) -> Occurrence:
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
