"""Intents out: what a handler wants done. They are committed with the handler's writes and delivered after."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.content import EMPTY, Body, Text
from bot.core.files import File
from bot.core.refs import CardRef, ChatRef


@dataclass(frozen=True, slots=True)
class Reply:
    """A message in answer to the event. `chat` defaults to the event's chat, `lang` to the language of the context."""

    body: Body
    chat: ChatRef | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Direct:
    """A message to a person, in the direct chat they used last; in their language. A card too, as `Post`
    shows it.

    `ref` is what it is about: if it will never arrive, the handler `Router.failure` of that kind is told.
    """

    person_id: str
    body: Body | CardRef
    ref: CardRef | None = None


@dataclass(frozen=True, slots=True)
class SendFile:
    """A file with a caption: to a chat (the event's if neither is named), or to a person as `Direct` does.

    `file` is a file made already, or what `Router.file` of that kind renders when it is sent, from the state at that
    time. A caption too long for the network comes as a message behind the file.

    `ref` is what it is about: `Retract` takes it back with the card, and for a person a failure is told as with
    `Direct`.
    """

    file: File | CardRef
    caption: Body = EMPTY
    chat: ChatRef | None = None
    person_id: str | None = None
    ref: CardRef | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The short answer to a press (a toast); `alert` makes it stay until it is closed. In place of a toast, networks
    without one get a reply.

    `aside`: what the person alone has to know. In a room without toasts it goes to their direct chat on that network if
    there is one: forty votes are not forty messages for everybody.
    `shown`: the network itself shows the person what they did; where there is no such chat nothing is said.
    `topic`: while messages wait in a chat, since the network asks for pauses, those of one topic are one message: the
    last of one person, or the text `many` with the `count` of several people.
    """

    text: Text
    alert: bool = False
    aside: bool = False
    shown: bool = False
    topic: str = ""
    many: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Show a card in a chat. It is rendered from the state at the time of sending.

    `native`: the card is a poll of the network's own; a network that has none shows nothing.
    """

    card: CardRef
    chat: ChatRef
    lang: str | None = None
    native: bool = False


@dataclass(frozen=True, slots=True)
class Refresh:
    """Render every posted copy of a card anew. Many refreshes collapse to one edit a copy."""

    card: CardRef


@dataclass(frozen=True, slots=True)
class Retract:
    """Take back every posted copy of a card and whatever was sent with it as `ref`; what still waits is not sent.

    Where a network deletes it no more (Telegram: after two days), the copy says that it was withdrawn.
    """

    card: CardRef


@dataclass(frozen=True, slots=True)
class Pin:
    """Pin every copy of a card, those on their way once they are there. Where the bot may not, nothing happens."""

    card: CardRef


@dataclass(frozen=True, slots=True)
class At:
    """Fire a timer at an instant. A timer with the same `key` is replaced."""

    when: datetime
    name: str
    key: str
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Forget the timer with this key, if there is one."""

    key: str


@dataclass(frozen=True, slots=True)
class Do:
    """Have slow work done outside the transaction, by the job of that name in `bot.engine.work`.

    Its result comes back as `WorkDone` to the handler `Router.work` of that name, once. Work with the same `key` that
    is not done yet is replaced. `payload` is JSON; it is kept until the result is handled.
    """

    work: str
    key: str
    payload: dict[str, Any] = field(default_factory=dict)


Intent = Reply | Direct | SendFile | Acknowledge | Post | Refresh | Retract | Pin | At | Cancel | Do
