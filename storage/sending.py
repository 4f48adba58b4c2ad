"""The outbox, from the side of delivery: what goes next, and what became of it. Each is one job of the writer."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, func, update
from sqlmodel import Session, col, select

from bot.core.copies import State, Why
from bot.core.refs import CardRef, ChatRef
from storage.due import undelivered
from storage.files import release
from storage.outbox import CHANGED, RETRACTED, Op
from storage.tables import OutboxRow, PostRow
from storage.upsert import insert_many, table_of

_LOST = {State.FAILED, State.EXPIRED, State.CANCELLED}
_ACK, _CHAT, _ACCOUNT = "ack", "chat", "account"
_MOST_BUSY = 10_000
"""How many lanes a query can leave out; both databases take three times as many parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row to be delivered.

    `chat.chat_id` is empty when the person (`account_id`) has no direct chat yet. `payload` is a body as JSON, a
    text for an acknowledgement, empty for a card. `parts` counts the messages of it that are out already. The file that
    goes with it is kept as `blob_id`, or made of `file`.
    """

    seq: int
    id: str
    chat: ChatRef
    account_id: str | None
    op: Op
    priority: int
    lang: str
    payload: str
    reply_to: str | None
    message_id: str | None
    card: CardRef | None
    ref: str | None
    blob_id: str | None
    file: CardRef | None
    attempts: int
    parts: int
    created_at: datetime

    @property
    def lane(self) -> str:
        """What it must not overtake: its conversation; a person who has none yet; nothing, for an acknowledgement."""
        if self.op == "ack":
            kind, id_ = _ACK, self.message_id
        elif self.chat.chat_id:
            kind, id_ = _CHAT, self.chat.chat_id
        else:
            kind, id_ = _ACCOUNT, self.account_id
        return f"{self.chat.platform}\n{kind}\n{id_ or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a row: `state` PENDING puts it back until `not_before`. `message_ids`: what is out of it now."""

    item: Item
    state: State
    message_ids: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    reason: str | None = None
    why: Why | None = None
    not_before: datetime | None = None
    attempts: int = 0
    parts: int = 0


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Cards that changed, and things that were taken back, while a copy was on its way."""

    changed: tuple[CardRef, ...] = ()
    retracted: tuple[CardRef, ...] = ()


def claim(
    session: Session,
    adapter: str,
    now: datetime,
    limit: int,
    busy: Collection[str],
    *,
    per_chat: int,
) -> list[Item]:
    """Take the next rows whose time has come, by priority and then by order of commitment, and mark them `sending`.

    Args:
        busy: lanes that are being served or have to wait.
        per_chat: how many rows of one lane may be taken at once.
    """
    values: dict[str, Any] = {"b_adapter": adapter, "b_now": now, "b_limit": limit}
    if busy:
        values["b_busy"] = list(busy)[:_MOST_BUSY]
    taken: list[Item] = []
    count = dict.fromkeys(busy, per_chat)
    for row in session.connection().execute(_NEXT_BUT if busy else _NEXT, values):
        item = _item(row)
        lane = item.lane
        count[lane] = count.get(lane, 0) + 1
        if count[lane] <= per_chat:
            taken.append(item)
    if taken:
        session.connection().execute(_TAKE, {"b_seqs": [item.seq for item in taken]})
    return taken


def _lane() -> Any:
    """`Item.lane` in SQL."""
    table = table_of(OutboxRow).c
    tail = case(
        (table.op == "ack", f"{_ACK}\n" + func.coalesce(table.message_id, "")),
        (table.chat_id != "", f"{_CHAT}\n" + table.chat_id),
        else_=f"{_ACCOUNT}\n" + func.coalesce(table.account_id, ""),
    )
    return table.platform + "\n" + tail


# Made once: a message alone in its transaction is ten statements, and making them takes as long as running them.
_TABLE = table_of(OutboxRow)
_DUE = (_TABLE.c.adapter == bindparam("b_adapter"), _TABLE.c.state == State.PENDING.value)
_NEXT = (
    _TABLE.select()
    .where(*_DUE, _TABLE.c.not_before <= bindparam("b_now"))
    .order_by(_TABLE.c.priority, _TABLE.c.seq)
    .limit(bindparam("b_limit"))
)
_NEXT_BUT = _NEXT.where(_lane().not_in(bindparam("b_busy", expanding=True)))
_TAKE = update(_TABLE).where(_TABLE.c.seq.in_(bindparam("b_seqs", expanding=True))).values(state=State.SENDING.value)
_SETTLE = (
    update(_TABLE)
    .where(_TABLE.c.seq == bindparam("b_seq"))
    .values(
        state=bindparam("b_state"),
        reason=bindparam("b_reason"),
        why=bindparam("b_why"),
        parts=bindparam("b_parts"),
        message_id=bindparam("b_message"),
        done_at=bindparam("b_now"),
        payload="",
    )
)
_NEXT_AT = select(func.min(_TABLE.c.not_before)).where(*_DUE)


def waiting(session: Session, adapter: str, now: datetime) -> dict[str, datetime]:
    """Lanes whose next row was put back, and until when: what stands behind it must not overtake it."""
    table = table_of(OutboxRow).c
    rows = session.connection().execute(
        table_of(OutboxRow)
        .select()
        .where(
            table.adapter == adapter,
            table.state == State.PENDING.value,
            table.not_before > now,
            table.reason.is_not(None),
        )
    )
    return {_item(row).lane: row.not_before for row in rows}


def settle(session: Session, results: Sequence[Settled], now: datetime) -> Overtaken:
    """Write what became of rows: their states, and the posts that came of them. Returns what is to be done again."""
    reasons = _reasons(session, results)
    results = [_given_up(r) if reasons.get(r.item.seq) == RETRACTED else r for r in results]
    done = [
        {
            "b_seq": r.item.seq,
            "b_state": r.state.value,
            "b_reason": r.reason,
            "b_why": r.why.value if r.why else None,
            "b_parts": r.parts,
            "b_message": r.message_ids[-1] if r.message_ids else r.item.message_id,
            "b_now": now,
        }
        for r in results
        if r.state is not State.PENDING
    ]
    if done:
        session.connection().execute(_SETTLE, done)
        if blob_ids := {r.item.blob_id for r in results if r.item.blob_id and r.state is not State.PENDING}:
            release(session, blob_ids)
    lost = [
        (r.item.id, r.item.ref, r.reason)
        for r in results
        if r.item.ref and r.item.op == "send" and r.state in _LOST and r.why is not Why.WITHDRAWN
    ]
    undelivered(session, lost, now)
    for r in results:
        if r.state is State.PENDING:
            _put_back(session, r, now)
    posts = [post for r in results if r.item.op in ("send", "edit") for post in _posts(r, now)]
    insert_many(session, PostRow, posts, update=["actions", "edited_at"])
    _forget_deleted(session, results)
    by_reason = [(reasons[r.item.seq], _about(r.item)) for r in results if r.item.seq in reasons]
    return Overtaken(
        tuple(dict.fromkeys(card for reason, card in by_reason if card and reason == CHANGED)),
        tuple(dict.fromkeys(card for reason, card in by_reason if card and reason == RETRACTED)),
    )


def _reasons(session: Session, results: Sequence[Settled]) -> dict[int, str]:
    """What happened meanwhile to the things that rows are about."""
    seqs = [r.item.seq for r in results if r.item.op == "send" and (r.item.card or r.item.ref)]
    if not seqs:
        return {}
    rows = session.execute(
        select(OutboxRow.seq, OutboxRow.reason).where(
            col(OutboxRow.seq).in_(seqs), col(OutboxRow.reason).in_([CHANGED, RETRACTED])
        )
    )
    return {seq: reason for seq, reason in rows if seq and reason}


def _given_up(result: Settled) -> Settled:
    """What was taken back is not tried again."""
    if result.state is not State.PENDING:
        return result
    return replace(result, state=State.CANCELLED, reason="taken back", why=Why.WITHDRAWN, not_before=None)


def _about(item: Item) -> CardRef | None:
    if item.card or not item.ref:
        return item.card
    kind, _, id_ = item.ref.partition(":")
    return CardRef(kind, id_)


def _forget_deleted(session: Session, results: Sequence[Settled]) -> None:
    for r in results:
        if r.item.op == "delete" and r.state is State.SENT:
            session.execute(
                delete(PostRow).where(
                    col(PostRow.platform) == r.item.chat.platform,
                    col(PostRow.chat_id) == r.item.chat.chat_id,
                    col(PostRow.message_id) == r.item.message_id,
                )
            )


def posted(session: Session, item: Item) -> str | None:
    """The message that shows the row's card in the row's chat, the newest of several."""
    card = item.card
    if card is None:
        return None
    return session.scalars(
        select(PostRow.message_id)
        .where(
            PostRow.platform == item.chat.platform,
            PostRow.chat_id == item.chat.chat_id,
            PostRow.card_kind == card.kind,
            PostRow.card_id == card.id,
        )
        .order_by(col(PostRow.seq).desc())
        .limit(1)
    ).first()


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
            done_at=now if newer else None,
            not_before=result.not_before or now,
            attempts=result.attempts,
            parts=result.parts,
            reason=result.reason,
        )
    )


def _posts(result: Settled, now: datetime) -> Iterable[dict[str, Any]]:
    item = result.item
    message_ids = result.message_ids
    if item.op == "edit" and result.state is State.SENT:
        # Whatever a network calls the edit: the message that people see is the one that was edited.
        message_ids = (item.message_id or "",)
    for index, message_id in enumerate(message_ids):
        last = result.state is State.SENT and index == len(message_ids) - 1
        yield {
            "platform": item.chat.platform,
            "chat_id": item.chat.chat_id,
            "message_id": message_id,
            "thread_id": item.chat.thread_id,
            "lang": item.lang,
            "actions": json.dumps(result.actions) if last else "[]",
            "card_kind": item.card.kind if item.card and last else None,
            "card_id": item.card.id if item.card and last else None,
            "ref": f"{item.card.kind}:{item.card.id}" if item.card else item.ref,
            "seq": item.seq,
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
        release(session)
    edits = session.scalars(
        select(OutboxRow).where(OutboxRow.adapter == adapter, OutboxRow.state == State.SENDING, OutboxRow.op == "edit")
    ).all()
    for edit in edits:
        _put_back(session, Settled(item=_item(edit), state=State.PENDING, attempts=edit.attempts), now)
    session.connection().execute(stuck.values(state=State.PENDING.value))
    return lost


def next_at(session: Session, adapter: str) -> datetime | None:
    """When the earliest pending row of an adapter may go."""
    found: datetime | None = session.connection().scalar(_NEXT_AT, {"b_adapter": adapter})
    return found


def backlog(session: Session) -> dict[str, tuple[int, datetime | None]]:
    """By adapter: how many rows are pending or being sent, and when the oldest was written."""
    rows = session.execute(
        select(OutboxRow.adapter, func.count(), func.min(OutboxRow.created_at))
        .where(col(OutboxRow.state).in_([State.PENDING, State.SENDING]))
        .group_by(OutboxRow.adapter)
    )
    return {adapter: (int(count), oldest) for adapter, count, oldest in rows}


def _item(row: Any) -> Item:
    kind, _, id_ = (row.file_ref or "").partition(":")
    return Item(
        seq=row.seq,
        id=row.id,
        chat=ChatRef(row.platform, row.chat_id, row.thread_id),
        account_id=row.account_id,
        op=row.op,
        priority=row.priority,
        lang=row.lang,
        payload=row.payload,
        reply_to=row.reply_to,
        message_id=row.message_id,
        card=CardRef(row.card_kind, row.card_id) if row.card_kind and row.card_id else None,
        ref=row.ref,
        blob_id=row.blob_id,
        file=CardRef(kind, id_) if row.file_ref else None,
        attempts=row.attempts,
        parts=row.parts,
        created_at=row.created_at,
    )
