"""The unit of work: everything that one transaction reads and writes, for handlers and for the engine."""

from datetime import datetime

from sqlmodel import Session

from bot.core.refs import AccountRef
from storage.chats import Chats
from storage.due import Due
from storage.journal import Journal, forget_aside, forget_keys, forget_parked
from storage.outbox import Outbox, forget_done
from storage.people import People
from storage.questions import Questions


class Store:
    """One repository a subject. What repositories collected is written by `flush`; committing is the writer's."""

    def __init__(self, session: Session, now: datetime, owners: frozenset[AccountRef] = frozenset()) -> None:
        self.session = session
        self.now = now
        self.people = People(session, now, owners)
        self.chats = Chats(session, now)
        self.outbox = Outbox(session, now)
        self.due = Due(session)
        self.journal = Journal(session, now)
        self.questions = Questions(session, now)

    def flush(self) -> None:
        """Write what was collected, in the order that foreign keys ask."""
        self.people.flush()
        self.chats.flush()
        self.session.flush()
        self.outbox.flush()
        self.journal.flush()

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
        dropped = (
            forget_keys(self.session, keys_before, limit),
            forget_parked(self.session, parked_before, limit),
            forget_done(self.session, outbox_before, limit),
            self.chats.forget_posts(rest_before, limit),
            forget_aside(self.session, rest_before, limit),
            self.people.forget_invites(rest_before, limit),
        )
        return max(dropped) >= limit
