"""What waits at the desk, lost and archived rooms, announcements that are out: as both databases keep them."""

from datetime import timedelta

import pytest

from bot.core.announcements import GIVEN, Announcement, Draft, Outcome, Phase
from bot.core.chats import ChatKind
from bot.core.places import Standing
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage.desk import waiting_by_kind
from storage.due import take
from storage.rooms import LOST, RoomState
from storage.store import Store
from storage.tables import PostRow
from tests.storage.support import Box

ROOM, OTHER = ChatRef("telegram", "-1"), ChatRef("matrix", "!a:x")
ANNA = AccountRef("telegram", "anna")
CARD, LATER = CardRef("report", "1"), CardRef("queue-desk", "2")


def person(box: Box) -> str:
    return box.do(lambda store: store.people.of(ANNA).id)


def claim(store: Store, *chats: ChatRef) -> None:
    for chat in chats:
        store.chats.seen(chat, ChatKind.ROOM, "pl", None, f"Grupa {chat.chat_id}")
        store.rooms.claim(chat, None)


def room(box: Box, chat: ChatRef = ROOM) -> str:
    found = box.do(lambda store: store.rooms.get(chat))
    assert found
    return found.id


# --- what waits ---


def test_it_waits_once_and_the_first_handles_it(box: Box) -> None:
    assert box.do(lambda store: store.desk.open(CARD))
    assert not box.do(lambda store: store.desk.open(CARD))
    anna = person(box)
    assert box.do(lambda store: store.desk.close(CARD, anna, "done"))
    assert not box.do(lambda store: store.desk.close(CARD, None, "rejected"))
    assert box.do(lambda store: (store.desk.waits(CARD), store.desk.outcome(CARD))) == (False, "done")
    assert not box.do(lambda store: store.desk.close(LATER, anna, "done")), "nobody was ever asked"


def test_who_handles_it_may_be_met_in_the_same_transaction(box: Box) -> None:
    box.do(lambda store: store.desk.open(CARD))
    assert box.do(lambda store: store.desk.close(CARD, store.people.of(ANNA).id, "done"))


def test_it_can_be_asked_anew_and_is_in_order_of_asking(box: Box) -> None:
    box.do(lambda store: store.desk.open(CARD))
    box.now += timedelta(minutes=1)
    box.do(lambda store: store.desk.open(LATER))
    assert box.do(lambda store: store.desk.waiting()) == [CARD, LATER]
    box.do(lambda store: store.desk.close(CARD, None, "again"))
    box.now += timedelta(minutes=1)
    assert box.do(lambda store: store.desk.open(CARD))
    assert box.do(lambda store: store.desk.waiting()) == [LATER, CARD]
    assert box.do(lambda store: store.desk.waiting(1)) == [LATER]
    assert box.do(lambda store: store.desk.outcome(CARD)) is None
    assert box.do(lambda store: waiting_by_kind(store.session)) == {"report": 1, "queue-desk": 1}


def test_what_is_dropped_waits_no_more_and_its_posts_are_cards_no_more(box: Box) -> None:
    def post(store: Store) -> None:
        claim(store, ROOM)
        store.flush()
        store.session.add(
            PostRow(
                platform="telegram",
                chat_id="-1",
                message_id="7",
                seq=1,
                card_kind="report",
                card_id="1",
                lang="pl",
                at=box.now,
                edited_at=box.now,
            )
        )
        store.desk.open(CARD)

    box.do(post)
    box.do(lambda store: store.desk.drop("report", ["1"]))
    assert box.do(lambda store: store.desk.waiting()) == []
    shown = box.do(lambda store: store.chats.post(ROOM, "7"))
    assert shown is not None
    assert shown.card is None


def test_handled_things_are_forgotten_a_few_at_a_time_and_waiting_ones_stay(box: Box) -> None:
    for number in range(5):
        card = CardRef("report", str(number))
        box.do(lambda store, card=card: store.desk.open(card))  # type: ignore[misc]
        if number:
            box.do(lambda store, card=card: store.desk.close(card, None, "done"))  # type: ignore[misc]
    later = box.now + timedelta(days=1)
    assert [box.do(lambda store: store.desk.forget(later, 3)) for _ in range(3)] == [3, 1, 0]
    assert box.do(lambda store: store.desk.waiting()) == [CardRef("report", "0")]


def test_who_handled_it_is_theirs_to_see_and_to_have_erased(box: Box) -> None:
    box.do(lambda store: store.desk.open(CARD))
    anna = person(box)
    box.do(lambda store: store.desk.close(CARD, anna, "done"))
    held = box.do(lambda store: store.personal(anna))["handled"]
    assert [one["outcome"] for one in held] == ["done"]
    box.do(lambda store: store.erase(anna))
    assert box.do(lambda store: store.desk.outcome(CARD)) == "done"


# --- rooms ---


def told(box: Box) -> list[dict[str, object]]:
    return [timer.payload for timer in box.do(lambda store: take(store.session, box.now, 10)) if timer.name == LOST]


def test_a_lost_room_is_told_by_one_timer_however_it_is_heard_of(box: Box) -> None:
    box.do(lambda store: claim(store, ROOM, OTHER))
    box.do(lambda store: store.rooms.set_desk(OTHER, on=True))
    for _ in range(2):
        box.do(lambda store: store.chats.gone(ROOM))
    assert told(box) == [{"id": room(box), "claimed": True, "desk": False}]
    box.do(lambda store: store.rooms.left(ROOM))
    assert len(told(box)) == 1
    box.do(lambda store: store.rooms.left(OTHER))
    assert {"id": room(box, OTHER), "claimed": True, "desk": True} in told(box)


def test_a_direct_chat_or_a_room_that_nobody_knows_is_no_loss(box: Box) -> None:
    direct = ChatRef("telegram", "42")
    box.do(lambda store: store.chats.seen(direct, ChatKind.DIRECT, "pl", store.people.of(ANNA).id))
    for chat in (direct, ROOM, ChatRef("telegram", "")):
        box.do(lambda store, chat=chat: store.chats.gone(chat, "anna"))  # type: ignore[misc]
        box.do(lambda store, chat=chat: store.rooms.left(chat))  # type: ignore[misc]
    assert told(box) == []


@pytest.mark.parametrize("claimed", [True, False])
@pytest.mark.parametrize("out", [True, False])
def test_a_room_is_put_aside_and_is_what_it_was_when_it_is_taken_back(box: Box, claimed: bool, out: bool) -> None:
    box.do(lambda store: store.chats.seen(ROOM, ChatKind.ROOM, "pl", None))
    box.do(lambda store: store.rooms.claim(ROOM, None) if claimed else store.rooms.offer(ROOM))
    id_ = room(box)
    assert not box.do(lambda store: store.rooms.restore(id_))
    assert box.do(lambda store: store.rooms.archive(id_))
    assert not box.do(lambda store: store.rooms.archive(id_))
    assert box.do(lambda store: store.rooms.place(id_)).standing is Standing.ARCHIVED  # type: ignore[union-attr]
    if out:
        box.do(lambda store: store.chats.gone(ROOM))
        box.do(lambda store: store.rooms.left(ROOM))
    assert told(box) == []
    assert box.do(lambda store: store.rooms.restore(id_))
    state = RoomState.LEFT if out else RoomState.CLAIMED if claimed else RoomState.OFFERED
    assert box.do(lambda store: store.rooms.by_id(id_)).state is state  # type: ignore[union-attr]


def test_one_place_is_the_same_as_in_the_list(box: Box) -> None:
    box.do(lambda store: claim(store, ROOM, OTHER))
    places = box.do(lambda store: store.rooms.places())
    assert [box.do(lambda store, id_=one.id: store.rooms.place(id_)) for one in places] == places  # type: ignore[misc]
    assert box.do(lambda store: store.rooms.place("")) is None


# --- announcements ---


def out(box: Box, target: str, *rooms: ChatRef) -> Announcement:
    def job(store: Store) -> Announcement:
        one = store.announcements.new(Draft(((GIVEN, target),), target), None, ChatRef("telegram", "42"), rooms)
        return store.announcements.change(one, Phase.SENT, sent_at=box.now)

    box.now += timedelta(minutes=1)
    return box.do(job)


def test_what_is_out_is_told_to_whom_it_is_for_the_newest_first(box: Box) -> None:
    before = box.now
    one, closed, two = out(box, "all", ROOM, OTHER), out(box, "audience:abc", ROOM), out(box, "area:x", OTHER)

    def numbers(where: ChatRef | None, limit: int = 5) -> list[int]:
        found = box.do(lambda store: store.announcements.out_since(before, where, limit))
        return [announcement.number for announcement in found]

    assert numbers(None) == [two.number, one.number]
    assert numbers(None, 1) == [two.number]
    assert numbers(ROOM) == [closed.number, one.number]
    box.do(lambda store: store.announcements.change(one, Phase.WITHDRAWN))
    assert numbers(ROOM) == [closed.number]
    box.do(lambda store: store.announcements.stopped(closed, {ROOM}))
    assert numbers(ROOM) == []
    after = box.now
    assert box.do(lambda store: store.announcements.out_since(after, None, 5)) == []


def test_a_room_that_it_is_not_sent_to_any_more_has_that_outcome(box: Box) -> None:
    one = out(box, "all", ROOM, OTHER)
    stopped = box.do(lambda store: store.announcements.stopped(one, {OTHER}))
    assert {copy.chat: copy.outcome for copy in stopped.copies} == {ROOM: Outcome.WAITS, OTHER: Outcome.STOPPED}
    assert box.do(lambda store: store.announcements.stopped(one, set())) == stopped


def test_what_is_forgotten_takes_its_cards_at_the_desk_along(box: Box) -> None:
    one, kept = out(box, "all", ROOM), out(box, "all", ROOM)
    old = box.now
    cards = [
        CardRef(kind, id_)
        for other in (one, kept)
        for kind, id_ in (
            ("announcement-approve", other.id),
            ("announcement-failed", f"{other.id}.send"),
            ("announcement-failed", f"{other.id}.withdraw"),
        )
    ]
    for card in cards:
        box.do(lambda store, card=card: store.desk.open(card))  # type: ignore[misc]
    box.do(lambda store: store.announcements.forget_old(drafts=old, reads=old, all_=old, limit=1))
    left = box.do(lambda store: store.desk.waiting())
    assert set(left) == {card for card in cards if kept.id in card.id}
