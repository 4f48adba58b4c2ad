"""Events in: each batch is handled in one transaction with its cursor, its marks, and all that comes of it.

A key that was handled before is skipped, so a network may repeat itself as it likes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from sqlmodel import Session

from bot.core.capabilities import Capabilities
from bot.core.chats import ChatKind, Post
from bot.core.content import text
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.events import (
    ChatMoved,
    Event,
    FromChat,
    Joined,
    Left,
    Message,
    Poison,
    Pressed,
    Reacted,
    TimerFired,
)
from bot.core.intents import Acknowledge, Intent
from bot.core.refs import AccountRef, ChatRef
from bot.core.routing import Handler, Routes
from bot.core.when import Clock
from bot.engine.collect import Collector, sorry
from bot.locales import DEFAULT, language_of
from bot.logs import trail
from bot.platforms.port import Parked
from storage.chats import chat_with
from storage.engine import unusable
from storage.journal import cursor as read_cursor
from storage.journal import park, parked, unpark
from storage.store import Store
from storage.writer import Reader, Writer

log = structlog.get_logger(__name__)

TRIES = 3
"""How often a handler that fails is tried before its event is set aside."""

# A number alone: "2", "2.", "2)", or a keycap emoji such as 2️⃣.
_NUMBER = re.compile(r"\s*(\d{1,2})(?:[.)]|\ufe0f?\u20e3)?\s*$")


class Intake:
    """Turns batches of events into committed effects. One for all platforms."""

    def __init__(
        self,
        writer: Writer,
        reader: Reader,
        routes: Routes[Store],
        capabilities: Mapping[str, Capabilities],
        clock: Clock,
        owners: frozenset[AccountRef],
        wake: Callable[[], None],
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._routes = routes
        self._capabilities = capabilities
        self._clock = clock
        self._owners = owners
        self._wake = wake

    def inbox(self, adapter: str) -> "PlatformInbox":
        """The door for one adapter."""
        return PlatformInbox(self, adapter, self._writer, self._reader, self._clock)

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

        def job(session: Session) -> None:
            self._batch(session, events, now)
            store = Store(session, now)
            if cursor:
                store.journal.advance(*cursor)
            if also:
                also(session)

        await self._writer.run(job)
        self._wake()

    # --- on the writer thread ---

    def _batch(self, session: Session, events: Sequence[Event], now: datetime) -> None:
        try:
            store = Store(session, now, self._owners)
            collector = Collector(store, self._capabilities, now)
            for event in self._fresh(store, events):
                self._handle(store, collector, event)
            collector.finish()
            store.flush()
        except Exception as error:
            if unusable(error):
                raise
            if not isinstance(error, UserError):
                log.warning("batch is handled again, event by event", cause=trail(error))
            session.rollback()
            self._replay(session, events, now)

    def _replay(self, session: Session, events: Sequence[Event], now: datetime) -> None:
        store = Store(session, now, self._owners)
        for event in self._fresh(store, events):
            for tries in range(1, TRIES + 1):
                outcome = self._attempt(session, event, now, last=tries == TRIES)
                if outcome:
                    break

    def _attempt(self, session: Session, event: Event, now: datetime, *, last: bool) -> bool:
        savepoint = session.begin_nested()
        store = Store(session, now, self._owners)
        collector = Collector(store, self._capabilities, now)
        try:
            self._handle(store, collector, event)
            collector.finish()
            store.flush()
        except Exception as error:
            if unusable(error):
                raise
            savepoint.rollback()
            if isinstance(error, UserError):
                self._excuse(session, event, now, error)
                return True
            log.error("handler failed", key=event.key, kind=type(event).__name__, cause=trail(error), set_aside=last)
            if last:
                self._excuse(session, event, now, None, trail(error))
            return last
        savepoint.commit()
        return True

    def _excuse(self, session: Session, event: Event, now: datetime, error: UserError | None, cause: str = "") -> None:
        """Tell the person, and be done with the event."""
        store = Store(session, now, self._owners)
        collector = Collector(store, self._capabilities, now)
        if isinstance(event, FromChat):
            ctx = self._context(store, event, None)
            collector.add(event, ctx, sorry(event, error.text if error else text("something-went-wrong")))
        if error is None:
            kind = type(event).__name__
            platform = event.chat.platform if isinstance(event, FromChat) else ""
            store.journal.set_aside(Poison(key=event.key, at=now, platform=platform, error=cause, shape=kind))
        if isinstance(event, TimerFired):
            store.due.fired(event.key)
        store.journal.mark(event.key)
        collector.finish()
        store.flush()

    def _fresh(self, store: Store, events: Sequence[Event]) -> Sequence[Event]:
        """The events not handled before, each key once; what they will need is read in a few queries."""
        known = store.journal.handled(event.key for event in events)
        fresh = {event.key: event for event in reversed(events) if event.key not in known}
        ordered = [fresh.pop(event.key) for event in events if event.key in fresh]
        talk = [event for event in ordered if isinstance(event, FromChat)]
        store.people.prefetch(event.sender for event in talk if event.sender)
        replies = [(e.chat, e.reply_to) for e in talk if isinstance(e, Message) and e.reply_to]
        presses = [(e.chat, e.post) for e in talk if isinstance(e, Pressed | Reacted)]
        store.chats.prefetch((event.chat for event in talk), replies + presses)
        return ordered

    def _handle(self, store: Store, collector: Collector, event: Event) -> None:
        match event:
            case TimerFired():
                handler = self._routes.timers.get(event.name)
                ctx = Context(store, store.now, DEFAULT)
                # The row goes first: a handler may arm the same timer anew.
                store.due.fired(event.key)
                if handler:
                    collector.add(event, ctx, handler(event, ctx))
                else:
                    log.error("timer without a handler", name=event.name)
            case Poison():
                log.warning("item set aside", key=event.key, platform=event.platform, error=event.error)
                store.journal.set_aside(event)
            case ChatMoved():
                store.chats.move(event.old, event.new)
            case Message():
                if not self._message(store, collector, event):
                    return  # Not for the bot: nothing of it is kept, not even a mark.
            case FromChat():
                self._from_chat(store, collector, event)
        store.journal.mark(event.key)

    def _from_chat(self, store: Store, collector: Collector, event: FromChat) -> None:
        if isinstance(event, Left):
            store.chats.gone(event.chat)
            return
        if isinstance(event, Reacted | Pressed):
            post = store.chats.post(event.chat, event.post)
            if isinstance(event, Pressed):
                self._press(store, collector, event, post)
                return
            number = _NUMBER.match(event.reaction)
            if post and post.actions and number and not event.removed:
                press = _pressed(event, event.post, number[1])
                self._press(store, collector, press, post)
                return
        handler = self._routes.events.get(type(event))
        if isinstance(event, Joined) and store.chats.known(event.chat):
            handler = None  # The bot came back, or the network says it twice: it was introduced before.
        if handler or isinstance(event, Joined):
            ctx = self._context(store, event, None)
            collector.add(event, ctx, handler(event, ctx) if handler else [])

    def _message(self, store: Store, collector: Collector, event: Message) -> bool:
        direct = event.kind is ChatKind.DIRECT
        asked = self._routes.read(event.text, direct=direct)
        post = store.chats.post(event.chat, event.reply_to) if event.reply_to else None
        addressed = direct or event.addressed or post is not None
        if asked and asked.command is None and not addressed:
            asked = None  # An unknown command in a room is another bot's.
        if not asked and not addressed:
            return False
        number = None if asked else _NUMBER.match(event.text)
        if number:
            choices = post if post and post.actions else store.chats.last_choice(event.chat) if direct else None
            if choices:
                self._press(store, collector, _pressed(event, choices.message_id, number[1]), choices)
                return True
        ctx = self._context(store, event, post)
        if asked and asked.command is None:
            collector.add(event, ctx, sorry(event, text("unknown-command")))
        elif asked and asked.command:
            if ctx.role < asked.command.who:
                collector.add(event, ctx, sorry(event, text("not-allowed")))
            else:
                collector.add(event, ctx, asked.command.handler(event, asked.argument, ctx))
        else:
            for reader in self._routes.texts:
                intents = reader(event, ctx)
                if intents is not None:
                    collector.add(event, ctx, intents)
                    break
            else:
                return False
        self._after(store, collector, event)
        return True

    def _press(self, store: Store, collector: Collector, event: Pressed, post: Post | None) -> None:
        ctx = self._context(store, event, post)
        if event.action is None and post and event.choice and 0 < int(event.choice) <= len(post.actions):
            event = replace(event, action=post.actions[int(event.choice) - 1])
        handler: Handler[Store] | None = None
        if event.action:
            handler = self._routes.presses.get(event.action.partition(":")[0])
        intents: Sequence[Intent] = handler(event, ctx) if handler else [Acknowledge(text("press-expired"), alert=True)]
        collector.add(event, ctx, intents)
        self._after(store, collector, event)

    def _after(self, store: Store, collector: Collector, event: FromChat) -> None:
        for handler in self._routes.afters:
            ctx = self._context(store, event, None)
            collector.add(event, ctx, handler(event, ctx))

    def _context(self, store: Store, event: FromChat, post: Post | None) -> Context[Store]:
        hint = language_of(event.lang_hint)
        person = store.people.of(event.sender, hint) if event.sender else None
        chat = store.chats.seen(event.chat, event.kind, hint, person.id if person else None)
        if person and person.lang_chosen:
            lang = person.lang
        elif event.kind is ChatKind.DIRECT:
            lang = person.lang if person else None
        else:
            lang = chat.lang
        return Context(store, store.now, lang or DEFAULT, person, chat, post)


def _pressed(event: FromChat, post: str, choice: str) -> Pressed:
    return Pressed(
        key=event.key,
        at=event.at,
        chat=event.chat,
        kind=event.kind,
        sender=event.sender,
        lang_hint=event.lang_hint,
        post=post,
        choice=choice,
    )


class PlatformInbox:
    """What an adapter sees of the intake (`bot.platforms.port.Inbox`)."""

    def __init__(self, intake: Intake, adapter: str, writer: Writer, reader: Reader, clock: Clock) -> None:
        self._intake = intake
        self._adapter = adapter
        self._writer = writer
        self._reader = reader
        self._clock = clock

    async def cursor(self) -> str | None:
        """How far was read and committed."""
        return await self._reader.run(lambda session: read_cursor(session, self._adapter))

    async def take(
        self,
        events: Sequence[Event],
        cursor: str | None = None,
        *,
        park: Sequence[Parked] = (),
        unpark: Sequence[str] = (),
    ) -> None:
        """Handle a batch in one transaction with the cursor and the parked events."""
        also = self._parking(park, unpark) if park or unpark else None
        await self._intake.feed(events, (self._adapter, cursor) if cursor is not None else None, also)

    async def where(self, message_id: str) -> ChatRef | None:
        """The conversation that holds this message of the bot's own."""
        return await self._reader.run(lambda session: chat_with(session, self._adapter, message_id))

    async def parked(self, session_id: str | None = None) -> Sequence[Parked]:
        """Encrypted events that wait."""
        rows = await self._reader.run(lambda session: parked(session, self._adapter, session_id))
        return [
            Parked(key=row.key, chat_id=row.chat_id, session_id=row.session_id, source=row.source, at=row.at)
            for row in rows
        ]

    def _parking(self, kept: Sequence[Parked], read: Sequence[str]) -> Callable[[Session], None]:
        rows = [
            {
                "key": one.key,
                "platform": self._adapter,
                "chat_id": one.chat_id,
                "session_id": one.session_id,
                "source": one.source,
                "at": one.at,
            }
            for one in kept
        ]

        def write(session: Session) -> None:
            park(session, rows)
            unpark(session, read)

        return write
