"""What became of each copy of a card: from the outbox, and from the posts where its rows are gone already."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from bot.core.copies import Copy, State, Why
from bot.core.refs import CardRef, ChatRef
from storage.tables import OutboxRow, PostRow
from storage.upsert import table_of

# The worst first: what a person has to do something about, then what still moves, then what is well.
_WORST = (
    State.FAILED,
    State.UNCERTAIN,
    State.EXPIRED,
    State.CANCELLED,
    State.SENDING,
    State.PENDING,
    State.SENT,
)


_TABLE = table_of(OutboxRow)
_COLUMNS = (
    "platform",
    "chat_id",
    "thread_id",
    "account_id",
    "op",
    "state",
    "why",
    "done_at",
    "message_id",
    "card_id",
)


class Copies:
    """Of one transaction. What it just asked for is seen once the outbox is flushed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, card: CardRef) -> list[Copy]:
        """Each chat that a card, or something with it as `ref`, was sent to, in the order of sending.

        Rows of the outbox are dropped after a week: failures are to be noted elsewhere by then, and what was sent is
        known by its post.
        """
        name = f"{card.kind}:{card.id}"
        chats: dict[tuple[str, str], list[Any]] = {}
        rows = self._session.execute(
            _TABLE.select()
            .with_only_columns(*(_TABLE.c[column] for column in _COLUMNS))
            .where(
                or_(
                    and_(col(OutboxRow.card_kind) == card.kind, col(OutboxRow.card_id) == card.id),
                    col(OutboxRow.ref) == name,
                ),
                col(OutboxRow.op).in_(["send", "delete", "pin"]),
            )
            .order_by(col(OutboxRow.seq))
        )
        for row in rows:
            chats.setdefault((row.platform, row.chat_id or row.account_id or ""), []).append(row)
        copies = [_copy(found) for found in chats.values()]
        posts = self._session.scalars(select(PostRow).where(PostRow.ref == name).order_by(col(PostRow.seq)))
        older = {
            (post.platform, post.chat_id): Copy(
                chat=ChatRef(post.platform, post.chat_id, post.thread_id),
                state=State.SENT,
                at=post.at,
                message_id=post.message_id,
            )
            for post in posts
        }
        return [copy for place, copy in older.items() if place not in chats] + copies


def _copy(rows: list[Any]) -> Copy:
    """Of the rows of one chat, in order."""
    sends = [index for index, row in enumerate(rows) if row.op == "send"]
    # A card, and what belongs to it: of each its newest try.
    newest = {rows[index].card_id is None: rows[index] for index in sends}
    worst = _worst(newest.values() or rows)
    after = rows[sends[-1] :] if sends else rows
    deleted = _worst(row for row in after if row.op == "delete")
    pinned = _worst([row for row in after if row.op == "pin"][-1:])
    return Copy(
        chat=ChatRef(worst.platform, worst.chat_id, worst.thread_id),
        account_id=None if worst.chat_id else worst.account_id,
        state=State(worst.state) if sends else State.SENT,
        why=Why(worst.why) if worst.why and sends else None,
        at=worst.done_at,
        message_id=worst.message_id,
        deleted=State(deleted.state) if deleted else None,
        deleted_why=Why(deleted.why) if deleted and deleted.why else None,
        pinned=State(pinned.state) if pinned else None,
    )


def _worst(rows: Iterable[Any]) -> Any:
    # Of two equal ones, that which has more to say.
    return min(rows, key=lambda row: (_WORST.index(State(row.state)), row.why is None), default=None)
