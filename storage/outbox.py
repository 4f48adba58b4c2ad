"""The outbox, from the side of those who have something to say. `storage.sending` is the other side."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, update
from sqlmodel import Session, col, select

from bot.core.copies import State, Why
from bot.core.refs import CardRef, ChatRef, adapter_of
from storage.due import undelivered
from storage.ids import new_id
from storage.personal import Subject
from storage.tables import OutboxRow, PostRow
from storage.upsert import table_of

Op = Literal["send", "edit", "ack", "delete", "pin"]
CHANGED = "its card changed while it was sent"
"""The reason in a row that is being sent, when what it shows is old already."""
RETRACTED = "it was taken back while it was sent"
"""The reason in a row that is being sent, when it is to be deleted as soon as it is there."""


class Priority(IntEnum):
    """What goes first. Within one priority, and within a chat, the order of commitment is kept."""

    ACKNOWLEDGEMENT = 0
    REPLY = 1
    REFRESH = 2
    BROADCAST = 3


class Outbox:
    """Rows are collected and inserted set-wise."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._rows: list[dict[str, Any]] = []
        self._waiting: dict[tuple[str, str], int] = {}

    def waiting_in(self, chat: ChatRef) -> int:
        """How many messages wait to be sent there. Asked of the database once in a transaction."""
        key = (chat.platform, chat.chat_id)
        if key not in self._waiting:
            self.flush()
            query = select(func.count()).where(
                OutboxRow.adapter == adapter_of(chat.platform),
                OutboxRow.platform == chat.platform,
                OutboxRow.chat_id == chat.chat_id,
                OutboxRow.state == State.PENDING,
                OutboxRow.op == "send",
            )
            self._waiting[key] = self._session.scalar(query) or 0
        return self._waiting[key]

    def send(
        self,
        chat: ChatRef,
        *,
        lang: str,
        priority: Priority,
        payload: Any = None,
        card: CardRef | None = None,
        reply_to: str | None = None,
        account_id: str | None = None,
        ref: CardRef | None = None,
        blob_id: str | None = None,
        file: CardRef | None = None,
    ) -> None:
        """A new message: a body, or a card that is rendered when it is sent; with a file, if one is named.

        Args:
            ref: what it is about, for those who are told when it will never arrive (`storage.due.undelivered`).
            blob_id: a file that `storage.files` keeps.
            file: what the file is made of when it is sent.
        """
        self._add(
            chat,
            "send",
            priority,
            lang,
            payload=json.dumps(payload, ensure_ascii=False) if payload is not None else "",
            reply_to=reply_to,
            account_id=account_id,
            card_kind=card.kind if card else None,
            card_id=card.id if card else None,
            ref=f"{ref.kind}:{ref.id}" if ref else None,
            blob_id=blob_id,
            file_ref=f"{file.kind}:{file.id}" if file else None,
        )

    def send_together(
        self,
        chat: ChatRef,
        *,
        lang: str,
        payload: dict[str, Any],
        reply_to: str | None,
        topic: str,
        voice: str,
        many: Callable[[int], dict[str, Any]],
    ) -> None:
        """A new message, in place of one of the same topic that waits in the chat still.

        Args:
            voice: whom it is said to. Of several people's messages one is left, and it is `many` of their number.
        """
        here = (chat.platform, chat.chat_id, topic)
        collected = [row for row in self._rows if (row["platform"], row["chat_id"], row["topic"]) == here]
        waiting = self._session.execute(
            select(OutboxRow.seq, OutboxRow.payload)
            .where(
                OutboxRow.adapter == adapter_of(chat.platform),
                OutboxRow.state == State.PENDING,
                OutboxRow.platform == chat.platform,
                OutboxRow.chat_id == chat.chat_id,
                OutboxRow.topic == topic,
            )
            .order_by(col(OutboxRow.seq))
        ).all()
        before = [*(row.payload for row in waiting), *(row["payload"] for row in collected)]
        voices = sorted({voice, *(one for content in before for one in json.loads(content)["voices"])})
        # Emptied with the rest of the content when it is out.
        content = (payload if len(voices) == 1 else many(len(voices))) | {"voices": voices}
        words = json.dumps(content, ensure_ascii=False)
        # One that was under way when the next came waits beside it, if it had to be put back.
        superseded = [row.seq for row in (waiting if collected else waiting[:-1])]
        if superseded:
            done = {"state": State.CANCELLED, "done_at": self._now, "reason": "a newer one says it", "payload": ""}
            self._session.execute(update(OutboxRow).where(col(OutboxRow.seq).in_(superseded)).values(**done))
        if collected:
            collected[0] |= {"payload": words, "reply_to": reply_to}
        elif waiting:
            # Under a new id: should the one before have arrived without our knowledge, this one still does.
            row = update(OutboxRow).where(col(OutboxRow.seq) == waiting[-1].seq)
            self._session.execute(row.values(id=new_id(), payload=words, reply_to=reply_to))
        else:
            self._add(chat, "send", Priority.REPLY, lang, payload=words, reply_to=reply_to, topic=topic)

    def acknowledge(self, chat: ChatRef, press_id: str, payload: Any, lang: str) -> None:
        """The answer to a press."""
        self._add(
            chat,
            "ack",
            Priority.ACKNOWLEDGEMENT,
            lang,
            payload=json.dumps(payload, ensure_ascii=False),
            message_id=press_id,
        )

    def refresh(self, card: CardRef, intervals: dict[str, float]) -> None:
        """An edit of every posted copy of a card. Copies that wait for one already wait for that one.

        Args:
            intervals: least seconds between two edits of a copy, by adapter.
        """
        self.flush()
        # A copy on its way was rendered before this change: when it has arrived it is refreshed.
        self._session.execute(
            update(OutboxRow)
            .where(
                col(OutboxRow.card_kind) == card.kind,
                col(OutboxRow.card_id) == card.id,
                col(OutboxRow.op) == "send",
                col(OutboxRow.state) == State.SENDING,
                func.coalesce(OutboxRow.reason, "") != RETRACTED,
            )
            .values(reason=CHANGED)
        )
        waiting = self._session.execute(
            select(OutboxRow.platform, OutboxRow.chat_id, OutboxRow.message_id).where(
                OutboxRow.card_kind == card.kind,
                OutboxRow.card_id == card.id,
                OutboxRow.op == "edit",
                OutboxRow.state == State.PENDING,
            )
        )
        pending = {tuple(row) for row in waiting}
        for post in self._session.scalars(
            select(PostRow).where(PostRow.card_kind == card.kind, PostRow.card_id == card.id)
        ):
            if (post.platform, post.chat_id, post.message_id) not in pending:
                interval = timedelta(seconds=intervals.get(adapter_of(post.platform), 0))
                self._add(
                    ChatRef(post.platform, post.chat_id, post.thread_id),
                    "edit",
                    Priority.REFRESH,
                    post.lang,
                    message_id=post.message_id,
                    card_kind=card.kind,
                    card_id=card.id,
                    not_before=max(self._now, post.edited_at + interval),
                )

    def retract(self, card: CardRef) -> None:
        """Delete every posted copy of a card and what was sent with it as `ref`; nothing of it goes out any more."""
        self.flush()
        name = f"{card.kind}:{card.id}"
        mine = or_(
            and_(col(OutboxRow.card_kind) == card.kind, col(OutboxRow.card_id) == card.id),
            col(OutboxRow.ref) == name,
        )
        self._session.execute(
            update(OutboxRow)
            .where(mine, col(OutboxRow.state) == State.PENDING, col(OutboxRow.op) != "delete")
            .values(state=State.CANCELLED, done_at=self._now, reason="taken back", why=Why.WITHDRAWN, payload="")
        )
        self._session.execute(
            update(OutboxRow)
            .where(mine, col(OutboxRow.state) == State.SENDING, col(OutboxRow.op) == "send")
            .values(reason=RETRACTED)
        )
        waiting = self._session.execute(
            select(OutboxRow.platform, OutboxRow.chat_id, OutboxRow.message_id).where(
                OutboxRow.ref == name,
                OutboxRow.op == "delete",
                col(OutboxRow.state).in_([State.PENDING, State.SENDING]),
            )
        )
        going = {tuple(row) for row in waiting}
        for post in self._session.scalars(select(PostRow).where(PostRow.ref == name)):
            if (post.platform, post.chat_id, post.message_id) not in going:
                chat = ChatRef(post.platform, post.chat_id, post.thread_id)
                self._add(chat, "delete", Priority.REFRESH, post.lang, message_id=post.message_id, ref=name)
        # They are no copies any more: nobody is to refresh or pin them meanwhile.
        self._session.execute(update(PostRow).where(col(PostRow.ref) == name).values(card_kind=None, card_id=None))

    def pin(self, card: CardRef) -> None:
        """Pin every copy of a card; a copy that is on its way behind it, in its chat."""
        self.flush()
        here = (OutboxRow.card_kind == card.kind, OutboxRow.card_id == card.id)
        coming = self._session.scalars(
            select(OutboxRow).where(
                *here, OutboxRow.op == "send", col(OutboxRow.state).in_([State.PENDING, State.SENDING])
            )
        )
        there = self._session.scalars(
            select(PostRow).where(PostRow.card_kind == card.kind, PostRow.card_id == card.id).order_by(col(PostRow.seq))
        )
        waiting = self._session.execute(
            select(OutboxRow.platform, OutboxRow.chat_id).where(
                *here, OutboxRow.op == "pin", OutboxRow.state == State.PENDING
            )
        )
        going = {tuple(row) for row in waiting}
        copies: dict[tuple[str, str], tuple[str, str | None]] = {
            (post.platform, post.chat_id): (post.lang, post.message_id) for post in there
        }
        copies |= {(row.platform, row.chat_id): (row.lang, None) for row in coming if row.chat_id}
        for (platform, chat_id), (lang, message_id) in copies.items():
            if (platform, chat_id) not in going:
                # The last of all priorities: it never overtakes what it is about.
                self._add(
                    ChatRef(platform, chat_id),
                    "pin",
                    Priority.BROADCAST,
                    lang,
                    message_id=message_id,
                    card_kind=card.kind,
                    card_id=card.id,
                )

    def personal(self, subject: Subject) -> dict[str, Any]:
        """How many messages wait for the person, and of how many a row without words is left."""
        rows = self._session.execute(
            select(OutboxRow.state, func.count()).where(_to(subject)).group_by(col(OutboxRow.state))
        )
        counts = {str(state): int(count) for state, count in rows}
        waiting = counts.get(State.PENDING, 0) + counts.get(State.SENDING, 0)
        return {"messages_to_you": {"waiting": waiting, "done": sum(counts.values()) - waiting}}

    def erase(self, subject: Subject) -> None:
        """What waits for the person is not sent, and of what was sent no row is left. What is being sent at this moment
        can't be called back: its row goes when it is old."""
        pending = select(OutboxRow.id, OutboxRow.ref).where(
            _to(subject), OutboxRow.state == State.PENDING, col(OutboxRow.ref).is_not(None)
        )
        lost = [(id_, ref or "", "the person was erased") for id_, ref in self._session.execute(pending)]
        undelivered(self._session, lost, self._now)
        self._session.execute(delete(OutboxRow).where(_to(subject), col(OutboxRow.state) != State.SENDING))

    def flush(self) -> None:
        """Write what was collected."""
        if self._rows:
            self._session.connection().execute(insert(table_of(OutboxRow)), self._rows)
            self._rows = []

    def _add(self, chat: ChatRef, op: Op, priority: Priority, lang: str, **more: Any) -> None:
        key = (chat.platform, chat.chat_id)
        if op == "send" and key in self._waiting:
            self._waiting[key] += 1
        self._rows.append(
            {
                "id": new_id(),
                "adapter": adapter_of(chat.platform),
                "platform": chat.platform,
                "chat_id": chat.chat_id,
                "thread_id": chat.thread_id,
                "op": op,
                "priority": int(priority),
                "lang": lang,
                "payload": "",
                "reply_to": None,
                "message_id": None,
                "account_id": None,
                "card_kind": None,
                "card_id": None,
                "ref": None,
                "blob_id": None,
                "file_ref": None,
                "topic": None,
                "state": State.PENDING.value,
                "attempts": 0,
                "parts": 0,
                "not_before": self._now,
                "created_at": self._now,
            }
            | more
        )


def _to(subject: Subject) -> ColumnElement[bool]:
    return subject.in_chats(OutboxRow.platform, OutboxRow.chat_id) | subject.in_accounts(
        OutboxRow.platform, OutboxRow.account_id
    )


def forget_done(session: Session, before: datetime, limit: int) -> int:
    """Drop rows that were done before an instant, at most `limit`. Returns how many."""
    old = select(OutboxRow.seq).where(col(OutboxRow.done_at) < before).limit(limit)
    result: Any = session.execute(delete(OutboxRow).where(col(OutboxRow.seq).in_(old)))
    return int(result.rowcount)
