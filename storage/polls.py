"""Polls and their ballots. Ballots are collected and written set-wise; a tally is a query, never an update per vote."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.poll_outcome import everybody_voted
from bot.core.poll_terms import Unit
from bot.core.polls import Act, Draft, Poll, PollState, Tally, after
from bot.core.refs import ChatRef
from storage import compaction
from storage.hall import hands_of, set_hands
from storage.ids import new_id
from storage.poll_counts import counted, entitled, everybody
from storage.poll_rows import insert_poll, read_polls, rewrite_poll
from storage.poll_tables import BallotRow, OrganisationVoteRow, PollOptionRow, PollRoomRow, PollRow
from storage.secret_ballots import RUNNING, SecretBallots
from storage.sitting_tables import DateSearchRow
from storage.upsert import insert_many

_MOST_RUNNING = 100


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a unit chose last, as bits, and where."""

    choices: int
    chat: ChatRef


class Polls:
    """Of one transaction: what an earlier event of a batch did, a later one sees.

    Args:
        flush: writes the people that were collected: polls point to them.
        present: the persons that this batch is about, so that their ballots are read in one query.
        made_now: whether a person is so new that no ballot of theirs can be there.
    """

    def __init__(
        self,
        session: Session,
        now: datetime,
        flush: Callable[[], None],
        present: Callable[[], Iterable[str]],
        made_now: Callable[[str], bool] = lambda _unit: False,
    ) -> None:
        self._session = session
        self._now = now
        self._flush_people = flush
        self._present = present
        self._made_now = made_now
        self._known: dict[str, Poll | None] = {}
        self._ballots: dict[str, dict[str, Ballot | None]] = {}
        self._cast: dict[tuple[str, str], Ballot] = {}
        self.secret = SecretBallots(session, present)

    # --- polls ---

    def draft(self, draft: Draft, opener: str | None, chat: ChatRef, rooms: Sequence[ChatRef]) -> Poll:
        """A poll that nobody sees yet."""
        self._flush_people()
        poll = Poll(
            id=new_id()[:16],
            draft=draft,
            state=PollState.DRAFT,
            opener=opener,
            chat=chat,
            rooms=tuple(rooms),
            opened_at=self._now,
        )
        insert_poll(self._session, poll)
        self._known[poll.id] = poll
        return poll

    def rewrite(self, poll: Poll, draft: Draft, rooms: Sequence[ChatRef] | None = None) -> Poll:
        """Give a poll other words or terms, and other rooms if they are named. Whether it may be is for the caller to
        see to. A draft is as new as its last change."""
        at = self._now if poll.state is PollState.DRAFT else poll.opened_at
        changed = replace(poll, draft=draft, rooms=tuple(poll.rooms if rooms is None else rooms), opened_at=at)
        rewrite_poll(self._session, changed)
        self._known[poll.id] = changed
        return changed

    def open(self, poll: Poll) -> Poll:
        """Let people vote from now on."""
        return self._move(poll, Act.OPEN, opened_at=self._now)

    def get(self, id_: str) -> Poll | None:
        """A poll by its id."""
        if id_ not in self._known:
            self._known.update({id_: None} | {poll.id: poll for poll in read_polls(self._session, PollRow.id == id_)})
        return self._known[id_]

    def running(self, chat: ChatRef | None = None) -> list[Poll]:
        """The polls that run, in a room or anywhere; the oldest first."""
        return self._list(col(PollRow.state).in_(RUNNING), chat, [col(PollRow.seq)], _MOST_RUNNING)

    def ended(self, chat: ChatRef | None, limit: int) -> list[Poll]:
        """The polls that were closed last, the newest first."""
        newest = [col(PollRow.closed_at).desc(), col(PollRow.seq).desc()]
        return self._list(PollRow.state == PollState.CLOSED, chat, newest, limit)

    def drafts(self, opener: str, limit: int) -> list[Poll]:
        """The drafts of a person, the oldest first."""
        mine = (col(PollRow.state) == PollState.DRAFT) & (col(PollRow.opener_id) == opener)
        return self._list(mine, None, [col(PollRow.seq)], limit)

    def all(self) -> list[Poll]:
        """Every poll that was opened, the oldest first."""
        return self._list(PollRow.state != PollState.DRAFT, None, [col(PollRow.seq)], None)

    def time_is_over(self, poll: Poll) -> Poll:
        """Its time has come; votes under way are waited for."""
        return self._move(poll, Act.TIME)

    def close(self, poll: Poll, by: str | None, at: datetime) -> Poll:
        """End it: by a person, or by its time or because all have voted when `by` is None."""
        self._flush_people()
        if poll.draft.unit is not Unit.PERSON or poll.draft.members:
            may = entitled(self._session, poll)
            self._session.execute(update(PollRow).where(col(PollRow.id) == poll.id).values(**may))
        if poll.draft.secret:
            compaction.ask(self._session, poll.id, self._now)
        return self._move(poll, Act.CLOSE, closed_at=at, closed_by=by, closings=poll.closings + 1)

    def reopen(self, poll: Poll) -> Poll:
        """Take a closing back."""
        return self._move(poll, Act.REOPEN, closed_at=None, closed_by=None)

    def withdraw(self, poll: Poll) -> Poll:
        """It is no poll any more. Nothing of an open one is deleted; secret ballots are: nobody will count them."""
        if poll.draft.secret and poll.running:
            self.secret.discard(poll.id)
            compaction.ask(self._session, poll.id, self._now)
        return self._move(poll, Act.WITHDRAW)

    def keep_in(self, poll: Poll, chat: ChatRef) -> Poll:
        """Show it in one of its rooms alone. Ballots that were cast in other chats don't count any more."""
        self.flush()
        here = next(room for room in poll.rooms if (room.platform, room.chat_id) == (chat.platform, chat.chat_id))
        elsewhere = ~((col(PollRoomRow.platform) == chat.platform) & (col(PollRoomRow.chat_id) == chat.chat_id))
        self._session.execute(delete(PollRoomRow).where(col(PollRoomRow.poll_id) == poll.id, elsewhere))
        elsewhere = ~((col(BallotRow.platform) == chat.platform) & (col(BallotRow.chat_id) == chat.chat_id))
        self._session.execute(delete(BallotRow).where(col(BallotRow.poll_id) == poll.id, elsewhere))
        self._ballots.pop(poll.id, None)
        self._known[poll.id] = kept = replace(poll, rooms=(here,))
        return kept

    # --- ballots ---

    def ballot(self, poll_id: str, unit: str) -> Ballot | None:
        """What a unit chose, if it voted. The first question in a batch reads for everybody who is in it."""
        known = self._ballots.setdefault(poll_id, {})
        if unit not in known and self._made_now(unit):
            known[unit] = None
        if unit not in known:
            wanted = {unit, *self._present()} - known.keys()
            known.update(dict.fromkeys(wanted))
            for row in self._session.execute(
                select(BallotRow.unit, BallotRow.choices, BallotRow.platform, BallotRow.chat_id).where(
                    BallotRow.poll_id == poll_id, col(BallotRow.unit).in_(wanted)
                )
            ):
                known[row.unit] = Ballot(row.choices, ChatRef(row.platform, row.chat_id))
        return known[unit]

    def voted(self, poll_id: str) -> bool:
        """Whether anybody voted in it, be it with a ballot that is not complete yet."""
        self.flush()
        openly = select(BallotRow.unit).where(BallotRow.poll_id == poll_id).limit(1)
        return self._session.scalars(openly).first() is not None or self.secret.anybody(poll_id)

    def vote(self, poll_id: str, unit: str, choices: int, chat: ChatRef) -> None:
        """Cast a ballot, or put it in place of the one before. Whether it may be is for the caller to see to."""
        ballot = Ballot(choices, chat)
        self._ballots.setdefault(poll_id, {})[unit] = ballot
        # Anew at the end, so that the order of flushing is the order of casting.
        self._cast.pop((poll_id, unit), None)
        self._cast[poll_id, unit] = ballot

    def put_back(self, poll_id: str, unit: str, ballot: Ballot | None, turn: int) -> None:
        """Make this the unit's ballot, at a place in the order of casting that it had before; None: it has none."""
        row = (col(BallotRow.poll_id) == poll_id, col(BallotRow.unit) == unit)
        if ballot is None:
            self._session.execute(delete(BallotRow).where(*row))
            self._ballots.setdefault(poll_id, {})[unit] = None
            return
        self.vote(poll_id, unit, ballot.choices, ballot.chat)
        self.flush()
        self._session.execute(update(BallotRow).where(*row).values(turn=turn))

    def tally(self, poll: Poll) -> Tally:
        """Count the ballots, and beside them what was counted in the hall. Of a secret poll that runs there is the
        turnout alone."""
        self.flush()
        return replace(counted(self._session, poll, self.secret), hands=hands_of(self._session, poll.id))

    def everybody_voted(self, poll: Poll) -> bool:
        """Whether all who may vote have, where it is known who may."""
        if not poll.draft.knows_entitled:
            return False  # Nothing is counted for it: this is asked after every vote.
        return everybody_voted(poll.draft, self.tally(poll)) and everybody(self._session, poll, self.secret)

    def spoken(self, poll_id: str, organisation_id: str) -> str | None:
        """The person who cast an organisation's open ballot last."""
        return self._session.scalar(
            select(OrganisationVoteRow.person_id).where(
                OrganisationVoteRow.poll_id == poll_id, OrganisationVoteRow.organisation_id == organisation_id
            )
        )

    def speak(self, poll_id: str, organisation_id: str, person_id: str) -> None:
        """This person casts an organisation's open ballot."""
        self._flush_people()
        row = {"poll_id": poll_id, "organisation_id": organisation_id, "person_id": person_id}
        insert_many(self._session, OrganisationVoteRow, [row], update=["person_id"])

    def count_hall(self, poll: Poll, hands: Sequence[int]) -> None:
        """Put the hands that were counted in the hall in place of those counted before; none at all takes them away."""
        set_hands(self._session, poll.id, hands)

    def settle_link(self, old: str, new: str) -> list[str]:
        """Two accounts turned out to be one person: `old` votes as `new` from now on.

        In a poll that runs the newest of two ballots stays. A result that was published stays as it is.

        Returns the polls in which an older ballot was voided.
        """
        self.flush()
        self.secret.settle_link(old, new)
        voided: list[str] = []
        mine = select(BallotRow).where(col(BallotRow.unit).in_([old, new]))
        by_poll: dict[str, dict[str, BallotRow]] = {}
        for row in self._session.scalars(mine):
            by_poll.setdefault(row.poll_id, {})[row.unit] = row
        for poll_id, ballots in by_poll.items():
            poll = self.get(poll_id)
            if old not in ballots or (new in ballots and not (poll and poll.running)):
                continue
            theirs = ballots[old]
            if new in ballots:
                voided.append(poll_id)
                if theirs.turn < ballots[new].turn:
                    self._session.delete(theirs)
                    continue
                self._session.delete(ballots[new])
                self._session.flush()
            theirs.unit = new
        self._session.flush()
        self.reread()
        return sorted(voided)

    def moved(self, old: ChatRef, new: ChatRef) -> None:
        """A room goes on under another id."""
        self.flush()
        here = (col(PollRoomRow.platform) == old.platform, col(PollRoomRow.chat_id) == old.chat_id)
        there = select(PollRoomRow.poll_id).where(
            PollRoomRow.platform == new.platform, PollRoomRow.chat_id == new.chat_id
        )
        self._session.execute(delete(PollRoomRow).where(*here, col(PollRoomRow.poll_id).in_(there)))
        self._session.execute(update(PollRoomRow).where(*here).values(platform=new.platform, chat_id=new.chat_id))
        self._known.clear()

    def forget_drafts(self, before: datetime, limit: int) -> int:
        """Drop drafts that nobody opened, at most `limit`. Returns how many."""
        old = self._session.scalars(
            select(PollRow.id).where(PollRow.state == PollState.DRAFT, col(PollRow.opened_at) < before).limit(limit)
        ).all()
        self.drop_drafts(old)
        return len(old)

    def drop_drafts(self, ids: Sequence[str]) -> None:
        """Drop these drafts, with all that belongs to them."""
        for table in (PollOptionRow, PollRoomRow, DateSearchRow):
            self._session.execute(delete(table).where(col(table.poll_id).in_(ids)))
        self._session.execute(delete(PollRow).where(col(PollRow.id).in_(ids)))

    def reread(self) -> None:
        """Rows were changed past this object: what it remembers of them is read anew."""
        self._known.clear()
        self._ballots.clear()
        # A person who was met just now may have got ballots by this.
        self._made_now = lambda _unit: False

    def flush(self) -> None:
        """Write the ballots that were collected. One poll's ballots are numbered in the order of casting."""
        self.secret.flush()
        if not self._cast:
            return
        turns: dict[str, int] = {}
        rows: list[Mapping[str, Any]] = []
        for (poll_id, unit), ballot in self._cast.items():
            if poll_id not in turns:
                last = self._session.scalar(select(func.max(BallotRow.turn)).where(BallotRow.poll_id == poll_id))
                turns[poll_id] = last or 0
            turns[poll_id] += 1
            rows.append(
                {
                    "poll_id": poll_id,
                    "unit": unit,
                    "choices": ballot.choices,
                    "platform": ballot.chat.platform,
                    "chat_id": ballot.chat.chat_id,
                    "turn": turns[poll_id],
                    "at": self._now,
                }
            )
        self._cast = {}
        insert_many(self._session, BallotRow, rows, update=["choices", "platform", "chat_id", "turn", "at"])

    # --- rows ---

    def _move(self, poll: Poll, act: Act, **values: Any) -> Poll:
        state = after(poll.state, act)
        if state is None:
            raise ValueError(f"a poll that is {poll.state} can't {act.value}")
        self._session.execute(update(PollRow).where(col(PollRow.id) == poll.id).values(state=state, **values))
        self._known[poll.id] = moved = replace(poll, state=state, **values)
        return moved

    def _list(self, condition: Any, chat: ChatRef | None, order: Sequence[Any], limit: int | None) -> list[Poll]:
        if chat is not None:
            here = select(PollRoomRow.poll_id).where(
                PollRoomRow.platform == chat.platform, PollRoomRow.chat_id == chat.chat_id
            )
            condition = condition & col(PollRow.id).in_(here)
        found = read_polls(self._session, condition, order, limit)
        self._known.update({poll.id: poll for poll in found})
        return found
