"""Polls as rows: written once, read with their options and rooms."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.clean import fold
from bot.core.content import ByLanguage
from bot.core.poll_terms import Base, Quorum, Threshold, Unit
from bot.core.polls import Draft, Kind, Poll, PollState, Words, forms, words_in, words_out
from bot.core.refs import ChatRef
from storage.poll_tables import PollOptionRow, PollRoomRow, PollRow
from storage.room_tables import AreaNameRow
from storage.upsert import insert_many


def insert_poll(session: Session, poll: Poll) -> None:
    """A new poll, with its options and rooms."""
    draft, chat = poll.draft, poll.chat
    row = PollRow(
        id=poll.id,
        **_columns(session, draft),
        state=poll.state,
        opener_id=poll.opener,
        platform=chat.platform,
        chat_id=chat.chat_id,
        thread_id=chat.thread_id,
        seq=(session.scalar(select(func.max(PollRow.seq))) or 0) + 1,
        opened_at=poll.opened_at,
    )
    session.add(row)
    session.flush()
    _insert_options(session, poll)
    _insert_rooms(session, poll)


def rewrite_poll(session: Session, poll: Poll) -> None:
    """Other words, terms or rooms of a poll that is there."""
    values = _columns(session, poll.draft) | {"opened_at": poll.opened_at}
    session.execute(update(PollRow).where(col(PollRow.id) == poll.id).values(**values))
    session.execute(delete(PollOptionRow).where(col(PollOptionRow.poll_id) == poll.id))
    session.execute(delete(PollRoomRow).where(col(PollRoomRow.poll_id) == poll.id))
    _insert_options(session, poll)
    _insert_rooms(session, poll)


def _columns(session: Session, draft: Draft) -> dict[str, Any]:
    return {
        "question": draft.question,
        "kind": draft.kind,
        "least": draft.least,
        "most": draft.most,
        "closes_at": draft.closes_at,
        **_terms_out(session, draft),
    }


def _insert_options(session: Session, poll: Poll) -> None:
    options = [
        {"poll_id": poll.id, "number": number, "words": json.dumps(words_out(option), ensure_ascii=False)}
        for number, option in enumerate(poll.draft.options, 1)
    ]
    insert_many(session, PollOptionRow, options)


def _insert_rooms(session: Session, poll: Poll) -> None:
    rooms = [
        {
            "poll_id": poll.id,
            "platform": room.platform,
            "chat_id": room.chat_id,
            "thread_id": room.thread_id,
            "place": place,
        }
        for place, room in enumerate(poll.rooms)
    ]
    insert_many(session, PollRoomRow, rooms)


def read_polls(session: Session, condition: Any, order: Sequence[Any] = (), limit: int | None = 1) -> list[Poll]:
    """The polls that meet a condition, with their options and rooms, in three queries."""
    query = select(PollRow).where(condition).order_by(*order).limit(limit)
    # Changes go past the session's objects, so that they are read anew.
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    ids = [row.id for row in rows]
    options: dict[str, list[Words]] = {}
    for option in session.scalars(
        select(PollOptionRow).where(col(PollOptionRow.poll_id).in_(ids)).order_by(col(PollOptionRow.number))
    ):
        options.setdefault(option.poll_id, []).append(words_in(json.loads(option.words)))
    rooms: dict[str, list[ChatRef]] = {}
    for room in session.execute(
        select(PollRoomRow.poll_id, PollRoomRow.platform, PollRoomRow.chat_id, PollRoomRow.thread_id)
        .where(col(PollRoomRow.poll_id).in_(ids))
        .order_by(col(PollRoomRow.place))
    ):
        rooms.setdefault(room.poll_id, []).append(ChatRef(room.platform, room.chat_id, room.thread_id))
    areas = _areas(session, {row.area_id for row in rows if row.area_id})
    return [_poll(row, options.get(row.id, []), rooms.get(row.id, []), areas) for row in rows]


def _poll(row: PollRow, options: Sequence[Words], rooms: Sequence[ChatRef], areas: Mapping[str, Words]) -> Poll:
    return Poll(
        id=row.id,
        draft=Draft(
            row.question,
            tuple(options),
            Kind(row.kind),
            row.least,
            row.most,
            row.closes_at,
            secret=row.secret,
            unit=Unit(row.unit),
            members=row.members,
            hidden=row.hidden,
            quorum=_quorum(row),
            threshold=_threshold(row),
            area=areas.get(row.area_id or ""),
        ),
        state=PollState(row.state),
        opener=row.opener_id,
        chat=ChatRef(row.platform, row.chat_id, row.thread_id),
        rooms=tuple(rooms),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        closings=row.closings,
    )


def _terms_out(session: Session, draft: Draft) -> dict[str, Any]:
    quorum, threshold = draft.quorum, draft.threshold
    area = forms(draft.area)[0] if draft.area else None
    return {
        "secret": draft.secret,
        "unit": draft.unit,
        "members": draft.members,
        "hidden": draft.hidden,
        "quorum_count": quorum.count if quorum else None,
        "quorum_part": str(quorum.part) if quorum and quorum.part is not None else None,
        "threshold_part": str(threshold.part) if threshold else None,
        "threshold_base": threshold.base if threshold else None,
        "area_id": session.scalar(select(AreaNameRow.area_id).where(AreaNameRow.key == fold(area))) if area else None,
    }


def _quorum(row: PollRow) -> Quorum | None:
    if row.quorum_count is None and row.quorum_part is None:
        return None
    return Quorum(row.quorum_count, Fraction(row.quorum_part) if row.quorum_part else None)


def _threshold(row: PollRow) -> Threshold | None:
    if row.threshold_part is None:
        return None
    return Threshold(Fraction(row.threshold_part), Base(row.threshold_base or Base.VOTES))


def _areas(session: Session, ids: set[str]) -> dict[str, Words]:
    if not ids:
        return {}
    names: dict[str, list[tuple[str, str]]] = {}
    for name in session.scalars(select(AreaNameRow).where(col(AreaNameRow.area_id).in_(ids))):
        names.setdefault(name.area_id, []).append((name.lang, name.name))
    return {id_: ByLanguage(tuple(pairs)) for id_, pairs in names.items()}
