"""Comings and goings: members, the bot itself, blocking, the change of a group into a supergroup; and raw updates."""

import time
from typing import Any

from .methods import member_json
from .people import People, Where
from .text import JsonDict
from .world import GROUP_ANONYMOUS_BOT, IN_CHAT, Chat, Person


class Membership(People):
    """People who come, go and decide about the bot."""

    async def join(self, user: Person, chat: Where) -> JsonDict:
        """A person joins: a service message, and `chat_member` for a bot that asked for it as administrator."""
        place = self.world.to(chat)
        old = place.members.get(user.id, "left")
        place.members[user.id] = "member"
        message = self.world.new_message(place, user.json(), new_chat_members=[user.json()])
        self._service(place, message)
        self._chat_member(place, user, old, "member")
        return message

    async def leave(self, user: Person, chat: Where) -> JsonDict:
        """A person leaves."""
        place = self.world.to(chat)
        old = place.members.get(user.id, "member")
        place.members[user.id] = "left"
        message = self.world.new_message(place, user.json(), left_chat_member=user.json())
        self._service(place, message)
        self._chat_member(place, user, old, "left")
        return message

    async def promote(self, user: Person, chat: Where, status: str = "administrator") -> None:
        """A person becomes administrator, creator or member again."""
        place = self.world.to(chat)
        old = place.members.get(user.id, "member")
        place.members[user.id] = status
        self._chat_member(place, user, old, status)

    async def add_bot(self, chat: Where, by: Person, status: str = "member") -> None:
        """Somebody adds the bot, or gives it another status."""
        place = self.world.to(chat)
        was_out = place.bot_status not in IN_CHAT
        self.bot_becomes(place, status, by.json())
        if was_out and place.type in ("group", "supergroup"):
            self._service(place, self.world.new_message(place, by.json(), new_chat_members=[self.world.bot]))

    async def kick_bot(self, chat: Where, by: Person) -> None:
        """Somebody throws the bot out."""
        self.bot_becomes(self.world.to(chat), "kicked", by.json())

    async def block(self, user: Person) -> None:
        """A person blocks the bot."""
        user.blocked = True
        self.bot_becomes(self.world.to(user), "kicked", user.json())

    async def unblock(self, user: Person) -> None:
        """A person lets the bot in again."""
        user.blocked = False
        self.bot_becomes(self.world.to(user), "member", user.json())

    def bot_becomes(self, chat: Chat, status: str, by: JsonDict) -> None:
        """The bot's status changes: `my_chat_member`."""
        old, chat.bot_status = chat.bot_status, status
        payload = {
            "chat": chat.json(),
            "from": by,
            "date": int(time.time()),
            "old_chat_member": member_json(old, self.world.bot),
            "new_chat_member": member_json(status, self.world.bot),
        }
        self.emit("my_chat_member", payload)

    async def migrate(self, chat: Where) -> Chat:
        """A group becomes a supergroup: two service messages, and the old id answers with the new one from now on."""
        old = self.world.to(chat)
        new = self.world.chat("supergroup", old.title, username=old.username, bot_status=old.bot_status)
        new.members.update(old.members)
        farewell = self.world.new_message(old, GROUP_ANONYMOUS_BOT, migrate_to_chat_id=new.id)
        old.migrated_to = new.id
        arrival = self.world.new_message(new, GROUP_ANONYMOUS_BOT, sender_chat=new.json(), migrate_from_chat_id=old.id)
        self._service(old, farewell)
        self._service(new, arrival)
        return new

    def push(self, update: JsonDict) -> int:
        """Queue an update as it is, whatever the bot asked for. An id given in it may repeat or go back."""
        self.world.learn(update)
        forced = update.get("update_id") is not None and update["update_id"] < self.queue.next_id
        update_id = self.queue.push(update, forced=forced)
        if self.ledger is not None:
            kind = next((key for key in update if key != "update_id"), "")
            inner = update.get(kind)
            text = inner.get("text", "") if isinstance(inner, dict) else ""
            self.ledger.write("update", update_id=update_id, type=kind, text=text)
        return update_id

    def push_poison(self) -> int:
        """An update that python-telegram-bot can't parse: a Poll without the fields it requires."""
        return self.push({"poll": {"id": "5210000000000000001", "question": "?"}})

    def push_unknown(self, kind: str = "holographic_message", payload: Any = None) -> int:
        """An update of a type that no library knows yet."""
        return self.push({kind: payload if payload is not None else {"id": 1}})

    def _service(self, chat: Chat, message: JsonDict) -> None:
        """Service messages pass privacy mode."""
        self.emit("message", message, hidden=chat.bot_status not in IN_CHAT)

    def _chat_member(self, chat: Chat, user: Person, old: str, new: str) -> None:
        payload = {
            "chat": chat.json(),
            "from": user.json(),
            "date": int(time.time()),
            "old_chat_member": member_json(old, user.json()),
            "new_chat_member": member_json(new, user.json()),
        }
        self.emit("chat_member", payload, hidden=chat.bot_status != "administrator")
