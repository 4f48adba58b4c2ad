"""What a handler is given beside the event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from bot.core.chats import Chat, Post
from bot.core.people import Person, Role

Store = TypeVar("Store")


@dataclass(frozen=True, slots=True)
class Context(Generic[Store]):
    """Everything is of this event and this transaction. `lang` is one of the languages of the locale files.

    `post` is the bot's own message that the event answers, presses or reacts to, if it is one.
    """

    store: Store
    now: datetime
    lang: str
    person: Person | None = None
    chat: Chat | None = None
    post: Post | None = None

    @property
    def role(self) -> Role:
        """The sender's standing at this moment."""
        return self.person.role if self.person else Role.GUEST
