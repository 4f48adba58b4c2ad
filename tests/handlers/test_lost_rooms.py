"""Rooms in which the bot can't write any more: told at the desk once, tried again, left, recovered."""

import pytest

from bot.core.chats import ChatKind
from bot.core.content import Body
from bot.core.events import Joined
from bot.core.intents import Direct, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.places import Standing
from bot.core.refs import CardRef, ChatRef
from storage import Store
from storage.due import take
from storage.rooms import LOST, RoomState
from tests.handlers.test_announcements import grant
from tests.handlers.world import Shown, World, kinds

DESK, ROOM = "desk-room", "ngo"
CHAT = ChatRef("telegram", ROOM)


@pytest.fixture
def desk(world: World) -> World:
    """A claimed room and a moderators' room; Marek moderates."""
    grant(world, "marek", Role.MODERATOR)
    world.say("olga", "/krag", ROOM)
    world.store(lambda store: store.chats.seen(CHAT, ChatKind.ROOM, "pl", None, "Fundacja <b>X</b>"))
    world.say("olga", "/grupa_moderatorow", DESK)
    return world


def told(world: World) -> list[Shown]:
    """What the timers that are due bring."""
    shown: list[Shown] = []
    for timer in world.store(lambda store: take(store.session, world.now, 10)):
        if timer.name == LOST:
            world.store(lambda store, key=timer.key: store.due.fired(key))  # type: ignore[misc]
            world.fire(timer.name, **timer.payload)
            shown += [one for x in world.intents if (one := world._shown(x, "pl", DESK))]
    return shown


def mute(world: World, room: str = ROOM) -> list[Shown]:
    world.store(lambda store: store.chats.gone(ChatRef("telegram", room)))
    return told(world)


def kick(world: World, room: str = ROOM) -> list[Shown]:
    def job(store: Store) -> None:
        store.chats.gone(ChatRef("telegram", room))
        store.rooms.left(ChatRef("telegram", room))

    world.store(job)
    return told(world)


def card(world: World, room: str = ROOM) -> CardRef:
    return world.store(lambda store: CardRef(LOST, store.rooms.get(ChatRef("telegram", room)).id))  # type: ignore[union-attr]


def seen(world: World, room: str = ROOM) -> Shown:
    body = world.store(lambda store: world.routes.show(store, card(world, room), ChatRef("telegram", DESK)))
    assert isinstance(body, Body)
    return world._body("card", body, "pl", DESK)


def waits(world: World) -> bool:
    return card(world) in world.store(lambda store: store.desk.waiting())


def test_a_room_that_lost_its_right_is_one_card_at_the_desk(desk: World) -> None:
    [shown] = mute(desk)
    assert (shown.kind, shown.to) == ("card", DESK)
    assert "nie ma prawa pisać" in shown.text
    assert "Fundacja <b>X" in shown.text, "a name's marks stay letters"
    assert shown.actions == (f"lost.try:{card(desk).id}", f"lost.leave:{card(desk).id}")
    assert [one.kind for one in mute(desk)] == [], "it is lost once"
    assert "1 sprawa" in desk.say("marek", "/sprawy")[0].text


def test_a_room_that_put_the_bot_out_is_told_and_there_is_nothing_to_try(desk: World) -> None:
    [shown] = kick(desk)
    assert "został usunięty" in shown.text
    assert shown.actions == (f"lost.leave:{card(desk).id}",)
    [alert] = desk.press("marek", f"lost.try:{card(desk).id}", DESK)
    assert alert.kind == "alert"
    assert waits(desk)


def test_a_room_that_is_muted_and_then_kicks_is_the_same_card(desk: World) -> None:
    mute(desk)
    kick(desk)
    assert desk.intents == [Refresh(card(desk))]
    assert "został usunięty" in seen(desk).text


def test_trying_says_a_word_there_and_a_failure_brings_it_back(desk: World) -> None:
    mute(desk)
    action = f"lost.try:{card(desk).id}"
    assert kinds(desk.press("anna", action, DESK))[0] == "alert"
    desk.press("marek", action, DESK)
    [word] = [x for x in desk.intents if isinstance(x, Reply) and x.chat == CHAT]
    assert word.body.blocks
    assert "pisze znowu" in seen(desk).text
    assert "już załatwione" in desk.press("olga", f"lost.leave:{card(desk).id}", DESK)[0].text
    assert not waits(desk)
    [again] = mute(desk)
    assert again.kind == "card"
    assert waits(desk)


def test_two_who_press_at_once_send_one_word(desk: World) -> None:
    mute(desk)
    action = f"lost.try:{card(desk).id}"
    desk.press("marek", action, DESK)
    desk.press("olga", action, DESK)
    assert not any(isinstance(x, Reply) and x.chat == CHAT for x in desk.intents)


def test_what_is_left_is_not_told_again_until_the_bot_was_back(desk: World) -> None:
    mute(desk)
    desk.press("marek", f"lost.leave:{card(desk).id}", DESK)
    assert "bez zmian" in seen(desk).text
    # Somebody speaks to the bot there, which it hears, and it fails to answer.
    desk.say("anna", "/pomoc", ROOM)
    assert mute(desk) == []
    assert not waits(desk)
    back(desk)
    assert [one.kind for one in mute(desk)] == ["card"]
    kicked = kick(desk)
    assert [one.kind for one in kicked] == ["refresh"]


def back(world: World, who: str = "obcy") -> None:
    event = Joined(**world._base(who, ROOM))
    handler = world.routes.handler_of(event)
    assert handler
    world._do(event, lambda ctx: handler(event, ctx))


def test_a_right_that_is_given_back_ends_it_by_itself(desk: World) -> None:
    mute(desk)
    back(desk)
    assert Refresh(card(desk)) in desk.intents
    assert "znowu" in seen(desk).text
    assert not waits(desk)
    places = desk.store(lambda store: store.rooms.places())
    assert [one.standing for one in places if one.chat == CHAT] == [Standing.ACTIVE]


def test_who_speaks_there_shows_that_it_works_and_the_list_notices(desk: World) -> None:
    mute(desk)
    desk.say("anna", "/pomoc", ROOM)
    shown = desk.say("marek", "/sprawy", DESK)
    assert "Nic nie czeka" in shown[-1].text
    assert Refresh(card(desk)) in desk.intents


def test_a_lost_moderators_room_is_told_in_direct_chats(desk: World) -> None:
    mute(desk, DESK)
    people = {x.person_id for x in desk.intents if isinstance(x, Direct)}
    assert people == {desk.person("marek"), desk.person("olga")}


def test_without_a_moderators_room_it_is_on_the_list_alone(desk: World) -> None:
    desk.press("olga", "desk.off", DESK)
    assert mute(desk) == []
    assert waits(desk)


def test_an_unclaimed_room_is_nobodys_loss_and_waits_no_more_when_it_puts_the_bot_out(desk: World) -> None:
    desk.join("obcy", "nowy")
    waiting = desk.store(lambda store: store.desk.waiting())
    assert [one.kind for one in waiting] == ["room-waiting"]
    assert [one.kind for one in kick(desk, "nowy")] == ["refresh"]
    assert "już tam nie ma" in desk._shown(Refresh(waiting[0]), "pl", DESK).text  # type: ignore[union-attr]
    assert desk.store(lambda store: store.desk.waiting()) == []


def test_an_archived_room_is_nobodys_loss(desk: World) -> None:
    desk.store(lambda store: store.rooms.archive(store.rooms.get(CHAT).id))  # type: ignore[union-attr]
    assert kick(desk) == []
    assert desk.store(lambda store: store.rooms.get(CHAT).state) is RoomState.ARCHIVED  # type: ignore[union-attr]
    assert not any(isinstance(x, Post) for x in desk.intents)


@pytest.mark.parametrize("action", ["lost.try:", "lost.try:zzz", "lost.leave:%"])
def test_forged_presses_do_nothing(desk: World, action: str) -> None:
    assert kinds(desk.press("marek", action, DESK)) == ["alert"]
    assert kinds(desk.press("obcy", action, DESK))[0] == "alert"
