"""From events to handlers: command names in three languages, presses, timers, and the order of reading a text."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.core.chats import ChatKind
from bot.core.clean import fold
from bot.core.content import Body, Text
from bot.core.context import Context
from bot.core.events import Event, FromChat, Message
from bot.core.files import File
from bot.core.forms import Answers, Form
from bot.core.intents import Intent
from bot.core.papers import Document
from bot.core.people import Role
from bot.core.refs import CardRef, ChatRef

S = TypeVar("S")

Handler = Callable[[Any, Context[S]], Sequence[Intent]]
CommandHandler = Callable[[Message, str, Context[S]], Sequence[Intent]]
TextHandler = Callable[[Message, Context[S]], Sequence[Intent] | None]
CardRenderer = Callable[[S, str], Body | None]
CopyRenderer = Callable[[S, str, ChatRef], Body | None]
FileRenderer = Callable[[S, str, str], File | Document | None]
EventKind = tuple[type[Event], ChatKind | None]
"""A kind of event, in one kind of chat or (None) wherever no other handler is named."""


_CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """A command's name in each language, as shown. `ascii` ones work everywhere; `also` are accepted, not shown.

    Each is compared folded, so "głos", "glos" and "GŁOS" are one name.
    """

    pl: str
    en: str
    uk: str
    also: tuple[str, ...] = ()

    def shown(self, lang: str, *, ascii_only: bool) -> str:
        """The name to print for a reader. Where only ASCII works a Ukrainian reader is shown the English one."""
        name = {"pl": self.pl, "en": self.en, "uk": self.uk}[lang]
        if not ascii_only:
            return name
        name = fold(name)
        return name if name.isascii() else self.en

    def told(self) -> dict[str, str]:
        """Folded name → language, of names that one language alone has. Of those not shown, Cyrillic ones tell it."""
        own = {"pl": fold(self.pl), "en": fold(self.en), "uk": fold(self.uk)}
        names = [*own.values()]
        told = {name: lang for lang, name in own.items() if names.count(name) == 1}
        return told | {fold(name): "uk" for name in self.also if _CYRILLIC.search(name)}

    def all(self) -> tuple[str, ...]:
        """Every accepted name, folded."""
        return tuple(dict.fromkeys(fold(name) for name in (self.pl, self.en, self.uk, *self.also)))


@dataclass(frozen=True, slots=True)
class Command(Generic[S]):
    """A command. `bare`: in a direct chat the name with an argument works without a prefix too. `counts`: it is a vote,
    which is taken however fast its sender writes."""

    id: str
    names: Names
    handler: CommandHandler[S]
    who: Role = Role.GUEST
    bare: bool = False
    menu: bool = True
    counts: bool = False


def _anybody(_ctx: Context[Any], _argument: str) -> Text | None:
    return None


def _empty(_ctx: Context[Any], _argument: str) -> Answers | Text:
    return {}


def _no_facts(_ctx: Context[Any], _argument: str) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class FormRoute(Generic[S]):
    """A guided form with what it needs of the store. Its name for people is the locale message `form-name-<kind>`.

    `allowed` says why a person may not (before the first question and before the last act), `begin` gives the answers
    to begin with, or a text why there is no such form; `facts` is what the form's own functions see of the store;
    `finish` does what the form is for. The string is the form's argument: what it is about.
    """

    kind: str
    form: Form
    finish: Callable[[FromChat, Answers, str, Context[S]], Sequence[Intent]]
    allowed: Callable[[Context[S], str], Text | None] = _anybody
    begin: Callable[[Context[S], str], Answers | Text] = _empty
    facts: Callable[[Context[S], str], Any] = _no_facts


@dataclass
class Router(Generic[S]):
    """A capability's handlers. Several are merged into one table by `Routes`."""

    commands: list[Command[S]] = field(default_factory=list)
    presses: dict[str, Handler[S]] = field(default_factory=dict)
    timers: dict[str, Handler[S]] = field(default_factory=dict)
    works: dict[str, Handler[S]] = field(default_factory=dict)
    failures: dict[str, Handler[S]] = field(default_factory=dict)
    events: dict[EventKind, Handler[S]] = field(default_factory=dict)
    texts: list[tuple[int, TextHandler[S]]] = field(default_factory=list)
    cards: dict[str, CardRenderer[S]] = field(default_factory=dict)
    copies: dict[str, CopyRenderer[S]] = field(default_factory=dict)
    reactions: dict[str, Handler[S]] = field(default_factory=dict)
    files: dict[str, FileRenderer[S]] = field(default_factory=dict)
    forms: dict[str, FormRoute[S]] = field(default_factory=dict)
    befores: list[Handler[S]] = field(default_factory=list)
    afters: list[Handler[S]] = field(default_factory=list)

    def command(
        self,
        id: str,
        names: Names,
        *,
        who: Role = Role.GUEST,
        bare: bool = False,
        menu: bool = True,
        counts: bool = False,
    ) -> Callable[[CommandHandler[S]], CommandHandler[S]]:
        """Register a command; its help line is the locale message `command-<id>`."""

        def register(handler: CommandHandler[S]) -> CommandHandler[S]:
            self.commands.append(Command(id, names, handler, who, bare, menu, counts))
            return handler

        return register

    def press(self, action: str) -> Callable[[Handler[S]], Handler[S]]:
        """Register the handler of a button's action (the part before the colon)."""

        def register(handler: Handler[S]) -> Handler[S]:
            self.presses[action] = handler
            return handler

        return register

    def reaction(self, kind: str) -> Callable[[Handler[S]], Handler[S]]:
        """Register the handler of reactions to a kind of card, other than the numbers of its choices."""

        def register(handler: Handler[S]) -> Handler[S]:
            self.reactions[kind] = handler
            return handler

        return register

    def timer(self, name: str) -> Callable[[Handler[S]], Handler[S]]:
        """Register the handler of a timer."""

        def register(handler: Handler[S]) -> Handler[S]:
            self.timers[name] = handler
            return handler

        return register

    def work(self, name: str) -> Callable[[Handler[S]], Handler[S]]:
        """Register who gets the result (`WorkDone`) of a kind of slow work."""

        def register(handler: Handler[S]) -> Handler[S]:
            self.works[name] = handler
            return handler

        return register

    def failure(self, kind: str) -> Callable[[Handler[S]], Handler[S]]:
        """Register who is told (`DeliveryFailed`) when a direct message about such a thing will never arrive."""

        def register(handler: Handler[S]) -> Handler[S]:
            self.failures[kind] = handler
            return handler

        return register

    def on(self, kind: type[Event], chats: ChatKind | None = None) -> Callable[[Handler[S]], Handler[S]]:
        """Register the handler of a kind of event, in one kind of chat only if it is named."""

        def register(handler: Handler[S]) -> Handler[S]:
            self.events[kind, chats] = handler
            return handler

        return register

    def text(self, order: int) -> Callable[[TextHandler[S]], TextHandler[S]]:
        """Register a reader of plain text; the lowest order reads first, None passes the text on."""

        def register(handler: TextHandler[S]) -> TextHandler[S]:
            self.texts.append((order, handler))
            return handler

        return register

    def before(self, handler: Handler[S]) -> Handler[S]:
        """Register what is to come before the handler of any message or command for the bot."""
        self.befores.append(handler)
        return handler

    def after(self, handler: Handler[S]) -> Handler[S]:
        """Register what is to follow any handled message, command or press: its intents come behind the handler's."""
        self.afters.append(handler)
        return handler

    def card(self, kind: str) -> Callable[[CardRenderer[S]], CardRenderer[S]]:
        """Register the renderer of a kind of card."""

        def register(renderer: CardRenderer[S]) -> CardRenderer[S]:
            self.cards[kind] = renderer
            return renderer

        return register

    def copy(self, kind: str) -> Callable[[CopyRenderer[S]], CopyRenderer[S]]:
        """Register the renderer of a kind of card that is not the same in every chat."""

        def register(renderer: CopyRenderer[S]) -> CopyRenderer[S]:
            self.copies[kind] = renderer
            return renderer

        return register

    def file(self, kind: str) -> Callable[[FileRenderer[S]], FileRenderer[S]]:
        """Register who makes a kind of file when it is sent, of its id and the reader's language; None: no more."""

        def register(renderer: FileRenderer[S]) -> FileRenderer[S]:
            self.files[kind] = renderer
            return renderer

        return register

    def form(self, route: FormRoute[S]) -> FormRoute[S]:
        """Register a guided form; `bot.core.form_talk.start` opens it."""
        self.forms[route.kind] = route
        return route


_COMMAND = re.compile(r"\s*([/!]?)([^\s/!:,]{1,40})[:,]?(?:\s+|$)", re.DOTALL)
_TWO_WORDS = re.compile(r"\s*([/!]?)([^\s/!:,]{1,40})\s+([^\s/!:,]{1,40})[:,]?(?:\s+|$)", re.DOTALL)

# In a Matrix room several bots listen; if each answered these, one "!help" would make a flood.
_ANY_BOTS = frozenset({"help", "start"})


@dataclass(frozen=True, slots=True)
class Asked(Generic[S]):
    """How a text was read: a known command with its argument, or a prefix with a name that nobody knows. `lang`: the
    language of the name, if only one has it."""

    command: Command[S] | None
    argument: str
    lang: str | None = None


class Routes(Generic[S]):
    """All routers as one table.

    Raises:
        ValueError: two capabilities claim the same name, action, timer, event or card.
    """

    def __init__(self, routers: Iterable[Router[S]]) -> None:
        self.commands: dict[str, Command[S]] = {}
        self.presses: dict[str, Handler[S]] = {}
        self.timers: dict[str, Handler[S]] = {}
        self.works: dict[str, Handler[S]] = {}
        self.failures: dict[str, Handler[S]] = {}
        self.events: dict[EventKind, Handler[S]] = {}
        self.cards: dict[str, CardRenderer[S]] = {}
        self.copies: dict[str, CopyRenderer[S]] = {}
        self.reactions: dict[str, Handler[S]] = {}
        self.files: dict[str, FileRenderer[S]] = {}
        self.forms: dict[str, FormRoute[S]] = {}
        self.befores: list[Handler[S]] = []
        self.afters: list[Handler[S]] = []
        texts: list[tuple[int, TextHandler[S]]] = []
        self._by_name: dict[str, Command[S]] = {}
        self._told: dict[str, str] = {}
        for router in routers:
            for command in router.commands:
                _claim(self.commands, command.id, command)
                for name in command.names.all():
                    _claim(self._by_name, name, command)
                self._told |= command.names.told()
            for table, more in (
                (self.presses, router.presses),
                (self.timers, router.timers),
                (self.works, router.works),
                (self.failures, router.failures),
                (self.events, router.events),
                (self.cards, router.cards),
                (self.copies, router.copies),
                (self.reactions, router.reactions),
                (self.files, router.files),
                (self.forms, router.forms),
            ):
                for key, value in more.items():
                    _claim(table, key, value)
            texts += router.texts
            self.befores += router.befores
            self.afters += router.afters
        self.readers = sorted(texts, key=lambda pair: pair[0])
        self.texts = [handler for _, handler in self.readers]

    def command_names(self) -> Mapping[str, Names]:
        """Canonical id → names."""
        return {id_: command.names for id_, command in self.commands.items()}

    def show(self, store: S, card: CardRef, chat: ChatRef) -> Body | None:
        """A card as it is now, for one of the chats that it is posted in.

        Raises:
            KeyError: there is no such kind of card.
        """
        copy = self.copies.get(card.kind)
        return copy(store, card.id, chat) if copy else self.cards[card.kind](store, card.id)

    def handler_of(self, event: FromChat) -> Handler[S] | None:
        """Who handles this kind of event in this kind of chat."""
        kind = type(event)
        return self.events.get((kind, event.kind)) or self.events.get((kind, None))

    def read(self, text: str, *, direct: bool, addressed: bool = False) -> Asked[S] | None:
        """Read a text as a command: with / or ! anywhere; in a direct chat also without.

        Without a prefix the whole text must be the name, unless the command is `bare` and has an argument.
        None: it is no command, or in a room one that is any bot's and not `addressed` to this one.
        """
        match = _COMMAND.match(text)
        if not match:
            return None
        name = fold(match[2])
        if name not in self._by_name and (two := _TWO_WORDS.match(text)):
            # "!nie będę" is the command "nie_będę".
            joined = f"{name}_{fold(two[3])}"
            match, name = (two, joined) if joined in self._by_name else (match, name)
        if match[1] == "!" and name in _ANY_BOTS and not (direct or addressed):
            return None
        command = self._by_name.get(name)
        argument = text[match.end() :].strip()
        if match[1]:
            # "!!!" or "/ / /" are no commands; a name has a letter first.
            return Asked(command, argument, self._told.get(name)) if command or match[2][0].isalpha() else None
        if direct and command and (not argument or command.bare):
            return Asked(command, argument, self._told.get(name))
        return None


def _claim(table: dict[Any, Any], key: Any, value: Any) -> None:
    if table.get(key, value) is not value:
        raise ValueError(f"two handlers for {key!r}")
    table[key] = value
