"""Conversations: what is known of them, and what becomes of it when they move or end."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from bot.core.chats import Chat, ChatKind
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage.outbox import Priority
from storage.store import Store
from storage.tables import PostRow
from tests.storage.support import Box

OLD, NEW = ChatRef("memory", "-1"), ChatRef("memory", "-100")
ANNA = AccountRef("memory", "anna")


def rows(box: Box, columns: str, table: str) -> list[tuple[Any, ...]]:
    with box.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY 1"))]  # noqa: S608


def send(store: Store, chat: ChatRef, *, reply_to: str | None = None, account_id: str | None = None) -> None:
    store.outbox.send(
        chat, lang="pl", priority=Priority.REPLY, payload={"v": 1}, reply_to=reply_to, account_id=account_id
    )


def test_a_chat_that_moves_takes_along_what_is_known_and_what_waits(box: Box) -> None:
    def before(store: Store) -> None:
        anna = store.people.of(ANNA)
        store.chats.seen(OLD, ChatKind.DIRECT, "uk", anna.id)
        send(store, OLD, reply_to="17")
        send(store, ChatRef("memory", "-1", "topic"))
        send(store, ChatRef("memory", "-2", "topic"))

    box.do(before)
    box.do(lambda store: store.chats.move(OLD, NEW))
    assert box.do(lambda store: store.chats.seen(NEW, ChatKind.DIRECT, None, None)).lang == "uk"
    # Ids of messages and of threads mean nothing in the new one.
    assert rows(box, "seq, chat_id, thread_id, reply_to", "outbox") == [
        (1, "-100", "", None),
        (2, "-100", "", None),
        (3, "-2", "topic", None),
    ]
    anna = box.do(lambda store: store.people.of(ANNA))
    assert box.do(lambda store: store.chats.direct_of(anna.id)) == NEW


def test_what_was_to_be_done_to_a_message_is_not_done_to_another_where_the_chat_moved(box: Box) -> None:
    cards = CardRef("announcement", "1"), CardRef("announcement", "2")

    def before(store: Store) -> None:
        store.chats.seen(OLD, ChatKind.ROOM, None, None)
        for number, card in enumerate(cards):
            posted = PostRow(
                **{"platform": OLD.platform, "chat_id": OLD.chat_id, "message_id": str(number), "lang": "pl"},
                **{"card_kind": card.kind, "card_id": card.id, "ref": f"{card.kind}:{card.id}", "seq": number},
                **{"at": store.now, "edited_at": store.now},
            )
            store.session.add(posted)
        store.session.flush()
        store.outbox.retract(cards[0])
        store.outbox.pin(cards[1])
        store.outbox.refresh(cards[1], {})

    box.do(before)
    box.do(lambda store: store.chats.move(OLD, NEW))
    assert rows(box, "op, chat_id, state, why", "outbox") == [
        (op, "-1", "cancelled", None) for op in ("delete", "edit", "pin")
    ]


def test_a_chat_that_is_gone_cancels_what_waits_for_it_and_nothing_else(box: Box) -> None:
    def before(store: Store) -> None:
        store.chats.seen(OLD, ChatKind.ROOM, None, None)
        send(store, OLD)
        send(store, NEW)

    box.do(before)
    box.do(lambda store: store.chats.gone(OLD))
    assert rows(box, "seq, state, payload", "outbox") == [(1, "cancelled", ""), (2, "pending", '{"v": 1}')]
    assert box.do(lambda store: store.chats.seen(OLD, ChatKind.ROOM, None, None)) == Chat(OLD, ChatKind.ROOM)


def test_one_who_blocked_the_bot_takes_no_other_stranger_along(box: Box) -> None:
    unknown = ChatRef("memory", "")

    def before(store: Store) -> None:
        send(store, unknown, account_id="anna")
        send(store, unknown, account_id="jan")

    box.do(before)
    box.do(lambda store: store.chats.gone(unknown, "anna"))
    assert rows(box, "account_id, state", "outbox") == [("anna", "cancelled"), ("jan", "pending")]


def test_the_other_side_of_a_direct_chat_is_learnt_when_it_speaks(box: Box) -> None:
    box.do(lambda store: store.chats.seen(OLD, ChatKind.DIRECT, None, None))
    anna = box.do(lambda store: store.people.of(ANNA))
    assert box.do(lambda store: store.chats.direct_of(anna.id)) is None
    box.do(lambda store: store.chats.seen(OLD, ChatKind.DIRECT, None, anna.id))
    assert box.do(lambda store: store.chats.direct_of(anna.id)) == OLD
    box.do(lambda store: store.chats.seen(OLD, ChatKind.DIRECT, None, None))
    assert box.do(lambda store: store.chats.direct_of(anna.id)) == OLD


def test_a_person_is_written_to_where_they_spoke_last(box: Box) -> None:
    other = ChatRef("matrix", "!room:example.org")
    anna = box.do(lambda store: store.people.of(ANNA))
    box.do(lambda store: store.chats.seen(OLD, ChatKind.DIRECT, None, anna.id))
    box.now += timedelta(hours=2)
    box.do(lambda store: store.chats.seen(other, ChatKind.DIRECT, None, anna.id))
    assert box.do(lambda store: store.chats.direct_of(anna.id)) == other
    box.now += timedelta(hours=2)
    box.do(lambda store: store.chats.seen(OLD, ChatKind.DIRECT, None, anna.id))
    assert box.do(lambda store: store.chats.direct_of(anna.id)) == OLD


def test_a_language_given_to_a_chat_stays(box: Box) -> None:
    def speak(store: Store) -> None:
        store.chats.seen(OLD, ChatKind.ROOM, "pl", None)
        store.chats.speak(OLD, "en")

    box.do(speak)
    assert box.do(lambda store: store.chats.seen(OLD, ChatKind.ROOM, "uk", None)).lang == "en"
