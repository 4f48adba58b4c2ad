"""Announcements, their rooms, files and readers."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.announcements import (
    APPROVAL,
    FAILED,
    SAME_WITHIN,
    Announcement,
    Copy,
    Draft,
    Options,
    Outcome,
    Phase,
    Round,
)
from bot.core.files import File
from bot.core.places import for_everybody
from bot.core.refs import ChatRef
from storage.announcement_outcomes import Deliveries
from storage.announcement_readers import Readers
from storage.announcement_tables import (
    AnnouncementFileRow,
    AnnouncementReadRow,
    AnnouncementRoomRow,
    AnnouncementRow,
)
from storage.desk import drop_items
from storage.ids import new_id
from storage.personal import Subject, listed
from storage.upsert import insert_many

_OPEN = (Phase.DRAFT, Phase.WAITING)
MOST_SEEN = 200
"""How many of the newest are looked through for those that are for everybody."""


class Announcements:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: rows here point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush
        self.readers = Readers(session, now, flush)

    def new(self, draft: Draft, author: str | None, desk: ChatRef, rooms: Iterable[ChatRef]) -> Announcement:
        """A draft that nobody else sees."""
        self._flush()
        number = (self._session.scalar(select(func.max(AnnouncementRow.number))) or 0) + 1
        row = AnnouncementRow(
            id=new_id()[:16],
            number=number,
            phase=Phase.DRAFT,
            words="",
            target="",
            options="",
            digest="",
            author_id=author,
            platform=desk.platform,
            chat_id=desk.chat_id,
            thread_id=desk.thread_id,
            made_at=self._now,
            round_kind=Round.SEND,
        )
        self._session.add(row)
        return self._written(row, draft, rooms)

    def rewrite(self, one: Announcement, draft: Draft, rooms: Iterable[ChatRef] | None = None) -> Announcement:
        """Give it other words or terms, and other rooms if they are named."""
        row = self._session.get_one(AnnouncementRow, one.id)
        row.asked_twice = False
        return self._written(row, draft, rooms)

    def get(self, id_: str) -> Announcement | None:
        """One by its id."""
        row = self._session.get(AnnouncementRow, id_)
        return self._read(row) if row else None

    def words_of(self, id_: str) -> Announcement | None:
        """One by its id, without its rooms: it is asked for once a room."""
        row = self._session.get(AnnouncementRow, id_)
        return self._read(row, ()) if row else None

    def last_of(self, person_id: str) -> Announcement | None:
        """The newest that a person wrote or sent and that is out."""
        row = self._session.scalars(
            select(AnnouncementRow)
            .where(
                (AnnouncementRow.author_id == person_id) | (AnnouncementRow.sender_id == person_id),
                col(AnnouncementRow.phase).in_([Phase.SENDING, Phase.SENT]),
            )
            .order_by(col(AnnouncementRow.number).desc())
            .limit(1)
        ).first()
        return self._read(row) if row else None

    def change(self, one: Announcement, phase: Phase, **values: Any) -> Announcement:
        """Move it to another phase, with other values."""
        self._flush()
        row = self._session.get_one(AnnouncementRow, one.id)
        row.phase = phase
        for name, value in values.items():
            setattr(row, name, value)
        self._session.flush()
        return self._read(row)

    def begin(self, one: Announcement, kind: Round, phase: Phase, **values: Any) -> Announcement:
        """A new round of sending, correcting or withdrawing. What the last one came to is written down first."""
        self.conclude(one)
        return self.change(one, phase, round=one.round + 1, round_kind=kind, round_at=self._now, **values)

    def conclude(self, one: Announcement) -> dict[ChatRef, Outcome]:
        """Write down what became of the sending in each room, for when the outbox has forgotten it."""
        found = self.deliveries(one).sendings() if one.round else {}
        for copy in one.copies:
            if copy.outcome is not found.get(copy.chat, copy.outcome):
                self._session.execute(
                    update(AnnouncementRoomRow)
                    .where(*_room(one, copy))
                    .values(outcome=found[copy.chat].value)
                    .execution_options(synchronize_session=False)
                )
        return found

    def deliveries(self, one: Announcement) -> Deliveries:
        """What became of its round so far."""
        return Deliveries(self._session, one)

    def repeated(self, one: Announcement, copies: Iterable[Copy]) -> None:
        """It is sent to these rooms once more, and never again by itself."""
        for copy in copies:
            self._session.execute(update(AnnouncementRoomRow).where(*_room(one, copy)).values(again=True))

    def out_since(self, since: datetime, room: ChatRef | None, limit: int) -> list[Announcement]:
        """The newest that went out after an instant and were not withdrawn, without their rooms: to this room, or
        (None) those that are for everybody. Who is in which audience or room is known of nobody."""
        query = (
            select(AnnouncementRow)
            .where(
                col(AnnouncementRow.phase).in_([Phase.SENDING, Phase.SENT]),
                col(AnnouncementRow.sent_at) > since,
            )
            .order_by(col(AnnouncementRow.sent_at).desc(), col(AnnouncementRow.number).desc())
        )
        if room is not None:
            there = select(AnnouncementRoomRow.announcement_id).where(
                AnnouncementRoomRow.platform == room.platform,
                AnnouncementRoomRow.chat_id == room.chat_id,
                AnnouncementRoomRow.outcome != Outcome.STOPPED.value,
            )
            query = query.where(col(AnnouncementRow.id).in_(there))
        rows = self._session.scalars(query.limit(limit if room else MOST_SEEN))
        found = [row for row in rows if room or for_everybody(row.target)]
        return [self._read(row, ()) for row in found[:limit]]

    def stopped(self, one: Announcement, chats: Collection[ChatRef]) -> Announcement:
        """It is not sent to those of its rooms that are among these."""
        for copy in one.copies:
            if copy.chat in chats:
                self._session.execute(
                    update(AnnouncementRoomRow).where(*_room(one, copy)).values(outcome=Outcome.STOPPED.value)
                )
        return self.get(one.id) or one

    def same(self, one: Announcement) -> bool:
        """Whether the same was sent to the same rooms a moment ago."""
        found = self._session.scalars(
            select(AnnouncementRow.id).where(
                AnnouncementRow.digest == one.draft.digest,
                col(AnnouncementRow.pressed_at) > self._now - SAME_WITHIN,
                AnnouncementRow.id != one.id,
                col(AnnouncementRow.phase).in_([Phase.WAITING, Phase.HELD, Phase.SENDING, Phase.SENT]),
            )
        )
        return found.first() is not None

    # --- files ---

    def expect(self, one: Announcement, name: str, mime: str) -> Announcement:
        """A file is to go with it; it is being fetched."""
        self._session.execute(delete(AnnouncementFileRow).where(col(AnnouncementFileRow.announcement_id) == one.id))
        return self.change(one, one.phase, file_name=name, file_mime=mime, file_error="")

    def keep(self, one: Announcement, content: bytes) -> None:
        """The file is here."""
        self._session.add(AnnouncementFileRow(announcement_id=one.id, content=content))
        self._session.flush()

    def file(self, id_: str) -> File | None:
        """The file of an announcement, while it is one that is sent."""
        row, kept = self._session.get(AnnouncementRow, id_), self._session.get(AnnouncementFileRow, id_)
        if row is None or kept is None or row.phase == Phase.WITHDRAWN:
            return None
        return File(row.file_name, row.file_mime or "application/octet-stream", kept.content)

    # --- what happens to others ---

    def moved(self, old: ChatRef, new: ChatRef) -> None:
        """A conversation goes on under another id."""
        self._session.execute(
            update(AnnouncementRoomRow)
            .where(col(AnnouncementRoomRow.platform) == old.platform, col(AnnouncementRoomRow.chat_id) == old.chat_id)
            .values(chat_id=new.chat_id)
        )
        self._session.execute(
            update(AnnouncementRow)
            .where(col(AnnouncementRow.platform) == old.platform, col(AnnouncementRow.chat_id) == old.chat_id)
            .values(chat_id=new.chat_id, thread_id="")
        )

    def personal(self, subject: Subject) -> dict[str, Any]:
        """What the person wrote, sent or approved, and which announcements they said they read."""
        me = subject.person_id
        written = select(AnnouncementRow.number, AnnouncementRow.words, AnnouncementRow.phase, AnnouncementRow.made_at)
        read = select(AnnouncementRow.number, AnnouncementReadRow.at).join(
            AnnouncementReadRow, col(AnnouncementReadRow.announcement_id) == col(AnnouncementRow.id)
        )
        acts = select(AnnouncementRow.number)
        return {
            "announcements_written": listed(self._session, written.where(AnnouncementRow.author_id == me)),
            "announcements_sent": listed(self._session, acts.where(AnnouncementRow.sender_id == me)),
            "announcements_approved": listed(self._session, acts.where(AnnouncementRow.approver_id == me)),
            "announcements_read": listed(self._session, read.where(AnnouncementReadRow.person_id == me)),
        }

    def erase(self, subject: Subject) -> None:
        """What they sent stays and names nobody; that they read something stays as a number."""
        me = subject.person_id
        self.readers.become_a_number(col(AnnouncementReadRow.person_id) == me)
        for column in ("author_id", "sender_id", "approver_id"):
            self._session.execute(
                update(AnnouncementRow)
                .where(col(getattr(AnnouncementRow, column)) == me)
                .values({column: None})
                .execution_options(synchronize_session=False)
            )
        in_direct = subject.in_chats(AnnouncementRow.platform, AnnouncementRow.chat_id)
        self._session.execute(update(AnnouncementRow).where(in_direct).values(chat_id="", thread_id=""))

    def forget_old(self, *, drafts: datetime, reads: datetime, all_: datetime, limit: int) -> int:
        """Drop what nobody needs any more, at most `limit` announcements. Returns how many rows of readers and
        announcements went.

        Args:
            drafts: what was written before and never sent.
            reads: rows of readers older than this become a number.
            all_: everything older than this.
        """
        stale = select(AnnouncementRow.id).where(
            (col(AnnouncementRow.made_at) < all_)
            | ((col(AnnouncementRow.made_at) < drafts) & col(AnnouncementRow.phase).in_([*_OPEN, Phase.DROPPED]))
        )
        ids = self._session.scalars(stale.limit(limit)).all()
        for table in (AnnouncementReadRow, AnnouncementFileRow, AnnouncementRoomRow):
            self._session.execute(delete(table).where(col(table.announcement_id).in_(ids)))
        self._session.execute(delete(AnnouncementRow).where(col(AnnouncementRow.id).in_(ids)))
        drop_items(self._session, APPROVAL, list(ids))
        drop_items(self._session, FAILED, [f"{id_}.{kind.value}" for id_ in ids for kind in Round])
        return len(ids) + self.readers.become_a_number(col(AnnouncementReadRow.at) < reads, limit)

    def forget_files(self, before: datetime) -> None:
        """Drop files of what is long out; what waits to be sent again has none then."""
        done = select(AnnouncementRow.id).where(
            (col(AnnouncementRow.sent_at) < before) | col(AnnouncementRow.phase).in_([Phase.WITHDRAWN, Phase.DROPPED])
        )
        self._session.execute(delete(AnnouncementFileRow).where(col(AnnouncementFileRow.announcement_id).in_(done)))

    def _written(self, row: AnnouncementRow, draft: Draft, rooms: Iterable[ChatRef] | None) -> Announcement:
        row.words = json.dumps(draft.words, ensure_ascii=False)
        row.target, row.digest, row.send_at = draft.target, draft.digest, draft.send_at
        row.options = ",".join(draft.options.chosen())
        self._session.flush()
        if rooms is not None:
            self._session.execute(delete(AnnouncementRoomRow).where(col(AnnouncementRoomRow.announcement_id) == row.id))
            insert_many(
                self._session,
                AnnouncementRoomRow,
                [
                    {
                        "announcement_id": row.id,
                        "platform": room.platform,
                        "old_chat_id": room.chat_id,
                        "chat_id": room.chat_id,
                        "place": place,
                        "outcome": Outcome.WAITS.value,
                        "again": False,
                    }
                    for place, room in enumerate(rooms)
                ],
            )
        return self._read(row)

    def _copies(self, id_: str) -> tuple[Copy, ...]:
        rows = self._session.execute(
            select(  # type: ignore[call-overload]
                AnnouncementRoomRow.platform,
                AnnouncementRoomRow.chat_id,
                AnnouncementRoomRow.old_chat_id,
                AnnouncementRoomRow.outcome,
                AnnouncementRoomRow.again,
            )
            .where(AnnouncementRoomRow.announcement_id == id_)
            .order_by(col(AnnouncementRoomRow.place))
        )
        return tuple(
            Copy(
                ChatRef(one.platform, one.chat_id),
                ChatRef(one.platform, one.old_chat_id),
                Outcome(one.outcome),
                one.again,
            )
            for one in rows
        )

    def _read(self, row: AnnouncementRow, copies: tuple[Copy, ...] | None = None) -> Announcement:
        chosen = set(filter(None, row.options.split(",")))
        options = replace(Options(), **{name: name in chosen for name in asdict(Options())})
        kept = select(AnnouncementFileRow.announcement_id).where(AnnouncementFileRow.announcement_id == row.id)
        return Announcement(
            id=row.id,
            number=row.number,
            phase=Phase(row.phase),
            draft=Draft(tuple((lang, said) for lang, said in json.loads(row.words)), row.target, options, row.send_at),
            author=row.author_id,
            desk=ChatRef(row.platform, row.chat_id, row.thread_id),
            made_at=row.made_at,
            copies=self._copies(row.id) if copies is None else copies,
            sender=row.sender_id,
            approver=row.approver_id,
            due_at=row.due_at,
            sent_at=row.sent_at,
            corrected=row.corrected,
            asked_twice=row.asked_twice,
            round=row.round,
            round_kind=Round(row.round_kind),
            round_at=row.round_at,
            file=row.file_name,
            has_file=bool(row.file_name) and self._session.scalars(kept).first() is not None,
            file_error=row.file_error,
        )


def _room(one: Announcement, copy: Copy) -> tuple[Any, ...]:
    return (
        col(AnnouncementRoomRow.announcement_id) == one.id,
        col(AnnouncementRoomRow.platform) == copy.old.platform,
        col(AnnouncementRoomRow.old_chat_id) == copy.old.chat_id,
    )
