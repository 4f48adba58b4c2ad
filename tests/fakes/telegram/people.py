"""Acting as people: what they write, press and change becomes the Update that Telegram would send the bot."""

from typing import Any

from .queue import UpdateQueue
from .text import JsonDict, found_entities, part, words
from .watch import Watch
from .wire import Upload
from .world import GROUP_ANONYMOUS_BOT, IN_CHAT, Chat, Person

Where = Chat | Person | int


class People(Watch):
    """The acting half of the fake. Chats are named by object or id; a person names the private chat with them."""

    queue: UpdateQueue
    privacy: bool
    files_kept: int
    open_queries: set[str]

    def user(
        self, id: int, name: str, lang: str = "pl", *, username: str | None = None, started: bool = False
    ) -> Person:
        """A new person; they can be written to only after they wrote first, or `started`."""
        return self.world.user(id, name, lang, username=username, started=started)

    def chat(self, type: str = "supergroup", title: str = "Koło", **options: Any) -> Chat:
        """A new group, supergroup or channel (see World.chat)."""
        return self.world.chat(type, title, **options)

    def topic(self, chat: Where, name: str) -> int:
        """A new topic of a forum; returns its message_thread_id."""
        forum = self.world.to(chat)
        forum.is_forum = True
        created = {"name": name, "icon_color": 7322096}
        message = self.world.new_message(forum, GROUP_ANONYMOUS_BOT, forum_topic_created=created)
        thread = message["message_thread_id"] = int(message["message_id"])
        message["is_topic_message"] = True
        forum.topics[thread] = dict(message)
        self.emit("message", message)
        return thread

    def emit(self, kind: str, payload: JsonDict, *, hidden: bool = False) -> int | None:
        """Queue an update if the bot asked for its kind (`allowed_updates`) and may see it; returns its id."""
        if hidden or kind not in self.queue.allowed:
            return None
        update_id = self.queue.push({kind: payload})
        if self.ledger is not None:
            self.ledger.write("update", update_id=update_id, type=kind, text=payload.get("text", ""))
        return update_id

    def author(self, chat: Chat) -> JsonDict | None:
        """Who signs the bot's messages: nobody in a channel."""
        return None if chat.type == "channel" else self.world.bot

    def addressed(self, chat: Chat, message: JsonDict) -> bool:
        """Does the bot get this message of a person? Privacy mode lets commands, mentions and replies to it through."""
        if chat.type != "group" and chat.type != "supergroup":
            return True
        if chat.bot_status not in IN_CHAT:
            return False
        if not self.privacy or chat.bot_status == "administrator":
            return True
        reply = message.get("reply_to_message")
        if reply is not None and (chat.id, reply["message_id"]) in self.own:
            return True
        text = words(message)
        name = "@" + self.world.bot["username"].lower()
        for entity in message.get("entities") or message.get("caption_entities") or ():
            piece = part(text, entity).lower()
            if entity["type"] == "bot_command" and ("@" not in piece or piece.endswith(name)):
                return True
            if entity["type"] == "mention" and piece == name:
                return True
            if entity["type"] == "text_mention" and entity["user"]["id"] == self.world.bot["id"]:
                return True
        return False

    async def say(
        self,
        user: Person,
        chat: Where | None,
        text: str,
        *,
        reply_to: JsonDict | None = None,
        thread: int | None = None,
        entities: list[JsonDict] | None = None,
    ) -> JsonDict:
        """A person writes (in private if no chat is named); returns the message, with the entities the server finds."""
        place = self.world.to(user if chat is None else chat)
        if place.person is not None:
            place.person.started = True
        else:
            place.members.setdefault(user.id, "member")
        extra = self._context(place, reply_to, thread)
        marks = entities if entities is not None else found_entities(text)
        message = self.world.new_message(place, user.json(), **extra, text=text, entities=marks or None)
        self.emit("message", message, hidden=not self.addressed(place, message))
        return message

    async def say_anonymously(self, chat: Where, text: str, *, reply_to: JsonDict | None = None) -> JsonDict:
        """An anonymous administrator writes: the account is Telegram's, the author is the group itself."""
        place = self.world.to(chat)
        message = self.world.new_message(
            place,
            GROUP_ANONYMOUS_BOT,
            sender_chat=place.json(),
            **self._context(place, reply_to, None),
            text=text,
            entities=found_entities(text) or None,
        )
        self.emit("message", message, hidden=not self.addressed(place, message))
        return message

    async def channel_post(self, chat: Where, text: str) -> JsonDict:
        """A post in a channel: it has no `from`."""
        place = self.world.to(chat)
        marks = found_entities(text) or None
        message = self.world.new_message(place, None, sender_chat=place.json(), text=text, entities=marks)
        self.emit("channel_post", message, hidden=place.bot_status not in IN_CHAT)
        return message

    async def send_file(
        self, user: Person, chat: Where | None, name: str, content: bytes, *, caption: str | None = None
    ) -> JsonDict:
        """A person sends a document."""
        place = self.world.to(user if chat is None else chat)
        if place.person is not None:
            place.person.started = True
        file_id = self.keep_file(Upload(name, content, "application/octet-stream"))
        document = {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_name": name,
            "file_size": len(content),
        }
        marks = (found_entities(caption) or None) if caption else None
        message = self.world.new_message(place, user.json(), document=document, caption=caption, caption_entities=marks)
        self.emit("message", message, hidden=not self.addressed(place, message))
        return message

    def keep_file(self, upload: Upload) -> str:
        """Store a file; returns its file_id."""
        self.files_kept += 1
        file_id = f"BQACAgQAAxk{self.files_kept:06}"
        self.world.files[file_id] = upload
        return file_id

    async def edit(self, user: Person, message: JsonDict, text: str) -> JsonDict:
        """A person changes their own message."""
        chat = self.world.to(message["chat"]["id"])
        assert message["from"]["id"] == user.id, "people edit their own messages only"
        marks = found_entities(text)
        message.pop("entities", None)
        message.update(text=text, edit_date=message["date"] + 1, **({"entities": marks} if marks else {}))
        self.emit("edited_message", message, hidden=not self.addressed(chat, message))
        return message

    async def press(self, user: Person, message: JsonDict, data_or_label: str, *, stale: bool = False) -> str:
        """A person presses a button, named by its data or its label; returns the id of the query.

        The button must stand under the message as it is now, unless the person's screen is `stale`.
        """
        chat = self.world.to(message["chat"]["id"])
        current = message if stale else chat.messages[message["message_id"]]
        rows = current.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row if "callback_data" in button]
        data = next(
            (one["callback_data"] for one in buttons if data_or_label in (one["callback_data"], one["text"])), None
        )
        if data is None:
            if not stale:
                raise AssertionError(f"no button {data_or_label!r}; there are {[one['text'] for one in buttons]}")
            data = data_or_label
        query_id = self.world.new_query_id()
        self.open_queries.add(query_id)
        query = {
            "id": query_id,
            "from": user.json(),
            "message": chat.messages.get(message["message_id"], _inaccessible(message)),
            "chat_instance": str(7_000_000_000 + abs(chat.id) % 1_000_000),
            "data": data,
        }
        self.emit("callback_query", query)
        return query_id

    async def remove(self, message: JsonDict) -> None:
        """Somebody deletes a message; Telegram tells bots nothing about it."""
        self.world.to(message["chat"]["id"]).messages.pop(message["message_id"], None)

    def expire(self, query_id: str) -> None:
        """The time to answer a pressed button is over."""
        self.open_queries.discard(query_id)

    async def react(self, user: Person, message: JsonDict, emoji: str | None) -> None:
        """A person reacts (None takes the reaction back); the bot gets it only as administrator and when it asked."""
        chat = self.world.to(message["chat"]["id"])
        reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
        payload = {
            "chat": chat.json(),
            "message_id": message["message_id"],
            "user": user.json(),
            "date": message["date"],
            "old_reaction": [],
            "new_reaction": reaction,
        }
        seen = chat.person is not None or chat.bot_status == "administrator"
        self.emit("message_reaction", payload, hidden=not seen)

    def _context(self, chat: Chat, reply_to: JsonDict | None, thread: int | None) -> JsonDict:
        extra = self.world.in_thread(chat, thread)
        if reply_to is not None:
            current = chat.messages.get(reply_to["message_id"], reply_to)
            extra["reply_to_message"] = {key: item for key, item in current.items() if key != "reply_to_message"}
        return extra


def _inaccessible(message: JsonDict) -> JsonDict:
    """InaccessibleMessage: what a query carries when its message is gone; the date is always 0."""
    return {"chat": message["chat"], "message_id": message["message_id"], "date": 0}
