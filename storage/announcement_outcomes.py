"""What became of an announcement in each room: read from the outbox while its rows are there."""

from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from bot.core.announcements import Announcement, Copy, Outcome, Round, worst
from bot.core.copies import State, Why
from bot.core.refs import ChatRef
from storage.tables import OutboxRow

CARD, AGAIN = "announcement", "announcement-again"
"""The kinds of the cards in rooms: the announcement, and the same once more with a word why."""
_OPEN = frozenset({State.PENDING.value, State.SENDING.value})
_WHY = {
    Why.GONE: Outcome.GONE,
    Why.TOO_LARGE: Outcome.TOO_LARGE,
    Why.REFUSED: Outcome.REFUSED,
    Why.WITHDRAWN: Outcome.STOPPED,
    Why.NOTHING: Outcome.STOPPED,
    Why.MISTAKE: Outcome.MISTAKE,
}


class Deliveries:
    """The rows of one announcement, from the beginning of its round on."""

    def __init__(self, session: Session, one: Announcement) -> None:
        self._one = one
        names = [f"{kind}:{one.id}" for kind in (CARD, AGAIN)]
        mine = or_(
            col(OutboxRow.ref).in_(names),
            (col(OutboxRow.card_kind).in_([CARD, AGAIN])) & (col(OutboxRow.card_id) == one.id),
        )
        query = select(  # type: ignore[call-overload]
            OutboxRow.op,
            OutboxRow.platform,
            OutboxRow.chat_id,
            OutboxRow.state,
            OutboxRow.why,
            OutboxRow.card_kind,
            OutboxRow.created_at,
        ).where(mine)
        rows: list[Any] = list(session.execute(query.order_by(col(OutboxRow.seq))))
        self.open = any(row.state in _OPEN for row in rows)
        """Whether anything has still to go out, of this round or of one before."""
        self._rows = [row for row in rows if one.round_at is None or row.created_at >= one.round_at]
        self._by_room: dict[tuple[str, str], list[Any]] = {}
        for row in self._rows:
            self._by_room.setdefault((row.platform, row.chat_id), []).append(row)

    def uncertain(self) -> list[Copy]:
        """Rooms where nobody knows whether it arrived, and where it was not repeated yet."""
        unsure = {
            (row.platform, row.chat_id)
            for row in self._rows
            if row.op == "send" and row.state == State.UNCERTAIN and row.card_kind == CARD
        }
        return [copy for copy in self._one.copies if not copy.again and unsure & set(_addresses(copy))]

    def outcomes(self) -> dict[ChatRef, Outcome]:
        """What became of the round in each room, by the room's address now."""
        find = {Round.SEND: self._sent, Round.EDIT: self._edited, Round.WITHDRAW: self._withdrawn}
        return {copy.chat: find[self._one.round_kind](copy) for copy in self._one.copies}

    def sendings(self) -> dict[ChatRef, Outcome]:
        """What became of the sending in each room."""
        return {copy.chat: self._sent(copy) for copy in self._one.copies}

    def unpinned(self) -> int:
        """In how many rooms it could not be pinned."""
        return sum(row.op == "pin" and row.state == State.FAILED for row in self._rows)

    def without_file(self) -> int:
        """In how many rooms the words arrived and the file will not."""
        return sum(row.op == "send" and row.card_kind is None and row.state == State.FAILED for row in self._rows)

    def not_loud(self) -> int:
        """In how many rooms it could not ring for everybody."""
        return sum(
            row.op == "send" and row.card_kind is not None and row.state == State.SENT and row.why == Why.REFUSED
            for row in self._rows
        )

    def _of(self, copy: Copy, op: str, kinds: tuple[str | None, ...]) -> list[Any]:
        return [
            row
            for address in dict.fromkeys(reversed(_addresses(copy)))
            for row in self._by_room.get(address, ())
            if row.op == op and row.card_kind in kinds
        ]

    def _sent(self, copy: Copy) -> Outcome:
        first = self._of(copy, "send", (CARD,))
        again = self._of(copy, "send", (AGAIN,))
        if not first and not again:
            return copy.outcome
        outcome = _outcome(first[-1]) if first else Outcome.UNSURE
        if not again:
            return outcome
        repeated = _outcome(again[-1])
        return {Outcome.THERE: Outcome.AGAIN, Outcome.WAITS: Outcome.WAITS}.get(repeated, Outcome.UNSURE)

    def _edited(self, copy: Copy) -> Outcome:
        rows = self._of(copy, "edit", (CARD, AGAIN))
        if not rows:
            return self._untouched(copy)
        return Outcome.MOVED if _left_behind(rows[-1]) else _outcome(rows[-1])

    def _withdrawn(self, copy: Copy) -> Outcome:
        rows = self._of(copy, "delete", (None,))
        if not rows:
            return self._untouched(copy)
        return worst([_deleted(row) for row in rows])

    def _untouched(self, copy: Copy) -> Outcome:
        """Nothing was to be done there: it was never sent, or nothing of it is there; or nobody knows what is."""
        if copy.outcome is Outcome.WAITS:
            return Outcome.STOPPED
        return copy.outcome if copy.outcome is Outcome.UNSURE else Outcome.ABSENT


def _addresses(copy: Copy) -> list[tuple[str, str]]:
    return [(copy.chat.platform, copy.chat.chat_id), (copy.old.platform, copy.old.chat_id)]


def _deleted(row: Any) -> Outcome:
    if row.state == State.SENT and row.why == Why.REFUSED:
        return Outcome.REPLACED
    return Outcome.MOVED if _left_behind(row) else _outcome(row)


def _left_behind(row: Any) -> bool:
    """The chat has another id by now, and the message is not in the chat of that id."""
    return bool(row.state == State.CANCELLED and row.why is None)


def _outcome(row: Any) -> Outcome:
    if row.state in _OPEN:
        return Outcome.WAITS
    if row.state == State.SENT:
        return Outcome.THERE
    if row.state == State.UNCERTAIN:
        return Outcome.UNSURE
    return _WHY.get(row.why, Outcome.STOPPED)
