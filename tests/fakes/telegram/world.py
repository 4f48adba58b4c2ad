"""What the server remembers: people, chats and their messages; objects are JSON dictionaries as on the wire."""

import itertools
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .errors import ApiError
from .text import JsonDict
from .wire import Upload

# The account in whose name anonymous administrators of a group write.
GROUP_ANONYMOUS_BOT: JsonDict = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
IN_CHAT = frozenset({"member", "administrator", "creator"})


@dataclass
class Person:
    """An account of a human being, seen from the bot: have they started it, blocked it, left Telegram?"""

    id: int
    name: str
    lang: str = "pl"
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def json(self) -> JsonDict:
        """Telegram's User."""
        user: JsonDict = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.lang}
        if self.username:
            user["username"] = self.username
        return user


@dataclass
class Chat:
    """A private chat, group, supergroup or channel, and the bot's standing in it."""

    id: int
    type: str
    title: str = ""
    username: str | None = None
    bot_status: str = "member"
    is_forum: bool = False
    may_write: bool = True
    deleted: bool = False
    migrated_to: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, JsonDict] = field(default_factory=dict)
    topics: dict[int, JsonDict] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    reactions: dict[int, list[JsonDict]] = field(default_factory=dict)
    person: Person | None = None
    last_id: int = 0

    def json(self) -> JsonDict:
        """Telegram's Chat."""
        chat: JsonDict = {"id": self.id, "type": self.type}
        if self.person is not None:
            chat["first_name"] = self.person.name
            if self.person.username:
                chat["username"] = self.person.username
            return chat
        chat["title"] = self.title
        if self.username:
            chat["username"] = self.username
        if self.is_forum:
            chat["is_forum"] = True
        return chat


class World:
    """All chats and people of one bot; finds them by whatever a request or a test names them with."""

    def __init__(self, bot: JsonDict) -> None:
        self.bot = bot
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self._shared_ids = itertools.count(1)
        self._new_chats = itertools.count(1)
        self._query_ids = itertools.count(4_000_000_000_000_001)

    def user(
        self, id: int, name: str, lang: str = "pl", *, username: str | None = None, started: bool = False
    ) -> Person:
        """A new person; they can be written to only after they wrote first, or `started`."""
        person = self.people[id] = Person(id, name, lang, username, started)
        self.chats[id] = Chat(id, "private", person=person)
        return person

    def chat(
        self,
        type: str = "supergroup",
        title: str = "Koło",
        *,
        id: int | None = None,
        username: str | None = None,
        bot_status: str = "member",
        is_forum: bool = False,
        members: Iterable[Person] = (),
    ) -> Chat:
        """A new group, supergroup or channel; ids look like Telegram's for that kind."""
        if id is None:
            number = next(self._new_chats)
            id = -4_000_000 - number if type == "group" else -1_001_000_000_000 - number
        chat = self.chats[id] = Chat(id, type, title, username, bot_status, is_forum)
        chat.members.update({person.id: "member" for person in members})
        return chat

    def to(self, where: "Chat | Person | int") -> Chat:
        """The chat a test speaks of; a person means the private chat with them."""
        if isinstance(where, Chat):
            return where
        return self.chats[where.id if isinstance(where, Person) else where]

    def find(self, chat_id: Any) -> Chat:
        """The chat that a request names by id or @username."""
        if chat_id in (None, ""):
            raise ApiError("no_chat_id")
        key = str(chat_id)
        if key.startswith("@"):
            for chat in self.chats.values():
                if chat.username and chat.username.lower() == key[1:].lower():
                    return chat
            raise ApiError("chat_not_found")
        try:
            return self.chats[int(key)]
        except (ValueError, KeyError):
            raise ApiError("chat_not_found") from None

    def writable(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write to it now; else the error that Telegram gives for that kind of chat."""
        chat = self.reachable(chat_id)
        if not chat.may_write:
            raise ApiError("text_rights")
        return chat

    def reachable(self, chat_id: Any) -> Chat:
        """The chat, if the bot may act in it now, whatever it may say there: it may delete what it said."""
        chat = self.find(chat_id)
        if chat.migrated_to is not None:
            raise ApiError("migrated", migrate_to_chat_id=chat.migrated_to)
        if chat.deleted:
            raise ApiError("group_deleted")
        if chat.person is not None:
            if chat.person.deactivated:
                raise ApiError("deactivated")
            if chat.person.blocked:
                raise ApiError("blocked")
            if not chat.person.started:
                raise ApiError("cant_initiate")
            return chat
        if chat.bot_status not in IN_CHAT:
            kind = "kicked" if chat.bot_status == "kicked" else "not_member"
            raise ApiError(f"{kind}_{chat.type}")
        if chat.type == "channel" and chat.bot_status == "member":
            raise ApiError("channel_rights")
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and basic groups share one row of numbers a bot; supergroups and channels count by themselves,
        so that ids of different chats collide as they do in life."""
        if chat.type in ("private", "group"):
            return next(self._shared_ids)
        chat.last_id += 1
        return chat.last_id

    def new_message(self, chat: Chat, sender: JsonDict | None, **content: Any) -> JsonDict:
        """A stored message; None among the content means an absent field."""
        message: JsonDict = {"message_id": self.next_message_id(chat), "chat": chat.json(), "date": int(time.time())}
        if sender is not None:
            message["from"] = sender
        message.update((key, value) for key, value in content.items() if value is not None)
        chat.messages[message["message_id"]] = message
        return message

    def in_thread(self, chat: Chat, thread: int | None) -> JsonDict:
        """The fields of a message in a topic: such a message replies to the topic's first service message."""
        if thread is None:
            return {}
        if thread in chat.topics:
            return {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": chat.topics[thread]}
        if thread in chat.messages and chat.type == "supergroup":
            return {"message_thread_id": thread}
        raise ApiError("thread_not_found")

    def new_query_id(self) -> str:
        """An id of a callback query."""
        return str(next(self._query_ids))

    def learn(self, update: JsonDict) -> None:
        """Chats and people of a raw update become known, so that the bot can answer them."""
        for part in update.values():
            inner: Any = part.get("message", part) if isinstance(part, dict) else None
            chat: Any = inner.get("chat") if isinstance(inner, dict) else None
            if not isinstance(chat, dict) or "id" not in chat:
                continue
            if chat["id"] not in self.chats:
                if chat.get("type") == "private":
                    self.user(chat["id"], chat.get("first_name", "?"))
                else:
                    self.chat(chat.get("type", "group"), chat.get("title", ""), id=chat["id"])
            if chat.get("type") == "private":
                self.people[chat["id"]].started = True
            if "message_id" in inner:
                self.chats[chat["id"]].messages.setdefault(inner["message_id"], inner)
