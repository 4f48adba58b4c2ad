"""Rooms that moderators claimed, and the audiences (rooms that hear the same things) they belong to."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.core.clean import fold
from bot.core.intents import At
from bot.core.people import Role
from bot.core.places import Place, Standing
from bot.core.refs import ChatRef
from storage.due import Due
from storage.ids import new_id
from storage.personal import Subject, listed
from storage.room_tables import AudienceRow, RoomAreaRow, RoomRow
from storage.tables import ChatRow

DEFAULT = "default"
"""The audience of every room until a moderator moves it."""
WAITING, LOST = "room-waiting", "room-lost"
"""The kinds of cards, for moderators, of a room that a stranger brought the bot to, and of a claimed one in which the
bot can't write any more; `LOST` is also the name of the timer that tells so."""


class RoomState(StrEnum):
    """Offered: a moderator brought the bot and may claim the room with a tap. Desk: claimed, and a moderators' room:
    it hears no audience. Left: the bot was thrown out since. Archived: a moderator put it aside."""

    OFFERED = "offered"
    CLAIMED = "claimed"
    DESK = "desk"
    LEFT = "left"
    ARCHIVED = "archived"


_CLAIMED = (RoomState.CLAIMED, RoomState.DESK)


class PollsBy(StrEnum):
    """Who may open polls in a room."""

    MODERATORS = "moderators"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Audience:
    """Rooms on any network that hear the same things. The default one has no name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """A room as moderators set it."""

    id: str
    chat: ChatRef
    state: RoomState
    audience: Audience
    polls_by: PollsBy
    areas: frozenset[str]
    lang: str | None
    claimed_by: str | None
    claimed_at: datetime | None

    @property
    def claimed(self) -> bool:
        """Whether a moderator claimed it."""
        return self.state in _CLAIMED

    @property
    def desk(self) -> bool:
        """Whether it is a moderators' room."""
        return self.state is RoomState.DESK


class Rooms:
    """Of one transaction. Topics and threads of a room are the room.

    Args:
        flush: writes the people and chats that were collected: rows here point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush

    def get(self, chat: ChatRef) -> Room | None:
        """A room by its chat; None where no moderator had to do with it."""
        row = self._row(chat)
        return self._room(row) if row else None

    def by_id(self, id_: str) -> Room | None:
        """A room by its own id."""
        row = self._session.get(RoomRow, id_)
        return self._room(row) if row else None

    def claimed(self, chat: ChatRef) -> bool:
        """Whether a moderator claimed a room."""
        row = self._row(chat)
        return row is not None and row.state in _CLAIMED

    def offer(self, chat: ChatRef) -> Room | None:
        """A moderator brought the bot here. None: it is offered or claimed already. What was set in a room before the
        bot was thrown out of it holds again."""
        row = self._row(chat)
        if row and row.state != RoomState.LEFT:
            return None
        if row:
            row.state = RoomState.OFFERED
        return self._room(row or self._add(chat, RoomState.OFFERED))

    def claim(self, chat: ChatRef, person_id: str | None) -> bool:
        """The room hears its audience from now on. False: it did before."""
        row = self._row(chat) or self._add(chat, RoomState.OFFERED)
        if row.state in _CLAIMED:
            return False
        self._flush()
        row.state, row.claimed_by, row.claimed_at = RoomState.CLAIMED, person_id, self._now
        return True

    def left(self, chat: ChatRef) -> None:
        """The bot was thrown out: whoever brings it back may be a stranger, so nothing is told there by itself."""
        row = self._row(chat)
        if row:
            room_lost(self._session, chat, self._now)
            state = row.state if row.state == RoomState.ARCHIVED else RoomState.LEFT
            row.state, row.claimed_by, row.claimed_at = state, None, None

    def archive(self, id_: str) -> bool:
        """Put a room aside. False: it is aside already, or a moderators' room."""
        row = self._session.get(RoomRow, id_)
        if row is None or row.state in (RoomState.ARCHIVED, RoomState.DESK):
            return False
        row.state = RoomState.ARCHIVED
        self._session.flush()
        return True

    def restore(self, id_: str) -> bool:
        """Take a room back: it is what it was. False: it was not put aside."""
        row = self._session.get(RoomRow, id_)
        if row is None or row.state != RoomState.ARCHIVED:
            return False
        self._flush()
        chat = self._session.get(ChatRow, (row.platform, row.chat_id))
        unclaimed = RoomState.OFFERED if chat and chat.active else RoomState.LEFT
        row.state = RoomState.CLAIMED if row.claimed_at else unclaimed
        self._session.flush()
        return True

    def set_polls(self, chat: ChatRef, polls_by: PollsBy) -> None:
        """Say who may open polls in a room."""
        (self._row(chat) or self._add(chat, RoomState.OFFERED)).polls_by = polls_by

    def set_area(self, chat: ChatRef, area_id: str, on: bool) -> None:
        """Say that a room is about an area, or no more."""
        row = self._row(chat) or self._add(chat, RoomState.OFFERED)
        there = self._session.get(RoomAreaRow, (row.id, area_id))
        if on and there is None:
            self._session.add(RoomAreaRow(room_id=row.id, area_id=area_id))
        elif there is not None and not on:
            self._session.delete(there)

    def may_open_polls(self, chat: ChatRef, role: Role) -> bool:
        """Moderators may anywhere; others where the claimed room lets everybody."""
        if role >= Role.MODERATOR:
            return True
        row = self._row(chat)
        return row is not None and (row.state, row.polls_by) == (RoomState.CLAIMED, PollsBy.EVERYBODY)

    # --- moderators' rooms ---

    def set_desk(self, chat: ChatRef, *, on: bool) -> bool:
        """Make a claimed room, or one put aside, a moderators' room, or an ordinary one again. False: it is so
        already, or not claimed."""
        row = self._row(chat)
        before = (RoomState.CLAIMED, RoomState.ARCHIVED) if on else (RoomState.DESK,)
        if row is None or row.state not in before:
            return False
        row.state = RoomState.DESK if on else RoomState.CLAIMED
        self._session.flush()
        return True

    def desks(self) -> list[tuple[ChatRef, str | None]]:
        """The moderators' rooms in which the bot may write, with their languages."""
        return self._writable(RoomRow.state == RoomState.DESK)

    # --- audiences ---

    def audience_of(self, chat: ChatRef) -> list[ChatRef]:
        """Where to show what is told in this room: the room itself first, then the other claimed rooms of its audience
        in which the bot may write. A room that nobody claimed has itself alone."""
        row = self._row(chat)
        if row is None or row.state != RoomState.CLAIMED:
            return [chat]
        here = (chat.platform, chat.chat_id)
        return [chat, *(ref for ref in self.rooms_of(row.audience_id) if (ref.platform, ref.chat_id) != here)]

    def rooms_of(self, audience_id: str) -> list[ChatRef]:
        """The claimed rooms of an audience in which the bot may write."""
        found = self._writable(RoomRow.audience_id == audience_id, RoomRow.state == RoomState.CLAIMED)
        return [ref for ref, _ in found]

    def audiences(self) -> list[Audience]:
        """The default one first, then those that have a room."""
        used = select(RoomRow.audience_id).where(RoomRow.state == RoomState.CLAIMED)
        rows = self._session.scalars(
            select(AudienceRow)
            .where((col(AudienceRow.id) == DEFAULT) | col(AudienceRow.id).in_(used))
            .order_by(col(AudienceRow.key))
        )
        return [Audience(row.id, row.name) for row in rows]

    def places(self) -> list[Place]:
        """Every room that a moderator had to do with: by audience, network and name; those put aside last."""
        found = self._places()
        return sorted(
            found,
            key=lambda one: (
                one.standing is Standing.ARCHIVED,
                one.audience_name,
                one.chat.platform,
                fold(one.name),
            ),
        )

    def place(self, id_: str) -> Place | None:
        """One of these, by the room's id."""
        return next(iter(self._places(RoomRow.id == id_)), None)

    def _places(self, *conditions: Any) -> list[Place]:
        self._flush()
        areas: dict[str, set[str]] = {}
        rooms = select(RoomRow.id).where(*conditions)
        about = select(RoomAreaRow.room_id, RoomAreaRow.area_id).where(col(RoomAreaRow.room_id).in_(rooms))
        for room_id, area_id in self._session.execute(about):
            areas.setdefault(room_id, set()).add(area_id)
        rows = self._session.execute(
            select(RoomRow, AudienceRow, ChatRow)
            .join(AudienceRow, col(AudienceRow.id) == col(RoomRow.audience_id))
            .outerjoin(
                ChatRow,
                (col(ChatRow.platform) == col(RoomRow.platform)) & (col(ChatRow.chat_id) == col(RoomRow.chat_id)),
            )
            .where(*conditions)
            .order_by(col(AudienceRow.key), col(RoomRow.platform), col(RoomRow.chat_id))
        )
        return [
            Place(
                id=room.id,
                chat=ChatRef(room.platform, room.chat_id),
                name=chat.title if chat else "",
                standing=_standing(room, chat),
                audience=audience.id,
                audience_name=audience.name,
                areas=frozenset(areas.get(room.id, ())),
                lang=chat.lang if chat else None,
            )
            for room, audience, chat in rows
        ]

    def networks_of(self, audience_id: str) -> Counter[str]:
        """How many rooms of an audience are on each network."""
        return Counter(ref.platform for ref in self.rooms_of(audience_id))

    def move_to(self, chat: ChatRef, name: str) -> Audience:
        """Put a room into the audience of this name, made if it is new; an empty name means the default one."""
        key = fold(name)
        audience = self._session.scalars(select(AudienceRow).where(AudienceRow.key == key)).first()
        if audience is None:
            audience = AudienceRow(id=new_id()[:16], name=name, key=key, created_at=self._now)
            self._session.add(audience)
            self._session.flush()
        (self._row(chat) or self._add(chat, RoomState.OFFERED)).audience_id = audience.id
        return Audience(audience.id, audience.name)

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The rooms that the person claimed."""
        query = (
            select(RoomRow.platform, RoomRow.chat_id, RoomRow.claimed_at)
            .where(RoomRow.claimed_by == subject.person_id)
            .order_by(RoomRow.platform, RoomRow.chat_id)
        )
        return {"rooms_claimed": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """The rooms that the person claimed stay claimed."""
        mine = col(RoomRow.claimed_by) == subject.person_id
        self._session.execute(update(RoomRow).where(mine).values(claimed_by=None))

    def _writable(self, *conditions: Any) -> list[tuple[ChatRef, str | None]]:
        self._flush()
        found = self._session.execute(
            select(RoomRow.platform, RoomRow.chat_id, ChatRow.lang)
            .join(
                ChatRow,
                (col(ChatRow.platform) == col(RoomRow.platform)) & (col(ChatRow.chat_id) == col(RoomRow.chat_id)),
            )
            .where(*conditions, col(ChatRow.active))
            .order_by(col(RoomRow.platform), col(RoomRow.chat_id))
        )
        return [(ChatRef(platform, chat_id), lang) for platform, chat_id, lang in found]

    def _row(self, chat: ChatRef) -> RoomRow | None:
        return _row(self._session, chat)

    def _add(self, chat: ChatRef, state: RoomState) -> RoomRow:
        row = RoomRow(
            id=new_id()[:16],
            platform=chat.platform,
            chat_id=chat.chat_id,
            state=state,
            audience_id=DEFAULT,
            polls_by=PollsBy.MODERATORS,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def _room(self, row: RoomRow) -> Room:
        self._flush()
        audience = self._session.get_one(AudienceRow, row.audience_id)
        chat = self._session.get(ChatRow, (row.platform, row.chat_id))
        areas = self._session.scalars(select(RoomAreaRow.area_id).where(RoomAreaRow.room_id == row.id))
        return Room(
            id=row.id,
            chat=ChatRef(row.platform, row.chat_id),
            state=RoomState(row.state),
            audience=Audience(audience.id, audience.name),
            polls_by=PollsBy(row.polls_by),
            areas=frozenset(areas),
            lang=chat.lang if chat else None,
            claimed_by=row.claimed_by,
            claimed_at=row.claimed_at,
        )


def _standing(room: RoomRow, chat: ChatRow | None) -> Standing:
    match room.state:
        case RoomState.LEFT:
            return Standing.GONE
        case RoomState.OFFERED:
            return Standing.OFFERED
        case RoomState.ARCHIVED:
            return Standing.ARCHIVED
        case _ if chat is None or not chat.active:
            return Standing.SILENT
        case RoomState.DESK:
            return Standing.DESK
        case _:
            return Standing.ACTIVE


def room_lost(session: Session, chat: ChatRef, now: datetime) -> None:
    """The bot can't write in a room any more: a timer that is due has it told to moderators, whatever crashes."""
    row = _row(session, chat)
    if row is None or row.state in (RoomState.LEFT, RoomState.ARCHIVED):
        return
    known = {"id": row.id, "claimed": row.state in _CLAIMED, "desk": row.state == RoomState.DESK}
    Due(session).arm(At(now, LOST, f"{LOST}:{row.id}", known))


def room_moved(session: Session, old: ChatRef, new: ChatRef) -> None:
    """A chat goes on under another id and so does its room. Where both have one, the claimed one stays."""
    row, other = _row(session, old), _row(session, new)
    if row is None:
        return
    if other is not None:
        lost = row if other.state in _CLAIMED else other
        session.flush()
        session.execute(delete(RoomAreaRow).where(col(RoomAreaRow.room_id) == lost.id))
        session.delete(lost)
        session.flush()
        if lost is row:
            return
    row.platform, row.chat_id = new.platform, new.chat_id
    session.flush()


def _row(session: Session, chat: ChatRef) -> RoomRow | None:
    return session.scalars(
        select(RoomRow).where(RoomRow.platform == chat.platform, RoomRow.chat_id == chat.chat_id)
    ).first()
