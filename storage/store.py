"""The unit of work: everything that one transaction reads and writes, for handlers and for the engine."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.core.refs import AccountRef, ChatRef
from storage.announcements import Announcements
from storage.areas import Areas
from storage.audit import Audit
from storage.chats import Chats
from storage.copies import Copies
from storage.curated import CuratedAnswers
from storage.date_searches import DateSearches
from storage.desk import Desk
from storage.documents import Documents
from storage.due import Due
from storage.files import Files, release
from storage.forms import Forms
from storage.journal import Journal, forget_aside, forget_keys, forget_parked
from storage.linking import Linking
from storage.looks import Looks
from storage.meetings import Meetings
from storage.minutes import Minutes
from storage.native_votes import NativeVotes
from storage.needs import Needs
from storage.organisations import Organisations
from storage.outbox import Outbox, forget_done
from storage.people import People
from storage.personal import Part, Subject
from storage.polls import Polls
from storage.question_queue import QuestionQueue
from storage.questions import Questions
from storage.recent import Recent
from storage.reminders import Reminders
from storage.reports import Reports
from storage.rooms import Rooms
from storage.rsvps import Rsvps
from storage.screens import Screens
from storage.sittings import Sittings
from storage.voters import Voters
from storage.work import Work

MOST_EXPECTED = 5_000
"""How many people are read at once: a database takes no endless list."""


class Store:
    """One repository a subject. What repositories collected is written by `flush`; committing is the writer's."""

    def __init__(self, session: Session, now: datetime, owners: frozenset[AccountRef] = frozenset()) -> None:
        self.session = session
        self.now = now
        self.people = People(session, now, owners)
        self.chats = Chats(session, now)
        self.outbox = Outbox(session, now)
        self.files = Files(session, now)
        self.copies = Copies(session)
        self.due = Due(session)
        self.work = Work(session, now)
        self.journal = Journal(session, now)
        self.questions = Questions(session, now)
        self.desk = Desk(session, now, self.people.flush)
        self.queue = QuestionQueue(session, now, self.people.flush)
        self.reports = Reports(session, now, self.desk, self.people.flush)
        self.looks = Looks(session, now, self.people.flush)
        self.recent = Recent(session, now, self.people.flush)
        self.curated = CuratedAnswers(session, now, self.people.flush)
        self.rooms = Rooms(session, now, self._flush_people_and_chats)
        self.areas = Areas(session, now, self.people.flush)
        self.organisations = Organisations(session, now, self.people.flush)
        self.audit = Audit(session, now)
        self.announcements = Announcements(session, now, self.people.flush)
        self.polls = Polls(session, now, self.people.flush, self.people.present, self.people.made_now)
        self.screens = Screens(session, now, self.polls, self.rooms)
        self.native_votes = NativeVotes(session, self.polls, self.people.flush)
        self.linking = Linking(session, now, self.people)
        self.meetings = Meetings(session, now, self.people.flush)
        self.reminders = Reminders(session, now)
        self.rsvps = Rsvps(session, now, self.people.flush)
        self.sittings = Sittings(session, now, self.people.flush)
        self.minutes = Minutes(session, now, self.people.flush)
        self.needs = Needs(session, self.people.flush)
        self.date_searches = DateSearches(session)
        self.forms = Forms(session, now, self.people.flush, self.people.present, self.people.made_now)
        self.voters = Voters(session, now, self.polls)
        self.documents = Documents(session, now)
        # Whoever holds something about people. The last ones hold what the others find it by.
        self.parts: tuple[Part, ...] = (
            self.outbox,
            self.journal,
            self.linking,
            self.questions,
            self.desk,
            self.queue,
            self.reports,
            self.looks,
            self.recent,
            self.curated,
            self.forms,
            self.documents,
            self.areas,
            self.organisations,
            self.voters,
            self.polls.secret,
            self.native_votes,
            self.rsvps,
            self.needs,
            self.minutes,
            self.sittings,
            self.meetings,
            self.announcements,
            self.rooms,
            self.audit,
            self.chats,
            self.people,
        )

    def flush(self) -> None:
        """Write what was collected, in the order that foreign keys ask."""
        self._flush_people_and_chats()
        self.session.flush()
        self.polls.flush()
        self.reminders.flush()
        self.due.flush()
        self.audit.flush()
        self.outbox.flush()
        self.journal.flush()

    def expect_reminded(self, timer: str, occurrence: str) -> None:
        """Read at once what the reminders that fire together need: meetings, rooms, who comes, their languages, and
        where they are written to.

        Args:
            timer: the name of their timers (keys `name:occurrence:…`).
            occurrence: of the one that is handled now.
        """
        if self.meetings.known(occurrence):
            return
        ids = {occurrence, *(key.split(":")[1] for key in self.due.together(timer))}
        self.chats.prefetch(self.meetings.expect(ids))
        people = self.reminders.expect(ids)[:MOST_EXPECTED]
        if people:
            self.people.expect_languages(people)
            self.chats.expect_directs(people)

    def move(self, old: ChatRef, new: ChatRef) -> None:
        """A conversation goes on under another id."""
        self.chats.move(old, new)
        self.polls.moved(old, new)
        self.meetings.moved(old, new)
        self.forms.moved(old, new)
        self.announcements.moved(old, new)

    def merge(self, old: str, new: str) -> list[str]:
        """Two persons turned out to be one, known as `new` from now on. Returns the ids of polls in which both had
        voted openly: the older of the two ballots is void there."""
        self.flush()
        self.native_votes.settle_link(old, new)
        voided = self.polls.settle_link(old, new)
        self.organisations.settle_link(old, new)
        self.queue.settle_link(old, new)
        self.rsvps.settle_link(old, new)
        self.sittings.settle_link(old, new)
        self.people.merge(old, new)
        self.areas.merged(old, new)
        self.chats.merged(old, new)
        self.audit.merge(old, new)
        self.forms.merged()
        return voided

    def part(self, account: AccountRef, here: ChatRef) -> str:
        """An account becomes a person of its own; what the person did stays with their other accounts. Returns the new
        person's id."""
        self.flush()
        old = self.people.of(account).id
        new = self.people.part(account)
        self.polls.secret.parted(old, new)
        self.chats.part(account, here, old, new)
        self.forms.part(account, old)
        return new

    def personal(self, person_id: str) -> dict[str, Any]:
        """Everything that is kept about a person, by sections, ready for JSON."""
        subject = self._subject(person_id)
        return {name: held for part in reversed(self.parts) for name, held in part.personal(subject).items()}

    def erase(self, person_id: str) -> list[str]:
        """Forget a person. What others need of them stays and names nobody. Returns the ids of polls that run and lost
        a ballot by it."""
        subject = self._subject(person_id)
        withdrawn = self.voters.running_of(person_id)
        for part in self.parts:
            part.erase(subject)
        release(self.session)
        # Rows that the session has read name the person.
        self.session.expire_all()
        return withdrawn

    def _subject(self, person_id: str) -> Subject:
        self.flush()
        return Subject(person_id, tuple(self.people.accounts(person_id)), tuple(self.chats.direct_chats(person_id)))

    def forget_done(
        self,
        *,
        keys_before: datetime,
        parked_before: datetime,
        outbox_before: datetime,
        rest_before: datetime,
        limit: int,
    ) -> bool:
        """Drop what nobody needs any more, at most `limit` rows a table. True: there may be more to drop.

        Args:
            rest_before: for posts that are no cards, items set aside, and one-time codes.
        """
        # Rows that only this transaction knows of yet may send them.
        self.outbox.flush()
        release(self.session)
        dropped = (
            forget_keys(self.session, keys_before, limit),
            forget_parked(self.session, parked_before, limit),
            forget_done(self.session, outbox_before, limit),
            self.chats.forget_posts(rest_before, limit),
            forget_aside(self.session, rest_before, limit),
            self.people.forget_invites(rest_before, limit),
        )
        return max(dropped) >= limit

    def _flush_people_and_chats(self) -> None:
        self.people.flush()
        self.chats.flush()
