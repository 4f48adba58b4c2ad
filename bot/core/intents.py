"""Intents out: what a handler wants done. They are committed with the handler's writes and delivered after."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.content import Body, Text
from bot.core.refs import CardRef, ChatRef


@dataclass(frozen=True, slots=True)
class Reply:
    """A message in answer to the event. `chat` defaults to the event's chat, `lang` to the language of the context."""

    body: Body
    chat: ChatRef | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Direct:
    """A message to a person, in the direct chat they used last; in their language.

    `ref` is what it is about: if it will never arrive, the handler `Router.failure` of that kind is told.
    """

    person_id: str
    body: Body
    ref: CardRef | None = None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The short answer to a press (a toast); `alert` makes it stay until it is closed. In place of a toast, networks
    without one get a reply.

    `aside`: what the person alone has to know. In a room without toasts it goes to their direct chat on that network if
    there is one: forty votes are not forty messages for everybody.
    `shown`: the network itself shows the person what they did; where there is no such chat nothing is said.
    """

    text: Text
    alert: bool = False
    aside: bool = False
    shown: bool = False


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


Intent = Reply | Direct | Acknowledge | Post | Refresh | At | Cancel
