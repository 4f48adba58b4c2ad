"""Votes in polls of the network's own, beside the ballots: what counts is a person's newest valid vote of any way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.copies import State
from bot.core.native_polls import CARD, poll_of
from bot.core.polls import Poll, PollState
from bot.core.refs import ChatRef
from storage.native_tables import NativeBallotRow, NativeEndRow, NativeVoteRow
from storage.personal import Subject, listed
from storage.poll_tables import BallotRow, PollRow
from storage.polls import Ballot, Polls
from storage.tables import OutboxRow, PostRow
from storage.upsert import insert_many


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeVote:
    """A choice by its message's `id`, in the native poll whose message is `post`; `choices` 0 is spoilt.

    `sender` is the account's id on its network.
    """

    id: str
    sender: str
    post: str
    chat: ChatRef
    choices: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class _Cast:
    """A ballot with its place in the order of casting."""

    ballot: Ballot
    turn: int


class NativeVotes:
    """Of one transaction. `flush` writes the people that were collected: votes point to them."""

    def __init__(self, session: Session, polls: Polls, flush: Callable[[], None]) -> None:
        self._session = session
        self._polls = polls
        self._flush_people = flush

    def poll_of(self, chat: ChatRef, post: str, answers: Iterable[str] = ()) -> str | None:
        """The poll behind a native poll's message; None when that is not the bot's.

        A message that is out may be unknown here still: the process ended before it was written down. Until it is, the
        answers tell.
        """
        here = (PostRow.platform == chat.platform, PostRow.chat_id == chat.chat_id, PostRow.message_id == post)
        found = self._session.execute(select(PostRow.card_kind, PostRow.card_id).where(*here)).first()
        if found:
            return found.card_id if found.card_kind == CARD else None
        named = {poll_of(answer) for answer in answers}
        if len(named) != 1:
            return None
        return self._session.scalar(
            select(OutboxRow.card_id).where(
                OutboxRow.platform == chat.platform,
                OutboxRow.chat_id == chat.chat_id,
                OutboxRow.card_kind == CARD,
                col(OutboxRow.card_id).in_(named),
                OutboxRow.op == "send",
                col(OutboxRow.state).in_([State.PENDING, State.SENDING]),
            )
        )

    def concerns(self, chat: ChatRef, id_: str) -> bool:
        """Whether a message that was taken back is a vote, a native poll, or the end of one."""
        return (
            self.poll_of(chat, id_) is not None
            or self._vote(chat.platform, id_) is not None
            or self._end(chat, id_) is not None
        )

    # --- votes ---

    def respond(self, poll: Poll, unit: str, vote: NativeVote, *, settle: bool = True) -> Ballot | None:
        """Keep a vote, and make the person's ballot what it is with it. Returns that ballot.

        Args:
            settle: not when the poll is closed, and may only count it should it be opened again (`settle_all`).
        """
        self._flush_people()
        self._polls.flush()
        last = self._session.scalar(select(func.max(BallotRow.turn)).where(BallotRow.poll_id == poll.id))
        self._session.add(
            NativeVoteRow(
                platform=vote.chat.platform,
                id=vote.id,
                poll_id=poll.id,
                person_id=unit,
                sender=vote.sender,
                chat_id=vote.chat.chat_id,
                post=vote.post,
                choices=vote.choices,
                sent_at=vote.sent_at,
                turn=(last or 0) + 1,
            )
        )
        self._session.flush()
        return self._settle(poll.id, unit) if settle else self._polls.ballot(poll.id, unit)

    def taken_back(self, chat: ChatRef, id_: str) -> tuple[str, str] | None:
        """Forget a vote that was taken back. Returns its poll and whose it was, for `settle`."""
        row = self._vote(chat.platform, id_)
        if row is None:
            return None
        found = (row.poll_id, row.person_id)
        self._session.delete(row)
        self._session.flush()
        return found

    def settle(self, poll: Poll, unit: str) -> Ballot | None:
        """Make a person's ballot what it is by the votes that are left."""
        return self._settle(poll.id, unit)

    def settle_all(self, poll: Poll) -> None:
        """The same for all who voted this way: the poll is open again, and votes came and went meanwhile."""
        voted = set(self._session.scalars(select(NativeVoteRow.person_id).where(NativeVoteRow.poll_id == poll.id)))
        voted |= set(self._session.scalars(select(NativeBallotRow.unit).where(NativeBallotRow.poll_id == poll.id)))
        for unit in sorted(voted):
            self._settle(poll.id, unit)

    def keep_in(self, poll: Poll, chat: ChatRef) -> None:
        """Forget the votes of all rooms but one, before the poll is kept there."""
        elsewhere = ~((col(NativeVoteRow.platform) == chat.platform) & (col(NativeVoteRow.chat_id) == chat.chat_id))
        self._session.execute(delete(NativeVoteRow).where(col(NativeVoteRow.poll_id) == poll.id, elsewhere))
        self.settle_all(poll)
        self._session.execute(
            update(NativeBallotRow)
            .where(
                col(NativeBallotRow.poll_id) == poll.id,
                ~(
                    (col(NativeBallotRow.other_platform) == chat.platform)
                    & (col(NativeBallotRow.other_chat_id) == chat.chat_id)
                ),
            )
            .values(other_choices=None, other_platform=None, other_chat_id=None, other_turn=None)
        )

    def settle_link(self, old: str, new: str) -> None:
        """Two persons will be one, and the newer of their ballots will stay: behind a native one the newest other one.

        To be called before the ballots are settled.
        """
        self._polls.flush()
        polls = self._session.scalars(
            select(NativeBallotRow.poll_id).where(col(NativeBallotRow.unit).in_([old, new])).distinct()
        ).all()
        for poll_id in polls:
            units = [unit for unit in (old, new) if self._cast(poll_id, unit)]
            poll = self._polls.get(poll_id)
            if len(units) == 2 and not (poll and poll.running):
                units = [new]  # A result that was published stays as it is.
            casts = {unit: cast for unit in units if (cast := self._cast(poll_id, unit))}
            others = [other for unit in units if (other := self._other(poll_id, unit))]
            stays = max(casts.values(), key=lambda cast: cast.turn, default=None)
            native = any(stays is casts[unit] and self._is_native(poll_id, unit) for unit in casts)
            for unit in (old, new):
                self._forget_ballot(poll_id, unit)
            if stays and native:
                self._remember(poll_id, new, stays.turn, max(others, key=lambda other: other.turn, default=None))

    # --- ends ---

    def end(self, poll: Poll, chat: ChatRef, post: str, id_: str, at: datetime) -> bool:
        """Somebody else ended a native poll. Returns whether that is news."""
        if self.ended(chat, post):
            return False
        row = NativeEndRow(platform=chat.platform, chat_id=chat.chat_id, post=post, poll_id=poll.id, id=id_, at=at)
        self._session.add(row)
        self._session.flush()
        return True

    def ended(self, chat: ChatRef, post: str) -> datetime | None:
        """When somebody else ended a native poll."""
        row = self._session.get(NativeEndRow, (chat.platform, chat.chat_id, post))
        return row.at if row else None

    def end_taken_back(self, chat: ChatRef, id_: str) -> bool:
        """The message that ended a native poll was taken back. Returns whether it was one."""
        row = self._end(chat, id_)
        if row:
            self._session.delete(row)
            self._session.flush()
        return row is not None

    def forget(self, before: datetime, limit: int) -> None:
        """Drop what is kept of polls that ended before an instant, of at most `limit` polls: their ballots stay."""
        over = [PollState.CLOSED, PollState.WITHDRAWN]
        held = select(NativeVoteRow.poll_id).union(select(NativeBallotRow.poll_id), select(NativeEndRow.poll_id))
        ended = func.coalesce(col(PollRow.closed_at), col(PollRow.closes_at), col(PollRow.opened_at))
        old = self._session.scalars(
            select(PollRow.id)
            .where(col(PollRow.state).in_(over), ended < before, col(PollRow.id).in_(held))
            .limit(limit)
        ).all()
        for column in (NativeVoteRow.poll_id, NativeBallotRow.poll_id, NativeEndRow.poll_id):
            self._session.execute(delete(column.class_).where(col(column).in_(old)))  # type: ignore[attr-defined]

    # --- personal data ---

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The choices that are kept still."""
        query = (
            select(  # type: ignore[call-overload]
                NativeVoteRow.poll_id,
                NativeVoteRow.sender,
                NativeVoteRow.platform,
                NativeVoteRow.chat_id,
                NativeVoteRow.choices,
                NativeVoteRow.sent_at,
            )
            .where(NativeVoteRow.person_id == subject.person_id)
            .order_by(NativeVoteRow.sent_at)
        )
        behind = select(NativeBallotRow.poll_id).where(NativeBallotRow.unit == subject.person_id)
        return {"native_votes": listed(self._session, query), "native_ballots": list(self._session.scalars(behind))}

    def erase(self, subject: Subject) -> None:
        """They go; the ballot that came of them is not theirs to keep."""
        me = subject.person_id
        self._session.execute(delete(NativeVoteRow).where(col(NativeVoteRow.person_id) == me))
        self._session.execute(delete(NativeBallotRow).where(col(NativeBallotRow.unit) == me))

    # --- one person's ballot ---

    def _settle(self, poll_id: str, unit: str) -> Ballot | None:
        self._polls.flush()
        other, vote = self._other(poll_id, unit), self._newest(poll_id, unit)
        if vote and (other is None or vote.turn > other.turn):
            self._polls.put_back(poll_id, unit, vote.ballot, vote.turn)
            self._forget_ballot(poll_id, unit)
            self._remember(poll_id, unit, vote.turn, other)
            return vote.ballot
        if self._is_native(poll_id, unit):
            self._polls.put_back(poll_id, unit, other.ballot if other else None, other.turn if other else 0)
        self._forget_ballot(poll_id, unit)
        return other.ballot if other else None

    def _newest(self, poll_id: str, unit: str) -> _Cast | None:
        """What the person's votes come to: of each account in each native poll the newest one, if it is valid; of these
        the one that came last."""
        newest: dict[tuple[str, ...], NativeVoteRow] = {}
        rows = self._session.scalars(
            select(NativeVoteRow)
            .where(NativeVoteRow.poll_id == poll_id, NativeVoteRow.person_id == unit)
            .order_by(col(NativeVoteRow.sent_at), col(NativeVoteRow.id))
        )
        for row in rows:
            newest[row.platform, row.chat_id, row.post, row.sender] = row
        valid = [row for row in newest.values() if row.choices]
        if not valid:
            return None
        last = max(valid, key=lambda row: (row.turn, row.sent_at, row.id))
        return _Cast(Ballot(last.choices, ChatRef(last.platform, last.chat_id)), last.turn)

    def _other(self, poll_id: str, unit: str) -> _Cast | None:
        """The person's last ballot by another way."""
        cast, row = self._cast(poll_id, unit), self._native(poll_id, unit)
        if cast is None or row is None or row.turn != cast.turn:
            return cast
        if row.other_turn is None:
            return None
        chat = ChatRef(row.other_platform, row.other_chat_id)
        return _Cast(Ballot(row.other_choices, chat), row.other_turn)

    def _is_native(self, poll_id: str, unit: str) -> bool:
        cast, row = self._cast(poll_id, unit), self._native(poll_id, unit)
        return cast is not None and row is not None and row.turn == cast.turn

    def _cast(self, poll_id: str, unit: str) -> _Cast | None:
        row = self._session.execute(
            select(BallotRow.choices, BallotRow.platform, BallotRow.chat_id, BallotRow.turn).where(
                BallotRow.poll_id == poll_id, BallotRow.unit == unit
            )
        ).first()
        return _Cast(Ballot(row.choices, ChatRef(row.platform, row.chat_id)), row.turn) if row else None

    def _native(self, poll_id: str, unit: str) -> Any:
        return self._session.execute(
            select(  # type: ignore[call-overload]
                NativeBallotRow.turn,
                NativeBallotRow.other_choices,
                NativeBallotRow.other_platform,
                NativeBallotRow.other_chat_id,
                NativeBallotRow.other_turn,
            ).where(NativeBallotRow.poll_id == poll_id, NativeBallotRow.unit == unit)
        ).first()

    def _remember(self, poll_id: str, unit: str, turn: int, other: _Cast | None) -> None:
        row = {"poll_id": poll_id, "unit": unit, "turn": turn}
        if other:
            chat = other.ballot.chat
            row |= {"other_choices": other.ballot.choices, "other_turn": other.turn}
            row |= {"other_platform": chat.platform, "other_chat_id": chat.chat_id}
        insert_many(self._session, NativeBallotRow, [row])

    def _forget_ballot(self, poll_id: str, unit: str) -> None:
        self._session.execute(
            delete(NativeBallotRow).where(col(NativeBallotRow.poll_id) == poll_id, col(NativeBallotRow.unit) == unit)
        )

    def _vote(self, platform: str, id_: str) -> NativeVoteRow | None:
        return self._session.get(NativeVoteRow, (platform, id_))

    def _end(self, chat: ChatRef, id_: str) -> NativeEndRow | None:
        return self._session.scalars(
            select(NativeEndRow).where(
                NativeEndRow.platform == chat.platform, NativeEndRow.chat_id == chat.chat_id, NativeEndRow.id == id_
            )
        ).first()
