"""Events in: what happened, in one vocabulary for every network. Frozen; each has a key that is unique for ever."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.chats import ChatKind
from bot.core.files import FileRef
from bot.core.refs import AccountRef, CardRef, ChatRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`key` is unique over all networks and times (a repeated key is handled once); `at` is aware, UTC."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FromChat(Event):
    """Something in a conversation. `sender` is None where the network names nobody (channels, anonymous admins)."""

    chat: ChatRef
    kind: ChatKind
    sender: AccountRef | None
    lang_hint: str | None = None
    """The language of the person's app, where the network tells it ("pl", "en", "uk" or another code)."""
    title: str = ""
    """The network's name of a room, where it tells it."""

    @property
    def room(self) -> ChatRef | None:
        """The room that it is about; None in a direct chat, where it is about all."""
        return None if self.kind is ChatKind.DIRECT else self.chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(FromChat):
    """A member's text. `addressed`: it mentions the bot (replies to the bot are found by `reply_to`)."""

    id: str
    text: str
    reply_to: str | None = None
    reply_to_sender: AccountRef | None = None
    """Who wrote the message that this one answers, where the network tells it and it was a person."""
    reply_link: str = ""
    """An address that opens the message that this one answers, where the network has such."""
    addressed: bool = False
    files: tuple[str, ...] = ()
    """What is attached: names, or kinds of things that have none. With a file the text is its caption."""
    file: FileRef | None = None
    """The attached file, where it is one that can be fetched."""
    quoted: str = ""
    """The words of the message that this one answers, where the network tells them."""
    quoted_file: FileRef | None = None
    """The file of the message that this one answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(FromChat):
    """A choice under one of the bot's messages.

    Either `action` is known (the network returned it, authenticated) or `choice` is its number in the post.
    `press_id` is what an `Acknowledge` answers, where the network shows such answers.
    """

    post: str
    action: str | None = None
    choice: str | None = None
    press_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(FromChat):
    """A reaction to a message, or its removal."""

    post: str
    reaction: str
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(FromChat):
    """A member changed their message. It never runs a command again."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted(FromChat):
    """A member took a message back."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResponded(FromChat):
    """A choice in a poll of the network's own. `post` is the poll's message, `id` the choice's own.

    `answers` are ids in the order in which they were given; none when the choice was taken back or is unreadable. A
    newer choice replaces an older one: newer by `at`, then by `id`, whatever the order of arrival.
    """

    id: str
    post: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollEnded(FromChat):
    """Somebody who may do so ended a poll of the network's own: people's apps take no more choices in it."""

    id: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(FromChat):
    """The bot came into the conversation; `sender` is who brought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(FromChat):
    """The bot is out of the conversation or may not write there (`muted`)."""

    muted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable(FromChat):
    """A message came that can't be decrypted yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMoved(Event):
    """A conversation goes on under another id (a group became a supergroup, a room was upgraded)."""

    old: ChatRef
    new: ChatRef


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(Event):
    """A timer's time has come: `due` is when it should have fired, `at` when it did."""

    name: str
    payload: dict[str, Any]
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDone(Event):
    """Work that was asked for (`Do`) is done: `name` and `id` are its work and key.

    `error` is one word when it could not be: the job's own, or "timeout", "failed", "away" (the network), "given-up"
    (the process died of it), "unknown" (no such job).
    """

    name: str
    id: str
    payload: dict[str, Any]
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Event):
    """A `Direct` will never arrive. `ref` is what it was about, `reason` is for the operator."""

    ref: CardRef
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poison(Event):
    """An item that the adapter couldn't read. `shape` is its structure with every text left out."""

    platform: str
    error: str
    shape: str
