"""Conversations, and the bot's own posts in them."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, tuple_, update
from sqlmodel import Session, col, select

from bot.core.chats import Chat, ChatKind, Post
from bot.core.clean import one_line
from bot.core.copies import State, Why
from bot.core.refs import AccountRef, CardRef, ChatRef, adapter_of
from storage.due import undelivered
from storage.people import SEEN_EVERY
from storage.personal import Subject, listed
from storage.rooms import room_lost, room_moved
from storage.tables import AccountRow, ChatRow, OutboxRow, PostRow
from storage.upsert import insert_many

TITLE_LIMIT = 80
"""Longest name of a room that is kept, in characters."""
ROOM_CARDS = ("room", "room-areas")
"""Cards about the conversation itself; others keep the language in which they were asked for."""
# Made once, see `storage.sending`.
_CHATS = select(  # type: ignore[call-overload]
    ChatRow.chat_id, ChatRow.kind, ChatRow.lang, ChatRow.active, ChatRow.person_id, ChatRow.seen_at, ChatRow.title
).where(col(ChatRow.platform) == bindparam("b_platform"), col(ChatRow.chat_id).in_(bindparam("b_ids", expanding=True)))


class Chats:
    """Found by the network's id. Writes are collected and flushed set-wise."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._known: dict[tuple[str, str], Chat | None] = {}
        self._people: dict[tuple[str, str], str | None] = {}
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}
        self._posts: dict[tuple[str, str, str], Post | None] = {}
        self._directs: dict[str, ChatRef | None] = {}

    def prefetch(self, refs: Iterable[ChatRef], posts: Iterable[tuple[ChatRef, str]] = ()) -> None:
        """Read these conversations, and these messages if they are the bot's own, in one query a platform."""
        chats: dict[str, set[str]] = {}
        for ref in refs:
            if (ref.platform, ref.chat_id) not in self._known:
                chats.setdefault(ref.platform, set()).add(ref.chat_id)
        for platform, ids in chats.items():
            self._known.update(dict.fromkeys(((platform, id_) for id_ in ids), None))
            for row in self._session.execute(_CHATS, {"b_platform": platform, "b_ids": list(ids)}):
                chat = Chat(ChatRef(platform, row.chat_id), ChatKind(row.kind), row.lang, row.active, row.title)
                self._known[platform, row.chat_id] = chat
                self._people[platform, row.chat_id] = row.person_id
                if self._now - row.seen_at > SEEN_EVERY:
                    self._write(chat, row.person_id)
        wanted = {(chat.platform, chat.chat_id, message) for chat, message in posts} - self._posts.keys()
        if wanted:
            self._posts.update(dict.fromkeys(wanted, None))
            key = tuple_(col(PostRow.platform), col(PostRow.chat_id), col(PostRow.message_id))
            for post in self._session.scalars(select(PostRow).where(key.in_(wanted))):
                self._posts[post.platform, post.chat_id, post.message_id] = _post(post)

    def seen(self, ref: ChatRef, kind: ChatKind, lang: str | None, person_id: str | None, title: str = "") -> Chat:
        """The conversation that an event came from: it is there and the bot is in it. Of a direct chat no title is
        kept: it would be a person's name."""
        key = (ref.platform, ref.chat_id)
        if key not in self._known:
            self.prefetch([ref])
        chat = self._known[key]
        other = (person_id or self._people.get(key)) if kind is ChatKind.DIRECT else None
        named = "" if kind is ChatKind.DIRECT else one_line(title)[:TITLE_LIMIT] or (chat.title if chat else "")
        changed = chat is None or not chat.active or chat.kind is not kind or chat.title != named
        if changed or self._people.get(key) != other:
            chat = Chat(ref, kind, chat.lang if chat else lang, active=True, title=named)
            self._people[key] = other
            self._write(chat, other)
        assert chat is not None  # noqa: S101 - it was made above
        chat = Chat(ref, chat.kind, chat.lang, chat.active, chat.title)
        self._known[key] = chat
        return chat

    def known(self, ref: ChatRef) -> bool:
        """Whether the bot was ever in this conversation."""
        key = (ref.platform, ref.chat_id)
        if key not in self._known:
            self.prefetch([ref])
        return self._known[key] is not None

    def kind(self, ref: ChatRef) -> ChatKind | None:
        """What kind of conversation it is; None when the bot was never in it."""
        self.known(ref)
        chat = self._known[ref.platform, ref.chat_id]
        return chat.kind if chat else None

    def post(self, chat: ChatRef, message_id: str) -> Post | None:
        """The bot's own message by its id, or None when it is somebody else's."""
        key = (chat.platform, chat.chat_id, message_id)
        if key not in self._posts:
            self.prefetch([], [(chat, message_id)])
        return self._posts[key]

    def last_choice(self, chat: ChatRef) -> tuple[Post | None, bool]:
        """The newest of the bot's messages in a conversation that still offers choices, and whether it is the last of
        all."""
        here = (
            select(PostRow)
            .where(PostRow.platform == chat.platform, PostRow.chat_id == chat.chat_id)
            .order_by(col(PostRow.seq).desc())
            .limit(1)
        )
        row = self._session.scalars(here.where(PostRow.actions != "[]")).first()
        if row is None:
            return None, False
        last = self._session.scalars(here).first()
        return _post(row), last is not None and last.seq == row.seq

    def language(self, ref: ChatRef) -> str | None:
        """A conversation's language, if it is known."""
        self.known(ref)
        chat = self._known[ref.platform, ref.chat_id]
        return chat.lang if chat else None

    def speak(self, ref: ChatRef, lang: str) -> None:
        """Remember a conversation's language; the card with its settings speaks it when it is next refreshed."""
        chat = self._known.get((ref.platform, ref.chat_id))
        self.flush()
        self._session.execute(
            update(ChatRow)
            .where(col(ChatRow.platform) == ref.platform, col(ChatRow.chat_id) == ref.chat_id)
            .values(lang=lang)
        )
        self._session.execute(
            update(PostRow)
            .where(
                col(PostRow.platform) == ref.platform,
                col(PostRow.chat_id) == ref.chat_id,
                col(PostRow.card_kind).in_(ROOM_CARDS),
            )
            .values(lang=lang)
        )
        if chat:
            self._known[ref.platform, ref.chat_id] = Chat(ref, chat.kind, lang, chat.active, chat.title)

    def gone(self, ref: ChatRef, account_id: str | None = None) -> None:
        """The bot can't write there any more: what waits for it is cancelled.

        Args:
            account_id: who was to be written to, where no direct chat is known (`ref.chat_id` is empty then).
        """
        self.flush()
        self._directs.clear()
        here = [col(OutboxRow.platform) == ref.platform, col(OutboxRow.chat_id) == ref.chat_id]
        if not ref.chat_id:
            here.append(col(OutboxRow.account_id) == account_id)
        mine = (col(ChatRow.platform) == ref.platform, col(ChatRow.chat_id) == ref.chat_id)
        if self._session.scalar(select(ChatRow.active).where(*mine)):
            room_lost(self._session, ref, self._now)
        self._session.execute(update(ChatRow).where(*mine).values(active=False))
        waiting = (*here, col(OutboxRow.state) == State.PENDING)
        reason = "the bot is not in the chat"
        told = self._session.execute(
            select(OutboxRow.id, OutboxRow.ref).where(*waiting, col(OutboxRow.ref).is_not(None))
        )
        undelivered(self._session, [(id_, ref or "", reason) for id_, ref in told], self._now)
        self._session.execute(
            update(OutboxRow)
            .where(*waiting)
            .values(state=State.CANCELLED, done_at=self._now, reason=reason, why=Why.GONE, payload="")
        )
        self._known.pop((ref.platform, ref.chat_id), None)

    def move(self, old: ChatRef, new: ChatRef) -> None:
        """A conversation goes on under another id: what is known of it and what waits for it moves along.

        Posts stay with the old id: ids of messages and threads mean nothing in the new conversation, or are those of
        somebody else's messages. What was to be done to one of them is not done.
        """
        self.flush()
        row = self._session.get(ChatRow, (old.platform, old.chat_id))
        if row is not None:
            known = self._session.get(ChatRow, (new.platform, new.chat_id))
            if known is None:
                self._session.add(
                    ChatRow(
                        platform=new.platform,
                        chat_id=new.chat_id,
                        kind=row.kind,
                        lang=row.lang,
                        person_id=row.person_id,
                        seen_at=self._now,
                        title=row.title,
                    )
                )
            else:
                known.lang, known.person_id = known.lang or row.lang, known.person_id or row.person_id
            row.active = False
            self._session.flush()
        room_moved(self._session, old, new)
        here = (col(OutboxRow.platform) == old.platform, col(OutboxRow.chat_id) == old.chat_id)
        self._session.execute(
            update(OutboxRow)
            .where(
                *here,
                col(OutboxRow.state) == State.PENDING,
                col(OutboxRow.op).in_(["edit", "delete", "pin"]),
                col(OutboxRow.message_id).is_not(None),
            )
            .values(state=State.CANCELLED, done_at=self._now, reason="the chat moved", payload="")
        )
        self._session.execute(
            update(OutboxRow)
            .where(*here, col(OutboxRow.state) == State.PENDING)
            .values(chat_id=new.chat_id, thread_id=new.thread_id, reply_to=None)
        )
        self._known.clear()
        self._directs.clear()

    def direct_of(self, person_id: str) -> ChatRef | None:
        """Where a person is written to: the direct chat of theirs that was used last, if the bot may write there."""
        self.flush()
        if person_id in self._directs:
            return self._directs[person_id]
        row = self._session.scalars(
            select(ChatRow)
            .where(ChatRow.person_id == person_id, ChatRow.kind == ChatKind.DIRECT, col(ChatRow.active))
            .order_by(col(ChatRow.seen_at).desc())
            .limit(1)
        ).first()
        return ChatRef(row.platform, row.chat_id) if row else None

    def expect_directs(self, people: Sequence[str]) -> None:
        """Read at once where these people are written to. It holds until a conversation changes."""
        self.flush()
        self._directs.update(dict.fromkeys(people))
        for row in self._session.execute(
            select(ChatRow.person_id, ChatRow.platform, ChatRow.chat_id)
            .where(col(ChatRow.person_id).in_(people), ChatRow.kind == ChatKind.DIRECT, col(ChatRow.active))
            .order_by(col(ChatRow.seen_at))
        ):
            self._directs[str(row.person_id)] = ChatRef(row.platform, row.chat_id)

    def direct_of_account(self, account: AccountRef) -> ChatRef | None:
        """The direct chat with the person behind an account, on that account's network."""
        row = self._session.scalars(
            select(ChatRow)
            .join(AccountRow, col(AccountRow.person_id) == col(ChatRow.person_id))
            .where(
                AccountRow.platform == account.platform,
                AccountRow.user_id == account.user_id,
                ChatRow.platform == account.platform,
                ChatRow.kind == ChatKind.DIRECT,
                col(ChatRow.active),
            )
            .order_by(col(ChatRow.seen_at).desc())
            .limit(1)
        ).first()
        return ChatRef(row.platform, row.chat_id) if row else None

    def merged(self, old: str, new: str) -> None:
        """Two persons became one, in the database already."""
        self._directs.clear()
        self._people = {chat: new if person == old else person for chat, person in self._people.items()}

    def part(self, account: AccountRef, here: ChatRef, old: str, new: str) -> None:
        """An account left a person: its direct chats go with it. Where the person has another account on that network
        nobody can tell whose the chats are; only the one in which it was said goes."""
        self.flush()
        self._directs.clear()
        mine = [
            col(ChatRow.person_id) == old,
            col(ChatRow.platform) == account.platform,
            col(ChatRow.kind) == ChatKind.DIRECT,
        ]
        others = select(AccountRow).where(AccountRow.person_id == old, AccountRow.platform == account.platform)
        if self._session.scalars(others).first():
            mine.append(col(ChatRow.chat_id) == here.chat_id)
        chats = set(self._session.scalars(select(ChatRow.chat_id).where(*mine)))
        self._session.execute(update(ChatRow).where(*mine).values(person_id=new))
        self._people |= {(account.platform, chat_id): new for chat_id in chats}

    def direct_chats(self, person_id: str, *, writable: bool = False) -> list[ChatRef]:
        """Every direct chat that a person ever had with the bot, or those in which the bot may still write."""
        self.flush()
        query = select(ChatRow.platform, ChatRow.chat_id).where(ChatRow.person_id == person_id)
        if writable:
            query = query.where(col(ChatRow.active))
        rows = self._session.execute(query.order_by(col(ChatRow.seen_at).desc()))
        return [ChatRef(platform, chat_id) for platform, chat_id in rows]

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The direct chats, and how many messages of the bot's own in them are remembered."""
        chats = (
            select(  # type: ignore[call-overload]
                ChatRow.platform, ChatRow.chat_id, ChatRow.lang, ChatRow.active, ChatRow.seen_at
            )
            .where(ChatRow.person_id == subject.person_id)
            .order_by(ChatRow.platform, ChatRow.chat_id)
        )
        here = subject.in_chats(PostRow.platform, PostRow.chat_id)
        posts = self._session.scalar(select(func.count()).select_from(PostRow).where(here))
        return {"direct_chats": listed(self._session, chats), "messages_of_the_bot": posts or 0}

    def erase(self, subject: Subject) -> None:
        """The direct chats go, with what is remembered of the messages in them."""
        self._session.execute(delete(PostRow).where(subject.in_chats(PostRow.platform, PostRow.chat_id)))
        self._session.execute(delete(ChatRow).where(col(ChatRow.person_id) == subject.person_id))
        for chat in subject.chats:
            self._known.pop((chat.platform, chat.chat_id), None)
            self._people.pop((chat.platform, chat.chat_id), None)
        self._posts.clear()

    def flush(self) -> None:
        """Write what was collected."""
        insert_many(
            self._session,
            ChatRow,
            list(self._rows.values()),
            update=["kind", "active", "person_id", "seen_at", "title"],
        )
        self._rows = {}

    def forget_posts(self, before: datetime, limit: int) -> int:
        """Drop old posts that are no cards, at most `limit`. Returns how many."""
        old = (
            select(PostRow.platform, PostRow.chat_id, PostRow.message_id)
            .where(col(PostRow.at) < before, col(PostRow.card_kind).is_(None))
            .limit(limit)
        )
        key = tuple_(col(PostRow.platform), col(PostRow.chat_id), col(PostRow.message_id))
        return _count(self._session.execute(delete(PostRow).where(key.in_(old))))

    def _write(self, chat: Chat, person_id: str | None) -> None:
        self._directs.clear()
        self._rows[chat.ref.platform, chat.ref.chat_id] = {
            "platform": chat.ref.platform,
            "chat_id": chat.ref.chat_id,
            "kind": chat.kind.value,
            "lang": chat.lang,
            "active": chat.active,
            "person_id": person_id,
            "seen_at": self._now,
            "title": chat.title,
        }


def chat_with(session: Session, adapter: str, message_id: str) -> ChatRef | None:
    """The conversation that holds this message of the bot's own, on any network of an adapter."""
    rows = session.scalars(select(PostRow).where(PostRow.message_id == message_id))
    found = next((row for row in rows if adapter_of(row.platform) == adapter), None)
    return ChatRef(found.platform, found.chat_id, found.thread_id) if found else None


def _post(row: PostRow) -> Post:
    card = CardRef(row.card_kind, row.card_id) if row.card_kind and row.card_id else None
    return Post(ChatRef(row.platform, row.chat_id, row.thread_id), row.message_id, tuple(json.loads(row.actions)), card)


def _count(result: Any) -> int:
    return int(result.rowcount)
