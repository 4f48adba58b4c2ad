"""From one raw update to at most one event: a pure function of the update, the bot's names and the time.

Raw JSON is read instead of the library's objects: they refuse an update for any missing field, also one nobody needs
(a batch then never gets through), and cost ten times as much. Here exactly the fields that are used must be right.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from telegram.constants import ChatID

from bot.core.chats import ChatKind
from bot.core.events import ChatMoved, Edited, Event, Joined, Left, Message, Poison, Pressed
from bot.core.files import FileRef, file_name
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.telegram.callback import Seal
from bot.platforms.telegram.errors import PLATFORM
from bot.platforms.telegram.shape import shape
from bot.platforms.telegram.words import Names, tidy

ALLOWED_UPDATES = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member")
"""What the bot asks for. Always said: the last value sticks on the server when left out."""

_KINDS = {
    "private": ChatKind.DIRECT,
    "group": ChatKind.ROOM,
    "supergroup": ChatKind.ROOM,
    "channel": ChatKind.CHANNEL,
}
# What a message can hold beside text, the special before the general: an animation is also a document, a venue also
# a location. What is in none of these fields and has no text is a service message.
_CONTENTS = (
    "animation", "audio", "video", "video_note", "voice", "photo", "live_photo", "document", "sticker", "story",
    "contact", "venue", "location", "poll", "dice", "game", "checklist", "paid_media",
)  # fmt: skip


_FETCHED = ("document", "photo", "audio", "video", "voice")


class UnfitError(ValueError):
    """A field isn't what the documentation says. The words name the field, never its content."""


class Parser:
    """Reads the updates of one bot."""

    def __init__(self, bot_id: int, username: str, seal: Seal) -> None:
        self._keys = f"{PLATFORM}:{bot_id}:"
        self._names = Names(bot_id, username)
        self._seal = seal

    def read(self, update: Any, now: datetime) -> Event | None:
        """The event in an update, `Poison` if it can't be read, None if it is nothing for the bot. Never raises."""
        try:
            return self._read(update, now)
        except UnfitError as error:
            cause = str(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other updates must go on
            cause = type(error).__name__
        return Poison(key=self._key(update), at=now, platform=PLATFORM, error=cause, shape=shape(update))

    def _key(self, update: Any) -> str:
        if isinstance(update, dict) and type(update.get("update_id")) is int:
            return f"{self._keys}{update['update_id']}"
        # Without an id it can't be confirmed either; the same thing must at least be set aside only once.
        return f"{self._keys}#{hashlib.sha256(json.dumps(update, sort_keys=True).encode()).hexdigest()[:16]}"

    def _read(self, update: Any, now: datetime) -> Event | None:
        key = f"{self._keys}{_int(update, 'update_id')}"
        if (message := update.get("message")) is not None:
            return self._message(key, message)
        if (query := update.get("callback_query")) is not None:
            return self._pressed(key, query, now)
        if (message := update.get("edited_message")) is not None:
            return self._edited(key, message)
        if (message := update.get("channel_post")) is not None:
            return self._message(key, message)
        if (member := update.get("my_chat_member")) is not None:
            return self._standing(key, member)
        return None

    def _message(self, key: str, message: Any) -> Event | None:
        at = _time(message, "date")
        chat, kind = _chat(message)
        if (moved := _moved(message, chat)) is not None:
            return ChatMoved(key=key, at=at, old=moved[0], new=moved[1])
        files = () if "text" in message else _files(message)
        if not files and "text" not in message:
            return None
        author = _author(message)
        if author is None or (heard := self._heard(message, kind)) is None:
            return None
        text, addressed = heard
        reply_to = _reply_to(message)
        return Message(
            key=key,
            at=at,
            chat=chat,
            kind=kind,
            sender=author[0],
            lang_hint=author[1],
            id=str(_int(message, "message_id")),
            text=text,
            reply_to=reply_to,
            reply_to_sender=_answered(message["reply_to_message"]) if reply_to else None,
            reply_link=_link(message["chat"], reply_to) if reply_to else "",
            quoted=_answered_words(message) if reply_to else "",
            addressed=addressed,
            files=files,
            file=_file(message) if files else None,
            title=_title(message),
            quoted_file=_file(message["reply_to_message"]) if reply_to else None,
        )

    def _edited(self, key: str, message: Any) -> Event | None:
        chat, kind = _chat(message)
        author = _author(message)
        # No words: a moving location, say.
        if author is None or not ("text" in message or "caption" in message):
            return None
        if (heard := self._heard(message, kind)) is None:
            return None
        return Edited(
            key=key,
            at=_time(message, "edit_date" if "edit_date" in message else "date"),
            chat=chat,
            kind=kind,
            sender=author[0],
            lang_hint=author[1],
            id=str(_int(message, "message_id")),
            text=heard[0],
        )

    def _heard(self, message: dict[str, Any], kind: ChatKind) -> tuple[str, bool] | None:
        """The text, and whether the bot is meant; None if it is for another bot."""
        field, marks = ("text", "entities") if "text" in message else ("caption", "caption_entities")
        text = message.get(field, "")
        if type(text) is not str:
            raise UnfitError(f"{field} is not a string")
        direct = kind is ChatKind.DIRECT
        if not text:
            return "", direct
        entities = message.get(marks)
        named = foreign = False
        if entities is not None or "@" in text:
            text, named, foreign = self._names.heard(text, entities)
        if foreign and not direct:
            return None
        return tidy(text), named or direct

    def _pressed(self, key: str, query: Any, now: datetime) -> Event | None:
        sender = query["from"]
        message = query.get("message")
        data = query.get("data")
        # Without a message it is a button of an inline result, without data one of a game: the bot makes neither.
        if message is None or data is None or sender.get("is_bot"):
            return None
        chat, kind = _chat(message)
        account, lang = _account(sender)
        return Pressed(
            key=key,
            at=now,
            chat=chat,
            kind=kind,
            sender=account,
            lang_hint=lang,
            post=str(_int(message, "message_id")),
            action=self._seal.open(chat.chat_id, _str(query, "data")),
            press_id=tidy(_str(query, "id")),
        )

    def _standing(self, key: str, change: Any) -> Event | None:
        """The bot's own standing changed. Only what it may do counts: a promotion is no second coming."""
        chat, kind = _chat(change)
        before, after = _may(change.get("old_chat_member"), kind), _may(change["new_chat_member"], kind)
        if after is None:
            raise UnfitError("new_chat_member has no known status")
        # A person who lets the bot in again presses Start, and that comes as a message.
        if before == after or (kind is ChatKind.DIRECT and after == "write"):
            return None
        at = _time(change, "date")
        account, lang = _account(change["from"])
        if after == "write":
            return Joined(key=key, at=at, chat=chat, kind=kind, sender=account, lang_hint=lang, title=_title(change))
        return Left(key=key, at=at, chat=chat, kind=kind, sender=account, lang_hint=lang, muted=after == "read")


def _int(holder: Any, field: str) -> int:
    value = holder[field] if isinstance(holder, dict) and field in holder else None
    if type(value) is not int:
        raise UnfitError(f"{field} is not an integer")
    return value


def _str(holder: dict[str, Any], field: str) -> str:
    value = holder.get(field)
    if type(value) is not str:
        raise UnfitError(f"{field} is not a string")
    return value


def _time(holder: Any, field: str) -> datetime:
    return datetime.fromtimestamp(_int(holder, field), UTC)


def _chat(message: Any) -> tuple[ChatRef, ChatKind]:
    """Where a message is; a topic is a conversation of its own, the thread of replies in an ordinary group is not."""
    chat = message["chat"]
    kind = _KINDS.get(chat["type"])
    if kind is None:
        raise UnfitError("a chat of no known type")
    thread = str(_int(message, "message_thread_id")) if message.get("is_topic_message") is True else ""
    return ChatRef(PLATFORM, str(_int(chat, "id")), thread), kind


def _title(message: dict[str, Any]) -> str:
    """The name of the group or channel; of a person nothing."""
    title = message["chat"].get("title")
    return tidy(title) if type(title) is str else ""


def _moved(message: dict[str, Any], chat: ChatRef) -> tuple[ChatRef, ChatRef] | None:
    """Old and new address. Telegram says it twice, in the old group and in the new one."""
    if "migrate_to_chat_id" in message:
        return chat, ChatRef(PLATFORM, str(_int(message, "migrate_to_chat_id")))
    if "migrate_from_chat_id" in message:
        return ChatRef(PLATFORM, str(_int(message, "migrate_from_chat_id"))), chat
    return None


def _author(message: dict[str, Any]) -> tuple[AccountRef | None, str | None] | None:
    """The account and its language; (None, None) for one without a name; None for a message nobody says to the bot.

    Not said to it: other bots' words, results of inline bots, and the copies of a channel's posts in its group.
    """
    if message.get("via_bot") is not None or message.get("is_automatic_forward") is True:
        return None
    sender = message.get("from")
    if sender is None or message.get("sender_chat") is not None or sender["id"] == ChatID.ANONYMOUS_ADMIN:
        return None, None
    return None if sender.get("is_bot") else _account(sender)


def _account(sender: Any) -> tuple[AccountRef | None, str | None]:
    user_id = _int(sender, "id")
    if user_id == ChatID.ANONYMOUS_ADMIN:
        return None, None
    lang = sender.get("language_code")
    return AccountRef(PLATFORM, str(user_id)), tidy(lang) if type(lang) is str else None


def _files(message: dict[str, Any]) -> tuple[str, ...]:
    """The name of what is attached, or its kind where it has none."""
    for kind in _CONTENTS:
        content = message.get(kind)
        if content:
            name = content.get("file_name") if isinstance(content, dict) else None
            return (tidy(name) if type(name) is str and name else kind,)
    return ()


def _file(message: dict[str, Any]) -> FileRef | None:
    """What is attached, if it is a file that can be fetched; of a picture the largest size."""
    kind = next((kind for kind in _FETCHED if message.get(kind)), None)
    if kind is None:
        return None
    content = message[kind]
    if kind == "photo":
        content = content[-1] if isinstance(content, list) else None
    file_id = content.get("file_id") if isinstance(content, dict) else None
    if type(file_id) is not str or tidy(file_id) != file_id:
        return None
    name, mime, size = (content.get(field) for field in ("file_name", "mime_type", "file_size"))
    return FileRef(
        file_name(name if type(name) is str else "photo.jpg" if kind == "photo" else kind),
        PLATFORM,
        file_id,
        size if type(size) is int else None,
        tidy(mime) if type(mime) is str else "image/jpeg" if kind == "photo" else "",
    )


def _reply_to(message: dict[str, Any]) -> str | None:
    """The message answered. In a topic each message seems to answer the topic's first, and that says nothing."""
    answered = message.get("reply_to_message")
    if answered is None:
        return None
    target = _int(answered, "message_id")
    implied = message.get("is_topic_message") is True and target == message.get("message_thread_id")
    return None if implied else str(target)


def _link(chat: dict[str, Any], message_id: str) -> str:
    """The address of a message: of supergroups alone, and only with a name everybody can open it."""
    if isinstance(name := chat.get("username"), str) and chat.get("type") == "supergroup":
        return f"https://t.me/{quote(name, safe='')}/{message_id}"
    id_ = str(_int(chat, "id"))
    return f"https://t.me/c/{id_[4:]}/{message_id}" if id_.startswith("-100") else ""


def _answered(message: Any) -> AccountRef | None:
    """Who wrote the message that is answered; None for bots, channels and anonymous administrators."""
    author = _author(message)
    return author[0] if author else None


def _answered_words(message: dict[str, Any]) -> str:
    """The words that are answered: those that were picked out of a message, else all of it; none of a bot's."""
    answered = message["reply_to_message"]
    if _answered(answered) is None:
        return ""
    quote = message.get("quote")
    found = quote.get("text") if isinstance(quote, dict) else answered.get("text", answered.get("caption"))
    return found if isinstance(found, str) else ""


def _may(member: Any, kind: ChatKind) -> str | None:
    """What the bot may do with this standing: "write", "read" or nothing ("out"); None for one unknown."""
    match member.get("status") if isinstance(member, dict) else None:
        case "left" | "kicked":
            return "out"
        case "member" | "creator":
            return "read" if kind is ChatKind.CHANNEL else "write"
        case "administrator":
            return "read" if kind is ChatKind.CHANNEL and member.get("can_post_messages") is False else "write"
        case "restricted" if member.get("is_member") is not True:
            return "out"
        case "restricted":
            return "read" if member.get("can_send_messages") is False else "write"
        case _:
            return None
