"""A small world for handlers: people write and press, what comes back is shown as readers would see it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from bot.core import native_polls
from bot.core.capabilities import Capabilities
from bot.core.chats import ChatKind
from bot.core.chats import Post as BotPost
from bot.core.content import Body, Say, body_in, body_out, text
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.events import (
    DeliveryFailed,
    Event,
    FromChat,
    Joined,
    Message,
    Pressed,
    Reacted,
    TimerFired,
    Unreadable,
    WorkDone,
)
from bot.core.files import FileRef
from bot.core.intents import Acknowledge, Direct, Do, Intent, Post, Refresh, Reply
from bot.core.markup import plain
from bot.core.reading import for_the_bot
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.core.render import label_of, render
from bot.core.routing import Router, Routes
from bot.engine.collect import sorry
from bot.locales import Texts, language_of
from storage import Store

T = TypeVar("T")

TELEGRAM = Capabilities(
    buttons=True,
    toasts=True,
    edits=True,
    text_limit=4096,
    command_prefix="/",
    ascii_commands=True,
    idempotent_send=False,
    edit_interval=1.0,
)
MATRIX = Capabilities(
    buttons=False,
    toasts=False,
    edits=True,
    text_limit=16_000,
    command_prefix="!",
    ascii_commands=False,
    idempotent_send=True,
    edit_interval=1.0,
)
START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that the bot did, as its reader sees it. `to` is a chat, or a person's id for a direct message."""

    kind: str
    text: str = ""
    buttons: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    lang: str = ""
    to: str = ""


@dataclass
class World:
    """Hands events to the handlers as the engine does: one transaction each, context made anew for what follows."""

    engine: Engine
    routers: Sequence[Router[Store]]
    owners: frozenset[AccountRef] = frozenset()
    capabilities: Capabilities = TELEGRAM
    platform: str = "telegram"
    now: datetime = START
    room_lang: str | None = None
    intents: list[Intent] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.routes: Routes[Store] = Routes(self.routers)
        self.texts = Texts(self.routes.command_names(), ZoneInfo("Europe/Warsaw"))

    def say(
        self,
        who: str | None,
        text: str,
        room: str | None = None,
        *,
        addressed: bool = False,
        reply: bool | CardRef = False,
        answers: str | None = None,
        files: tuple[str, ...] = (),
        hint: str | None = None,
        file: FileRef | None = None,
        quoted: str = "",
        quoted_file: FileRef | None = None,
    ) -> list[Shown]:
        """Somebody writes; `reply` answers the bot, `answers` a message of that person ("": of nobody known), whose
        words and file are `quoted` and `quoted_file`."""
        base = self._base(who, room, hint)
        message = Message(
            **base,
            id=base["key"],
            text=text,
            reply_to="bot-1" if reply else None if answers is None else "theirs-1",
            reply_to_sender=AccountRef(self.platform, answers) if answers else None,
            addressed=addressed or room is None,
            files=(file.name,) if file else files,
            file=file,
            quoted=quoted,
            quoted_file=quoted_file,
        )
        card = reply if isinstance(reply, CardRef) else None
        post = BotPost(base["chat"], "bot-1", card=card) if reply else None
        return self._do(message, lambda ctx: self._read(message, ctx), post)

    def press(
        self, who: str | None, action: str, room: str | None = None, *, card: CardRef | None = None
    ) -> list[Shown]:
        """Somebody presses a button, of a card if it is named."""
        toast = "press-1" if self.capabilities.toasts else None
        event = Pressed(**self._base(who, room), post="bot-1", action=action, press_id=toast)
        handler = self.routes.presses[action.partition(":")[0]]
        post = BotPost(event.chat, "bot-1", card=card) if card else None
        return self._do(event, lambda ctx: handler(event, ctx), post)

    def react(self, who: str | None, reaction: str, card: CardRef, room: str | None = None) -> list[Shown]:
        """Somebody reacts to a card."""
        event = Reacted(**self._base(who, room), post="bot-1", reaction=reaction)
        post = BotPost(event.chat, "bot-1", card=card)
        return self._do(event, lambda ctx: self.routes.reactions[card.kind](event, ctx), post)

    def join(self, who: str | None, room: str | None = None, kind: ChatKind | None = None) -> list[Shown]:
        """The bot is brought into a chat."""
        base = self._base(who, room)
        event = Joined(**{**base, "kind": kind or base["kind"]})
        handler = self.routes.handler_of(event)
        return self._do(event, lambda ctx: handler(event, ctx) if handler else [])

    def unreadable(self, who: str, room: str | None = None) -> list[Shown]:
        """A message comes that can't be decrypted."""
        event = Unreadable(**self._base(who, room))
        handler = self.routes.handler_of(event)
        assert handler is not None
        return self._do(event, lambda ctx: handler(event, ctx))

    def fire(self, name: str, due: datetime | None = None, **payload: object) -> list[Intent]:
        """A timer's time has come, or came (`due`) while nobody was there."""
        event = TimerFired(key=f"timer:{name}", at=self.now, name=name, payload=payload, due=due or self.now)
        self._do(event, lambda ctx: self.routes.timers[name](event, ctx))
        return self.intents

    def done(self, work: Do, error: str | None = None, **payload: object) -> list[Shown]:
        """Work that was asked for is done."""
        event = WorkDone(key=f"work:{work.key}", at=self.now, name=work.work, id=work.key, payload=payload, error=error)
        return self._do(event, lambda ctx: self.routes.works[work.work](event, ctx))

    def fail(self, direct: Intent) -> list[Shown]:
        """A direct message that was sent will never arrive."""
        assert isinstance(direct, Direct)
        assert direct.ref
        handler = self.routes.failures[direct.ref.kind]
        event = DeliveryFailed(key=f"undelivered:{direct}", at=self.now, ref=direct.ref, reason="blocked")
        return self._do(event, lambda ctx: handler(event, ctx))

    def store(self, job: Callable[[Store], T]) -> T:
        """Look into the database, or prepare it."""
        with Session(self.engine.connect().execution_options(write=True), expire_on_commit=False) as session:
            store = Store(session, self.now, self.owners)
            result = job(store)
            store.flush()
            session.commit()
            session.connection().close()
        return result

    def person(self, who: str) -> str:
        """A person's id."""
        return self.store(lambda store: store.people.of(AccountRef(self.platform, who)).id)

    def later(self, by: timedelta) -> None:
        """Time goes by."""
        self.now += by

    def _base(self, who: str | None, room: str | None, hint: str | None = None) -> dict[str, object]:
        self._count += 1
        return {
            "key": f"{self.platform}:{self._count}",
            "at": self.now,
            "chat": ChatRef(self.platform, room or f"dm-{who}"),
            "kind": ChatKind.ROOM if room else ChatKind.DIRECT,
            "sender": AccountRef(self.platform, who) if who else None,
            "lang_hint": hint,
        }

    def _read(self, message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        direct = message.kind is ChatKind.DIRECT
        form = ctx.store.forms.of(ctx.person.id, message.chat) if direct and ctx.person else None
        asked = self.routes.read(message.text, direct=direct and not (form and form.waiting(self.now)))
        command = asked.command if asked else None
        first: list[Intent] = []
        if command or for_the_bot(message, ctx):
            first = [intent for before in self.routes.befores for intent in before(message, ctx)]
        if asked and command and ctx.role < command.who:
            return [*first, *sorry(message, text("not-allowed"))]
        if asked and command:
            return [*first, *command.handler(message, asked.argument, ctx)]
        read = (reader(message, ctx) for reader in self.routes.texts)
        return [*first, *next((found for found in read if found is not None), [])]

    def _do(
        self, event: Event, handle: Callable[[Context[Store]], Sequence[Intent]], post: BotPost | None = None
    ) -> list[Shown]:
        def job(store: Store) -> list[tuple[str, Intent]]:
            ctx = self._context(store, event, post)
            try:
                done = [(ctx.lang, intent) for intent in handle(ctx)]
            except UserError as error:
                store.session.rollback()
                assert isinstance(event, FromChat)
                return [(ctx.lang, intent) for intent in sorry(event, error.text)]
            erased = isinstance(event, FromChat) and event.sender and store.people.erased(event.sender)
            if isinstance(event, Message | Pressed) and not erased:
                for after in self.routes.afters:
                    ctx = self._context(store, event, None)
                    done += [(ctx.lang, intent) for intent in after(event, ctx)]
            return done

        done = self.store(job)
        self.intents = [intent for _, intent in done]
        chat = event.chat.chat_id if isinstance(event, FromChat) else ""
        return [shown for lang, intent in done if (shown := self._shown(intent, lang, chat))]

    def _context(self, store: Store, event: Event, post: BotPost | None) -> Context[Store]:
        if not isinstance(event, FromChat):
            return Context(store, self.now, "pl")
        hint = language_of(event.lang_hint)
        person = store.people.of(event.sender, hint) if event.sender else None
        chat = store.chats.seen(event.chat, event.kind, hint or self.room_lang, person.id if person else None)
        if person and person.lang_chosen:
            lang = person.lang
        elif event.kind is ChatKind.DIRECT:
            lang = person.lang if person else None
        else:
            lang = chat.lang
        return Context(store, self.now, lang or "pl", person, chat, post)

    def _shown(self, intent: Intent, lang: str, chat: str) -> Shown | None:
        match intent:
            case Reply():
                return self._body(
                    "reply", intent.body, intent.lang or lang, intent.chat.chat_id if intent.chat else chat
                )
            case Acknowledge():
                words = label_of(intent.text, lang, self.capabilities, self.texts.words)
                assert len(words) <= 200, "Telegram shows no longer notice"
                return Shown("alert" if intent.alert else "toast", words, lang=lang, to=chat)
            case Direct():
                to = self.store(lambda store: store.people.language(intent.person_id)) or "pl"
                told = intent.body
                if isinstance(told, CardRef):
                    shown_card = told
                    told = self.store(lambda store: self.routes.show(store, shown_card, ChatRef(self.platform, chat)))  # type: ignore[assignment]
                    assert isinstance(told, Body)
                return self._body("direct", told, to, intent.person_id)
            case Post(native=True) if not self.capabilities.native_polls:
                return None
            case Refresh(card=CardRef(kind=native_polls.CARD)):
                return None
            case Post() | Refresh():
                at = intent.chat if isinstance(intent, Post) else ChatRef(self.platform, chat)
                body = self.store(lambda store: self.routes.show(store, intent.card, at))
                if body is None and isinstance(intent, Refresh):
                    return None  # Nobody has such a card.
                assert body is not None
                where = intent.chat.chat_id if isinstance(intent, Post) else ""
                shown = intent.lang or lang if isinstance(intent, Post) else lang
                return self._body("card" if isinstance(intent, Post) else "refresh", body, shown, where)
            case _:
                return None

    def _body(self, kind: str, body: Body, lang: str, to: str) -> Shown:
        assert body_in(body_out(body)) == body, "it waits in the outbox as JSON"
        markup, labels = render(body, lang, self.capabilities, self.texts.words)
        offered = body.choices(buttons=self.capabilities.buttons)
        return Shown(kind, plain(markup), labels, tuple(button.action for button in offered), lang, to)


def elsewhere(world: World, **changes: object) -> World:
    """The same database seen through another network, or with other owners."""
    return replace(world, intents=[], **changes)  # type: ignore[arg-type]


def kinds(shown: Iterable[Shown]) -> list[str]:
    """What was done, in order."""
    return [one.kind for one in shown]


def ids(intents: Iterable[Intent]) -> list[str]:
    """Ids of the texts in replies, in order, for checks that need no wording."""
    return [
        block.text.id
        for intent in intents
        if isinstance(intent, Reply | Direct)
        for block in intent.body.blocks
        if isinstance(block, Say)
    ]
