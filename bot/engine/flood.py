"""Whoever writes faster than people do is answered behind the others, and no more while too many answers wait.

In memory alone, and of the writer's thread alone: a person's pace costs no query. Only for who is fast the outbox is
asked. A crash forgets it, and nothing is lost by that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.core.events import FromChat
from bot.core.people import Person, Role
from storage.store import Store

WINDOW = timedelta(minutes=1)
FAST = 30
"""So many messages in a window are fast: their answers go behind everybody else's."""
MOST_WAITING = 100
"""So many answers may wait where a fast person is answered; then they are told once, and it is silent until..."""
EASED = 25
"""...so few are left."""
TELL_EVERY = timedelta(minutes=1)
_MANY = 10_000
"""People remembered before those who are slow again are dropped."""


class Manner(Enum):
    """How an event is to be answered. Quiet: not at all; a vote counts, without a confirmation."""

    AT_ONCE = "at once"
    BEHIND = "behind"
    TELL = "tell"
    QUIET = "quiet"


@dataclass(slots=True)
class _Pace:
    """What somebody sent in this window and in the one before."""

    start: datetime
    count: int = 0
    before: int = 0
    quiet: bool = False
    told_at: datetime | None = None
    told_by: str = ""


class Flood:
    """The pace of everybody who wrote lately."""

    def __init__(self) -> None:
        self._paces: dict[str, _Pace] = {}

    def manner(self, store: Store, event: FromChat, person: Person | None) -> Manner:
        """How this event of this person (of its chat, where the network names nobody) is to be answered."""
        if person is not None and person.role >= Role.MODERATOR:
            return Manner.AT_ONCE
        pace = self._pace(person.id if person else f"{event.chat.platform}\n{event.chat.chat_id}", store.now)
        pace.count += 1
        share = 1 - (store.now - pace.start) / WINDOW
        if pace.count + pace.before * share <= FAST:
            pace.quiet = False
            return Manner.AT_ONCE
        waiting = self._waiting(store, event)
        pace.quiet = waiting > (EASED if pace.quiet else MOST_WAITING)
        if not pace.quiet:
            return Manner.BEHIND
        # An event that is handled again, since another of its batch failed, is told again.
        if pace.told_at and store.now - pace.told_at < TELL_EVERY and pace.told_by != event.key:
            return Manner.QUIET
        pace.told_at, pace.told_by = store.now, event.key
        return Manner.TELL

    def _pace(self, who: str, now: datetime) -> _Pace:
        pace = self._paces.get(who)
        if pace is None:
            if len(self._paces) >= _MANY:
                self._paces = {one: pace for one, pace in self._paces.items() if now - pace.start < 2 * WINDOW}
            pace = self._paces[who] = _Pace(now)
        windows = (now - pace.start) // WINDOW
        if windows:
            pace.before = pace.count if windows == 1 else 0
            pace.count, pace.start = 0, pace.start + windows * WINDOW
        return pace

    def _waiting(self, store: Store, event: FromChat) -> int:
        """Answers that wait here, or in the direct chat where confirmations go aside."""
        aside = store.chats.direct_of_account(event.sender) if event.sender else None
        return max(store.outbox.waiting_in(chat) for chat in {event.chat, aside or event.chat})
