"""One event: who handles it, with which context. Runs inside the batch's transaction."""

import re
from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.core.chats import ChatKind, Post
from bot.core.content import text
from bot.core.context import Context
from bot.core.events import (
    ChatMoved,
    Deleted,
    DeliveryFailed,
    Event,
    FromChat,
    Joined,
    Left,
    Message,
    Poison,
    PollEnded,
    PollResponded,
    Pressed,
    Reacted,
    TimerFired,
    WorkDone,
)
from bot.core.forms import ACTIONS
from bot.core.intents import Acknowledge, Intent
from bot.core.reading import Reading
from bot.core.refs import CardRef
from bot.core.routing import Asked, Handler, Routes
from bot.engine.collect import Collector, sorry
from bot.engine.flood import Flood, Manner
from bot.locales import DEFAULT, language_of
from storage.due import UNDELIVERED
from storage.store import Store

log = structlog.get_logger(__name__)

# A number alone: "2", "2.", "2)", or a keycap emoji such as 2️⃣.
_NUMBER = re.compile(r"\s*(\d{1,2})(?:[.)]|\ufe0f?\u20e3)?\s*$")


class Dispatch:
    """From events to handlers. What they want done goes into the batch's collector."""

    def __init__(self, routes: Routes[Store]) -> None:
        self._routes = routes
        self._flood = Flood()

    def handle(self, store: Store, collector: Collector, event: Event) -> None:
        """Handle an event and mark it as handled."""
        collector.answer(Manner.AT_ONCE)
        match event:
            case TimerFired():
                # The row goes first: a handler may arm the same timer anew.
                if not store.due.fired(event.key):
                    return  # An earlier one of this batch cancelled it, or armed it anew.
                self._timer(store, collector, event)
                return  # That its row is gone is the mark.
            case WorkDone():
                if not store.work.done(event.key):
                    return  # It was asked for anew, and the new result will come.
                self._worked(store, collector, event)
            case Poison():
                log.warning("item set aside", key=event.key, platform=event.platform, error=event.error)
                store.journal.set_aside(event)
            case ChatMoved():
                store.move(event.old, event.new)
            case Message():
                if not self._message(store, collector, event):
                    return  # Not for the bot: nothing of it is kept, not even a mark.
            case FromChat():
                if not self._from_chat(store, collector, event):
                    return  # Nor of reactions to others' messages, edits and deletions that nobody here asks for.
        store.journal.mark(event.key)

    def _timer(self, store: Store, collector: Collector, timer: TimerFired) -> None:
        event: TimerFired | DeliveryFailed = timer
        handler = self._routes.timers.get(timer.name)
        if timer.name == UNDELIVERED:
            kind, _, id_ = timer.payload["ref"].partition(":")
            reason = timer.payload["reason"]
            event = DeliveryFailed(key=timer.key, at=timer.at, ref=CardRef(kind, id_), reason=reason)
            handler = self._routes.failures.get(kind)
        if handler:
            ctx = Context(store, store.now, DEFAULT)
            collector.add(event, ctx, handler(event, ctx))
        elif timer.name != UNDELIVERED:  # A message may be about something that nobody waits to hear of.
            log.error("timer without a handler", name=timer.name)

    def _worked(self, store: Store, collector: Collector, event: WorkDone) -> None:
        handler = self._routes.works.get(event.name)
        if handler:
            ctx = Context(store, store.now, DEFAULT)
            collector.add(event, ctx, handler(event, ctx))
        else:
            log.error("work without a handler", name=event.name)

    def _from_chat(self, store: Store, collector: Collector, event: FromChat) -> bool:
        if isinstance(event, Left):
            store.chats.gone(event.chat)
            if not event.muted:
                store.rooms.left(event.chat)
            return True
        if not _concerns_us(store, event):
            return False
        if isinstance(event, Reacted | Pressed):
            post = store.chats.post(event.chat, event.post)
            if isinstance(event, Pressed):
                self._press(store, collector, event, post)
                return True
            number = _NUMBER.match(event.reaction)
            offers = post and (post.actions or (post.card and f"late.{post.card.kind}" in self._routes.presses))
            if offers and number and not event.removed:
                press = _pressed(event, event.post, number[1])
                self._press(store, collector, press, post)
                return True
            reacted = self._routes.reactions.get(post.card.kind) if post and post.card else None
            if reacted:
                ctx = self.context(store, event, post)
                collector.add(event, ctx, reacted(event, ctx))
                return True
        handler = self._routes.handler_of(event)
        if isinstance(event, Joined) and event.kind is ChatKind.DIRECT and store.chats.known(event.chat):
            handler = None  # The bot came back, or the network says it twice: it was introduced before.
        if handler or isinstance(event, Joined):
            ctx = self.context(store, event, None)
            collector.add(event, ctx, handler(event, ctx) if handler else [])
            return True
        return False

    def _message(self, store: Store, collector: Collector, event: Message) -> bool:
        direct = event.kind is ChatKind.DIRECT
        post = store.chats.post(event.chat, event.reply_to) if event.reply_to else None
        addressed = direct or event.addressed or post is not None
        filling = direct and self._filling(store, event)
        # While a form asks, its answers may begin with the name of a command: only a prefix makes them one.
        asked = self._routes.read(event.text, direct=direct and not filling, addressed=addressed)
        if asked and asked.command is None and not addressed:
            asked = None  # An unknown command in a room is another bot's.
        if not asked and not addressed:
            return False
        number = None if asked else _NUMBER.match(event.text)
        if number and post and post.actions and not (filling and _of_form(post)):
            self._press(store, collector, _pressed(event, post.message_id, number[1]), post)
            return True
        ctx = self.context(store, event, post)
        counts = number is not None or bool(asked and asked.command and asked.command.counts)
        if not self._admitted(store, collector, event, ctx, counts=counts):
            return False
        for before in self._routes.befores:
            collector.add(event, ctx, before(event, ctx))
        if asked and asked.command is None:
            collector.add(event, ctx, sorry(event, text("unknown-command")))
        elif asked and asked.command:
            ctx = self._in_its_language(store, event, ctx, asked)
            if ctx.role < asked.command.who:
                collector.add(event, ctx, sorry(event, text("not-allowed")))
            else:
                collector.add(event, ctx, asked.command.handler(event, asked.argument, ctx))
        else:
            return self._read(store, collector, event, ctx, number[1] if number else None)
        self._after(store, collector, event)
        return True

    def _read(
        self, store: Store, collector: Collector, event: Message, ctx: Context[Store], number: str | None
    ) -> bool:
        """Find the reader of a plain text. A number alone in a direct chat chooses from the bot's last message if that
        offers this choice; else it is a vote when a poll waits; else it chooses from the newest message with choices.
        """
        choices, turn = None, Reading.SETTING
        if number and event.kind is ChatKind.DIRECT:
            choices, is_last = store.chats.last_choice(event.chat)
            if choices and is_last and 0 < int(number) <= len(choices.actions):
                turn = Reading.VOTE
        for order, reader in self._routes.readers:
            if choices and order >= turn:
                break
            intents = reader(event, ctx)
            if intents is not None:
                collector.add(event, ctx, intents)
                self._after(store, collector, event)
                return True
        if choices and number:
            press = _pressed(event, choices.message_id, number)
            self._choose(store, collector, press, self.context(store, press, choices))
            return True
        return False

    def _filling(self, store: Store, event: Message) -> bool:
        """Whether the person has a form open here that waits for an answer."""
        if event.sender is None:
            return False
        person = store.people.of(event.sender, language_of(event.lang_hint))
        form = store.forms.of(person.id, event.chat)
        return form is not None and form.waiting(store.now)

    def _in_its_language(
        self, store: Store, event: Message, ctx: Context[Store], asked: Asked[Store]
    ) -> Context[Store]:
        """A command under a name that only one language has is answered in it, and it is learned: of a person who chose
        none. The argument of a command may be in another one, which its handler tells better."""
        lang, person, direct = asked.lang, ctx.person, event.kind is ChatKind.DIRECT
        if lang is None or (person and person.lang_chosen):
            return ctx
        known = person.lang if direct and person else ctx.chat.lang if ctx.chat else None
        if known == lang or (known and lang == "en"):
            return ctx  # English names are shown to all where only ASCII works: they tell little.
        if person and person.lang != lang and (person.lang is None or (direct and not asked.argument)):
            store.people.learn_language(person.id, lang)
            person = replace(person, lang=lang)
        return replace(ctx, lang=lang, person=person)

    def _admitted(
        self, store: Store, collector: Collector, event: FromChat, ctx: Context[Store], *, counts: bool
    ) -> bool:
        """Whether an event is handled, however fast its sender writes. What `counts` always is: a vote, a press."""
        if not collector.guards(event.chat.platform):
            return True
        manner = self._flood.manner(store, event, ctx.person)
        if manner is Manner.TELL:
            # The answer to a press is its handler's: a network takes one.
            if not (isinstance(event, Pressed) and event.press_id):
                collector.add(event, ctx, [Acknowledge(text("slow-down"), aside=True)], answer=False)
            manner = Manner.QUIET
        collector.answer(manner)
        return counts or manner is not Manner.QUIET

    def _press(self, store: Store, collector: Collector, event: Pressed, post: Post | None) -> None:
        ctx = self.context(store, event, post)
        self._admitted(store, collector, event, ctx, counts=True)
        self._choose(store, collector, event, ctx)

    def _choose(self, store: Store, collector: Collector, event: Pressed, ctx: Context[Store]) -> None:
        post = ctx.post
        if event.action is None and post and event.choice:
            if 0 < int(event.choice) <= len(post.actions):
                event = replace(event, action=post.actions[int(event.choice) - 1])
            elif post.card:
                # A choice that the card doesn't offer, or no more: who made the card says it better than we can.
                event = replace(event, action=f"late.{post.card.kind}:{post.card.id}:{event.choice}")
        handler: Handler[Store] | None = None
        if event.action:
            handler = self._routes.presses.get(event.action.partition(":")[0])
        intents: Sequence[Intent] = handler(event, ctx) if handler else [Acknowledge(text("press-expired"), alert=True)]
        collector.add(event, ctx, intents)
        self._after(store, collector, event)

    def _after(self, store: Store, collector: Collector, event: FromChat) -> None:
        if event.sender and store.people.erased(event.sender):
            return  # They would meet a new person, whom nobody has greeted.
        # With a context of their own: the handler before may have learned a language or made an owner.
        for handler in self._routes.afters:
            ctx = self.context(store, event, None)
            collector.add(event, ctx, handler(event, ctx), answer=False)

    def context(self, store: Store, event: FromChat, post: Post | None) -> Context[Store]:
        """Who speaks, where, in which language; a person or a chat seen for the first time is remembered."""
        hint = language_of(event.lang_hint)
        person = store.people.of(event.sender, hint) if event.sender else None
        chat = store.chats.seen(event.chat, event.kind, hint, person.id if person else None, event.title)
        if person and person.lang_chosen:
            lang = person.lang
        elif event.kind is ChatKind.DIRECT:
            lang = person.lang if person else None
        else:
            lang = chat.lang
        return Context(store, store.now, lang or DEFAULT, person, chat, post)


def _concerns_us(store: Store, event: FromChat) -> bool:
    """Whether a choice in a native poll, its end, or something taken back has to do with a poll of the bot's."""
    match event:
        case PollResponded():
            return store.native_votes.poll_of(event.chat, event.post, event.answers) is not None
        case PollEnded():
            return store.native_votes.poll_of(event.chat, event.post) is not None
        case Deleted():
            return store.native_votes.concerns(event.chat, event.id)
    return True


def _of_form(post: Post) -> bool:
    """Whether a post is a form's question: a number in reply to it may be the answer itself."""
    return any(action.startswith(ACTIONS) for action in post.actions)


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
