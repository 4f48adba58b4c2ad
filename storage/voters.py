"""Who voted what and who opened which poll: told to that person, erased on request, forgotten when its time is over.

A ballot that is nobody's has a number that nobody has, no chat, and the instant at which its poll ended. It counts.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, update
from sqlmodel import Session, col, select

from bot.core.polls import PollState
from storage.ids import new_id
from storage.personal import Subject, listed
from storage.poll_tables import BallotRow, PollOptionRow, PollRow
from storage.polls import Polls
from storage.retention_tables import VoteNoticeRow
from storage.secret_ballots import RUNNING
from storage.upsert import insert_many, table_of

_BALLOT = table_of(BallotRow)
_TO_NOBODY = (
    update(_BALLOT)
    .where(_BALLOT.c.poll_id == bindparam("b_poll"), _BALLOT.c.unit == bindparam("b_unit"))
    .values(unit=bindparam("b_nobody"), chat_id="", at=bindparam("b_at"))
)
_ENDED_AT: Any = func.coalesce(PollRow.closed_at, PollRow.opened_at)


class Voters:
    """Of one transaction.

    Args:
        polls: told when ballots were changed past it.
    """

    def __init__(self, session: Session, now: datetime, polls: Polls) -> None:
        self._session = session
        self._now = now
        self._polls = polls

    def running_of(self, person_id: str) -> list[str]:
        """The polls that run in which a person has an open ballot."""
        self._polls.flush()
        query = select(PollRow.id).join(BallotRow, col(BallotRow.poll_id) == col(PollRow.id))
        mine = query.where(BallotRow.unit == person_id, col(PollRow.state).in_(RUNNING))
        return list(self._session.scalars(mine.order_by(col(PollRow.seq))))

    # --- a person's own ---

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The open ballots with the poll's question, and the polls that the person opened or closed."""
        me = subject.person_id
        polls = select(  # type: ignore[call-overload]
            PollRow.id, PollRow.question, PollRow.state, PollRow.opened_at, PollRow.closed_at
        ).order_by(PollRow.seq)
        return {
            "votes": [self._vote(row) for row in self._session.execute(self._votes(me))],
            "polls_opened": listed(self._session, polls.where(PollRow.opener_id == me)),
            "polls_closed": listed(self._session, polls.where(PollRow.closed_by == me)),
        }

    def erase(self, subject: Subject) -> None:
        """Open ballots of polls that run are withdrawn; those of polls that ended stay, as nobody's. Polls go on
        without an opener; drafts, which only the person could open, go."""
        me = subject.person_id
        running = self.running_of(me)
        self._session.execute(delete(BallotRow).where(col(BallotRow.unit) == me, col(BallotRow.poll_id).in_(running)))
        self._nobodys(
            self._session.execute(
                select(BallotRow.poll_id, BallotRow.unit, _ENDED_AT)
                .join(PollRow, col(PollRow.id) == col(BallotRow.poll_id))
                .where(BallotRow.unit == me)
            )
        )
        self._polls.drop_drafts(
            self._session.scalars(
                select(PollRow.id).where(PollRow.opener_id == me, PollRow.state == PollState.DRAFT)
            ).all()
        )
        self._session.execute(update(PollRow).where(col(PollRow.opener_id) == me).values(opener_id=None))
        self._session.execute(update(PollRow).where(col(PollRow.closed_by) == me).values(closed_by=None))
        here = subject.in_chats(PollRow.platform, PollRow.chat_id)
        self._session.execute(update(PollRow).where(here).values(chat_id="", thread_id=""))
        self._polls.reread()

    # --- when its time is over ---

    def to_be_told(self, ended_before: datetime) -> list[datetime]:
        """When the polls ended of which it will be forgotten who voted what and nobody was told, the earliest first."""
        query = select(_ENDED_AT).where(self._ended(ended_before), ~self._notice())
        return list(self._session.scalars(query.order_by(_ENDED_AT)))

    def told(self, ended_before: datetime) -> None:
        """Those in charge were told of all these."""
        ids = self._session.scalars(select(PollRow.id).where(self._ended(ended_before), ~self._notice())).all()
        insert_many(self._session, VoteNoticeRow, [{"poll_id": id_, "told_at": self._now} for id_ in ids])

    def forget(self, ended_before: datetime, told_before: datetime, limit: int) -> int:
        """Forget who voted what in polls that ended before an instant, if those in charge were told long enough ago; at
        most `limit` ballots. Returns how many."""
        told = self._notice(col(VoteNoticeRow.told_at) <= told_before, col(VoteNoticeRow.forgotten_at).is_(None))
        polls = self._session.scalars(select(PollRow.id).where(self._ended(ended_before), told)).all()
        found = self._session.execute(
            select(BallotRow.poll_id, BallotRow.unit, _ENDED_AT)
            .join(PollRow, col(PollRow.id) == col(BallotRow.poll_id))
            .where(col(BallotRow.poll_id).in_(polls), BallotRow.chat_id != "")
            .limit(limit)
        ).all()
        self._nobodys(found)
        if len(found) < limit:
            self._session.execute(
                update(VoteNoticeRow).where(col(VoteNoticeRow.poll_id).in_(polls)).values(forgotten_at=self._now)
            )
        self._polls.reread()
        return len(found)

    def _ended(self, before: datetime) -> Any:
        """The condition that a poll ended before an instant and ballots of it still have a voter."""
        named = exists().where(col(BallotRow.poll_id) == col(PollRow.id), col(BallotRow.chat_id) != "")
        over = col(PollRow.state).in_([PollState.CLOSED, PollState.WITHDRAWN])
        return over & (before >= _ENDED_AT) & named

    def _notice(self, *conditions: Any) -> Any:
        return exists().where(col(VoteNoticeRow.poll_id) == col(PollRow.id), *conditions)

    def _nobodys(self, ballots: Iterable[Any]) -> None:
        # What stands before a colon says what kind of unit it is: kinds are counted apart.
        rows = [
            {"b_poll": poll, "b_unit": unit, "b_nobody": "".join(unit.rpartition(":")[:2]) + new_id(), "b_at": at}
            for poll, unit, at in ballots
        ]
        if rows:
            self._session.connection().execute(_TO_NOBODY, rows)

    def _votes(self, person_id: str) -> Any:
        return (
            select(  # type: ignore[call-overload]
                PollRow.id, PollRow.question, BallotRow.choices, BallotRow.platform, BallotRow.chat_id, BallotRow.at
            )
            .join(PollRow, col(PollRow.id) == col(BallotRow.poll_id))
            .where(BallotRow.unit == person_id)
            .order_by(PollRow.seq)
        )

    def _vote(self, row: Any) -> dict[str, Any]:
        numbers = [bit + 1 for bit in range(row.choices.bit_length()) if row.choices >> bit & 1]
        options = self._session.execute(
            select(PollOptionRow.number, PollOptionRow.words)
            .where(PollOptionRow.poll_id == row.id, col(PollOptionRow.number).in_(numbers))
            .order_by(col(PollOptionRow.number))
        )
        return {
            "poll": row.id,
            "question": row.question,
            "choices": [{"number": number, "words": json.loads(words)} for number, words in options],
            "numbers": numbers,
            "platform": row.platform,
            "chat_id": row.chat_id,
            "at": row.at.isoformat(),
        }
