"""Conversations and what the bot has posted in them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.refs import CardRef, ChatRef


class ChatKind(StrEnum):
    """Direct: one person and the bot. Channel: one writes, the others read."""

    DIRECT = "direct"
    ROOM = "room"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation as the bot knows it. `active` is False when the bot can't write there any more."""

    ref: ChatRef
    kind: ChatKind
    lang: str | None = None
    active: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot's own, by the network's id for it, with the actions behind its numbered choices."""

    chat: ChatRef
    message_id: str
    actions: tuple[str, ...] = ()
    card: CardRef | None = None
