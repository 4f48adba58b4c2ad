"""The outbox: what is to be delivered, in which order, and what became of it."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import bindparam, delete, func, insert, update
from sqlmodel import Session, col, select

from bot.core.refs import CardRef, ChatRef, adapter_of
from storage.tables import OutboxRow, PostRow, State
from storage.upsert import insert_many, table_of

Op = Literal["send", "edit", "ack"]


class Priority(IntEnum):
    """What goes first. Within one priority, and within a chat, the order of commitment is kept."""

    ACKNOWLEDGEMENT = 0
    REPLY = 1
    REFRESH = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row to be delivered.

    `chat.chat_id` is empty when the person (`account_id`) has no direct chat yet. `payload` is a body as JSON, a
    text for an acknowledgement, or None for a card. `parts` counts the messages of it that are out already.
    """

    seq: int
    id: str
    chat: ChatRef
    account_id: str | None
    op: Op
    priority: int
    lang: str
    payload: Any
    reply_to: str | None
    message_id: str | None
    card: CardRef | None
    attempts: int
    parts: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a row: `state` PENDING puts it back until `not_before`."""

    item: Item
    state: State
    message_ids: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    reason: str | None = None
    not_before: datetime | None = None
    attempts: int = 0
    parts: int = 0


class Outbox:
    """Rows are collected and inserted set-wise."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._rows: list[dict[str, Any]] = []

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
    ) -> None:
        """A new message: a body, or a card that is rendered when it is sent."""
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
        )

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
        pending = set(
            self._session.execute(
                select(OutboxRow.platform, OutboxRow.chat_id, OutboxRow.message_id).where(
                    OutboxRow.card_kind == card.kind,
                    OutboxRow.card_id == card.id,
                    OutboxRow.op == "edit",
                    OutboxRow.state == State.PENDING,
                )
            ).tuples()
        )
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

    def flush(self) -> None:
        """Write what was collected."""
        if self._rows:
            self._session.connection().execute(insert(table_of(OutboxRow)), self._rows)
            self._rows = []

    def _add(self, chat: ChatRef, op: Op, priority: Priority, lang: str, **more: Any) -> None:
        self._rows.append(
            {
                "id": uuid4().hex,
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
                "state": State.PENDING.value,
                "attempts": 0,
                "parts": 0,
                "not_before": self._now,
                "created_at": self._now,
            }
            | more
        )


# --- delivery's side: each of these is one job of the writer ---


def claim(
    session: Session,
    adapter: str,
    now: datetime,
    limit: int,
    busy: Collection[tuple[str, str]],
    *,
    per_chat: int,
) -> list[Item]:
    """Take the next rows whose time has come, by priority and then by order of commitment, and mark them `sending`.

    Args:
        busy: (platform, chat id) of conversations that are being served or have to wait.
        per_chat: how many rows of one conversation may be taken at once.
    """
    table = table_of(OutboxRow).c
    query = (
        table_of(OutboxRow)
        .select()
        .where(table.adapter == adapter, table.state == State.PENDING.value, table.not_before <= now)
        .order_by(table.priority, table.seq)
        .limit(limit)
    )
    if busy:
        query = query.where((table.platform + "\n" + table.chat_id).not_in([f"{p}\n{c}" for p, c in busy]))
    taken: list[Item] = []
    count: dict[tuple[str, str], int] = {}
    for row in session.connection().execute(query):
        lane = (row.platform, row.chat_id)
        count[lane] = count.get(lane, 0) + 1
        if count[lane] <= per_chat:
            taken.append(_item(row))
    if taken:
        session.connection().execute(
            update(table_of(OutboxRow))
            .where(table.seq.in_([item.seq for item in taken]))
            .values(state=State.SENDING.value)
        )
    return taken


def settle(session: Session, results: Sequence[Settled], now: datetime) -> None:
    """Write what became of rows: their states, and the posts that came of them."""
    table = table_of(OutboxRow)
    done = [
        {
            "b_seq": r.item.seq,
            "b_state": r.state.value,
            "b_reason": r.reason,
            "b_parts": r.parts,
            "b_message": r.message_ids[-1] if r.message_ids else r.item.message_id,
        }
        for r in results
        if r.state is not State.PENDING
    ]
    if done:
        session.connection().execute(
            update(table)
            .where(table.c.seq == bindparam("b_seq"))
            .values(
                state=bindparam("b_state"),
                reason=bindparam("b_reason"),
                parts=bindparam("b_parts"),
                message_id=bindparam("b_message"),
                payload="",
                done_at=now,
            ),
            done,
        )
    for r in results:
        if r.state is State.PENDING:
            _put_back(session, r, now)
    posts = [post for r in results if r.state is State.SENT and r.item.op != "ack" for post in _posts(r, now)]
    insert_many(session, PostRow, posts, update=["actions", "edited_at"])


def _put_back(session: Session, result: Settled, now: datetime) -> None:
    item = result.item
    newer = (
        item.op == "edit"
        and session.scalars(
            select(OutboxRow.seq).where(
                OutboxRow.platform == item.chat.platform,
                OutboxRow.chat_id == item.chat.chat_id,
                OutboxRow.message_id == item.message_id,
                OutboxRow.op == "edit",
                OutboxRow.state == State.PENDING,
            )
        ).first()
    )
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.seq) == item.seq)
        .values(
            # A newer refresh of the same copy waits already: it shows all that this one would have shown.
            state=State.CANCELLED if newer else State.PENDING,
            not_before=result.not_before or now,
            attempts=result.attempts,
            parts=result.parts,
            reason=result.reason,
        )
    )


def _posts(result: Settled, now: datetime) -> Iterable[dict[str, Any]]:
    item = result.item
    for index, message_id in enumerate(result.message_ids):
        last = index == len(result.message_ids) - 1
        yield {
            "platform": item.chat.platform,
            "chat_id": item.chat.chat_id,
            "message_id": message_id,
            "thread_id": item.chat.thread_id,
            "lang": item.lang,
            "actions": json.dumps(result.actions) if last else "[]",
            "card_kind": item.card.kind if item.card and last else None,
            "card_id": item.card.id if item.card and last else None,
            "at": now,
            "edited_at": now,
        }


def recover(session: Session, adapter: str, now: datetime, *, idempotent: bool) -> int:
    """Settle the rows that a dead process left in `sending`. Returns how many became uncertain.

    One process owns the database, so no lease has to run out. Where sending again is the same message, or the row
    is an edit or an acknowledgement, it is sent again; any other new message may have arrived and is `uncertain`.
    """
    table = table_of(OutboxRow).c
    stuck = update(table_of(OutboxRow)).where(table.adapter == adapter, table.state == State.SENDING.value)
    lost = 0
    if not idempotent:
        result = session.connection().execute(
            stuck.where(table.op == "send").values(
                state=State.UNCERTAIN.value,
                reason="the process ended while it was sent",
                done_at=now,
                payload="",
            )
        )
        lost = int(result.rowcount)
    edits = session.scalars(
        select(OutboxRow).where(OutboxRow.adapter == adapter, OutboxRow.state == State.SENDING, OutboxRow.op == "edit")
    ).all()
    for edit in edits:
        _put_back(session, Settled(item=_item(edit), state=State.PENDING, attempts=edit.attempts), now)
    session.connection().execute(stuck.values(state=State.PENDING.value))
    return lost


def next_at(session: Session, adapter: str) -> datetime | None:
    """When the earliest pending row of an adapter may go."""
    table = table_of(OutboxRow).c
    found: datetime | None = session.connection().scalar(
        select(func.min(table.not_before)).where(table.adapter == adapter, table.state == State.PENDING.value)
    )
    return found


def backlog(session: Session) -> dict[str, tuple[int, datetime | None]]:
    """By adapter: how many rows are pending or being sent, and when the oldest was written."""
    rows = session.execute(
        select(OutboxRow.adapter, func.count(), func.min(OutboxRow.created_at))
        .where(col(OutboxRow.state).in_([State.PENDING, State.SENDING]))
        .group_by(OutboxRow.adapter)
    )
    return {adapter: (int(count), oldest) for adapter, count, oldest in rows}


def forget_done(session: Session, before: datetime, limit: int) -> int:
    """Drop rows that were done before an instant, at most `limit`. Returns how many."""
    old = select(OutboxRow.seq).where(col(OutboxRow.done_at) < before).limit(limit)
    result: Any = session.execute(delete(OutboxRow).where(col(OutboxRow.seq).in_(old)))
    return int(result.rowcount)


def _item(row: Any) -> Item:
    return Item(
        seq=row.seq,
        id=row.id,
        chat=ChatRef(row.platform, row.chat_id, row.thread_id),
        account_id=row.account_id,
        op=row.op,
        priority=row.priority,
        lang=row.lang,
        payload=json.loads(row.payload) if row.payload else None,
        reply_to=row.reply_to,
        message_id=row.message_id,
        card=CardRef(row.card_kind, row.card_id) if row.card_kind and row.card_id else None,
        attempts=row.attempts,
        parts=row.parts,
        created_at=row.created_at,
    )
