"""Events in: each batch is handled in one transaction with its cursor, its marks, and all that comes of it.

A key that was handled before is skipped, so a network may repeat itself as it likes.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.core.capabilities import Capabilities
from bot.core.content import text
from bot.core.errors import UserError
from bot.core.events import (
    Event,
    FromChat,
    Message,
    Poison,
    Pressed,
    Reacted,
    TimerFired,
    WorkDone,
)
from bot.core.refs import AccountRef
from bot.core.routing import Routes
from bot.core.when import Clock
from bot.engine.collect import Collector, sorry
from bot.engine.delivery import Delivery
from bot.engine.dispatch import Dispatch
from bot.logs import trail
from storage.engine import Session, unusable
from storage.store import Store
from storage.writer import Writer

log = structlog.get_logger(__name__)

TRIES = 3
"""How often a handler that fails is tried before its event is set aside."""


class Intake:
    """Turns batches of events into committed effects. One for all platforms."""

    def __init__(
        self,
        writer: Writer,
        routes: Routes[Store],
        capabilities: Mapping[str, Capabilities],
        clock: Clock,
        owners: frozenset[AccountRef],
        wake: Callable[[], None],
        deliveries: Mapping[str, Delivery] | None = None,
    ) -> None:
        """Args:
        wake: tells all deliveries that there may be something to send.
        deliveries: by platform; an answer on the network it came from is taken by its delivery in the same transaction.
        """
        self._writer = writer
        self._dispatch = Dispatch(routes)
        self._capabilities = capabilities
        self._clock = clock
        self._owners = owners
        self._wake = wake
        self._deliveries = deliveries or {}
        self.asked: Callable[[], None] = lambda: None
        """Called when slow work was asked for."""
        self._asks = 0

    async def feed(
        self,
        events: Sequence[Event],
        cursor: tuple[str, str] | None = None,
        also: Callable[[Session], None] | None = None,
    ) -> None:
        """Handle a batch. Returns after the commit; deliveries are awake then.

        Raises:
            Whatever the database raised: nothing was written.
        """
        now = self._clock.now()
        delivery = self._deliveries.get(cursor[0]) if cursor and events else None
        async with delivery.riding() if delivery else contextlib.nullcontext() as ride:

            def job(session: Session) -> bool:
                before = self._asks
                self._batch(session, events, now)
                store = Store(session, now)
                if cursor:
                    store.journal.advance(*cursor)
                if also:
                    also(session)
                if ride:
                    ride.do(session)
                return self._asks != before

            working = asyncio.ensure_future(self._writer.run(job))
            try:
                await asyncio.shield(working)
            finally:
                if ride:
                    # Cancelled or not, the transaction has an end, and what it took is sent only if it was committed.
                    await asyncio.wait([working])
                    ride.committed = not working.cancelled() and working.exception() is None
        self._wake()
        if working.result():
            self.asked()
        if delivery:
            # First the answers, then whatever the caller does next: asking the network for more takes a while too.
            await asyncio.sleep(0)

    # --- on the writer thread ---

    def _batch(self, session: Session, events: Sequence[Event], now: datetime) -> None:
        try:
            store = Store(session, now, self._owners)
            collector = Collector(store, self._capabilities, now)
            for event in self._fresh(store, events):
                self._dispatch.handle(store, collector, event)
            collector.finish()
            store.flush()
            self._asks += store.work.asked
        except Exception as error:
            if unusable(error):
                raise
            if not isinstance(error, UserError):
                log.warning("batch is handled again, event by event", cause=trail(error))
            session.rollback()
            self._replay(session, events, now)

    def _replay(self, session: Session, events: Sequence[Event], now: datetime) -> None:
        for event in events:
            for tries in range(1, TRIES + 1):
                if self._attempt(session, event, now, last=tries == TRIES):
                    break

    def _attempt(self, session: Session, event: Event, now: datetime, *, last: bool) -> bool:
        savepoint = session.begin_nested()
        store = Store(session, now, self._owners)
        collector = Collector(store, self._capabilities, now)
        try:
            # What it needs is read here once more: an event may hold what a database can't even look up.
            for fresh in self._fresh(store, [event]):
                self._dispatch.handle(store, collector, fresh)
            collector.finish()
            store.flush()
            self._asks += store.work.asked
            savepoint.commit()
        except Exception as error:
            if unusable(error):
                raise
            savepoint.rollback()
            if isinstance(error, UserError):
                self._set_aside(session, event, now, error)
                return True
            log.error("handler failed", key=event.key, kind=type(event).__name__, cause=trail(error), set_aside=last)
            if last:
                self._set_aside(session, event, now, None, trail(error))
            return last
        return True

    def _set_aside(
        self, session: Session, event: Event, now: datetime, error: UserError | None, cause: str = ""
    ) -> None:
        """Be done with the event: tell the person; where even that fails, without; it never holds up the others."""
        for tell in (True, False):
            savepoint = session.begin_nested()
            try:
                self._excuse(session, event, now, error, cause, tell=tell)
                savepoint.commit()
            except Exception as failure:
                if unusable(failure):
                    raise
                savepoint.rollback()
                log.error("event can't be set aside", kind=type(event).__name__, told=tell, cause=trail(failure))
            else:
                return

    def _excuse(
        self, session: Session, event: Event, now: datetime, error: UserError | None, cause: str, *, tell: bool
    ) -> None:
        store = Store(session, now, self._owners)
        collector = Collector(store, self._capabilities, now)
        if tell and isinstance(event, FromChat):
            ctx = self._dispatch.context(store, event, None)
            collector.add(event, ctx, sorry(event, error.text if error else text("something-went-wrong")))
        if error is None:
            kind = type(event).__name__
            platform = event.chat.platform if isinstance(event, FromChat) else ""
            store.journal.set_aside(Poison(key=event.key, at=now, platform=platform, error=cause, shape=kind))
        if isinstance(event, TimerFired):
            store.due.fired(event.key)
        else:
            store.journal.mark(event.key)
        if isinstance(event, WorkDone):
            store.work.done(event.key)
        collector.finish()
        store.flush()

    def _fresh(self, store: Store, events: Sequence[Event]) -> Sequence[Event]:
        """The events not handled before, each key once; what they will need is read in a few queries."""
        # Of a timer its own row says it.
        keys = [event.key for event in events if not isinstance(event, TimerFired)]
        known = store.journal.handled(keys) if keys else set()
        fresh = {event.key: event for event in reversed(events) if event.key not in known}
        ordered = [fresh.pop(event.key) for event in events if event.key in fresh]
        talk = [event for event in ordered if isinstance(event, FromChat)]
        store.due.prefetch(event.key for event in ordered if isinstance(event, TimerFired))
        store.people.prefetch(event.sender for event in talk if event.sender)
        replies = [(e.chat, e.reply_to) for e in talk if isinstance(e, Message) and e.reply_to]
        presses = [(e.chat, e.post) for e in talk if isinstance(e, Pressed | Reacted)]
        store.chats.prefetch((event.chat for event in talk), replies + presses)
        return ordered
