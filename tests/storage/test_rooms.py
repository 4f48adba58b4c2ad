"""Rooms, audiences and areas as both databases keep them."""

import pytest

from bot.core.chats import ChatKind
from bot.core.refs import AccountRef, ChatRef
from storage.personal import Subject
from storage.rooms import DEFAULT, PollsBy, Room, RoomState
from storage.store import Store
from storage.tables import PostRow
from tests.storage.support import Box

HERE, THERE, NEW = ChatRef("telegram", "-1"), ChatRef("matrix", "!a:x"), ChatRef("telegram", "-100")
ANNA = AccountRef("telegram", "anna")


def claim(store: Store, *chats: ChatRef) -> None:
    person = store.people.of(ANNA).id  # Made in this transaction: its row must be there before the room's.
    for chat in chats:
        store.chats.seen(chat, ChatKind.ROOM, None, None)
        store.rooms.claim(chat, person)


def get(box: Box, chat: ChatRef) -> Room:
    found = box.do(lambda store: store.rooms.get(chat))
    assert found is not None
    return found


def test_claimed_rooms_of_all_networks_are_one_audience_the_asking_one_first(box: Box) -> None:
    box.do(lambda store: claim(store, HERE, THERE, NEW))
    topic = ChatRef("matrix", "!a:x", "topic")
    assert box.do(lambda store: store.rooms.audience_of(topic)) == [topic, HERE, NEW]
    assert get(box, HERE).claimed_at == box.now


def test_a_room_that_nobody_claimed_has_itself_alone(box: Box) -> None:
    box.do(lambda store: claim(store, HERE))
    assert box.do(lambda store: store.rooms.audience_of(THERE)) == [THERE]
    box.do(lambda store: store.rooms.offer(THERE))
    assert box.do(lambda store: store.rooms.audience_of(THERE)) == [THERE]
    assert box.do(lambda store: store.rooms.audience_of(HERE)) == [HERE]


def test_a_room_in_which_the_bot_may_not_write_is_left_out_until_it_may(box: Box) -> None:
    box.do(lambda store: claim(store, HERE, THERE))
    box.do(lambda store: store.chats.gone(THERE))
    assert box.do(lambda store: store.rooms.audience_of(HERE)) == [HERE]
    box.do(lambda store: store.chats.seen(THERE, ChatKind.ROOM, None, None))
    assert box.do(lambda store: store.rooms.audience_of(HERE)) == [HERE, THERE]


def test_a_room_that_was_left_is_claimed_anew_with_what_was_set(box: Box) -> None:
    def set_up(store: Store) -> None:
        claim(store, HERE)
        store.rooms.move_to(HERE, "Kultura")
        store.rooms.set_polls(HERE, PollsBy.EVERYBODY)
        store.rooms.left(HERE)

    box.do(set_up)
    assert get(box, HERE).state is RoomState.LEFT
    assert get(box, HERE).claimed_by is None
    box.do(lambda store: store.rooms.left(THERE))  # Never a room.
    assert box.do(lambda store: store.rooms.offer(HERE)) is not None
    assert box.do(lambda store: store.rooms.offer(HERE)) is None
    box.do(lambda store: claim(store, HERE))
    found = get(box, HERE)
    assert (found.claimed, found.audience.name, found.polls_by) == (True, "Kultura", PollsBy.EVERYBODY)


def test_a_chat_that_moves_takes_its_room_along(box: Box) -> None:
    def set_up(store: Store) -> None:
        claim(store, HERE)
        store.rooms.set_area(HERE, "support", on=True)

    box.do(set_up)
    before = get(box, HERE)
    box.do(lambda store: store.chats.move(HERE, NEW))
    after = get(box, NEW)
    assert (after.id, after.claimed, after.areas) == (before.id, True, {"support"})
    assert box.do(lambda store: store.rooms.get(HERE)) is None
    assert box.do(lambda store: store.rooms.rooms_of(DEFAULT)) == [NEW]


@pytest.mark.parametrize("there_too", [True, False])
def test_where_both_ids_had_a_room_the_claimed_one_stays(box: Box, there_too: bool) -> None:
    def set_up(store: Store) -> None:
        claim(store, HERE)
        store.rooms.set_area(HERE, "support", on=True)
        store.rooms.offer(NEW)
        store.rooms.set_area(NEW, "documents", on=True)
        if there_too:
            claim(store, NEW)

    box.do(set_up)
    box.do(lambda store: store.chats.move(HERE, NEW))
    assert get(box, NEW).claimed
    assert get(box, NEW).areas == ({"documents"} if there_too else {"support"})
    assert box.do(lambda store: store.rooms.get(HERE)) is None


def test_audiences_are_found_by_name_however_typed_and_empty_ones_are_not_listed(box: Box) -> None:
    box.do(lambda store: claim(store, HERE, THERE))
    first = box.do(lambda store: store.rooms.move_to(HERE, "Łączność"))
    assert box.do(lambda store: store.rooms.move_to(THERE, "lacznosc")) == first
    assert box.do(lambda store: store.rooms.networks_of(first.id)) == {"telegram": 1, "matrix": 1}
    assert len(box.do(lambda store: store.rooms.audiences())) == 2
    for chat in (HERE, THERE):
        assert box.do(lambda store, chat=chat: store.rooms.move_to(chat, "")).id == DEFAULT
    assert [one.id for one in box.do(lambda store: store.rooms.audiences())] == [DEFAULT]


def test_the_settings_card_speaks_the_rooms_language_and_no_other_card_changes(box: Box) -> None:
    def rows(store: Store) -> None:
        claim(store, HERE)
        for number, kind in enumerate(("room", "question"), 1):
            store.session.add(
                PostRow(
                    platform="telegram",
                    chat_id="-1",
                    message_id=str(number),
                    lang="pl",
                    card_kind=kind,
                    card_id="x",
                    seq=number,
                    at=store.now,
                    edited_at=store.now,
                )
            )
        store.chats.speak(HERE, "uk")

    box.do(rows)
    assert get(box, HERE).lang == "uk"
    with box.engine.connect() as connection:
        assert dict(connection.exec_driver_sql("SELECT card_kind, lang FROM post").all()) == {  # type: ignore[arg-type]
            "room": "uk",
            "question": "pl",
        }


def test_four_areas_ship_and_their_names_are_found_in_any_language(box: Box) -> None:
    shipped = box.do(lambda store: store.areas.all())
    assert [area.id for area in shipped] == ["documents", "support", "integration", "multiculturalism"]
    assert all(set(area.names) == {"pl", "en", "uk"} for area in shipped)
    for area in shipped:
        for name in area.names.values():
            assert box.do(lambda store, name=name: store.areas.named(name.upper())) == area


def test_an_area_that_is_retired_keeps_its_followers(box: Box) -> None:
    def follow(store: Store) -> str:
        person = store.people.of(ANNA).id
        for _ in range(2):
            store.areas.follow(person, "support", on=True)
        store.areas.follow(person, "documents", on=True)
        store.areas.follow(person, "documents", on=False)
        store.areas.retire("support")
        return person

    person = box.do(follow)
    assert "support" not in {area.id for area in box.do(lambda store: store.areas.all())}
    assert len(box.do(lambda store: store.areas.all(retired=True))) == 4
    assert box.do(lambda store: store.areas.followed(person)) == {"support"}


def test_an_erased_person_follows_nothing_and_their_rooms_stay_claimed(box: Box) -> None:
    def erase(store: Store) -> None:
        claim(store, HERE)
        person = store.people.of(ANNA).id
        store.areas.follow(person, "support", on=True)
        store.rooms.erase(Subject(person, (), ()))
        store.areas.erase(Subject(person, (), ()))

    box.do(erase)
    assert get(box, HERE).claimed
    with box.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT claimed_by FROM room").all() == [(None,)]
        assert connection.exec_driver_sql("SELECT * FROM follow").all() == []
